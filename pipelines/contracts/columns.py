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
    # -- what several datasets say -----------------------------------------------------------------
    Column("case_id", Kind.TEXT, "No dossier", "Dossiernummer", "Numéro du dossier ou de la situation, donné par le service."),
    Column("announced_on", Kind.DATE, "Date d'annonce", "Meldedatum", "Jour de l'annonce."),
    Column("announced_age", Kind.WHOLE, "Âge à l'annonce", "Alter bei Meldung", "Âge révolu au jour de l'annonce, pris à la lecture."),
    Column("closed_on", Kind.DATE, "Date de clôture", "Abschlussdatum", "Jour de la clôture; vide tant que c'est ouvert."),
    Column("outcome", Kind.CODE, "Issue", "Ergebnis", "Comment cela s'est terminé; vide tant que c'est ouvert."),
    Column("started_on", Kind.DATE, "Date de début", "Beginn", "Premier jour."),
    Column("ended_on", Kind.DATE, "Date de fin", "Ende", "Dernier jour; vide tant que cela dure."),
    Column("end_reason", Kind.CODE, "Motif de fin", "Grund des Endes", "Pourquoi cela s'est terminé; vide tant que cela dure."),
    Column("measure_id", Kind.TEXT, "No mesure", "Massnahmennummer", "Numéro de la mesure dans l'inventaire."),
    Column("participation_id", Kind.TEXT, "No participation", "Teilnahmenummer", "Numéro de la participation, donné par le service."),
    Column("provider", Kind.TEXT, "Organisateur", "Veranstalter", "Institution qui conduit le programme ou la mesure."),
    Column("branch", Kind.CODE, "Branche", "Branche", "Section NOGA 2008, une lettre de A à U."),
    Column("places", Kind.WHOLE, "Places", "Plätze", "Nombre de places."),
    Column("action_id", Kind.TEXT, "No action", "Aktionsnummer", "Numéro de l'action des axes ou de l'action corrective."),
    Column("action", Kind.TEXT, "Action", "Aktion", "Ce qui est entrepris, en une phrase."),
    # -- deliveries ------------------------------------------------------------------------------
    Column("delivery_id", Kind.TEXT, "Livraison", "Lieferung", "Livraison d'où vient la ligne (16 chiffres hexadécimaux, stg.delivery)."),
    Column(
        "service",
        Kind.CODE,
        "Service",
        "Dienst",
        "Service qui envoie, ou, d'une action ou d'une séance de formation, celui qu'elle concerne: SEMP, SASO, OAI, SFPO, SMIG ou CII.",
    ),
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
        "Statut: d'une livraison, in_force, superseded, rejected, held ou withdrawn; d'une action, de PREVU à REALISE ou ABANDONNE.",
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
    Column("last_day", Kind.DATE, "Dernier jour", "Letzter Tag", "Dernier jour de la période, jour de référence des stocks."),
    Column("trailing_from", Kind.DATE, "Douze mois dès", "Zwölf Monate ab", "Premier jour des douze mois qui finissent avec la période."),
    Column(
        "due_on",
        Kind.DATE,
        "Échéance",
        "Fällig am",
        "Jour d'échéance: d'un envoi, le 10 du mois suivant, le 31 janvier pour une année, ou le jour ouvrable qui suit; d'une action, "
        "celui qui est fixé.",
    ),
    Column("cadence", Kind.CODE, "Rythme", "Rhythmus", "monthly ou yearly."),
    Column("owed_from", Kind.DATE, "Dû depuis", "Geschuldet ab", "Première période due; vide pour un envoi facultatif."),
    Column(
        "latest",
        Kind.DATE,
        "Dernière période",
        "Letzte Periode",
        "Dernière période en vigueur du même envoi: ce jeu de données, ce service.",
    ),
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
    Column("age_from", Kind.WHOLE, "Dès l'âge", "Ab Alter", "Premier âge révolu de la classe, ou admis par la règle du jour."),
    Column(
        "age_to",
        Kind.WHOLE,
        "Jusqu'à l'âge",
        "Bis Alter",
        "Dernier âge révolu de la classe, ou admis par la règle du jour; vide: sans limite.",
    ),
    Column("parameter", Kind.TEXT, "Paramètre", "Parameter", "Nom du paramètre daté."),
    Column("source", Kind.TEXT, "Source", "Quelle", "D'où vient l'information."),
    # -- indicators ------------------------------------------------------------------------------
    Column("indicator", Kind.TEXT, "Indicateur", "Indikator", "Identifiant d'un indicateur du catalogue, nom de sa table dans mart."),
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
    Column(
        "reads",
        Kind.TEXT,
        "Mois lus",
        "Gelesene Monate",
        "Mois que le chiffre lit: month (ceux de la période), end (le dernier), trailing N, since N (mois de l'année) ou cumulated.",
    ),
    Column("grains", Kind.TEXT, "Pas de temps offerts", "Verfügbare Zeitschritte", "Pas de temps disponibles: month, quarter, year."),
    Column(
        "overlapping",
        Kind.TEXT,
        "Ventilations qui se recoupent",
        "Überlappende Gliederungen",
        "Ventilations dont une même unité peut compter dans plusieurs modalités: leur somme dépasse le total.",
    ),
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
    # -- NE-ESO criteria, early intervention -------------------------------------------------------
    Column(
        "productivity_from", Kind.NUMBER, "Productivité dès", "Produktivität ab", "Plus basse productivité admise par la règle du jour."
    ),
    Column(
        "productivity_to", Kind.NUMBER, "Productivité jusqu'à", "Produktivität bis", "Plus haute productivité admise par la règle du jour."
    ),
    Column("debt_to", Kind.NUMBER, "Dettes jusqu'à", "Schulden bis", "Dettes les plus élevées admises par la règle du jour, en francs."),
    Column(
        "meets_productivity", Kind.YES_NO, "Productivité admise", "Produktivität erfüllt", "Vrai si la productivité est dans les bornes."
    ),
    Column(
        "meets_dependants",
        Kind.YES_NO,
        "Sans charge de famille",
        "Ohne Familienpflichten",
        "Vrai si la personne est sans charge de famille.",
    ),
    Column(
        "meets_social_problem",
        Kind.YES_NO,
        "Sans problématique lourde",
        "Ohne schwere Problematik",
        "Vrai si aucune problématique sociale lourde n'est constatée.",
    ),
    Column("meets_debt", Kind.YES_NO, "Dettes admises", "Schulden erfüllt", "Vrai si les dettes ne dépassent pas la limite."),
    Column(
        "meets_age", Kind.YES_NO, "Âge admis", "Alter erfüllt", "Vrai si l'âge à la candidature est dans les bornes; vide s'il est inconnu."
    ),
    Column("eligible", Kind.YES_NO, "Admissible", "Zulassungsfähig", "Vrai si tous les critères du jour de la candidature sont remplis."),
    Column("criterion", Kind.CODE, "Critère", "Kriterium", "Critère NE-ESO que la candidature ne remplit pas."),
    Column("open", Kind.WHOLE, "Ouvertes", "Offen", "Situations ouvertes au dernier jour du mois."),
    Column(
        "capacity", Kind.NUMBER, "Capacité", "Kapazität", "Situations qui peuvent être suivies à la fois; vide si elle n'est pas connue."
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
    # -- measures and spells ----------------------------------------------------------------------
    Column("former_names", Kind.TEXT, "Anciens noms", "Frühere Namen", "Noms que la mesure a portés avant, sous le même numéro."),
    Column("open_at_end", Kind.YES_NO, "Ouverte à la fin", "Am Ende offen", "Vrai si la mesure est ouverte au dernier jour du mois."),
    Column("in_use", Kind.WHOLE, "Utilisée", "Genutzt", "Participations qui ont duré au moins un jour dans le mois."),
    Column("ongoing", Kind.WHOLE, "En cours", "Laufend", "Participations ouvertes au dernier jour du mois."),
    Column("entries", Kind.WHOLE, "Entrées", "Eintritte", "Participations commencées dans le mois."),
    Column("exits", Kind.WHOLE, "Sorties", "Austritte", "Participations terminées dans le mois."),
    Column("placed", Kind.WHOLE, "Placements", "Vermittlungen", "Participations terminées dans le mois par un emploi ou une formation."),
    Column("dropped_out", Kind.WHOLE, "Abandons", "Abbrüche", "Participations terminées dans le mois par un abandon ou une exclusion."),
    Column(
        "services",
        Kind.TEXT,
        "Services utilisateurs",
        "Nutzende Dienste",
        "Services qui ont utilisé la mesure en douze mois, ou dans l'année, joints par +; vide: aucun.",
    ),
    Column(
        "mixed",
        Kind.CODE,
        "Mesure mixte",
        "Gemischte Massnahme",
        "OUI si deux services ou plus ont utilisé la mesure en douze mois, ou dans l'année; sinon NON.",
    ),
    Column("first_score", Kind.WHOLE, "Première note", "Erste Bewertung", "Première note de la participation dans cette dimension."),
    Column("last_score", Kind.WHOLE, "Dernière note", "Letzte Bewertung", "Dernière note de la participation dans cette dimension."),
    Column("progress", Kind.WHOLE, "Progression", "Fortschritt", "Dernière note moins la première."),
    Column(
        "covered_to",
        Kind.DATE,
        "Couvert jusqu'au",
        "Gedeckt bis",
        "Dernier jour de la période de prestation: sa fin ou, tant qu'elle dure, celle du mois de sa dernière ligne en vigueur.",
    ),
)

SHARED: dict[str, Column] = {column.name: column for column in _SHARED}

# Columns that, beside a key, tell who somebody is, or quote what was written of somebody; never shown in a preview.
IDENTIFYING = frozenset({"person_id", "birth_year", "birth_month", "municipality", "cell"})
