"""Two trainers over one queue: what is open stays open while others come and go, and what was typed is not lost."""

import pytest

from app import gate, learning_desk, marking_desk, session
from app.gate import Viewer
from tests.team.conftest import viewer, words
from tests.team.worked import decided_claim, flagged_claim, handed_in_letter

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
    return next(one for one in page.text_area if one.label == label)


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
