"""Readiness at the desk and on its page: silence before there is enough, the band afterwards, what moves it, and how the real exam went."""

from datetime import timedelta
from random import Random

import pytest

from app import first_answers, gate, practice_orders, practising, readiness_desk, real_exam_desk, sittings, sureness
from curriculum.practice_form import Wish
from records import Unknown
from scoring.readiness import NotEnough
from tests.app.test_pages import words
from tests.app.test_practice import right, wrong

WEIGHTY = ("cpb1", "cpb2", "cpb4", "cpb5", "cpb7")


def practise(who, count: int, good: float = 0.8, seed: int = 1, sure: int = 2, **wish) -> str:
    """A session answered, so many of them right."""
    chance = Random(seed)
    attempt = practice_orders.begin(who, Wish(exam="cpb", count=count, only="unseen", **wish))
    for question in sittings.sitting(attempt).questions:
        given = right if chance.random() < good else wrong
        practising.hand_in(attempt, question.id, given(attempt, question.id), sure)
    return attempt


def enough(who, good: float = 0.8) -> None:
    """Eight answers in each weighty domain."""
    for at, domain in enumerate(WEIGHTY):
        practise(who, 8, good, seed=at, domain=domain)


@pytest.fixture
def seasoned(dana):
    enough(dana)
    return dana


def test_with_ten_answers_nothing_is_said_but_what_is_missing(app, dana):
    practise(dana, 10)
    page = app("readiness", who=dana.id)
    assert "to go" in words(page) and "30 first answers" in words(page)
    assert "If you sat it today" not in [header.value for header in page.header]


def test_with_enough_answers_there_is_a_band_a_score_and_what_would_raise_it(app, seasoned):
    page = app("readiness", who=seasoned.id)
    assert "If you sat it today" in [header.value for header in page.header]
    assert "You would pass with a chance of" in words(page) and "What would raise it most" in words(page)
    assert "first answers of yours" in words(page) and "No real result yet" in words(page)


def test_the_page_says_what_the_bank_cannot_prepare_for(app, seasoned):
    said = words(app("readiness", who=seasoned.id))
    assert "Coding, 7 % of the exam" in said.replace("\\", "") and "CPT is licensed" in said


def test_what_would_raise_it_is_one_button_away(app, seasoned, desk):
    made = readiness_desk.told(seasoned, "cpb")
    page = app("readiness", who=seasoned.id)
    page.button(key="practise").click().run()
    newest = desk.ledger().attempts_of(seasoned.id)[0]
    held = desk.catalogue()
    assert newest.finished is None
    assert all(made.found.raise_most in held.domains_of(held.questions[question.id], "cpb") for question in sittings.sitting(newest.attempt).questions)


def test_better_answers_foretell_more(dana, desk):
    other = desk.welcome("Ben Achterberg", "exam", "cpb", None)
    enough(dana, 0.95)
    enough(other, 0.4)
    assert readiness_desk.told(dana, "cpb").found.probability > readiness_desk.told(other, "cpb").found.probability + 0.3


def test_a_second_answer_to_the_same_question_moves_nothing(seasoned):
    before = readiness_desk.told(seasoned, "cpb").found
    attempt = practice_orders.begin(seasoned, Wish(exam="cpb", count=5, only="missed"))
    for question in sittings.sitting(attempt).questions:
        practising.hand_in(attempt, question.id, right(attempt, question.id), 3)
    assert readiness_desk.told(seasoned, "cpb").found == before


def test_a_new_answer_is_seen_at_once(seasoned):
    before = readiness_desk.told(seasoned, "cpb").found.answers
    practise(seasoned, 3, domain="cpb1")
    assert readiness_desk.told(seasoned, "cpb").found.answers > before


def test_a_question_for_two_domains_counts_in_each_for_its_part(seasoned):
    answers = first_answers.first(seasoned).answers("cpb")
    assert sum(answer.weight for answer in answers) == pytest.approx(len({met.item for met in first_answers.first(seasoned).counting}))


def test_a_calibrated_difficulty_stands_in_place_of_the_label(seasoned, desk):
    from records import ItemDifficulty
    item = first_answers.first(seasoned).counting[0].item
    desk.ledger().keep_difficulties([ItemDifficulty(item, 2.25, 0.2, 60, 1)])
    held = first_answers.bank("cpb")[item]
    assert (held.difficulty, held.spread) == (2.25, 0.2)
    assert readiness_desk.told(seasoned, "cpb").calibrated == 1


def test_a_pass_mark_that_nobody_could_verify_is_said_to_be_so(dana):
    made = readiness_desk.told(dana, "crcs")
    assert any("could not be verified" in one for one in made.estimates) and any("each counts the same" in one for one in made.estimates)


def test_home_says_it_in_one_line(app, seasoned):
    made = readiness_desk.told(seasoned, "cpb")
    low, high = made.found.band
    line = f"If you sat the CPB today: {made.words}, {100 * low:.0f} to {100 * high:.0f} in 100."
    assert readiness_desk.line(seasoned) == line
    assert line in [link.proto.label.replace("\\", "") for link in app(who=seasoned.id).get("page_link")]


def test_who_prepares_for_a_job_is_told_of_no_exam_on_home(desk):
    assert readiness_desk.line(desk.welcome("Mira Okonedo", "track", "medical", None)) == ""


def test_in_a_team_ones_own_readiness_is_told_and_no_other_learners(seasoned, desk, monkeypatch):
    other = desk.welcome("Ben Achterberg", "exam", "cpb", None)
    monkeypatch.setattr(gate, "is_team", lambda: True)
    with gate.acting(gate.Viewer(seasoned.id, "Dana", "learner", "s")):
        assert readiness_desk.told(seasoned, "cpb").enough
        assert real_exam_desk.report(seasoned, "cpb", desk.today(), "passed").profile == seasoned.id
        with pytest.raises(gate.NotAllowed):
            readiness_desk.told(other, "cpb")
        with pytest.raises(gate.NotAllowed):
            real_exam_desk.report(other, "cpb", desk.today(), "passed")


# The real exam

def test_after_its_day_home_and_page_ask_how_it_went(app, desk):
    mira = desk.welcome("Mira Okonedo", "exam", "cpb", desk.today() - timedelta(days=2))
    assert real_exam_desk.asks(mira)
    page = app("readiness", who=mira.id)
    page.radio(key="outcome").set_value("passed")
    page.text_input(key="score").input("81 %")
    page.button(key="keep").click().run()
    told, = desk.ledger().real_exams(mira.id)
    assert (told.outcome, told.score, told.sat_on) == ("passed", "81 %", mira.exam_date)
    assert not real_exam_desk.asks(mira) and "Passed, score 81 %" in words(page).replace("\\", "")


def test_a_result_after_enough_answers_is_counted_and_moves_the_chance(seasoned, desk, monkeypatch):
    before = readiness_desk.told(seasoned, "cpb").found
    later = desk.today() + timedelta(days=1)
    monkeypatch.setattr(real_exam_desk, "today", lambda: later)
    told = real_exam_desk.report(seasoned, "cpb", later, "failed")
    after = readiness_desk.told(seasoned, "cpb").found
    assert len(told.chances) == 13 and (before.results, after.results) == (0, 1)
    assert after.probability < before.probability


def test_a_result_before_anything_could_be_foretold_moves_nothing(dana, desk):
    assert real_exam_desk.report(dana, "cpb", desk.today(), "passed").chances == ()
    assert readiness_desk.results("cpb") == ()


def test_answers_from_after_the_exam_do_not_foretell_it(seasoned, desk):
    assert real_exam_desk.foretold(seasoned, "cpb", desk.today()) == ()


def test_a_day_that_has_not_come_is_refused(dana, desk):
    with pytest.raises(Unknown, match="That day|that day has not come"):
        real_exam_desk.report(dana, "cpb", desk.today() + timedelta(days=3), "passed")


# How sure, and the mocks

def test_confidence_is_held_against_truth_by_domain(dana):
    practise(dana, 4, good=0.0, sure=3, domain="cpb1")
    row = next(row for row in sureness.by_domain(dana, "cpb") if row.name == "Types of Insurance")
    assert row.sure_and_wrong == 4 and row.levels[0] == (0, 0)


def test_nothing_is_shown_of_confidence_where_none_was_said(dana):
    practise(dana, 4, sure=0)
    assert sureness.by_domain(dana, "cpb") == ()


def test_the_reviews_to_come_are_a_picture_with_its_table(app, seasoned):
    page = app("review", who=seasoned.id)
    html = " ".join(one.body if hasattr(one, "body") else str(one.value) for one in page.get("html"))
    assert 'role="img"' in html and "<summary>Show as a table" in html and "Reviews of the next 14 days" in html
