"""People on their way between the services of the small world, told as deliveries of benefits from 2016 on.

The SASO's April 2020 never came. Each month from March 2016 on somebody registers at the employment office; some go on to social
aid, some come back, a few get a pension. The small world's ledger does not list these deliveries: all else in it stays as it is.
All is invented.
"""

import datetime as dt

from tests.sql.paths import SENDERS, bridging, supported
from tests.sql.world import World

FIRST, LAST, MISSING = "2016-01", "2020-05", "2020-04"
SERVICES = ("SEMP", "SASO", "OAI", "SFPO", "SMIG")
AC, AS, AI, FO, IN = "AC_INDEMNITE", "AIDE_SOCIALE", "AI_RENTE", "FORMATION", "FORFAIT_INTEGRATION"
# What of the ledger is not theirs, and the tables that come of them beside those of `core` and the indicators.
ELSEWHERE = "dataset <> 'prestations'"
TABLES = {
    "mart.system_survival": "select * from mart.system_survival",
    "mart.outcome_incidence": "select * from mart.outcome_incidence where process <> 'CM_FP'",
}
ENDS = ("EMPLOI", "FORMATION", "FIN_DE_DROIT", "AUTRE", "EMPLOI")


def tell(world: World) -> None:
    """The benefits of this module's first lines, told to a world."""
    for service in SERVICES:
        world.deliver_months("prestations", FIRST, LAST, service=service, but=[MISSING] if service == "SASO" else [])
    bridging(world, ("2009-01-01", 2))
    world.give("core.parameter", parameter="transfer_file_from", valid_from=dt.date(2009, 1, 1), date=dt.date(2019, 3, 1))
    world.give("core.parameter", parameter="reregistration_months", valid_from=dt.date(2009, 1, 1), value=4.0)
    for number in range(48):
        born = 1960 + 7 * number % 40
        entered = 2 + number
        left = _draws(world, f"W-{number}", AC, entered, 3 + 5 * number % 16, born=born, end=ENDS[number % 5])
        if number % 4 == 1:
            _draws(world, f"W-{number}", AS, left + 1 + number % 3, 4 + number % 9, born=born)
        if number % 6 == 2:
            _draws(world, f"W-{number}", AC, left + 2 + number % 5, 3, born=born)
        if number % 12 == 9:
            _draws(world, f"W-{number}", AC, left + 18, 4, born=born)
        if number % 8 == 5:
            _draws(world, f"W-{number}", FO, entered - 2, 2, born=born)
    for number in range(10):
        _draws(world, f"S-{number}", AS, 3 * number, 20 + number, born=1965 + 3 * number)
        _draws(world, f"P-{number}", AI, 4 * number, 30 if number % 3 else 60, born=1962 + 2 * number)
        _draws(world, f"Y-{number}", (FO, IN)[number % 2], 5 * number, 6, born=1995)
        _draws(world, f"Y-{number}", (AS, AC, AS)[number % 3], 5 * number + 6 + number % 4, 9, born=1995)
    _draws(world, "S-1", AI, 20, 12, born=1968)
    _draws(world, "Y-3", AS, 16, 3, born=1995)
    _draws(world, "Y-4", AC, 22, 2, born=1995)
    # Sent back and forth within two years of February 2017; and one who goes back to the employment office between two Decembers.
    for benefit, first in ((AC, 13), (AS, 17), (AC, 23)):
        _draws(world, "R-1", benefit, first, 4, born=1990)
    _draws(world, "B-1", AS, 29, 7, born=1985)
    _draws(world, "B-1", AC, 36, 13, born=1985)


def _month(number: int) -> str:
    return f"{2016 + number // 12}-{number % 12 + 1:02}"


def _draws(world: World, person: str, benefit: str, first: int, months: int, *, born: int, end: str = "AUTRE") -> int:
    """A benefit from a month on, counted from January 2016, for some months; the last of them."""
    last = first + months - 1
    # Who began in the month that did not come, or after the data, is not told.
    told = _month(first) <= LAST and not (SENDERS[benefit] == "SASO" and _month(last) == MISSING)
    if told:
        supported(world, person, benefit, _month(first), _month(last) if _month(last) <= LAST else None, end_reason=end, birth_year=born)
    return last
