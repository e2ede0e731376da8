"""The nearest allowed value of a cell that broke a rule: when there is one, when there is none, and that nobody takes it over."""

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contracts.codes import Code, CodeList
from pipelines.contracts.columns import Kind
from pipelines.contracts.export import Export, Period
from pipelines.contracts.rules import RULES
from tests.unit.ingest_cases import CM_FP, PERIOD, PSET, WORKSHOPS, avs, found, right_row, taken_rows

CLOSED = {"announced_on": "01.10.2012", "outcome": "CFC"}


def _suggested(export: Export, field: str, cell: str, *, period: Period = PERIOD, **others: str) -> list[str | None]:
    """The suggestions for one cell, one per finding."""
    intake = taken_rows(export, right_row(export, 1, **(others | {field: cell})), right_row(export, 2), period=period)
    return intake.findings.filter((pl.col("field") == field) & (pl.col("line") == 2))["suggestion"].to_list()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("OCSOP", "OCOSP"),
        ("Famile", "FAMILLE"),
        ("Fam.", "FAMILLE"),
        ("Service socail regional", "SSR"),
        ("Berufsberatung", "OCOSP"),
        ("Regionaler Sozialdinst", "SSR"),
        ("écôle ", None),
        ("XYZ", None),
        ("OCO SP!!", None),
        ("OA", None),
        ("ORQ", None),
        ("Quelqu'un d'autre encore", None),
    ],
)
def test_a_code_is_suggested_by_its_nearest_code_or_label_or_not_at_all(cell: str, code: str | None) -> None:
    assert _suggested(CM_FP, "referrer", cell) == ([] if cell == "écôle " else [code])


def test_a_number_of_a_list_may_stand_behind_zeros() -> None:
    assert [_suggested(CM_FP, "sex", cell) for cell in ("01", "2.0", "Fém", "4", "04")] == [["1"], ["2"], ["2"], [None], [None]]


def test_a_code_that_is_like_two_is_not_suggested() -> None:
    assert _suggested(PSET, "category", "PROFESIONNEL") == ["PROFESSIONNEL"]
    assert _suggested(CM_FP, "outcome_detail", "S", outcome="HORS_CRITERES", closed_on="05.02.2013") == [None]
    assert _suggested(PSET, "branch", "Autres activités") == [None]
    assert _suggested(PSET, "branch", "activités") == [None]


def test_a_code_is_suggested_only_if_it_is_clearly_nearer_than_any_other() -> None:
    alike = CodeList("alike", (Code("SUIVI_INTERNE", "Suivi interne", "Intern"), Code("SUIVI_EXTERNE", "Suivi externe", "Extern")), "tests")
    export = replace(WORKSHOPS, fields=tuple(replace(one, codes=alike) if one.name == "kind_of" else one for one in WORKSHOPS.fields))
    assert _suggested(export, "kind_of", "SUIVI_IINTERNE") == ["SUIVI_INTERNE"]
    assert _suggested(export, "kind_of", "SUIVI_ITERNE") == [None]
    assert _suggested(export, "kind_of", "SUIVI") == [None]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("31.12.12", "31.12.2012"),
        ("31/12/2012", "31.12.2012"),
        ("12/31/2012", "31.12.2012"),
        ("31-12-2012", "31.12.2012"),
        ("31 12 2012", "31.12.2012"),
        ("2012/12/31", "31.12.2012"),
        ("2012-2-1", "01.02.2012"),
        ("31 décembre 2012", "31.12.2012"),
        ("31. Dezember 2012", "31.12.2012"),
        ("31-déc-12", "31.12.2012"),
        ("1er mars 2012", "01.03.2012"),
        ("20121231", "31.12.2012"),
        ("31122012", "31.12.2012"),
        ("2012-12-31T00:00:00", "31.12.2012"),
        ("31.12.2012 00:00", "31.12.2012"),
        ("41274", "31.12.2012"),
        ("31.11.2012", "30.11.2012"),
        ("29.02.2011", "28.02.2011"),
        ("12/12/2012", "12.12.2012"),
        ("04/05/2012", None),
        ("31.08.20178", None),
        ("00.00.0000", None),
        ("32.01.2012", None),
        ("15.13.2012", None),
        ("31/31/2012", None),
        ("12.2012", None),
        ("99999", None),
        ("hier", None),
        ("31 brumaire 2012", None),
        ("01/03/2014", None),
        ("15/03/1994", None),
    ],
)
def test_a_day_is_suggested_where_it_can_be_one_day_only(cell: str, day: str | None) -> None:
    assert _suggested(WORKSHOPS, "begun_on", cell) == [day]


def test_a_day_that_the_column_does_not_allow_is_no_reading() -> None:
    ends = [_suggested(CM_FP, "closed_on", cell, **CLOSED) for cell in ("05/02/2013", "02/05/2013", "01/03/2013", "31.02.2013", "15.03.13")]
    assert ends == [["05.02.2013"], ["05.02.2013"], ["03.01.2013"], ["28.02.2013"], [None]]
    assert _suggested(WORKSHOPS, "review_on", "15/03/2014", reviewer="1") == ["15.03.2014"]


def test_a_day_that_could_be_a_birth_is_never_suggested() -> None:
    assert _suggested(CM_FP, "announced_on", "05/07/1994") == [None]
    near = _suggested(CM_FP, "announced_on", "05.07.10")
    child = _suggested(CM_FP, "announced_on", "05.07.10", birth_date="05.07.2010")
    assert (near, child) == (["05.07.2010"], [None])


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1'234.-", "1234.00"),
        ("1'234.--", "1234.00"),
        ("CHF 1'234.–", "1234.00"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("-1.234,50", None),
        ("1.234.567", "1234567.00"),
        ("1,234,567.05", "1234567.05"),
        ("12 francs", "12.00"),
        ("Fr. 12.50", "12.50"),
        ("12.3456", "12.35"),
        ("0.125", "0.13"),
        ("٣", "3.00"),
        ("1.234", None),
        ("1,234 fr.", None),
        ("(5)", None),
        ("1e3", None),
        ("½", None),
        ("5²", None),
        ("12'34", None),
        ("12 mio", None),
        ("env. 12", None),
        ("10-12", None),
        ("12a", None),
        ("9999999999999", None),
    ],
)
def test_an_amount_is_suggested_to_the_centime_and_never_guessed(cell: str, amount: str | None) -> None:
    assert _suggested(WORKSHOPS, "cost", cell) == [amount]


def test_a_whole_number_is_suggested_without_its_unit() -> None:
    cells = ("12 pers.", "12 places", "1.200,0", "12.5", "1.234", "12,5 pers.", "6000 pers.", "12 k")
    assert [_suggested(WORKSHOPS, "seats", cell) for cell in cells] == [["12"], ["12"], ["1200"], [None], [None], [None], [None], [None]]
    assert _suggested(WORKSHOPS, "share", "12,5 pers") == ["12.5"]
    assert _suggested(WORKSHOPS, "share", "120 pers") == [None], "not a value outside the bounds"


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("oui (partiel)", "OUI"),
        ("yes", "OUI"),
        ("Vrai", "OUI"),
        ("✓", "OUI"),
        ("faux", "NON"),
        ("No", "NON"),
        ("Nein!", "NEIN"),
        ("non communiqué", None),
        ("oui et non", None),
        ("X", None),
        ("2", None),
        ("?", None),
    ],
)
def test_yes_or_no_is_suggested_for_other_words_that_say_it(cell: str, word: str | None) -> None:
    assert _suggested(WORKSHOPS, "open_to_all", cell) == [word]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("Neuchâtel", "6458"),
        ("neuchatel (NE)", "6458"),
        ("2000 Neuchâtel", "6458"),
        ("Cressier", "6452"),
        ("Cernier", "6487"),
        ("6472", "6487"),
        ("Milvignes", "6416"),
        ("Laténa", None),
        ("6513", None),
        ("6500", None),
        ("Berne", None),
        ("64580", None),
    ],
)
def test_a_municipality_is_suggested_by_its_name_or_by_what_replaced_it(cell: str, number: str | None) -> None:
    assert _suggested(CM_FP, "municipality", cell) == [number]


def test_what_replaced_a_municipality_is_told_as_of_the_month() -> None:
    later, earlier = Period(dt.date(2025, 1, 1)), Period(dt.date(2009, 1, 1))
    assert _suggested(CM_FP, "municipality", "Marin-Epagnier", period=later, announced_on="01.01.2025", birth_date="01.01.2005") == ["6513"]
    assert _suggested(CM_FP, "municipality", "6457", period=earlier, announced_on="01.01.2009") == ["6461"]


def test_nothing_is_suggested_for_a_person_a_text_or_an_empty_cell() -> None:
    for field, cell in (
        ("avs13", "756O" + avs(1)[4:]),
        ("birth_date", "05/07/1994"),
        ("birth_date", "05.07.94"),
        ("case_id", avs(7)),
        ("sex", ""),
        ("outcome", "CFC"),
    ):
        assert _suggested(CM_FP, field, cell) == [None]


def test_nothing_is_suggested_for_a_column_that_tells_who_somebody_is_whatever_its_kind() -> None:
    fields = tuple(replace(field, column=replace(field.column, personal=True)) for field in WORKSHOPS.fields)
    for field, cell in (("kind_of", "LON"), ("begun_on", "31/12/2012"), ("seats", "12 pers."), ("subsidised", "yes")):
        others = {} if field != "kind_of" else {"why_long": ""}
        assert _suggested(WORKSHOPS, field, cell, **others) != [None]
        assert _suggested(replace(WORKSHOPS, fields=fields), field, cell, **others) == [None]


def test_a_number_of_a_person_is_not_suggested_as_another_number() -> None:
    assert _suggested(WORKSHOPS, "share", "19940705 pers.") == [None]
    assert _suggested(WORKSHOPS, "cost", "12345678910 fr.") == [None]


def test_a_suggestion_is_never_taken_over_by_itself() -> None:
    intake = taken_rows(CM_FP, right_row(CM_FP, 1, referrer="OCSOP"), right_row(CM_FP, 2, municipality="6472"))
    assert intake.rows["line"].to_list() == [3]
    assert intake.rows["municipality"].to_list() == [6472]


_TEXTS = st.one_of(
    st.text("0123456789.,-/'’ ()%CHFfrpeXx*<", max_size=14),
    st.dates(dt.date(2002, 1, 1), dt.date(2024, 1, 1)).flatmap(
        lambda day: st.sampled_from(["%d/%m/%Y", "%m/%d/%y", "%d.%m.%y", "%Y%m%d", "%d %b %Y", "31.%m.%Y"]).map(day.strftime)
    ),
    st.sampled_from([code.code for field in CM_FP.fields if field.codes for code in field.codes.codes]).flatmap(
        lambda code: st.integers(0, len(code)).map(lambda place: code[:place] + code[place + 1 :])
    ),
    st.sampled_from(["oui (2)", "yes", "Neuchatel", "Cernier", "12 pers.", "1.234,50", "1'234.-", "6401", "6487"]),
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_every_suggestion_is_read_without_a_problem_by_its_field(cell: str) -> None:
    for export in (CM_FP, PSET, WORKSHOPS):
        row = right_row(export, 1)
        bad = taken_rows(export, *({**row, export.key[0]: f"1.{place}", field.name: cell} for place, field in enumerate(export.fields)))
        for one in bad.findings.filter(pl.col("suggestion").is_not_null()).iter_rows(named=True):
            field = export.by_name[one["field"]]
            assert field.kind not in (Kind.AVS, Kind.BIRTH_DATE, Kind.TEXT)
            mended = [rule for _, name, rule in found(taken_rows(export, row | {field.name: one["suggestion"]})) if name == field.name]
            assert not [rule for rule in mended if rule.split(".")[0] not in ("given", "end", "date", "number", "age")]
            assert not [
                rule for rule in mended if rule.endswith((".format", ".ambiguous", ".decimals", ".whole", ".range", ".after_period"))
            ]
            assert "end.too_early" not in mended and RULES[one["rule"]].severity != "rejected"
