"""The last steps of a run: lay the reports and the copy ready, then put them in place."""

import datetime as dt
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipelines import duck
from pipelines.duck import publication
from pipelines.errors import CiiError
from pipelines.ingest.ledger import LEDGER
from pipelines.orchestration import fingerprint
from pipelines.orchestration.beside import beside
from pipelines.orchestration.make import finish, published_rows
from pipelines.orchestration.resource import Held
from pipelines.orchestration.workshop import Workshop
from pipelines.reports.answer import answers, workbook_paths
from pipelines.reports.book import latest_period, open_book
from pipelines.reports.correction import workbook
from pipelines.reports.files import GP_CII, PACKS, drop_forms_of_another, report_paths
from pipelines.reports.sheets import put
from pipelines.settings import Settings


def lay_reports(held: Held) -> list[Path]:
    """Write the reports into the workshop, and beside them the copy; where the reports will be.

    None where the same was published while this run waited for its turn. Without any delivery in force there is no month to report,
    but services that wait for an answer.

    Raises:
        CiiError: nothing has come at all.
    """
    # Here, for an idle run need not wait for the charts' library.
    from pipelines.reports.pack import write_index

    if _published_meanwhile(held):
        return []
    laid = _laid(held.shop.settings)
    shutil.rmtree(laid, ignore_errors=True)
    laid.mkdir(mode=0o700)
    period = latest_period(held.shop.con)
    if not duck.count(held.shop.con, LEDGER.qualified):
        asked = held.shop.settings.asked
        remedy = "Élargissez la demande." if asked else "Déposez des fichiers dans le dossier des envois, et contrôlez-les par «cii check»."
        raise CiiError(f"Aucune livraison n'est en vigueur{asked}, ni arrivée. {remedy}")
    held.progress("rapport", 0, 1)
    written = []
    try:
        with beside(partial(make_copy, held.shop)) as copying:
            if period:
                with _published_before(held.shop.settings) as before:
                    written = _lay_packs(held, laid, period, before)
                write_index(laid, sample=held.shop.sample)
            held.progress("rapport", 1, 1)
            _lay_workbooks(held)
            copying.result()
    except BaseException:
        publication.discard(held.shop.settings.published)
        raise
    held.copied = True
    return [held.shop.settings.reports / path.relative_to(laid) for path in written]


def _lay_packs(held: Held, laid: Path, period: dt.date, before: duck.Connection | None) -> list[Path]:
    """The steering group's pack, which hides what may not leave the circle, and the analysts' own, which hides nothing."""
    from pipelines.reports.ordered import write_passed
    from pipelines.reports.pack import write_pack

    whole = open_book(held.shop.con, period, before=before)
    passed = write_passed(whole, held.shop.settings, PACKS[GP_CII], out=laid)
    return [*passed, *write_pack(whole, laid, GP_CII, sample=held.shop.sample)]


def make_copy(shop: Workshop) -> None:
    """Make the copy to publish, through a connection of its own: somebody may be reading through that of the run."""
    with shop.con.cursor() as con:
        finish(replace(shop, con=con))
        publication.copy(con, shop.settings.published, rows=published_rows())


def report_files(settings: Settings) -> list[Path]:
    """The reports and correction workbooks that belong to the published copy."""
    with duck.open_published(settings.published) as con:
        workbooks = [] if settings.as_of else [_findings(settings) / path for path in workbook_paths(con)]
        return [*(settings.reports / path for path in report_paths(con)), *workbooks]


def put_in_place(held: Held) -> None:
    """Move the reports and the copy in one go: once the copy is there, everything it says is published is."""
    from pipelines.reports.pack import write_index

    settings = held.shop.settings
    if _published_meanwhile(held):
        return
    if not held.copied:
        make_copy(held.shop)
    laid = _laid(settings)
    _put_reports_in_place(laid, settings)
    _put_workbooks_in_place(held)
    # Not the one laid ready: this one leads to the reports of earlier months too.
    write_index(settings.reports, sample=held.shop.sample)
    publication.put(settings.published)


def _published_meanwhile(held: Held) -> bool:
    """Whether the run that this one waited for published the same: its report tells what changed, another would tell that nothing did."""
    if not held.shop.waited:
        return False
    settings = held.shop.settings
    same = fingerprint.published_fingerprints(settings.published).get("publication") == held.shop.publication
    return same and all(path.exists() for path in report_files(settings))


@contextmanager
def _published_before(settings: Settings) -> Iterator[duck.Connection | None]:
    """The copy that this run replaces; None where there is none that opens.

    An old day is shown as it was, whatever has been published since, so that its report is the same today as then.
    """
    from pipelines.reports.changes import open_copy

    before = None
    if not settings.as_of:
        with suppress(CiiError):
            before = open_copy(settings.published)
    with before or nullcontext():
        yield before


def _put_reports_in_place(laid: Path, settings: Settings) -> None:
    """Move the reports of the month; other months, and what somebody asked for besides, stay as they are."""
    reports = {path.relative_to(laid) for path in laid.glob("*/*.html")}
    for path in reports:
        drop_forms_of_another(settings.reports / path, (laid / path).read_bytes())
    _move(reports, laid, target=settings.reports)
    shutil.rmtree(laid, ignore_errors=True)


def _lay_workbooks(held: Held) -> None:
    """Write the answers to the services that are new, or say something else; an old day is looked at, and answers nobody."""
    settings = held.shop.settings
    laid = _laid_workbooks(settings)
    shutil.rmtree(laid, ignore_errors=True)
    if settings.as_of:
        return
    said = _said_before(held)
    for path, answer in answers(held.shop.con, sample=held.shop.sample):
        if said.get(path) != answer.says():
            put(laid / path, workbook(answer))


def _said_before(held: Held) -> dict[Path, tuple[object, ...]]:
    """What the workbooks of the published copy say; none where other code wrote them, nor of one touched since.

    A run that was killed, or a person, may have put another in its place.
    """
    settings = held.shop.settings
    if fingerprint.published_fingerprints(settings.published).get("program") != fingerprint.program():
        return {}
    published = settings.published.stat().st_mtime

    def untouched(path: Path) -> bool:
        file = _findings(settings) / path
        return file.is_file() and file.stat().st_mtime < published

    with _published_before(settings) as before:
        known = answers(before, sample=held.shop.sample) if before else ()
        return {path: answer.says() for path, answer in known if untouched(path)}


def _put_workbooks_in_place(held: Held) -> None:
    """Move the answers to their folder, and remove those to deliveries that need none any more."""
    settings = held.shop.settings
    if settings.as_of:
        return
    laid, folder = _laid_workbooks(settings), _findings(settings)
    _move({path.relative_to(laid) for path in laid.glob("*/*.xlsx")}, laid, target=folder)
    for path in _answered_before(settings) - set(workbook_paths(held.shop.con)):
        (folder / path).unlink(missing_ok=True)
    shutil.rmtree(laid, ignore_errors=True)


def _answered_before(settings: Settings) -> set[Path]:
    """The workbooks of the copy that is replaced; what else somebody keeps beside them is theirs."""
    with suppress(CiiError), duck.open_published(settings.published) as con:
        return set(workbook_paths(con))
    return set()


def _findings(settings: Settings) -> Path:
    return settings.warehouse / "findings"


def _laid_workbooks(settings: Settings) -> Path:
    return settings.workshop / f"findings-{settings.build.stem}"


def _laid(settings: Settings) -> Path:
    return settings.workshop / f"reports-{settings.build.stem}"


def _move(paths: Collection[Path], source: Path, *, target: Path) -> None:
    """Move files from one folder to another; each is whole on the disk before it stands there."""
    for path in sorted(paths):
        (target / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        publication.flush(source / path)
        (source / path).replace(target / path)
    for folder in {(target / path).parent for path in paths}:
        publication.flush(folder)
