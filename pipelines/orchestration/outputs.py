"""The last steps of a run: lay the reports ready, then put them and the copy in place."""

import datetime as dt
import shutil
from pathlib import Path

from pipelines import duck
from pipelines.errors import CiiError
from pipelines.orchestration.resource import Held
from pipelines.settings import Settings


def latest_period(con: duck.Connection) -> dt.date | None:
    """The latest month any delivery in force speaks of."""
    row = con.execute("select max(period) from stg.delivery where status = 'in_force'").fetchone()
    return row[0] if row else None


def lay_reports(held: Held) -> list[str]:
    """Write the reports into the workshop; their names.

    Raises:
        CiiError: no delivery is in force, so there is nothing to report.
    """
    # Here, for an idle run need not wait for the charts' library.
    from pipelines.reports.pack import write_reports

    laid = _laid(held.shop.settings)
    shutil.rmtree(laid, ignore_errors=True)
    laid.mkdir(mode=0o700)
    period = latest_period(held.shop.con)
    if period is None:
        asked = held.shop.settings.asked
        remedy = "Élargissez la demande." if asked else "Déposez des fichiers dans le dossier des envois, et contrôlez-les par «cii check»."
        raise CiiError(f"Aucune livraison n'est en vigueur{asked}. {remedy}")
    held.progress("rapport", 0, 1)
    written = write_reports(held.shop.con, laid, period=period, sample=held.shop.sample)
    held.progress("rapport", 1, 1)
    return [str(path.relative_to(laid)) for path in written]


def report_files(settings: Settings) -> list[Path]:
    """The report files that belong to the published copy."""
    with duck.open_published(settings.published) as con:
        period = latest_period(con)
    return [settings.reports / "index.html", *([settings.report(period)] if period else [])]


def put_in_place(held: Held) -> None:
    """Move the reports, then the copy: once the copy is there, everything it says is published is."""
    from pipelines.reports.pack import write_index

    settings = held.shop.settings
    laid = _laid(settings)
    for path in sorted(laid.glob("*/*")):
        _move(path, settings.reports / path.relative_to(laid))
    shutil.rmtree(laid, ignore_errors=True)
    # Not the one laid ready: this one leads to the reports of earlier months too.
    write_index(settings.reports, sample=held.shop.sample)
    duck.publish(held.shop.con, settings.published)


def _laid(settings: Settings) -> Path:
    return settings.workshop / f"reports-{settings.build.stem}"


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    duck.flush(source)
    source.replace(target)
    duck.flush(target.parent)
