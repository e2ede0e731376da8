"""Three months of four invented measures: one is renamed, one leaves the inventory without an end."""

HEADER = (
    "No mesure;Mesure;Organisateur;Service répondant;Branche;Type;Public cible;Places;Coût mensuel par place;Début;Fin;Fiche descriptive"
)

M1 = "M1;Atelier inventé;Organisateur inventé;SASO;C;SOCIOPROFESSIONNEL;Jeunes adultes;4;1800.00;01.01.2014;31.12.2017;OUI"
M2 = "M2;Cuisine inventée;Organisateur inventé;SEMP;I;PROFESSIONNEL;Adultes;3;2'100.50;01.08.2015;;OUI"
M3 = "M3;Bureau inventé;Autre organisateur inventé;SEMP;N;COMPETENCES_DE_BASE;Adultes;2;950.00;01.01.2016;;NON"
M4 = "M4;Jardin inventé;Autre organisateur inventé;SMIG;A;OCCUPATION;Personnes réfugiées;5;700.00;01.02.2017;;NON"

FILES = {
    "semp/mesures_2016-12.csv": ([HEADER, M1, M2, M3], "2017-01-05T08:00:00"),
    "semp/mesures_2017-01.csv": ([HEADER, M1, M2.replace("Cuisine", "Grande cuisine"), M3], "2017-02-06T08:00:00"),
    "semp/mesures_2017-02.csv": ([HEADER, M1, M2.replace("Cuisine", "Grande cuisine"), M4], "2017-03-20T08:00:00"),
}
