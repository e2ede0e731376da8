"""How the tests of the reports read the blocks of a page."""

from pipelines.reports.content import Text
from pipelines.reports.pages import pages

SPACE = "\N{NO-BREAK SPACE}"


def built(book, *slugs):
    """The blocks of these pages, or of all."""
    return {page.slug: page.build(book) for page in pages() if not slugs or page.slug in slugs}


def of(blocks, page, kind, slug=None):
    return next(block for block in blocks[page] if isinstance(block, kind) and (slug is None or block.slug == slug))


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def rows(table):
    """Each row by the text of its head."""
    return {row[0].text: [f"{cell.text} ({cell.detail})" if cell.detail else cell.text for cell in row[1:]] for row in table.rows}


def shown(chart):
    return {str(point.x): (point.text, point.detail) for series in chart.series for point in series.points}


def said(blocks, page):
    return of(blocks, page, Text).sentences
