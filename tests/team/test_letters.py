"""Letters that a trainer reads: what waits, what is set by hand, and a letter whose round is in dispute."""

import pytest

from app import gate, learning_desk, marking_desk, session
from app.cohort_desk import NotFit
from tests.team.conftest import viewer, words
from tests.team.worked import handed_in_letter


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture
def letter(desk):
    """A letter of ann's that waits to be read."""
    with as_("ann"):
        return handed_in_letter()


class TestLetters:
    def test_a_letter_waits_and_its_elements_are_set_by_hand(self, desk, app, letter):
        with as_("tom"):
            waiting, = marking_desk.waiting().letters
            read = marking_desk.letter(waiting)
            assert read.paper.written.startswith("Dear payer")
            before = desk.ledger().attempt(letter).score
            missed = [element.id for element in read.elements if not element.found]
            marking_desk.mark_letter(read, {element.id: True for element in read.elements}, "All of it is there, in other words.")
            assert marking_desk.waiting().letters == ()
            after = desk.ledger().attempt(letter)
            assert missed and after.score > before
        assert "All of it is there, in other words." in words(app("ann", "exercise", attempt=letter))
        assert desk.ledger().unguarded.projections_equal_fold() == []

    def test_a_letter_may_be_read_and_its_mark_left(self, desk, letter):
        with as_("tom"):
            read = marking_desk.letter(marking_desk.waiting().letters[0])
            marking_desk.mark_letter(read, {element.id: element.found for element in read.elements}, "")
            assert marking_desk.waiting().letters == () and len(desk.ledger().attempt(letter).superseded) == 0

    @pytest.fixture
    def both(self, desk, letter):
        """A letter that waits, in a round whose marks are disputed."""
        with as_("tom"):
            slot = marking_desk.waiting().letters[0].slot
        with as_("ann"):
            learning_desk.object_to(letter, slot, 1, "My letter says all of it.")
        return letter

    def test_a_letter_in_a_disputed_round_leaves_the_dispute_open_and_says_so(self, desk, app, both):
        assert "disputes the marks of this round: “My letter says all of it.”" in words(app("tom", "marking"))
        with as_("tom"):
            read = marking_desk.letter(marking_desk.waiting().letters[0])
            assert marking_desk.mark_letter(read, {element.id: True for element in read.elements}, "All of it.") is True
            assert [one.reason for one in marking_desk.waiting().disputes] == ["My letter says all of it."]

    @pytest.mark.parametrize("there, state, told", [(True, "upheld", "agrees with you"), (None, "declined", "the mark stands")])
    def test_or_answers_it_in_the_same_step(self, desk, both, there, state, told):
        with as_("tom"):
            read = marking_desk.letter(marking_desk.waiting().letters[0])
            found = {element.id: element.found if there is None else there for element in read.elements}
            with pytest.raises(NotFit, match="Write why"):
                marking_desk.mark_letter(read, found, " ", settles=True)
            assert marking_desk.mark_letter(read, found, "I read it twice.", settles=True) is False
            assert marking_desk.waiting() == marking_desk.Waiting((), ())
        with as_("ann"):
            one, = learning_desk.disputes(session.me())
            assert (one.state, one.answer) == (state, "I read it twice.") and told in learning_desk.news(session.me())[0].says

    def test_fewer_points_answer_no_dispute(self, desk, both):
        with as_("tom"):
            one = marking_desk.waiting().letters[0]
            first = marking_desk.letter(one)
            marking_desk.mark_letter(first, {element.id: True for element in first.elements}, "All of it.")
            with pytest.raises(NotFit, match="fewer points than those that are disputed"):
                marking_desk.mark_letter(marking_desk.letter(one), {element.id: False for element in first.elements}, "None of it.", settles=True)
            assert len(marking_desk.waiting().disputes) == 1

    def test_the_page_answers_it_where_that_is_ticked(self, app, both):
        page = app("tom", "marking")
        key = next(one.key for one in page.checkbox if one.label == "This answers the dispute too")
        page.checkbox(key=key).check()
        next(one for one in page.text_area if one.label == "Comment for the learner").input("I read it twice.")
        next(one for one in page.button if one.label == "Mark it as read").click()
        page.run()
        assert not page.exception and "The dispute about its round is answered." in words(page) and "No dispute waits." in words(page)

    def test_a_changed_mark_needs_a_comment(self, desk, letter):
        with as_("tom"):
            read = marking_desk.letter(marking_desk.waiting().letters[0])
            with pytest.raises(NotFit, match="Write why"):
                marking_desk.mark_letter(read, {element.id: not element.found for element in read.elements}, " ")

    def test_the_page_shows_the_letter_and_its_elements(self, app, letter):
        page = app("tom", "marking")
        assert not page.exception and len(page.checkbox) >= 8 and any("Dear payer" in one.value for one in page.text)
