"""What changed a figure since it was released, and by how much: each cause by itself, so that together they are the whole change.

Tables follow by rule from deliveries, definitions, code, settings and links. Where only one of them can have changed a figure, the
change is its effect. Where several can, the figure is counted again as it would be with the deliveries of then, and then with those
corrected since: from one to the next only one thing differs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal, get_args

import polars as pl

from pipelines import duck
from pipelines.indicators.versions import FORMER
from pipelines.orchestration.what_if import what_if
from pipelines.orchestration.workshop import Workshop
from pipelines.release.kept import table_of
from pipelines.release.register import Release, releases
from pipelines.release.tables import REVISION, REVISION_EFFECT
from pipelines.release.told import KEY

Cause = Literal["RULE", "LINK", "RULE_OR_LINK", "DEFINITION", "CORRECTED_DATA", "NEW_DATA", "UNKNOWN"]

Figure = tuple[Any, ...]
Values = Mapping[Figure, float | None]
_CHANGED = f"select release, {', '.join(KEY)}, value_said, value from {REVISION.qualified} where revised"
_DELIVERIES = "select delivery_id, service, dataset, period, status from stg.delivery"
_MADE_OF = "select part, sha256 from stg.fingerprint"


@dataclass(frozen=True)
class Since:
    """What differs from a release.

    Attributes:
        ledger: the deliveries of then, with their state of then.
        corrected: deliveries in force now in the place of others of then, and those of then that are in force no more.
        new: deliveries in force now of months that nothing was in force for.
        definitions: the version of each definition of then, where it is another now.
        others: what else differs, in one word; what cannot be told apart is one.
    """

    ledger: pl.DataFrame
    corrected: pl.DataFrame
    new: pl.DataFrame
    definitions: Mapping[str, int]
    others: Cause | None

    def causes(self, indicator: str, datasets: str | None) -> list[Cause]:
        """What can have changed an indicator, in the order in which it is counted again."""
        read = pl.col("dataset").is_in(datasets.split(", ")) if datasets else pl.lit(True)
        of_data: list[tuple[Cause, pl.DataFrame]] = [("CORRECTED_DATA", self.corrected), ("NEW_DATA", self.new)]
        found: list[Cause] = [self.others] if self.others else []
        found += ["DEFINITION"] if indicator in self.definitions else []
        return found + [cause for cause, changed in of_data if changed.filter(read).height]


def make_effects(shop: Workshop) -> int:
    """Make `mart.revision_effect`; its number of rows."""
    changed = duck.frame(shop.con, _CHANGED)
    found: list[tuple[Any, ...]] = []
    if changed.height:
        known = {one.number: one for one in releases(shop.settings.register, known_on=shop.settings.known_on)}
        datasets = dict(shop.con.execute("select indicator, datasets from mart.indicator").fetchall())
        for (number,), figures in sorted(changed.group_by("release")):
            since = _since(shop, known[number])
            found += _effects(shop, since, figures, datasets)
    rows = pl.DataFrame(found, schema=REVISION_EFFECT.frame_schema, orient="row")
    return duck.replace_with_rows(shop.con, REVISION_EFFECT, rows)


def _since(shop: Workshop, release: Release) -> Since:
    """What differs now from a release.

    Raises:
        CiiError: what it kept is not there any more.
    """
    folder = shop.settings.register / release.folder
    ledger, made_of, catalogue = (table_of(folder, name) for name in ("stg.delivery", "stg.fingerprint", "mart.indicator"))
    key = ["service", "dataset", "period"]
    then = ledger.filter(pl.col("status") == "in_force").select("delivery_id", *key)
    now = duck.frame(shop.con, f"{_DELIVERIES} where status = 'in_force'").select("delivery_id", *key)
    came, gone = now.join(then, on="delivery_id", how="anti"), then.join(now, on="delivery_id", how="anti")
    new = came.join(then, on=key, how="anti")
    versions = dict(shop.con.execute("select indicator, definition_version from mart.indicator").fetchall())
    before, after = dict(made_of.iter_rows()), dict(shop.con.execute(_MADE_OF).fetchall())
    return Since(
        ledger=ledger.select("delivery_id", "status"),
        corrected=pl.concat([came.join(new, on="delivery_id", how="anti"), gone.join(came, on=key, how="anti")]),
        new=new,
        definitions={
            name: number
            for name, number in catalogue.select("indicator", "definition_version").iter_rows()
            if versions.get(name, number) != number
        },
        others=_others(before, after),
    )


def _others(before: Mapping[str, str], after: Mapping[str, str]) -> Cause | None:
    linked = before.get("linked") != after.get("linked")
    # Which services are linked is among the settings.
    rule = before.get("code") != after.get("code") or (not linked and before.get("settings") != after.get("settings"))
    return "RULE_OR_LINK" if linked and rule else "LINK" if linked else "RULE" if rule else None


def _effects(shop: Workshop, since: Since, figures: pl.DataFrame, datasets: Mapping[str, str | None]) -> Iterator[tuple[Any, ...]]:
    """The effects of the causes on the figures of a release that are others now."""
    said, now = _by_figure(figures, "value_said"), _by_figure(figures, "value")
    causes = {name: since.causes(name, datasets.get(name)) for name in figures["indicator"].unique()}
    several = frozenset(name for name, found in causes.items() if len(found) > 1)
    counted = _counted_again(shop, since, several) if several else {}
    for figure in said:
        found = causes[figure[0]]
        if len(found) <= 1:
            yield (*figure, found[0] if found else "UNKNOWN", _change(said[figure], now[figure]))
            continue
        steps = [said[figure], *(counted[cause].get(figure) for cause in found[:-1]), now[figure]]
        parts = [(cause, before, after) for cause, (before, after) in zip(found, pairwise(steps), strict=True)]
        # Where not the value but a number under it is another, any of them may have changed it.
        changed = [part for part in parts if part[1] != part[2]] or parts
        yield from ((*figure, cause, _change(before, after)) for cause, before, after in changed)


def _counted_again(shop: Workshop, since: Since, indicators: frozenset[str]) -> dict[Cause, Values]:
    """The values of indicators after each cause but the last, all of them by figure."""
    replaced = {name: f"{FORMER}{name}_{number}" for name, number in since.definitions.items() if name in indicators}
    tables = [f"mart.{name}" for name in (*indicators, *replaced.values())]
    with what_if(shop, since.ledger, tables=tables) as con:
        of_then = _values(con, indicators)
        by_old_definition = of_then | {
            (name, *figure[1:]): value for name, former in replaced.items() for figure, value in _values(con, [former]).items()
        }
    with what_if(shop, _corrected(shop, since), tables=tables) as con:
        corrected = _values(con, indicators)
    first: dict[Cause, Values] = dict.fromkeys(get_args(Cause)[:3], by_old_definition)
    return first | {"DEFINITION": of_then, "CORRECTED_DATA": corrected}


def _corrected(shop: Workshop, since: Since) -> pl.DataFrame:
    """The ledger of then with what was corrected since; what is new may have been there, held or withdrawn."""
    rows = duck.frame(shop.con, _DELIVERIES).select("delivery_id", "status")
    known = pl.concat([since.ledger, since.corrected.select("delivery_id", status=pl.lit(""))])
    as_it_was = since.ledger.join(since.new, on="delivery_id", how="semi")
    return pl.concat([rows.join(known, on="delivery_id", how="semi").join(since.new, on="delivery_id", how="anti"), as_it_was])


def _values(con: duck.Connection, indicators: Any) -> dict[Figure, float | None]:
    select = " union all ".join(f"select {', '.join(KEY)}, value from mart.{name}" for name in sorted(indicators))
    return _by_figure(duck.frame(con, select), "value")


def _by_figure(rows: pl.DataFrame, column: str) -> dict[Figure, float | None]:
    return {row[:-1]: row[-1] for row in rows.select(*KEY, column).iter_rows()}


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
