"""An exam at the desk: saved at once, graded at the end, the deadline the server's, another tab, another day."""

from dataclasses import replace

import pytest

from app import attempt_clock, exam_desk, exam_marking, exam_offers, exam_reports, sittings
from records import NotSaved, Unknown

DAY = 86_400_000


@pytest.fixture
def clock(desk, monkeypatch):
    """The server's clock, which the test turns, and the one that nobody can turn."""
    class Clock:
        at = 1_900_000_000_000
        steady = 5_000_000

        @classmethod
        def passes(cls, milliseconds: int) -> None:
            cls.at, cls.steady = cls.at + milliseconds, cls.steady + milliseconds
    for module in (desk, exam_desk, exam_offers):
        monkeypatch.setattr(module, "now", lambda: Clock.at)
    monkeypatch.setattr(attempt_clock, "steady", lambda: Clock.steady)
    attempt_clock.forget()
    yield Clock
    attempt_clock.forget()


@pytest.fixture
def exam(dana, clock):
    return exam_offers.begin(dana, "cpb", "quarter")


def key(attempt: str, item: str) -> str:
    question = sittings.variants(attempt)[item].keyed.question
    return next(option.id for option in question.options if option.correct)


def wrong(attempt: str, item: str) -> str:
    question = sittings.variants(attempt)[item].keyed.question
    return next(option.id for option in question.options if not option.correct)


def items(attempt: str) -> list[str]:
    return [question.id for question in exam_desk.paper(attempt).questions]


def test_a_form_keeps_all_it_asks_and_by_which_outline(exam, desk):
    form = desk.ledger().attempt(exam).attempt.form
    assert form["blueprint"]["id"] == "cpb" and [slot["item"] for slot in form["slots"]] == items(exam)
    assert all(form["hashes"][item] == desk.catalogue().hash_of(item) for item in items(exam))


def test_an_answer_is_kept_at_once_and_marked_only_at_the_end(exam, desk, dana):
    first = items(exam)[0]
    assert exam_desk.answer(exam, first, key(exam, first), 0, "tab").stored
    assert desk.ledger().attempt(exam).gradings == () and desk.ledger().evidence(dana.id) == {}
    exam_desk.finish(exam)
    assert desk.ledger().evidence(dana.id) and exam_reports.report(exam_reports.ended(exam)).total.earned == 1


def test_the_latest_answer_counts(exam):
    first = items(exam)[0]
    for after, response in enumerate([key(exam, first), wrong(exam, first), key(exam, first), wrong(exam, first)]):
        exam_desk.answer(exam, first, response, after, "tab")
    exam_desk.finish(exam)
    assert exam_reports.report(exam_reports.ended(exam)).total.earned == 0


def test_an_answer_taken_back_is_a_blank(exam):
    first = items(exam)[0]
    exam_desk.answer(exam, first, key(exam, first), 0, "tab")
    exam_desk.answer(exam, first, None, 1, "tab")
    assert first not in exam_desk.progress(exam).answers
    exam_desk.finish(exam)
    assert exam_reports.report(exam_reports.ended(exam)).outcomes[0].state == "omit"


def test_what_was_seen_and_left_is_told_from_what_was_never_reached(exam, desk, dana):
    first, second, *rest = items(exam)
    exam_desk.mark(exam, "navigate", to=first, resumed=True)
    exam_desk.answer(exam, second, wrong(exam, second), 0, "tab")
    exam_desk.finish(exam)
    report = exam_reports.report(exam_reports.ended(exam))
    assert [one.state for one in report.outcomes] == ["omit", "wrong", *["unreached"] * len(rest)]
    assert (report.total.omitted, report.total.unreached) == (1, len(rest))
    assert sum(standing.n for standing in desk.ledger().evidence(dana.id).values()) == len(sittings.variants(exam)[second].keyed.question.competencies)


def test_a_finished_exam_takes_no_answer(exam):
    exam_desk.finish(exam)
    with pytest.raises(Exception, match="finished before"):
        exam_desk.answer(exam, items(exam)[0], "a", 0, "tab")


def test_finishing_twice_is_finishing_once(exam, desk):
    exam_desk.finish(exam)
    before = desk.ledger().attempt(exam)
    exam_desk.finish(exam)
    assert desk.ledger().attempt(exam) == before


def test_an_answer_after_the_deadline_is_refused_in_a_sentence_and_what_was_saved_counts(exam, clock):
    first, second, *_ = items(exam)
    deadline = exam_desk.paper(exam).deadline
    clock.at = deadline
    assert exam_desk.answer(exam, first, key(exam, first), 0, "tab").stored
    clock.at = deadline + 1
    with pytest.raises(exam_desk.TimeUp, match="Time was up before this answer came"):
        exam_desk.answer(exam, second, key(exam, second), 0, "tab")
    assert exam_desk.ledger().unguarded.figures.refused == {exam_desk.LATE: 1}
    report = exam_reports.report(exam_reports.ended(exam))
    assert report.expired and report.total.earned == 1 and report.finished == deadline


def test_a_clock_turned_back_lengthens_no_exam(exam, clock, desk):
    """A second before the end the machine's clock goes back by two days; eleven seconds later the time is up all the same."""
    first, second, third, *_ = items(exam)
    clock.passes(exam_desk.paper(exam).deadline - clock.at - 1000)
    assert exam_desk.answer(exam, first, key(exam, first), 0, "tab").stored
    clock.at -= 2 * DAY
    assert exam_desk.answer(exam, second, key(exam, second), 0, "tab").stored
    clock.passes(11_000)
    with pytest.raises(exam_desk.TimeUp, match="Time was up"):
        exam_desk.answer(exam, third, key(exam, third), 0, "tab")
    report = exam_reports.report(exam_reports.ended(exam))
    assert report.total.earned == 2 and desk.ledger().attempt(exam).finished_at == exam_desk.paper(exam).deadline


def test_a_clock_turned_back_while_the_server_was_down_gives_no_time_back(exam, clock, desk):
    first, second, *_ = items(exam)
    clock.passes(60_000)
    exam_desk.answer(exam, first, key(exam, first), 0, "tab")
    left = exam_desk.paper(exam).deadline - exam_desk.clock(exam)
    attempt_clock.forget()
    clock.at -= 2 * DAY
    assert exam_desk.paper(exam).deadline - exam_desk.clock(exam) == left
    exam_desk.answer(exam, second, key(exam, second), 0, "tab")
    exam_desk.mark(exam, "flag", slot=second, on=True)
    exam_desk.finish(exam)
    times = [step.at for step in desk.ledger().attempt(exam).steps]
    assert times == sorted(times) and exam_reports.report(exam_reports.ended(exam)).total.earned == 2


def test_an_answer_counts_when_the_exam_is_ended_by_a_machine_whose_clock_is_behind(exam, clock, desk):
    first = items(exam)[0]
    exam_desk.answer(exam, first, key(exam, first), 0, "tab")
    desk.ledger().close_attempt(exam, lambda found: exam_marking.ending(found, clock.at - DAY, False))
    assert exam_reports.report(exam_reports.ended(exam)).total.earned == 1


def test_an_exam_left_alone_is_ended_by_whoever_looks_next(exam, clock, dana, desk):
    clock.at += 3 * DAY
    assert exam_desk.end_overdue(dana) == (exam,)
    assert desk.ledger().log(exam).finished_at == exam_desk.paper(exam).deadline
    assert exam_desk.end_overdue(dana) == ()


def test_a_flag_after_the_deadline_is_not_kept(exam, clock, desk):
    clock.at += 3 * DAY
    exam_desk.mark(exam, "flag", slot=items(exam)[0], on=True)
    assert desk.ledger().log(exam).steps == ()


@pytest.mark.parametrize("percent", exam_offers.TIMES)
def test_more_time_is_so_much_more_of_the_forms_own(dana, clock, desk, percent):
    attempt = exam_offers.begin(dana, "cpb", "quarter", time_percent=percent)
    form = desk.ledger().attempt(attempt).attempt.form
    assert form["deadline_at"] - clock.at == form["seconds"] * 10 * percent
    assert desk.ledger().profile(dana.id).time_percent == percent


def test_a_window_of_days_is_not_lengthened(dana, clock):
    attempt = exam_offers.begin(dana, "cmrs", "quarter", time_percent=200)
    paper = exam_desk.paper(attempt)
    assert paper.deadline == clock.at + 45 * DAY and not paper.clocked and paper.parts


def test_another_tab_that_was_first_is_met(exam):
    first = items(exam)[0]
    exam_desk.answer(exam, first, key(exam, first), 0, "one")
    receipt = exam_desk.answer(exam, first, wrong(exam, first), 0, "two")
    assert receipt.already and not receipt.same and receipt.step.payload == {"response": key(exam, first), "tab": "one"}
    assert exam_desk.answer(exam, first, wrong(exam, first), 1, "two").stored


def test_an_exam_under_way_is_gone_on_with(exam, dana):
    assert exam_offers.begin(dana, "cpb", "full") == exam
    assert next(card for card in exam_offers.cards(dana) if card.id == "cpb").open_attempt == exam


def test_the_place_flags_and_confidence_are_kept(exam):
    first, second, *_ = items(exam)
    exam_desk.mark(exam, "navigate", to=second, resumed=True)
    exam_desk.mark(exam, "flag", slot=first, on=True)
    exam_desk.mark(exam, "flag", slot=second, on=True)
    exam_desk.mark(exam, "flag", slot=first, on=False)
    exam_desk.mark(exam, "confidence", slot=second, level=3)
    done = exam_desk.progress(exam)
    assert (done.last_shown, done.flags, done.sure) == (second, frozenset({second}), {second: 3})


def test_what_an_exam_asked_is_met_and_what_it_never_reached_is_not(dana, exam, desk):
    first, second, third, *_ = items(exam)
    exam_desk.answer(exam, first, key(exam, first), 0, "tab")
    exam_desk.mark(exam, "navigate", to=second, resumed=True)
    exam_desk.finish(exam)
    assert set(desk.ledger().met(dana.id)) == {first, second}


def test_the_cbcs_counts_only_its_scored_questions_and_gives_no_verdict(dana, clock, desk):
    attempt = exam_offers.begin(dana, "cbcs", "quarter")
    for item in items(attempt):
        exam_desk.answer(attempt, item, key(attempt, item), 0, "tab")
    exam_desk.finish(attempt)
    report = exam_reports.report(exam_reports.ended(attempt))
    scored = sum(slot["scored"] for slot in desk.ledger().attempt(attempt).attempt.form["slots"])
    assert report.total.earned == report.total.possible == scored and report.unscored == len(items(attempt)) - scored
    assert report.passed is None and "scaled" in report.verdict_note


def test_seventy_per_cent_passes_the_cpb(dana, exam):
    asked = items(exam)
    enough = -(-7 * len(asked) // 10)
    for item in asked[:enough]:
        exam_desk.answer(exam, item, key(exam, item), 0, "tab")
    exam_desk.finish(exam)
    report = exam_reports.report(exam_reports.ended(exam))
    assert report.passed and report.total.earned == enough and report.missing == 0


def test_what_cannot_be_read_is_kept_and_said_to_be_unreadable(dana, clock):
    attempt = exam_offers.begin(dana, "crcs", "full")
    question = next(question for question in exam_desk.paper(attempt).questions if question.kind in ("numeric", "money"))
    exam_desk.answer(attempt, question.id, "about ten", 0, "tab")
    assert exam_desk.unreadable(question, "about ten").startswith("Write ") and exam_desk.unreadable(question, "") == ""
    exam_desk.finish(attempt)
    graded = next(one for one in exam_reports.ended(attempt).gradings if one.slot == question.id)
    assert graded.earned == 0 and "could not be read" in graded.credits[0]["reason"]


def test_time_by_question_leaves_the_time_away_out(exam, clock):
    first, second, *_ = items(exam)
    for seconds, item, resumed in ((0, first, True), (30, second, False), (45, second, True)):
        clock.at += seconds * 1000
        exam_desk.mark(exam, "navigate", to=item, resumed=resumed)
    clock.at += 10_000
    exam_desk.finish(exam)
    report = exam_reports.report(exam_reports.ended(exam))
    assert report.seconds == {first: 30, second: 10}


def test_before_the_end_there_is_no_report(exam):
    with pytest.raises(Unknown, match="still under way"):
        exam_reports.ended(exam)


def test_a_size_or_exam_that_there_is_not_is_said(dana, clock):
    for arguments in (("cpb", "most"), ("cpb", "section", "cmrs"), ("abc", "full")):
        with pytest.raises(Unknown, match="Choose one from the list"):
            exam_offers.begin(dana, *arguments)


def test_marking_what_the_attempt_kept_gives_the_stored_score(exam, desk):
    for at, item in enumerate(items(exam)):
        exam_desk.answer(exam, item, key(exam, item) if at % 3 else wrong(exam, item), 0, "tab")
    exam_desk.finish(exam)
    found = desk.ledger().attempt(exam)
    given = {(step.slot, step.sequence): step.payload["response"] for step in found.steps if step.kind == "submit"}
    held = exam_marking.variants(found.attempt.form)
    for grading in found.gradings:
        marks = exam_marking.marks_of(held[grading.slot].keyed, given[grading.slot, grading.sequence])
        assert (marks.earned, marks.possible) == (grading.earned, grading.possible)
    assert found.score == sum(grading.earned for grading in found.gradings)


def test_the_order_in_which_questions_are_answered_does_not_change_the_score(desk, clock, monkeypatch):
    monkeypatch.setattr(exam_offers, "new_seed", lambda: 7)
    scores, forms = set(), set()
    for turn in (list, lambda asked: asked[::-1], sorted):
        attempt = exam_offers.begin(desk.welcome("Somebody", "exam", "crcs", None), "crcs", "quarter")
        for item in turn(items(attempt)):
            question = next(one for one in exam_desk.paper(attempt).questions if one.id == item)
            exam_desk.answer(attempt, item, question.options[0].id if question.options else "12", 0, "tab")
        exam_desk.finish(attempt)
        scores.add(desk.ledger().attempt(attempt).score)
        forms.add(tuple(items(attempt)))
    assert len(forms) == 1 and len(scores) == 1


def test_the_sums_equal_the_fold_after_an_exam(exam, desk):
    for item in items(exam)[:5]:
        exam_desk.answer(exam, item, key(exam, item), 0, "tab")
    exam_desk.finish(exam)
    assert desk.ledger().projections_equal_fold() == []


# What a client that is no page of ours may send

@pytest.mark.parametrize("response", ["x" * 5000, ["a"] * 2000])
def test_an_answer_longer_than_any_field_is_not_saved(exam, desk, response):
    with pytest.raises(NotSaved, match="at most 4,000 characters"):
        exam_desk.answer(exam, items(exam)[0], response, 0, "a")
    assert exam_desk.progress(exam).answers == {}


@pytest.mark.parametrize("level", ["Sure", 4, -1, "x" * 100])
def test_how_sure_one_is_is_one_of_what_is_offered(exam, desk, level):
    exam_desk.mark(exam, "confidence", slot=items(exam)[0], level=level)
    assert exam_desk.progress(exam).sure == {}


def test_content_that_is_changed_under_an_exam_changes_nothing_of_it(exam, desk, monkeypatch):
    """Every question it asked is gone from the content, as after a new version of all of them."""
    asked, keys = exam_desk.paper(exam).questions, {item: key(exam, item) for item in items(exam)}
    monkeypatch.setattr(sittings, "catalogue", lambda: replace(desk.catalogue(), questions={}))
    assert exam_desk.paper(exam).questions == asked and {item: key(exam, item) for item in items(exam)} == keys
    for item in keys:
        exam_desk.answer(exam, item, keys[item], 0, "tab")
    exam_desk.finish(exam)
    total = exam_reports.report(exam_reports.ended(exam)).total
    assert total.earned == total.possible > 0
