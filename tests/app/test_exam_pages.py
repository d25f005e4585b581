"""What the pages of exams and corrections say in each state they can be in."""

import pytest

from app import correction_desk, exam_desk, exam_offers
from tests.app.test_exam_desk import items, key, wrong
from tests.app.test_pages import words


@pytest.fixture
def begun(dana):
    return exam_offers.begin(dana, "cpb", "quarter")


@pytest.fixture
def ended(begun):
    """An exam with one right answer, one wrong one, one left and the rest never reached."""
    first, second, third, *_ = items(begun)
    exam_desk.answer(begun, first, key(begun, first), 0, "t")
    exam_desk.answer(begun, second, wrong(begun, second), 0, "t")
    exam_desk.mark(begun, "navigate", to=third, resumed=True)
    exam_desk.finish(begun)
    return begun


@pytest.mark.parametrize("exam", ["CPB", "CMRS", "CRCS", "CBCS"])
def test_the_list_says_what_each_exam_is_and_how_surely_and_whose_it_is(app, dana, exam):
    page = app("exams", who=dana.id, exam=exam)
    assert not page.exception
    said = words(page)
    assert ("As of " in said or "bears no date" in said) and "Source" in said and "How surely" in said and "not affiliated with, endorsed by or approved by" in said


def test_equal_weights_are_called_an_estimate(app, dana):
    assert "estimate" in words(app("exams", who=dana.id, exam="CMRS"))


def test_a_form_that_would_be_short_says_where(app, dana):
    offered = exam_offers.offer(dana, "cmrs", "full")
    page = app("exams", who=dana.id, exam="CMRS")
    assert ("shorter than it should be" in words(page)) is bool(offered.short)


def test_an_exam_is_begun_from_the_list(app, dana, desk):
    page = app("exams", who=dana.id, exam="CPB")
    page.button(key="begin-cpb").click().run()
    assert not page.exception
    assert len(desk.ledger().open_of_kind(dana.id, "exam")) == 1


def test_a_question_shows_no_reason_and_no_rule(app, dana, begun):
    page = app("exam", who=dana.id, attempt=begun)
    assert not page.exception and "Question 1 of" in words(page)
    assert "The rule" not in words(page)


def test_a_choice_is_saved_on_its_change(app, dana, begun, desk):
    page = app("exam", who=dana.id, attempt=begun)
    first = exam_desk.paper(begun).questions[0]
    page.radio[0].set_value(first.options[2].id).run()
    assert "Answer 1 saved." in words(page)
    assert exam_desk.progress(begun).answers == {first.id: first.options[2].id}
    assert desk.ledger().attempt(begun).gradings == ()


def test_after_a_refresh_the_answer_and_the_place_are_there(app, dana, begun):
    second = exam_desk.paper(begun).questions[1]
    exam_desk.answer(begun, second.id, second.options[1].id, 0, "t")
    exam_desk.mark(begun, "navigate", to=second.id, resumed=True)
    page = app("exam", who=dana.id, attempt=begun)
    assert "Question 2 of" in words(page) and page.radio[0].value == second.options[1].id


def test_an_answer_after_the_deadline_is_refused_and_the_report_comes(app, dana, begun, monkeypatch):
    page = app("exam", who=dana.id, attempt=begun)
    late = exam_desk.paper(begun).deadline + 1
    monkeypatch.setattr(exam_desk, "now", lambda: late)
    page.radio[0].set_value(exam_desk.paper(begun).questions[0].options[0].id).run()
    assert "when its time was up" in words(page) and exam_desk.progress(begun).answers == {}


def test_before_the_end_the_open_ones_are_counted(app, dana, begun):
    page = app("exam", who=dana.id, attempt=begun, q="end")
    count = len(items(begun))
    assert f"{count} of {count} questions have no answer" in words(page)


def test_the_cmrs_opens_with_its_parts(app, dana):
    page = app("exam", who=dana.id, attempt=exam_offers.begin(dana, "cmrs", "half"))
    assert not page.exception and "Its parts" in words(page)


def test_a_closed_book_exam_says_so_and_offers_no_book(app, dana):
    page = app("exam", who=dana.id, attempt=exam_offers.begin(dana, "cbcs", "quarter"))
    assert "closed books" in words(page) and not page.expander


def test_how_sure_is_asked_only_where_it_was_wished(app, dana):
    page = app("exam", who=dana.id, attempt=exam_offers.begin(dana, "crcs", "quarter", sure=True))
    assert not page.exception and any("How sure" in (group.label or "") for group in page.button_group)


def test_the_report_has_score_domains_time_and_every_reason(app, dana, ended):
    page = app("exam_report", who=dana.id, attempt=ended)
    assert not page.exception
    said = words(page)
    for part in ("Not passed", "By domain", "What to do next", "Time", "Every question", "1 left without an answer", "The rule"):
        assert part in said


def test_before_the_end_the_report_is_refused_in_a_sentence(app, dana):
    page = app("exam_report", who=dana.id, attempt=exam_offers.begin(dana, "cmrs", "quarter"))
    assert "still under way" in words(page)


def test_a_second_exam_is_set_beside_the_first(app, dana, ended):
    again = exam_offers.begin(dana, "cpb", "quarter")
    exam_desk.finish(again)
    assert "Beside your other ones" in words(app("exam_report", who=dana.id, attempt=again))


def test_the_scaled_exam_gives_no_verdict(app, dana):
    attempt = exam_offers.begin(dana, "cbcs", "quarter")
    exam_desk.finish(attempt)
    said = words(app("exam_report", who=dana.id, attempt=attempt))
    assert "scaled score" in said and "Passed" not in said and "Not passed" not in said


@pytest.mark.parametrize("page", ["exam", "exam_report"])
def test_anothers_exam_stays_closed(app, desk, dana, ended, page):
    robin = desk.welcome("Robin", "track", "medical", None)
    assert "another profile" in words(app(page, who=robin.id, attempt=ended))


@pytest.mark.parametrize("page", ["exam", "exam_report", "exams", "corrections"])
def test_every_page_opens_without_an_attempt(app, dana, page):
    assert not app(page, who=dana.id).exception


def test_an_exam_in_the_past_attempts_opens_its_report(app, dana, ended):
    assert "Score report" in words(app("attempt", who=dana.id, attempt=ended))


def test_a_correction_is_tried_made_told_and_taken_back(app, dana, ended, desk):
    item = items(ended)[1]
    page = app("corrections", who=dana.id)
    page.selectbox(key="item").set_value(item)
    page.radio(key="policy").set_value("full-credit").run()
    assert "Answers that would have other points: 1 of 1" in words(page)
    page.button(key="apply").click().run()
    assert "Say why it is corrected" in words(page) and desk.ledger().regrade_runs() == ()
    page.text_input(key="reason").set_value("It asked two things.").run()
    page.button(key="apply").click().run()
    [run] = desk.ledger().regrade_runs()
    assert "It asked two things." in words(app("exam_report", who=dana.id, attempt=ended))
    assert "It asked two things." in words(app("home", who=dana.id))
    page.button(key=f"undo-{run.id}").click().run()
    assert correction_desk.notices(dana) == ()


def test_the_pdf_holds_the_report(dana, ended):
    from app import exam_reports
    found = exam_reports.ended(ended)
    made = exam_reports.pdf(found, exam_reports.report(found), "Dana Łącka", "Not passed.")
    assert made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")
