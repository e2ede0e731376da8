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
        "file.unforeseen",
        "rejected",
        "La lecture de ce fichier a échoué pour une raison imprévue ({where}).",
        "Signalez cette ligne à l'équipe cii-monitor; les autres fichiers sont traités.",
        "Das Lesen dieser Datei ist aus einem unvorhergesehenen Grund gescheitert ({where}).",
        "Melden Sie diese Zeile dem Team cii-monitor; die anderen Dateien werden verarbeitet.",
    ),
    Rule(
        "file.busy",
        "rejected",
        "Le fichier changeait encore pendant la lecture.",
        "Laissez-le en place, complet; le prochain traitement le lira.",
        "Die Datei änderte sich noch während des Lesens.",
        "Lassen Sie sie vollständig liegen; der nächste Lauf liest sie.",
    ),
    Rule(
        "file.denied",
        "rejected",
        "Le traitement n'a pas le droit de lire ce fichier ou ce dossier, ou le disque ne le rend pas.",
        "Donnez-lui le droit de lecture, ou déposez le fichier de nouveau.",
        "Der Lauf darf diese Datei oder diesen Ordner nicht lesen, oder der Datenträger gibt sie nicht her.",
        "Geben Sie ihm das Leserecht, oder legen Sie die Datei erneut ab.",
    ),
    Rule(
        "file.vanished",
        "rejected",
        "Le fichier a disparu entre le moment où il a été vu et sa lecture.",
        "Déposez-le de nouveau s'il doit compter; sinon il n'y a rien à faire.",
        "Die Datei ist verschwunden, nachdem sie gesehen und bevor sie gelesen wurde.",
        "Legen Sie sie erneut ab, wenn sie zählen soll; sonst ist nichts zu tun.",
    ),
    Rule(
        "file.outside",
        "rejected",
        "C'est un lien vers un endroit hors du dossier des envois; il n'est pas suivi.",
        "Déposez le fichier lui-même à la place du lien.",
        "Das ist eine Verknüpfung auf einen Ort ausserhalb des Ablageordners; ihr wird nicht gefolgt.",
        "Legen Sie anstelle der Verknüpfung die Datei selbst ab.",
    ),
    Rule(
        "file.not_a_file",
        "rejected",
        "Sous ce nom se trouve un dossier, un lien rompu ou autre chose qu'un fichier.",
        "Déposez à sa place le fichier CSV ou XLSX.",
        "Unter diesem Namen liegt ein Ordner, eine kaputte Verknüpfung oder sonst etwas, das keine Datei ist.",
        "Legen Sie an seiner Stelle die CSV- oder XLSX-Datei ab.",
    ),
    Rule(
        "file.name",
        "rejected",
        "Le nom du fichier contient des caractères illisibles ou invisibles.",
        "Renommez-le <jeu>_<AAAA-MM>.csv ou .xlsx.",
        "Der Dateiname enthält unlesbare oder unsichtbare Zeichen.",
        "Benennen Sie sie <Datensatz>_<JJJJ-MM>.csv oder .xlsx.",
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
        "file.format",
        "rejected",
        "Ce fichier est {kind}, pas un CSV ni un classeur XLSX.",
        "{send}, et envoyez un fichier CSV ou XLSX.",
        "Diese Datei ist {kind}, keine CSV-Datei und keine XLSX-Arbeitsmappe.",
        "{send}, und senden Sie eine CSV- oder XLSX-Datei.",
    ),
    Rule(
        "file.ending",
        "warning",
        "Ce fichier nommé .csv est un classeur XLSX; il a été lu comme tel.",
        "Nommez-le .xlsx la prochaine fois.",
        "Diese Datei mit der Endung .csv ist eine XLSX-Arbeitsmappe; sie wurde als solche gelesen.",
        "Geben Sie ihr nächstes Mal die Endung .xlsx.",
    ),
    Rule(
        "file.sheet",
        "rejected",
        "Le classeur a plusieurs feuilles et «{sheet}» ne porte pas le tableau, ou n'est pas seule de ce nom.",
        "Nommez «{dataset}» la feuille du tableau, et elle seule, ou placez-la en premier.",
        "Die Arbeitsmappe hat mehrere Blätter, und «{sheet}» enthält die Tabelle nicht oder heisst nicht als einziges so.",
        "Nennen Sie das Blatt mit der Tabelle, und nur dieses, «{dataset}», oder stellen Sie es an den Anfang.",
    ),
    Rule(
        "file.too_large",
        "rejected",
        "Le fichier dépasse une limite: {what}, au plus {limit}.",
        "Retirez ce qui n'est pas du tableau demandé et renvoyez-le; s'il doit être aussi grand, demandez à relever la limite.",
        "Die Datei überschreitet eine Grenze: {what}, höchstens {limit}.",
        "Entfernen Sie, was nicht zur verlangten Tabelle gehört, und senden Sie sie nochmals; muss sie so gross sein, verlangen Sie mehr.",
    ),
    Rule(
        "file.encoding",
        "rejected",
        "Le texte n'est ni en UTF-8, ni en Windows-1252, ni en UTF-16 avec sa marque (octet {offset}, ligne {line}){likely}.",
        "Réexportez le fichier en UTF-8.",
        "Der Text ist weder in UTF-8 noch in Windows-1252 noch in UTF-16 mit Marke (Byte {offset}, Zeile {line}){likely}.",
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
        "{rows} lignes sur {read} sont en erreur: c'est plus que la limite de {share}. Surtout: {cause}.",
        "Corrigez les lignes listées et renvoyez le fichier entier avec la version suivante.",
        "{rows} von {read} Zeilen sind fehlerhaft: mehr als die Grenze von {share}. Vor allem: {cause}.",
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
        "Aucune ligne d'en-tête n'a été trouvée dans les {lines} premières lignes{near}.",
        "Placez les noms de colonnes sur une ligne, au-dessus des données: {expected}.",
        "In den ersten {lines} Zeilen wurde keine Kopfzeile gefunden{near}.",
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
        "Cette colonne n'est pas prévue et n'est pas enregistrée.",
        "Supprimez-la des prochains envois{near}.",
        "Diese Spalte ist nicht vorgesehen und wird nicht gespeichert.",
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
        "line.wrapped",
        "error",
        "La ligne entière est entre guillemets et ne forme qu'une cellule.",
        "Enlevez les guillemets du début et de la fin de la ligne, et ne laissez qu'un guillemet là où il est doublé.",
        "Die ganze Zeile steht in Anführungszeichen und bildet eine einzige Zelle.",
        "Entfernen Sie die Anführungszeichen am Anfang und am Ende der Zeile; aus verdoppelten wird je eines.",
    ),
    Rule(
        "line.control",
        "error",
        "La ligne contient un caractère de commande invisible (NUL ou semblable).",
        "Effacez ce caractère ou ressaisissez la ligne, puis réexportez le fichier.",
        "Die Zeile enthält ein unsichtbares Steuerzeichen (NUL oder ähnlich).",
        "Löschen Sie dieses Zeichen oder erfassen Sie die Zeile neu, und exportieren Sie die Datei erneut.",
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
        "Cette clé figure déjà à la ligne {first}.",
        "Gardez une seule ligne par clé.",
        "Dieser Schlüssel steht schon auf Zeile {first}.",
        "Behalten Sie nur eine Zeile pro Schlüssel.",
    ),
    # -- the cell --------------------------------------------------------------------------------
    Rule(
        "cell.error",
        "error",
        "La cellule contient une erreur d'Excel au lieu d'une valeur.",
        "Corrigez sa formule, ou remplacez l'erreur par la valeur; si elle manque, videz la cellule.",
        "Die Zelle enthält einen Excel-Fehler statt eines Werts.",
        "Berichtigen Sie ihre Formel, oder setzen Sie den Wert ein; fehlt er, leeren Sie die Zelle.",
    ),
    Rule(
        "cell.formula",
        "error",
        "La cellule contient une formule dont le résultat n'est pas enregistré dans le fichier.",
        "Ouvrez le fichier dans Excel, enregistrez-le et renvoyez-le; ou remplacez la formule par sa valeur.",
        "Die Zelle enthält eine Formel, deren Ergebnis nicht in der Datei gespeichert ist.",
        "Öffnen Sie die Datei in Excel, speichern und senden Sie sie nochmals; oder ersetzen Sie die Formel durch ihren Wert.",
    ),
    Rule(
        "cell.too_long",
        "error",
        "Une cellule de la ligne est plus longue que ce qu'une cellule peut contenir.",
        "Raccourcissez ce texte; un guillemet qui manque peut aussi avoir réuni plusieurs cellules.",
        "Eine Zelle der Zeile ist länger, als eine Zelle sein darf.",
        "Kürzen Sie diesen Text; auch ein fehlendes Anführungszeichen kann mehrere Zellen verbunden haben.",
    ),
    Rule(
        "value.required",
        "error",
        "«{header}» est vide.",
        "Remplissez cette cellule.",
        "«{header}» ist leer.",
        "Füllen Sie diese Zelle aus.",
    ),
    Rule(
        "value.marker",
        "warning",
        "«{header}»: un signe (X, *, ..., <30) tient lieu de valeur; la cellule compte comme vide.",
        "Indiquez la valeur, ou laissez la cellule vide.",
        "«{header}»: Ein Zeichen (X, *, ..., <30) steht anstelle eines Werts; die Zelle gilt als leer.",
        "Geben Sie den Wert an, oder lassen Sie die Zelle leer.",
    ),
    Rule(
        "value.marker_required",
        "error",
        "«{header}»: un signe (X, *, ..., <30) tient lieu de valeur, alors que la valeur est obligatoire.",
        "Indiquez la valeur elle-même; rien ne doit être masqué dans cet envoi.",
        "«{header}»: Ein Zeichen (X, *, ..., <30) steht anstelle eines Werts, der obligatorisch ist.",
        "Geben Sie den Wert selbst an; in dieser Lieferung ist nichts zu verdecken.",
    ),
    Rule(
        "text.personal",
        "error",
        "«{header}» contient un numéro AVS ou une date complète: une valeur d'une autre colonne s'y est glissée.",
        "Remettez chaque valeur sous son en-tête; n'écrivez pas de numéro AVS ni de date de naissance dans ce champ.",
        "«{header}» enthält eine AHV-Nummer oder ein ganzes Datum: Ein Wert einer anderen Spalte ist hineingerutscht.",
        "Setzen Sie jeden Wert unter seine Überschrift; schreiben Sie weder AHV-Nummer noch Geburtsdatum in dieses Feld.",
    ),
    Rule(
        "text.mangled",
        "warning",
        "Ce texte a été mal décodé: ses accents sont devenus d'autres signes.",
        "Réexportez le fichier d'origine en UTF-8.",
        "Dieser Text wurde falsch decodiert: Umlaute und Akzente wurden zu anderen Zeichen.",
        "Exportieren Sie die ursprüngliche Datei erneut in UTF-8.",
    ),
    Rule(
        "date.format",
        "error",
        "«{header}»: ce n'est pas une date valable ({why}).",
        "Écrivez le jour ainsi: 31.12.2012.",
        "«{header}»: Das ist kein gültiges Datum ({why}).",
        "Schreiben Sie den Tag so: 31.12.2012.",
    ),
    Rule(
        "date.two_digit_year",
        "error",
        "«{header}»: l'année n'a que deux chiffres.",
        "Écrivez l'année en entier: 31.12.2012.",
        "«{header}»: Das Jahr hat nur zwei Ziffern.",
        "Schreiben Sie das Jahr aus: 31.12.2012.",
    ),
    Rule(
        "number.format",
        "error",
        "«{header}»: ce n'est pas un nombre lisible ({why}).",
        "Écrivez seulement le nombre, par exemple 1234.50.",
        "«{header}»: Das ist keine lesbare Zahl ({why}).",
        "Schreiben Sie nur die Zahl, zum Beispiel 1234.50.",
    ),
    Rule(
        "number.ambiguous",
        "error",
        "«{header}»: ce nombre peut se lire comme des milliers ou comme des décimales.",
        "Écrivez-le sans séparateur de milliers, avec deux décimales: 1234.00.",
        "«{header}»: Diese Zahl kann Tausender oder Dezimalen meinen.",
        "Schreiben Sie sie ohne Tausendertrennzeichen und mit zwei Dezimalen: 1234.00.",
    ),
    Rule(
        "number.decimals",
        "error",
        "«{header}»: ce montant a plus de deux décimales.",
        "Arrondissez-le au centime: 1234.50.",
        "«{header}»: Dieser Betrag hat mehr als zwei Dezimalen.",
        "Runden Sie ihn auf den Rappen: 1234.50.",
    ),
    Rule(
        "number.whole",
        "error",
        "«{header}»: ce n'est pas un nombre entier.",
        "Écrivez un nombre entier, sans décimales.",
        "«{header}»: Das ist keine ganze Zahl.",
        "Schreiben Sie eine ganze Zahl ohne Dezimalen.",
    ),
    Rule(
        "number.range",
        "error",
        "«{header}»: ce nombre est hors des bornes ({range}).",
        "Corrigez la valeur.",
        "«{header}»: Diese Zahl liegt ausserhalb der Grenzen ({range}).",
        "Korrigieren Sie den Wert.",
    ),
    Rule(
        "yes_no.format",
        "error",
        "«{header}»: ce n'est ni oui ni non.",
        "Écrivez OUI ou NON.",
        "«{header}»: Das ist weder Ja noch Nein.",
        "Schreiben Sie JA oder NEIN.",
    ),
    Rule(
        "code.unknown",
        "error",
        "«{header}»: ce code est inconnu.",
        "Valeurs admises: {allowed}.",
        "«{header}»: Dieser Code ist unbekannt.",
        "Zulässige Werte: {allowed}.",
    ),
    Rule(
        "avs.format",
        "error",
        "«{header}»: ce n'est pas un numéro AVS à 13 chiffres.",
        "Écrivez-le ainsi: 756.1234.5678.97.",
        "«{header}»: Das ist keine 13-stellige AHV-Nummer.",
        "Schreiben Sie sie so: 756.1234.5678.97.",
    ),
    Rule(
        "avs.letters",
        "error",
        "«{header}»: une lettre (O, I ou l) se trouve parmi les chiffres du numéro AVS.",
        "Remplacez-la par le chiffre que porte la carte d'assuré (0 ou 1).",
        "«{header}»: Zwischen den Ziffern der AHV-Nummer steht ein Buchstabe (O, I oder l).",
        "Ersetzen Sie ihn durch die Ziffer auf der Versichertenkarte (0 oder 1).",
    ),
    Rule(
        "avs.excel",
        "error",
        "«{header}»: Excel a tronqué le numéro AVS en notation scientifique.",
        "Mettez la colonne au format Texte, puis ressaisissez le numéro.",
        "«{header}»: Excel hat die AHV-Nummer in wissenschaftlicher Schreibweise abgeschnitten.",
        "Setzen Sie die Spalte auf das Format Text und erfassen Sie die Nummer neu.",
    ),
    Rule(
        "avs.old",
        "error",
        "«{header}»: c'est un ancien numéro AVS à 11 chiffres.",
        "Indiquez le nouveau numéro à 13 chiffres, qui commence par 756.",
        "«{header}»: Das ist eine alte, 11-stellige AHV-Nummer.",
        "Geben Sie die neue 13-stellige Nummer an, die mit 756 beginnt.",
    ),
    Rule(
        "avs.check_digit",
        "error",
        "«{header}»: le chiffre de contrôle du numéro AVS est faux.",
        "Vérifiez le numéro sur la carte d'assuré.",
        "«{header}»: Die Prüfziffer der AHV-Nummer ist falsch.",
        "Prüfen Sie die Nummer auf der Versichertenkarte.",
    ),
    Rule(
        "birth_date.range",
        "error",
        "«{header}» donne un âge impossible, qui n'est pas de 0 à 110 ans.",
        "Vérifiez la date.",
        "«{header}» ergibt ein unmögliches Alter, nicht von 0 bis 110 Jahren.",
        "Prüfen Sie das Datum.",
    ),
    Rule(
        "municipality.unknown",
        "error",
        "«{header}»: ce n'est pas le numéro d'une commune ({why}).",
        "Indiquez le numéro OFS de la commune (registre de l'OFS).",
        "«{header}»: Das ist nicht die Nummer einer Gemeinde ({why}).",
        "Geben Sie die BFS-Nummer der Gemeinde an (Verzeichnis des BFS).",
    ),
    Rule(
        "municipality.other_year",
        "warning",
        "«{header}»: la commune {number} ({name}) {change}; elle est comptée avec celle qui lui correspond.",
        "Indiquez le numéro OFS valable en {period}.",
        "«{header}»: Die Gemeinde {number} ({name}) {change}; sie zählt zu jener, die ihr entspricht.",
        "Geben Sie die BFS-Nummer an, die {period} gilt.",
    ),
    # -- the row ---------------------------------------------------------------------------------
    Rule(
        "date.after_period",
        "error",
        "«{header}» est postérieur au {last}, dernier jour de {period}.",
        "Vérifiez la date, ou le mois du fichier.",
        "«{header}» liegt nach dem {last}, dem letzten Tag von {period}.",
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
        "«{header}» se trouve entre le {earliest} et le début de {period}: cette fin est annoncée en retard.",
        "Rien à faire si elle est juste; annoncez les fins dans leur mois.",
        "«{header}» liegt zwischen dem {earliest} und dem Beginn von {period}: Dieses Ende wird verspätet gemeldet.",
        "Stimmt es, ist nichts zu tun; melden Sie Enden in ihrem Monat.",
    ),
    Rule(
        "end.too_early",
        "error",
        "«{header}» est antérieur au {earliest}: plus de deux mois avant {period}.",
        "Corrigez la date, ou renvoyez une correction du mois concerné.",
        "«{header}» liegt vor dem {earliest}: mehr als zwei Monate vor {period}.",
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
        "L'âge à «{header}» est inhabituel: il n'est pas de {range} ans.",
        "Vérifiez la date de naissance et cette date.",
        "Das Alter bei «{header}» ist ungewöhnlich: nicht von {range} Jahren.",
        "Prüfen Sie das Geburtsdatum und dieses Datum.",
    ),
    # -- across months, computed at each rebuild -------------------------------------------------
    Rule(
        "delivery.held",
        "warning",
        "Cet envoi a {rows} lignes, alors que la médiane des mois précédents est {usual}: il est retenu et ne compte pas encore.",
        "Renvoyez-le complet sous la version suivante, ou confirmez à l'équipe cii-monitor que ce nombre est juste et pourquoi.",
        "Diese Lieferung hat {rows} Zeilen, der Median der Vormonate ist {usual}: Sie ist zurückgestellt und zählt noch nicht.",
        "Senden Sie sie vollständig als nächste Version, oder bestätigen Sie dem Team cii-monitor, dass die Zahl stimmt und warum.",
    ),
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
