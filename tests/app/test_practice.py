"""Practice to order: the session that is put together, hints and their price, confidence beside the score, the time kept."""

import pytest

from app import attempt_clock, practice_orders, practising, reveal, sittings
from curriculum.practice_form import Wish, blocks
from records import Unknown
from scoring.marks import key_of
from tests.app.test_pages import some_answer, words


@pytest.fixture
def begun(dana):
    """A session of six questions."""
    return practice_orders.begin(dana, Wish(count=6))


def right(attempt: str, question: str) -> object:
    keyed = sittings.variants(attempt)[question].keyed
    key = key_of(keyed.question, keyed.drawn)
    return key if isinstance(key, (frozenset, tuple, dict)) else str(key)


def first_of(attempt: str):
    return sittings.sitting(attempt).questions[0]


def test_the_page_says_how_much_fits_and_starts_a_session(app, dana, desk):
    page = app("practice", who=dana.id)
    assert "questions fit that" in words(page)
    page.number_input(key="count").set_value(3).run()
    page.button(key="start").click().run()
    attempt = desk.ledger().attempts_of(dana.id)[0]
    assert attempt.kind == "practice" and len(sittings.sitting(attempt.attempt).questions) <= 3


def test_an_order_that_nothing_fits_says_so_and_cannot_be_started(app, dana):
    page = app("practice", who=dana.id)
    page.radio(key="only").set_value("missed").run()
    assert "No question fits all of that" in words(page) and page.button(key="start").disabled


@pytest.mark.parametrize("wish, holds", [
    (Wish(kinds=frozenset({"money"}), count=5), lambda held, q: q.kind == "money"),
    (Wish(difficulties=frozenset({4}), count=5), lambda held, q: q.difficulty == 4),
    (Wish(areas=frozenset({"payers"}), count=5), lambda held, q: any(skill.startswith("payers.") for skill in q.competencies)),
    (Wish(exam="cpb", domain="cpb3", count=5), lambda held, q: "cpb3" in held.domains_of(q, "cpb"))], ids=["kind", "difficulty", "area", "domain"])
def test_a_session_asks_only_what_was_ordered(dana, desk, wish, holds):
    asked = sittings.sitting(practice_orders.begin(dana, wish)).questions
    assert asked and all(holds(desk.catalogue(), desk.catalogue().questions[question.id]) for question in asked)


def test_unseen_and_missed_follow_what_was_answered(dana, begun):
    one, two = sittings.sitting(begun).questions[:2]
    practising.hand_in(begun, one.id, right(begun, one.id))
    practising.hand_in(begun, two.id, wrong(begun, two.id))
    unseen = {id_ for block in practice_orders.there(dana, Wish(only="unseen")) for id_ in block.questions}
    missed = {id_ for block in practice_orders.there(dana, Wish(only="missed")) for id_ in block.questions}
    assert not {one.id, two.id} & unseen
    assert missed == {two.id}


def wrong(attempt: str, question: str) -> object:
    """A readable answer that earns nothing, or at least not all."""
    public, keyed = sittings.variants(attempt)[question].public, sittings.variants(attempt)[question].keyed
    key = key_of(keyed.question, keyed.drawn)
    if public.kind == "multiple-choice":
        return [next(option.id for option in public.options if option.id not in key)]
    if public.kind in ("single-choice", "true-false"):
        return next(option.id for option in public.options if option.id != key)
    if public.kind == "matching":
        return {prompt: next(o.id for o in public.options if o.id != match) for prompt, match in key.items()}
    if public.kind == "ordering":
        return list(reversed(key))
    return {"date": "1999-01-01", "code-entry": "Z99.9"}.get(public.kind, "987654")


def test_a_case_stays_together_in_its_own_order(desk):
    held = desk.catalogue()
    case = next(one for one in held.sets if one.kind == "case-set")
    other = next(question for question in held.questions.values() if not held.case_of(str(question.id)))
    own = [str(question.id) for question in case.questions]
    mixed = [case.questions[-1], other, *case.questions[:-1]]
    assert [block.questions for block in blocks(held, mixed)] == [tuple(own), (str(other.id),)]


def test_a_new_session_ends_the_one_that_was_under_way(dana, begun, desk):
    practice_orders.begin(dana, Wish(count=2))
    assert desk.ledger().attempt(begun).finished_at is not None


def test_a_hint_costs_its_stated_share_of_the_points(begun):
    question = first_of(begun)
    held = practising.hints(sittings.stored(begun), question.id)
    assert held.taken == () and held.left >= 1
    practising.take_hint(begun, question.id)
    practising.hand_in(begun, question.id, right(begun, question.id))
    answer = sittings.sitting(begun).answered[question.id]
    assert answer.earned == 1 - held.price and answer.right and answer.hints == 1
    assert f"1 hint took {held.price:.0%} of the points." in reveal.feedback(begun, question.id).costs


def test_a_hint_taken_twice_in_two_tabs_is_one_hint(begun, desk):
    question = first_of(begun)
    for _ in range(3):
        practising.take_hint(begun, question.id)
    steps = [step for step in sittings.stored(begun).steps if step.kind == "hint"]
    keyed = sittings.variants(begun)[question.id].keyed.question
    assert len(steps) == min(3, len(keyed.hints) or 1)


def test_a_hint_after_the_answer_is_not_to_be_had(begun):
    question = first_of(begun)
    practising.hand_in(begun, question.id, some_answer(question))
    practising.take_hint(begun, question.id)
    assert not [step for step in sittings.stored(begun).steps if step.kind == "hint"]


@pytest.mark.parametrize("level, given, marks", [(3, right, 3), (3, wrong, -6), (2, right, 2), (2, wrong, -2), (1, right, 1), (1, wrong, 0), (0, right, 0)])
def test_confidence_earns_marks_beside_the_score(begun, level, given, marks):
    question = first_of(begun)
    practising.hand_in(begun, question.id, given(begun, question.id), level)
    sitting = sittings.sitting(begun)
    assert practising.sureness(sitting).marks == marks
    assert sitting.earned <= 1


def test_the_first_answer_counts_where_two_tabs_answer(begun):
    question = first_of(begun)
    practising.hand_in(begun, question.id, right(begun, question.id))
    assert practising.hand_in(begun, question.id, wrong(begun, question.id)).already
    assert sittings.sitting(begun).answered[question.id].right


def test_an_unreadable_answer_is_no_attempt(begun):
    assert isinstance(practising.hand_in(begun, first_of(begun).id, None), practising.Unreadable)
    assert not sittings.sitting(begun).answered


def test_the_time_counts_from_the_first_sight_of_the_question(begun, monkeypatch):
    question, clock = first_of(begun), iter((10_000, 52_000))
    monkeypatch.setattr(practising, "now", lambda: next(clock))
    practising.shown(begun, question.id)
    practising.hand_in(begun, question.id, right(begun, question.id))
    assert sittings.sitting(begun).answered[question.id].milliseconds == 42_000


def test_a_clock_turned_back_meanwhile_does_not_change_the_time_taken(begun, monkeypatch):
    question, clock, passed = first_of(begun), iter((10_000_000, 10_000_000 - 86_400_000)), iter((1_000, 43_000))
    monkeypatch.setattr(practising, "now", lambda: next(clock))
    monkeypatch.setattr(attempt_clock, "steady", lambda: next(passed))
    practising.shown(begun, question.id)
    practising.hand_in(begun, question.id, right(begun, question.id))
    assert sittings.sitting(begun).answered[question.id].milliseconds == 42_000


def test_whoever_was_away_took_no_known_time(begun, monkeypatch):
    question, clock = first_of(begun), iter((10_000, 10_000 + practising.AWAY + 1))
    monkeypatch.setattr(practising, "now", lambda: next(clock))
    practising.shown(begun, question.id)
    practising.hand_in(begun, question.id, right(begun, question.id))
    assert sittings.sitting(begun).answered[question.id].milliseconds == 0


def test_the_page_takes_an_answer_with_a_hint_and_says_what_it_cost(app, dana, desk):
    begun = practice_orders.begin(dana, Wish(kinds=frozenset({"single-choice"}), count=2))
    question = first_of(begun)
    page = app("sitting", who=dana.id, attempt=begun)
    page.button(key=f"hint-{question.id}").click().run()
    assert "Hint 1" in words(page)
    key = f"{begun}:{question.id}"
    page.radio(key=key).set_value(right(begun, question.id))
    page.radio(key=f"sure-{key}").set_value(3)
    next(button for button in page.button if button.label == "Submit answer").click().run()
    assert "of the points." in words(page) and "+3 confidence marks" in words(page) and "To be reviewed on" in words(page)


def test_the_summary_keeps_the_confidence_marks_apart(app, dana, begun):
    for question in sittings.sitting(begun).questions:
        practising.hand_in(begun, question.id, wrong(begun, question.id), 3)
    said = words(app("sitting", who=dana.id, attempt=begun, q="99"))
    assert "It is no part of your score" in said and "sure and wrong" in said


def test_an_order_without_questions_is_refused_with_a_sentence(dana):
    with pytest.raises(Unknown, match="No question fits"):
        practice_orders.begin(dana, Wish(competencies=frozenset({"nowhere.nothing"})))


def test_a_past_session_opens_as_it_was(app, dana, begun):
    question = first_of(begun)
    practising.hand_in(begun, question.id, some_answer(question))
    page = app("attempt", who=dana.id, attempt=begun)
    assert not page.exception and "The rule" in words(page)


@pytest.mark.parametrize("said", ["Sure", "x" * 10_000, 7, -1])
def test_how_sure_one_is_is_one_of_what_is_offered(begun, said):
    """A client that is no page of ours sends what it likes."""
    question = first_of(begun)
    practising.hand_in(begun, question.id, right(begun, question.id), said)
    assert sittings.sitting(begun).answered[question.id].sure == 0
