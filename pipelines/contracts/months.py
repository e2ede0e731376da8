"""How a sentence names a month, in French and in German."""

from pipelines.contracts.export import Period
from pipelines.contracts.rules import Both

FRENCH = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
GERMAN = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")


def spoken(period: Period) -> Both:
    """`février 2013`, `Februar 2013`; a year is a year in both."""
    if period.cadence == "yearly":
        return Both(str(period), str(period))
    month, year = period.first.month - 1, period.first.year
    return Both(f"{FRENCH[month]} {year}", f"{GERMAN[month]} {year}")
