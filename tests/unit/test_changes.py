"""What two published copies tell differently: deliveries, rows, values and their causes, the page and the command."""

import datetime as dt
import io
import json
import re
import shutil
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest
from rich.console import Console

from pipelines.duck import publication
from pipelines.errors import CiiError
from pipelines.orchestration import fingerprint
from pipelines.reports.book import latest_period, open_book
from pipelines.reports.causes import Cause, Suspects, causes_of, monthly_datasets, told
from pipelines.reports.changed_deliveries import Delivery, DeliveryChange, content_changes, delivery_changes, read_ledger
from pipelines.reports.changed_rows import difference
from pipelines.reports.changes import compare, open_copy, table_named
from pipelines.reports.comparison import changes_as_json, print_comparison
from pipelines.reports.language import speaking
from pipelines.reports.pack import render
from pipelines.reports.pages.changements import PAGE
from tests.support import built, cii, receipt, settings_in, small_sample

LATER = {
    "semp/pset_places_2013-02.csv": "2013-03-05T09:00:00",
    "sfpo/cm_fp_dossiers_2013-02.csv": "2013-03-06T09:00:00",
    "semp/pset_places_2012-11_v2.csv": "2013-03-07T09:00:00",
    "semp/pset_places_2012-10_v2.csv": "2013-03-08T09:00:00",
}
CORRECTION = "semp/pset_places_2012-11_v2.csv"
SIDES = ("A", "B")


def published_in(settings, name: str) -> Path:
    """A copy of what is built from the landing zone now; its code is said to be always the same."""
    path = settings.raw.parent / f"{name}.duckdb"
    with built(settings) as shop:
        assert fingerprint.recorded(shop.con)["code"] and fingerprint.recorded(shop.con)["settings"]
        fingerprint.record(shop.con, {"code": "the same"})
        publication.copy(shop.con, path)
        publication.put(path)
    return path


@pytest.fixture(scope="module")
def copies(tmp_path_factory) -> tuple[Path, Path]:
    """Months to January 2013; then February, a correction of November that lacks a programme, and a file that is refused."""
    folder = tmp_path_factory.mktemp("copies")
    settings = settings_in(folder)
    small_sample(settings.raw, first=dt.date(2012, 9, 1))
    later = {file: (settings.raw / file).read_bytes() for file in LATER if (settings.raw / file).exists()}
    for file in later:
        (settings.raw / file).unlink()
    kept = [line for line in settings.receipts.read_text().splitlines(keepends=True) if "_2013-02" not in line]
    settings.receipts.write_text("".join(kept))
    first = published_in(settings, "first")
    november = (settings.raw / "semp/pset_places_2012-11.csv").read_bytes()
    later[CORRECTION] = re.sub(rb"PSET-004[^\n]*\n", b"", november.replace(b"TOUS;26;24", b"TOUS;30;24"))
    assert b"TOUS;30;24" in later[CORRECTION] and len(later[CORRECTION]) < len(november) - 20
    later["semp/pset_places_2012-10_v2.csv"] = b"x\n"
    for file, content in later.items():
        (settings.raw / file).write_bytes(content)
        receipt(settings.raw, file, received_at=LATER[file])
    return first, published_in(settings, "second")


@pytest.fixture(scope="module")
def changes(copies):
    return between(*copies)


def between(before: Path, after: Path, **asked):
    with open_copy(before) as left, open_copy(after) as right:
        return compare(left, right, **asked)


def edited(path: Path, folder: Path, *statements: str) -> Path:
    """A copy of a copy in which something is otherwise."""
    other = folder / f"edited_{len(list(folder.iterdir()))}.duckdb"
    shutil.copy(path, other)
    with duckdb.connect(str(other)) as con:
        for statement in statements:
            con.execute(statement)
    return other


def table(changes, name):
    return next(one for one in changes.tables if one.table == name)


def total(changes, indicator, period):
    (value,) = [one for one in changes.values if (one.indicator, one.period, one.dimension) == (indicator, period, "total")]
    return value


NOVEMBER, FEBRUARY = dt.date(2012, 11, 1), dt.date(2013, 2, 1)


# -- deliveries ----------------------------------------------------------------------------------


def test_what_happened_to_each_delivery_is_told_in_order(changes) -> None:
    assert [change.text for change in changes.deliveries] == [
        "semp/pset_places_2012-10_v2.csv (rejetée)",
        "semp/pset_places_2012-11.csv (remplacée)",
        "semp/pset_places_2012-11_v2.csv (corrigée)",
        "semp/pset_places_2013-02.csv (nouvelle)",
        "sfpo/cm_fp_dossiers_2013-02.csv (nouvelle)",
    ]


def test_a_refusal_is_told_in_words_by_the_command_and_on_the_page(copies, changes) -> None:
    refused = next(change.delivery for change in changes.deliveries if change.what == "rejected")
    assert refused.reason == "header.missing" and refused.motive.startswith("Aucune ligne d'en-tête")
    printed = io.StringIO()
    print_comparison(Console(file=printed, width=300), *copies, table=None, limit=1, as_json=False)
    assert "Aucune ligne d'en-tête" in printed.getvalue() and "header.missing" not in printed.getvalue()
    with open_copy(copies[0]) as before, open_copy(copies[1]) as after:
        page = render(open_book(after, FEBRUARY, before=before), sample=True)
    assert '<td class="text long">Aucune ligne d&#39;en-tête' in page


def test_a_refusal_is_told_in_the_language_of_the_report_as_far_as_the_copy_knows_it(copies, tmp_path) -> None:
    former = edited(copies[1], tmp_path, "create or replace view mart.finding as select * exclude message_de from stg.finding")
    for copy, said in ((copies[1], "Oben in der Datei wurde keine Kopfzeile"), (former, "Aucune ligne d'en-tête")):
        with open_copy(copy) as con, speaking("de"):
            motive = next(one.motive for one in read_ledger(con).values() if one.reason == "header.missing")
        assert motive.startswith(said)


def delivery(status, delivery_id="one", **known):
    known = {"service": "SEMP", "dataset": "jetons", "period": NOVEMBER, "version": 1, "rows_loaded": 5, "sha256": delivery_id} | known
    return Delivery(delivery_id, status, **known)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (None, "in_force", "new"),
        (None, "rejected", "rejected"),
        (None, "held", "held"),
        ("held", "in_force", "accepted"),
        ("withdrawn", "in_force", "restored"),
        ("in_force", "withdrawn", "withdrawn"),
        ("in_force", "superseded", "superseded"),
        ("in_force", "rejected", "rejected"),
        ("in_force", None, "gone"),
    ],
)
def test_a_status_that_changed_has_its_word(before, after, what) -> None:
    ledgers = [{"one": delivery(status)} if status else {} for status in (before, after)]
    assert [change.what for change in delivery_changes(*ledgers)] == [what]


def test_a_delivery_that_is_read_otherwise_by_other_code_is_told() -> None:
    assert [change.what for change in delivery_changes({"one": delivery("in_force")}, {"one": delivery("in_force", rows_loaded=4)})] == [
        "reread"
    ]
    assert delivery_changes({"one": delivery("in_force")}, {"one": delivery("in_force")}) == ()


def test_the_same_bytes_in_force_under_another_name_are_no_other_content() -> None:
    before = {"one": delivery("in_force")}
    renamed = {"one": delivery("withdrawn"), "two": delivery("in_force", "two", version=2, sha256="one")}
    other = {"one": delivery("superseded"), "two": delivery("in_force", "two", version=2)}
    for after, expected in ((renamed, []), (other, ["two"])):
        content = content_changes(delivery_changes(before, after), before=before, after=after)
        assert [change.delivery.delivery_id for change in content] == expected


def test_what_went_out_of_force_speaks_for_a_month_that_nothing_replaced() -> None:
    before, after = {"one": delivery("in_force")}, {"one": delivery("withdrawn")}
    (content,) = content_changes(delivery_changes(before, after), before=before, after=after)
    assert content.what == "withdrawn"


# -- values and their causes ---------------------------------------------------------------------


def test_a_value_that_a_correction_changed_names_the_correction_alone(changes) -> None:
    value = total(changes, "pset_places", NOVEMBER)
    assert (value.what, value.past, value.revised, value.texts) == ("changed", True, True, ("203", "197"))
    (cause,) = value.causes
    assert (cause.kind, cause.certain, cause.text) == ("delivery", True, f"{CORRECTION} (corrigée)")


def test_a_value_of_a_month_that_was_not_published_is_new_and_no_revision(changes) -> None:
    value = total(changes, "pset_places", FEBRUARY)
    assert (value.what, value.past, value.revised, value.before) == ("added", False, False, None)
    assert not [one for one in changes.revised if one.period == FEBRUARY]


def test_a_later_delivery_is_no_cause_where_each_month_tells_itself_and_a_possible_one_elsewhere(copies, tmp_path) -> None:
    with open_copy(copies[0]) as left, open_copy(copies[1]) as right:
        assert monthly_datasets(left, right) == {"pset_places"}
    earlier = "update mart.cm_fp_open set value = value + 1, numerator = numerator + 1 where dimension = 'total' and period = '2012-11-01'"
    value = total(between(edited(copies[0], tmp_path, earlier), copies[1]), "cm_fp_open", NOVEMBER)
    assert [cause.text for cause in value.causes] == ["sfpo/cm_fp_dossiers_2013-02.csv (nouvelle)"]


@pytest.mark.parametrize("rows", ["select programme_id, delivery_id", "select programme_id, period - to_months(1) as period, delivery_id"])
def test_a_dataset_whose_rows_stand_under_another_month_anywhere_does_not_tell_each_month_for_itself(copies, tmp_path, rows) -> None:
    other = edited(copies[1], tmp_path, f"create table core.loose as {rows} from core.pset_programme_month")
    with open_copy(copies[0]) as left, open_copy(other) as right:
        assert monthly_datasets(left, right) == frozenset()


def test_what_speaks_of_deliveries_is_caused_by_those_of_its_own_month(changes) -> None:
    october = total(changes, "delivery_versions", dt.date(2012, 10, 1))
    assert [cause.text for cause in october.causes] == ["semp/pset_places_2012-10_v2.csv (rejetée)"]
    assert [cause.text for cause in total(changes, "delivery_versions", NOVEMBER).causes] == [f"{CORRECTION} (corrigée)"]
    service = [one for one in changes.values if (one.indicator, one.dimension, one.member) == ("delivery_versions", "service", "SFPO")]
    assert not [one for one in service if one.past]


def test_what_speaks_of_the_deliveries_of_a_service_is_not_caused_by_those_of_another() -> None:
    here, there = (DeliveryChange("new", None, delivery("in_force", service, service=service)) for service in ("SEMP", "SFPO"))
    suspects = Suspects((here, there), (), frozenset(), ())
    for dimension, member, expected in (
        ("service", "SEMP", [here]),
        ("dataset", "jetons", [here, there]),
        ("total", "total", [here, there]),
    ):
        causes = causes_of(suspects, datasets=(), period=NOVEMBER, dimension=dimension, member=member)
        assert [cause.change for cause in causes] == expected


def test_where_only_the_code_is_another_the_code_is_the_cause(copies, tmp_path) -> None:
    counted = "update mart.pset_places set numerator = numerator + 1, value = value + 1 where period = '2012-11-01'"
    after = edited(copies[0], tmp_path, counted, "update stg.fingerprint set sha256 = 'another' where part = 'code'")
    changed = between(copies[0], after)
    assert not changed.deliveries and changed.revised
    assert {value.causes for value in changed.values} == {(Cause("code", True),)}


def test_where_code_and_a_delivery_differ_both_are_possible_and_none_is_certain(copies, tmp_path) -> None:
    after = edited(copies[1], tmp_path, "update stg.fingerprint set sha256 = 'another' where part = 'code'")
    causes = total(between(copies[0], after), "pset_places", NOVEMBER).causes
    assert [(cause.kind, cause.certain) for cause in causes] == [("delivery", False), ("code", False)]
    assert told(causes) == f"possibles: {CORRECTION} (corrigée); code ou référence modifiés (aucune livraison)"


def test_a_copy_that_does_not_tell_its_code_leaves_it_possible_and_that_is_said(copies, tmp_path) -> None:
    before = edited(copies[0], tmp_path, "delete from stg.fingerprint where part = 'code'")
    changed = between(before, copies[1])
    assert "ne dit pas avec quel code" in changed.remarks[0]
    assert [cause.certain for cause in total(changed, "pset_places", NOVEMBER).causes] == [False, False]


def test_other_months_asked_for_are_a_cause_of_their_own(copies, tmp_path) -> None:
    fewer = "delete from mart.pset_places where period = '2012-11-01'"
    after = edited(copies[0], tmp_path, fewer, "update stg.fingerprint set sha256 = 'another' where part = 'settings'")
    value = total(between(copies[0], after), "pset_places", NOVEMBER)
    assert (value.what, value.revised, [cause.kind for cause in value.causes]) == ("removed", True, ["settings"])


def test_a_value_that_nothing_explains_is_said_to_be_unexplained(copies, tmp_path) -> None:
    after = edited(copies[0], tmp_path, "update mart.pset_places set value = null, reason = 'NOT_APPLICABLE' where period = '2012-11-01'")
    value = total(between(copies[0], after), "pset_places", NOVEMBER)
    assert value.texts == ("203", "Non applicable") and told(value.causes) == "cause inconnue"


def test_many_possible_causes_are_told_by_the_first_and_a_number() -> None:
    three, four, five = (tuple(Cause("code") for _ in range(count)) for count in (3, 4, 5))
    assert "autre" not in told(three).replace("autres mois", "")
    assert told(four).endswith("et 1 autre") and told(five).endswith("et 2 autres")
    assert told((Cause("settings"),)).startswith("possible: ")


def test_a_state_that_alone_changed_is_no_revision(copies, tmp_path) -> None:
    after = edited(copies[0], tmp_path, "update mart.pset_places set complete = not complete where period = '2012-11-01'")
    changed = between(copies[0], after)
    assert changed.values and not changed.revised


def test_noise_in_the_last_digit_is_a_change_and_is_shown_with_all_digits(copies, tmp_path) -> None:
    noise = "update mart.pset_places set value = value + 3e-14 where dimension = 'total' and period = '2012-11-01'"
    value = total(between(copies[0], edited(copies[0], tmp_path, noise)), "pset_places", NOVEMBER)
    assert value.revised and value.texts == ("203.0", "203.00000000000003")


# -- rows ----------------------------------------------------------------------------------------


def test_rows_that_came_went_and_changed_are_told_by_key_with_their_deliveries(changes) -> None:
    programmes = table(changes, "core.pset_programme_month")
    assert (programmes.added, programmes.removed, programmes.changed, programmes.moved) == (20, 1, 1, 18)
    one = programmes.rows[0]
    assert (one.what, one.key, one.columns["places"]) == ("changed", {"programme_id": "PSET-001", "period": NOVEMBER}, (26, 30))
    assert [changes.files[each] for each in one.deliveries] == ["semp/pset_places_2012-11.csv", CORRECTION]
    (gone,) = [row for row in programmes.rows if row.what == "removed"]
    assert gone.key["programme_id"] == "PSET-004"
    assert {name for row in programmes.rows if row.what == "moved" for name in row.columns} == {"delivery_id", "line"}


def test_counts_are_exact_whatever_the_limit(copies, changes) -> None:
    few = between(*copies, limit=2)
    assert [(one.table, one.added, one.removed, one.changed, one.moved) for one in few.tables] == [
        (one.table, one.added, one.removed, one.changed, one.moved) for one in changes.tables
    ]
    assert max(len(one.rows) for one in few.tables) == 2


def test_the_rarest_changes_come_first(changes) -> None:
    first, last = (set(row.columns) for row in (table(changes, "core.cm_fp_case").rows[0], table(changes, "core.cm_fp_case").rows[100]))
    assert first - {"last_seen", "line", "delivery_id"} and not last - {"last_seen", "line", "delivery_id"}


def test_of_a_row_of_a_person_only_key_and_names_of_columns_are_told(copies, tmp_path) -> None:
    person = "update core.cm_fp_case set birth_year = 1234, person_id = 'f00d' where case_id = (select min(case_id) from core.cm_fp_case)"
    changed = between(copies[0], edited(copies[0], tmp_path, person))
    (row,) = table(changed, "core.cm_fp_case").rows
    assert (list(row.key), row.columns) == (["case_id"], {"birth_year": None, "person_id": None})
    assert not re.search("1234|f00d", changes_as_json(changed, sides=SIDES))


def test_an_empty_value_and_a_value_differ_and_two_empty_ones_do_not(copies, tmp_path) -> None:
    emptied = "update core.cm_fp_case set age_group = null where case_id = (select min(case_id) from core.cm_fp_case)"
    without = edited(copies[0], tmp_path, emptied)
    for pair in ((copies[0], without), (without, copies[0])):
        assert (table(between(*pair), "core.cm_fp_case").changed, table(between(*pair), "core.cm_fp_case").columns) == (1, {"age_group": 1})
    assert between(without, edited(without, tmp_path)).none


def test_amounts_lists_and_nearly_equal_numbers_are_compared_without_tolerance() -> None:
    schema = {"key": pl.Int64, "amount": pl.Decimal(14, 2), "number": pl.Float64, "many": pl.List(pl.Int64)}
    text = schema | {"amount": pl.String}
    left = pl.DataFrame([(1, "1.10", 0.3, [1]), (2, None, None, None), (3, "2.00", 0.3, [1, 2])], schema=text, orient="row")
    right = pl.DataFrame([(1, "1.10", 0.3, [1]), (2, "0.00", 0.0, []), (3, "2.01", 0.1 + 0.2, [1, 3])], schema=text, orient="row")
    found = difference(left.cast({"amount": schema["amount"]}), right.cast({"amount": schema["amount"]}), ["key"])
    assert found.changed["key"].to_list() == [2, 3] and found.added.height == found.removed.height == 0
    noise = difference(left.select("key", "number"), right.select("key", "number").filter(pl.col("key") == 3), ["key"])
    assert noise.changed["key"].to_list() == [3] and noise.removed["key"].to_list() == [1, 2]


def test_of_a_table_without_a_key_the_rows_that_came_and_went_are_counted(copies, tmp_path) -> None:
    def held(*rows: int) -> list[str]:
        return ["create table core.loose (a integer)", f"insert into core.loose values {', '.join(f'({row})' for row in rows)}"]

    before, after = edited(copies[0], tmp_path, *held(1, 1, 2, 3)), edited(copies[0], tmp_path, *held(1, 2, 2, 4, 5))
    loose = table(between(before, after), "core.loose")
    assert (loose.added, loose.removed, loose.changed, loose.rows, loose.not_compared) == (3, 2, 0, (), ())
    assert not table(between(after, after), "core.loose").differs


def test_a_table_or_column_that_one_copy_lacks_is_named_and_the_rest_compared(copies, tmp_path) -> None:
    other = edited(
        copies[1],
        tmp_path,
        "drop table mart.outcome_incidence",
        "alter table core.pset_programme_month add column colour varchar",
        "create or replace table core.pset_category_month as from core.pset_category_month",
        "create table core.typed (a integer primary key, b varchar)",
    )
    before = edited(copies[0], tmp_path, "create table core.typed (a integer primary key, b integer)")
    changed = between(before, other)
    assert table(changed, "mart.outcome_incidence").not_compared == ("table absente de B",)
    assert table(changed, "core.pset_category_month").not_compared == ("clés différentes",)
    assert table(changed, "core.typed").not_compared == ("colonne b de type INTEGER en A, VARCHAR en B",)
    programmes = table(changed, "core.pset_programme_month")
    assert programmes.not_compared == ("colonne colour absente de A",) and programmes.changed == 1


def test_a_copy_without_values_or_with_fewer_columns_of_them_is_still_compared(copies, tmp_path) -> None:
    without = edited(copies[0], tmp_path, "drop view mart.indicator_value", "drop table mart.indicator")
    changed = between(without, copies[1])
    assert changed.values == () and any("ne se comparent pas" in remark for remark in changed.remarks)
    assert table(changed, "core.pset_programme_month").changed == 1
    older = edited(copies[0], tmp_path, "create or replace view mart.indicator_value as select * exclude (mature) from mart.pset_places")
    assert total(between(older, copies[1]), "pset_places", NOVEMBER).texts == ("203", "197")


# -- what is no copy -----------------------------------------------------------------------------


def test_what_is_no_published_copy_is_said_in_a_sentence(copies, tmp_path) -> None:
    (tmp_path / "damaged.duckdb").write_bytes(copies[0].read_bytes()[:20_000])
    (tmp_path / "notes.txt").write_text("Bonjour")
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    for name, said in (
        ("absent", "n'existe pas"),
        ("damaged.duckdb", "abîmé"),
        ("notes.txt", "autre chose"),
        ("other.duckdb", "stg.delivery"),
    ):
        with pytest.raises(CiiError, match=said):
            open_copy(tmp_path / name)


def test_a_table_is_found_by_either_name_and_an_unknown_one_has_its_nearest(copies) -> None:
    with open_copy(copies[0]) as con:
        assert table_named("cm_fp_case", con) == table_named("core.cm_fp_case", con) == "core.cm_fp_case"
        with pytest.raises(CiiError, match="cm_fp_case"):
            table_named("cm_fp_cases", con)


# -- the page ------------------------------------------------------------------------------------


def page(before: Path | None, after: Path, *, made=PAGE.build):
    """The blocks of the page, or what else is made of the book."""
    with open_copy(after) as con, open_copy(before) if before else nullcontext() as left:
        return made(open_book(con, latest_period(con), before=left))


def test_the_page_says_what_came_and_what_of_the_past_changed(copies, changes) -> None:
    (text, deliveries, indicators, values, rows) = page(*copies)
    assert text.sentences[:2] == (
        "Depuis le dernier traitement publié: 2 livraisons nouvelles, 1 corrigée, 1 rejetée.",
        f"{len(changes.revised)} valeurs de mois déjà publiés ont changé, dans {len(indicators.rows)} indicateurs.",
    )
    assert re.search(r"un total, en proportion: .+, novembre 2012, .+ → .+; cause: ", text.sentences[2])
    assert text.sentences[2].endswith(f"cause: {CORRECTION} (corrigée).")
    assert re.fullmatch(r"\d+ valeurs sont nouvelles, de mois qui n'étaient pas encore publiés\.", text.sentences[3])
    assert len(deliveries.rows) == 5 and len(values.rows) == len(changes.revised) > 20
    assert ("203", "197", "−6") in [tuple(cell.text for cell in row[3:6] if cell.counts) for row in values.rows]
    shares = [row[3:6] for row in values.rows if "%" in row[3].text and "%" in row[4].text]
    for old, new, change in shares:
        points = "points" if abs(round(change.counts.value, 2)) >= 2 else "point"
        assert round(100 * (new.counts.value - old.counts.value), 6) == change.counts.value
        assert change.text.endswith(f" {points} de pourcentage")
    assert shares and all(cell.text == cell.counts.text for row in shares for cell in row)
    places = next(row for row in indicators.rows if row[0].text == "Places PSET")
    assert [cell.text for cell in places][2:] == ["203 → 197", f"{CORRECTION} (corrigée)", "4"]
    assert ["core.pset_programme_month", "places (1), delivery_id (19), line (16)", "20", "1", "1", "18"] in [
        [cell.text for cell in row] for row in rows.rows
    ]


def test_one_of_a_thing_is_told_in_the_singular(copies, tmp_path) -> None:
    one = "update mart.pset_places set value = 1, numerator = 1 where dimension = 'total' and period = '2012-11-01'"
    (text, *_) = page(copies[0], edited(copies[0], tmp_path, one))
    assert text.sentences[:2] == (
        "Depuis le dernier traitement publié, aucune livraison n'est arrivée ni n'a changé de statut.",
        "1 valeur d'un mois déjà publié a changé, dans 1 indicateur.",
    )
    new = "insert into mart.pset_places select * replace (date '2014-01-01' as period) from mart.pset_places where dimension = 'total' limit 1"
    state = "update mart.pset_occupancy set complete = not complete where dimension = 'total' and period = '2012-11-01'"
    (text, *_) = page(copies[0], edited(copies[0], tmp_path, new, state))
    assert text.sentences[1:] == (
        "Aucune valeur d'un mois déjà publié n'a changé.",
        "1 valeur est nouvelle, d'un mois qui n'était pas encore publié.",
        "1 valeur ne change que d'état (complète, provisoire) ou est le zéro d'une modalité nouvelle.",
    )


def test_a_mere_rebuild_and_a_first_publication_are_said(copies, tmp_path) -> None:
    (text,) = page(copies[0], edited(copies[0], tmp_path, "update stg.fingerprint set sha256 = 'another' where part = 'code'"))
    assert "rien n'a changé" in text.sentences[0]
    (text,) = page(None, copies[0])
    assert "premier traitement publié" in text.sentences[0]


def test_the_page_shows_no_key_of_a_person_and_is_the_same_each_time(copies) -> None:
    html = page(*copies, made=partial(render, sample=True))
    with open_copy(copies[1]) as con:
        persons = con.execute("select case_id, person_id from core.cm_fp_case").fetchall()
    assert persons and not [each for row in persons for each in row if each in html]
    assert page(*copies, made=partial(render, sample=True)) == html


# -- the command ---------------------------------------------------------------------------------


def test_the_comparison_is_the_same_each_time_and_complete_as_json(copies, changes) -> None:
    text = changes_as_json(changes, sides=SIDES)
    assert text == changes_as_json(between(*copies), sides=SIDES)
    answer = json.loads(text)
    assert list(answer) == ["before", "after", "equal", "remarks", "deliveries", "values", "tables"]
    assert {len(one["rows"]) == one["added"] + one["removed"] + one["changed"] + one["moved"] for one in answer["tables"]} == {True}
    value = next(
        one for one in answer["values"] if (one["indicator"], one["what"], one["dimension"]) == ("pset_places", "changed", "total")
    )
    assert value["before"]["value"] == 203 and value["after"]["value"] == 197
    assert value["causes"][0]["delivery_id"] in {one["delivery_id"] for one in answer["deliveries"]}


def test_a_comparison_turned_round_says_the_opposite(copies) -> None:
    back = between(copies[1], copies[0])
    assert {change.what for change in back.deliveries} == {"gone", "restored"}
    assert total(back, "pset_places", NOVEMBER).texts == ("197", "203")


def test_the_command_prints_and_exits_with_one_only_where_asked(copies, tmp_path) -> None:
    settings = settings_in(tmp_path)
    printed = cii(settings, "diff", *map(str, copies), "--limit", "4")
    assert printed.returncode == 0, printed.stderr
    words = " ".join(printed.stdout.split())
    assert f"{CORRECTION} corrigée" in words and "203" in words and re.search(r"et \d+ autres \(--limit", words)
    asked = cii(settings, "diff", *map(str, copies), "--exit-code", "--json", "--table", "pset_category_month")
    answer = json.loads(asked.stdout)
    assert asked.returncode == 1 and [one["table"] for one in answer["tables"]] == ["core.pset_category_month"] and answer["values"] == []
    equal = cii(settings, "diff", str(copies[0]), str(edited(copies[0], tmp_path)), "--exit-code")
    assert equal.returncode == 0 and "Aucune différence" in equal.stdout


def test_a_side_that_is_no_copy_fails_in_a_sentence_and_a_day_to_come_is_a_misuse(copies, tmp_path) -> None:
    settings = settings_in(tmp_path)
    for sides, code, said in (
        (("publie", str(copies[0])), 1, "n'existe pas"),
        ((str(copies[0]), str(copies[0])), 1, "même fichier"),
        (("2999-01-01", str(copies[0])), 2, "avenir"),
    ):
        ran = cii(settings, "diff", *sides)
        assert ran.returncode == code and said in " ".join(ran.stderr.split()) and "Traceback" not in ran.stderr
