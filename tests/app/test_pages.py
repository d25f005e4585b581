"""What each page says in each state it can be in."""

import sqlite3

import pytest

from app import quizzing, reveal, sittings, standing


def words(tested) -> str:
    """All that the page says."""
    return "\n".join(str(element.value) for kind in ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "html")
                     for element in getattr(tested, kind))


@pytest.fixture
def begun(dana):
    """A quiz under way."""
    return quizzing.begin(dana, quizzing.sets()[0].id)


def some_answer(question) -> object:
    if question.kind in ("single-choice", "true-false"):
        return question.options[0].id
    if question.kind == "multiple-choice":
        return [question.options[0].id]
    if question.kind == "matching":
        return {prompt.id: question.options[0].id for prompt in question.prompts}
    if question.kind == "ordering":
        return [option.id for option in question.options]
    return {"date": "2026-03-31", "code-entry": "J1885"}.get(question.kind, "12")


def test_a_first_visit_asks_for_a_name_and_a_goal(app):
    page = app()
    assert "Welcome to Clean Claim" in words(page)
    assert not page.exception


def test_a_new_profile_needs_a_name(app):
    page = app("welcome")
    page.button(key="new-save").click().run()
    assert "Write a name first" in words(page)


def test_a_new_profile_is_kept_and_greeted(app, desk):
    page = app("welcome")
    page.text_input(key="new-name").set_value("Dana")
    page.button(key="new-save").click().run()
    assert [profile.name for profile in desk.profiles()] == ["Dana"]


def test_home_offers_the_next_set_and_says_that_nothing_was_answered(app, dana):
    page = app("home", who=dana.id)
    assert "No answers yet" in words(page)
    assert any(button.key.startswith("start-") for button in page.button)


def test_home_offers_to_continue_what_is_unfinished(app, dana, begun):
    page = app("home", who=dana.id)
    assert any(button.key == f"continue-{begun}" for button in page.button)


def test_several_profiles_are_asked_who_they_are(app, dana, desk):
    desk.welcome("Robin", "track", "medical", None)
    assert "Who is learning?" in words(app("home"))


def test_an_address_with_a_profile_chooses_it(app, dana, desk):
    robin = desk.welcome("Robin", "track", "medical", None)
    assert "Hello, Robin" in words(app("home", who=robin.id))


def test_a_track_has_its_own_picture(app, desk):
    robin = desk.welcome("Robin", "track", "hospital", None)
    assert "seen" in words(app("home", who=robin.id))


@pytest.mark.parametrize("page", ["quizzes", "progress", "reference", "welcome", "attempt", "quiz"])
def test_every_page_opens_without_an_exception(page, app, dana):
    assert not app(page, who=dana.id).exception


def test_a_quiz_shows_the_question_and_not_its_key(app, dana, begun):
    question = sittings.sitting(begun).questions[0]
    page = app("quiz", who=dana.id, attempt=begun)
    with pytest.raises(Exception, match="no answer yet"):
        reveal.feedback(begun, question.id)
    assert "The rule" not in words(page)


def test_an_answer_is_followed_by_verdict_rule_and_source(app, dana, begun):
    question = sittings.sitting(begun).questions[0]
    quizzing.hand_in(begun, question.id, some_answer(question))
    said = words(app("quiz", who=dana.id, attempt=begun, q="1"))
    for part in ("role=\"status\"", "The rule", "How to find it at work", "Where it is written", "Saved."):
        assert part in said


def test_an_unreadable_answer_is_not_kept(dana, begun):
    for question in sittings.sitting(begun).questions:
        assert isinstance(quizzing.hand_in(begun, question.id, None), quizzing.Unreadable)
    assert not sittings.sitting(begun).answered


def test_the_first_answer_counts_and_the_second_learns_of_it(dana, begun):
    question = next(q for q in sittings.sitting(begun).questions if q.kind == "single-choice")
    first, second = (option.id for option in question.options[:2])
    quizzing.hand_in(begun, question.id, first)
    again = quizzing.hand_in(begun, question.id, second)
    assert (again.already, again.same, again.step.payload) == (True, False, {"response": first})
    assert sittings.sitting(begun).answered[question.id].response == first


def test_a_set_answered_to_its_end_is_finished_and_counts_as_evidence(app, dana, begun):
    for question in sittings.sitting(begun).questions:
        quizzing.hand_in(begun, question.id, some_answer(question))
        reveal.feedback(begun, question.id)
    assert sittings.sitting(begun).finished
    assert any(line.standing for line in standing.domains(dana, "cpb"))
    assert not standing.unfinished(dana)
    assert "Every question has an answer" in words(app("quiz", who=dana.id, attempt=begun))
    assert not app("attempt", who=dana.id, attempt=begun).exception


def test_every_question_of_the_bank_can_be_asked_and_explained(dana):
    for card in quizzing.sets():
        attempt = quizzing.begin(dana, card.id)
        for question in sittings.sitting(attempt).questions:
            assert not isinstance(quizzing.hand_in(attempt, question.id, some_answer(question)), quizzing.Unreadable)
            assert reveal.feedback(attempt, question.id).sources


def test_someone_elses_attempt_is_not_shown(app, dana, begun, desk):
    robin = desk.welcome("Robin", "track", "medical", None)
    for page in ("quiz", "attempt"):
        assert "belongs to another profile" in words(app(page, who=robin.id, attempt=begun))


def test_an_unknown_attempt_is_a_sentence(app, dana):
    page = app("quiz", who=dana.id, attempt="nonsense")
    assert "There is no such attempt here" in words(page) and not page.exception


def test_a_database_that_is_none_is_a_sentence(app, desk, tmp_path):
    (tmp_path / "records.sqlite").write_bytes(b"this is a letter, not a database" * 200)
    page = app()
    assert "cannot be opened" in words(page) and not page.exception


def test_a_database_from_a_newer_version_is_a_sentence(app, dana, desk, tmp_path):
    desk.ledger.clear()
    with sqlite3.connect(tmp_path / "records.sqlite") as db:
        name = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%migration%'").fetchone()[0]
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
        db.execute(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
                   [{"name": "9999_from_the_future", "migration_set": "records"}.get(column, "2099-01-01" if "at" in column else 9999) for column in columns])
    page = app()
    assert page.error and not page.exception


def test_the_reference_finds_a_code_and_its_inherited_notes(app, dana):
    page = app("reference", who=dana.id)
    page.text_input(key="all-text").set_value("E11.9").run()
    said = words(page)
    assert "E11.9" in said and "Excludes1" in said and "inherited from category E11" in said


def test_a_cpt_code_is_told_apart(app, dana):
    page = app("reference", who=dana.id)
    page.text_input(key="all-text").set_value("99213").run()
    assert "CPT" in words(page)


def test_the_payers_rules_are_shown_with_their_dates(app, dana):
    page = app("reference", who=dana.id, shelf="Payers")
    assert not page.exception and page.expander
