"""Two trainers over one queue: what is open stays open while others come and go, what was typed is not lost, and of two who mark at once the second is told."""

from decimal import Decimal

import pytest

from app import correction_desk, gate, learning_desk, marking_desk, quizzing, session, sittings
from app.gate import Viewer
from records import MarkedSince
from tests.team.conftest import viewer, words
from tests.team.worked import decided_claim, flagged_claim, handed_in_letter, worked_exercise

UNA = Viewer("una", "Una", "trainer", "session-una")


def as_(id: str):
    return gate.acting(UNA if id == "una" else viewer(id))


@pytest.fixture
def both_lead(desk, people):
    """Una leads the cohort beside Tom; Bea learns in it beside Ann."""
    people.set_role("una", "trainer", "root", 1)
    people.add_leader("c1", "una", "root", 1)
    people.add_member("c1", "bea", "root", 1)


def hand_in(id: str) -> str:
    with as_(id):
        return handed_in_letter()


def objected(id: str, says: str, work=decided_claim) -> None:
    """Work of that learner's, disputed."""
    with as_(id):
        attempt, slot = work()
        learning_desk.object_to(attempt, slot, 1, says)


def of_una(kind: str, place: int) -> None:
    """Una answers the one at that place of what waits."""
    with as_("una"):
        one = getattr(marking_desk.waiting(), kind)[place]
        if kind == "letters":
            read = marking_desk.letter(one)
            marking_desk.mark_letter(read, {element.id: element.found for element in read.elements}, "Read by Una.")
        else:
            marking_desk.decline(marking_desk.asked(one), "Una says that it stands.")


def box(page, word: str):
    return page.selectbox(key=f"which-{word}")


def field(page, label: str):
    return next(one for one in page.text_area if one.label == label and one.key)


def press(page, label: str):
    next(one for one in page.button if one.label == label).click()
    return page.run()


def waiting(kind: str) -> list[str]:
    with as_("tom"):
        return [one.attempt for one in getattr(marking_desk.waiting(), kind)]


class TestLetters:
    @pytest.fixture
    def third(self, desk, app, both_lead):
        """The page with the third letter open and a comment typed."""
        self.attempts = [hand_in(id) for id in ("ann", "bea", "ann")]
        page = app("tom", "marking")
        box(page, "letter").select_index(2).run()
        field(page, "Comment for the learner").input("Name the policy's own words.")
        return page

    def comment(self, profile: str) -> list[str]:
        return [mark.reason for mark in session.training().unguarded.hand_marks(profile)]

    def test_another_that_arrives_takes_no_press(self, desk, third):
        fourth = hand_in("bea")
        press(third, "Mark it as read")
        assert "Ann's letter is marked." in words(third) and self.comment("ann") == ["Name the policy's own words."]
        assert waiting("letters") == [*self.attempts[:2], fourth]

    def test_nor_does_one_that_a_colleague_reads(self, desk, third):
        of_una("letters", 0)
        press(third, "Mark it as read")
        assert "Ann's letter is marked." in words(third) and waiting("letters") == [self.attempts[1]]
        assert [row.reason for row in session.training().unguarded.hand_marks("ann")] == ["Read by Una.", "Name the policy's own words."]

    def test_one_that_a_colleague_read_meanwhile_says_so_and_keeps_what_was_typed(self, desk, third):
        of_una("letters", 2)
        press(third, "Mark it as read")
        said = words(third)
        assert not third.exception and "Una marked this letter meanwhile" in said and "Read by Una." in said
        assert "Not saved. What you wrote stands here to be copied:" in said and "Name the policy's own words." in said and self.comment("ann") == ["Read by Una."]
        third.run()
        assert "Name the policy's own words." in words(third)
        third.button(key="away-letter").click().run()
        assert "meanwhile" not in words(third) and field(third, "Comment for the learner").value == "" and len(waiting("letters")) == 2

    def test_the_last_one_too(self, desk, app, both_lead):
        hand_in("ann")
        page = app("tom", "marking")
        field(page, "Comment for the learner").input("Name the policy's own words.")
        of_una("letters", 0)
        press(page, "Mark it as read")
        assert "Una marked this letter meanwhile" in words(page) and "Name the policy's own words." in words(page)
        page.button(key="away-letter").click().run()
        assert "No letter waits." in words(page)

    def test_choosing_another_puts_it_away(self, desk, third):
        of_una("letters", 2)
        third.run()
        box(third, "letter").select_index(1).run()
        assert not third.exception and "meanwhile" not in words(third)
        third.run()
        assert len(box(third, "letter").options) == 2


class TestDisputes:
    def test_the_press_is_for_the_one_that_was_open(self, desk, app, both_lead):
        for id, says, work in (("ann", "First.", decided_claim), ("bea", "Second.", decided_claim), ("ann", "Third.", flagged_claim)):
            objected(id, says, work)
        page = app("tom", "marking")
        box(page, "dispute").select_index(2).run()
        field(page, "What you tell the learner").input("The notice names the day.")
        of_una("disputes", 0)
        objected("bea", "Fourth.", flagged_claim)
        press(page, "The mark stands")
        assert "Ann is told that the mark stands." in words(page)
        with as_("tom"):
            assert [one.reason for one in marking_desk.waiting().disputes] == ["Second.", "Fourth."]

    def test_one_that_was_answered_or_taken_back_meanwhile_says_so(self, desk, app, both_lead):
        objected("ann", "First.")
        page = app("tom", "marking")
        field(page, "What you tell the learner").input("The notice names the day.")
        of_una("disputes", 0)
        press(page, "The mark stands")
        said = words(page)
        assert "Una answered this dispute meanwhile" in said and "the mark stands." in said and "Una says that it stands." in said and "The notice names the day." in said
        objected("bea", "Second.")
        page.button(key="away-dispute").click().run()
        with as_("bea"):
            learning_desk.take_back(learning_desk.disputes(session.me())[0])
        page.run()
        assert "Bea took this objection back meanwhile." in words(page) and "Not saved" not in words(page)

    def test_one_of_somebody_who_is_led_no_more_says_so(self, desk, app, both_lead, people):
        objected("ann", "First.")
        page = app("tom", "marking")
        field(page, "What you tell the learner").input("The notice names the day.")
        people.remove_member("c1", "ann", "root", 1)
        press(page, "The mark stands")
        assert not page.exception and "This dispute is not yours to answer any more." in words(page) and "The notice names the day." in words(page)


def wrong_answer(id: str) -> tuple[str, str]:
    """A question that the learner answered wrongly."""
    with as_(id):
        attempt = quizzing.begin(session.me(), quizzing.sets()[0].id)
        question = next(q for q in sittings.sitting(attempt).questions if q.kind == "single-choice")
        keyed = sittings.variants(attempt)[question.id].keyed.question
        quizzing.hand_in(attempt, question.id, next(option.id for option in keyed.options if not option.correct))
    return attempt, question.id


def gradings(attempt: str, slot: str) -> list[str]:
    """Who graded a step, in order; and what was told to the learner by hand."""
    return [mark.reason for mark in session.training().unguarded.hand_marks("ann") if (mark.attempt, mark.slot) == (attempt, slot)]


def worth(page, share: str) -> None:
    next(one for one in page.selectbox if one.label in ("The answer is worth", "They are worth")).set_value(Decimal(share))


def unfolded(app, who: str, page: str, attempt: str, fold: str):
    """A page as that trainer has it, with the fold for marking open."""
    tested = app(who, page, attempt=attempt)
    tested.session_state[fold] = True
    return tested.run()


class TestTheSecondIsTold:
    def test_about_a_letter(self, desk, app, both_lead):
        attempt = hand_in("ann")
        one, other = app("una", "marking"), app("tom", "marking")
        for page, says in ((one, "From Una."), (other, "From Tom.")):
            field(page, "Comment for the learner").input(says)
        press(one, "Mark it as read")
        press(other, "Mark it as read")
        slot = session.training().unguarded.hand_marks("ann")[0].slot
        assert "Ann's letter is marked." in words(one) and gradings(attempt, slot) == ["From Una."]
        assert "Una marked this letter meanwhile" in words(other) and "From Tom." in words(other) and "is marked." not in words(other)

    def test_about_a_dispute_whose_mark_was_changed_while_it_stays_open(self, desk, app, both_lead):
        attempt = hand_in("ann")
        with as_("una"):
            letter, = marking_desk.waiting().letters
        with as_("ann"):
            learning_desk.object_to(attempt, letter.slot, 1, "My letter says all of it.")
        page = app("tom", "marking")
        with as_("una"):
            read = marking_desk.letter(letter)
            assert marking_desk.mark_letter(read, {element.id: True for element in read.elements}, "All of it is there.")
        field(page, "What you tell the learner").input("From Tom.")
        press(page, "The mark stands")
        said = words(page)
        assert "Not saved: this answer was marked anew since you looked at it." in said and "Una marked this meanwhile" in said and "All of it is there." in said
        assert field(page, "What you tell the learner").value == "From Tom." and len(waiting("disputes")) == 1
        press(page, "The mark stands")
        assert "Ann is told that the mark stands." in words(page) and waiting("disputes") == []

    def test_about_a_dispute_whose_question_was_corrected(self, desk, app, both_lead):
        attempt, question = wrong_answer("ann")
        with as_("ann"):
            learning_desk.object_to(attempt, question, 1, "The manual says otherwise.")
        page = app("tom", "marking")
        with as_("una"):
            correction_desk.apply(question, "full-credit", session.me(), "Both answers are defensible.", "run-1")
        field(page, "What you tell the learner").input("From Tom.")
        worth(page, "0")
        press(page, "Change the mark")
        said = words(page)
        assert "This was marked anew meanwhile, as the question was corrected." in said and "Not saved: this answer was marked anew" in said
        assert gradings(attempt, question) == [] and desk.ledger().unguarded.attempt(attempt).score == 1

    @pytest.mark.parametrize("share", [None, "1"])
    def test_on_the_attempts_page(self, desk, app, both_lead, share):
        attempt, question = wrong_answer("ann")
        with as_("ann"):
            learning_desk.object_to(attempt, question, 1, "The manual says otherwise.")
        fold = f"mark-{attempt}:{question}"
        one, other = (unfolded(app, who, "attempt", attempt, fold) for who in ("una", "tom"))
        for page, says in ((one, "From Una."), (other, "From Tom.")):
            field(page, "What the learner reads").input(says)
        worth(one, "0.5")
        if share is not None:
            worth(other, share)
        for page in (one, other):
            page.button(key=f"{fold}-save").click().run()
        said = words(other)
        assert gradings(attempt, question) == ["From Una."] and desk.ledger().unguarded.attempt(attempt).score == Decimal("0.5")
        assert "Not saved: this answer was marked anew since you looked at it." in said and "Una marked this meanwhile" in said and "From Una." in said
        assert field(other, "What the learner reads").value == "From Tom." and field(one, "What the learner reads").value == ""
        with as_("ann"):
            assert learning_desk.remarks(session.me()) == ()

    def test_on_the_attempts_page_part_by_part(self, desk, app, both_lead):
        with as_("ann"):
            attempt, slot = worked_exercise()
        with as_("una"):
            part = marking_desk.parts(session.ledger().attempt(attempt), slot, 1)[0].id
        fold = f"mark-{attempt}:{slot}:1"
        one, other = (unfolded(app, who, "exercise", attempt, fold) for who in ("una", "tom"))
        for page, says, share in ((one, "From Una.", "0.5"), (other, "From Tom.", "1")):
            field(page, "What the learner reads").input(says)
            page.multiselect[0].set_value([part])
            worth(page, share)
            page.button(key=f"{fold}-save").click().run()
        said = words(other)
        assert gradings(attempt, slot) == ["From Una."] and "Not saved: this answer was marked anew since you looked at it." in said
        assert "Una marked this meanwhile" in said and field(other, "What the learner reads").value == "From Tom."
        other.multiselect[0].set_value([part])
        worth(other, "1")
        other.button(key=f"{fold}-save").click().run()
        assert gradings(attempt, slot) == ["From Una.", "From Tom."] and "meanwhile" not in words(other)

    def test_a_dispute_that_was_answered_on_the_attempts_page_is_not_answered_twice(self, desk, app, both_lead):
        attempt, question = wrong_answer("ann")
        with as_("ann"):
            learning_desk.object_to(attempt, question, 1, "The manual says otherwise.")
        fold = f"mark-{attempt}:{question}"
        page = unfolded(app, "tom", "attempt", attempt, fold)
        of_una("disputes", 0)
        field(page, "What the learner reads").input("From Tom.")
        page.button(key=f"{fold}-save").click().run()
        said = words(page)
        assert "Una answered this dispute meanwhile" in said and "the mark stands." in said and "Not saved" in said and field(page, "What the learner reads").value == "From Tom."

    def test_between_the_look_and_the_press_the_records_hold_too(self, desk, both_lead):
        attempt, question = wrong_answer("ann")
        with as_("ann"):
            learning_desk.object_to(attempt, question, 1, "The manual says otherwise.")
        with as_("tom"):
            asked = marking_desk.asked(marking_desk.waiting().disputes[0])
        of_una("disputes", 0)
        for change in (lambda: marking_desk.decline(asked, "No."), lambda: marking_desk.uphold(asked, Decimal(1), "Yes.")):
            with as_("tom"), pytest.raises(MarkedSince, match="this dispute was answered since you looked at it"):
                change()
        assert gradings(attempt, question) == []
