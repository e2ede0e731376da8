"""The register as tables of the warehouse: which packs were released, and what they said."""

from pathlib import Path

import polars as pl

from pipelines.contracts.columns import SHARED
from pipelines.contracts.table import Held, Schema, Table
from pipelines.release.register import Release
from pipelines.release.told import KEY, told_values

_SAID = ("numerator_said", "denominator_said")


def _table(schema: Schema, name: str, *, grain: str, columns: str, key: str) -> Table:
    held = tuple(Held(SHARED[word.rstrip("*")], word.endswith("*")) for word in columns.split())
    return Table(schema=schema, name=name, grain=grain, columns=held, key=tuple(key.split()), privacy="internal")


RELEASE = _table(
    "core",
    "release",
    grain="Une ligne par diffusion d'un rapport, d'après le registre.",
    columns="release* pack* period* released_on* released_by*",
    key="release",
)
RELEASED_VALUE = _table(
    "core",
    "released_value",
    grain="Une ligne par diffusion et chiffre qu'elle a dit.",
    columns="release* indicator* grain* period* dimension* member* numerator denominator value*",
    key="release indicator grain period dimension member",
)
REVISION = _table(
    "mart",
    "revision",
    grain="Une ligne par chiffre diffusé: ce qui en a été dit d'abord et en dernier, et ce qu'il est maintenant.",
    columns="indicator* grain* period* dimension* member* first_release* value_first* release* "
    "numerator_said denominator_said value_said* numerator denominator value reason revised*",
    key="indicator grain period dimension member",
)
REVISION_EFFECT = _table(
    "mart",
    "revision_effect",
    grain="Une ligne par chiffre révisé et cause: de combien elle l'a changé; les effets d'un chiffre font ensemble tout son changement.",
    columns="indicator* grain* period* dimension* member* cause* effect",
    key="indicator grain period dimension member cause",
)


def release_rows(known: list[Release]) -> pl.DataFrame:
    """The rows of `core.release`."""
    rows = [(one.number, one.pack, one.period, one.released_at.date(), one.released_by) for one in known]
    return pl.DataFrame(rows, schema=RELEASE.frame_schema, orient="row")


def released_value_rows(register: Path, known: list[Release]) -> pl.DataFrame:
    """The rows of `core.released_value`."""
    rows = told_values(register, known)
    empty = pl.DataFrame(schema=RELEASED_VALUE.frame_schema)
    return empty if rows is None else rows.select(empty.columns).cast(empty.schema)


def revision_select(values: str) -> str:
    """The SELECT of `mart.revision`, from the values of all indicators that are no revision themselves."""
    place = ", ".join(KEY)
    return f"""
    select {place}, s.first_release, s.value_first, s.release, s.numerator_said, s.denominator_said, s.value_said,
      v.numerator, v.denominator, v.value, v.reason,
      v.value is distinct from s.value_said or v.numerator is distinct from s.numerator_said
        or v.denominator is distinct from s.denominator_said as revised
    from (
      select {place}, min(release) as first_release, arg_min(value, release) as value_first, max(release) as release,
        arg_max_null(numerator, release) as numerator_said, arg_max_null(denominator, release) as denominator_said,
        arg_max(value, release) as value_said
      from {RELEASED_VALUE.qualified} group by {place}
    ) s
    left join ({values}) v using ({place})
    """
