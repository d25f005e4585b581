"""Every past attempt can be reached: page by page, and those under way by themselves, however many came after."""

import pytest

from app import gate, quizzing, standing
from records import Attempt


@pytest.fixture
def many(desk, dana):
    """45 attempts, of which the first alone is under way."""
    return begun(desk.ledger(), dana.id, 45)


def begun(ledger, profile: str, many: int) -> list[str]:
    ids = [f"past-{n}" for n in range(many)]
    for n, id in enumerate(ids):
        ledger.start(Attempt(id, profile, f"item-{n}", quizzing.KIND, f"Quiz {n} of long ago", "x", 1, "practice", {"questions": []}, gate.now()))
        if n:
            ledger.finish(id, gate.now())
    return ids


def linked(page) -> list[str]:
    """The quizzes of long ago that a page links to."""
    found = [one.proto.label for one in page.main.get("page_link")]
    return [label.split(" of long ago")[0] for label in found if "of long ago" in label]


def test_all_of_them_are_there_page_by_page(app, many):
    page = app("progress")
    assert linked(page) == [f"Quiz {n}" for n in range(44, 24, -1)]
    page.pagination(key="past").set_value(3).run()
    assert linked(page) == [f"Quiz {n}" for n in range(4, -1, -1)]


def test_what_is_under_way_is_found_behind_fifty_others(desk, dana):
    begun(desk.ledger(), dana.id, 61)
    assert [one.attempt for one in standing.unfinished(dana)] == ["past-0"]


def test_those_under_way_are_listed_alone(app, many):
    page = app("progress")
    page.checkbox(key="open").check().run()
    assert linked(page) == ["Quiz 0"] and not list(page.pagination)


def test_home_leads_to_them(app, desk, dana):
    ledger = desk.ledger()
    for n in range(5):
        ledger.start(Attempt(f"open-{n}", dana.id, f"item-{n}", quizzing.KIND, f"Quiz {n} of long ago", "x", 1, "practice", {"questions": []}, gate.now()))
    more = next(one for one in app("home").main.get("page_link") if "2 more unfinished" in one.proto.label)
    assert "open=true" in more.proto.query_string
    assert linked(app("progress", open="true")) == [f"Quiz {n}" for n in range(4, -1, -1)]
