"""One typeface, few greys, and a colour per code that stays the same on every page."""

from typing import Any

from pipelines.contracts.registry import CODE_LISTS

FONT = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif'
INK = "#1f2933"
QUIET = "#6b7683"
RULE = "#d5dae0"
GRID = "#e9ecef"

# Told apart by people who see red and green alike, and at least 4.5:1 against white: lines are named in their own colour.
PALETTE = ("#0b5c94", "#c2560c", "#00795a", "#8e4a86", "#957000", "#6f7680", "#1f2933", "#2d7ab8")


def colour(code_list: str, code: str) -> str:
    """The colour of a code: given by its place in its list, so that it is the same wherever it is drawn."""
    codes = [one.code for one in CODE_LISTS[code_list].codes]
    return nth(codes.index(code)) if code in codes else QUIET


# A system has the colour of the service that grants it.
_GRANTED_BY = {"AC": "SEMP", "AI": "OAI", "AS": "SASO"}


def system(code: str) -> str:
    """The colour of a system, or of a combination of several, that of its place among the combinations."""
    return colour("service", _GRANTED_BY[code]) if code in _GRANTED_BY else colour("system_combination", code)


def nth(position: int) -> str:
    """The colour of the series at a place, where no code list gives one."""
    return PALETTE[position % len(PALETTE)]


_AXIS = {
    "fixedrange": True,
    "automargin": True,
    "tickfont": {"color": QUIET},
    "title": {"font": {"color": QUIET, "size": 14}},
    "zeroline": False,
}

_HOVER = {"hovertemplate": "%{hovertext}<extra></extra>"}

# Applied to every figure by the page, once, so that a figure's own specification says only what is its own.
TEMPLATE: dict[str, Any] = {
    # What lies on the axis is seen whole.
    "data": {"scatter": [_HOVER | {"cliponaxis": False}], "bar": [_HOVER]},
    "layout": {
        # A text beside the end of a line.
        "annotationdefaults": {"align": "left", "bgcolor": "rgba(255,255,255,0.8)", "showarrow": False, "xanchor": "left", "xshift": 8},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",’",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": RULE, "font": {"family": FONT, "size": 14, "color": INK}},
        "xaxis": _AXIS | {"showgrid": False, "tickangle": 0, "linecolor": RULE, "ticks": "outside", "tickcolor": RULE, "ticklen": 5},
        "yaxis": _AXIS | {"gridcolor": GRID, "showline": False, "ticklabelstandoff": 8},
    },
}
