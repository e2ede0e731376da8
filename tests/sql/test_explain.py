"""What a figure rests on, and the rows behind it, on a few invented deliveries."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from rich.console import Console

from pipelines.cli.explaining import queries
from pipelines.contracts.query import Query
from pipelines.errors import CiiError
from pipelines.reports.asked import figure_asked
from pipelines.reports.behind import Behind, CoreRow, Place, Queries, rows_behind
from pipelines.reports.explained import Explained, Published, Target, Version
from pipelines.reports.explanation import print_behind, print_explained
from pipelines.reports.grounds import explain, explain_all
from pipelines.reports.revised import Revision
from pipelines.reports.value import Figure
from tests.sql.world import CM_FP, PSET, Made, World, day

KNOWN_ON = dt.date(2026, 1, 15)
TABLES = ("mart.indicator_value", "mart.figure_of_record", "mart.finding", "mart.definition_change", "mart.figure_basis", "mart.revision")


def explained(
    made: Made, indicator: str, period: str, dimension: str = "total", member: str = "total", *, grain: str = "month"
) -> Explained:
    """What a figure of the world rests on."""
    return explain(made.con, Figure(indicator, grain, day(period), dimension, member))


def months(one: Explained, dataset: str = CM_FP) -> list[str]:
    """The months of the deliveries of a dataset."""
    return [f"{each.period:%Y-%m}" for sending in one.sendings if sending.dataset == dataset for each in sending.deliveries]


def behind(made: Made, one: Explained, *, by: Queries | None = None) -> Behind:
    """The rows behind a figure of the world."""
    return rows_behind(made.con, one, queries=by or queries(), known_on=KNOWN_ON)


@pytest.fixture(scope="module")
def cases() -> Made:
    """Five months of CM-FP files, one of which never came; a case that is closed, one that is open."""
    world = World()
    world.deliver_months(CM_FP, "2013-01", "2013-05", but=["2013-02"])
    world.deliver(CM_FP, "2013-03", version=2, read=20, rejected=2, received="2013-07-01")
    world.deliveries[f"{CM_FP}_2013-03_v1"]["status"] = "superseded"
    world.case("K1", announced="2013-01-10", closed="2013-03-20", outcome="EMPLOI")
    world.case("K2", announced="2013-03-02")
    for service, dataset in (("SFPO", CM_FP), ("SEMP", PSET)):
        world.give("core.sending", service=service, dataset=dataset, cadence="monthly", owed_from=day("2013-01"))
    cell = {"indicator": "cm_fp_solutions", "member": "total"}
    for date, value in (("2012-12", 1.0), ("2013-12", 5.0), ("2014-12", 9.0)):
        world.give("mart.target", date=day(date), value=value, **cell)
    published = {"figure": "un", "grain": "month", "period": day("2013-04"), "dimension": "total", "qualifier": "="}
    world.give("mart.published_figure", published=7.0, low=7.0, high=7.0, **published, **cell)
    return world.make(*TABLES)


def test_a_figure_says_its_counts_and_what_they_are(cases: Made) -> None:
    one = explained(cases, "cm_fp_solution_rate", "2013-04")
    assert (one.value.numerator, one.value.denominator, one.value.value) == (1, 1, 1.0)
    assert one.about.definition.startswith("Part des dossiers CM-FP clos") and one.reading == "hausse favorable"


def test_a_figure_says_which_definition_counted_it_and_what_the_one_before_gave(cases: Made) -> None:
    one = explained(cases, "cm_fp_open", "2013-04")
    assert one.version == Version(1, day("2009-01"), None)
    assert "1, en usage depuis le 01.01.2009" in printed(one) and "donnait" not in printed(one)
    replaced = replace(one, version=Version(2, day("2013-03"), None))
    assert "2, en usage depuis le 01.03.2013; la version 1 ne donnait pas de chiffre" in printed(replaced)


def test_what_the_definition_before_gave_is_that_of_the_same_cell() -> None:
    world = World()
    world.deliver_months(CM_FP, "2013-01", "2013-02")
    world.case("K1", announced="2013-01-10", told="2013-01")
    made = world.make(*TABLES)
    cell = "'cm_fp_open' as indicator, 'month' as grain, 'total' as dimension, 'total' as member"
    made.con.execute("drop view mart.definition_change")
    made.con.execute(f"""
        create table mart.definition_change as select {cell}, 1 as definition_version, date '2013-01-01' as period, 9.0 as value_before
        union all by name select {cell}, 1 as definition_version, date '2013-02-01' as period, 8.0 as value_before
        union all by name select {cell}, 0 as definition_version, date '2013-01-01' as period, 7.0 as value_before
    """)
    assert [explained(made, "cm_fp_open", month).version.value_before for month in ("2013-01", "2013-02")] == [9.0, 8.0]


def test_a_figure_rests_on_the_versions_in_force_of_the_months_it_reads(cases: Made) -> None:
    cumulated = explained(cases, "cm_fp_solutions", "2013-04")
    assert cumulated.reads_from is None and months(cumulated) == ["2013-01", "2013-03", "2013-04"]
    assert [one.file for one in cumulated.sendings[0].deliveries][1] == "sfpo/cm_fp_dossiers_2013-03_v2.csv"
    flow = explained(cases, "cm_fp_exits", "2013-04")
    assert flow.reads_from == flow.reads_to == day("2013-04") and months(flow) == ["2013-04"]


def test_lines_are_counted_over_the_files(cases: Made) -> None:
    (sending,) = explained(cases, "cm_fp_exits", "2013-03").sendings
    assert [sending.total(f"rows_{word}") for word in ("read", "loaded", "rejected")] == [20, 18, 2]
    assert sending.rejected_share == 0.1
    (nothing,) = explained(cases, "cm_fp_exits", "2013-05").sendings
    assert nothing.rejected_share is None


def test_what_is_owed_and_not_there_is_named_where_the_figure_reads_it(cases: Made) -> None:
    (lacking,) = explained(cases, "cm_fp_solutions", "2013-04").lacking
    assert lacking[:3] == ("SFPO", CM_FP, day("2013-02"))
    assert explained(cases, "cm_fp_exits", "2013-04").lacking == ()
    assert explained(cases, "cm_fp_exits", "2013-02").sendings == ()


def test_the_delivery_received_last_is_not_that_of_the_last_month(cases: Made) -> None:
    last = explained(cases, "cm_fp_solutions", "2013-05").last_received
    assert last and last.file == "sfpo/cm_fp_dossiers_2013-03_v2.csv"
    assert explained(cases, "cm_fp_exits", "2013-02").last_received is None


def test_later_deliveries_of_what_is_told_again_may_change_a_figure(cases: Made) -> None:
    one = explained(cases, "cm_fp_exits", "2013-04")
    assert one.retold == (CM_FP,) and one.later and one.later.period == day("2013-05")
    assert explained(cases, "cm_fp_exits", "2013-05").later is None


def test_no_delivery_of_a_month_tells_anew_of_another_where_each_month_stands_for_itself() -> None:
    world = World()
    world.deliver_months(PSET, "2013-01", "2013-02")
    world.programme("P1", category="OCCUPATION", places={"2013-01": (5, 4), "2013-02": (6, 4)})
    made = world.make(*TABLES)
    one = explained(made, "pset_places", "2013-01")
    assert one.retold == () and one.later is None and months(one, PSET) == ["2013-01"]


def test_the_target_is_the_next_one_and_the_record_that_of_the_cell(cases: Made) -> None:
    one = explained(cases, "cm_fp_solutions", "2013-04")
    assert one.target == Target(day("2013-12"), 5.0, "inventée")
    assert one.record == (Published("=", 7.0, False, "inventée"),)
    other = explained(cases, "cm_fp_solutions", "2013-04", "outcome", "EMPLOI")
    assert other.target is None and other.record == ()
    assert explained(cases, "cm_fp_solutions", "2013-05").record == ()


def test_a_figure_on_deliveries_is_said_of_those_of_its_own_month(cases: Made) -> None:
    one = explained(cases, "delivery_completeness", "2013-03")
    assert months(one) == ["2013-03"] and one.retold == ()
    assert {lacking.dataset for lacking in one.lacking} == {PSET}
    assert explained(cases, "delivery_completeness", "2013-03", "dataset", CM_FP).lacking == ()
    assert explained(cases, "delivery_completeness", "2013-03", "service", "SEMP").sendings == ()


def test_a_figure_that_is_not_there_is_said_to_be_absent_and_those_that_are_come_together(cases: Made) -> None:
    there, absent = (Figure("cm_fp_open", "month", day("2013-04"), *cell) for cell in (("sex", "1"), ("sex", "9")))
    with pytest.raises(CiiError, match="n'a pas ce chiffre"):
        explain(cases.con, absent)
    assert list(explain_all(cases.con, [there, absent])) == [there]
    assert explain_all(cases.con, []) == {}


def test_a_service_of_its_own_rests_on_its_own_deliveries() -> None:
    world = World()
    for service in ("SASO", "SEMP"):
        world.deliver_months("participations", "2013-01", "2013-03", service=service)
        world.lasting(
            "participations", service=service, since="2013-01", measure_id="M1", participation_id=f"{service}1", started_on="2013-01-05"
        )
    for service in ("SEMP", "SASO"):
        world.deliver_months("prestations", "2013-01", "2013-03", service=service)
    made = world.make(*TABLES)
    own = explained(made, "measure_participants", "2013-02", "service", "SASO")
    assert [(one.dataset, one.service) for one in own.sendings] == [("participations", "SASO")]
    assert {one.service for one in explained(made, "measure_participants", "2013-02").sendings} == {"SASO", "SEMP"}
    system = explained(made, "system_entries", "2013-02", "system", "AS")
    assert {one.service for one in (*system.sendings, *system.lacking)} == {"SASO"}


def test_a_yearly_delivery_speaks_of_every_month_of_its_year_but_is_none_of_a_months_own() -> None:
    world = World()
    world.deliver_months("budgets", "2013", "2013", service="SASO")
    world.deliver_months("participations", "2013-01", "2013-12", service="SASO")
    made = world.make(*TABLES)
    assert months(explained(made, "measure_reserved_places", "2013-05"), "budgets") == ["2013-01"]
    assert months(explained(made, "delivery_days", "2013-01"), "budgets") == []
    owed = {one.dataset for one in explained(made, "delivery_completeness", "2013-05").lacking}
    assert "prestations" in owed and not owed & {"actions_axes", "budgets"}


def test_a_service_that_a_row_names_is_not_the_one_that_sends_it() -> None:
    world = World()
    delivery = world.deliver("formations_cii", "2013-01")
    world.row(delivery, session_id="S1", service="SASO", held_on="2013-01-20", participants=3)
    made = world.make(*TABLES)
    (sending,) = explained(made, "training_participants", "2013-01", "service", "SASO", grain="quarter").sendings
    assert (sending.dataset, sending.service) == ("formations_cii", "CII")


def basis(made: Made, indicator: str, period: str, *, grain: str = "month") -> dict[str, tuple]:
    """What the table says that a figure rests on, by scope: how many deliveries, whose, the last, lines read and rejected, what lacks."""
    found = made.con.execute(
        "select scope, deliveries, sendings, last_received, rows_read, rows_rejected, rejected_share, lacking from mart.figure_basis "
        "where indicator = $indicator and period = $period and grain = $grain",
        {"indicator": indicator, "period": day(period), "grain": grain},
    )
    return {scope: tuple(cells) for scope, *cells in found.fetchall()}


def test_the_table_of_what_figures_rest_on_sums_the_deliveries_of_the_months_they_read(cases: Made) -> None:
    lacks = "cm_fp_dossiers SFPO 1 2013-02-01 2013-02-01"
    assert basis(cases, "cm_fp_solutions", "2013-04") == {"ALL": (3, "cm_fp_dossiers SFPO", day("2013-07-01"), 20, 2, 0.1, lacks)}
    assert basis(cases, "cm_fp_exits", "2013-04") == {"ALL": (1, "cm_fp_dossiers SFPO", day("2013-05-05"), 0, 0, None, None)}
    assert basis(cases, "cm_fp_exits", "2013-02") == {"ALL": (0, None, None, 0, 0, None, lacks)}


def test_it_has_a_line_per_service_where_a_figure_is_of_one_and_per_dataset_where_it_is_of_deliveries(cases: Made) -> None:
    found = basis(cases, "delivery_completeness", "2013-03")
    assert found.keys() == {"ALL", "SFPO", "SEMP", CM_FP, PSET}
    assert [found[scope][0] for scope in ("ALL", "SFPO", "SEMP", CM_FP, PSET)] == [1, 1, 0, 1, 0]
    assert found[PSET][-1] == found["SEMP"][-1] == found["ALL"][-1] == "pset_places SEMP 1 2013-03-01 2013-03-01"
    world = World()
    for service in ("SASO", "SEMP"):
        world.deliver_months("participations", "2013-01", "2013-03", service=service)
        world.deliver_months("prestations", "2013-01", "2013-03", service=service)
    world.deliver_months("budgets", "2013", "2013", service="SASO")
    made = world.make(*TABLES)
    assert {scope: one[0] for scope, one in basis(made, "measure_participants", "2013-02").items()} == {
        "ALL": 2, "OAI": 0, "SASO": 1, "SEMP": 1, "SFPO": 0, "SMIG": 0
    }  # fmt: skip
    assert basis(made, "measure_reserved_places", "2013-02")["SASO"][:2] == (1, "budgets SASO")
    assert (
        basis(made, "delivery_days", "2013-01")["ALL"][1] == "participations SASO, participations SEMP, prestations SASO, prestations SEMP"
    )


def test_rows_bear_their_keys_and_the_line_they_are_known_from(cases: Made) -> None:
    rows = behind(cases, explained(cases, "cm_fp_exits", "2013-03", "outcome", "EMPLOI")).rows
    place = Place("sfpo/cm_fp_dossiers_2013-03_v2.csv", 2)
    (row,) = rows
    assert (row.numerator, row.denominator) == (1, None)
    assert row.made_of == (CoreRow("core.cm_fp_case_month", {"case_id": "K1", "period": "2013-03-01"}, (place,)),)


def test_rows_of_other_members_and_periods_are_not_listed(cases: Made) -> None:
    assert behind(cases, explained(cases, "cm_fp_exits", "2013-03", "outcome", "CFC")) == Behind()
    assert behind(cases, explained(cases, "cm_fp_exits", "2013-04")) == Behind()
    assert len(behind(cases, explained(cases, "cm_fp_open", "2013-03")).rows) == 1


def test_without_a_value_no_row_is_listed_and_the_reason_is_said(cases: Made) -> None:
    none = behind(cases, explained(cases, "cm_fp_open", "2013-02"))
    assert none.rows == () and none.why_none and "non reçu" in none.why_none


def changed(select: str) -> Queries:
    """The project's queries, where the one of the open files is another."""
    by = queries()
    one = by.indicators["cm_fp_open"]
    other = Query(one.query.schema, one.query.name, one.query.about, one.query.header, select)
    return replace(by, indicators={**by.indicators, one.name: replace(one, query=other)})


def test_rows_that_do_not_give_the_figure_again_are_not_listed(cases: Made) -> None:
    one = explained(cases, "cm_fp_open", "2013-03")
    select = queries().indicators["cm_fp_open"].query.select
    assert behind(cases, one, by=changed(select)).rows
    for other in (select.replace("1 as numerator", "2 as numerator"), select.replace("sex", "unheard_of")):
        found = behind(cases, one, by=changed(other))
        assert found.rows == () and found.why_none and "autre requête" in found.why_none
    together = behind(cases, one, by=changed(select.replace("select", "select distinct")))
    assert together.rows == () and together.why_none and "ne laisse pas suivre" in together.why_none
    assert behind(cases, one, by=replace(queries(), indicators={})).why_none


def test_no_line_is_told_of_a_row_that_a_file_makes_beside_the_table_that_is_known(cases: Made) -> None:
    one, by = explained(cases, "cm_fp_exits", "2013-03"), queries()
    table = "core.cm_fp_case_month"
    assert behind(cases, one).ends == ()
    assert behind(cases, one, by=replace(by, reads={**by.reads, table: by.reads[table] | {"stg.observations"}})).ends == (table,)


def test_the_trail_ends_at_a_table_whose_rows_bear_no_line() -> None:
    world = World()
    world.deliver_months(PSET, "2013-01", "2013-01")
    world.programme("P1", category="OCCUPATION", places={"2013-01": (5, 4)})
    made = world.make(*TABLES)
    found = behind(made, explained(made, "pset_share", "2013-01", "category", "OCCUPATION"))
    assert found.ends == ("core.pset_category_month",) and found.rows[0].made_of[0].places == ()
    lined = behind(made, explained(made, "pset_places", "2013-01", "category", "OCCUPATION"))
    assert lined.ends == () and lined.rows[0].made_of[0].places == (Place("semp/pset_places_2013-01_v1.csv", 2),)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"indicator": "cm_fp_solution"}, "«cm_fp_solutions» (Solutions CM-FP trouvées)"),
        ({"indicator": "taux de solutions"}, "«cm_fp_solution_rate»"),
        ({"indicator": "xyzzy"}, "«xyzzy». «cii dictionary»"),
        ({"indicator": "cm_fp_open", "grain": "year"}, "ne se lit pas par année: il se lit par mois"),
        ({"indicator": "cm_fp_open", "day": "2013-09"}, "pas de chiffre pour sept. 2013: il en a de janv. 2013 à mai 2013"),
        ({"indicator": "ne_eso_posts"}, "n'a encore aucun chiffre"),
        ({"indicator": "cm_fp_open", "dimension": "sexe"}, "ventilation «sexe»: il y a age_group, region, sex, total."),
        ({"indicator": "cm_fp_open", "member": "1"}, "ajoutez --dimension: il y a age_group, region, sex, total."),
        ({"indicator": "cm_fp_open", "dimension": "sex"}, "se lit par sex avec --member: il y a 1, 2"),
        ({"indicator": "cm_fp_solutions", "dimension": "outcome", "member": "emploi"}, "«emploi» par outcome: il y a AFP, APPRENTISSAGE"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_there_is_not_is_said_with_what_there_is(cases: Made, words: dict[str, str], told: str) -> None:
    with pytest.raises(CiiError) as refused:
        figure_asked(cases.con, **({"day": day("2013-04")} | words | ({"day": day(words["day"])} if "day" in words else {})))
    assert told in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")


def test_a_period_is_meant_by_one_of_its_days_and_its_grain(cases: Made) -> None:
    assert figure_asked(cases.con, "cm_fp_open", dt.date(2013, 4, 17)) == Figure("cm_fp_open", "month", day("2013-04"))
    meant = figure_asked(cases.con, "cm_fp_open", day("2013-04"), grain="month", dimension="sex", member="1")
    assert meant == Figure("cm_fp_open", "month", day("2013-04"), "sex", "1")


def test_a_member_among_many_is_suggested_by_what_is_most_like_it() -> None:
    world = World()
    world.deliver_months("mesures", "2013-01", "2013-01")
    world.deliver_months("participations", "2013-01", "2013-01", service="SASO")
    for number in range(100, 120):
        world.lasting("mesures", since="2013-01", measure_id=f"MES-{number}", starts_on="2012-01-01")
    made = world.make(*TABLES)
    with pytest.raises(CiiError, match=r"20 modalités, dont MES-1\d\d, MES-1\d\d, MES-1\d\d\."):
        figure_asked(made.con, "measure_places", day("2013-01"), dimension="measure", member="MES-1O7")


def printed(one: Explained, found: Behind | None = None, *, width: int = 200) -> str:
    """What the terminal shows of a figure, and of its rows."""
    shown = io.StringIO()
    console = Console(file=shown, width=width)
    print_explained(console, one)
    if found:
        print_behind(console, found)
    return shown.getvalue().replace("\N{NO-BREAK SPACE}", " ")


def test_the_terminal_says_all_that_is_known_of_a_figure(cases: Made) -> None:
    one = explained(cases, "cm_fp_solution_rate", "2013-03")
    told = printed(one)
    assert "Taux de solutions CM-FP, mars 2013" in told and "100,0 %" in told and "dossiers clos: 1" in told
    assert "tous jusqu'à mars 2013" in told and "incomplet: il manque des livraisons dues" in told and "2 (10,0 %)" in told
    assert "reçue le 01.07.2013: sfpo/cm_fp_dossiers_2013-03_v2.csv" in told
    assert "le plus récent est sfpo/cm_fp_dossiers_2013-05_v1.csv" in told
    assert "Dus et absents: cm_fp_dossiers SFPO févr. 2013 (manquant)." in told
    assert not any(word in told for word in ("Cible", "Publié", "version", "Non diffusé", "Diffusé"))
    said = Revision(one.figure, 1, day("2013-04"), (1.0, 2.0, 0.5), (1.0, 1.0, 1.0), None, (("CORRECTED_DATA", 0.5),))
    later = replace(one, version=Version(2, day("2013-03"), 0.5), hidden="effectif de 1 à 4", revised=said)
    words = (
        "version 1 donnait 50,0 %",
        "effectif de 1 à 4",
        "50,0 % (1 / 2 · IC 9–91 % · diffusion no 1, 01.04.2013); depuis: livraison corrigée",
    )
    assert not [word for word in words if word not in printed(later)], printed(later)


def test_what_keeps_a_figure_from_being_final_is_said(cases: Made) -> None:
    one = explained(cases, "cm_fp_exits", "2013-03")
    assert "complet" in printed(one) and not any(word in printed(one) for word in ("incomplet", "provisoire"))
    assert "provisoire" in printed(replace(one, value=replace(one.value, mature=False)))
    unowed = printed(replace(one, value=replace(one.value, complete=False)))
    assert "incomplet" in unowed and "livraisons dues" not in unowed


def test_the_deliveries_of_a_figure_fit_a_narrow_terminal(cases: Made) -> None:
    told = printed(explained(cases, "cm_fp_exits", "2013-03"), width=90)
    (line,) = (line for line in told.splitlines() if "cm_fp_dossiers   SFPO" in line)
    assert line.split() == ["cm_fp_dossiers", "SFPO", "1", "20", "18", "2", "(10,0", "%)", "0"]


def test_the_terminal_shows_target_and_published_figure(cases: Made) -> None:
    told = printed(explained(cases, "cm_fp_solutions", "2013-04"))
    assert "5 au 01.12.2013" in told
    assert "7, NE CONCORDE PAS (inventée)" in told


def test_the_terminal_lists_rows_with_keys_and_lines(cases: Made) -> None:
    one = explained(cases, "cm_fp_exits", "2013-03")
    told = printed(one, behind(cases, one))
    assert "1 unité comptée, par ses lignes de core.cm_fp_case_month" in told
    assert "case_id=K1 period=2013-03-01" in told and "sfpo/cm_fp_dossiers_2013-03_v2.csv:2" in told
    assert "Dénominateur" not in told.split("unité comptée")[1]
    none = explained(cases, "cm_fp_exits", "2013-02")
    assert "Aucune livraison en vigueur pour les mois lus." in printed(none) and "non reçu" in printed(none, behind(cases, none))


def test_files_are_named_one_by_one_where_they_are_few_and_else_the_last(cases: Made) -> None:
    one = explained(cases, "cm_fp_solutions", "2013-05")
    assert printed(one).count("cm_fp_dossiers_2013-0") > 4 and "Fichiers: sfpo/cm_fp_dossiers_2013-01_v1.csv" in printed(one)
    (sending,) = one.sendings
    many = replace(one, sendings=(replace(sending, deliveries=sending.deliveries * 4),))
    assert "Derniers fichiers: sfpo/cm_fp_dossiers_2013-05_v1.csv (05.06.2013)." in printed(many)


def test_a_small_share_of_lines_is_not_written_as_none(cases: Made) -> None:
    one = explained(cases, "cm_fp_exits", "2013-03")
    (sending,) = one.sendings
    counts = {"rows_read": 10_000, "rows_rejected": 1}
    rarely = replace(one, sendings=(replace(sending, deliveries=(replace(sending.deliveries[0], **counts),)),))
    assert "< 0,1 %" in printed(rarely) and "< 0,1 %" not in printed(one)


def test_no_line_is_told_of_a_row_that_other_tables_make_too() -> None:
    world = World()
    world.deliver_months("mesures", "2013-01", "2013-01")
    world.deliver_months("participations", "2013-01", "2013-01", service="SASO")
    world.lasting("mesures", since="2013-01", measure_id="M1", starts_on="2012-01-01")
    world.lasting("participations", since="2013-01", service="SASO", measure_id="M1", participation_id="P1", started_on="2013-01-05")
    made = world.make(*TABLES)
    found = behind(made, explained(made, "measure_mixed_share", "2013-01"))
    assert found.rows[0].made_of[0].table == "core.measure_period" and found.ends == ("core.measure_period",)
    told = printed(explained(made, "measure_mixed_share", "2013-01"), found)
    assert "La trace s'arrête à core.measure_period" in told and "Fichier et ligne" not in told
