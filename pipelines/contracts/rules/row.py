"""What the cells of a row are held to among themselves."""

from pipelines.contracts.rules.rule import Rule

RULES = (
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
)
