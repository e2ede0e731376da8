"""Two years of a few invented agreements."""

HEADER = "No convention;Partie A;Partie B;Date de signature;Date de révision;Date de fin"

FILES = {
    "cii/conventions_2015.csv": (
        [HEADER, "A;SEMP;SASO;01.02.2014;01.02.2018;", "B;SEMP;OAI;15.06.2015;;", "C;SFPO;SMIG;01.01.2013;;31.12.2015"],
        "2016-01-20T08:00:00",
    ),
    # B is told no more; the parties of D are the same.
    "cii/conventions_2016.csv": (
        [HEADER, "A;SEMP;SASO;01.02.2014;01.02.2018;", "D;SASO;SASO;05.05.2016;;"],
        "2017-01-20T08:00:00",
    ),
}
