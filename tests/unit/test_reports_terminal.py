"""What the command line prints of a published copy; the small world is told in `tests/golden/world.py`."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.contracts.codes import DELIVERY_STATUS, SEVERITY
from pipelines.duck import publication
from pipelines.ingest.check import check_file
from pipelines.orchestration.dictionary import dictionary
from pipelines.reports.book import latest_period
from pipelines.reports.terminal import print_summary
from pipelines.reports.verdict import print_checked
from pipelines.settings import Settings
from tests.golden import world


def summary(folder: Path, change: str = "", *, width: int = 200) -> str:
    """What is printed of the small world, changed."""
    folder.mkdir(parents=True)
    settings = Settings(folder, folder, folder / "key")
    con = world.build()
    con.execute(change)
    publication.copy(con, settings.published)
    publication.put(settings.published)
    printed = io.StringIO()
    print_summary(Console(file=printed, width=width), settings)
    return printed.getvalue()


def test_the_summary_shows_the_latest_month_in_force_and_where_the_files_are(tmp_path: Path) -> None:
    told = summary(tmp_path / "out")
    assert "Chiffres clés, 05.2020" in told
    files = ("cii.duckdb", "reports/index.html", "reports/2020-05/gp-cii.fr.html", "reports/2020-05/gp-cii-interne.fr.html")
    assert all(f"{tmp_path}/out/{file}\n" in told for file in files) and "fiche" not in told


def test_a_path_that_looks_like_markup_is_printed_as_it_is(tmp_path: Path) -> None:
    assert f"{tmp_path}/[red]envois[end]/cii.duckdb" in summary(tmp_path / "[red]envois[end]")


def test_a_figure_is_printed_once_however_many_targets_lie_ahead(tmp_path: Path) -> None:
    later = "insert into mart.target by name select t.* replace (date + interval 5 year as date, value + 1 as value) from mart.target t"
    once, twice = summary(tmp_path / "one"), summary(tmp_path / "two", later)
    assert once.replace("/one/", "/two/") == twice


def test_a_yearly_value_of_the_same_day_does_not_double_a_key_figure(tmp_path: Path) -> None:
    yearly = "insert or ignore into mart.indicator_value by name select v.* replace ('year' as grain) from mart.indicator_value v"
    assert summary(tmp_path / "one").replace("/one/", "/two/") == summary(tmp_path / "two", yearly)


def test_statuses_and_severities_have_one_label_each(tmp_path: Path) -> None:
    assert [code.code for code in DELIVERY_STATUS.codes] == ["in_force", "superseded", "rejected", "held", "withdrawn"]
    told = summary(tmp_path / "out")
    assert "remplacé" in told and "rejeté" in told
    listed = dictionary()
    assert all(f"| `{code.code}` | {code.label} | {code.label_de} |" in listed for code in (*DELIVERY_STATUS.codes, *SEVERITY.codes))


def test_what_stands_refused_is_told_with_its_reason_until_a_later_version_is_in_force(tmp_path: Path) -> None:
    decided = "update stg.delivery set reason = 'file.empty' where status = 'rejected'"
    assert "cm_fp_dossiers_2020-04.csv. Le fichier est vide." in summary(tmp_path / "one", decided)
    answered = """
    insert into stg.delivery by name
    select d.* replace ('later' as delivery_id, 2 as version, 'in_force' as status, null as reason) from stg.delivery d where status = 'rejected'
    """
    assert "Le fichier est vide." not in summary(tmp_path / "two", f"{decided}; {answered}")


def test_remarks_of_the_last_round_are_shown_by_file_those_of_earlier_ones_counted(tmp_path: Path) -> None:
    refused = "cm_fp_dossiers_2020-04.csv"
    assert refused in summary(tmp_path / "one") and "plus ancien" not in summary(tmp_path / "two")
    earlier = "update stg.delivery set received_at = received_at - to_days(31), reason = null where status = 'rejected'"
    told = summary(tmp_path / "three", earlier)
    assert refused not in told and "1 envoi plus ancien a des remarques" in told


def test_names_of_files_stay_whole_on_a_narrow_terminal(tmp_path: Path) -> None:
    assert "semp/pset_places_2020-05.csv" in summary(tmp_path / "out", width=60)


def test_one_is_told_in_the_singular(tmp_path: Path) -> None:
    one = "update mart.indicator_value set value = 1 where indicator = 'cm_fp_open'"
    told = summary(tmp_path / "out", one)
    assert "1 dossier " in told and "1 dossiers" not in told


def test_one_more_remark_is_told_in_the_singular(tmp_path: Path) -> None:
    file = tmp_path / "pset_places_2012-01.csv"
    fine = "Programme inventé;Organisateur inventé;C;OCCUPATION;TOUS;5"
    lines = [f"P{number};{fine};{9 if number < 51 else 5}" for number in range(400)]
    file.write_text("\n".join(["No programme;Programme;Organisateur;Branche;Catégorie;Public;Places;Places occupées", *lines]))
    printed = io.StringIO()
    print_checked(Console(file=printed, width=200), check_file(file, named="semp/pset_places/2012-01"))
    assert "… et 1 autre remarque (--json" in printed.getvalue() and "avertissement" in printed.getvalue()


@pytest.mark.parametrize(("dataset", "latest"), [(None, "2020-05"), ("cm_fp_dossiers", "2020-05"), ("nothing", None)])
def test_the_latest_month_is_that_of_a_delivery_in_force(dataset: str | None, latest: str | None) -> None:
    con = world.build()
    con.execute("insert into stg.delivery by name select d.* replace ('later' as delivery_id, date '2020-09-01' as period, "
                "'rejected' as status) from (select * from stg.delivery limit 1) d")  # fmt: skip
    period = latest_period(con, dataset=dataset)
    assert (period and f"{period:%Y-%m}") == latest


def test_the_dictionary_says_that_a_table_has_no_key_and_where_a_list_comes_from() -> None:
    text = dictionary()
    assert "celles qui comparent des mois. Sans clé." in text and "### Liste `sex`\n\nSource: eCH-0044." in text
