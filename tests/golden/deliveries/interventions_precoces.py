"""Two months of early intervention; all persons are invented, and their AVS numbers run from 100000301 up."""

from tests.golden.avs import avs

HEADER = "No situation;No AVS;Date de naissance;Sexe;Commune;Coach;Date d'annonce;Date de clôture;Issue"


def line(case: str, person: int, born: str, place: str, coach: str, announced: str, end: str = ";") -> str:
    """A line of a file; `place` is the sex and the municipality, `end` the day and the outcome."""
    return f"{case};{avs(person)};{born};{place};{coach};{announced};{end}"


A = ("A", 301, "04.05.2002", "1;6436", "C1", "22.11.2016")
B = ("B", 302, "15.01.2001", "2;6458", "C2", "31.01.2017")
C = ("C", 303, "30.06.2002", "1;6512", "C1", "06.02.2017")

FILES = {
    "sfpo/interventions_precoces_2017-01.csv": ([HEADER, line(*A), line(*B)], "2017-02-06T08:00:00"),
    # B is no longer there; of C nobody said who accompanies: the line is kept out.
    "sfpo/interventions_precoces_2017-02.csv": (
        [HEADER, line(*A, "28.02.2017;TRANSITION_SEC_II"), line(*C).replace("C1", "")],
        "2017-03-06T08:00:00",
    ),
}
