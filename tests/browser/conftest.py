"""A real headless Chromium, and a page that is watched at the protocol for whatever it asks of the network."""

import os
import shutil
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

# As root and behind a closed network: no sandbox, and nothing of Chromium's own may call home.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Watched:
    """A page with the addresses it asked for and the errors it told of."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def outside(self, *allowed):
        """The addresses that are neither in the page nor on the disk, nor begin with an allowed one."""
        asked = dict.fromkeys(self.requests)  # each may be told of twice
        return [url for url in asked if not url.startswith(("file:", "data:", "blob:", *allowed))]


# Per module and not per session: playwright keeps an event loop running, in which nothing else may call asyncio.run.
@pytest.fixture(scope="module")
def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = os.environ.get("CII_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        told = "no Chromium: install Debian's chromium, or name one in CII_CHROMIUM"
        if os.environ.get("CII_REQUIRE_BROWSER") == "1":
            pytest.fail(told)
        pytest.skip(told)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def watch(browser):
    """A function that opens an address in a new watched page of a given width."""
    contexts = []

    def opened(url, *, width=1280, height=900):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-CH")
        contexts.append(context)
        watched = Watched(context.new_page())
        # A page's own session does not tell what its workers ask for; the context's events, of the same protocol, do.
        context.on("request", lambda request: watched.requests.append(request.url))
        session = context.new_cdp_session(watched.page)
        session.on("Network.requestWillBeSent", lambda event: watched.requests.append(event["request"]["url"]))
        session.on("Network.webSocketCreated", lambda event: watched.requests.append(event["url"]))
        session.send("Network.enable")
        watched.page.on("console", lambda message: watched.errors.append(message.text) if message.type == "error" else None)
        watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
        watched.page.goto(url)
        return watched

    yield opened
    for context in contexts:
        context.close()
