"""A cell of a table as HTML: a report has tens of thousands, and as a macro of the template they took a third of its time."""

from markupsafe import Markup, escape

from pipelines.reports.content import Cell
from pipelines.reports.facts import Facts
from pipelines.reports.svg import sparkline

# From here on, a detail has a line of its own.
_LONG = 30


def cell(one: Cell, tag: str, facts: Facts | None, *, scope: str = "") -> Markup:
    """An element `th` or `td`; `scope`: of what it is the head. Without `facts`, nothing behind a figure opens.

    Most are numbers, which is not said: the style sheet takes a cell without a class for one.
    """
    kind = "" if (tag, one.kind) == ("td", "number") else f' class="{escape(one.kind)}"'
    told = f' data-of="{facts.key(one.shows)}"' if facts and one.shows and one.shows.figure else ""
    heads = f' scope="{scope}"' if scope else ""
    data = "".join(f' data-{key}="{escape(value)}"' for key, value in one.data.items())
    detail = escape(one.detail)
    text = f'<a href="{escape(one.href)}">{escape(one.text)}</a>' if one.href else escape(one.text)
    long = ' class="long"' if len(one.detail) > _LONG else ""
    small = f" <small{long}>{detail}</small>" if one.detail else ""
    spark = f" {sparkline(one.spark)}" if one.spark else ""
    return Markup(f"<{tag}{kind}{told}{heads}{data}>{text}{small}{spark}</{tag}>")
