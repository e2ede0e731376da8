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
        "Cette entrée sans date de fin n'a plus de ligne valable dans l'envoi suivant.",
        "Annoncez sa fin, ou remettez-la, sans erreur, dans le prochain envoi.",
        "Dieser Eintrag ohne Enddatum hat in der folgenden Lieferung keine gültige Zeile mehr.",
        "Melden Sie sein Ende, oder führen Sie ihn in der nächsten Lieferung fehlerfrei wieder auf.",
    ),
    Rule(
        "history.reopened",
        "warning",
        "Cette entrée a été annoncée terminée dans un envoi précédent et figure de nouveau.",
        "Donnez un nouveau numéro à ce qui est nouveau, ou corrigez la fin annoncée.",
        "Dieser Eintrag wurde in einer früheren Lieferung als beendet gemeldet und erscheint wieder.",
        "Geben Sie dem, was neu ist, eine neue Nummer, oder korrigieren Sie das gemeldete Ende.",
    ),
    Rule(
        "history.person_changed",
        "warning",
        "Ce numéro désignait une autre personne dans un envoi précédent.",
        "Ne réattribuez pas un numéro; corrigez le numéro AVS s'il était faux.",
        "Diese Nummer bezeichnete in einer früheren Lieferung eine andere Person.",
        "Vergeben Sie keine Nummer neu; korrigieren Sie die AHV-Nummer, falls sie falsch war.",
    ),
    Rule(
        "history.changed",
        "warning",
        "«{header}» était autre sous le même numéro dans un envoi précédent.",
        "Rien à faire si seul le nom a changé; à ce qui est nouveau, donnez un nouveau numéro.",
        "«{header}» war unter derselben Nummer in einer früheren Lieferung anders.",
        "Hat nur der Name geändert, ist nichts zu tun; geben Sie dem, was neu ist, eine neue Nummer.",
    ),
    Rule(
        "history.overlap",
        "warning",
        "Cette période commence avant la fin d'une autre de la même prestation pour la même personne.",
        "Corrigez les dates, ou réunissez les deux périodes; les jours communs comptent une fois.",
        "Dieser Zeitraum beginnt vor dem Ende eines anderen derselben Leistung für dieselbe Person.",
        "Korrigieren Sie die Daten, oder legen Sie die beiden Zeiträume zusammen; gemeinsame Tage zählen einmal.",
    ),
)
