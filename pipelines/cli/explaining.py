"""What `cii explain` needs of the project's own queries to follow a figure to its rows."""

from pipelines.orchestration.graph import graph
from pipelines.reports.behind import Queries


def queries() -> Queries:
    """The indicators, the tables, and what each table is made of."""
    made = graph()
    return Queries(
        {indicator.name: indicator for indicator in made.indicators},
        {step.table.qualified: step.table for step in made.steps},
        {step.table.qualified: step.reads for step in made.steps},
    )
