"""Two months of a few files of the Réseau CII NE; all persons are invented, and their AVS numbers run from 100000101 up."""

from tests.golden.avs import avs

HEADER = (
    "No dossier;No AVS;Service détecteur;Date de détection;Date d'acceptation;Date du bilan;Médecin présent;Service pilote;"
    "Date du plan d'action;Date de clôture;Issue"
)


def line(case: str, person: int, detected: str, steps: str = ";;;;", end: str = ";") -> str:
    """A line of a file; `steps` runs from the acceptance to the plan, `end` is the day and the outcome."""
    return f"{case};{avs(person)};{detected};{steps};{end}"


A, B, C, D = ("A", 101, "ORP;05.12.2016"), ("B", 102, "SSR;12.01.2017"), ("C", 103, "OAI;20.01.2017"), ("D", 104, "ORP;02.02.2017")
ACCEPTED, PLANNED = "15.12.2016;;;;", "15.12.2016;10.01.2017;OUI;ORP;15.02.2017"

FILES = {
    "cii/reseau_cii_dossiers_2017-01.csv": ([HEADER, line(*A, ACCEPTED), line(*B), line(*C, "25.01.2017;;;;")], "2017-02-06T08:00:00"),
    # A is closed and B refused, C is no longer there; of D the assessment comes without an acceptance: the line is kept out.
    "cii/reseau_cii_dossiers_2017-02.csv": (
        [
            HEADER,
            line(*A, PLANNED, "28.02.2017;EMPLOI"),
            line(*B, end="20.02.2017;NON_RETENU"),
            line(*D, ";16.02.2017;NON;;"),
            line("E", 105, "OAI;08.02.2017", "20.02.2017;;;;"),
        ],
        "2017-03-06T08:00:00",
    ),
}
