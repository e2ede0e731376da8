"""What the line of column names is held to."""

from pipelines.contracts.rules.rule import Rule

RULES = (
    Rule(
        "header.missing",
        "rejected",
        "Aucune ligne d'en-tête n'a été trouvée en haut du fichier (lignes regardées: {lines}){near}.",
        "Placez les noms de colonnes sur une ligne, au-dessus des données: {expected}.",
        "Oben in der Datei wurde keine Kopfzeile gefunden (angeschaute Zeilen: {lines}){near}.",
        "Setzen Sie die Spaltennamen auf eine Zeile über den Daten: {expected}.",
    ),
    Rule(
        "header.two_lines",
        "rejected",
        "L'en-tête s'étend sur les lignes {first} et {last}.",
        "Écrivez chaque nom de colonne en entier sur une seule ligne.",
        "Die Kopfzeile erstreckt sich über die Zeilen {first} und {last}.",
        "Schreiben Sie jeden Spaltennamen ganz auf eine einzige Zeile.",
    ),
    Rule(
        "header.merged",
        "rejected",
        "Des cellules fusionnées ({cells}) ne laissent pas voir à quelle colonne revient chaque nom.",
        "Annulez la fusion et écrivez un nom par colonne, sur une seule ligne.",
        "Wegen verbundener Zellen ({cells}) ist offen, welcher Name für welche Spalte gilt.",
        "Heben Sie die Verbindung auf, und schreiben Sie einen Namen pro Spalte auf eine einzige Zeile.",
    ),
    Rule(
        "header.mangled",
        "rejected",
        "Des en-têtes sont mal décodés, leurs accents sont devenus d'autres signes: {columns}.",
        "Réexportez le fichier d'origine en UTF-8; ne corrigez pas les en-têtes à la main, les cellules ont le même défaut.",
        "Überschriften sind falsch decodiert, ihre Umlaute und Akzente wurden zu anderen Zeichen: {columns}.",
        "Exportieren Sie die ursprüngliche Datei erneut in UTF-8; die Zellen haben denselben Fehler wie die Überschriften.",
    ),
    Rule(
        "header.column_missing",
        "rejected",
        "La colonne obligatoire «{header}» manque.",
        "Ajoutez-la{near} et renvoyez le fichier entier.",
        "Die Pflichtspalte «{header}» fehlt.",
        "Fügen Sie sie hinzu{near} und senden Sie die ganze Datei nochmals.",
    ),
    Rule(
        "header.column_twice",
        "rejected",
        "La colonne «{header}» figure deux fois.",
        "Supprimez ou renommez l'une des deux.",
        "Die Spalte «{header}» kommt zweimal vor.",
        "Löschen Sie eine der beiden oder benennen Sie sie um.",
    ),
    Rule(
        "header.repeated",
        "rejected",
        "Une seconde ligne d'en-tête se trouve plus bas.",
        "Envoyez un seul tableau par fichier.",
        "Weiter unten steht eine zweite Kopfzeile.",
        "Senden Sie nur eine Tabelle pro Datei.",
    ),
    Rule(
        "header.column_unknown",
        "warning",
        "La colonne «{header}» n'est pas prévue et n'est pas enregistrée.",
        "Supprimez-la des prochains envois{near}.",
        "Die Spalte «{header}» ist nicht vorgesehen und wird nicht gespeichert.",
        "Lassen Sie sie in den nächsten Lieferungen weg{near}.",
    ),
    Rule(
        "header.unnamed",
        "warning",
        "La colonne {place} ({column}) n'a pas de nom; ses cellules ne sont pas enregistrées.",
        "Donnez-lui le nom de sa colonne, ou videz-la.",
        "Die Spalte {place} ({column}) hat keinen Namen; ihre Zellen werden nicht gespeichert.",
        "Geben Sie ihr den Namen ihrer Spalte, oder leeren Sie sie.",
    ),
)
