"""An exercise at its desk and on its page: rounds in turn, drafts, what cannot be read, what may be known by when; attempts open on the page of their kind."""

import pytest

from app import exercises, offers
from app.widgets import places
from curriculum.kinds import KINDS
from tests.app.sheets import MODEL, begun, sheet

FIRST = {ask.id: ask.key for ask in sheet().rounds[0].asks}
SECOND = {"queue": ["a", "b", "c"], "true": ["pr"], "carc": "197", "letter": MODEL}


def words(page) -> str:
    return "\n".join(str(element.value) for kind in ("title", "header", "subheader", "markdown", "caption", "info", "html", "text") for element in getattr(page, kind))


@pytest.fixture
def attempt(desk, dana):
    return begun(desk.ledger(), dana.id)


@pytest.fixture
def at(desk):
    return exercises.desk()


def hand_in(page):
    next(button for button in page.button if button.label == "Hand in").click()
    return page.run()


def test_a_round_shows_its_own_questions_and_no_later_paper(at, attempt):
    work = at.work(attempt)
    assert (work.round, work.rounds, work.answered, work.closing) == (1, 2, (), ()) and {cell.column for cell in work.cells} >= {"Paid", "Patient"}
    assert not any(hasattr(ask, "key") for ask in work.asks)


def test_what_cannot_be_read_is_said_and_nothing_is_stored(at, attempt):
    assert "paid-1" in at.answer(attempt, 1, FIRST | {"paid-1": "a lot"})
    assert at.work(attempt).round == 1


def test_the_rounds_come_in_turn_and_the_last_one_ends_the_attempt(at, attempt):
    assert at.answer(attempt, 1, FIRST) == {}
    work = at.work(attempt)
    assert (work.round, len(work.answered), len(work.answered[0].cells), len(work.answered[0].revealed)) == (2, 1, 8, 1)
    assert at.answer(attempt, 2, SECOND) == {}
    work = at.work(attempt)
    assert work.finished and work.score == work.possible and work.closing[0].title == "After all"
    assert [(element.found, element.required) for element in work.answered[1].letters[0].elements] == [(True, True), (True, False)]


def test_a_breach_is_called_one(at, attempt):
    at.answer(attempt, 1, FIRST)
    at.answer(attempt, 2, SECOND | {"true": ["pr", "co"]})
    assert [each.severity for each in at.work(attempt).answered[1].revealed if each.prompt.startswith("Which of these")] == ["unlawful"]


def test_a_draft_is_kept_and_given_back(at, attempt):
    at.save_draft(attempt, 1, {"paid-1": "12"})
    assert at.work(attempt).draft == {"paid-1": "12"}


def test_the_evidence_is_of_the_competencies_asked(at, attempt, desk, dana):
    at.answer(attempt, 1, FIRST)
    at.answer(attempt, 2, SECOND)
    assert {"remittance.posting-and-balancing", "denials.appeal-letters"} <= desk.ledger().evidence(dana.id).keys()


def test_the_page_takes_a_grid_in_and_shows_what_was_missed(app, dana, attempt):
    page = app("exercise", who=dana.id, attempt=attempt)
    assert not page.exception and "Post the lines" in words(page)
    for field in page.text_input:
        name = field.key.rsplit(":", 1)[-1]
        if name in FIRST:
            field.set_value("500" if name == "paid-2" else FIRST[name])
    page = hand_in(page)
    assert not page.exception and "<s>500</s> 20" in words(page) and "You posted the charge" in words(page)
    assert "Put the accounts in the order of work" in words(page)


def test_the_page_says_what_it_cannot_read(app, dana, attempt):
    page = app("exercise", who=dana.id, attempt=attempt)
    next(field for field in page.text_input if field.key.endswith(":paid-1")).set_value("lots")
    assert "Nothing is handed in yet." in words(hand_in(page)) and "Line 1: Paid. Write an amount" in words(page)


def test_the_page_takes_orders_choices_codes_and_letters(app, dana, attempt, at):
    at.answer(attempt, 1, FIRST)
    page = app("exercise", who=dana.id, attempt=attempt)
    for place, field in zip((1, 2, 3), page.number_input):
        field.set_value(place)
    page.checkbox[0].check()
    next(field for field in page.text_input if field.key.endswith(":carc")).set_value("197")
    page.text_area[0].set_value(MODEL)
    page = hand_in(page)
    assert not page.exception and "Balance to the cent." in words(page) and at.work(attempt).finished


def test_a_draft_comes_back_into_the_fields(app, dana, attempt, at):
    at.answer(attempt, 1, FIRST)
    at.save_draft(attempt, 2, {"queue/b": "1", "true/pr": "yes", "carc": "15", "letter": "Dear"})
    page = app("exercise", who=dana.id, attempt=attempt)
    assert [field.value for field in page.number_input] == [None, 1, None] and page.checkbox[0].value and page.text_area[0].value == "Dear"


def test_another_persons_attempt_is_not_shown(app, desk, dana, attempt):
    robin = desk.welcome("Robin", "track", "dental", None)
    assert "belongs to another profile" in words(app("exercise", who=robin.id, attempt=attempt))


def test_an_attempt_opens_on_the_page_of_its_kind(app, dana, attempt):
    assert offers.page_of(attempt) == places.EXERCISE
    assert "A made exercise" in words(app("attempt", who=dana.id, attempt=attempt))


def test_home_goes_on_with_an_exercise(app, dana, attempt):
    assert any(button.key == f"continue-{attempt}" for button in app("home", who=dana.id).button)


def test_every_exercise_on_offer_can_be_begun_and_read(desk, dana, at):
    held = desk.catalogue()
    for id, exercise in held.exercises.items():
        if exercise.status != "published" and exercise.kind != "dental-estimate":
            continue
        work = at.work(at.begin(dana.id, id, 0))
        assert work.asks and work.kind_title == KINDS[exercise.kind].title
        assert set(work.invented) <= {policy.name for policy in held.policies.values() if not policy.real}


def test_a_search_finds_by_title_payer_kind_and_competency(desk):
    cards = offers.cards()
    assert cards and offers.found(cards) == cards
    first = cards[0]
    assert first in offers.found(cards, first.title.upper()) and first in offers.found(cards, first.kind) and first in offers.found(cards, step=first.step, form=first.form)
    assert offers.found(cards, "no such words at all") == ()


def test_the_steps_and_forms_of_every_kind_are_known(desk):
    assert {kind.step for kind in KINDS.values()} <= {"", *offers.STEPS} and {kind.form for kind in KINDS.values()} <= {"", *offers.FORMS}
    assert {card.step for card in offers.cards()} <= set(offers.STEPS) and {card.form for card in offers.cards()} <= set(offers.FORMS)
