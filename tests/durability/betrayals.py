"""Deliveries broken so that a person's number or day of birth lies where nobody looks for it; every person is invented."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.durability.scan import Persons
from tests.unit.ingest_cases import CM_FP, avs, csv, right_row, table, xlsx

Lines = list[list[str]]
_PERSONS = 8
_FIRST = dt.date(1990, 1, 2)


def number(person: int) -> str:
    """The AVS number of a person, in 13 digits."""
    return avs(411_000_000 + person)


def birth(person: int) -> dt.date:
    """The day of birth of a person, another for each."""
    return _FIRST + dt.timedelta(days=person)


def everybody() -> Persons:
    """All persons of all broken deliveries."""
    count = range(_PERSONS * (len(_BROKEN) + 1))
    return Persons(frozenset(map(number, count)), frozenset(map(birth, count)))


def write(raw: Path, period: str = "2013-02") -> dict[str, str]:
    """Write one delivery of each sort, as versions of one month; what is wrong with it, by file."""
    told = {}
    for place, (sort, (ending, broken)) in enumerate(_BROKEN.items()):
        people = range(_PERSONS * place, _PERSONS * (place + 1))
        rows = [
            right_row(CM_FP, person, avs13=_dotted(person), birth_date=f"{birth(person):%d.%m.%Y}", announced_on="05.02.2013")
            for person in people
        ]
        name, content = broken(table(CM_FP, rows), people)
        file = name or f"sfpo/cm_fp_dossiers_{period}_v{place + 2}.{ending}"
        (raw / file).parent.mkdir(parents=True, exist_ok=True)
        (raw / file).write_bytes(content)
        told[file] = sort
    return told


def _dotted(person: int) -> str:
    digits = number(person)
    return f"{digits[:3]}.{digits[3:7]}.{digits[7:11]}.{digits[11:]}"


def _serial(person: int) -> str:
    return str((birth(person) - dt.date(1899, 12, 30)).days)


def _at(header: str) -> int:
    return [field.header for field in CM_FP.fields].index(header)


_AVS, _BIRTH = _at("No AVS"), _at("Date de naissance")


def _slid(lines: Lines, people: Sequence[int]) -> Lines:
    return [lines[0], *([line[0], "", *line[1:]] for line in lines[1:])]


def _swapped(lines: Lines, people: Sequence[int]) -> Lines:
    """Personal columns under the headers of others, and the reverse."""
    header = list(lines[0])
    for personal, other in ((_AVS, _at("Commune")), (_BIRTH, _at("Annoncé par"))):
        header[personal], header[other] = header[other], header[personal]
    return [header, *lines[1:]]


def _everywhere(spell: Callable[[int], str]) -> Callable[[Lines, Sequence[int]], Lines]:
    """The same personal value in every cell of a line that is not personal."""

    def broken(lines: Lines, people: Sequence[int]) -> Lines:
        return [lines[0]] + [
            [cell if place in (_AVS, _BIRTH) else spell(person) for place, cell in enumerate(line)]
            for person, line in zip(people, lines[1:], strict=True)
        ]

    return broken


def _in_one_cell(header: str, spell: Callable[[int], str]) -> Callable[[Lines, Sequence[int]], Lines]:
    def broken(lines: Lines, people: Sequence[int]) -> Lines:
        place = _at(header)
        return [lines[0]] + [[*line[:place], spell(person), *line[place + 1 :]] for person, line in zip(people, lines[1:], strict=True)]

    return broken


def _headers(lines: Lines, people: Sequence[int]) -> Lines:
    header = list(lines[0])
    header[_at("Commune")], header[_at("Sexe")] = _dotted(people[0]), f"{birth(people[0]):%d.%m.%Y}"
    return [
        [*header, number(people[1]), f"Né le {birth(people[1]):%Y-%m-%d}", _serial(people[2])],
        *([*line, "1", "2", "3"] for line in lines[1:]),
    ]


def _titles(lines: Lines, people: Sequence[int]) -> Lines:
    return [[f"Dossier de {_dotted(people[0])}"], [f"né le {birth(people[0]):%d.%m.%Y}", number(people[1])], *lines]


def _feet(lines: Lines, people: Sequence[int]) -> Lines:
    total = ["Total", number(people[0]), f"{birth(people[0]):%d.%m.%Y}"]
    return [*lines, total, [f"* sans {_dotted(people[1])}, né le {birth(people[1]):%Y-%m-%d}"], [number(people[2])]]


def _second_table(lines: Lines, people: Sequence[int]) -> Lines:
    return [*lines, [], ["Personne", "Né le"], *([number(person), f"{birth(person):%Y-%m-%d}"] for person in people)]


def _quoted(lines: Lines, people: Sequence[int]) -> Lines:
    return [lines[0], *([f'"{line[0]}', *line[1:]] if place % 2 else line for place, line in enumerate(lines[1:]))]


def _wrapped(lines: Lines, people: Sequence[int]) -> Lines:
    return [lines[0], *([f'"{";".join(line)}"'] for line in lines[1:])]


def _text(broken: Callable[[Lines, Sequence[int]], Lines], encoding: str = "utf-8") -> tuple[str, Callable]:
    return "csv", lambda lines, people: ("", csv(broken(lines, people), encoding=encoding))


def _sheet(broken: Callable[[Lines, Sequence[int]], Sequence[Sequence[object]]], sheet: str = "Feuil1") -> tuple[str, Callable]:
    return "xlsx", lambda lines, people: ("", xlsx(broken(lines, people), sheet=sheet.format(*map(number, people))))


def _named(name: str) -> tuple[str, Callable]:
    def broken(lines: Lines, people: Sequence[int]) -> tuple[str, bytes]:
        person = people[0]
        words = {"plain": number(person), "dotted": _dotted(person), "day": f"{birth(person):%d.%m.%Y}", "iso": f"{birth(person):%Y%m%d}"}
        return name.format(**words), csv(lines)

    return "csv", broken


def _typed(lines: Lines, people: Sequence[int]) -> list[list[object]]:
    """Numbers as numbers and days as date cells, one column too far to the right."""
    return [list(lines[0])] + [
        [line[0], "", int(number(person)), dt.datetime.combine(birth(person), dt.time()), *line[3:]]
        for person, line in zip(people, lines[1:], strict=True)
    ]


def _as_numbers(lines: Lines, people: Sequence[int]) -> list[list[object]]:
    serial = _typed(lines, people)
    return [serial[0]] + [[*line[:3], int(_serial(person)), *line[4:]] for person, line in zip(people, serial[1:], strict=True)]


_DETAIL = CM_FP.fields[-1].header

_BROKEN: dict[str, tuple[str, Callable[[Lines, Sequence[int]], tuple[str, bytes]]]] = {
    "a separator too many": _text(_slid),
    "a separator too many, UTF-16": _text(_slid, "utf-16"),
    "headers swapped": _text(_swapped),
    "headers swapped, Windows-1252": _text(_swapped, "cp1252"),
    "no header line": _text(lambda lines, people: lines[1:]),
    "no header line, UTF-16": _text(lambda lines, people: lines[1:], "utf-16"),
    "a person in the header": _text(_headers),
    "a person in the title": _text(_titles),
    "a person in total and footnotes": _text(_feet),
    "a second table": _text(_second_table),
    "a quote not closed": _text(_quoted),
    "lines wrapped whole": _text(_wrapped),
    "the number in every cell": _text(_everywhere(_dotted)),
    "the number without points in every cell": _text(_everywhere(number)),
    "the number with spaces in every cell": _text(_everywhere(lambda person: _dotted(person).replace(".", " "))),
    "the number with points and spaces": _text(_everywhere(lambda person: _dotted(person).replace(".", ". "))),
    "the number with a digit missing": _text(_in_one_cell("No AVS", lambda person: number(person)[:12])),
    "the day in every cell": _text(_everywhere(lambda person: f"{birth(person):%d.%m.%Y}")),
    "the ISO day in every cell": _text(_everywhere(lambda person: f"{birth(person):%Y-%m-%d}")),
    "the short day in every cell": _text(_everywhere(lambda person: f"{birth(person):%d/%m/%y}")),
    "the day without points in every cell": _text(_everywhere(lambda person: f"{birth(person):%Y%m%d}")),
    "day and hour in every cell": _text(_everywhere(lambda person: f"{birth(person):%Y-%m-%d} 00:00:00")),
    "a sentence about a person as file number": _text(
        _in_one_cell("No dossier", lambda person: f"{_dotted(person)}, né le {birth(person):%d.%m.%Y}")
    ),
    "a sentence about a person in a text": _text(
        _in_one_cell(_DETAIL, lambda person: f"voir {number(person)} du {birth(person):%d.%m.%Y}")
    ),
    "the serial of the day as date of birth": _text(_in_one_cell("Date de naissance", _serial)),
    "a line twice": _text(lambda lines, people: [*lines, *lines[1:]]),
    "a sheet": _sheet(_slid),
    "a sheet with typed cells": _sheet(_typed),
    "a sheet with days as numbers": _sheet(_as_numbers),
    "a sheet named like a person": _sheet(lambda lines, people: lines, "{0}"),
    "a sheet without header": _sheet(lambda lines, people: lines[1:]),
    "a sheet with titles and footnotes": _sheet(lambda lines, people: _feet(_titles(lines, people), people)),
    "a name with a number": _named("sfpo/cm_fp_dossiers_2013-02_{dotted}.csv"),
    "a name with a day": _named("sfpo/cm_fp_dossiers_2013-02 né le {day}.csv"),
    "a name of nothing else": _named("sfpo/{plain}.csv"),
    "a name of a day": _named("sfpo/{iso}.csv"),
    "a folder of a person": _named("{dotted}/cm_fp_dossiers_2013-02.csv"),
}


def names() -> Iterator[str]:
    """What is wrong, one by one."""
    yield from _BROKEN
