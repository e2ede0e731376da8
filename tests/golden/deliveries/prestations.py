"""Spells from four services, two months in a row and a few before: people pass from one service to another, return, or stay away.

The months between are not told: a spell lasts from its start to its end, whichever deliveries came.
"""

from tests.golden.avs import avs

HEADER = "No AVS;Date de naissance;Sexe;Commune;Permis;Prestation;Date de début;Date de fin;Motif de fin;Montant du mois"


def line(person: int, born: str, sex: str, municipality: int, permit: str, spell: str) -> str:
    """A line of a file; `spell` is the benefit, its days, how it ended, and the amount."""
    return f"{avs(person)};{born};{sex};{municipality};{permit};{spell}"


P11 = (11, "03.03.1985", "1", 6421, "CH")
P12 = (12, "30.11.1992", "2", 6458, "C")
P13 = (13, "17.07.1975", "2", 6487, "B")
P18 = (18, "29.02.1988", "1", 6436, "F+")
# Comes to the SASO from the SEMP, and back to the SEMP before the SASO's support is over.
P21 = (21, "14.05.1991", "2", 6421, "CH")
# Is in no system any more, and half a year after in that of the SMIG.
P22 = (22, "09.10.1989", "1", 6458, "B")
# Was there before the first delivery.
P23 = (23, "21.04.1949", "1", 6487, "CH")
P24 = (24, "02.12.1960", "2", 351, "C")

FILES = {
    "saso/prestations_2014-04.csv": ([HEADER, line(*P23, "AIDE_SOCIALE;01.10.2011;30.04.2014;RETRAITE;900.00")], "2014-05-08T08:00:00"),
    "oai/prestations_2015-02.csv": ([HEADER, line(*P24, "AI_RENTE;01.03.2010;28.02.2015;AUTRE;1600.00")], "2015-03-09T08:00:00"),
    "semp/prestations_2015-02.csv": ([HEADER, line(*P22, "AC_INDEMNITE;01.12.2014;28.02.2015;EMPLOI;2900.00")], "2015-03-09T08:00:00"),
    "smig/prestations_2015-09.csv": ([HEADER, line(*P22, "FORFAIT_INTEGRATION;01.09.2015;30.09.2015;AUTRE;600.00")], "2015-10-08T08:00:00"),
    "semp/prestations_2015-09.csv": ([HEADER, line(*P21, "AC_INDEMNITE;01.07.2015;30.09.2015;AUTRE;2700.00")], "2015-10-08T08:00:00"),
    "saso/prestations_2016-02.csv": ([HEADER, line(*P21, "AIDE_SOCIALE;05.10.2015;29.02.2016;AUTRE;1100.00")], "2016-03-09T08:00:00"),
    # Months of which nothing is told, so that they have a figure: six months after an exit, two years after an entry, and a year
    # after the end of a registration that another one followed.
    "semp/prestations_2016-03.csv": ([HEADER], "2016-04-08T08:00:00"),
    "semp/prestations_2016-06.csv": ([HEADER], "2016-07-08T08:00:00"),
    "semp/prestations_2016-09.csv": ([HEADER], "2016-10-08T08:00:00"),
    "semp/prestations_2016-12.csv": (
        [
            HEADER,
            line(*P11, "AC_INDEMNITE;01.03.2016;;;3200.00"),
            line(*P12, "DE_SANS_INDEMNITE;02.05.2016;;;0.00"),
            line(*P21, "AC_INDEMNITE;15.02.2016;;;2700.00"),
        ],
        "2017-01-09T08:00:00",
    ),
    "semp/prestations_2017-01.csv": (
        [
            HEADER,
            line(*P11, "AC_INDEMNITE;01.03.2016;31.01.2017;FIN_DE_DROIT;3200.00"),
            line(*P12, "DE_SANS_INDEMNITE;02.05.2016;;;0.00"),
            # The SEMP pays no social aid.
            line(*P13, "AIDE_SOCIALE;01.01.2017;;;0.00"),
            line(*P21, "AC_INDEMNITE;15.02.2016;;;2700.00"),
        ],
        "2017-02-08T08:00:00",
    ),
    "semp/prestations_2017-02.csv": (
        [
            HEADER,
            line(*P12, "DE_SANS_INDEMNITE;02.05.2016;;;0.00"),
            line(*P21, "AC_INDEMNITE;15.02.2016;;;2700.00"),
        ],
        "2017-03-08T08:00:00",
    ),
    "saso/prestations_2017-01.csv": ([HEADER, line(*P13, "AIDE_SOCIALE;01.06.2014;;;1500.00")], "2017-02-10T08:00:00"),
    "saso/prestations_2017-02.csv": (
        [
            HEADER,
            line(*P11, "AIDE_SOCIALE;01.02.2017;;;1250.00"),
            line(*P13, "AIDE_SOCIALE;01.06.2014;20.02.2017;EMPLOI;1000.00"),
            line(*P13, "AIDE_SOCIALE;15.02.2017;;;400.00"),
        ],
        "2017-03-10T08:00:00",
    ),
    "smig/prestations_2017-02.csv": ([HEADER, line(*P18, "FORFAIT_INTEGRATION;01.09.2016;;;600.00")], "2017-03-09T08:00:00"),
    "oai/prestations_2017-02.csv": ([HEADER, line(*P13, "AI_MESURE;06.02.2017;;;0.00")], "2017-03-09T09:00:00"),
}
