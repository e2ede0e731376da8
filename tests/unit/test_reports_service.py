"""The packs of the services: each shows what the service sent and what rests on it alone, and nothing of another one."""

import datetime as dt
import re
from gettext import NullTranslations

import pytest

from pipelines.contracts.codes import SERVICE, SERVICES
from pipelines.reports.content import Table, Text
from pipelines.reports.files import OWN, PACKS
from pipelines.reports.language import speaking
from pipelines.reports.pack import render
from pipelines.reports.pages import chapters
from pipelines.reports.passage import own_book
from tests.unit.page_parts import of, rows, texts

ALL = tuple(code.code for code in SERVICE.codes)
FIGURES = ("service_chiffres", Table, "figures")


def pack_of(book, service):
    """The blocks of a service's pack."""
    with own_book(book, service, internal=False) as own:
        return {page.slug: page.build(own) for part in chapters(f"service-{service.lower()}", internal=False) for page in part}


def whole_of(book, service):
    """A service's pack as its file says it, without the words that every file has."""
    with own_book(book, service, internal=False) as own:
        text = render(own, sample=True, pack=f"service-{service.lower()}")
    return re.sub(r"<script>.*?</script>|<style>.*?</style>|<dl class=.about.>.*?</dl>", "", text, flags=re.DOTALL)


def test_every_service_has_a_pack_of_its_own_pages():
    assert [PACKS[name].service for name in OWN] == list(ALL)
    for name in OWN:
        own, annex = chapters(name, internal=False)
        assert [page.slug for page in own] == ["service_chiffres", "service_livraisons", "service_remarques"] and not annex


@pytest.mark.parametrize("service", ALL)
def test_a_service_sees_its_own_deliveries_and_those_of_no_other(book, service):
    blocks = pack_of(book, service)
    tables = [block for block in blocks["service_livraisons"] if isinstance(block, Table)]
    assert {row[0].text for table in tables if table.slug != "datasets" for row in table.rows} <= {service}
    files = re.findall(r"\b(\w+)/\w+_\d{4}(?:-\d\d)?", whole_of(book, service))
    assert set(files) <= {service.lower()}


@pytest.mark.parametrize("service", ALL)
def test_no_other_service_is_named_where_figures_deliveries_and_remarks_stand(book, service):
    blocks = pack_of(book, service)
    said = " ".join(
        f"{cell.text} {cell.detail} {cell.data}"
        for slug in ("service_livraisons", "service_remarques")
        for block in blocks[slug]
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    )
    assert not re.search(rf"\b({'|'.join(set(ALL) - {service})})\b", said)


def test_findings_stand_under_their_file_the_newest_first_with_line_column_masked_value_and_remedy(book):
    listed = texts(of(pack_of(book, "SFPO"), "service_remarques", Table, "findings"))
    assert listed == [
        ["sfpo/cm_fp_dossiers_2020-05.csv – en vigueur, reçu le 08.06.2020"],
        ["Ligne écartée", "12", "No AVS", "756.••••.••••.85", "Le chiffre de contrôle est faux. Vérifiez-le."],
        ["sfpo/cm_fp_dossiers_2020-04.csv – rejeté, reçu le 08.06.2020"],
        ["Fichier refusé", "fichier", "–", "–", "Le fichier est vide. Renvoyez-le."],
    ]
    (semp,) = {row[0] for row in texts(of(pack_of(book, "SEMP"), "service_remarques", Table, "findings")) if len(row) == 1}
    assert semp.startswith("semp/pset_places_2020-05.csv")


def test_remarks_on_what_is_older_than_a_year_or_later_than_the_month_are_not_listed(changed):
    moved = "update stg.delivery set period = date '{}' where delivery_id = 'one'"
    for day in ("2019-04-01", "2020-06-01"):
        listed = texts(of(pack_of(changed(moved.format(day)), "SFPO"), "service_remarques", Table, "findings"))
        assert [row[0] for row in listed if len(row) == 1] == ["sfpo/cm_fp_dossiers_2020-04.csv – rejeté, reçu le 08.06.2020"]


def test_what_rests_on_this_services_deliveries_alone_is_told_whole_with_a_month_and_a_year_before(book):
    table = of(pack_of(book, "SFPO"), *FIGURES)
    shown = rows(table)
    assert shown["Dossiers CM-FP ouverts"] == ["1’046", "1’044", "1’012"]
    assert shown["Taux de solutions CM-FP"][0] == "60,0\N{NO-BREAK SPACE}%* (48 / 80 · IC 49–70\N{NO-BREAK SPACE}%)"
    assert "Places PSET" not in shown and "Candidatures NE-ESO" not in shown
    assert rows(of(pack_of(book, "SEMP"), *FIGURES))["Places PSET"] == ["113", "112", "101"]


def test_the_next_target_stands_with_the_figure_it_is_for(book):
    (head,) = (row[0] for row in of(pack_of(book, "SEMP"), *FIGURES).rows if row[0].text == "Places PSET")
    assert head.detail == "places · cible: 120 au 31.12.2020"


def test_of_what_several_send_a_service_sees_its_own_part(book):
    of_all = book.rows(
        "select member, value from mart.indicator_value where indicator = 'measure_participants' and dimension = 'service' "
        "and grain = 'month' and period = $period and value is not null"
    )
    told = {member: f"{value:.0f}" for member, value in of_all.iter_rows()}
    assert len(set(told.values())) > 1
    for service, value in told.items():
        assert rows(of(pack_of(book, service), *FIGURES))["Participations en cours"][0].rstrip("*") == value


@pytest.mark.parametrize("service", ALL)
def test_no_total_of_several_services_no_other_member_and_no_linked_indicator_is_there_to_be_shown(book, service):
    with own_book(book, service, internal=False) as own:
        seen = own.rows("select distinct indicator, dimension, member from mart.indicator_value").rows()
        linked = own.rows("select count(*) from mart.indicator where linked").item()
    assert linked == 0
    assert {(dimension, member) for _, dimension, member in seen} <= {("total", "total"), ("service", service)}
    senders = dict(book.rows("select dataset, list(distinct service) from core.sending group by dataset").iter_rows())
    resting = dict(book.rows("select indicator, string_split(datasets, ', ') from mart.indicator where datasets is not null").iter_rows())
    named = dict(book.rows("select indicator, rests_on from mart.indicator where rests_on is not null").iter_rows())
    for indicator in (indicator for indicator, dimension, _ in seen if dimension == "total"):
        assert named.get(indicator) == service or all(senders[dataset] == [service] for dataset in resting[indicator])


def test_who_came_to_a_course_is_no_figure_of_the_service_they_came_from(book):
    assert ("training_participants", "service", "quarter") in book.cells
    for service in SERVICES:
        with own_book(book, service, internal=False) as own:
            assert "training_participants" not in own.catalogue


def test_a_table_that_is_not_named_is_not_there(book):
    with own_book(book, "SFPO", internal=False) as own:
        there = {name for (name,) in own.con.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()}
    assert there == {
        "core.code",
        "core.delivery_month",
        "core.linked_service",
        "mart.figure_basis",
        "mart.figure_of_record",
        "mart.finding",
        "mart.indicator",
        "mart.indicator_value",
        "mart.target",
        "stg.delivery",
    }


@pytest.mark.parametrize("service", ALL)
def test_what_its_figures_rest_on_are_its_own_deliveries_and_what_was_published_of_them_is_the_whole(book, service):
    with own_book(book, service, internal=False) as own:
        resting = own.rows("select distinct unnest(string_split(sendings, ', ')) as sending from mart.figure_basis")["sending"]
        lacking = own.rows("select distinct split_part(unnest(string_split(lacking, ', ')), ' ', 2) as service from mart.figure_basis")
        published = own.rows("select indicator, dimension from mart.figure_of_record").rows()
        catalogue = set(own.catalogue)
    assert resting.len() and {sending.split()[1] for sending in resting} == {service}
    assert set(lacking["service"].drop_nulls()) <= {service}
    assert all(indicator in catalogue and dimension == "total" for indicator, dimension in published)
    assert bool(published) == (service in ("SEMP", "SFPO"))


def test_figures_without_any_value_are_named_and_not_listed(book):
    blocks = pack_of(book, "OAI")
    (sentence,) = (one for one in of(blocks, "service_chiffres", Text).sentences if one.startswith("Faute d'envois"))
    for name in rows(of(blocks, *FIGURES)):
        assert name.lower() not in sentence.lower()


def test_what_is_counted_by_year_has_no_month_before(book):
    shown = rows(of(pack_of(book, "CII"), *FIGURES))
    assert shown["Actions des axes"][1] == "Non applicable"
    assert shown["Actions des axes"][0] != "Non applicable"


def test_what_came_of_each_dataset_in_thirteen_months_is_counted(changed):
    book = changed(
        "update core.delivery_month set period = date '2018-04-01' where dataset = 'pset_places' and period = date '2019-06-01'",
        "update core.delivery_month set versions = 3, rows_read = 50, rows_rejected = 9 where dataset = 'pset_places' and period = $$2020-05-01$$",
    )
    shown = rows(of(pack_of(book, "SEMP"), "service_livraisons", Table, "datasets"))
    assert shown["pset_places"] == ["12 / 12", "12", "2", "490", "20", "4,1\N{NO-BREAK SPACE}%"]


def test_the_month_is_told_by_what_is_in_force_of_what_is_owed(changed):
    book = changed("delete from core.delivery_month where service = 'SFPO' and dataset <> 'cm_fp_dossiers'")
    assert of(pack_of(book, "SFPO"), "service_livraisons", Text).sentences == ("Mai 2020: 1 envoi en vigueur sur 1 dû.",)
    none = changed("update core.delivery_month set owed = false")
    assert of(pack_of(none, "SFPO"), "service_livraisons", Text).sentences == ("Mai 2020: aucun envoi mensuel n'est dû.",)


def test_a_service_to_which_nothing_is_known_gets_a_whole_pack(changed):
    book = changed("delete from stg.delivery", "delete from mart.indicator_value", "delete from core.delivery_month")
    text = whole_of(book, "OAI")
    assert "Rien à corriger." in text and "Aucun chiffre ne repose sur vos envois." in text


def test_the_pack_says_whose_it_is_and_the_analysts_own_that_it_is_theirs(book):
    for internal, stamp in ((False, "données propres du service – pour lui seul"), (True, "usage interne – analystes")):
        with own_book(book, "SFPO", internal=internal) as own:
            text = render(own, sample=True, pack="service-sfpo")
        assert text.count(stamp) == 4
        assert "semp/" not in text


def test_a_past_month_shows_nothing_later(changed):
    book = changed(period=dt.date(2020, 3, 1))
    with own_book(book, "SFPO", internal=False) as own:
        assert own.rows("select max(period) from mart.indicator_value").item() == dt.date(2020, 3, 1)


def test_a_count_that_joins_persons_of_several_services_is_nobodys_own(changed):
    book = changed("update mart.indicator set linked = true where indicator = 'cm_fp_open'")
    with own_book(book, "SFPO", internal=False) as own:
        assert "cm_fp_open" not in own.catalogue and "cm_fp_closed" in own.catalogue


def test_what_is_read_of_one_service_only_is_its_own_though_others_send_the_same_dataset(book):
    for service in SERVICES:
        with own_book(book, service, internal=False) as own:
            assert ("orp_reregistration_rate" in own.catalogue) == (service == "SEMP")


def test_a_remark_and_its_remedy_are_told_in_the_language_of_the_report(changed, monkeypatch):
    monkeypatch.setattr("pipelines.reports.language._catalogue", lambda _: NullTranslations())
    told = "update mart.finding set message = 'Reçu.', remedy = 'Corrigez.', message_de = 'Erhalten.', remedy_de = 'Korrigieren Sie.'"
    book = changed(told)
    for language, said in (("fr", "Reçu. Corrigez."), ("de", "Erhalten. Korrigieren Sie.")):
        with speaking(language):
            findings = of(pack_of(book, "SFPO"), "service_remarques", Table, "findings")
        assert {row[-1].text for row in findings.rows if len(row) > 1} == {said}
