"""Markup and script planted in content and in everything that people may write: nothing of it runs on anybody's page, nothing is fetched for it, and it is shown as the text that it is."""

import time
import uuid
from dataclasses import replace

import pytest

from records import Attempt, Evidence, Grading, Profile, Records, RegradeRun, Step, Training
from records.training_rows import Assignment, HandMark, Remark
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, READY, chromium, opened, settle
from tests.browser.team import sign_in, team_serving

WAYS = ("<img src=x onerror=\"window.__pwn='{0}'\"><script>window.__pwn='{0}'</script><svg onload=\"window.__pwn='{0}'\"><iframe srcdoc=\"<script>parent.__pwn='{0}'</script>\">"
        "[go](javascript:window.__pwn='{0}') ![pic](https://pwn.example/{0}.png) </p></div> **bold** $x$ :red[r]")
SHORT = "{0} <img src=x onerror=\"window.__pwn='{0}'\">"
PLANTED = """() => ({ran: window.__pwn || '', frames: [...document.querySelectorAll('iframe[srcdoc]')].length,
  live: [...document.querySelectorAll('img[src="x"], img[src*="pwn.example"], a[href^="javascript:"], svg[onload], [onerror], main script, .stMain script')].map(e => e.outerHTML.slice(0, 120))})"""


def long(word: str) -> str:
    return f"{word} {WAYS.format(word)}"


def short(word: str) -> str:
    return SHORT.format(word)


def reached(page, address: str) -> None:
    """Goes there, and waits until something is drawn."""
    page.goto(address)
    page.wait_for_selector(READY, timeout=60_000)
    page.locator(".stMain").get_by_role("heading").or_(page.get_by_role("alert")).first.wait_for(timeout=60_000)


def unharmed(page, *shown: str) -> None:
    """Nothing ran and nothing was made of it; each word named is on the page, with the markup after it as text."""
    settle(page)
    page.wait_for_timeout(300)
    assert page.evaluate(PLANTED) == {"ran": "", "frames": 0, "live": []}
    text = page.evaluate("[...document.querySelectorAll('body *')].filter(e => !['SCRIPT', 'STYLE'].includes(e.tagName)).map(e => (e.value && typeof e.value === 'string' ? e.value : '') + ' ' + [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('')).join('\\n')")
    assert [word for word in shown if f"{word} <img src=x onerror=" not in text.replace("\u201c", '"')] == []


@pytest.fixture(scope="module")
def content():
    """A form of a quiz whose every text is planted, and the page it makes when half of it is answered."""
    from app import sittings
    from app.session import catalogue
    found = []
    for kind in ("single-choice", "money"):
        question = next(q for q in catalogue().questions.values() if q.kind == kind and q.status == "published" and not q.compute and not catalogue().case_of(str(q.id)))
        options = tuple(option.model_copy(update={"text": long(f"option{at}"), "why": long(f"why{at}")}) for at, option in enumerate(question.options))
        found.append(question.model_copy(update={"stem": long("stem"), "exhibit": long("exhibit"), "rationale": long("rationale"), "find_it": long("findit"), "options": options}))
    return {"set": {"title": long("set"), "description": long("description")}} | sittings.form_of((question, 5) for question in found)


@pytest.fixture(scope="module")
def server(tmp_path_factory, content):
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run. apt-get install chromium")
    with team_serving(tmp_path_factory.mktemp("hostile")) as running:
        for id, role in (("mal", "learner"), ("tom", "trainer"), ("adm", "admin")):
            running.add(id, short(f"name-{id}"), role)
        plant(running, content)
        yield running


def plant(server, content: dict) -> None:
    """What a learner, a trainer and an admin may write, in every place where they may write it."""
    records, people, training, at = server.records, server.people, Training(server.records), time.time_ns() // 1_000_000
    people.add_cohort("g1", short("cohort"), "tom", "adm", at)
    people.add_member("g1", "mal", "adm", at)
    quiz(records, "mal-quiz", "mal", content, at)
    letter(records, "mal-letter", at)
    letter(records, "mal-unread", at)
    training.assign(Assignment("w1", "exam", "crcs", ("exam:crcs",), short("assignment"), long("note"), 0, 0, at + 10**9, "tom", at), ("g1",), ())
    training.dispute("d1", "mal-quiz", content["questions"][0]["public"]["id"], 1, long("reason"), at)
    training.sign_off("s1", "mal", "denials.appeal-letters", long("signoff"), "tom", at)
    training.remark(Remark("r1", "mal-quiz", content["questions"][0]["public"]["id"], "mal", long("remark"), "tom", at))
    training.dispute("d2", "mal-letter", "round-2", 1, long("second"), at)
    training.mark_by_hand(HandMark("h1", "mal-letter", "round-2", 1, "tom", long("handmark"), 1, "d2", at), by_hand(records, at))
    records.regrade(RegradeRun("run-1", content["questions"][0]["public"]["id"], "full-credit", "tom", long("correction"), {"id": "q"}, None, at), lambda found: (graded(found.attempt.id, content["questions"][0]["public"]["id"], at),))


def graded(attempt: str, slot: str, at: int) -> Grading:
    from decimal import Decimal
    return Grading(attempt, slot, 1, "hand", "hash", Decimal(1), Decimal(1), ({"part": "answer", "reason": long("credit"), "earned": "1", "possible": "1"},), (Evidence("denials.appeal-letters", (), Decimal(1), Decimal(1)),), at)


def by_hand(records: Records, at: int) -> Grading:
    """The letter's marks as they are, with planted reasons."""
    made = next(one for one in records.attempt("mal-letter").gradings if one.slot == "round-2")
    return replace(made, grader="hand", at=at, credits=tuple({**credit, "reason": long("credit")} for credit in made.credits))


def quiz(records: Records, id: str, who: str, content: dict, at: int) -> None:
    """A quiz with its first question answered."""
    slot, first = content["questions"][0]["public"]["id"], content["questions"][0]["public"]["options"][0]["id"]
    records.start(Attempt(id, who, str(uuid.uuid4()), "question-set", short("title"), "hash", 5, "practice", content, at))
    records.append(Step(id, slot, 1, "submit", {"response": first}, at), graded(id, slot, at))


def letter(records: Records, id: str, at: int) -> None:
    """An exercise whose texts are planted, answered with a planted letter that waits to be read."""
    from tests.app.sheets import sheet
    from app.exercise_desk import ExerciseDesk, sheet_plain
    from app.session import catalogue
    form = {"exercise": "made", "branch": "", "story": long("story"), "teaches": long("teaches"), **sheet_plain(sheet())}
    form["rounds"][1]["lead"], form["rounds"][1]["asks"][3]["prompt"], form["rounds"][1]["asks"][3]["model"] = long("lead"), long("prompt"), long("model")
    form["file"][0]["title"] = short("paper")
    records.start(Attempt(id, "mal", str(uuid.uuid4()), "scenario", short("exercise"), "hash", 5, "practice", form, at))
    first = {ask["id"]: ask["key"] for ask in form["rounds"][0]["asks"]}
    desk = ExerciseDesk(records, catalogue(), None, lambda: at)
    for number, given in enumerate((first, {"queue": ["a", "b", "c"], "true": ["pr"], "carc": "197", "letter": long("letter") + " word" * 60}), 1):
        assert not (said := desk.answer(id, number, given)), said


@pytest.fixture(scope="module")
def browser(server):
    with chromium() as running:
        yield running


LEARNER = (("", ("name-mal", "assignment", "note")), ("work", ("assignment", "note")), ("quiz?attempt=mal-quiz&q=1", ("stem", "exhibit", "option0", "why0", "rationale", "findit")), ("quiz?attempt=mal-quiz&q=2", ("stem",)),
           ("attempt?attempt=mal-quiz", ("title", "stem", "rationale")), ("exercise?attempt=mal-letter", ("story", "letter")), ("progress", ("title",)), ("you", ("name-mal",)), ("own_data", ()), ("welcome", ()))
TRAINER = (("cohorts", ("name-mal",)), ("learner?learner=mal", ("name-mal", "signoff")), ("marking", ("reason", "letter")), ("assign", ("cohort",)), ("items", ()), ("attempt?attempt=mal-quiz", ("stem", "title", "rationale")),
           ("attempt?attempt=mal-letter", ("letter",)), ("corrections", ("correction",)))
ADMIN = (("people", ("name-mal", "name-tom")), ("audit", ("name-tom",)), ("cohorts", ()))


@pytest.mark.parametrize("who, pages", [("mal", LEARNER), ("tom", TRAINER), ("adm", ADMIN)], ids=["learner", "trainer", "admin"])
def test_what_is_planted_is_text_on_every_page(page, server, who, pages):
    sign_in(page, server, who)
    wrong = []
    for address, shown in pages:
        reached(page, f"{server.url}/{address}")
        for fold in page.locator("[data-testid='stExpander'] summary").all():
            fold.click()
        try:
            unharmed(page, *shown)
        except AssertionError as problem:
            wrong.append(f"{address}: {problem}")
    assert wrong == []


def test_a_planted_name_is_text_on_the_door_and_its_invitation(page, server):
    link = server.invite("ivy", short("name-ivy"), "learner")
    page.goto(link)
    page.get_by_label("Password").first.wait_for()
    assert page.evaluate(PLANTED)["ran"] == ""


def test_a_planted_query_is_text_or_nothing(page, server):
    sign_in(page, server, "mal")
    for address in (f"attempt?attempt={short('query')}", f"quiz?attempt={short('query')}&q={short('query')}", f"learner?learner={short('query')}"):
        reached(page, f"{server.url}/{address}")
        unharmed(page)


def test_alone_a_planted_name_is_text_on_the_welcome_page_and_in_the_menu(browser, tmp_path):
    from tests.browser.running import serving
    with serving(tmp_path / "records.sqlite") as alone:
        page = browser.new_context().new_page()
        with Records.open(alone.database) as records:
            for id in ("one", "two"):
                records.add_profile(Profile(id, short(f"name-{id}"), "exam", "cpb", None, 1))
        opened(page, f"{alone.url}/welcome?who=one")
        unharmed(page, "name-one")
        opened(page, f"{alone.url}/home?who=one")
        unharmed(page, "name-one")
        page.context.close()
