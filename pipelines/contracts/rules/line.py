"""What a line is held to before its cells are looked at."""

from pipelines.contracts.rules.rule import Rule

RULES = (
    Rule(
        "line.cells",
        "error",
        "La ligne n'a pas le bon nombre de cellules: {cells} au lieu de {expected}.",
        "Cherchez un séparateur ou un guillemet de trop ou manquant, et mettez entre guillemets le texte qui contient un séparateur.",
        "Die Zeile hat nicht die richtige Zahl von Zellen: {cells} statt {expected}.",
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
        "Gardez une seule ligne par clé ({key}).",
        "Dieser Schlüssel steht schon auf Zeile {first}.",
        "Behalten Sie nur eine Zeile pro Schlüssel ({key}).",
    ),
)
