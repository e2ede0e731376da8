"""The figures of record, each beside what the rows give: what the trust in all others rests on."""

from pipelines.reports.book import Book
from pipelines.reports.content import Block, Page, Text
from pipelines.reports.language import later
from pipelines.reports.record import agreement, record, record_table


def _build(book: Book) -> tuple[Block, ...]:
    published = record(book)
    return (Text(agreement(published)), record_table(book, published))


PAGE = Page(slug="publies", title=later("Chiffres publiés"), order=98, build=_build)
