"""What deliveries are held to across months, computed at each rebuild."""

from pipelines.contracts.rules.rule import Rule

RULES = (
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
