"""PostgreSQL goes away while somebody answers, in a real browser: the page says that nothing is saved and why, what was typed stays in its field, and a click saves it once the server is back."""

import uuid

import pytest

from records import Records
from tests.browser.conftest import needed
from tests.browser.running import CHROMIUM, READY, Server, opened, settle
from tests.postgres.server import installed, running

AWAY = 60_000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """PostgreSQL of its own, the app over it, and somebody with a quiz of one typed and one chosen answer; by the app's own code."""
    needed(bool(CHROMIUM), "Chromium is not installed: the browser tests were not run.")
    needed(installed(), "PostgreSQL is not installed: its tests were not run. apt-get install postgresql")
    with running() as postgres, pytest.MonkeyPatch.context() as patch:
        url = postgres.make("gone")
        patch.setenv("DATABASE_URL", url)
        from app import practising, quizzing, session, sittings
        from curriculum.practice_form import Block
        from records import Attempt
        session.ledger.clear()
        dana = session.welcome("Dana Whitlock", "exam", "cpb", None)
        held = [q for q in session.catalogue().questions.values() if q.status == "published" and not session.catalogue().case_of(str(q.id))]
        chosen = [next(q for q in held if q.kind == kind) for kind in ("money", "multiple-choice")]
        form = {"set": {"title": "Two kinds", "description": ""}} | sittings.form_of((q, 11) for q in chosen)
        quiz = session.ledger().start(Attempt(session.new_id(), dana.id, str(uuid.uuid4()), quizzing.KIND, "Two kinds", sittings.mark_of(form), 11, "practice", form, session.now())).id
        practice = practising.begin(dana, "practice:one", "Practice: one", (Block((str(chosen[0].id),), "one", 60),), {})
        session.ledger().close()
        session.ledger.clear()
        server = Server(tmp_path_factory.mktemp("gone") / "unused.sqlite").start()
        try:
            yield postgres, server, url, {"quiz": f"quiz?who={dana.id}&attempt={quiz}", "sitting": f"sitting?who={dana.id}&attempt={practice}"}, {"quiz": quiz, "sitting": practice}
        finally:
            server.kill()


def submitted(url: str, attempt: str) -> list:
    with Records.open(url) as records:
        return [step for step in records.attempt(attempt).steps if step.kind == "submit"]


def hand_in(page) -> None:
    page.wait_for_selector(READY, timeout=AWAY)
    page.get_by_role("button", name="Submit answer").click()


@pytest.mark.parametrize("kind", ["quiz", "sitting"])
def test_a_typed_answer_stays_in_its_field_and_a_click_saves_it_when_the_server_is_back(page, served, kind):
    postgres, server, url, addresses, attempts = served
    opened(page, f"{server.url}/{addresses[kind]}")
    field = page.get_by_role("textbox", name="Your answer")
    field.fill("12.34")
    postgres.stop()
    try:
        hand_in(page)
        page.get_by_text("Not saved").first.wait_for(timeout=AWAY)
        settle(page)
        assert field.input_value() == "12.34" and page.get_by_role("heading", name="The rule").count() == 0
        hand_in(page)
        page.get_by_text("Not saved").first.wait_for(timeout=AWAY)
        settle(page)
        assert field.input_value() == "12.34", "however often it is tried"
    finally:
        postgres.start()
    hand_in(page)
    page.get_by_role("heading", name="The rule").wait_for(timeout=AWAY)
    settle(page)
    assert page.get_by_text("Not saved").count() == 0
    assert [step.payload["response"] for step in submitted(url, attempts[kind])] == ["12.34"]


def test_ticks_stay_too(page, served):
    postgres, server, url, addresses, attempts = served
    opened(page, f"{server.url}/{addresses['quiz']}&q=2")
    page.get_by_role("checkbox").nth(1).check(force=True)
    postgres.stop()
    try:
        hand_in(page)
        page.get_by_text("Not saved").first.wait_for(timeout=AWAY)
        settle(page)
        assert page.get_by_role("checkbox").nth(1).is_checked()
    finally:
        postgres.start()
    hand_in(page)
    page.get_by_role("heading", name="The rule").wait_for(timeout=AWAY)
    assert len([step for step in submitted(url, attempts["quiz"]) if isinstance(step.payload["response"], list)]) == 1
