"""Four months of a handful of CM-FP files; all persons are invented, and their AVS numbers run through 100000001 and up."""

from tests.golden.avs import avs

HEADER = "No dossier;No AVS;Date de naissance;Sexe;Commune;Annoncé par;Date d'annonce;Date de clôture;Motif de clôture;Précision"


def line(case: str, person: int, born: str, sex: str, municipality: int, referrer: str, announced: str, end: str = ";;") -> str:
    """A line of a file; `end` is the day, the outcome and its detail."""
    return f"{case};{avs(person)};{born};{sex};{municipality};{referrer};{announced};{end}"


A = ("A", 1, "04.05.1992", "1", 6436, "ECOLE", "05.01.2009")
B = ("B", 2, "15.01.1991", "2", 6458, "OCOSP", "12.01.2009")
C = ("C", 3, "28.02.1990", "1", 6512, "SSR", "31.01.2009")
D = ("D", 4, "30.06.1997", "2", 351, "ORP", "10.02.2009")
E = ("E", 5, "01.12.1988", "1", 6487, "FAMILLE", "20.02.2009")

JANUARY = [line(*A), line(*B), line(*C)]
FEBRUARY = [line(*A), line(*B, "27.02.2009;CFC;"), line(*C), line(*D)]
# Of E the check digit is wrong: the line is kept out, and comes right with the second version.
WRONG = line(*E).replace(avs(5), avs(5)[:-1] + str((int(avs(5)[-1]) + 1) % 10))
# C is no longer there; D was closed in February and said so in March.
MARCH = [line(*A), line(*D, "25.02.2009;HORS_CRITERES;AGE"), line(*E)]
APRIL = [line(*A, "15.04.2009;APPRENTISSAGE;"), line(*E)]

FILES = {
    "sfpo/cm_fp_dossiers_2009-01.csv": ([HEADER, *JANUARY], "2009-02-05T08:00:00"),
    "sfpo/cm_fp_dossiers_2009-02.csv": ([HEADER, *FEBRUARY, WRONG], "2009-03-12T08:00:00"),
    "sfpo/cm_fp_dossiers_2009-02_v2.csv": ([HEADER, *FEBRUARY, line(*E), "Total;5"], "2009-03-20T08:00:00"),
    "sfpo/cm_fp_dossiers_2009-03.csv": ([HEADER, *MARCH], "2009-04-06T08:00:00"),
    # A column is missing: the file is refused.
    "sfpo/cm_fp_dossiers_2009-04.csv": ([HEADER.replace("Sexe;", ""), *APRIL], "2009-05-05T08:00:00"),
}
