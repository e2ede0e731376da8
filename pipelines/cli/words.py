"""What words on the command line mean: days, months, periods, languages and forms."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any

import typer


def day(text: str) -> dt.date:
    """A day written AAAA-MM-JJ."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"«{text}» n'est pas un jour; écrivez par exemple 2013-01-15.") from None


def month(text: str) -> dt.date:
    """The first day of a month written AAAA-MM."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise typer.BadParameter(f"«{text}» n'est pas un mois; écrivez par exemple 2013-02.") from None


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Language(StrEnum):
    """In which languages a service is answered."""

    FRENCH = "fr"
    GERMAN = "de"
    BOTH = "fr-de"


class Spoken(StrEnum):
    """In which language a report is told."""

    FRENCH = "fr"
    GERMAN = "de"


class Form(StrEnum):
    """What a report is written as."""

    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


Month = Annotated[Any, typer.Option(parser=month, metavar="AAAA-MM", help="Le mois (sinon le dernier publié).")]
