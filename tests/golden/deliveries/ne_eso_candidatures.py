"""Two months of a few NE-ESO candidacies; all persons are invented, and their AVS numbers run from 100000201 up."""

from tests.golden.avs import avs

HEADER = (
    "No candidature;No AVS;Date de naissance;Date de candidature;Productivité (%);Charge de famille;Problématique sociale lourde;"
    "Dettes (CHF);Début du stage;Fin du stage;Entreprise;Secteur d'activité;Date d'engagement;Type de contrat;"
    "Sortie de l'aide sociale;Ampleur de la sortie;Date de fin;Motif de fin"
)


def line(candidacy: str, person: int, born: str, applied: str, criteria: str, steps: str = ";;;;;;;", end: str = ";") -> str:
    """A line of a file; `steps` runs from the trial to the exit from social aid, `end` is the day and the reason."""
    return f"{candidacy};{avs(person)};{born};{applied};{criteria};{steps};{end}"


A = ("A", 201, "04.05.1966", "05.12.2016", "75;NON;NON;10'000.00")
B = ("B", 202, "15.01.1950", "16.01.2017", "50;OUI;NON;0")
C = ("C", 203, "28.02.1980", "20.01.2017", "60;NON;NON;0")
TRIAL = "20.12.2016;;;;;;;"
HIRED = "20.12.2016;10.02.2017;Entreprise inventée;Atelier;13.02.2017;CDI;28.02.2017;PARTIELLE"

FILES = {
    # B fails three criteria, its age among them by the rule of that day.
    "saso/ne_eso_candidatures_2017-01.csv": (
        [HEADER, line(*A, TRIAL), line(*B, end="31.01.2017;NON_ELIGIBLE"), line(*C)],
        "2017-02-06T08:00:00",
    ),
    # C is no longer there; the productivity of D is no share.
    "saso/ne_eso_candidatures_2017-02.csv": (
        [HEADER, line(*A, HIRED), line("D", 204, "01.07.1970", "08.02.2017", "110;NON;NON;0")],
        "2017-03-08T08:00:00",
    ),
}
