"""What a pack hides, made into something else: the pack must stay the same byte for byte.

Whoever could work out anything of a hidden number from the file would see it change with that number. So every number that the pack
does not show is changed in the warehouse it is made from, in such a way that it stays as small and as large as it was.
"""

from pathlib import Path

import polars as pl

from pipelines import duck
from pipelines.contracts.thresholds import Thresholds
from pipelines.orchestration.graph import graph
from pipelines.reports.book import Book
from pipelines.reports.edition import edition
from pipelines.reports.forms import FORMS
from pipelines.reports.pack import html_of, render
from pipelines.reports.passage import passed

# No number of any world here; the control itself looks at counts, and never at the value that is made from them.
SENTINEL = 777001.25
# So little that a count stays on its side of every threshold, and enough to be seen where it is written. Of a breakdown that only
# grows, how much it grew since it was last told decides whether it is told: there only the value is changed.
_MORE = "if(p.person_counts like 'cumulated%' and p.dimension <> 'total', 0, 0.4)"
PLACE = ["indicator", "grain", "period", "dimension", "member"]


def rendered(whole: Book, pack: str) -> str:
    """The pack as its reader gets it."""
    with passed(whole, pack, thresholds=Thresholds()) as book:
        return render(book, sample=True, pack=pack)


def told(whole: Book, pack: str) -> dict[str, bytes]:
    """The pack in all its forms, by what their names end with."""
    with passed(whole, pack, thresholds=Thresholds()) as book:
        made = edition(book, pack, sample=True)
        html = html_of(made).encode()
        others = {ending: content for make in FORMS.values() for ending, content in make(made, Path()).items()}
        return {"html": html} | others


def hidden(whole: Book, pack: str) -> pl.DataFrame:
    """The places of the figures of persons that the pack does not show, though they are known; what persons cost tells how many."""
    known = duck.frame(
        whole.con,
        "select v.*, person_counts from mart.indicator_value v join mart.indicator using (indicator) "
        "where value is not null and (person_counts <> 'none' or indicator in ('measure_cost', 'measure_budget_used'))",
    )
    with passed(whole, pack, thresholds=Thresholds()) as book:
        seen = duck.frame(book.con, "select * from mart.indicator_value where value is not null")
    return known.join(seen, on=PLACE, how="anti").select(*PLACE, "person_counts")


def poison(con: duck.Connection, places: pl.DataFrame) -> None:
    """Change the figures at these places, and all that a pack is not made from."""
    con.register("places", places.to_arrow())
    con.execute(
        f"""
        update mart.indicator_value as v
        set value = {SENTINEL}, numerator = if(numerator = 0, 0, numerator + {_MORE}), denominator = denominator + {_MORE}
        from places as p where {" and ".join(f"v.{name} = p.{name}" for name in PLACE)}
        """
    )
    con.unregister("places")
    for table in ("mart.outcome_incidence", "mart.system_survival"):
        share = "retention" if "survival" in table else "naive"
        con.execute(f"update {table} set {share} = {SENTINEL}, at_risk = 777001 where not mature or months % 6 <> 0 or cohort = 'ALL'")
    con.execute(f"update mart.figure_of_record set computed = {SENTINEL}, difference = {SENTINEL} where not matches")
    # A service's lines are its persons: of how many there are, a pack says the hundreds.
    con.execute("update mart.figure_basis set rows_read = rows_read // 100 * 100 + 77, rows_rejected = 777001")
    con.execute("update mart.finding set line = 777001, cell = '777001', message = '777001', remedy = '777001'")
    for step in graph().steps:
        if step.table.privacy == "pseudonymous" and step.table.schema == "core":
            con.execute(f"delete from {step.table.qualified}")
