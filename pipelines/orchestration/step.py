"""One table made from its query."""

from pipelines import duck
from pipelines.orchestration.graph import Step
from pipelines.orchestration.workshop import Workshop


def make_step(shop: Workshop, step: Step) -> int:
    """Make one table or view; its number of rows."""
    if step.view:
        duck.replace_view(shop.con, step.table.qualified, step.select)
        return duck.count(shop.con, step.table.qualified)
    settings = shop.settings
    given = {"known_on": settings.known_on, "first": settings.first, "last": settings.last} | step.parameters
    used = {name: value for name, value in given.items() if f"${name}" in step.select}
    return duck.replace(shop.con, step.table, step.select, parameters=used)
