"""Two months of spells from four services: somebody passes from the SEMP to the SASO, two spells overlap."""

from tests.golden.avs import avs

HEADER = "No AVS;Date de naissance;Sexe;Commune;Permis;Prestation;Date de début;Date de fin;Motif de fin;Montant du mois"


def line(person: int, born: str, sex: str, municipality: int, permit: str, spell: str) -> str:
    """A line of a file; `spell` is the benefit, its days, how it ended, and the amount."""
    return f"{avs(person)};{born};{sex};{municipality};{permit};{spell}"


P11 = (11, "03.03.1985", "1", 6421, "CH")
P12 = (12, "30.11.1992", "2", 6458, "C")
P13 = (13, "17.07.1975", "2", 6487, "B")
P18 = (18, "29.02.1988", "1", 6436, "F+")

FILES = {
    "semp/prestations_2017-01.csv": (
        [
            HEADER,
            line(*P11, "AC_INDEMNITE;01.03.2016;31.01.2017;FIN_DE_DROIT;3200.00"),
            line(*P12, "DE_SANS_INDEMNITE;02.05.2016;;;0.00"),
            # The SEMP pays no social aid.
            line(*P13, "AIDE_SOCIALE;01.01.2017;;;0.00"),
        ],
        "2017-02-08T08:00:00",
    ),
    "semp/prestations_2017-02.csv": ([HEADER, line(*P12, "DE_SANS_INDEMNITE;02.05.2016;;;0.00")], "2017-03-08T08:00:00"),
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
