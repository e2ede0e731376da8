"""What a notebook begins with, in one import: the published copy, charts as the reports draw them, and numbers as they write them.

Nothing else of the house imports this: the notebooks' own libraries are there only where somebody explores.
"""

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import plotly.io as pio
from IPython.display import Markdown
from plotly.io.base_renderers import PlotlyRenderer

from pipelines import duck
from pipelines.reports import formats, theme
from pipelines.settings import Settings

__all__ = ["Markdown", "begin", "formats", "go", "pd", "px", "theme"]

# What a page gives its charts besides: a ground, whatever the notebook's own, and the colours in their order. What is written into a
# chart by hand has its arrow: only the reports' names of lines have none.
_GROUND = {"paper_bgcolor": "white", "colorway": list(theme.PALETTE), "annotationdefaults": {}}

# A picture of the chart may be saved; the button that would send the figures to a service elsewhere is not there.
_BUTTONS = {"displaylogo": False, "modeBarButtons": [["toImage"]]}

_STATE = """
select max(period), bool_or(sample), (select string_agg(service, ', ' order by service) from core.linked_service)
from stg.delivery where status = 'in_force'
"""


def begin() -> tuple[duck.Connection, Markdown]:
    """The published copy, opened for reading alone, and what it is; from now on charts are drawn as in the reports.

    Raises:
        CiiError: nothing is published yet.
    """
    # Drawn by JupyterLab itself, which asks nothing of the network.
    pio.renderers["cii"] = PlotlyRenderer(config=_BUTTONS)
    pio.renderers.default = "cii"
    pio.templates["cii"] = go.layout.Template(layout=theme.TEMPLATE["layout"] | _GROUND)
    pio.templates.default = "cii"
    con = duck.open_published(Settings.load().published)
    month, sample, linked = con.execute(_STATE).fetchone() or (None, False, None)
    state = f"État à fin **{formats.month(month)}**. Services reliés: **{linked or 'aucun'}**." if month else "Aucune livraison en vigueur."
    return con, Markdown(state + (" **Données d'exemple: les personnes sont inventées.**" if sample else ""))  # type: ignore[no-untyped-call]  # IPython says no types
