"""Two years of a few invented actions of the axes."""

HEADER = "No action;Axe;Sous-axe;Action;Service;Statut;Début;Indicateur"

FILES = {
    "cii/actions_axes_2015.csv": (
        [HEADER, "A;4;4.1;Réseau inventé;CII;PILOTE;01.01.2015;reseau_open", "B;5;5.1;Atelier inventé;SEMP;PREVU;;"],
        "2016-01-20T08:00:00",
    ),
    # B is told no more; C names an axis that its sub-axis does not belong to, D an indicator that nobody knows.
    "cii/actions_axes_2016.csv": (
        [
            HEADER,
            "A;4;4.1;Réseau inventé;CII;EN_COURS;01.01.2015;reseau_open",
            "C;5;6.1;Entreprise inventée;SASO;EN_COURS;;",
            "D;7;7.1;Cours inventé;CII;REALISE;01.03.2016;cours_inventes",
        ],
        "2017-01-20T08:00:00",
    ),
}
