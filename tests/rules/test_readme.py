"""What the services are told in `raw/README.md` is what the contracts say."""

from pipelines.contracts.export import Export
from pipelines.contracts.registry import EXPORTS
from pipelines.settings import ROOT


def line(export: Export) -> str:
    """The line of a dataset in the table of who sends what."""
    owed = [f"`{service}`" for service, owed_from in export.services.items() if owed_from]
    free = [f"`{service}`" for service, owed_from in export.services.items() if not owed_from]
    senders = "; facultatif: ".join(", ".join(services) for services in (owed, free) if services)
    since = next((owed_from for owed_from in export.services.values() if owed_from), None)
    period, rhythm, form = ("2013", "par an", "%Y") if export.cadence == "yearly" else ("2013-02", "par mois", "%Y-%m")
    due = f"{rhythm}, dès {since.strftime(form)}" if since else f"{rhythm}, facultatif"
    return f"| `{export.name}_{period}` | {senders} | {due} | {export.row.removeprefix('Une ligne ')} |"


def test_the_table_of_who_sends_what_is_that_of_the_contracts() -> None:
    told = (ROOT / "raw" / "README.md").read_text(encoding="utf-8").splitlines()
    start = told.index("| fichier | service | rythme | une ligne |") + 2
    wanted = [line(export) for export in sorted(EXPORTS.values(), key=lambda one: one.name)]
    assert told[start : told.index("", start)] == wanted, "\n".join(["raw/README.md should say:", *wanted])
