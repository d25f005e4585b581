"""Assigned work that has since gone from the content: it is said, nobody is late for it, and what is under way goes on."""

from dataclasses import replace

import pytest

from app import assigning, cohort_desk, cohort_files, gate, learning_desk, offers, on_offer, quizzing, session, work_board
from app.cohort_desk import NotFit
from records import Assignment, Attempt, Unknown
from tests.team.conftest import viewer, words

GONE = "0c9d4b52-0000-4000-8000-00000000000a"


def as_(id: str):
    return gate.acting(viewer(id))


def give(*parts: str, due: int = 7, kind: str = "items", id: str = "w1") -> Assignment:
    """Work as it was given when all of it was on offer."""
    with as_("tom"):
        at = gate.now()
        return session.training().assign(Assignment(id, kind, "", parts, "First week", "", 0, 0, at + due * work_board.DAY, "tom", at), ("c1",), ())


@pytest.fixture
def quiz(desk):
    return quizzing.sets()[0]


def retire(monkeypatch, id: str) -> None:
    """From now on the item is no longer on offer."""
    still = on_offer._pieces(session.today()) - {id}
    monkeypatch.setattr(on_offer, "_pieces", lambda day: still)
    left = tuple(card for card in quizzing.sets() if card.id != id)
    monkeypatch.setattr(quizzing, "sets", lambda: left)


class TestTheLearner:
    def test_what_has_gone_stands_without_a_button_and_the_page_goes_on(self, app, quiz):
        give(GONE, quiz.id)
        page = app("ann", "work")
        assert not page.exception and "No longer on offer, and not asked for any more: A piece that has gone (0c9d4b52)." in words(page).replace("\\", "")
        assert [one.key for one in page.button if str(one.key).startswith("due-")] == [f"due-w1-{quiz.id}"]

    def test_a_retired_piece_keeps_its_title(self, quiz, monkeypatch):
        give(quiz.id)
        retire(monkeypatch, quiz.id)
        with as_("ann"):
            part, = learning_desk.all_work(session.me())[0].parts
        assert part.gone and part.name == quiz.title and part.says == "no longer on offer, not asked for any more"

    def test_one_that_has_gone_altogether_has_the_title_of_the_attempt_at_it(self, desk, quiz):
        give(GONE)
        with as_("ann"):
            desk.ledger().start(replace(started(quiz), item=GONE, title="An old quiz"))
            desk.ledger().finish("old", gate.now())
            assert learning_desk.all_work(session.me())[0].parts[0].name == "An old quiz"

    def test_nothing_of_it_is_due_where_all_of_it_has_gone(self, app, desk):
        give(GONE)
        with as_("ann"):
            assert learning_desk.due(session.me()) == ()
        assert "Due work" not in words(app("ann", "home"))

    def test_beginning_it_all_the_same_is_refused_in_a_sentence(self, quiz, monkeypatch):
        give(quiz.id)
        retire(monkeypatch, quiz.id)
        with as_("ann"), pytest.raises(NotFit, match=f"“{quiz.title}” is no longer offered, so that it cannot be begun"):
            learning_desk.begin(session.me(), quiz.id)

    def test_a_button_of_yesterdays_page_says_so_and_breaks_nothing(self, app, quiz, monkeypatch):
        give(quiz.id)
        page = app("ann", "work")
        monkeypatch.setattr(learning_desk.on_offer, "offered", lambda kind, part: False)
        page.button(key=f"due-w1-{quiz.id}").click().run()
        assert not page.exception

    def test_a_claim_that_has_gone_is_refused_in_a_sentence_wherever_it_is_begun(self, desk):
        with as_("ann"), pytest.raises(Unknown, match="This work is no longer offered"):
            offers.begin(session.me(), GONE)

    def test_a_quiz_that_is_under_way_goes_on_as_a_quiz(self, app, quiz, monkeypatch):
        give(quiz.id)
        with as_("ann"):
            attempt = quizzing.begin(session.me(), quiz.id)
            retire(monkeypatch, quiz.id)
            assert learning_desk.begin(session.me(), quiz.id) == (quizzing.KIND, attempt)
            assert learning_desk.due(session.me())[0].parts[0].attempt == attempt

    def test_a_competency_that_has_gone_is_not_asked_for(self, desk):
        give("gone.competency", kind="track")
        with as_("ann"):
            assert learning_desk.due(session.me()) == () and learning_desk.all_work(session.me())[0].parts[0].gone


class TestTheTrainer:
    def test_nobody_is_late_for_what_cannot_be_done(self, quiz, monkeypatch):
        give(quiz.id, GONE, due=-1)
        with as_("tom"):
            assert [row.person.standing.word for row in cohort_desk.table("c1")] == ["late"]
            retire(monkeypatch, quiz.id)
            row, = cohort_desk.table("c1")
            assert (row.person.standing.word, row.person.standing.of, row.next_due) == ("nothing assigned", 0, None)
            assert cohort_desk.reminders("c1") == ()

    def test_done_before_it_went_stays_done(self, desk, quiz):
        give(GONE)
        with as_("ann"):
            desk.ledger().start(replace(started(quiz), item=GONE))
            desk.ledger().finish("old", gate.now())
        with as_("tom"):
            piece, = cohort_desk.table("c1")[0].person.pieces
        assert (piece.standing.word, piece.standing.done, piece.gone) == ("done", 1, ())

    def test_the_table_and_its_file_say_how_many_pieces_have_gone(self, app, quiz):
        give(GONE, quiz.id)
        assert "1 piece no longer on offer" in words(app("tom", "cohorts"))
        with as_("tom"):
            assert cohort_desk.table("c1")[0].person.pieces[0].why == "1 piece no longer on offer, not asked for"
            assert cohort_files.cohort("c1", "xlsx")()

    def test_the_list_of_what_was_given_names_them(self, app, quiz):
        give(GONE, quiz.id)
        page = app("tom", "assign")
        page.session_state["given-w1"] = True
        page.run()
        assert "No longer on offer, and asked of nobody who has not begun it: A piece that has gone" in words(page).replace("\\", "")

    def test_a_closed_cohort_is_read_as_it_was_asked_then(self, desk, people, quiz, monkeypatch):
        give(quiz.id)
        people.close_cohort("c1", "tom", gate.now())
        retire(monkeypatch, quiz.id)
        with as_("tom"):
            assert cohort_desk.table("c1")[0].person.standing.word == "not started"


def started(quiz):
    """An attempt of ann's."""
    return Attempt("old", "ann", quiz.id, quizzing.KIND, quiz.title, "x", 1, "practice", {"set": {"title": quiz.title, "description": ""}}, gate.now() + 1)


def test_everything_on_offer_counts_as_offered(desk):
    assert all(on_offer.offered("items", card.id) for card in (*quizzing.sets()[:3], *offers.cards()[:3])) and on_offer.offered("exam", "exam:cpb")
    assert not on_offer.offered("items", GONE) and not on_offer.offered("exam", "exam:gone") and not on_offer.offered("track", GONE)
    assert assigning.part_name("items", GONE) == "A piece that has gone (0c9d4b52)"
