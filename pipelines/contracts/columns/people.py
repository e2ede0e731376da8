"""Columns that say who somebody is."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
    Column("avs13", Kind.AVS, "No AVS", "AHV-Nr.", "Numéro AVS à 13 chiffres; remplacé à la lecture par person_id.", True),
    Column(
        "birth_date",
        Kind.BIRTH_DATE,
        "Date de naissance",
        "Geburtsdatum",
        "Date de naissance; seuls l'année et le mois sont gardés.",
        True,
    ),
    Column("person_id", Kind.TEXT, "Pseudonyme", "Pseudonym", "Pseudonyme à clé de la personne (HMAC-SHA256, 32 chiffres hexadécimaux)."),
    Column("birth_year", Kind.WHOLE, "Année de naissance", "Geburtsjahr", "Année de naissance."),
    Column("birth_month", Kind.WHOLE, "Mois de naissance", "Geburtsmonat", "Mois de naissance, de 1 à 12."),
    Column("born_in", Kind.DATE, "Né en", "Geboren im", "Mois de naissance, donné par son premier jour."),
    Column("sex", Kind.CODE, "Sexe", "Geschlecht", "Sexe selon eCH-0044: 1 masculin, 2 féminin, 3 indéterminé."),
    Column(
        "municipality", Kind.MUNICIPALITY, "Commune", "Gemeinde", "Numéro OFS de la commune de domicile, tel que le service l'a envoyé."
    ),
    Column(
        "region",
        Kind.CODE,
        "Région",
        "Region",
        "Région du canton selon le registre des communes de 2025, ou HORS_CANTON.",
    ),
    Column("age_group", Kind.CODE, "Classe d'âge", "Altersklasse", "Classe d'âge; l'indicateur dit à quel jour elle est prise."),
    Column("announced_age", Kind.WHOLE, "Âge à l'annonce", "Alter bei der Meldung", "Âge révolu au jour de l'annonce, pris à la lecture."),
    Column(
        "announced_age_group", Kind.CODE, "Classe d'âge à l'annonce", "Altersklasse bei der Meldung", "Classe d'âge au jour de l'annonce."
    ),
)
