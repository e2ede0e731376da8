"""Which delivery is in force: the ledger as a function of what lies there, what was read, and when it came."""

import datetime as dt
import random
from dataclasses import replace

import polars as pl
import pytest

from pipelines.contracts.limits import Limits
from pipelines.contracts.registry import EXPORTS
from pipelines.ingest.ledger import LEDGER, READING, ledger
from pipelines.ingest.locate import Arrival, arrival
from pipelines.ingest.receipts import Receipt

NAME = "sfpo/cm_fp_dossiers_2012-01"
TODAY = dt.date(2012, 6, 11)


class Zone:
    """A landing zone, with what was ever read from it."""

    def __init__(self) -> None:
        self.arrivals: list[Arrival] = []
        self.readings: list[dict] = []
        self.receipts: dict[tuple[str, str], Receipt] = {}
        self.letters: dict[str, str] = {}
        self.accepted: set[str] = set()
        self.limits = Limits()

    def file(
        self,
        file: str,
        content: str,
        *,
        received: str = "2012-02-05",
        accepted: bool = True,
        gone: bool = False,
        reason: str | None = None,
        rows: int = 9,
    ) -> None:
        """A file that came, was read, and lies there still unless it has gone."""
        one = arrival(file, content.encode(), exports=EXPORTS)
        self.letters[one.delivery_id] = content
        self.readings.append(
            {
                "delivery_id": one.delivery_id,
                "service": one.service,
                "dataset": one.dataset,
                "period": one.period.first if one.period else None,
                "version": one.version,
                "file": one.file,
                "sha256": one.sha256,
                "accepted": accepted,
                "reason": reason,
                "rows_read": rows + 1,
                "rows_loaded": rows if accepted else 0,
                "rows_rejected": 1 if accepted else rows + 1,
                "lines_skipped": 0,
                "findings": 1,
            }
        )
        came = dt.datetime.fromisoformat(received)
        self.receipts[one.file, one.sha256] = Receipt(one.file, one.sha256, one.size, came, True)
        if not gone:
            self.arrivals.append(one)

    def decided(self, *, known_on: dt.date = TODAY) -> pl.DataFrame:
        """The ledger."""
        readings = pl.DataFrame(self.readings, schema=READING.frame_schema)
        return ledger(readings, self.arrivals, receipts=self.receipts, known_on=known_on, accepted=self.accepted, limits=self.limits)

    def statuses(self, *, known_on: dt.date = TODAY) -> dict[str, tuple[str, str | None]]:
        """Status and reason of each file by its content."""
        return {
            self.letters[row["delivery_id"]]: (row["status"], row["reason"])
            for row in self.decided(known_on=known_on).iter_rows(named=True)
        }


@pytest.fixture
def zone() -> Zone:
    return Zone()


def test_the_only_accepted_version_is_in_force(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    assert zone.statuses() == {"A": ("in_force", None)}


def test_the_highest_accepted_version_is_in_force_whatever_came_last(zone: Zone) -> None:
    zone.file(f"{NAME}_v10.csv", "C", received="2012-02-06")
    zone.file(f"{NAME}_v2.csv", "B", received="2012-03-06")
    zone.file(f"{NAME}.csv", "A", received="2012-04-06")
    assert zone.statuses() == {
        "A": ("superseded", "remplacée par la version 2"),
        "B": ("superseded", "remplacée par la version 10"),
        "C": ("in_force", None),
    }


def test_a_rejected_version_leaves_the_earlier_one_in_force(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}_v2.csv", "B", accepted=False, reason="file.unreadable")
    assert zone.statuses() == {"A": ("in_force", None), "B": ("rejected", "file.unreadable")}


def test_a_later_version_replaces_over_a_rejected_one(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}_v2.csv", "B", accepted=False, reason="file.unreadable")
    zone.file(f"{NAME}_v3.csv", "C")
    assert {content: status for content, (status, _) in zone.statuses().items()} == {"A": "superseded", "B": "rejected", "C": "in_force"}


def test_a_version_with_the_content_of_the_one_before_is_superseded_at_once(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}_v2.csv", "A")
    statuses = {row["version"]: (row["status"], row["reason"]) for row in zone.decided().iter_rows(named=True)}
    assert statuses == {1: ("in_force", None), 2: ("superseded", "identique à la version précédente")}


def test_a_return_to_an_older_content_is_a_version_of_its_own(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}_v2.csv", "B")
    zone.file(f"{NAME}_v3.csv", "A")
    assert zone.decided().sort("version")["status"].to_list() == ["superseded", "superseded", "in_force"]


def test_a_file_that_has_gone_is_withdrawn_and_the_version_before_is_in_force_again(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}_v2.csv", "B", gone=True)
    assert zone.statuses() == {"A": ("in_force", None), "B": ("withdrawn", "fichier retiré")}


def test_other_bytes_under_the_same_name_supersede_the_first(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", received="2012-02-05", gone=True)
    zone.file(f"{NAME}.csv", "B", received="2012-03-05")
    assert zone.statuses() == {"A": ("superseded", "remplacée par un nouveau contenu"), "B": ("in_force", None)}


def test_other_bytes_that_are_rejected_leave_nothing_in_force(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", gone=True)
    zone.file(f"{NAME}.csv", "B", accepted=False, reason="file.empty")
    assert zone.statuses() == {"A": ("superseded", "remplacée par un nouveau contenu"), "B": ("rejected", "file.empty")}


def test_two_files_for_one_version_are_both_rejected(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}_v2.csv", "B")
    zone.file(f"{NAME}_v2.xlsx", "C")
    assert zone.statuses() == {"A": ("in_force", None), "B": ("rejected", "file.ambiguous"), "C": ("rejected", "file.ambiguous")}


def test_of_two_files_for_one_version_the_one_that_stays_is_in_force(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", gone=True)
    zone.file(f"{NAME}.xlsx", "B")
    assert zone.statuses() == {"A": ("withdrawn", "fichier retiré"), "B": ("in_force", None)}


@pytest.mark.parametrize(("month", "status"), [("2012-06", "in_force"), ("2012-07", "rejected")])
def test_a_month_after_the_current_one_is_rejected(zone: Zone, month: str, status: str) -> None:
    zone.file(f"sfpo/cm_fp_dossiers_{month}.csv", "A")
    for day_of_june in (1, 11, 30):
        assert zone.statuses(known_on=dt.date(2012, 6, day_of_june)) == {"A": (status, "file.future" if status == "rejected" else None)}


def test_months_datasets_and_services_do_not_touch_each_other(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file("sfpo/cm_fp_dossiers_2012-02.csv", "A")
    zone.file("semp/pset_places_2012-01_v2.csv", "A")
    assert zone.decided()["status"].to_list() == ["in_force"] * 3


def test_an_unrecognised_file_is_rejected_and_not_ambiguous(zone: Zone) -> None:
    zone.file("sfpo/dossiers.csv", "A", accepted=False, reason="file.unrecognised")
    zone.file("sfpo/dossiers janvier.csv", "B", accepted=False, reason="file.unrecognised")
    assert zone.statuses() == {"A": ("rejected", "file.unrecognised"), "B": ("rejected", "file.unrecognised")}


def test_what_came_after_the_day_it_is_known_on_is_not_seen(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", received="2012-02-05T08:00:00")
    zone.file(f"{NAME}_v2.csv", "B", received="2012-03-05T23:59:59")
    assert zone.statuses(known_on=dt.date(2012, 2, 4)) == {}
    assert zone.statuses(known_on=dt.date(2012, 3, 4)) == {"A": ("in_force", None)}
    assert zone.statuses(known_on=dt.date(2012, 3, 5))["B"] == ("in_force", None)


def test_a_file_without_a_receipt_is_not_seen(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.receipts.clear()
    assert zone.decided().is_empty()
    assert zone.decided().columns == list(LEDGER.names)


def test_the_ledger_carries_the_day_of_receipt_and_the_counts_of_the_reading(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", received="2012-02-05T08:30:00")
    (row,) = zone.decided().iter_rows(named=True)
    assert row["received_at"] == dt.datetime(2012, 2, 5, 8, 30)
    assert (row["rows_read"], row["rows_loaded"], row["rows_rejected"], row["sample"]) == (10, 9, 1, True)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_files_and_readings_changes_nothing(zone: Zone, seed: int) -> None:
    zone.file(f"{NAME}.csv", "A", gone=True)
    zone.file(f"{NAME}.csv", "B", received="2012-02-06")
    zone.file(f"{NAME}_v2.csv", "C", received="2012-02-07")
    zone.file(f"{NAME}_v3.csv", "D", accepted=False, reason="file.empty")
    zone.file(f"{NAME}_v4.csv", "E")
    zone.file(f"{NAME}_v4.xlsx", "F")
    zone.file("semp/pset_places_2012-01.csv", "G")
    expected = zone.decided()
    chance = random.Random(seed)
    chance.shuffle(zone.arrivals)
    chance.shuffle(zone.readings)
    assert zone.decided().equals(expected)


@pytest.mark.parametrize("seed", range(5))
def test_at_most_one_version_is_in_force_whatever_happens(zone: Zone, seed: int) -> None:
    chance = random.Random(seed)
    names = [
        f"sfpo/cm_fp_dossiers_2012-0{month}{version}.{ending}"
        for month in (1, 2, 3)
        for version in ("", "_v2", "_v3")
        for ending in ("csv", "xlsx")
    ]
    for name in chance.sample(names, 12):
        contents = chance.sample("ABC", chance.randint(1, 3))
        for content in contents:
            gone = content != contents[-1] or chance.random() < 0.3
            zone.file(name, content, received=f"2012-06-{chance.randint(1, 10):02}", accepted=chance.random() < 0.8, gone=gone)
    in_force = zone.decided().filter(pl.col("status") == "in_force")
    assert in_force.height > 0
    assert in_force.select("service", "dataset", "period").is_duplicated().sum() == 0
    assert in_force["delivery_id"].is_in([one.delivery_id for one in zone.arrivals]).all()


# -- held: a row count that is not the usual one ----------------------------------------------------


def year(zone: Zone, *counts: int, dataset: str = "sfpo/cm_fp_dossiers") -> None:
    """A month for each row count, from January on; its content is its month."""
    for number, rows in enumerate(counts, start=1):
        zone.file(f"{dataset}_2012-{number:02}.csv", f"{dataset[:1]}{number}", rows=rows)


@pytest.mark.parametrize(
    ("rows", "status"),
    [(20, "in_force"), (19, "held"), (60, "in_force"), (61, "held"), (0, "held")],
)
def test_a_count_more_than_half_off_the_median_of_the_three_months_before_is_held(zone: Zone, rows: int, status: str) -> None:
    year(zone, 400, 40, 39, 41, rows)
    assert zone.statuses()["s5"] == (status, "delivery.held" if status == "held" else None)
    assert zone.decided().sort("period")["rows_usual"].to_list() == [None, None, None, 40, 40]


def test_the_first_three_months_are_never_held(zone: Zone) -> None:
    year(zone, 40, 400, 4, 40)
    assert {status for status, _ in zone.statuses().values()} == {"in_force"}


@pytest.mark.parametrize(("usual", "status"), [(29, "in_force"), (30, "held")])
def test_small_counts_are_not_doubted(zone: Zone, usual: int, status: str) -> None:
    year(zone, usual, usual, usual, 0)
    assert zone.statuses()["s4"][0] == status


def test_the_usual_is_a_median_that_one_odd_month_does_not_move(zone: Zone) -> None:
    year(zone, 40, 10, 42, 41)
    assert zone.statuses()["s4"] == ("in_force", None)


def test_a_held_month_is_no_measure_for_those_after_it(zone: Zone) -> None:
    year(zone, 40, 40, 40, 90, 41)
    assert [zone.statuses()[f"s{number}"][0] for number in (4, 5)] == ["held", "in_force"]


def test_an_accepted_month_is_in_force_and_a_measure_for_those_after_it(zone: Zone) -> None:
    year(zone, 40, 40, 40, 90, 90, 90)
    assert [zone.statuses()[f"s{number}"][0] for number in (4, 5, 6)] == ["held", "held", "held"]
    ids = {content: delivery_id for delivery_id, content in zone.letters.items()}
    zone.accepted = {ids["s4"], ids["s5"]}
    assert [zone.statuses()[f"s{number}"][0] for number in (4, 5, 6)] == ["in_force", "in_force", "in_force"]


def test_the_months_of_each_service_and_dataset_are_their_own_measure(zone: Zone) -> None:
    year(zone, 40, 40, 40)
    year(zone, 90, 90, 90, 90, dataset="semp/pset_places")
    assert {status for status, _ in zone.statuses().values()} == {"in_force"}


def test_months_are_measured_in_the_order_of_periods_whatever_the_order_they_came_in(zone: Zone) -> None:
    for number, rows in ((4, 90), (3, 40), (1, 40), (2, 40)):
        zone.file(f"sfpo/cm_fp_dossiers_2012-{number:02}.csv", str(number), rows=rows, received=f"2012-06-{number:02}")
    assert {content: status for content, (status, _) in zone.statuses().items()} == dict.fromkeys("123", "in_force") | {"4": "held"}


def test_a_missing_month_is_stepped_over(zone: Zone) -> None:
    for number in (1, 2, 4):
        zone.file(f"sfpo/cm_fp_dossiers_2012-{number:02}.csv", str(number), rows=40)
    zone.file("sfpo/cm_fp_dossiers_2012-03.csv", "3", rows=500, accepted=False, reason="file.empty")
    zone.file("sfpo/cm_fp_dossiers_2012-05.csv", "5", rows=90)
    assert zone.statuses()["5"][0] == "held"


def test_a_held_correction_leaves_the_version_before_in_force(zone: Zone) -> None:
    year(zone, 40, 40, 40, 41)
    zone.file("sfpo/cm_fp_dossiers_2012-04_v2.csv", "B", rows=2)
    assert (zone.statuses()["s4"], zone.statuses()["B"]) == (("in_force", None), ("held", "delivery.held"))


def test_a_correction_replaces_a_held_version(zone: Zone) -> None:
    year(zone, 40, 40, 40, 4)
    zone.file("sfpo/cm_fp_dossiers_2012-04_v2.csv", "B", rows=41)
    assert (zone.statuses()["s4"], zone.statuses()["B"]) == (("superseded", "remplacée par la version 2"), ("in_force", None))


def test_a_held_version_sent_again_waits_once(zone: Zone) -> None:
    year(zone, 40, 40, 40)
    zone.file("sfpo/cm_fp_dossiers_2012-04.csv", "B", rows=4)
    zone.file("sfpo/cm_fp_dossiers_2012-04_v2.csv", "B", rows=4)
    assert zone.decided().sort("period", "version")["status"].to_list()[3:] == ["held", "superseded"]


def test_a_held_version_between_two_equal_ones_is_replaced_by_the_last(zone: Zone) -> None:
    year(zone, 40, 40, 40)
    for version, content, rows in (("", "A", 40), ("_v2", "B", 4), ("_v3", "A", 40)):
        zone.file(f"sfpo/cm_fp_dossiers_2012-04{version}.csv", content, rows=rows)
    assert zone.decided().sort("period", "version")["status"].to_list()[3:] == ["superseded", "superseded", "in_force"]


def test_the_thresholds_are_those_of_the_settings(zone: Zone) -> None:
    year(zone, 10, 10, 13)
    assert zone.statuses()["s3"][0] == "in_force"
    zone.limits = Limits(held_periods=2, held_rows=10, held_share=0.2)
    assert zone.statuses()["s3"][0] == "held"


# -- what is not there does not count ----------------------------------------------------------------


def test_of_a_content_that_has_gone_nothing_that_a_build_remembers_is_told(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", gone=True)
    zone.file("sfpo/cm_fp_dossiers_2012-02.csv", "B", gone=True)
    zone.file("sfpo/cm_fp_dossiers_2012-02.csv", "C")
    remembered = zone.decided()
    zone.readings = [row for row in zone.readings if zone.letters[row["delivery_id"]] == "C"]
    assert zone.decided().equals(remembered)
    assert remembered.filter(pl.col("status") != "in_force").select("rows_read", "findings").sum().row(0) == (0, 0)


def test_of_two_files_for_one_version_nothing_that_was_read_before_is_told(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A")
    zone.file(f"{NAME}.xlsx", "B")
    remembered = zone.decided()
    zone.readings.clear()
    assert zone.decided().equals(remembered)


@pytest.mark.parametrize("rule", ["file.busy", "file.denied", "file.vanished", "file.outside", "file.not_a_file"])
def test_a_file_without_bytes_is_rejected_though_no_receipt_tells_of_it(zone: Zone, rule: str) -> None:
    zone.arrivals.append(replace(arrival(f"{NAME}.csv", b"", exports=EXPORTS), sha256="", refusal=rule))
    (row,) = zone.decided().iter_rows(named=True)
    assert (row["status"], row["reason"], row["file"], row["rows_read"]) == ("rejected", rule, f"{NAME}.csv", 0)


def test_a_delivery_under_its_longer_name_keeps_the_day_it_first_came(zone: Zone) -> None:
    zone.file(f"{NAME}.csv", "A", received="2012-02-05", gone=True)
    zone.file(f"{NAME}_v1.csv", "A", received="2012-03-05")
    (row,) = zone.decided().iter_rows(named=True)
    assert (row["file"], row["received_at"], row["status"]) == (f"{NAME}_v1.csv", dt.datetime(2012, 2, 5), "in_force")
