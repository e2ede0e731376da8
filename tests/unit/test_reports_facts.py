"""What stands behind the figures of the packs: the same as `cii explain` says, wherever a figure is shown."""

import datetime as dt
import json
import re
from gettext import NullTranslations

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.disclosure.shown import OF_LINES
from pipelines.reports.book import open_book
from pipelines.reports.facts import Facts
from pipelines.reports.files import COORDINATION, GP_CII, LEGISLATURE, OWN, PACKS
from pipelines.reports.formats import number
from pipelines.reports.grounds import explain_all
from pipelines.reports.hiding import reasons
from pipelines.reports.language import speaking
from pipelines.reports.pack import render
from pipelines.reports.passage import own_book, passed
from pipelines.reports.record import counted, record
from pipelines.reports.value import HIDDEN, Figure
from tests.explanations import in_whole_per_cent, opened
from tests.golden import world
from tests.unit.test_reports_revisions import CLOSED, RELEASES, effect, revised

CONTROLLED = (GP_CII, COORDINATION, LEGISLATURE)
MARKS = {HIDDEN[reason]: why for reason, why in reasons(Thresholds()).items()}


@pytest.fixture(scope="module")
def pack(con):
    """A pack of the small world as a file, made once."""
    made = {}

    def file(name, *, internal=False):
        if (name, internal) not in made:
            whole = open_book(con, world.PERIOD)
            if internal:
                made[name, internal] = render(whole, sample=True, pack=name)
            elif service := PACKS[name].service:
                with own_book(whole, service, internal=False) as book:
                    made[name, internal] = render(book, sample=True, pack=name)
            else:
                with passed(whole, name, thresholds=Thresholds()) as book:
                    made[name, internal] = render(book, sample=True, pack=name)
        return made[name, internal]

    return file


def spaced(text):
    """The text with the hard spaces of short dates."""
    return re.sub(r"(mai|avril|sept\.|nov\.) (?=\d{4})", "\\1\N{NO-BREAK SPACE}", text)


def cell(file, indicator, period=world.PERIOD, dimension="total", member="total"):
    return next(one for one in opened(file) if one.figure == (indicator, "month", period, dimension, member))


@pytest.mark.parametrize(
    ("name", "internal"), [*((name, internal) for name in CONTROLLED for internal in (True, False)), *((name, False) for name in OWN)]
)
def test_every_figure_of_a_pack_is_the_one_that_explain_tells(con, pack, name, internal):
    cells = opened(pack(name, internal=internal))
    explained = explain_all(con, {one.figure for one in cells})
    assert len(cells) > 20
    for one in cells:
        value = explained[one.figure].value
        if one.hidden and name in CONTROLLED and not internal:
            assert one.said["Masqué"] == MARKS[one.text], one
        elif one.figure.indicator == OF_LINES and name in CONTROLLED and not internal:
            assert one.text in in_whole_per_cent(value.value), one
        else:
            assert one.text == value.text, one
    assert any(one.hidden for one in cells) == (name in CONTROLLED and not internal)


@pytest.mark.parametrize("name", CONTROLLED)
def test_the_counts_behind_a_figure_are_those_of_explain_and_hidden_with_it(con, pack, name):
    explained = explain_all(con, {one.figure for one in opened(pack(name, internal=True))})
    for one in opened(pack(name, internal=True)):
        value = explained[one.figure].value
        if value.denominator is not None:
            assert f"{one.said['Numérateur']} {one.said['Dénominateur']}".count(":") == (value.numerator is not None) + 1
            assert one.said["Dénominateur"].endswith(f": {number(value.denominator)}"), one
    for one in opened(pack(name)):
        if one.hidden:
            counts = " ".join(one.said.get(name, "") for name in ("Compté", "Numérateur", "Dénominateur"))
            assert counts.strip() and not re.search(r"\d$|: \d", counts) and "État" not in one.said


def test_a_figure_says_definition_version_deliveries_and_what_lacks(pack):
    said = cell(pack(GP_CII, internal=True), "cm_fp_announced").said
    assert said[""] == spaced("Dossiers CM-FP annoncés, mai 2020") and said["Version"] == "1, en usage depuis le 01.01.2009"
    assert said["Définition"].startswith("Dossiers CM-FP annoncés") and said["Source"].startswith("Dossiers CM-FP")
    assert said["Mois lus"] == spaced("tous jusqu'à mai 2020") and said["Livraisons"] == "1 en vigueur, la dernière reçue le 08.06.2020"
    assert said["Envois"] == "Dossiers du case management formation professionnelle (CM-FP): SFPO"
    assert said["Lignes lues"] == "40, écartées: 1 (2,5\N{NO-BREAK SPACE}%)"
    assert said["Manquent"] == spaced("Dossiers du case management formation professionnelle (CM-FP), SFPO: sept. 2019")
    assert said["État"] == "incomplet: il manque des livraisons dues"


def test_what_lacks_of_several_months_is_counted(changed):
    lacks = "cm_fp_dossiers SFPO 3 2019-09-01 2019-11-01, actions_axes CII 1 2018-01-01 2018-01-01"
    book = changed(f"update mart.figure_basis set lacking = '{lacks}' where indicator = 'cm_fp_announced'")
    said = cell(render(book, sample=True), "cm_fp_announced").said["Manquent"]
    assert said == spaced(
        "Dossiers du case management formation professionnelle (CM-FP), SFPO: sept. 2019 à nov. 2019 (3); Actions des sept axes, CII: 2018"
    )


def test_lines_are_told_exactly_to_the_analysts_and_in_hundreds_to_the_others(pack):
    exactly = {one.said["Lignes lues"] for one in opened(pack(GP_CII, internal=True)) if "Lignes lues" in one.said}
    about = {one.said["Lignes lues"] for one in opened(pack(GP_CII)) if "Lignes lues" in one.said}
    assert exactly and all(re.fullmatch(r"\d+, écartées: \d+( \(.*\))?", told) for told in exactly)
    assert about and all(
        re.fullmatch(r"(moins de 100|au moins \d*’?\d*00)(, écartées: (moins de 1|environ \d+)\s%)?", told) for told in about
    )


def test_the_share_of_lines_rejected_is_told_in_whole_per_cent(changed):
    lines = "update mart.figure_basis set rows_read = 1299, rejected_share = 0.0163 where indicator = 'pset_places'"
    with passed(changed(lines), GP_CII, thresholds=Thresholds()) as book:
        said = cell(render(book, sample=True), "pset_places").said["Lignes lues"]
    assert said == "au moins 1’200, écartées: environ 2\N{NO-BREAK SPACE}%"


def test_target_and_published_figure_stand_behind_the_figures_they_are_of(pack):
    file = pack(GP_CII)
    assert cell(file, "pset_places").said["Cible"] == "120 au 31.12.2020 (Plan inventé)"
    assert "Publié" not in cell(file, "pset_places").said
    printed = cell(file, "pset_places", world.SPAN[3], "category", "OCCUPATION")
    assert printed.said["Publié"] == "60, concorde (Bilan inventé, ch. 1)"
    assert printed.said[""] == spaced("Places PSET, catégorie: Occupation, avril 2019")


def test_what_was_released_of_a_figure_and_is_no_more_so_stands_behind_it_and_in_explain(changed):
    figure = Figure("cm_fp_closed", "month", dt.date(2020, 3, 1))
    said = "73 (diffusion no 1, 16.04.2020); depuis: livraison corrigée (+2); livraison nouvelle (−5)"
    book = changed(RELEASES, revised(*CLOSED), effect("NEW_DATA", -5), effect("CORRECTED_DATA", 2))
    (one,) = {one.said["Diffusé"] for one in opened(render(book, sample=True)) if one.figure == figure}
    assert one == said == explain_all(book.con, [figure])[figure].revised.sentence(*book.about("cm_fp_closed"))
    assert "Diffusé" not in cell(render(book, sample=True), "cm_fp_announced").said


def test_a_breakdown_that_stands_says_why_it_is_not_of_the_month(pack):
    stood = [one for one in opened(pack(GP_CII)) if "Plus récent" in one.said]
    assert stood and all(one.said["Plus récent"] == f"n'est pas montré: {MARKS[HIDDEN['HELD_BACK']]}" for one in stood)
    assert all(one.figure.period < world.PERIOD for one in stood)


def test_what_many_figures_share_is_said_once(pack):
    (facts,) = re.findall(r'id="facts">(.*?)</script>', pack(GP_CII))
    told = json.loads(facts)
    assert len(set(told["words"])) == len(told["words"]) and len({json.dumps(part) for part in told["parts"]}) == len(told["parts"])
    assert len(told["parts"]) < len(opened(pack(GP_CII)))
    assert sum(word.startswith("Dossiers CM-FP annoncés et ni clos") for word in told["words"]) == 1


def test_a_figure_of_record_opens_and_asks_for_nothing_that_no_page_shows(told):
    book = open_book(told.con, world.PERIOD, standing="provisional", thresholds=Thresholds())
    found = {row["figure"]: counted(book, row) for row in record(book)}
    assert not book.read
    assert found["CM-FP: en emploi"].text == "3" and found["PSET: occupation"].text == "60"
    assert found["CM-FP: CFC ou AFP"] is None, "two members together are no figure"
    assert found["CM-FP: hors critères"] is None or found["CM-FP: hors critères"].value is None


def test_a_month_without_a_row_opens_nothing(changed):
    book = changed("delete from mart.indicator_value where indicator = 'pset_places' and period = date '2020-05-01'")
    cells = opened(render(book, sample=True))
    assert not [one for one in cells if one.figure.indicator == "pset_places" and one.figure.period == world.PERIOD]
    assert [one for one in cells if one.figure.indicator == "pset_occupancy" and one.figure.period == world.PERIOD]


def test_what_has_no_name_or_no_word_before_it_is_not_given_the_heading_of_a_catalogue(told, monkeypatch):
    catalogue = NullTranslations()
    monkeypatch.setattr(catalogue, "gettext", lambda message: message or "Project-Id-Version")
    monkeypatch.setattr("pipelines.reports.language._catalogue", lambda _: catalogue)
    one = next(row for row in record(told) if row["qualifier"] == "=" and counted(told, row))
    with speaking("de"):
        facts = Facts(told)
        facts.key(counted(told, one))
        assert facts.told()["names"][0] == ("", ", ") and "Project-Id-Version" not in json.dumps(facts.told())
