"""The deliveries: what has come, what is lacking, and what is wrong in it."""

from pipelines.reports import formats, theme
from pipelines.reports.book import Book, label, value_at, values
from pipelines.reports.cells import number_cell
from pipelines.reports.chart import Chart
from pipelines.reports.content import Block, Cell, Page, Table, heads
from pipelines.reports.delivery_blocks import RECENT, finding_cells, kept_dates, matrix
from pipelines.reports.language import Language, language, later, tr
from pipelines.reports.letter import in_general
from pipelines.reports.series import total

_INDICATORS = ("delivery_completeness", "delivery_days", "delivery_reject_rate", "delivery_versions")
_LISTED = 200
# What is wrong in a file and what to do, as the warehouse knows them in each language.
_SENTENCES: dict[Language, tuple[str, str]] = {"fr": ("message", "remedy"), "de": ("message_de", "remedy_de")}


def _build(book: Book) -> tuple[Block, ...]:
    return (
        matrix(book),
        _indicators(book),
        kept_dates(book),
        *_charts(book),
        _counts(book),
        *(() if book.controlled else (_findings(book),)),
    )


def _indicators(book: Book) -> Table:
    members = sorted({member for indicator in _INDICATORS for member in values(book, indicator, "dataset")})
    found = {member: [value_at(book, indicator, dimension="dataset", member=member) for indicator in _INDICATORS] for member in members}
    rows = tuple(
        (Cell(member, kind="text"), *(Cell(value.text, value.detail, shows=value) for value in found[member])) for member in members
    )
    about = book.about(*_INDICATORS)
    columns = (Cell(tr("Jeu de données"), kind="text"), *(Cell(one.label, one.shown_unit) for one in about))
    notes = tuple(f"{one.label}: {one.definition}" for one in about)
    title = tr("Livraisons de {month}", month=formats.month(book.period))
    return Table(slug="indicators", title=title, columns=columns, rows=rows, notes=notes)


def _charts(book: Book) -> tuple[Chart, ...]:
    days = _chart(book, "delivery_days", slug="days", title=tr("Délai de livraison, tous les envois"))
    rejects = _chart(book, "delivery_reject_rate", slug="rejects", title=tr("Lignes écartées, tous les envois"))
    # Outside of the circle of analysts it is told in whole per cent: a line that never leaves zero is left out.
    return (days, rejects) if any(point.value for series in rejects.series for point in series.points) else (days,)


def _chart(book: Book, indicator: str, *, slug: str, title: str) -> Chart:
    return Chart(
        slug=slug,
        title=title,
        about=book.about(indicator),
        series=(total(book, indicator, book.catalogue[indicator].label, colour=theme.INK),),
    )


def _counts(book: Book) -> Table:
    message, _ = _SENTENCES[language()]
    # What a finding says of a file does not leave the circle, only which rule it breaks.
    own = "null" if book.controlled else f"f.{message}"
    rows = book.rows(
        f"""
        select d.file, d.status, f.rule, if(min({own}) = max({own}), min({own}), null) as said, f.severity, count(*)
        from mart.finding f join stg.delivery d on d.delivery_id = f.delivery_id
        where {RECENT}
        group by d.file, d.status, f.rule, f.severity order by d.file, f.rule
        """
    )
    body = tuple(
        (
            Cell(file, kind="text"),
            Cell(label("status", status), kind="text"),
            Cell(said or getattr(in_general(rule), message), rule, kind="text long"),
            Cell(label("severity", severity), kind="text"),
            number_cell(count),
        )
        for file, status, rule, said, severity, count in rows.iter_rows()
    )
    columns = heads((tr("Fichier"), tr("Statut"), tr("Règle"), tr("Gravité")), (tr("Remarques"),))
    return Table(slug="counts", title=tr("Remarques par fichier et règle"), columns=columns, rows=body, notes=_older(book))


def _findings(book: Book) -> Table:
    message, remedy = _SENTENCES[language()]
    rows = book.rows(
        f"""
        select d.file, f.severity, f.line, f.header, f.cell, f.{message} || ' ' || f.{remedy} as said, count(*) over () as found
        from mart.finding f join stg.delivery d on d.delivery_id = f.delivery_id
        where {RECENT}
        order by list_position(['rejected', 'error', 'warning'], f.severity), d.period desc nulls first, d.file, f.line, f.rule, f.field
        limit $limit
        """,
        limit=_LISTED,
    )
    found = rows["found"][0] if rows.height else 0
    body = tuple(
        (
            Cell(file, kind="text"),
            *finding_cells(severity, line, header, cell=cell, message=said),
        )
        for file, severity, line, header, cell, said, _ in rows.iter_rows()
    )
    columns = heads((tr("Fichier"), tr("Gravité")), (tr("Ligne"),), (tr("Colonne"), tr("Valeur écrite"), tr("Message")))
    rest = tr(
        "Les {listed} premières remarques sur {found}; les autres sont dans la table mart.finding.",
        listed=_LISTED,
        found=formats.number(found),
    )
    notes = (*((rest,) if found > _LISTED else ()), *_older(book))
    return Table(slug="findings", title=tr("Remarques, ligne par ligne"), columns=columns, rows=body, notes=notes)


def _older(book: Book) -> tuple[str, ...]:
    """What is known of remarks that are too old to be told here."""
    older = "mart.finding f join stg.delivery d on d.delivery_id = f.delivery_id where d.period < $period - interval 12 months"
    count = book.rows(f"select count(*) from {older}").item()
    if not count:
        return ()
    return (
        tr(
            "Envois des treize derniers mois; {remarks} sur des envois plus anciens dans les classeurs de correction et dans la table "
            "mart.finding.",
            remarks=formats.counted(count, "remarque", "remarques"),
        ),
    )


PAGE = Page(slug="livraisons", title=later("Livraisons des services"), order=95, build=_build)
