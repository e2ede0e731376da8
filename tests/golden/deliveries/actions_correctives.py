"""A year of invented corrective actions."""

HEADER = "No action;No mesure;Ouverte le;Échéance;Close le;Décidée par;Action"

FILES = {
    # C is due before it is opened; M9 is in no inventory.
    "cii/actions_correctives_2016.csv": (
        [
            HEADER,
            "A;M1;10.01.2016;31.03.2016;31.05.2016;GROUPE_COORDINATION;Fiche à compléter",
            "B;M1;01.06.2016;30.09.2017;;GP_CII;Places à revoir",
            "C;M2;01.06.2016;01.05.2016;;GP_CII;Places à revoir",
            "D;M9;01.10.2016;30.06.2017;;GROUPE_COORDINATION;Public à revoir",
        ],
        "2017-01-20T08:00:00",
    ),
}
