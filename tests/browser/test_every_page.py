"""Every page as each role has it, with something on it: no rule of accessibility is broken, in the light on a desk and in the dark on a phone, and nothing is wider than the screen."""

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.peopled import peopled
from tests.browser.running import CHROMIUM, chromium, opened
from tests.browser.team import sign_in


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with peopled(tmp_path_factory.mktemp("every-page")) as made:
        yield made


@pytest.fixture(scope="module")
def browser(team):
    with chromium() as running:
        yield running


SCREENS = [("light", 1280), ("dark", 390)]
COLOURS = "[...document.querySelectorAll('[data-testid=stApp], [data-testid=stApp] *')].map(one => { const told = getComputedStyle(one); return told.color + told.backgroundColor; }).join()"
GROUND_IS = "scheme => (getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor.match(/\\d+/)[0] < 128) === (scheme === 'dark')"


def seen(page, scheme: str, width: int) -> None:
    """The page that is open, in that scheme and at that width, once no element changes its colours any more: a long page is drawn anew for a while."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function(GROUND_IS, arg=scheme, timeout=30_000)
    before, after = None, page.evaluate(COLOURS)
    for _ in range(40):
        before = after
        page.wait_for_timeout(300)
        after = page.evaluate(COLOURS)
        if after == before:
            return
    raise AssertionError("The page changes its colours without end.")


def wrong(page, width: int) -> list[str]:
    found = violations(page)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("wider than the screen")
    if page.locator("[role='dialog']").count():
        found.append("a dialog nobody asked for")
    return found


@pytest.mark.parametrize("who", ["ann", "cal", "tom", "una", "ivo"])
def test_no_page_breaks_a_rule_or_the_width(browser, team, axe, who):
    """Each page is opened once, and looked at on both screens."""
    server, addresses = team
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page, told = context.new_page(), {}
    sign_in(page, server, who)
    for name, address in addresses[who].items():
        opened(page, f"{server.url}/{address}")
        for scheme, width in SCREENS:
            seen(page, scheme, width)
            if found := wrong(page, width):
                told[name, scheme, width] = found
        seen(page, "light", 1280)
    context.close()
    assert told == {}


def test_the_scheme_is_really_another(browser, team):
    """Else half of the above would look at the same twice."""
    server, _ = team
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, server, "ann")
    grounds = []
    for scheme in ("light", "dark"):
        seen(page, scheme, 1280)
        grounds.append(page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"))
    page.context.close()
    assert len(set(grounds)) == 2
