"""Two trainers over one queue in a real browser: what is open stays open, what was typed is kept, the second is told; and what everybody sees where nobody leads any more. Each page light, dark and narrow breaks no rule."""

import os
import time
from pathlib import Path

import pytest

from records import LED, Training
from tests.browser.axe import violations
from tests.browser.conftest import needed
from tests.browser.peopled import peopled
from tests.browser.running import CHROMIUM, chromium, opened, settle
from tests.browser.team import sign_in

WORDS = "Name the day that the notice names."
SHOTS = os.environ.get("CLEAN_CLAIM_SHOTS", "")


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with peopled(tmp_path_factory.mktemp("together")) as (server, addresses):
        server.people.set_role("una", "trainer", "root", 1)
        server.people.add_leader("c1", "una", "root", 1)
        yield server, addresses


@pytest.fixture(scope="module")
def browser(team):
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def tom(browser, team):
    return tab(browser, team[0], "tom")


def tab(browser, server, id: str):
    page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    sign_in(page, server, id)
    return page


def looks(page, name: str, says: str = "") -> None:
    """No rule broken and nothing too wide, in light, dark and on a phone; with CLEAN_CLAIM_SHOTS set, pictures there."""
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        assert violations(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
        if SHOTS:
            page.get_by_text(says).first.scroll_into_view_if_needed() if says else None
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{scheme}-{width}.png"), full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    settle(page)


def now() -> int:
    return time.time_ns() // 1_000_000


def waiting(server):
    return Training(server.records).disputes("tom", LED, "open")


def test_home_says_how_much_waits_and_leads_there(team, tom):
    line = tom.get_by_role("link", name="To mark:")
    line.wait_for(timeout=30_000)
    assert f"{len(waiting(team[0]))} dispute" in line.inner_text()
    looks(tom, "home")
    line.click()
    tom.get_by_role("heading", name="Marking").wait_for(timeout=30_000)


def test_the_press_is_for_the_one_that_is_open(team, tom):
    server, training = team[0], Training(team[0].records)
    opened(tom, f"{server.url}/marking")
    first, *_, last = waiting(server)
    tom.get_by_role("combobox", name="Which dispute").click()
    tom.get_by_role("option").last.click()
    settle(tom)
    tom.get_by_text(last.reason).first.wait_for(timeout=30_000)
    tom.get_by_role("textbox", name="What you tell the learner").fill(WORDS)
    training.close_dispute(first.id, "declined", "Una says that it stands.", "una", now())
    tom.get_by_role("button", name="The mark stands").click()
    tom.get_by_text("is told that the mark stands").wait_for(timeout=30_000)
    assert (training.one_dispute(last.id).state, training.one_dispute(last.id).answer) == ("declined", WORDS)


def test_one_that_a_colleague_answered_says_so_and_keeps_the_words(team, tom):
    server, training = team[0], Training(team[0].records)
    for old in training.disputes("ann")[:2]:
        training.dispute(f"again-{old.id}", old.attempt, old.slot, old.sequence, "I still read it otherwise.", now())
    opened(tom, f"{server.url}/marking")
    one = waiting(server)[0]
    tom.get_by_text(one.reason).first.wait_for(timeout=30_000)
    tom.get_by_role("textbox", name="What you tell the learner").fill(WORDS)
    training.close_dispute(one.id, "declined", "Una says that it stands.", "una", now())
    tom.get_by_role("button", name="The mark stands").click()
    tom.get_by_text("Una Brandt answered this dispute meanwhile").wait_for(timeout=30_000)
    assert tom.get_by_text("Not saved. What you wrote stands here to be copied").is_visible()
    tom.get_by_text(WORDS).wait_for(timeout=30_000)
    looks(tom, "marking-left")
    tom.get_by_role("button", name="I have read it").focus()
    tom.keyboard.press("Enter")
    tom.get_by_text("answered this dispute meanwhile").wait_for(state="detached", timeout=30_000)
    assert tom.get_by_role("textbox", name="What you tell the learner").first.input_value() == ""


def test_of_two_on_the_attempts_page_the_second_is_told(browser, team, tom):
    server, una = team[0], tab(browser, team[0], "una")
    attempt = next(one for one in Training(server.records).disputes("ann") if one.slot not in ("asks", "flags", "claim", "life") and "-" in one.slot and len(one.slot) == 36)
    for page in (una, tom):
        opened(page, f"{server.url}/attempt?attempt={attempt.attempt}")
        page.get_by_text("Mark by hand, or comment").or_(page.get_by_text("Answer the dispute, or comment")).first.click()
        page.get_by_role("combobox", name="The answer is worth").wait_for(timeout=30_000)
        page.get_by_role("combobox", name="The answer is worth").focus()
        page.keyboard.type("Half")
        page.keyboard.press("Enter")
        page.get_by_role("textbox", name="What the learner reads").last.fill(f"Words of {'Una' if page is una else 'Tom'}.")
    for page in (una, tom):
        page.get_by_role("button", name="Save", exact=True).or_(page.get_by_role("button", name="Answer the dispute")).first.click()
        settle(page)
    tom.get_by_text("Not saved: this answer was marked anew since you looked at it").wait_for(timeout=30_000)
    assert tom.get_by_text("Una Brandt marked this meanwhile").is_visible() and tom.get_by_role("textbox", name="What the learner reads").last.input_value() == "Words of Tom."
    looks(tom, "attempt-second", "Una Brandt marked this meanwhile")


def test_where_nobody_leads_any_more_everybody_is_told(browser, team):
    server, training = team[0], Training(team[0].records)
    ivo, ann = tab(browser, server, "ivo"), tab(browser, server, "ann")
    old = training.disputes("ann")[0]
    training.dispute("last", old.attempt, old.slot, old.sequence, "I read it otherwise.", now())
    server.people.remove_leader("c1", "una", "root", now())
    opened(ivo, f"{server.url}/people")
    ivo.locator("summary").filter(has_text="Tom Reyes").click()
    settle(ivo)
    ivo.get_by_text("Nobody else leads").first.wait_for(timeout=30_000)
    looks(ivo, "people-leads")
    ivo.get_by_role("button", name="Shut out").click()
    settle(ivo)
    opened(ivo, f"{server.url}/cohorts")
    ivo.get_by_text("Nobody who can mark leads").wait_for(timeout=30_000)
    looks(ivo, "cohorts-unled")
    opened(ann, f"{server.url}/work")
    ann.get_by_text("Nobody leads you now who could look at it").first.wait_for(timeout=30_000)
    looks(ann, "work-unled", "Nobody leads you now")
    opened(ann, f"{server.url}/attempt?attempt={old.attempt}")
    ann.get_by_text("Nobody leads you now who could look at it").first.wait_for(timeout=30_000)
    looks(ann, "attempt-unled", "Nobody leads you now")
