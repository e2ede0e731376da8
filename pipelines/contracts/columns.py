"""What a column name means, the same everywhere in the house."""

from dataclasses import dataclass
from enum import Enum

import polars as pl


class Kind(Enum):
    """What the values of a column are: a name, and the types that hold them in DuckDB and polars."""

    # The name comes first: members of equal value would be one member under two names.
    TEXT = ("text", "varchar", pl.String)
    CODE = ("code", "varchar", pl.String)
    DATE = ("date", "date", pl.Date)
    TIMESTAMP = ("timestamp", "timestamp", pl.Datetime("us"))
    WHOLE = ("whole", "bigint", pl.Int64)
    NUMBER = ("number", "double", pl.Float64)
    AMOUNT = ("amount", "decimal(14,2)", pl.Decimal(14, 2))
    YES_NO = ("yes_no", "boolean", pl.Boolean)
    MUNICIPALITY = ("municipality", "integer", pl.Int32)
    AVS = ("avs", "", pl.String)
    BIRTH_DATE = ("birth_date", "", pl.Date)

    @property
    def sql(self) -> str:
        """The DuckDB type; empty for what is never stored."""
        return str(self.value[1])

    @property
    def frame(self) -> pl.DataType | type[pl.DataType]:
        """The polars type."""
        kind: pl.DataType | type[pl.DataType] = self.value[2]
        return kind


@dataclass(frozen=True)
class Column:
    """A column name with its one meaning.

    Attributes:
        name: English identifier, the same in Python, SQL and files of ours.
        kind: what its values are.
        label: French name shown to people.
        label_de: German name shown to people.
        meaning: one French sentence, the comment of the column in the warehouse.
        personal: true where a value tells who somebody is; such a value is never written out.
    """

    name: str
    kind: Kind
    label: str
    label_de: str
    meaning: str
    personal: bool = False


_SHARED = (
    # -- people ----------------------------------------------------------------------------------
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
    # -- deliveries ------------------------------------------------------------------------------
    Column("delivery_id", Kind.TEXT, "Livraison", "Lieferung", "Livraison d'où vient la ligne (16 chiffres hexadécimaux, stg.delivery)."),
    Column("service", Kind.CODE, "Service", "Dienst", "Service qui envoie: SEMP, SASO, OAI, SFPO, SMIG ou CII."),
    Column("dataset", Kind.TEXT, "Jeu de données", "Datensatz", "Nom du jeu de données, début du nom de fichier."),
    Column("period", Kind.DATE, "Période", "Periode", "Période de référence, donnée par son premier jour."),
    Column("version", Kind.WHOLE, "Version", "Version", "Version de l'envoi: 1, ou le nombre après _v dans le nom du fichier."),
    Column("file", Kind.TEXT, "Fichier", "Datei", "Chemin du fichier dans raw/, masqué là où il ressemble à une donnée personnelle."),
    Column("sha256", Kind.TEXT, "Empreinte", "Prüfsumme", "Empreinte SHA-256 du contenu du fichier."),
    Column("received_at", Kind.TIMESTAMP, "Reçu le", "Eingang", "Première arrivée de ce contenu sous ce nom, heure locale."),
    Column(
        "status",
        Kind.CODE,
        "Statut",
        "Status",
        "Statut de la livraison: in_force, superseded, rejected, held ou withdrawn.",
    ),
    Column(
        "reason",
        Kind.TEXT,
        "Motif",
        "Grund",
        "Pourquoi: d'une livraison, la règle qui la refuse ou ce qui la remplace; d'une valeur absente, NOT_RECEIVED ou NOT_APPLICABLE.",
    ),
    Column("accepted", Kind.YES_NO, "Accepté", "Angenommen", "Vrai si le contenu a passé les contrôles à la lecture."),
    Column("rows_read", Kind.WHOLE, "Lignes lues", "Gelesene Zeilen", "Enregistrements non vides après l'en-tête."),
    Column("rows_loaded", Kind.WHOLE, "Lignes chargées", "Geladene Zeilen", "Lignes entrées dans l'entrepôt."),
    Column("rows_rejected", Kind.WHOLE, "Lignes écartées", "Abgelehnte Zeilen", "Lignes écartées pour une erreur, ou avec leur fichier."),
    Column(
        "lines_skipped",
        Kind.WHOLE,
        "Lignes passées",
        "Übergangene Zeilen",
        "Lignes de total et notes au pied du tableau, comptées et non chargées.",
    ),
    Column("findings", Kind.WHOLE, "Remarques", "Befunde", "Nombre d'erreurs et d'avertissements de la livraison."),
    Column(
        "rows_usual",
        Kind.WHOLE,
        "Lignes d'habitude",
        "Übliche Zeilen",
        "Médiane des lignes chargées des trois périodes précédentes en vigueur; vide s'il n'y en a pas assez.",
    ),
    Column("sample", Kind.YES_NO, "Exemple", "Beispiel", "Vrai pour les données d'exemple (personnes inventées)."),
    Column("line", Kind.WHOLE, "Ligne", "Zeile", "Ligne du fichier texte ou rangée de la feuille, comme on la voit à l'écran."),
    # -- findings --------------------------------------------------------------------------------
    Column("field", Kind.TEXT, "Champ", "Feld", "Nom du champ dans le contrat."),
    Column("header", Kind.TEXT, "Colonne", "Spalte", "En-tête de la colonne, comme le service l'a écrit, ou tel que le format le demande."),
    Column("cell", Kind.TEXT, "Valeur écrite", "Geschriebener Wert", "Contenu de la cellule, masqué là où il est ou semble personnel."),
    Column("rule", Kind.TEXT, "Règle", "Regel", "Identifiant de la règle."),
    Column("severity", Kind.CODE, "Gravité", "Schwere", "rejected: fichier refusé; error: ligne écartée; warning: ligne chargée."),
    Column("message", Kind.TEXT, "Constat", "Befund", "Ce qui ne va pas, en français."),
    Column("remedy", Kind.TEXT, "Que faire", "Was tun", "Ce qu'il faut faire, en français."),
    Column("message_de", Kind.TEXT, "Constat (allemand)", "Befund (deutsch)", "Ce qui ne va pas, en allemand."),
    Column("remedy_de", Kind.TEXT, "Que faire (allemand)", "Was tun (deutsch)", "Ce qu'il faut faire, en allemand."),
    Column("suggestion", Kind.TEXT, "Proposition", "Vorschlag", "La valeur admise la plus proche, à vérifier; jamais reprise d'elle-même."),
    # -- calendar and delivery plan --------------------------------------------------------------
    Column("last_day", Kind.DATE, "Dernier jour", "Letzter Tag", "Dernier jour du mois, jour de référence des stocks."),
    Column(
        "due_on",
        Kind.DATE,
        "Échéance",
        "Fällig am",
        "Jour d'échéance: le 10 du mois suivant, le 31 janvier pour une année, ou le jour ouvrable qui suit.",
    ),
    Column("cadence", Kind.CODE, "Rythme", "Rhythmus", "monthly ou yearly."),
    Column("owed_from", Kind.DATE, "Dû depuis", "Geschuldet ab", "Première période due; vide pour un envoi facultatif."),
    Column("owed", Kind.YES_NO, "Dû", "Geschuldet", "Vrai si le service doit ce jeu de données pour cette période."),
    Column("in_force", Kind.YES_NO, "En vigueur", "In Kraft", "Vrai si une version acceptée est en vigueur."),
    Column(
        "state",
        Kind.CODE,
        "État",
        "Stand",
        "État d'une livraison due ou reçue (in_force, late, missing …), ou d'un dossier au dernier jour du mois (OPEN, CLOSED, VANISHED).",
    ),
    Column(
        "correction",
        Kind.CODE,
        "Correction",
        "Korrektur",
        "Statut de la dernière version, là où elle n'est pas en vigueur mais une version précédente l'est: rejected, held ou withdrawn.",
    ),
    Column(
        "days_late",
        Kind.WHOLE,
        "Jours de retard",
        "Tage Verspätung",
        "Jours de l'échéance à la première réception; négatif avant l'échéance, vide sans réception.",
    ),
    Column("first_received_at", Kind.TIMESTAMP, "Première réception", "Ersteingang", "Réception de la première version non rejetée."),
    Column("versions", Kind.WHOLE, "Versions", "Versionen", "Nombre de versions reçues."),
    Column("part", Kind.TEXT, "Part", "Teil", "Ce que l'empreinte résume: par exemple reading (lecture), code ou publication."),
    # -- code lists and reference data -----------------------------------------------------------
    Column("list", Kind.TEXT, "Liste", "Liste", "Nom de la liste de codes."),
    Column("code", Kind.TEXT, "Code", "Code", "Code, tel qu'il est écrit dans les tables."),
    Column("label", Kind.TEXT, "Libellé", "Bezeichnung", "Libellé français."),
    Column("label_de", Kind.TEXT, "Libellé allemand", "Deutsche Bezeichnung", "Libellé allemand."),
    Column("position", Kind.WHOLE, "Rang", "Rang", "Rang dans l'ordre de la liste, du modèle ou du fichier."),
    Column("valid_from", Kind.DATE, "Valable dès", "Gültig ab", "Premier jour de validité; vide: depuis toujours."),
    Column("valid_to", Kind.DATE, "Valable jusqu'au", "Gültig bis", "Dernier jour de validité; vide: encore valable."),
    Column("name", Kind.TEXT, "Nom", "Name", "Nom officiel."),
    Column("successor", Kind.MUNICIPALITY, "Commune suivante", "Nachfolgegemeinde", "Commune qui l'a reprise; vide si elle existe encore."),
    Column("age_from", Kind.WHOLE, "Dès l'âge", "Ab Alter", "Premier âge révolu de la classe."),
    Column("age_to", Kind.WHOLE, "Jusqu'à l'âge", "Bis Alter", "Dernier âge révolu de la classe."),
    Column("parameter", Kind.TEXT, "Paramètre", "Parameter", "Nom du paramètre daté."),
    Column("source", Kind.TEXT, "Source", "Quelle", "D'où vient l'information."),
    # -- indicators ------------------------------------------------------------------------------
    Column("indicator", Kind.TEXT, "Indicateur", "Indikator", "Identifiant de l'indicateur, nom de sa table dans mart."),
    Column("grain", Kind.CODE, "Pas de temps", "Zeitschritt", "Mois (month), trimestre (quarter) ou année (year)."),
    Column("dimension", Kind.TEXT, "Ventilation", "Gliederung", "total, ou la caractéristique qui ventile le chiffre."),
    Column("member", Kind.TEXT, "Modalité", "Ausprägung", "total, ou le code de la modalité."),
    Column("numerator", Kind.NUMBER, "Numérateur", "Zähler", "Nombre ou somme au numérateur; le chiffre lui-même s'il n'est pas un taux."),
    Column("denominator", Kind.NUMBER, "Dénominateur", "Nenner", "Nombre au dénominateur, ou nombre d'observations d'une médiane."),
    Column("value", Kind.NUMBER, "Valeur", "Wert", "Valeur du chiffre; parts de 0 à 1; vide si non calculable."),
    Column("complete", Kind.YES_NO, "Complet", "Vollständig", "Vrai si toutes les livraisons dues des mois lus sont en vigueur."),
    Column("mature", Kind.YES_NO, "Mûr", "Reif", "Vrai si la fenêtre du chiffre est tout entière dans les données."),
    Column("definition", Kind.TEXT, "Définition", "Definition", "Définition de l'indicateur."),
    Column("unit", Kind.TEXT, "Unité", "Einheit", "Unité de la valeur."),
    Column("reading", Kind.TEXT, "Sens de lecture", "Leserichtung", "Comment lire une hausse: favorable, défavorable ou neutre."),
    Column("numerator_label", Kind.TEXT, "Au numérateur", "Im Zähler", "Ce que compte le numérateur."),
    Column("denominator_label", Kind.TEXT, "Au dénominateur", "Im Nenner", "Ce que compte le dénominateur."),
    Column("reads", Kind.TEXT, "Mois lus", "Gelesene Monate", "Mois que le chiffre lit: month, trailing N ou cumulated."),
    Column("datasets", Kind.TEXT, "Jeux de données lus", "Gelesene Datensätze", "Jeux de données sur lesquels l'indicateur repose."),
    Column("dimensions", Kind.TEXT, "Ventilations", "Gliederungen", "Ventilations disponibles."),
    Column("figure", Kind.TEXT, "Chiffre publié", "Veröffentlichte Zahl", "Nom du chiffre publié."),
    Column("qualifier", Kind.CODE, "Précision", "Genauigkeit", "= exact, > plus que, ~ environ."),
    Column("published", Kind.NUMBER, "Publié", "Veröffentlicht", "Valeur publiée."),
    Column("low", Kind.NUMBER, "Au moins", "Mindestens", "Plus petite valeur compatible avec le chiffre publié."),
    Column("high", Kind.NUMBER, "Au plus", "Höchstens", "Plus grande valeur compatible avec le chiffre publié; vide: sans limite."),
    Column("computed", Kind.NUMBER, "Calculé", "Berechnet", "Valeur comptée dans les lignes."),
    Column("difference", Kind.NUMBER, "Écart", "Abweichung", "Calculé moins publié."),
    Column(
        "matches", Kind.YES_NO, "Concorde", "Stimmt überein", "Vrai si le calcul concorde; vide si les données n'atteignent pas la période."
    ),
    Column(
        "date", Kind.DATE, "Date", "Datum", "Jour auquel une cible doit être atteinte, ou date que donne un paramètre (mois de référence)."
    ),
    # -- incidence -------------------------------------------------------------------------------
    Column("cohort", Kind.TEXT, "Cohorte", "Kohorte", "Année d'annonce, ou ALL pour toutes."),
    Column("months", Kind.WHOLE, "Mois écoulés", "Vergangene Monate", "Mois entiers depuis l'annonce."),
    Column("at_risk", Kind.WHOLE, "Sous observation", "Unter Risiko", "Dossiers encore ouverts et observés au début de ce mois."),
    Column("events", Kind.WHOLE, "Issues", "Ereignisse", "Dossiers clos ainsi à ce nombre de mois."),
    Column(
        "incidence", Kind.NUMBER, "Incidence cumulée", "Kumulierte Inzidenz", "Part des dossiers clos ainsi jusque-là (Aalen-Johansen)."
    ),
    # -- things as known -------------------------------------------------------------------------
    Column("last_seen", Kind.DATE, "Dernier mois vu", "Zuletzt gesehen", "Premier jour du dernier mois en vigueur où la clé figure."),
    Column("solved", Kind.YES_NO, "Solution", "Lösung", "Vrai si le dossier est clos avec une issue qui compte comme solution."),
    Column("announced_now", Kind.YES_NO, "Annoncé ce mois", "Neu gemeldet", "Vrai si l'annonce tombe dans ce mois."),
    Column("closed_now", Kind.YES_NO, "Clos ce mois", "Neu abgeschlossen", "Vrai si la clôture tombe dans ce mois."),
    Column("announced_age_group", Kind.CODE, "Classe d'âge à l'annonce", "Altersklasse bei Meldung", "Classe d'âge au jour de l'annonce."),
    Column(
        "vanished_on",
        Kind.DATE,
        "Disparu le",
        "Verschwunden am",
        "Dernier jour du dernier mois vu, pour une clé disparue sans date de fin.",
    ),
)

SHARED: dict[str, Column] = {column.name: column for column in _SHARED}

# Columns that, beside a key, tell who somebody is, or quote what was written of somebody; never shown in a preview.
IDENTIFYING = frozenset({"person_id", "birth_year", "birth_month", "municipality", "cell"})
