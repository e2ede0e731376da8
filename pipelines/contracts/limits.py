"""How much of a file is read, and from where on a file or a delivery is doubted: thresholds of the settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a delivery may be; whoever needs more says so in the settings.

    Attributes:
        file_bytes: size of a file.
        unpacked_bytes: size of a workbook's parts once unpacked.
        rows: records of a file.
        columns: cells of a record.
        cell_length: characters of a cell; Excel itself holds no more.
        error_share: more than this share of the rows in error refuses the file (exports.md, Severity) …
        error_rows: … from so many rows on.
        outside_share: more than this share of the end dates outside the period refuses the file …
        outside_dates: … from so many dates on.
        held_share: a row count that differs by more than this share from the usual one holds the delivery …
        held_periods: … where the usual is the median of so many preceding periods in force …
        held_rows: … and is at least this.
    """

    file_bytes: int = 512 * 1024 * 1024
    unpacked_bytes: int = 1024 * 1024 * 1024
    rows: int = 2_000_000
    columns: int = 300
    cell_length: int = 32_767
    error_share: float = 0.20
    error_rows: int = 5
    outside_share: float = 0.50
    outside_dates: int = 3
    held_share: float = 0.50
    held_periods: int = 3
    held_rows: int = 30
