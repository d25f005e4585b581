"""The records go away while a question lies open: what was not kept is said in a sentence, the question and what stands in its fields stay, and the same click saves it later."""

import pytest

from app import exam_desk, practice_orders, practising, quizzing, sittings
from curriculum.practice_form import Wish
from records import CannotRead, NotSaved

AWAY = "Not saved: the database at postgresql://… does not answer. Wait a moment and try again."


@pytest.fixture
def away():
    """Turns the records off and on again."""
    own = pytest.MonkeyPatch()

    class Away:
        @staticmethod
        def go() -> None:
            def reads(*_):
                raise CannotRead("The records cannot be read: the database does not answer.")

            def writes(*_given, **_named):
                raise NotSaved(AWAY)
            own.setattr(sittings, "stored", reads)
            own.setattr(exam_desk, "progress", reads)
            for module, name in ((quizzing, "hand_in"), (practising, "hand_in"), (practising, "take_hint"), (exam_desk, "answer"), (exam_desk, "mark")):
                own.setattr(module, name, writes)

        @staticmethod
        def come_back() -> None:
            own.undo()
    yield Away
    own.undo()


def said(page) -> str:
    assert not page.exception
    return " ".join(each.value for each in page.error)


def open_money(dana):
    attempt = practice_orders.begin(dana, Wish(kinds=frozenset({"money"}), count=3))
    return attempt, sittings.sitting(attempt).questions[0].id


def test_a_typed_answer_stays_and_the_same_click_saves_it(app, dana, away, desk):
    attempt, question = open_money(dana)
    page = app("sitting", who=dana.id, attempt=attempt)
    page.text_input(key=f"{attempt}:{question}").set_value("12.34")
    away.go()
    next(button for button in page.button if button.label == "Submit answer").click().run()
    assert AWAY in said(page) and page.text_input(key=f"{attempt}:{question}").value == "12.34"
    away.come_back()
    next(button for button in page.button if button.label == "Submit answer").click().run()
    assert said(page) == "" and sittings.sitting(attempt).answered[question].response == "12.34"


def test_a_hint_that_could_not_be_kept_is_not_shown_and_said(app, dana, away):
    attempt, question = open_money(dana)
    page = app("sitting", who=dana.id, attempt=attempt)
    away.go()
    page.button(key=f"hint-{question}").click().run()
    assert AWAY in said(page) and not [each for each in page.get("html") if "Hint 1" in str(each)]
