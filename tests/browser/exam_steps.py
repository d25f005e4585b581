"""What someone sitting an exam does in the browser, and what their form asks."""

import re
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError

from records import Records
from tests.browser.running import READY, opened, settle

QUESTION = re.compile(r"^Question (\d+) of (\d+)$")


def begin(page, server, who: str, exam: str = "cpb", size: str = "Whole exam") -> str:
    """From the list to the first question, or to the parts; returns the attempt's id."""
    opened(page, f"{server.url}/exams?{who}&exam={exam.upper()}")
    page.get_by_role("radio", name=size, exact=True).or_(page.get_by_role("button", name=size, exact=True)).first.click()
    settle(page)
    page.get_by_role("button", name="Begin the practice exam").click()
    page.get_by_role("heading", name=re.compile("^Question 1 of|^Its parts")).wait_for(timeout=60_000)
    settle(page)
    return re.search(r"attempt=([0-9a-f-]{36})", page.url)[1]


def place(page) -> tuple[int, int]:
    """Which question of how many."""
    return tuple(map(int, QUESTION.match(page.get_by_role("heading", level=2).first.inner_text()).groups()))


def choose(page, at: int = 0) -> None:
    """Answers the question on the screen and waits until the page says that it is saved."""
    page.wait_for_selector(READY, timeout=30_000)
    number = place(page)[0]
    radios = page.locator('[data-testid="stRadio"]').first.get_by_role("radio")
    if page.locator('[data-testid="stRadio"]').count():
        radios.nth(at % 4).check(force=True)
    else:
        field = page.get_by_role("textbox", name="Your answer")
        field.fill("12")
        field.press("Tab")
    page.get_by_text(f"Answer {number} saved.", exact=True).wait_for(timeout=30_000)


def onward(page) -> None:
    """To the next question by its keys; waits until it is there."""
    here = place(page)[0]
    there = page.get_by_role("heading", name=re.compile(f"^Question {here + 1} of |^Before you finish$|^Its parts$"))
    for patience in (10_000, 30_000):      # as people do: a key that was pressed while the page was drawn anew is pressed again
        page.keyboard.press("Alt+n")
        try:
            return there.wait_for(timeout=patience)
        except PlaywrightError:
            if patience > 10_000 or place(page)[0] != here:
                raise


def finish(page) -> None:
    """From anywhere in the exam to its report."""
    settle(page)
    if page.get_by_role("button", name="Finish…").count():
        page.get_by_role("button", name="Finish…").click()
    page.get_by_role("button", name="Finish and see the report").click(timeout=30_000)
    page.get_by_role("heading", name=re.compile("^Score report")).wait_for(timeout=60_000)
    settle(page)


def form_of(database: Path, attempt: str) -> dict:
    """What the exam asks, keys included, from the records."""
    with Records.open(database) as records:
        return records.attempt(attempt).attempt.form
