"""`make screens`: takes docs/screens/ again, a picture of each page as someone sees it who has just begun."""

import re
import tempfile
from pathlib import Path

from tests.browser.running import ROOT, add_person, answer_anything, begin, chromium, opened, serving, settle

FOLDER = ROOT / "docs" / "screens"
TALLEST = 2000


def take(context, name: str, address: str, before=None) -> None:
    """One picture, as tall as the page."""
    page = context.new_page()
    opened(page, address)
    if before:
        before(page)
    size = page.viewport_size
    height = page.evaluate("document.querySelector('.stMain').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, 700), TALLEST)})
    settle(page)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/screens/{name}.png")
    page.close()


def search(page) -> None:
    page.get_by_label("Search the code books").fill("type 2 diabetes kidney")
    page.get_by_label("Search the code books").press("Enter")
    page.get_by_role("radio").first.wait_for(timeout=30_000)
    settle(page)


def learner(page, server) -> tuple[str, str]:
    """Someone with a few answers; returns who, and the attempt."""
    who = add_person(page, server, "Dana Whitlock")
    begin(page)
    for _ in range(4):
        answer_anything(page)
        page.get_by_role("button", name="Next question").click()
        page.get_by_role("button", name="Submit answer").wait_for(timeout=30_000)
        settle(page)
    return who, re.search(r"attempt=([0-9a-f-]+)", page.url)[1]


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "screens.sqlite") as server, chromium() as browser:
        wide = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
        take(wide, "welcome", server.url)
        who, attempt = learner(wide.new_page(), server)
        at = f"{who}&attempt={attempt}"
        pages = {"home": f"?{who}", "quizzes": f"quizzes?{who}", "quiz": f"quiz?{at}&q=5", "quiz-answered": f"quiz?{at}&q=2", "quiz-summary": f"quiz?{at}&q=99",
                 "progress": f"progress?{who}", "attempt": f"attempt?{at}", "reference-rules": f"reference?{who}&shelf=rules"}
        for name, path in pages.items():
            take(wide, name, f"{server.url}/{path}")
        take(wide, "reference", f"{server.url}/reference?{who}", search)
        dark = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="dark")
        narrow = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="light")
        for name in ("home", "quiz-answered"):
            take(dark, f"{name}-dark", f"{server.url}/{pages[name]}")
            take(narrow, f"{name}-narrow", f"{server.url}/{pages[name]}")


if __name__ == "__main__":
    main()
