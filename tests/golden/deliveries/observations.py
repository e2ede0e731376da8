"""How one participation began and ended in two dimensions, and an observation of one that nobody told."""

HEADER = "No participation;Date d'observation;Moment;Dimension;Note"

FILES = {
    "saso/observations_2016-12.csv": ([HEADER, "1;06.12.2016;ENTREE;RYTHME;2", "1;06.12.2016;ENTREE;PROJET;1"], "2017-01-10T08:00:00"),
    "saso/observations_2017-02.csv": (
        [HEADER, "1;27.02.2017;SORTIE;RYTHME;3", "1;27.02.2017;SORTIE;PROJET;4", "9;27.02.2017;SUIVI;RYTHME;2"],
        "2017-03-10T08:00:00",
    ),
    # An observation of another month is no observation of this one.
    "semp/observations_2017-01.csv": ([HEADER, "1;20.01.2017;SORTIE;QUALITE;4", "1;20.12.2016;ENTREE;QUALITE;3"], "2017-02-09T08:00:00"),
}
