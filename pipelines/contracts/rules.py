"""Every rule a delivery is held to, with the words a service reads.

A rule says what is wrong and what to do, in French and in German; the reader of files fills the `{placeholders}` of its
sentences with names of columns, allowed values or dates of the contract, never with a personal value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["rejected", "error", "warning"]


class Both(NamedTuple):
    """A word of a sentence that differs between the languages."""

    fr: str
    de: str


class Told(NamedTuple):
    """The sentences of a rule, filled in: what is wrong, and what to do next."""

    message: str
    remedy: str
    message_de: str
    remedy_de: str


@dataclass(frozen=True)
class Rule:
    """A rule with its severity and its two sentences in both languages.

    Attributes:
        id: stable identifier, `stg.finding.rule`.
        severity: `rejected` (the file is refused), `error` (the row is kept out), `warning` (the row is loaded).
        says: what is wrong, in French.
        remedy: what to do next, in French.
        says_de: what is wrong, in German.
        remedy_de: what to do next, in German.
    """

    id: str
    severity: Severity
    says: str
    remedy: str
    says_de: str
    remedy_de: str

    def told(self, **words: object) -> Told:
        """The sentences, filled in; a word that differs between the languages is given as `Both`."""
        french, german = _in(words, 0), _in(words, 1)
        return Told(
            self.says.format_map(french),
            self.remedy.format_map(french),
            self.says_de.format_map(german),
            self.remedy_de.format_map(german),
        )


def _in(words: Mapping[str, object], language: int) -> dict[str, object]:
    return {name: word[language] if isinstance(word, Both) else word for name, word in words.items()}


_RULES = (
    # -- the file --------------------------------------------------------------------------------
    Rule(
        "file.unrecognised",
        "rejected",
        "Ce fichier ne correspond à aucun envoi attendu de ce service.",
        "Nommez-le <jeu>_<AAAA-MM>.csv ou .xlsx; noms proches: {nearest}.",
        "Diese Datei entspricht keiner erwarteten Lieferung dieses Dienstes.",
        "Benennen Sie sie <Datensatz>_<JJJJ-MM>.csv oder .xlsx; ähnliche Namen: {nearest}.",
    ),
    Rule(
        "file.unreadable",
        "rejected",
        "Le fichier ne peut pas être lu ({why}).",
        "Réexportez-le en CSV ou en XLSX et renvoyez-le.",
        "Die Datei ist nicht lesbar ({why}).",
        "Exportieren Sie sie erneut als CSV oder XLSX und senden Sie sie nochmals.",
    ),
    Rule(
        "file.busy",
        "rejected",
        "Le fichier ne pouvait pas être lu, ou changeait pendant la lecture.",
        "Laissez-le en place, complet et lisible; le prochain traitement le lira.",
        "Die Datei war nicht lesbar oder änderte sich während des Lesens.",
        "Lassen Sie sie vollständig und lesbar liegen; der nächste Lauf liest sie.",
    ),
    Rule(
        "file.encrypted",
        "rejected",
        "Le fichier est protégé par un mot de passe.",
        "Renvoyez-le sans protection.",
        "Die Datei ist mit einem Passwort geschützt.",
        "Senden Sie sie ohne Schutz nochmals.",
    ),
    Rule(
        "file.encoding",
        "rejected",
        "Le texte n'est ni en UTF-8, ni en Windows-1252, ni en UTF-16 (octet {offset}).",
        "Réexportez le fichier en UTF-8.",
        "Der Text ist weder in UTF-8 noch in Windows-1252 noch in UTF-16 (Byte {offset}).",
        "Exportieren Sie die Datei erneut in UTF-8.",
    ),
    Rule(
        "file.empty",
        "rejected",
        "Le fichier est vide.",
        "Envoyez au moins la ligne d'en-tête; seule, elle veut dire «rien à annoncer».",
        "Die Datei ist leer.",
        "Senden Sie mindestens die Kopfzeile; allein bedeutet sie «nichts zu melden».",
    ),
    Rule(
        "file.future",
        "rejected",
        "La période {period} est dans l'avenir.",
        "Vérifiez le mois dans le nom du fichier.",
        "Die Periode {period} liegt in der Zukunft.",
        "Prüfen Sie den Monat im Dateinamen.",
    ),
    Rule(
        "file.ambiguous",
        "rejected",
        "Deux fichiers sont déposés pour la même version de la même période.",
        "N'en laissez qu'un, ou donnez à l'autre la version suivante (_v2, _v3 …).",
        "Für dieselbe Version derselben Periode liegen zwei Dateien vor.",
        "Lassen Sie nur eine liegen, oder geben Sie der anderen die nächste Version (_v2, _v3 …).",
    ),
    Rule(
        "file.wrong_period",
        "rejected",
        "{outside} des {dated} dates de fin sont hors du mois {period}: ce fichier semble contenir un autre mois.",
        "Envoyez le fichier de ce mois sous ce nom.",
        "{outside} von {dated} Enddaten liegen ausserhalb des Monats {period}: Die Datei scheint einen anderen Monat zu enthalten.",
        "Senden Sie unter diesem Namen die Datei dieses Monats.",
    ),
    Rule(
        "file.too_many_errors",
        "rejected",
        "{rows} lignes sur {read} sont en erreur: c'est plus que la limite de {share}.",
        "Corrigez les lignes listées et renvoyez le fichier entier avec la version suivante.",
        "{rows} von {read} Zeilen sind fehlerhaft: mehr als die Grenze von {share}.",
        "Korrigieren Sie die aufgeführten Zeilen und senden Sie die ganze Datei mit der nächsten Version.",
    ),
    Rule(
        "file.no_row",
        "rejected",
        "Aucune ligne sous l'en-tête ne se lit comme un enregistrement.",
        "Vérifiez que les lignes ont le même séparateur et les mêmes colonnes que l'en-tête; sans rien à annoncer, envoyez l'en-tête seul.",
        "Keine Zeile unter der Kopfzeile liest sich als Datensatz.",
        "Die Zeilen brauchen Trennzeichen und Spalten der Kopfzeile; ist nichts zu melden, senden Sie die Kopfzeile allein.",
    ),
    Rule(
        "header.missing",
        "rejected",
        "Aucune ligne d'en-tête n'a été trouvée dans les {lines} premières lignes.",
        "Placez les noms de colonnes du modèle sur une ligne, au-dessus des données.",
        "In den ersten {lines} Zeilen wurde keine Kopfzeile gefunden.",
        "Setzen Sie die Spaltennamen der Vorlage auf eine Zeile über den Daten.",
    ),
    Rule(
        "header.column_missing",
        "rejected",
        "La colonne obligatoire «{header}» manque.",
        "Ajoutez-la et renvoyez le fichier entier.",
        "Die Pflichtspalte «{header}» fehlt.",
        "Fügen Sie sie hinzu und senden Sie die ganze Datei nochmals.",
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
        "Cette colonne n'est pas prévue et n'est pas enregistrée.",
        "Supprimez-la des prochains envois.",
        "Diese Spalte ist nicht vorgesehen und wird nicht gespeichert.",
        "Lassen Sie sie in den nächsten Lieferungen weg.",
    ),
    # -- the line --------------------------------------------------------------------------------
    Rule(
        "line.cells",
        "error",
        "La ligne a {cells} cellules au lieu de {expected}.",
        "Cherchez un séparateur ou un guillemet de trop ou manquant, et mettez entre guillemets le texte qui contient un séparateur.",
        "Die Zeile hat {cells} Zellen statt {expected}.",
        "Suchen Sie ein Trenn- oder Anführungszeichen zu viel oder zu wenig; Text mit einem Trennzeichen gehört in Anführungszeichen.",
    ),
    Rule(
        "line.quotes",
        "error",
        "Un guillemet est de trop, manque ou n'est pas doublé sur cette ligne.",
        "Fermez les guillemets qui entourent un texte et doublez ceux qui en font partie.",
        "Auf dieser Zeile ist ein Anführungszeichen zu viel, fehlt oder ist nicht verdoppelt.",
        "Schliessen Sie die Anführungszeichen um einen Text und verdoppeln Sie jene, die dazugehören.",
    ),
    Rule(
        "line.beyond",
        "error",
        "Une valeur se trouve à droite de la dernière colonne nommée.",
        "Effacez-la ou nommez sa colonne; si la ligne est décalée, remettez chaque valeur sous son en-tête.",
        "Rechts der letzten benannten Spalte steht ein Wert.",
        "Löschen Sie ihn oder benennen Sie seine Spalte; ist die Zeile verschoben, setzen Sie jeden Wert unter seine Überschrift.",
    ),
    Rule(
        "key.duplicate",
        "error",
        "Cette clé figure déjà plus haut dans le fichier.",
        "Gardez une seule ligne par clé.",
        "Dieser Schlüssel steht weiter oben schon in der Datei.",
        "Behalten Sie nur eine Zeile pro Schlüssel.",
    ),
    # -- the cell --------------------------------------------------------------------------------
    Rule(
        "value.required",
        "error",
        "«{header}» est vide.",
        "Remplissez cette cellule.",
        "«{header}» ist leer.",
        "Füllen Sie diese Zelle aus.",
    ),
    Rule(
        "text.personal",
        "error",
        "Ce texte contient un numéro AVS ou une date complète: une valeur d'une autre colonne s'y est glissée.",
        "Remettez chaque valeur sous son en-tête; n'écrivez pas de numéro AVS ni de date de naissance dans ce champ.",
        "Dieser Text enthält eine AHV-Nummer oder ein ganzes Datum: Ein Wert einer anderen Spalte ist hineingerutscht.",
        "Setzen Sie jeden Wert unter seine Überschrift; schreiben Sie weder AHV-Nummer noch Geburtsdatum in dieses Feld.",
    ),
    Rule(
        "date.format",
        "error",
        "Ce n'est pas une date valable.",
        "Écrivez le jour ainsi: 31.12.2012.",
        "Das ist kein gültiges Datum.",
        "Schreiben Sie den Tag so: 31.12.2012.",
    ),
    Rule(
        "date.two_digit_year",
        "error",
        "L'année n'a que deux chiffres.",
        "Écrivez l'année en entier: 31.12.2012.",
        "Das Jahr hat nur zwei Ziffern.",
        "Schreiben Sie das Jahr aus: 31.12.2012.",
    ),
    Rule(
        "number.format",
        "error",
        "Ce n'est pas un nombre.",
        "Écrivez seulement le nombre, par exemple 1234.50.",
        "Das ist keine Zahl.",
        "Schreiben Sie nur die Zahl, zum Beispiel 1234.50.",
    ),
    Rule(
        "number.ambiguous",
        "error",
        "Ce nombre peut se lire comme des milliers ou comme des décimales.",
        "Écrivez-le sans séparateur de milliers, avec deux décimales: 1234.00.",
        "Diese Zahl kann Tausender oder Dezimalen meinen.",
        "Schreiben Sie sie ohne Tausendertrennzeichen und mit zwei Dezimalen: 1234.00.",
    ),
    Rule(
        "number.decimals",
        "error",
        "Ce montant a plus de deux décimales.",
        "Arrondissez-le au centime: 1234.50.",
        "Dieser Betrag hat mehr als zwei Dezimalen.",
        "Runden Sie ihn auf den Rappen: 1234.50.",
    ),
    Rule(
        "number.whole",
        "error",
        "Ce n'est pas un nombre entier.",
        "Écrivez un nombre entier, sans décimales.",
        "Das ist keine ganze Zahl.",
        "Schreiben Sie eine ganze Zahl ohne Dezimalen.",
    ),
    Rule(
        "number.range",
        "error",
        "Ce nombre est hors des bornes ({range}).",
        "Corrigez la valeur.",
        "Diese Zahl liegt ausserhalb der Grenzen ({range}).",
        "Korrigieren Sie den Wert.",
    ),
    Rule(
        "yes_no.format",
        "error",
        "Ce n'est ni oui ni non.",
        "Écrivez OUI ou NON.",
        "Das ist weder Ja noch Nein.",
        "Schreiben Sie JA oder NEIN.",
    ),
    Rule(
        "code.unknown",
        "error",
        "Ce code est inconnu.",
        "Valeurs admises: {allowed}.",
        "Dieser Code ist unbekannt.",
        "Zulässige Werte: {allowed}.",
    ),
    Rule(
        "avs.format",
        "error",
        "Ce n'est pas un numéro AVS à 13 chiffres.",
        "Écrivez-le ainsi: 756.1234.5678.97.",
        "Das ist keine 13-stellige AHV-Nummer.",
        "Schreiben Sie sie so: 756.1234.5678.97.",
    ),
    Rule(
        "avs.excel",
        "error",
        "Excel a tronqué le numéro AVS en notation scientifique.",
        "Mettez la colonne au format Texte, puis ressaisissez le numéro.",
        "Excel hat die AHV-Nummer in wissenschaftlicher Schreibweise abgeschnitten.",
        "Setzen Sie die Spalte auf das Format Text und erfassen Sie die Nummer neu.",
    ),
    Rule(
        "avs.old",
        "error",
        "C'est un ancien numéro AVS à 11 chiffres.",
        "Indiquez le nouveau numéro à 13 chiffres, qui commence par 756.",
        "Das ist eine alte, 11-stellige AHV-Nummer.",
        "Geben Sie die neue 13-stellige Nummer an, die mit 756 beginnt.",
    ),
    Rule(
        "avs.check_digit",
        "error",
        "Le chiffre de contrôle du numéro AVS est faux.",
        "Vérifiez le numéro sur la carte d'assuré.",
        "Die Prüfziffer der AHV-Nummer ist falsch.",
        "Prüfen Sie die Nummer auf der Versichertenkarte.",
    ),
    Rule(
        "birth_date.range",
        "error",
        "La date de naissance donne un âge impossible, qui n'est pas de 0 à 110 ans.",
        "Vérifiez la date.",
        "Das Geburtsdatum ergibt ein unmögliches Alter, nicht von 0 bis 110 Jahren.",
        "Prüfen Sie das Datum.",
    ),
    Rule(
        "municipality.unknown",
        "error",
        "Ce numéro de commune n'existe pas.",
        "Indiquez le numéro OFS de la commune (registre de l'OFS).",
        "Diese Gemeindenummer gibt es nicht.",
        "Geben Sie die BFS-Nummer der Gemeinde an (Verzeichnis des BFS).",
    ),
    Rule(
        "municipality.other_year",
        "warning",
        "Cette commune n'existait pas en {period}; elle est comptée avec celle qui lui correspond.",
        "Indiquez le numéro OFS valable ce mois-là.",
        "Diese Gemeinde gab es {period} nicht; sie zählt zu jener, die ihr entspricht.",
        "Geben Sie die BFS-Nummer an, die in diesem Monat gilt.",
    ),
    # -- the row ---------------------------------------------------------------------------------
    Rule(
        "date.after_period",
        "error",
        "Cette date est postérieure à la fin du mois {period}.",
        "Vérifiez la date, ou le mois du fichier.",
        "Dieses Datum liegt nach dem Ende des Monats {period}.",
        "Prüfen Sie das Datum oder den Monat der Datei.",
    ),
    Rule(
        "date.order",
        "error",
        "«{header}» précède «{other}».",
        "Corrigez l'une des deux dates.",
        "«{header}» liegt vor «{other}».",
        "Korrigieren Sie eines der beiden Daten.",
    ),
    Rule(
        "end.reported_late",
        "warning",
        "Cette date de fin est dans l'un des deux mois précédents: elle est annoncée en retard.",
        "Rien à faire si elle est juste; annoncez les fins dans leur mois.",
        "Dieses Enddatum liegt in einem der zwei Vormonate: Es wird verspätet gemeldet.",
        "Stimmt es, ist nichts zu tun; melden Sie Enden in ihrem Monat.",
    ),
    Rule(
        "end.too_early",
        "error",
        "Cette date de fin est antérieure de plus de deux mois à {period}.",
        "Corrigez la date, ou renvoyez une correction du mois concerné.",
        "Dieses Enddatum liegt mehr als zwei Monate vor {period}.",
        "Korrigieren Sie das Datum, oder senden Sie eine Korrektur des betreffenden Monats.",
    ),
    Rule(
        "given.missing",
        "error",
        "«{header}» est vide alors que «{other}» est rempli.",
        "Remplissez «{header}».",
        "«{header}» ist leer, obwohl «{other}» ausgefüllt ist.",
        "Füllen Sie «{header}» aus.",
    ),
    Rule(
        "given.unexpected",
        "error",
        "«{header}» est rempli alors que «{other}» est vide.",
        "Videz «{header}» ou remplissez «{other}».",
        "«{header}» ist ausgefüllt, obwohl «{other}» leer ist.",
        "Leeren Sie «{header}» oder füllen Sie «{other}» aus.",
    ),
    Rule(
        "given.only_with",
        "error",
        "«{header}» n'est admis qu'avec {code} dans «{other}».",
        "Videz «{header}», ou corrigez «{other}».",
        "«{header}» ist nur zulässig, wenn in «{other}» {code} steht.",
        "Leeren Sie «{header}», oder korrigieren Sie «{other}».",
    ),
    Rule(
        "number.above",
        "warning",
        "«{header}» dépasse «{other}».",
        "Vérifiez les deux nombres.",
        "«{header}» ist grösser als «{other}».",
        "Prüfen Sie die beiden Zahlen.",
    ),
    Rule(
        "age.unusual",
        "warning",
        "L'âge à cette date est inhabituel: il n'est pas de {range} ans.",
        "Vérifiez la date de naissance et cette date.",
        "Das Alter an diesem Tag ist ungewöhnlich: nicht von {range} Jahren.",
        "Prüfen Sie das Geburtsdatum und dieses Datum.",
    ),
    # -- across months, computed at each rebuild -------------------------------------------------
    Rule(
        "history.vanished",
        "warning",
        "Ce dossier sans date de fin n'a plus de ligne valable dans l'envoi suivant.",
        "Annoncez sa clôture, ou remettez-le, sans erreur, dans le prochain envoi.",
        "Dieser Fall ohne Enddatum hat in der folgenden Lieferung keine gültige Zeile mehr.",
        "Melden Sie seinen Abschluss, oder führen Sie ihn in der nächsten Lieferung fehlerfrei wieder auf.",
    ),
    Rule(
        "history.reopened",
        "warning",
        "Ce dossier a été annoncé clos dans un mois précédent et figure de nouveau.",
        "Donnez un nouveau numéro au nouveau dossier, ou corrigez la clôture.",
        "Dieser Fall wurde in einem früheren Monat als abgeschlossen gemeldet und erscheint wieder.",
        "Geben Sie dem neuen Fall eine neue Nummer, oder korrigieren Sie den Abschluss.",
    ),
    Rule(
        "history.person_changed",
        "warning",
        "Ce numéro désignait une autre personne dans un envoi précédent.",
        "Ne réattribuez pas un numéro; corrigez le numéro AVS s'il était faux.",
        "Diese Nummer bezeichnete in einer früheren Lieferung eine andere Person.",
        "Vergeben Sie keine Nummer neu; korrigieren Sie die AHV-Nummer, falls sie falsch war.",
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _RULES}
