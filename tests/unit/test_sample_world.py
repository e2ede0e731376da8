"""The whole invented world: the same persons in every service's files, each service's manner, and what goes wrong on purpose."""

import csv
import hashlib
import io
import statistics
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from stdnum.ch import ssn
from typer.testing import CliRunner

from pipelines import cli
from pipelines.contracts.export import Period
from pipelines.contracts.limits import Limits
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.intake import take_in
from pipelines.ingest.pseudonym import Pseudonyms
from pipelines.sample import (
    cm_fp_dossiers,
    interventions_precoces,
    ne_eso_candidatures,
    pset_places,
    reseau_cii_dossiers,
)
from pipelines.sample.delivery import content
from pipelines.sample.generate import every_delivery
from pipelines.sample.lives import lives
from pipelines.sample.offer import inventory
from pipelines.sample.stays import stays
from pipelines.sample.world import LAST, World, following, last_day
from pipelines.settings import ROOT

WORLD = World()
# The rows of the balance as they were committed first; whatever is added to the world leaves them as they are.
BALANCE = "aa88115e5a67a320"
CORRECTED = {
    "sfpo/cm_fp_dossiers_2010-09",
    "sfpo/cm_fp_dossiers_2012-06",
    "semp/prestations_2012-11",
    "smig/prestations_2015-09",
    "saso/participations_2014-03",
}
LATE = {"semp/pset_places_2012-08", "saso/prestations_2014-06", "smig/participations_2015-11"}
NOT_A_MONTH = ("budgets", "actions_axes", "conventions", "actions_correctives")


@pytest.fixture(scope="module")
def everything():
    return list(every_delivery(WORLD))


@pytest.fixture(scope="module")
def told(everything):
    """The rows of each service and dataset as meant, with their month; of corrected files the correction."""
    parts = defaultdict(dict)
    for delivery in everything:
        if "announced_on" in delivery.rows.columns or delivery.dataset != "cm_fp_dossiers":
            parts[delivery.dataset, delivery.service][delivery.period] = delivery.rows.select(list(delivery.headers)).with_columns(
                period=delivery.period
            )
    return {key: pl.concat(files.values(), how="vertical_relaxed") for key, files in parts.items()}


def number(delivery):
    return delivery.file.rpartition(".")[0].removesuffix(f"_v{delivery.version}")


def spells(told, service):
    """Each spell once: when it began and, where that was told, when and why it ended."""
    rows = told["prestations", service]
    return rows.sort("period").group_by("avs13", "benefit", "started_on").agg(pl.col("ended_on", "end_reason").drop_nulls().last())


def test_about_three_thousand_persons_walk_through_the_services(told):
    numbers = pl.concat([rows["avs13"] for rows in told.values() if "avs13" in rows.columns])
    assert 2800 <= numbers.n_unique() <= 3500
    assert all(map(ssn.is_valid, numbers.unique()))


def test_a_person_has_one_birth_date_and_one_sex_in_every_file(told):
    for column in ("birth_date", "sex"):
        seen = pl.concat([rows.select("avs13", column).unique() for rows in told.values() if {"avs13", column} <= set(rows.columns)])
        assert seen.unique()["avs13"].is_unique().all()


def test_a_person_lives_in_one_place_in_a_month_whoever_tells_it(told):
    columns = ["avs13", "period", "municipality"]
    seen = pl.concat([rows.select(columns).unique() for rows in told.values() if set(columns) <= set(rows.columns)], how="vertical_relaxed")
    assert not seen.unique().select(pl.struct("avs13", "period").is_duplicated().any()).item()


def test_jobseekers_who_exhaust_their_benefits_turn_to_social_aid(told):
    exhausted = spells(told, "semp").filter(end_reason="FIN_DE_DROIT")
    turned = exhausted.join(spells(told, "saso"), on="avs13").filter(
        pl.col("started_on_right").is_between("ended_on", pl.col("ended_on").dt.offset_by("6mo"))
    )
    assert turned["avs13"].n_unique() > 200


def test_young_people_of_the_case_management_come_from_social_aid_and_go_into_apprenticeships(told):
    cases = (
        told["cm_fp_dossiers", "sfpo"]
        .sort("period")
        .group_by("avs13")
        .agg(pl.col("announced_on").last(), pl.col("closed_on", "outcome").last())
    )
    aid = cases.join(spells(told, "saso"), on="avs13").filter(
        pl.col("announced_on").is_between("started_on", pl.col("ended_on").fill_null(following(LAST)))
    )
    training = (
        cases.filter(outcome="APPRENTISSAGE").join(spells(told, "sfpo"), on="avs13").filter(pl.col("started_on") > pl.col("closed_on"))
    )
    assert aid["avs13"].n_unique() > 100
    assert training["avs13"].n_unique() > 100


def test_persons_pass_between_the_services_and_come_back(told):
    semp, saso, oai, smig = (spells(told, service) for service in ("semp", "saso", "oai", "smig"))
    to_insurance = semp.join(oai, on="avs13").filter(pl.col("started_on_right") > pl.col("ended_on"))
    integrated = smig.join(saso, on="avs13").filter(pl.col("started_on_right") > pl.col("ended_on"))
    again = semp.join(saso, on="avs13").join(semp, on="avs13", suffix="_again")
    revolving = again.filter(pl.col("started_on") < pl.col("started_on_right"), pl.col("started_on_right") < pl.col("started_on_again"))
    assert to_insurance["avs13"].n_unique() > 60
    assert integrated["avs13"].n_unique() > 60
    assert revolving["avs13"].n_unique() > 60


def test_young_people_have_months_without_any_service(told):
    rows = [told["prestations", service].select("avs13", "birth_date", "period") for service in ("semp", "saso", "sfpo", "smig")]
    months = (
        pl.concat(rows).unique().sort("avs13", "period").with_columns(pl.col("period").diff().over("avs13").dt.total_days().alias("since"))
    )
    young = pl.col("period").dt.year() - pl.col("birth_date").dt.year() < 35
    assert months.filter(young, pl.col("since") > 100)["avs13"].n_unique() > 80


def test_spells_of_one_benefit_do_not_overlap_but_for_two_paid_twice(told):
    open_end = pl.col("ended_on").fill_null(following(LAST))
    overlapping = 0
    for service in ("semp", "saso", "smig", "oai", "sfpo"):
        ordered = spells(told, service).sort("avs13", "benefit", "started_on")
        before = open_end.cum_max().shift(1).over("avs13", "benefit")
        overlapping += ordered.filter(before >= pl.col("started_on")).height
    assert overlapping == 2


def test_what_begins_is_told_each_month_until_its_end_but_for_what_vanishes(told):
    vanished = Counter()
    for service in ("semp", "saso", "smig"):
        for dataset, key in (("prestations", ("avs13", "benefit", "started_on")), ("participations", ("participation_id",))):
            rows = told[dataset, service].with_columns(month=pl.col("period").dt.year() * 12 + pl.col("period").dt.month())
            each = rows.group_by(key).agg(
                (pl.col("month").max() - pl.col("month").min() + 1 - pl.col("month").n_unique()).alias("gaps"),
                pl.col("ended_on").drop_nulls().len().alias("ends"),
                pl.col("period").max(),
            )
            assert not each["gaps"].sum()
            vanished[service, dataset] = each.filter(pl.col("ends") == 0, pl.col("period") < LAST).height
    assert +vanished == {("saso", "prestations"): 1, ("smig", "prestations"): 1, ("semp", "participations"): 1}


def test_nobody_is_in_two_measures_at_once_and_no_stay_outlasts_its_measure():
    every = stays(WORLD).sort("person", "started_on")
    assert (every["ended_on"] >= every["started_on"]).all()
    assert not every.filter(pl.col("ended_on").cum_max().shift(1).over("person") >= pl.col("started_on")).height
    ends = {
        measure.number: max(each.ends or "2999-12" for each in inventory(WORLD) if each.number == measure.number)
        for measure in inventory(WORLD)
    }
    known = every.filter(pl.col("measure_id").is_in(list(ends)))
    assert len(every) - len(known) == 1
    assert all(ended <= last_day(ends[measure]) for measure, ended in known.select("measure_id", "ended_on").iter_rows())


def test_measures_are_well_filled_and_most_are_used_by_several_services(told):
    inventory_rows = told["mesures", "semp"]
    taking = pl.concat([rows.select("measure_id", "period", "ended_on", service=pl.lit(sent)) for (dataset, sent), rows in told.items()
                        if dataset == "participations"])  # fmt: skip
    for year in (2013, 2014, 2015, 2016):
        month = date(year, 10, 1)
        open_ended = pl.col("ended_on").is_null() | (pl.col("ended_on") == last_day(f"{year}-10"))
        at_end = taking.filter(pl.col("period") == month, open_ended).height
        places = inventory_rows.filter(period=month)["places"].sum()
        assert 0.7 <= at_end / places <= 1
        users = taking.filter(pl.col("period").dt.year() == year).group_by("measure_id").agg(pl.col("service").n_unique())
        assert users.filter(pl.col("service") > 1).height > 15


def test_pset_programmes_are_measures_of_the_inventory_with_the_same_places(told):
    programmes = told["pset_places", "semp"].filter(pl.col("period") >= date(2013, 1, 1), pl.col("places").is_not_null())
    both = programmes.join(told["mesures", "semp"], left_on=("programme_id", "period"), right_on=("measure_id", "period"))
    assert len(both) == len(programmes)
    assert (both["places"] == both["places_right"]).all()
    assert (both["programme"] == both["measure"]).all()
    assert (both["category"] == both["kind"]).all()


def test_the_inventory_shows_a_new_name_a_number_given_twice_and_measures_without_sheet(told):
    names = told["mesures", "semp"].group_by("measure_id").agg(pl.col("measure", "provider", "kind").n_unique())
    assert names.filter(pl.col("measure") > 1, pl.col("provider") == 1).height == 2
    assert names.filter(pl.col("measure") > 1, pl.col("provider") > 1, pl.col("kind") > 1).height == 1
    latest = told["mesures", "semp"].filter(period=LAST)
    assert 2 <= (~latest["has_sheet"]).sum() <= 10
    alike = latest.group_by("branch", "kind", "target_group").len()
    assert 1 <= alike.filter(pl.col("len") > 1).height <= 4
    assert set(latest["kind"]) >= {code.code for code in EXPORTS["mesures"].by_name["kind"].codes.codes}


def test_budgets_name_one_measure_that_nobody_knows(told):
    known = set(told["mesures", "semp"]["measure_id"])
    unknown = [row for (dataset, _), rows in told.items() if dataset == "budgets" for row in rows["measure_id"] if row not in known]
    assert len(unknown) == 1


@pytest.mark.parametrize("seed", [1, 4])
def test_the_social_enterprises_have_the_published_candidacies_exits_and_posts(seed):
    every = ne_eso_candidatures.candidacies(replace(WORLD, seed=seed))
    end_2012, early_2017 = date(2012, 12, 31), date(2017, 1, 31)
    assert every.filter(pl.col("applied_on") <= end_2012).height > 30
    assert every.filter(pl.col("trial_started_on") <= end_2012).height == 6
    left = every.filter(pl.col("left_social_aid_on") <= end_2012)
    assert sorted(left["activity"]) == ["Archivage", "Maintenance"]
    assert set(left["exit_extent"]) == {"TOTALE"}
    posts = every.filter(pl.col("hired_on") <= early_2017, pl.col("ended_on").is_null() | (pl.col("ended_on") > early_2017))
    assert len(posts) == 15
    assert set(posts["enterprise"]) == {"Alfaset", "Espace des Solidarités"}


def test_who_leaves_social_aid_for_an_enterprise_draws_none_from_then_on(told):
    left = ne_eso_candidatures.candidacies(WORLD).filter(pl.col("left_social_aid_on") <= LAST, exit_extent="TOTALE")
    numbers = left.with_columns(avs13=pl.col("avs13").str.replace(r"^(...)(....)(....)(..)$", "$1.$2.$3.$4")).select(
        "avs13", "left_social_aid_on"
    )
    paid = told["prestations", "saso"].join(numbers, on="avs13")
    assert paid["avs13"].n_unique() == len(left) > 5
    assert not paid.filter(pl.col("period") >= pl.col("left_social_aid_on").dt.month_start()).height


def test_two_coaches_follow_at_most_forty_pupils_some_of_whom_pass_into_the_case_management():
    every = interventions_precoces.situations(WORLD)
    assert every["coach"].n_unique() == 2
    for month in World().periods(interventions_precoces.FIRST, LAST):
        end = following(month)
        followed = every.filter(pl.col("announced_on") < end, pl.col("closed_on").is_null() | (pl.col("closed_on") >= end)).height
        assert 0 < followed <= 40
    assert followed > 30
    passed = every.filter(outcome="CM_FP")
    cases = cm_fp_dossiers.cases(WORLD)
    assert len(passed.join(cases, left_on=("avs13", "birth_date", "closed_on"), right_on=("avs13", "birth_date", "announced_on"))) == 3


def test_network_files_go_through_their_steps_in_order_and_are_of_persons_a_service_knows():
    every = reseau_cii_dossiers.cases(WORLD)
    steps = every.select("detected_on", "accepted_on", "assessed_on", "plan_on", "closed_on")
    for before, after in zip(steps.columns, steps.columns[1:], strict=False):
        assert steps.filter(pl.col(after) < pl.col(before)).is_empty()
    assert every.filter(pl.col("accepted_on").is_null())["outcome"].unique().to_list() == ["NON_RETENU"]
    detectors = {"ORP": "semp", "SSR": "saso", "OAI": "oai"}
    known = every.with_columns(service=pl.col("detected_by").replace_strict(detectors)).join(
        lives(WORLD).spells, on=("person", "service"), how="left"
    )
    assert known.filter(pl.col("started_on") < pl.col("detected_on"))["case_id"].n_unique() == len(every)


def test_a_first_training_is_held_in_march_2017(told):
    sessions = told["formations_cii", "cii"].unique()
    assert sessions["session_id"].n_unique() == 1
    assert set(sessions["period"]) == {LAST}


def test_the_seven_axes_are_told_each_year_with_known_indicators_but_for_one(everything):
    files = [delivery for delivery in everything if delivery.dataset == "actions_axes"]
    assert [delivery.period.year for delivery in files] == [2013, 2014, 2015, 2016, 2017]
    assert set(files[-1].rows["axis"]) == {1, 2, 3, 4, 5, 6, 7}
    assert max(delivery.received_at.date() for delivery in everything) < date(2017, 5, 1)


@pytest.mark.parametrize(
    ("service", "start", "newline", "separator", "encoding"),
    [("semp", b"No", b"\r\n", ";", "cp1252"), ("saso", b"\xef\xbb\xbfNo", b"\r\n", ";", "utf-8-sig"), ("oai", b"No", b"\n", ",", "utf-8")],
)
def test_a_service_writes_its_csv_in_its_own_manner(everything, service, start, newline, separator, encoding):
    for delivery in [one for one in everything if one.service == service and one.period.year == 2015 and not one.titles]:
        data = content(delivery)
        assert delivery.file.endswith(".csv")
        assert data.startswith(start)
        assert data.count(newline) == data.count(b"\n") and (newline == b"\r\n") == (b"\r" in data)
        lines = list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=separator))
        assert {len(line) for line in lines} == {len(delivery.header)}


@pytest.mark.parametrize("service", ["sfpo", "smig", "cii"])
def test_the_others_send_workbooks(everything, service):
    assert all(content(one).startswith(b"PK") for one in everything if one.service == service and one.period == LAST)
    assert {one.manner.suffix for one in everything if one.service == service} == {"xlsx"}


def test_every_dataset_can_be_written_as_csv_and_as_windows_text():
    world = World(seed=8, format="csv", first=date(2016, 9, 1))
    assert {delivery.dataset for delivery in every_delivery(world)} == set(EXPORTS)
    for delivery in every_delivery(world):
        assert content(delivery).decode("cp1252")


def test_files_are_missing_only_where_they_are_optional(everything):
    sent = defaultdict(set)
    for delivery in everything:
        sent[delivery.dataset, delivery.service].add(delivery.period)
    for export in EXPORTS.values():
        for service, owed_from in export.services.items():
            if owed_from:
                due = World().years(owed_from.year, 2016) if export.cadence == "yearly" else World().periods(owed_from, LAST)
                assert set(due) <= sent[export.name, service], (export.name, service)
    for dataset in ("prestations", "participations"):
        for service in ("oai", "sfpo"):
            months = sent[dataset, service]
            assert 5 <= len(set(World().periods(min(months), LAST)) - months) <= 12


def test_the_files_named_come_late_and_those_named_are_corrected(everything):
    assert {number(delivery) for delivery in everything if delivery.version == 2} == CORRECTED
    late = set()
    for delivery in everything:
        if (
            delivery.version == 1
            and EXPORTS[delivery.dataset].cadence == "monthly"
            and delivery.received_at.date() > following(delivery.period).replace(day=12)
        ):
            late.add(number(delivery))
    assert late == LATE


def test_budgets_are_sent_before_the_year_is_spent(everything):
    for delivery in everything:
        if delivery.dataset == "budgets":
            assert (delivery.received_at.year, delivery.received_at.month) == (delivery.period.year, 1)


def is_told_on_reading(slip):
    """Another person's number, an unknown measure or indicator are told by what compares files."""
    return slip.field not in ("measure_id", "indicator") and not ssn.is_valid(str(slip.typed))


def test_reading_finds_every_slip_and_nothing_else_and_refuses_no_file_for_it(everything):
    kept = [delivery for position, delivery in enumerate(everything) if delivery.slips or position % 12 == 0]
    for delivery in kept:
        export = EXPORTS[delivery.dataset].sent_by(delivery.service)
        intake = take_in(
            content(delivery),
            delivery.file,
            export=export,
            period=Period(delivery.period, export.cadence),
            pseudonyms=Pseudonyms(b"a key for tests only, 32 letters"),
        )
        expected = sum(map(is_told_on_reading, delivery.slips)) + len(delivery.rows) - delivery.rows.unique(export.key).height
        late = intake.findings.filter(pl.col("rule").is_in(["end.reported_late", "age.unusual"]))
        assert intake.accepted, delivery.file
        assert len(late) <= 2
        assert len(intake.findings) - len(late) == expected, (delivery.file, intake.findings["rule"].to_list())


def test_no_monthly_file_is_held_for_its_number_of_rows(everything):
    limits = Limits()
    rows = defaultdict(dict)
    for delivery in everything:
        if delivery.dataset not in NOT_A_MONTH:
            rows[delivery.dataset, delivery.service][delivery.period] = len(delivery.rows)
    for counts in rows.values():
        told = [counts[period] for period in sorted(counts)]
        for position in range(limits.held_periods, len(told)):
            usual = statistics.median(told[position - limits.held_periods : position])
            assert usual < limits.held_rows or abs(told[position] - usual) <= limits.held_share * usual


def test_the_cases_and_programmes_of_the_balance_stay_as_they_were():
    world = World(last=cm_fp_dossiers.PUBLISHED, datasets=frozenset({"cm_fp_dossiers", "pset_places"}), format="csv")
    seen = hashlib.sha256(b"".join(content(delivery) for delivery in every_delivery(world)))
    assert seen.hexdigest()[:16] == BALANCE


def test_cases_and_programmes_go_on_after_the_balance():
    every = cm_fp_dossiers.cases(WORLD)
    balance = every.filter(pl.col("announced_on") < following(cm_fp_dossiers.PUBLISHED))
    assert len(balance) == cm_fp_dossiers.ANNOUNCED
    assert balance["closed_on"].is_not_null().all()
    assert balance.filter(pl.col("closed_on") >= following(LAST)).is_empty()
    assert {"SANS_SOLUTION", "INTERRUPTION"} <= set(every["outcome"])
    assert (every.filter(outcome="CFC").select((pl.col("closed_on") - pl.col("announced_on")).dt.total_days())).to_series().min() > 34 * 30
    published = pl.read_csv(ROOT / "pipelines/reference/target.csv").filter(indicator="pset_places")
    targets = dict(published.filter(pl.col("member") != "total").select("member", "value").iter_rows())
    assert len(targets) == 3
    for month in (date(2014, 12, 1), LAST):
        _, rows = pset_places.programmes(WORLD, month)
        places = dict(rows.filter(audience="TOUS").group_by("category").agg(pl.col("places").sum()).iter_rows())
        assert all(0 < abs(places[category] - target) <= 12 for category, target in targets.items())


def test_a_case_vanishes_another_comes_back_and_one_is_another_persons_for_a_month(told, everything):
    rows = told["cm_fp_dossiers", "sfpo"].unique(("case_id", "period"))
    each = (
        rows.sort("period")
        .group_by("case_id")
        .agg(pl.col("closed_on").is_not_null().any().alias("ended"), pl.col("period").max(), pl.len())
    )
    assert each.filter(~pl.col("ended"), pl.col("period") < LAST).height == 1
    first_end = rows.filter(pl.col("closed_on").is_not_null()).group_by("case_id").agg(pl.col("period").min().alias("end"))
    assert rows.join(first_end, on="case_id").filter(pl.col("period") > pl.col("end")).height == 1
    typed = [slip.typed for one in everything for slip in one.slips if one.dataset == "cm_fp_dossiers" and slip.field == "avs13"]
    assert sum(ssn.is_valid(str(each)) for each in typed) == 1


def test_the_same_world_gives_the_same_bytes_and_a_part_of_it_the_same_files():
    year = World(seed=5, first=date(2015, 1, 1), last=date(2015, 3, 1))
    whole = {delivery.file: (content(delivery), delivery.received_at) for delivery in every_delivery(year)}
    assert whole == {delivery.file: (content(delivery), delivery.received_at) for delivery in every_delivery(year)}
    month = replace(year, first=date(2015, 2, 1), last=date(2015, 2, 1))
    part = {delivery.file: (content(delivery), delivery.received_at) for delivery in every_delivery(month)}
    assert part == {file: whole[file] for file in part}
    assert len(part) == 24


def test_a_dataset_taken_alone_is_the_same_as_among_all():
    year = World(seed=5, first=date(2016, 12, 1))
    among = {delivery.file: content(delivery) for delivery in every_delivery(year)}
    for dataset in EXPORTS:
        alone = {delivery.file: content(delivery) for delivery in every_delivery(replace(year, datasets=frozenset({dataset})))}
        assert alone
        assert alone == {file: data for file, data in among.items() if f"/{dataset}_" in file}


def test_the_sample_stays_small(everything):
    years = [delivery for delivery in everything if delivery.period.year in (2009, 2016)]
    # From the first to the fullest whole year, files grow; the mean of the two stands for each.
    assert sum(len(content(delivery)) for delivery in years) / 2 * 8.25 < 15_000_000
    assert sum(len(delivery.rows) for delivery in everything) < 250_000


def test_a_world_three_times_as_large_has_three_times_the_rows():
    quarter = World(first=date(2016, 1, 1), last=date(2016, 3, 1))
    rows, large = (
        Counter({delivery.file: len(delivery.rows) for delivery in every_delivery(replace(quarter, scale=scale))}) for scale in (1, 3)
    )
    for dataset in ("prestations", "participations", "observations", "mesures", "budgets", "cm_fp_dossiers", "ne_eso_candidatures"):
        once, thrice = (sum(count for file, count in counts.items() if f"/{dataset}_" in file) for counts in (rows, large))
        assert 2.7 * once <= thrice <= 3.3 * once


def test_the_command_writes_the_datasets_asked_for_and_says_which_there_are(tmp_path):
    asked = ["sample", "--out", str(tmp_path), "--from", "2016-12", "--dataset", "conventions", "--dataset", "mesures"]
    assert CliRunner().invoke(cli.app, asked).exit_code == 0
    assert {path.name.split("_20")[0] for path in tmp_path.glob("*/*")} == {"conventions", "mesures"}
    refused = CliRunner().invoke(cli.app, ["sample", "--out", str(tmp_path), "--dataset", "mesure"])
    assert refused.exit_code == 2
