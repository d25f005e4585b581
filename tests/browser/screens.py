"""`make screens`: takes docs/screens/ again, a picture of each page as someone some weeks in sees it."""

import logging
import os
import shutil
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.browser.peopled import peopled
from tests.browser.running import ROOT, chromium, opened, serving, settle
from tests.browser.team import sign_in

FOLDER = ROOT / "docs" / "screens"
TALLEST = 2000
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


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


def learner(database: Path) -> dict[str, str]:
    """Someone some weeks in: most sets answered, about three in four right; one quiz and one claim under way."""
    os.environ["CLEAN_CLAIM_DB"] = str(database)
    from app import claims, offers, quizzing, session, sittings
    from scoring.marks import key_of
    from tests.app.test_pages import some_answer
    chance = Random(7)
    dana = session.welcome("Dana Whitlock", "exam", "cpb", session.today() + timedelta(days=74))
    for number, card in enumerate(quizzing.sets()):
        attempt = quizzing.begin(dana, card.id)
        for question in sittings.sitting(attempt).questions[: 5 if number == 1 else None]:
            keyed = sittings.variants(attempt)[question.id].keyed
            right = key_of(keyed.question, keyed.drawn)
            quizzing.hand_in(attempt, question.id, right if isinstance(right, (frozenset, tuple, dict)) else str(right)) if chance.random() < 0.75 else quizzing.hand_in(
                attempt, question.id, some_answer(question))
        if number == 1:
            under_way = attempt
        if number == 5:
            break
    claim = claims.begin(dana, next(card.id for card in offers.cards() if card.id in session.catalogue().scenarios))
    session.ledger().close()
    return {"who": f"who={dana.id}", "quiz": under_way, "claim": claim}


def main() -> None:
    logging.disable(logging.WARNING)   # Streamlit's notes on running without a browser
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, peopled(Path(folder)) as (server, addresses), chromium() as browser:
        team(browser, server, addresses)
    with tempfile.TemporaryDirectory() as folder:
        with serving(Path(folder) / "empty.sqlite") as server, chromium() as browser:
            take(browser.new_context(viewport=WIDE), "welcome", server.url)
        held = learner(Path(folder) / "records.sqlite")
        with serving(Path(folder) / "records.sqlite") as server, chromium() as browser:
            pictures(browser, server, held)


def pictures(browser, server, held: dict[str, str]) -> None:
    """All pages at a desk's width, some of them dark and on a phone."""
    who, quiz = held["who"], f"{held['who']}&attempt={held['quiz']}"
    pages = {"home": f"?{who}", "claims": f"claims?{who}", "claim": f"claim?{who}&attempt={held['claim']}", "quizzes": f"quizzes?{who}",
             "quiz": f"quiz?{quiz}", "quiz-answered": f"quiz?{quiz}&q=2", "quiz-summary": f"quiz?{quiz}&q=99", "progress": f"progress?{who}",
             "attempt": f"attempt?{quiz}", "reference-rules": f"reference?{who}&shelf=Payers", "reference-lists": f"reference?{who}&shelf=Lists", "transactions": f"transactions?{who}"}
    wide = browser.new_context(viewport=WIDE, color_scheme="light")
    for name, path in pages.items():
        take(wide, name, f"{server.url}/{path}")
    take(wide, "reference", f"{server.url}/reference?{who}", search)
    dark = browser.new_context(viewport=WIDE, color_scheme="dark")
    narrow = browser.new_context(viewport=PHONE, color_scheme="light")
    for name in ("home", "claim", "quiz-answered", "progress", "transactions"):
        take(dark, f"{name}-dark", f"{server.url}/{pages[name]}")
        take(narrow, f"{name}-narrow", f"{server.url}/{pages[name]}")


OF_LEARNER = {"today": "home", "review": "review", "practice": "practice", "exams": "exams", "exam-report": "exam-report", "readiness": "readiness", "exercise": "exercise",
              "account": "account", "work": "work", "own-data": "own-data"}
OF_TRAINER = {"cohorts": "cohorts", "learner": "learner", "assign": "assign", "marking": "marking", "items": "items"}
OF_ADMIN = {"people": "people", "audit": "audit"}
DARK, NARROW = ("today", "cohorts", "marking"), ("today", "exam", "cohorts")


def team(browser, server, addresses: dict[str, dict[str, str]]) -> None:
    """A team's pages, as a learner, a trainer and an admin have them; and a certificate as it is printed."""
    for who, names in (("ann", OF_LEARNER), ("cal", {"exam": "exam"}), ("tom", OF_TRAINER), ("ivo", OF_ADMIN)):
        for scheme, width, wanted in (("light", WIDE, tuple(names)), ("dark", WIDE, DARK), ("light", PHONE, NARROW)):
            context = browser.new_context(viewport=width, color_scheme=scheme)
            page = context.new_page()
            sign_in(page, server, who)
            ending = "-dark" if scheme == "dark" else "-narrow" if width == PHONE else ""
            for name in [name for name in wanted if name in names]:
                take(context, name + ending, f"{server.url}/{addresses[who][names[name]]}")
            if who == "ann" and not ending:
                certificate(context, f"{server.url}/{addresses['ann']['own-data']}")
            context.close()


def certificate(context, address: str) -> None:
    """The first page of the printed certificate, where something draws it."""
    if not (drawer := shutil.which("pdftoppm")):
        print("docs/screens/certificate.png was left as it is: pdftoppm (poppler-utils) is not installed.")
        return
    page = context.new_page()
    opened(page, address)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Certificate (PDF)").first.click()
    subprocess.run([drawer, "-png", "-r", "70", "-singlefile", download.value.path(), FOLDER / "certificate"], check=True)
    print("docs/screens/certificate.png")
    page.close()


if __name__ == "__main__":
    main()
