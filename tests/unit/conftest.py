"""The small world of `tests/golden/world.py`, for the tests of the reports; it is told once and must not be changed."""

import pytest

from pipelines.contracts.thresholds import Thresholds
from pipelines.duck import publication
from pipelines.reports.book import open_book
from pipelines.reports.files import GP_CII
from pipelines.reports.passage import passed
from pipelines.settings import Settings
from tests.golden import world
from tests.unit.page_parts import built


@pytest.fixture(scope="session")
def con():
    return world.build()


@pytest.fixture
def settings(con, tmp_path):
    """Those of a warehouse whose published copy is the small world."""
    found = Settings(tmp_path, tmp_path / "warehouse", tmp_path / "key")
    found.warehouse.mkdir()
    publication.copy(con, found.published)
    publication.put(found.published)
    return found


@pytest.fixture(scope="session")
def book(con):
    return open_book(con, world.PERIOD)


@pytest.fixture(scope="session")
def told(con):
    """The book of the steering group's pack: nothing but what passed the control."""
    with passed(open_book(con, world.PERIOD), GP_CII, thresholds=Thresholds()) as book:
        yield book


@pytest.fixture(scope="session")
def blocks(book):
    return built(book)


@pytest.fixture
def changed():
    """The book of a small world in which something is otherwise; every world is closed again."""
    opened = []

    def change(*statements, period=world.PERIOD):
        opened.append(world.build())
        for statement in statements:
            opened[-1].execute(statement)
        return open_book(opened[-1], period)

    yield change
    for con in opened:
        con.close()
