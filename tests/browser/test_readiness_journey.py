"""Readiness in a real browser, by keyboard alone: what is missing with ten answers, the band with forty, its tables, and how the real exam went."""

import logging
import os
from datetime import timedelta

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, opened, serving, settle
from tests.browser.test_practice_journey import focus


def made() -> dict[str, str]:
    """Paths: someone with ten answers, someone with forty, someone whose exam is over."""
    from app import session
    from tests.app.test_readiness import enough, practise
    few = session.welcome("Ben Achterberg", "exam", "cpb", None)
    practise(few, 10, sure=3)
    many = session.welcome("Dana Whitlock", "exam", "cpb", session.today() + timedelta(days=60))
    enough(many)
    past = session.welcome("Mira Okonedo", "exam", "cpb", session.today() - timedelta(days=3))
    return {"few": f"readiness?who={few.id}", "many": f"readiness?who={many.id}", "past": f"readiness?who={past.id}", "items": f"items?who={many.id}", "review": f"review?who={many.id}",
             "home": f"?who={many.id}", "over": f"?who={past.id}"}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory, browser):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run.")
    database = tmp_path_factory.mktemp("ready") / "records.sqlite"
    logging.disable(logging.WARNING)   # Streamlit's notes on running without a browser
    before = os.environ.get("CLEAN_CLAIM_DB")
    os.environ["CLEAN_CLAIM_DB"] = str(database)
    from app import session
    try:
        session.ledger.clear()
        paths = made()
        session.ledger().close()
        session.ledger.clear()
    finally:
        logging.disable(logging.NOTSET)
        os.environ.pop("CLEAN_CLAIM_DB") if before is None else os.environ.update(CLEAN_CLAIM_DB=before)
    with serving(database) as server:
        yield {name: f"{server.url}/{path}" for name, path in paths.items()}


@pytest.mark.parametrize("scheme,width", [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("name", ["few", "many", "past", "items", "review"])
def test_a_page_breaks_no_rule_of_accessibility(name, scheme, width, addresses, browser, axe):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        opened(page, addresses[name])
        for summary in page.locator(".cc-as-table summary").all():
            summary.click()
        assert violations(page) == []
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
    finally:
        context.close()


def test_with_ten_answers_one_sees_what_is_missing_and_no_chance(page, addresses):
    opened(page, addresses["few"])
    page.get_by_text("20 first answers to go").wait_for()
    assert page.locator(".cc-gauge").count() == 0 and page.get_by_role("button", name="Practise").count() == 1


def test_with_forty_one_sees_the_band_and_opens_its_table_by_keyboard(page, addresses):
    opened(page, addresses["many"])
    assert page.get_by_role("img", name="Chance of passing").is_visible()
    focus(page, lambda kind, name: name.startswith("Show as a table") and "Chance of passing" in name)
    page.keyboard.press("Enter")
    page.get_by_role("table", name="Chance of passing").wait_for()
    focus(page, lambda kind, name: "Practise " in name and kind in ("submit", "button"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)


def test_home_leads_to_it(page, addresses):
    opened(page, addresses["home"])
    page.get_by_role("link", name="If you sat the CPB today").click()
    page.get_by_role("heading", name="Readiness").wait_for(timeout=30_000)


def test_after_the_exam_it_is_asked_for_and_a_result_is_kept(page, addresses):
    opened(page, addresses["over"])
    page.get_by_role("link", name="How did it go?").click()
    page.get_by_role("heading", name="How did the real exam go?").wait_for(timeout=30_000)
    settle(page)
    focus(page, lambda kind, name: kind == "radio")
    page.keyboard.press("Space")
    focus(page, lambda kind, name: name == "Keep it")
    page.keyboard.press("Enter")
    page.get_by_text("Kept. Thank you.").wait_for(timeout=30_000)
    settle(page)
    opened(page, addresses["past"])
    page.get_by_text(": Passed.").wait_for()
