"""What the report says, read from its HTML and its tables; the small world is told in `tests/golden/world.py`."""

import base64
import datetime as dt
import gzip
import json
import re
import stat
from dataclasses import replace
from html import unescape

import pytest
from plotly.offline import get_plotlyjs

from pipelines.reports import content, sentences
from pipelines.reports.book import Released, open_book, value_at, values
from pipelines.reports.chart import Chart, Point, Series
from pipelines.reports.content import Cards, Table, Text
from pipelines.reports.figures import figure
from pipelines.reports.files import COORDINATION, GP_CII
from pipelines.reports.pack import render, write_index, write_pack
from pipelines.reports.pages import chapters, pages
from pipelines.reports.series import total
from pipelines.reports.tables import remarks, table_of
from tests.golden import world
from tests.packs import write_packs
from tests.unit.page_parts import SPACE, built, of, texts

SUMMARY = next(page for page in pages() if page.slug == "resume")

# -- the files -----------------------------------------------------------------------------------


def test_the_same_tables_give_the_same_bytes(con, tmp_path):
    first = [path.read_bytes() for path in write_packs(con, tmp_path / "a", period=world.PERIOD)]
    second = [path.read_bytes() for path in write_packs(con, tmp_path / "b", period=world.PERIOD)]
    assert first == second


def test_files_are_for_their_owner_only_and_no_draft_is_left(con, tmp_path):
    written = write_packs(con, tmp_path / "reports", period=world.PERIOD)
    names = [str(path.relative_to(tmp_path)) for path in written]
    packs = [f"reports/2020-05/{name}.fr.html" for name in ("gp-cii", "gp-cii-interne", "coordination-interne")]
    assert names[:3] == packs and names[-1] == "reports/index.html"
    assert names[3:-1] and all(name.startswith("reports/2020-05/fiches/") for name in names[3:-1])
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "reports").rglob("*")}
    assert set(modes) == {*written, written[0].parent, written[3].parent}
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())


def test_the_list_leads_to_every_pack_there_is_latest_first_and_those_that_hide_nothing_last(tmp_path):
    for pack in ("2019-11/gp-cii", "2020-05/gp-cii-interne", "2020-05/gp-cii", "2020-05/coordination", "2020-05/service-sfpo"):
        (tmp_path / pack).parent.mkdir(exist_ok=True)
        (tmp_path / f"{pack}.fr.html").write_text("a report")
    text = unescape(write_index(tmp_path, sample=False).read_text())
    assert re.findall(r'href="([^"]+)">([^<]+)<', text) == [
        ("2020-05/gp-cii.fr.html", "mai 2020: Rapport au groupe de pilotage (GP CII)"),
        ("2020-05/coordination.fr.html", "mai 2020: Rapport au groupe de coordination"),
        ("2020-05/service-sfpo.fr.html", "mai 2020: Rapport au service: Service des formations postobligatoires et de l'orientation"),
        ("2020-05/gp-cii-interne.fr.html", "mai 2020: Rapport au groupe de pilotage (GP CII), usage interne"),
        ("2019-11/gp-cii.fr.html", "novembre 2019: Rapport au groupe de pilotage (GP CII)"),
    ]


def test_the_list_says_of_each_pack_what_its_pages_say_whether_it_is_released_and_by_whom(con, told, tmp_path):
    released = replace(told, standing="released", released=Released(3, dt.date(2020, 6, 18), "A & B <inventés>"))
    for book, pack in ((released, GP_CII), (told, COORDINATION)):
        write_pack(book, tmp_path, pack, sample=True)
    write_packs(con, tmp_path, period=dt.date(2020, 4, 1))
    text = write_index(tmp_path, sample=True).read_text()
    assert re.findall(r"mai 2020: ([^<]+)</a> <small>([^<]+)</small>", text) == [
        ("Rapport au groupe de pilotage (GP CII)", "diffusé le 18.06.2020 par A &amp; B &lt;inventés&gt; (diffusion no 3)"),
        ("Rapport au groupe de coordination", "provisoire – pas encore diffusé"),
    ]
    assert re.findall(r"avril 2020: ([^<]+)</a>( <small>)?", text)[1:] == [
        ("Rapport au groupe de pilotage (GP CII), usage interne", ""),
        ("Rapport au groupe de coordination, usage interne", ""),
    ]


@pytest.mark.parametrize("sample", [True, False])
def test_every_page_is_stamped_by_whom_it_is_for(con, tmp_path, sample):
    texts = {path.name: unescape(path.read_text()) for path in write_packs(con, tmp_path, period=world.PERIOD, sample=sample)}
    of_pack = {pack: 1 + sum(pack in page.packs for page in pages()) for pack in (GP_CII, COORDINATION)}
    controlled = {"gp-cii.fr.html": 1 + len([page for part in chapters(GP_CII, internal=False) for page in part]), "index.html": 1}
    stamped = dict.fromkeys(texts.keys() - controlled - {"index.html"}, 1) | {
        f"{pack}-interne.fr.html": count for pack, count in of_pack.items()
    }
    for stamp, expected in (("usage interne – analystes", stamped), ("provisoire – pas encore diffusé", controlled)):
        assert {name: count for name, text in texts.items() if (count := text.count(stamp))} == expected
    invented = {name: count if sample else 0 for name, count in (stamped | controlled | {"index.html": 1}).items()}
    assert {name: text.count("données d'exemple, personnes inventées") for name, text in texts.items()} == invented


@pytest.fixture(params=["book", "told"])
def either(request):
    """The whole book, and the one that leaves the circle."""
    return request.getfixturevalue(request.param)


def test_the_report_names_its_month_and_the_day_of_its_data(either):
    text = unescape(render(either, sample=True))
    assert '<html lang="fr">' in text
    assert "État au 31.05.2020, d'après les livraisons reçues jusqu'au 08.06.2020" in text


def test_what_a_service_wrote_cannot_become_markup(book):
    text = render(book, sample=True)
    assert "&lt;9&gt;" in text and "<9>" not in text


def test_what_a_service_wrote_stays_in_the_circle(told):
    text = render(told, sample=True)
    assert not any(written in text for written in ("&lt;9&gt;", "<9>", "756.", "Plus que les places."))


def test_plotly_is_in_the_file_once_and_nothing_is_linked_to(either):
    text = render(either, sample=True)
    (packed,) = re.findall(r'<script type="text/plain" id="plotly">(.*?)</script>', text)
    assert gzip.decompress(base64.b64decode(packed)).decode() == get_plotlyjs()
    assert "plotly.js v" not in text
    own = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert not re.search(r'(src|href)="(?!#)', own)


# -- the summary ---------------------------------------------------------------------------------


def test_sentences_are_made_from_the_figures(blocks):
    assert of(blocks, "resume", Text).sentences == (
        "À fin mai 2020, 1’046 dossiers CM-FP sont ouverts, 2 de plus qu'un mois avant et 34 de plus qu'un an avant.",
        f"Depuis janvier 2019, 1’128 dossiers ont été annoncés et 80 clos, dont 48 avec une solution (60,0{SPACE}%).",
        "Ces nombres cumulés sont incomplets: des livraisons dues manquent.",
        "Les PSET ouverts à tous les publics comptent 113 places, 1 de plus qu'un mois avant et 12 de plus qu'un an avant; "
        "la cible du 31.12.2020 est de 120.",
        "Livraisons pour mai 2020: 2 fichiers en vigueur sur 2 dus.",
        "Chiffres publiés que les lignes redonnent: 4 sur 5; ne concorde pas: CM-FP: CFC ou AFP (publié 2, calculé 1).",
    )


def test_a_page_opens_with_what_changed_counts_by_number_and_shares_by_points(book, changed):
    other = changed("update mart.indicator_value set value = 0.5 where indicator = 'pset_occupancy' and period = date '2020-04-01'")
    assert sentences.changed(book, "cm_fp_open").sentences == (
        "Dossiers CM-FP ouverts: 1’046 dossiers, 2 de plus qu'un mois avant et 34 de plus qu'un an avant.",
    )
    (share,) = sentences.changed(other, "pset_occupancy").sentences
    assert share == (
        f"Taux d'occupation PSET: 95,6{SPACE}% (108 / 113), 45,6 points de pourcentage de plus qu'un mois avant "
        "et 0,5 point de pourcentage de plus qu'un an avant."
    )


def test_one_of_a_thing_is_told_in_the_singular(changed):
    one = changed(
        """
        update mart.indicator_value set numerator = 1, value = 1
        where dimension = 'total' and indicator in ('cm_fp_open', 'cm_fp_announced', 'cm_fp_closed', 'cm_fp_solutions', 'pset_places')
        """
    )
    said = SUMMARY.build(one)[0].sentences
    assert said[0].startswith("À fin mai 2020, 1 dossier CM-FP est ouvert, autant qu'un mois avant")
    assert said[1].startswith("Depuis janvier 2019, 1 dossier a été annoncé et 1 clos, dont 1 avec une solution")
    assert said[3].startswith("Les PSET ouverts à tous les publics comptent 1 place, autant qu'un mois avant")


def test_a_month_that_did_not_come_is_said_and_not_counted(con):
    book = open_book(con, world.MISSING)
    said = SUMMARY.build(book)[0].sentences
    assert said[0] == "CM-FP, septembre 2019: non reçu."


def test_a_key_figure_shows_its_parts_its_state_and_its_changes(blocks):
    cards = {card.label: card for card in of(blocks, "resume", Cards).cards}
    rate = cards["Taux de solutions CM-FP"]
    assert (rate.text, rate.detail) == (f"60,0{SPACE}%", f"48 / 80 · IC 49–70{SPACE}% · incomplet")
    assert rate.changes == ("inchangé sur un mois", "inchangé sur un an")
    assert cards["Taux d'occupation PSET"].changes == (
        f"0,0{SPACE}point de pourcentage sur un mois".replace(SPACE, " "),
        "+0,5 point de pourcentage sur un an",
    )
    assert (cards["Dossiers CM-FP ouverts"].text, cards["Dossiers CM-FP ouverts"].unit) == ("1’046", "dossiers")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (0.519, "+1,9 point de pourcentage sur un mois"),
        (0.5196, "+2,0 points de pourcentage sur un mois"),
        (0.52, "+2,0 points de pourcentage sur un mois"),
        (0.48, "−2,0 points de pourcentage sur un mois"),
    ],
)
def test_points_of_a_share_agree_with_their_number(changed, now, said):
    of_month = "indicator = 'pset_occupancy' and dimension = 'total' and period = date '{}'"
    shares = {"2020-04-01": 0.5, "2020-05-01": now}
    book = changed(*(f"update mart.indicator_value set value = {share} where {of_month.format(day)}" for day, share in shares.items()))
    cards = {card.label: card for card in of(built(book, "resume"), "resume", Cards).cards}
    assert cards["Taux d'occupation PSET"].changes[0] == said


def test_files_that_do_not_count_do_not_begin_the_sums(changed):
    book = changed("update core.delivery_month set in_force = false where dataset = 'cm_fp_dossiers' and period < date '2019-03-01'")
    assert of(built(book, "resume"), "resume", Text).sentences[1].startswith("Depuis mars 2019, ")


def test_published_figures_stand_beside_what_the_rows_give(blocks):
    rows = {row[0]: row[1:] for row in texts(of(blocks, "publies", Table))}
    source = "Bilan inventé, ch. 1"
    assert rows["CM-FP: dossiers ouverts"] == [f"mai{SPACE}2019", "1’012", "1’012", "0", "Concorde", source]
    assert rows["CM-FP: CFC ou AFP"] == [f"mai{SPACE}2019", "2", "1", "−1", "Ne concorde pas", source]
    assert rows["CM-FP: hors critères"] == [f"sept.{SPACE}2019", "5", "Non reçu", "Non applicable", "Pas encore comparable", source]
    assert rows["PSET réservés à l'aide sociale"][1:5] == ["plus de 10", "12", "+2", "Concorde"]


# -- charts and their tables ---------------------------------------------------------------------


def charts(blocks):
    return [chart for page in blocks.values() for chart in content.charts(page)]


def test_every_chart_names_its_indicators_from_the_catalogue(blocks):
    for chart in charts(blocks):
        assert chart.title and all(about.definition and about.source and about.unit for about in chart.about), chart.slug


def test_the_table_holds_the_points_of_the_series_and_no_other(blocks):
    for chart in charts(blocks):
        points = {(series.name, str(point.x), point.text) for series in chart.series for point in series.points}
        cells = [cell for row in table_of(chart).rows for cell in row if cell.data]
        assert {(cell.data["series"], cell.data["x"], cell.text) for cell in cells} == points
        assert len(cells) == len(points), chart.slug


def test_a_rate_shows_numerator_and_denominator_in_each_cell(blocks):
    for chart in charts(blocks):
        asides = {series.name for series in chart.series if series.aside}
        given = [cell for row in table_of(chart).rows for cell in row if cell.data.get("value") and cell.data["series"] not in asides]
        if chart.share:
            # Of those followed over months, how many are; what was published elsewhere has its source alone.
            grounds = r"sous observation: [\d’]+" if chart.axis == "number" else r"−?[\d’]+ / −?[\d’]+"
            assert given and all(re.match(grounds, cell.detail) for cell in given), chart.slug


def test_a_month_that_did_not_come_has_no_point_and_says_so(blocks):
    chart = of(blocks, "cm_fp", Chart, "stock")
    trace = figure(chart)["data"][0]
    assert trace["y"][trace["x"].index("2019-09-01")] is None
    cells = [cell for row in table_of(chart).rows for cell in row if cell.data.get("x") == "2019-09-01"]
    assert {(cell.text, cell.data["value"]) for cell in cells} == {("Non reçu", "")}
    assert f"Bande grise: mois non reçu (sept.{SPACE}2019)." in remarks(chart)
    assert [shape["x0"] for shape in figure(chart)["layout"]["shapes"]] == ["2019-08-17"]


def test_what_is_not_final_is_dashed_and_said(blocks):
    chart = of(blocks, "cm_fp", Chart, "stock")
    whole, final = figure(chart)["data"][:2]
    assert whole["line"]["dash"] == "dot" and final["hoverinfo"] == "skip"
    assert final["y"][-1] is None and whole["y"][-1] == 1128
    assert any(remark.startswith("Pointillé") and "oct." in remark for remark in remarks(chart))


def test_what_is_stacked_over_time_is_named_at_its_end_and_parted_by_a_white_line(blocks):
    share = next(block for block in blocks["pset"] if isinstance(block, Chart) and block.slug == "share")
    spec = figure(share)
    named = [one["text"] for one in spec["layout"]["annotations"] if one["name"] == "end-label"]
    assert [text.split(":")[0] for text in named] == [series.label for series in share.series]
    assert all(trace["marker"]["line"]["color"] == "#ffffff" for trace in spec["data"])


def test_months_after_the_last_delivery_are_shown_as_not_received(con):
    book = open_book(con, dt.date(2020, 7, 1))
    last = values(book, "cm_fp_open")["total"][-2:]
    assert [(value.period.month, value.text, value.complete) for value in last] == [(6, "Non reçu", False), (7, "Non reçu", False)]
    assert value_at(book, "cm_fp_open").text == "Non reçu"


def test_before_the_first_delivery_there_is_nothing_to_receive(book):
    assert value_at(book, "pset_places", months_before=15).text == "Non applicable"


def test_an_indicator_without_a_value_leaves_a_chart_that_says_so(changed):
    book = changed("delete from mart.indicator_value where indicator like 'pset%'")
    lead, *charts = next(page for page in pages() if page.slug == "pset").build(book)
    assert [chart.drawn for chart in charts] == [False] * 5
    assert lead.sentences[0] == "Places PSET, mai 2020: non reçu."
    assert render(book, sample=True).count("Aucune donnée à montrer.") == 5
    json.dumps(figure(Chart(slug="none", title="", about=(book.catalogue["pset_places"],), series=(Series("", "", ()),))))


def test_a_chart_follows_the_tables(book, changed):
    other = changed("update mart.indicator_value set value = value + 1 where indicator = 'cm_fp_open' and value is not null")
    assert total(other, "cm_fp_open") != total(book, "cm_fp_open")


@pytest.mark.parametrize("highest", [0.0004, 0.0015, 0.004, 0.03, 0.2, 1.0])
def test_no_two_ticks_of_an_axis_read_alike(book, highest):
    points = (Point("2020-01-01", 0.0, ""), Point("2020-02-01", highest, ""))
    chart = Chart(slug="few", title="", about=(book.catalogue["delivery_reject_rate"],), series=(Series("", "#000000", points),))
    ticks = figure(chart)["layout"]["yaxis"]["ticktext"]
    assert len(set(ticks)) == len(ticks) > 2


# -- deliveries ----------------------------------------------------------------------------------


def test_the_matrix_has_a_symbol_and_a_word_for_each_month(blocks):
    matrix = of(blocks, "livraisons", Table, "matrix")
    states = {(row[0].text, row[0].detail): [(cell.text, cell.detail) for cell in row[1:]] for row in matrix.rows}
    places, dossiers = states["SEMP", "pset_places"], states["SFPO", "cm_fp_dossiers"]
    assert list(states) == sorted(states) and len(states) > 2
    assert places[0] == ("·", "Non dû") and places[5] == ("◐", "En vigueur, reçu en retard")
    assert dossiers[world.SPAN.index(world.MISSING)] == ("✕", "Manquant")


def test_findings_are_counted_by_file_and_rule_and_listed_worst_first(blocks):
    counts = texts(of(blocks, "livraisons", Table, "counts"))
    assert ["semp/pset_places_2020-05.csv", "Remplacé", "Plus que les places.", "Avertissement", "2"] in counts
    assert "number.above" in [row[2].detail for row in of(blocks, "livraisons", Table, "counts").rows]
    listed = texts(of(blocks, "livraisons", Table, "findings"))
    assert [row[1] for row in listed] == ["Fichier refusé", "Ligne écartée", "Avertissement", "Avertissement"]
    assert listed[1][2:5] == ["12", "No AVS", "756.••••.••••.85"]


def test_findings_beyond_the_limit_are_counted(changed):
    book = changed(
        "insert into mart.finding by name select f.* replace (100 + n as line) from mart.finding f, range(300) r(n) where f.rule = 'avs.check_digit'"
    )
    table = next(
        block for page in pages() if page.slug == "livraisons" for block in page.build(book) if getattr(block, "slug", "") == "findings"
    )
    assert len(table.rows) == 200
    assert table.notes == ("Les 200 premières remarques sur 304; les autres sont dans la table mart.finding.",)


@pytest.mark.parametrize(
    ("period", "there", "older"),
    [
        ("null", True, 0),
        ("date '2020-05-01'", True, 0),
        ("date '2019-05-01'", True, 0),
        ("date '2019-04-01'", False, 1),
        ("date '2020-06-01'", False, 0),
    ],
)
def test_remarks_are_told_of_thirteen_months_and_of_files_that_say_none(changed, period, there, older):
    book = changed(f"update stg.delivery set period = {period} where delivery_id = 'four'")
    blocks = built(book, "livraisons")
    for slug in ("counts", "findings"):
        table = of(blocks, "livraisons", Table, slug)
        assert ("sfpo/cm_fp_dossiers_2020-04.csv" in [row[0].text for row in table.rows]) == there
        assert len(table.notes) == older and all("; 1 remarque sur des envois plus anciens" in note for note in table.notes)
