"""The files people receive."""

from pipelines.orchestration.factories import key_figures_spec, report_asset

gp_cii = report_asset()
key_figures = key_figures_spec()
