"""One server and one browser for all browser tests; without Chromium they are skipped and say so, unless REQUIRE_BROWSER is set."""

import os

import pytest

from tests.browser.running import AXE, CHROMIUM, chromium, serving


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker("browser")


def needed(what: bool, sentence: str) -> None:
    """Skips aloud, or fails where everything must be there."""
    if not what:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(sentence)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with serving(tmp_path_factory.mktemp("records") / "clean-claim.sqlite") as running:
        yield running


@pytest.fixture(scope="session")
def browser(server):
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser):
    """A fresh tab; a request that leaves this machine fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    away = []
    context.on("request", lambda request: away.append(request.url) if not request.url.startswith(("http://127.0.0.1", "data:", "blob:")) else None)
    yield context.new_page()
    context.close()
    assert not away, f"the app asked for something on the network: {away[:3]}"


@pytest.fixture
def axe():
    needed(AXE.is_file(), "axe-core is not installed (npm ci): accessibility was not checked.")
