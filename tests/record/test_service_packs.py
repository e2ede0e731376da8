"""The services' packs on the sample: no delivery, file or remark of one service is in the pack of another."""

import datetime as dt
import re

import pytest

from pipelines import duck
from pipelines.reports.book import open_book
from pipelines.reports.content import Table
from pipelines.reports.files import OWN, PACKS
from pipelines.reports.pack import render
from pipelines.reports.pages import chapters
from pipelines.reports.passage import own_book

PERIOD = dt.date(2016, 11, 1)


@pytest.mark.parametrize("name", OWN)
def test_no_delivery_and_no_file_of_another_service_is_named(published, name):
    service = PACKS[name].service
    with duck.open_published(published.settings.published) as con, own_book(open_book(con, PERIOD), service, internal=False) as book:
        blocks = {page.slug: page.build(book) for page in chapters(name, internal=False)[0]}
        text = render(book, sample=True, pack=name)
    deliveries = [block for block in blocks["service_livraisons"] if isinstance(block, Table) and block.slug != "datasets"]
    assert {row[0].text for table in deliveries for row in table.rows} == {service}
    files = re.findall(r"\b([a-z]+)/[a-z_]+_\d{4}", text)
    assert files and set(files) == {service.lower()}
