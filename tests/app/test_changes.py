"""What changed: told to whoever met it before, and drilled."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import pytest

from app import changes, practice_orders, practising, reviewing, sittings
from curriculum.models import Span
from curriculum.practice_form import Wish
from tests.app.test_pages import words
from tests.app.test_practice import right


@pytest.fixture
def met(dana):
    """A question that was answered today."""
    attempt = practice_orders.begin(dana, Wish(count=1))
    question = sittings.sitting(attempt).questions[0]
    practising.hand_in(attempt, question.id, right(attempt, question.id))
    return question.id


def content_of_later(desk, monkeypatch, **questions):
    """The content as it stands a month from now, with these questions changed."""
    held, later = desk.catalogue(), desk.today() + timedelta(days=30)
    whole = replace(held, questions=MappingProxyType({**held.questions, **questions}))
    for module in (changes, practice_orders, practising, reviewing, sittings):
        if hasattr(module, "catalogue"):
            monkeypatch.setattr(module, "catalogue", lambda: whole)
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: later)


def test_nothing_has_changed_on_the_day_of_the_answer(app, dana, met):
    assert "No question that you met has changed" in words(app("changed", who=dana.id))


def test_a_question_replaced_by_another_is_told_and_drilled(app, dana, desk, met, monkeypatch):
    held, begins = desk.catalogue(), desk.today() + timedelta(days=10)
    other = next(q for id_, q in held.questions.items() if q.status == "published" and id_ != met)
    new = other.model_copy(update={"reimplements": held.questions[met].id, "in_force": Span.model_validate({"from": begins})})
    content_of_later(desk, monkeypatch, **{str(other.id): new})
    page = app("changed", who=dana.id)
    assert "Asked anew, with another answer" in words(page)
    page.button(key="start").click().run()
    assert [q.id for q in sittings.sitting(desk.ledger().attempts_of(dana.id)[0].attempt).questions] == [str(other.id)]


def test_a_question_out_of_force_is_told_and_not_drilled(app, dana, desk, met, monkeypatch):
    old = desk.catalogue().questions[met]
    ended = Span.model_validate({"from": old.in_force.from_, "to": desk.today() + timedelta(days=3)})
    content_of_later(desk, monkeypatch, **{met: old.model_copy(update={"in_force": ended})})
    page = app("changed", who=dana.id)
    assert "No longer in force" in words(page) and not [button for button in page.button if button.key == "start"]
