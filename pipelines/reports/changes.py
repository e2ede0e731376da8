"""What differs between two published copies: deliveries, rows, and values of indicators with what changed them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.reports.causes import Suspects, monthly_datasets, other_causes
from pipelines.reports.changed_deliveries import DeliveryChange, content_changes, delivery_changes, read_ledger
from pipelines.reports.changed_rows import TableChange, table_change
from pipelines.reports.changed_values import ValueChange, indicators, value_changes
from pipelines.reports.language import tr


@dataclass(frozen=True)
class Changes:
    """All that differs between two copies.

    Attributes:
        deliveries: what happened to deliveries.
        tables: the tables that were compared, or could not be.
        values: the values of indicators that differ.
        remarks: what must be known of the comparison as a whole.
        files: the file of every delivery of both copies, by id.
    """

    deliveries: tuple[DeliveryChange, ...]
    tables: tuple[TableChange, ...]
    values: tuple[ValueChange, ...]
    remarks: tuple[str, ...]
    files: Mapping[str, str]

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.deliveries or self.values or any(table.differs or table.not_compared for table in self.tables))

    @property
    def revised(self) -> tuple[ValueChange, ...]:
        """The values that an earlier report gave otherwise."""
        return tuple(value for value in self.values if value.revised)


def open_copy(path: Path) -> duck.Connection:
    """A read-only connection to a published copy.

    Raises:
        CiiError: it is not there, does not open, or is something else.
    """
    if not path.is_file():
        raise CiiError(f"«{path}» n'existe pas: indiquez une copie publiée (.duckdb), un jour (AAAA-MM-JJ) ou «publie».")
    try:
        con = duck.open_published(path)
    except CiiError:
        raise CiiError(f"«{path.name}» ne s'ouvre pas comme copie publiée: ce fichier est abîmé, ou il est autre chose.") from None
    if lacking := [table for table in ("stg.delivery", "stg.fingerprint") if not duck.exists(con, table)]:
        con.close()
        raise CiiError(f"«{path.name}» n'est pas une copie publiée par «cii run»: il y manque {lacking[0]}.")
    return con


def compare(before: duck.Connection, after: duck.Connection, *, tables: Collection[str] | None = None, limit: int | None = None) -> Changes:
    """What differs between two copies.

    Args:
        before: the first copy.
        after: the second copy.
        tables: the tables whose rows are compared; None: those of `core`, and those of `mart` that are no indicator.
        limit: how many rows are told by table; None: all. Counts are exact whatever the limit.
    """
    old, new = read_ledger(before), read_ledger(after)
    deliveries = delivery_changes(old, new)
    parts = _fingerprints(before), _fingerprints(after)
    content = content_changes(deliveries, before=old, after=new)
    suspects = Suspects(deliveries, content, monthly_datasets(before, after), other_causes(*parts))
    known = indicators(before) | indicators(after)
    left, right = duck.layouts(before), duck.layouts(after)
    names = tables if tables is not None else _compared(left, right, indicators=known)
    rows = [table_change(name, before, after, sides=(left.get(name), right.get(name)), limit=limit) for name in names]
    values, apart = value_changes(before, after, suspects=suspects, known=known)
    files = {one.delivery_id: one.file or one.delivery_id for one in (*old.values(), *new.values())}
    return Changes(deliveries, tuple(rows), values, (*_remarks(*parts), *apart), files)


def table_named(name: str, *copies: duck.Connection) -> str:
    """The qualified name of a table that one of the copies holds.

    Raises:
        CiiError: none holds it.
    """
    known = sorted({table for con in copies for table in duck.layouts(con)})
    spelled = {spelling: table for table in reversed(known) for spelling in (table.split(".")[1], table)}
    if name not in spelled:
        near = "".join(f"; la plus proche est «{one}»" for one in get_close_matches(name, spelled, n=1))
        raise CiiError(f"Aucune des deux copies n'a de table «{name}»{near}.")
    return spelled[name]


def _compared(left: Mapping[str, duck.Layout], right: Mapping[str, duck.Layout], *, indicators: Collection[str]) -> list[str]:
    """The tables of `core` and `mart`; the indicators' own are compared as values."""
    own = {f"mart.{name}" for name in indicators}
    return sorted(name for name in left.keys() | right.keys() if name.startswith(("core.", "mart.")) and name not in own)


def _fingerprints(con: duck.Connection) -> Mapping[str, str]:
    return dict(con.execute("select part, sha256 from stg.fingerprint").fetchall())


def _remarks(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    if before.get("origin") != after.get("origin"):
        yield tr("Une copie est faite de données d'exemple, l'autre de vrais envois.")
    if before.get("key") != after.get("key"):
        yield tr("Les deux copies ont été faites avec des clés différentes: leurs pseudonymes ne se comparent pas.")
    if not (before.get("code") and after.get("code")):
        yield tr("Une des copies ne dit pas avec quel code elle a été faite: un changement de code reste partout une cause possible.")
