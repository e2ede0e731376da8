"""Columns of what is wrong with a delivery, and where."""

from pipelines.contracts.columns.column import Column, Kind

COLUMNS = (
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
)
