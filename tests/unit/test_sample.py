"""The files of CM-FP and PSET up to the balance: what they hold when they are read and counted with plain Python."""

import csv
import hashlib
import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from stdnum.ch import ssn

from pipelines.contracts.registry import EXPORTS
from pipelines.sample import cm_fp_dossiers, pset_places
from pipelines.sample.delivery import CSV, content
from pipelines.sample.generate import every_delivery, generate
from pipelines.sample.people import homes, renumbered
from pipelines.sample.world import World, following

END = date(2013, 2, 28)
PUBLISHED = cm_fp_dossiers.PUBLISHED
# The two datasets with published figures, up to the last month of which any is known.
BALANCE = World(last=PUBLISHED, datasets=frozenset({"cm_fp_dossiers", "pset_places"}))
REFERRERS = {"ECOLE", "OCOSP", "SSR", "ORP", "OAI", "FAMILLE", "AUTRE"}


def day(text):
    return datetime.strptime(text, "%d.%m.%Y").date() if text else None


def file_rows(path):
    """Reads a file's lines under its header as dictionaries, whatever stands above the header."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path)[path.name[: path.name.index("_20")]]
        lines = list(sheet.iter_rows(values_only=True))
    else:
        lines = list(csv.reader(io.StringIO(path.read_bytes().decode("cp1252"), newline=""), delimiter=";"))
    start = next(number for number, line in enumerate(lines) if str(line[0]).startswith("No "))
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


def is_right(row, following_month):
    """Says whether a careful clerk would take this CM-FP row of the month before."""
    try:
        announced, closed, _ = (day(row[name]) for name in ("Date d'annonce", "Date de clôture", "Date de naissance"))
    except ValueError:
        return False
    return (
        announced < following_month
        and ssn.is_valid(row["No AVS"])
        and row["Annoncé par"] in REFERRERS
        and bool(closed) == bool(row["Motif de clôture"])
    )


def known_cases(folder):
    """The latest right row of each case: from the highest version of each month that has all columns."""
    files = {}
    for path in sorted((folder / "sfpo").glob("*.csv"), key=lambda path: (path.stem[15:22], len(path.stem), path.stem)):
        if "Date d'annonce" in file_rows(path)[0]:
            files[path.stem[15:22]] = path
    known = {}
    for month, path in files.items():
        end = following(date.fromisoformat(month + "-01"))
        seen = set()
        for row in file_rows(path):
            if is_right(row, end) and row["No dossier"] not in seen:
                known[row["No dossier"]] = row
            seen.add(row["No dossier"])
    return list(known.values())


def age(row):
    born, then = row["birth_date"], row["announced_on"]
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))


def monthly_rows(world):
    """The CM-FP rows of each month as meant, without what was mistyped."""
    return {
        delivery.period: list(delivery.rows.unique("case_id", keep="first", maintain_order=True).iter_rows(named=True))
        for delivery in cm_fp_dossiers.deliveries(world)
        if delivery.version == 1
    }


@pytest.fixture(scope="module")
def months():
    return monthly_rows(BALANCE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("raw")
    generate(out, BALANCE)
    return out


@pytest.mark.parametrize(("seed", "scale"), [(1, 1), (2, 1), (77, 1), (5, 3)])
def test_counting_the_case_files_gives_the_balance_for_every_seed_and_scale(tmp_path, seed, scale):
    generate(tmp_path, replace(BALANCE, seed=seed, scale=scale, format="csv"))
    cases = known_cases(tmp_path)
    closed = [case for case in cases if case["Date de clôture"] and day(case["Date de clôture"]) <= END]
    outcomes = Counter(case["Motif de clôture"] for case in closed)
    details = Counter(case["Précision"] for case in closed if case["Précision"])

    assert len(cases) == cm_fp_dossiers.ANNOUNCED * scale
    assert len(cases) - len(closed) == cm_fp_dossiers.OPEN * scale
    assert details == {detail: count * scale for detail, count in cm_fp_dossiers.OUT_OF_CRITERIA.items()}
    assert outcomes.pop("HORS_CRITERES") == details.total()
    assert outcomes == {outcome: count * scale for outcome, count in cm_fp_dossiers.SOLUTIONS.items()}


@pytest.mark.parametrize(("seed", "scale"), [(1, 1), (2, 1), (5, 3)])
def test_summing_the_programmes_gives_the_published_places(tmp_path, seed, scale):
    generate(tmp_path, replace(BALANCE, seed=seed, scale=scale, format="csv"))
    for month, published in pset_places.PLACES.items():
        places = Counter()
        for row in file_rows(tmp_path / f"semp/pset_places_{month}.csv"):
            if row["Public"] == "TOUS":
                places[row["Catégorie"]] += int(row["Places"])
        assert places == {category: count * scale for category, count in published.items()}


def test_places_of_occupation_only_shrink_and_those_of_social_aid_stay_above_eighty(folder):
    occupation = []
    for path in sorted((folder / "semp").iterdir()):
        rows = [row for row in file_rows(path) if row["Public"]]
        occupation.append(sum(int(row["Places"]) for row in rows if (row["Public"], row["Catégorie"]) == ("TOUS", "OCCUPATION")))
        assert sum(int(row["Places"]) for row in rows if row["Public"] == "AIDE_SOCIALE") > 80
    assert occupation == sorted(occupation, reverse=True)
    assert len(set(occupation)) > 6


def test_a_case_is_in_every_month_from_announcement_to_closing(months):
    present = {}
    for period, rows in months.items():
        for row in rows:
            present.setdefault(row["case_id"], []).append((period, row))
    for seen in present.values():
        periods = [period for period, _ in seen]
        last = seen[-1][1]
        assert all(then == following(before) for before, then in pairwise(periods))
        assert periods[0] == last["announced_on"].replace(day=1)
        assert all(row["closed_on"] is None for _, row in seen[:-1])
        assert last["closed_on"] or periods[-1] == PUBLISHED


def test_exactly_one_closing_is_told_a_month_late(months):
    late = [(period, row["closed_on"]) for period, rows in months.items() for row in rows if row["closed_on"] and row["closed_on"] < period]
    assert len(late) == 1
    assert following(late[0][1].replace(day=1)) == late[0][0]


def test_persons_fit_what_is_said_of_them(months):
    cases = {row["case_id"]: row for rows in months.values() for row in rows}.values()
    for row in cases:
        assert (row["outcome_detail"] == "AGE") == (age(row) > 30)
        assert row["outcome_detail"] != "GROSSESSE" or row["sex"] == 2
    assert sum(not 13 <= age(row) <= 35 for row in cases) == 1
    assert sum(15 <= age(row) <= 24 for row in cases) > 0.7 * len(cases)


def test_certificates_take_years_and_most_entries_fall_between_june_and_september(months):
    cases = {row["case_id"]: row for rows in months.values() for row in rows}.values()
    shortest = {"CFC": 35 * 30, "AFP": 23 * 30, "EMPLOI": 5 * 30}
    for row in cases:
        if row["outcome"] in shortest:
            assert (row["closed_on"] - row["announced_on"]).days > shortest[row["outcome"]]
    entries = Counter(row["announced_on"].month for row in cases)
    assert sum(entries[month] for month in (6, 7, 8, 9)) > len(cases) * 0.45


def test_avs_numbers_are_valid_and_each_belongs_to_one_case():
    numbers = {row["case_id"]: row["avs13"] for rows in monthly_rows(replace(BALANCE, scale=5)).values() for row in rows}
    assert all(ssn.is_valid(number) for number in numbers.values())
    assert len(set(numbers.values())) == len(numbers)


def test_municipalities_exist_in_the_month_they_are_given_for():
    dissolved = {*range(6501, 6504), *range(6505, 6511), 6457, 6460}
    merged = {*range(6471, 6485), 6486, 6401, 6403, 6406}
    for period, rows in monthly_rows(replace(BALANCE, scale=3)).items():
        numbers = {row["municipality"] for row in rows}
        ended = merged if period >= date(2013, 1, 1) else {6487, 6416}
        assert not numbers & (dissolved | ended | {6417, 6513})


def test_a_person_of_cernier_lives_in_val_de_ruz_after_the_merger():
    months = monthly_rows(replace(BALANCE, scale=3))
    before = {row["case_id"]: row["municipality"] for row in months[date(2012, 12, 1)] if not row["closed_on"]}
    after = {row["case_id"]: row["municipality"] for row in months[date(2013, 1, 1)]}
    moved = {before[case]: after[case] for case in before if before[case] != after[case]}
    assert moved[6472] == 6487
    assert set(moved.values()) <= {6487, 6416}


@pytest.mark.parametrize(("year", "count"), [(2009, 53), (2013, 37), (2016, 36), (2018, 31), (2021, 27), (2025, 24)])
def test_the_canton_has_as_many_municipalities_as_its_mergers_left(year, count):
    became = renumbered(date(year, 1, 1))
    numbers = {became.get(number, number) for number in homes(np.random.default_rng(0), 20_000).tolist()}
    assert len([number for number in numbers if 6401 <= number <= 6513]) == count


def test_the_same_world_gives_the_same_bytes():
    first, again = ([content(delivery) for delivery in every_delivery(replace(BALANCE, seed=3))] for _ in range(2))
    assert first == again


def test_another_seed_gives_other_persons():
    first, other = (list(monthly_rows(replace(BALANCE, seed=seed)).values())[-1] for seed in (1, 2))
    assert not {row["avs13"] for row in first} & {row["avs13"] for row in other}


def test_a_delivery_does_not_depend_on_the_months_asked_for():
    asked = replace(BALANCE, first=date(2012, 6, 1), last=date(2012, 8, 1))
    whole = {delivery.file: (content(delivery), delivery.received_at) for delivery in every_delivery(BALANCE)}
    part = {delivery.file: (content(delivery), delivery.received_at) for delivery in every_delivery(asked)}
    assert len(part) == 7
    assert part == {file: whole[file] for file in part}


def test_months_outside_a_dataset_give_no_delivery():
    early = {delivery.dataset for delivery in every_delivery(World(last=date(2009, 2, 1)))}
    assert early == {"cm_fp_dossiers", "prestations"}
    assert not list(every_delivery(World(first=date(2020, 1, 1))))


def test_every_month_owed_is_delivered_under_the_contracts_headers(folder):
    deliveries = list(every_delivery(BALANCE))
    for module in (cm_fp_dossiers, pset_places):
        owed = list(World().periods(module.FIRST, PUBLISHED))
        sent = [delivery for delivery in deliveries if delivery.dataset == module.DATASET and delivery.version == 1]
        assert [delivery.period for delivery in sent] == owed
        headers = [field.header for field in EXPORTS[module.DATASET].fields]
        for delivery in sent:
            assert list(file_rows(folder / delivery.file)[0]) == headers


def test_programme_files_are_windows_text_with_typographic_names(folder):
    for path in (folder / "semp").iterdir():
        data = path.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n")
        assert {"œ", "’"} <= set(data.decode("cp1252"))


@pytest.mark.parametrize("seed", [1, 8])
def test_every_dataset_can_be_written_as_windows_text(seed):
    for delivery in every_delivery(replace(BALANCE, seed=seed, format="csv")):
        assert delivery.manner == CSV
        assert content(delivery).decode("cp1252")


def test_spreadsheets_hold_real_dates_in_a_sheet_named_like_the_dataset(folder):
    row = file_rows(folder / "sfpo/cm_fp_dossiers_2009-01.xlsx")[0]
    assert isinstance(row["Date d'annonce"], datetime)
    assert isinstance(row["Date de naissance"], datetime)


@pytest.mark.parametrize("seed", range(6))
def test_every_slip_lands_on_a_cell_and_few_rows_of_a_file_are_wrong(seed):
    for delivery in every_delivery(replace(BALANCE, seed=seed, format="csv")):
        meant = type(delivery)(**{**vars(delivery), "slips": ()})
        lines = [content(each).splitlines() for each in (delivery, meant)]
        assert sum(typed != right for typed, right in zip(*lines, strict=True)) == len(delivery.slips) < 5


def test_a_mistyped_case_is_right_again_the_month_after(tmp_path):
    generate(tmp_path, replace(BALANCE, format="csv"))
    right, wrong = {}, {}
    for period in World().periods(cm_fp_dossiers.FIRST, PUBLISHED):
        for row in file_rows(tmp_path / f"sfpo/cm_fp_dossiers_{period:%Y-%m}.csv"):
            kind = right if is_right(row, following(period)) else wrong
            kind.setdefault(period, set()).add(row["No dossier"])
    assert sum(map(len, wrong.values())) == 7
    assert all(cases <= right[following(period)] for period, cases in wrong.items())


def test_the_sample_shows_a_correction_a_rejection_and_a_late_delivery(folder):
    corrected = [file_rows(folder / f"sfpo/cm_fp_dossiers_2012-06{version}.xlsx") for version in ("", "_v2")]
    assert sum(typed != right for typed, right in zip(*corrected, strict=True)) == 3
    assert "Date d'annonce" not in file_rows(folder / "sfpo/cm_fp_dossiers_2010-09_v2.xlsx")[0]
    deliveries = {(delivery.dataset, delivery.period, delivery.version): delivery for delivery in every_delivery(BALANCE)}
    for (dataset, period, version), delivery in deliveries.items():
        due = following(period).replace(day=10)
        late = (dataset, period) == ("pset_places", date(2012, 8, 1))
        assert (delivery.received_at.date() > due) == (late or version == 2)
        assert delivery.received_at.weekday() < 5
        assert 8 <= delivery.received_at.hour < 17
    assert deliveries["pset_places", date(2012, 8, 1), 1].received_at.date() == date(2012, 9, 20)


def test_the_sample_shows_a_doubled_case_a_total_titles_and_a_footnote(folder):
    doubled = Counter(row["No dossier"] for row in file_rows(folder / "sfpo/cm_fp_dossiers_2012-03.xlsx"))
    assert sorted(doubled.values())[-2:] == [1, 2]
    total = file_rows(folder / "semp/pset_places_2012-05.csv")[-1]
    assert (total["No programme"], total["Programme"]) == ("", "Total")
    titled = (folder / "semp/pset_places_2012-10.csv").read_bytes().decode("cp1252").splitlines()
    assert titled[3].startswith("No programme;")
    assert titled[-1].rstrip(";").count(";") == 0


def test_one_programme_has_more_persons_than_places(folder):
    rows = [row for path in (folder / "semp").iterdir() for row in file_rows(path) if row["Public"]]
    assert sum(int(row["Places occupées"]) > int(row["Places"]) for row in rows) == 1
    assert all(int(row["Places occupées"]) >= 0.75 * int(row["Places"]) for row in rows)


def test_receipts_tell_each_files_bytes_and_day_and_mark_it_as_sample(folder):
    text = (folder / "receipts.csv").read_text(encoding="utf-8")
    receipts = list(csv.DictReader(io.StringIO(text)))
    assert "\r" not in text
    assert text.startswith("file,sha256,size,received_at,sample\n")
    assert receipts == sorted(receipts, key=lambda receipt: (receipt["received_at"], receipt["file"]))
    assert {receipt["file"] for receipt in receipts} == {path.relative_to(folder).as_posix() for path in folder.glob("*/*")}
    for receipt in receipts:
        data = (folder / receipt["file"]).read_bytes()
        assert (receipt["sha256"], int(receipt["size"])) == (hashlib.sha256(data).hexdigest(), len(data))
        assert receipt["sample"] == "oui"


def test_a_sample_replaces_an_earlier_one(tmp_path):
    month = date(2012, 1, 1)
    generate(tmp_path, replace(BALANCE, last=date(2009, 3, 1)))
    seen = []
    written = generate(tmp_path, replace(BALANCE, first=month, last=month), progress=seen.append)
    assert sorted(tmp_path.glob("*/*")) == sorted(written)
    assert sorted(tmp_path / file for file in seen) == sorted(written)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["receipts.csv", "semp", "sfpo"]


def real_file(out: Path):
    (out / "oai").mkdir()
    (out / "oai/prestations_2013-01.csv").write_text("…")


def real_bytes_under_a_sample_name(out: Path):
    (out / "sfpo/cm_fp_dossiers_2009-01.xlsx").write_bytes(b"real")


def receipt_of_a_real_file(out: Path):
    with (out / "receipts.csv").open("a") as file:
        file.write("oai/prestations_2013-01.csv,00,1,2013-02-05T08:00:00,\n")


@pytest.mark.parametrize("arrives", [real_file, real_bytes_under_a_sample_name, receipt_of_a_real_file])
def test_a_folder_with_real_deliveries_is_refused_and_left_alone(tmp_path, arrives):
    world = replace(BALANCE, last=date(2009, 2, 1))
    generate(tmp_path, world)
    arrives(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(ValueError, match="ne sont pas des exemples"):
        generate(tmp_path, world)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
