"""Every rule a delivery is held to, with the words a service reads.

A rule says what is wrong (`says`) and what to do (`remedy`); both are French sentences whose `{placeholders}` the reader
of files fills with names of columns, allowed values or dates of the contract, never with a personal value.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["rejected", "error", "warning"]


@dataclass(frozen=True)
class Rule:
    """A rule with its severity and its two sentences.

    Attributes:
        id: stable identifier, `stg.finding.rule`.
        severity: `rejected` (the file is refused), `error` (the row is kept out), `warning` (the row is loaded).
        says: what is wrong.
        remedy: what to do next.
    """

    id: str
    severity: Severity
    says: str
    remedy: str

    def message(self, **words: object) -> str:
        """Both sentences, filled in."""
        return f"{self.says} {self.remedy}".format(**words)


_RULES = (
    # -- the file --------------------------------------------------------------------------------
    Rule(
        "file.unrecognised",
        "rejected",
        "Ce fichier ne correspond à aucun envoi attendu de ce service.",
        "Nommez-le <jeu>_<AAAA-MM>.csv ou .xlsx; noms proches: {nearest}.",
    ),
    Rule("file.unreadable", "rejected", "Le fichier ne peut pas être lu ({why}).", "Réexportez-le en CSV ou en XLSX et renvoyez-le."),
    Rule(
        "file.busy",
        "rejected",
        "Le fichier ne pouvait pas être lu, ou changeait pendant la lecture.",
        "Laissez-le en place, complet et lisible; le prochain traitement le lira.",
    ),
    Rule("file.encrypted", "rejected", "Le fichier est protégé par un mot de passe.", "Renvoyez-le sans protection."),
    Rule(
        "file.encoding",
        "rejected",
        "Le texte n'est ni en UTF-8, ni en Windows-1252, ni en UTF-16 (octet {offset}).",
        "Réexportez le fichier en UTF-8.",
    ),
    Rule(
        "file.empty",
        "rejected",
        "Le fichier est vide.",
        "Envoyez au moins la ligne d'en-tête; seule, elle veut dire «rien à annoncer».",
    ),
    Rule("file.future", "rejected", "La période {period} est dans l'avenir.", "Vérifiez le mois dans le nom du fichier."),
    Rule(
        "file.ambiguous",
        "rejected",
        "Deux fichiers sont déposés pour la même version de la même période.",
        "N'en laissez qu'un, ou donnez à l'autre la version suivante (_v2, _v3 …).",
    ),
    Rule(
        "file.wrong_period",
        "rejected",
        "{outside} des {dated} dates de fin sont hors du mois {period}: ce fichier semble contenir un autre mois.",
        "Envoyez le fichier de ce mois sous ce nom.",
    ),
    Rule(
        "file.too_many_errors",
        "rejected",
        "{rows} lignes sur {read} sont en erreur: c'est plus que la limite.",
        "Corrigez les lignes listées et renvoyez le fichier entier avec la version suivante.",
    ),
    Rule(
        "file.no_row",
        "rejected",
        "Aucune ligne sous l'en-tête ne se lit comme un enregistrement.",
        "Vérifiez que les lignes ont le même séparateur et les mêmes colonnes que l'en-tête; sans rien à annoncer, envoyez l'en-tête seul.",
    ),
    Rule(
        "header.missing",
        "rejected",
        "Aucune ligne d'en-tête n'a été trouvée dans les {lines} premières lignes.",
        "Placez les noms de colonnes du modèle sur une ligne, au-dessus des données.",
    ),
    Rule(
        "header.column_missing",
        "rejected",
        "La colonne obligatoire «{header}» manque.",
        "Ajoutez-la et renvoyez le fichier entier.",
    ),
    Rule("header.column_twice", "rejected", "La colonne «{header}» figure deux fois.", "Supprimez ou renommez l'une des deux."),
    Rule("header.repeated", "rejected", "Une seconde ligne d'en-tête se trouve plus bas.", "Envoyez un seul tableau par fichier."),
    Rule(
        "header.column_unknown",
        "warning",
        "Cette colonne n'est pas prévue et n'est pas enregistrée.",
        "Supprimez-la des prochains envois.",
    ),
    # -- the line --------------------------------------------------------------------------------
    Rule(
        "line.cells",
        "error",
        "La ligne a {cells} cellules au lieu de {expected}.",
        "Cherchez un séparateur ou un guillemet de trop ou manquant, et mettez entre guillemets le texte qui contient un séparateur.",
    ),
    Rule(
        "line.quotes",
        "error",
        "Un guillemet est de trop, manque ou n'est pas doublé sur cette ligne.",
        "Fermez les guillemets qui entourent un texte et doublez ceux qui en font partie.",
    ),
    Rule(
        "line.beyond",
        "error",
        "Une valeur se trouve à droite de la dernière colonne nommée.",
        "Effacez-la ou nommez sa colonne; si la ligne est décalée, remettez chaque valeur sous son en-tête.",
    ),
    Rule("key.duplicate", "error", "Cette clé figure déjà plus haut dans le fichier.", "Gardez une seule ligne par clé."),
    # -- the cell --------------------------------------------------------------------------------
    Rule("value.required", "error", "«{header}» est vide.", "Remplissez cette cellule."),
    Rule(
        "text.personal",
        "error",
        "Ce texte contient un numéro AVS ou une date complète: une valeur d'une autre colonne s'y est glissée.",
        "Remettez chaque valeur sous son en-tête; n'écrivez pas de numéro AVS ni de date de naissance dans ce champ.",
    ),
    Rule("date.format", "error", "Ce n'est pas une date valable.", "Écrivez le jour ainsi: 31.12.2012."),
    Rule("date.two_digit_year", "error", "L'année n'a que deux chiffres.", "Écrivez l'année en entier: 31.12.2012."),
    Rule("number.format", "error", "Ce n'est pas un nombre.", "Écrivez seulement le nombre, par exemple 1234.50."),
    Rule(
        "number.ambiguous",
        "error",
        "Ce nombre peut se lire comme des milliers ou comme des décimales.",
        "Écrivez-le sans séparateur de milliers, avec deux décimales: 1234.00.",
    ),
    Rule("number.decimals", "error", "Ce montant a plus de deux décimales.", "Arrondissez-le au centime: 1234.50."),
    Rule("number.whole", "error", "Ce n'est pas un nombre entier.", "Écrivez un nombre entier, sans décimales."),
    Rule("number.range", "error", "Ce nombre est hors des bornes ({range}).", "Corrigez la valeur."),
    Rule("yes_no.format", "error", "Ce n'est ni oui ni non.", "Écrivez OUI ou NON."),
    Rule("code.unknown", "error", "Ce code est inconnu.", "Valeurs admises: {allowed}."),
    Rule("avs.format", "error", "Ce n'est pas un numéro AVS à 13 chiffres.", "Écrivez-le ainsi: 756.1234.5678.97."),
    Rule(
        "avs.excel",
        "error",
        "Excel a tronqué le numéro AVS en notation scientifique.",
        "Mettez la colonne au format Texte, puis ressaisissez le numéro.",
    ),
    Rule(
        "avs.old",
        "error",
        "C'est un ancien numéro AVS à 11 chiffres.",
        "Indiquez le nouveau numéro à 13 chiffres, qui commence par 756.",
    ),
    Rule("avs.check_digit", "error", "Le chiffre de contrôle du numéro AVS est faux.", "Vérifiez le numéro sur la carte d'assuré."),
    Rule("birth_date.range", "error", "La date de naissance donne un âge impossible, qui n'est pas de 0 à 110 ans.", "Vérifiez la date."),
    Rule(
        "municipality.unknown", "error", "Ce numéro de commune n'existe pas.", "Indiquez le numéro OFS de la commune (registre de l'OFS)."
    ),
    Rule(
        "municipality.other_year",
        "warning",
        "Cette commune n'existait pas en {period}; elle est comptée avec celle qui lui correspond.",
        "Indiquez le numéro OFS valable ce mois-là.",
    ),
    # -- the row ---------------------------------------------------------------------------------
    Rule("date.after_period", "error", "Cette date est postérieure à la fin du mois {period}.", "Vérifiez la date, ou le mois du fichier."),
    Rule(
        "date.order",
        "error",
        "«{header}» précède «{other}».",
        "Corrigez l'une des deux dates.",
    ),
    Rule(
        "end.reported_late",
        "warning",
        "Cette date de fin est dans l'un des deux mois précédents: elle est annoncée en retard.",
        "Rien à faire si elle est juste; annoncez les fins dans leur mois.",
    ),
    Rule(
        "end.too_early",
        "error",
        "Cette date de fin est antérieure de plus de deux mois à {period}.",
        "Corrigez la date, ou renvoyez une correction du mois concerné.",
    ),
    Rule("given.missing", "error", "«{header}» est vide alors que «{other}» est rempli.", "Remplissez «{header}»."),
    Rule("given.unexpected", "error", "«{header}» est rempli alors que «{other}» est vide.", "Videz «{header}» ou remplissez «{other}»."),
    Rule("given.only_with", "error", "«{header}» n'est admis qu'avec {code} dans «{other}».", "Videz «{header}», ou corrigez «{other}»."),
    Rule("number.above", "warning", "«{header}» dépasse «{other}».", "Vérifiez les deux nombres."),
    Rule(
        "age.unusual",
        "warning",
        "L'âge à cette date est inhabituel: il n'est pas de {range} ans.",
        "Vérifiez la date de naissance et cette date.",
    ),
    # -- across months, computed at each rebuild -------------------------------------------------
    Rule(
        "history.vanished",
        "warning",
        "Ce dossier sans date de fin n'a plus de ligne valable dans l'envoi suivant.",
        "Annoncez sa clôture, ou remettez-le, sans erreur, dans le prochain envoi.",
    ),
    Rule(
        "history.reopened",
        "warning",
        "Ce dossier a été annoncé clos dans un mois précédent et figure de nouveau.",
        "Donnez un nouveau numéro au nouveau dossier, ou corrigez la clôture.",
    ),
    Rule(
        "history.person_changed",
        "warning",
        "Ce numéro désignait une autre personne dans un envoi précédent.",
        "Ne réattribuez pas un numéro; corrigez le numéro AVS s'il était faux.",
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _RULES}
