"""Two months of four invented programmes, and a file of a month that is still to come."""

HEADER = "No programme;Programme;Organisateur;Branche;Catégorie;Public;Places;Places occupées"

P1 = "P1;Atelier inventé;Organisateur inventé;C;OCCUPATION;TOUS"
P2 = "P2;Cuisine inventée;Organisateur inventé;I;SOCIOPROFESSIONNEL;TOUS"
P3 = "P3;Bureau inventé;Organisateur inventé;N;PROFESSIONNEL;TOUS"
P4 = "P4;Jardin inventé;Organisateur inventé;A;OCCUPATION;AIDE_SOCIALE"

FILES = {
    "semp/pset_places_2011-12.csv": ([HEADER, f"{P1};30;27", f"{P2};5;5", f"{P4};12;9"], "2012-01-05T08:00:00"),
    # P1 has more people than places, P3 has no number.
    "semp/pset_places_2012-01.csv": ([HEADER, f"{P1};20;22", f"{P2};9;6", f"{P3};douze;8", f"{P4};12;12"], "2012-02-15T08:00:00"),
    "semp/pset_places_2021-02.csv": ([HEADER, f"{P1};20;20"], "2012-02-16T08:00:00"),
}
