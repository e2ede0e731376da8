"""What holds of all pages on measures: what must never be there, and what may lack."""

import re

from pipelines.reports.chart import Chart
from pipelines.reports.content import Cards, Table
from pipelines.reports.files import PACKS, sheets_due
from pipelines.reports.pack import render
from pipelines.reports.pages import pages
from tests.golden import world
from tests.packs import write_packs
from tests.unit.page_parts import built, of, rows, said

OURS = ("tableau_de_bord", "repartition", "inventaire")


def test_no_file_names_a_person_or_a_participation(con, tmp_path):
    for path in write_packs(con, tmp_path, period=world.PERIOD):
        text = path.read_text()
        assert not re.search(r"person (SASO|SEMP|SMIG|OAI)|M-0\d/\d", text), path.name


def test_every_page_is_built_and_rendered_where_nothing_was_delivered(changed):
    tables = [
        row[0] for row in world.build().execute("select table_name from information_schema.tables where table_schema = 'core'").fetchall()
    ]
    emptied = [f"delete from core.{name}" for name in tables if not name.startswith(("code", "calendar", "sending", "rule", "field"))]
    book = changed("delete from mart.indicator_value", "delete from mart.figure_of_record", "delete from stg.delivery", *emptied)
    for pack in PACKS:
        assert render(book, sample=True, pack=pack).count("usage interne – analystes") == 1 + sum(pack in page.packs for page in pages())
    nothing = built(book, *OURS)
    assert (
        said(nothing, "tableau_de_bord")[0]
        == "Mai 2020: aucune mesure n'est connue pour ce mois; ni inventaire ni participation n'est reçu."
    )
    assert said(nothing, "repartition") == ("2020: ni budget ni participation n'est reçu; il n'y a rien à répartir.",)
    assert said(nothing, "inventaire") == ("Mai 2020: l'inventaire des mesures n'est pas reçu.",)
    assert sheets_due(book.con, book.period) == []


def test_without_the_inventory_the_use_is_still_shown_and_the_lack_said(changed):
    gone = "update mart.indicator_value set value = null, numerator = null, denominator = null, complete = false, reason = 'NOT_RECEIVED' where indicator = '{}'"
    book = changed("delete from core.measure_month", gone.format("measure_places"), gone.format("measure_occupancy"))
    blocks = built(book, *OURS)
    assert "Inventaire des mesures, mai 2020: non reçu. Les places manquent." in said(blocks, "tableau_de_bord")
    assert rows(of(blocks, "tableau_de_bord", Table, "measures"))["Atelier bois"][:3] == [
        "Non reçu",
        "Non reçu",
        "SEMP 1 · SASO 3 (en tout 4*)",
    ]


def test_without_participations_the_places_are_still_shown_and_the_lack_said(changed):
    counted = "indicator in ('measure_participants', 'measure_cost', 'measure_placed', 'measure_occupancy')"
    book = changed(f"delete from mart.indicator_value where {counted}", "delete from core.measure_use")
    blocks = built(book, *OURS)
    assert "Participations, mai 2020: non reçu. Les participants, les placements et les coûts manquent." in said(blocks, "tableau_de_bord")
    assert rows(of(blocks, "tableau_de_bord", Table, "measures"))["Atelier bois"][0] == "10*"
    assert rows(of(blocks, "repartition", Table, "used"))["Atelier bois (M-01)"][1] == "8"


def test_without_corrective_actions_the_dashboard_says_so(changed):
    book = changed("delete from mart.indicator_value where indicator like 'corrective%'", "delete from core.corrective_action")
    assert of(built(book, *OURS), "tableau_de_bord", Table, "overdue").empty == "La liste des actions correctives n'est pas reçue."


def test_every_figure_on_these_pages_has_its_definition(blocks):
    for slug in OURS:
        for block in blocks[slug]:
            if isinstance(block, Cards | Chart):
                assert block.about and all(about.definition for about in block.about), slug
    for slug in ("measures", "overdue"):
        assert of(blocks, "tableau_de_bord", Table, slug).about
