"""The graph, thin: one file a table, or one loop over a registry; the machinery is in `pipelines`."""

import warnings

import dagster as dg

# The features used are marked as beta by Dagster; an analyst can do nothing about it.
for _category in (dg.BetaWarning, dg.PreviewWarning):
    warnings.filterwarnings("ignore", category=_category)
