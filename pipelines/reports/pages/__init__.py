"""One module per page of the report, each with one `PAGE`; adding a file here adds a page."""

import importlib
import pkgutil

from pipelines.reports.content import Page


def pages() -> tuple[Page, ...]:
    """The pages in their order."""
    found = [importlib.import_module(f"{__name__}.{module.name}").PAGE for module in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda page: (page.order, page.slug)))


def chapters(pack: str, *, internal: bool) -> tuple[tuple[Page, ...], tuple[Page, ...]]:
    """The pages of a pack that its reader is to read, and those of its annex."""
    found = [page for page in pages() if pack in page.packs and (internal or not page.internal)]
    return tuple(page for page in found if not page.annex), tuple(page for page in found if page.annex)
