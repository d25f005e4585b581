"""Disputes about worked material: whatever of an exercise, a claim or an account was marked can be objected to, and its parts marked otherwise; on both engines."""

from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from app import claims, gate, learning_desk, marking_desk, session, sittings, worked_parts
from app.cohort_desk import NotFit
from app.gate import NotAllowed
from records import Unknown
from tests.records.conftest import server  # noqa: F401  a PostgreSQL of the tests' own
from tests.team.conftest import viewer, words
from tests.team.worked import WORK, decided_claim, first, sending, sent_claim

NUMBERS = count(1)
OTHERS = ("ann", "bea", "una", "root")


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture(params=["sqlite", "postgres"])
def kept(request, tmp_path):
    if request.param == "sqlite":
        return {"CLEAN_CLAIM_DB": str(tmp_path / "team.sqlite")}
    return {"DATABASE_URL": request.getfixturevalue("server").make(f"disputes{next(NUMBERS)}")}


@pytest.fixture(params=WORK)
def disputed(desk, request):
    """A step of ann's work, and her objection to its marks."""
    with as_("ann"):
        attempt, slot = WORK[request.param]()
        return learning_desk.object_to(attempt, slot, 1, "The file says otherwise.")


def worth_less(asked) -> list[str]:
    return [part.id for part in asked.parts if part.earned < part.possible]


def shown(who: str, dispute) -> AppTest:
    """The page where the work is, by its own file."""
    page = {"life": "life", "round-1": "exercise"}.get(dispute.slot, "scenario")
    tested = AppTest.from_file(f"../../app/pages/{page}.py", default_timeout=60)
    tested.user = {"is_logged_in": False, "sid": f"session-{who}"}
    tested.query_params["attempt"] = dispute.attempt
    with patch("app.widgets.places.link"):     # alone, a page's file knows no other page
        return tested.run()


def folds(page: AppTest) -> list[str]:
    return [one.label for one in page.expander]


class TestUpholding:
    def test_parts_are_given_their_points_and_the_learner_is_told(self, desk, app, disputed):
        before = desk.ledger().unguarded.attempt(disputed.attempt)
        with as_("tom"):
            waiting, = marking_desk.waiting().disputes
            asked = marking_desk.asked(waiting)
            lost = worth_less(asked)
            chosen = lost[:1]
            gained = sum((part.possible - part.earned for part in asked.parts if part.id in chosen), Decimal(0))
            marking_desk.uphold_parts(asked, chosen, Decimal(1), "The file can be read so.")
            assert marking_desk.waiting().disputes == ()
        after = desk.ledger().unguarded.attempt(disputed.attempt)
        assert lost and after.score == before.score + gained and after.possible == before.possible
        assert "The file can be read so." in words(app("ann", "home")) and "you were right" in words(app("ann", "work"))
        assert desk.ledger().unguarded.projections_equal_fold() == []
        assert [row.act for row in desk.ledger().people.audit_log()][:2] == ["mark by hand", "answer dispute"]

    def test_evidence_follows_the_points(self, desk, disputed):
        with as_("tom"):
            asked = marking_desk.asked(marking_desk.waiting().disputes[0])
            marking_desk.uphold_parts(asked, [part.id for part in asked.parts], Decimal(1), "All of it.")
        grading = next(one for one in desk.ledger().unguarded.attempt(disputed.attempt).gradings if one.slot == disputed.slot)
        assert all(one.earned == one.possible for one in grading.evidence) and len(grading.evidence) == len(asked.parts)

    def test_it_is_seen_where_the_work_is(self, desk, disputed):
        assert "This mark is disputed" in words(shown("ann", disputed))
        with as_("tom"):
            marking_desk.decline(marking_desk.asked(marking_desk.waiting().disputes[0]), "The file says the 3rd.")
        page = shown("ann", disputed)
        assert "The mark stands" in words(page) and "The file says the 3rd." in words(page) and "I think my answer is right, still" in folds(page)

    def test_the_queue_shows_the_parts(self, app, disputed):
        page = app("tom", "marking")
        assert not page.exception and "The file says otherwise." in words(page)
        assert len(page.multiselect) == 1 and len(page.multiselect[0].options) > 0

    def test_the_trainer_marks_the_parts_beside_the_work_too(self, desk, disputed):
        page = shown("tom", disputed)
        assert not page.exception and "Answer the dispute, or comment" in folds(page)


class TestRefused:
    def test_it_is_a_trainers_of_hers_alone(self, desk, disputed):
        with as_("tom"):
            asked = marking_desk.asked(marking_desk.waiting().disputes[0])
        for id in OTHERS:
            with as_(id):
                for change in (lambda: marking_desk.uphold_parts(asked, worth_less(asked), Decimal(1), "Mine."), lambda: marking_desk.decline(asked, "No."), lambda: marking_desk.asked(disputed)):
                    with pytest.raises((NotAllowed, Unknown)):
                        change()

    @pytest.mark.parametrize("chosen, share, says, sentence", [([], Decimal(1), "Why.", "Choose which parts"), (["no-such-part"], Decimal(1), "Why.", "Choose which parts"),
                                                               (None, Decimal(2), "Why.", "from nothing to all"), (None, Decimal(1), " ", "Write why")])
    def test_what_will_not_do_is_said(self, desk, chosen, share, says, sentence):
        with as_("ann"):
            attempt, slot = decided_claim()
            learning_desk.object_to(attempt, slot, 1, "The file says otherwise.")
        with as_("tom"):
            asked = marking_desk.asked(marking_desk.waiting().disputes[0])
            with pytest.raises(NotFit, match=sentence):
                marking_desk.uphold_parts(asked, worth_less(asked) if chosen is None else chosen, share, says)

    def test_what_was_not_marked_is_not_disputed(self, desk):
        with as_("ann"):
            attempt = claims.begin(session.me(), first("decide-on-a-denial"))
            with pytest.raises(Unknown, match="no marked answer"):
                learning_desk.object_to(attempt, "asks", 1, "Before I have answered.")


class TestParts:
    def test_each_says_what_was_asked_said_and_right(self, desk):
        with as_("ann"):
            attempt, slot = decided_claim()
        found = desk.ledger().unguarded.attempt(attempt)
        asks = {ask["id"]: ask for ask in found.attempt.form["asks"]}
        parts = worked_parts.parts(found, marking_desk.step_of(found, slot, 1), marking_desk.standing(found, slot, 1))
        assert {part.id for part in parts} == set(asks)
        assert all(part.name == asks[part.id]["prompt"] and part.right and part.given for part in parts)


class TestSendings:
    @pytest.fixture
    def twice(self, desk):
        """A claim of ann's that was sent twice, and her objection to each sending."""
        with as_("ann"):
            attempt, slot = sent_claim()
            sending(attempt)
            return attempt, learning_desk.object_to(attempt, slot, 1, "The first was right."), learning_desk.object_to(attempt, slot, 2, "And so was the second.")

    def test_two_sendings_are_disputed_apart(self, desk, twice):
        attempt, first_one, second = twice
        assert (first_one.sequence, first_one.reason, second.sequence, second.reason) == (1, "The first was right.", 2, "And so was the second.")
        with as_("ann"):
            assert learning_desk.talk(sittings.stored(attempt)).disputes == {("claim", 1): first_one, ("claim", 2): second}
        with as_("tom"):
            assert [marking_desk.asked(one).where for one in marking_desk.waiting().disputes] == ["Sending 1", "Sending 2"]

    def test_an_answer_to_one_leaves_the_other_open(self, desk, twice):
        attempt, first_one, second = twice
        with as_("tom"):
            marking_desk.decline(marking_desk.asked(second), "The date was wrong still.")
            assert marking_desk.waiting().disputes == (first_one,)
        page = shown("ann", first_one)
        assert "The mark stands" in words(page) and "The date was wrong still." in words(page) and "This mark is disputed" in words(page)

    def test_the_button_under_the_second_sends_the_second(self, desk):
        with as_("ann"):
            attempt, slot = sent_claim()
            sending(attempt)
            first_one = learning_desk.object_to(attempt, slot, 1, "The first was right.")
        page = shown("ann", first_one)
        page.session_state[f"object-{attempt}:claim:2"] = True
        page.run()
        page.text_area(key=f"object-{attempt}:claim:2-why").input("And so was the second.")
        next(one for one in page.button if one.label == "Send to my trainer" and "claim:2" in one.key).click()
        with patch("app.widgets.places.link"):
            page.run()
        with as_("ann"):
            assert {(one.sequence, one.reason) for one in learning_desk.disputes(session.me())} == {(1, "The first was right."), (2, "And so was the second.")}

    def test_an_objection_that_is_there_already_is_told_and_no_other_is_made(self, desk):
        with as_("ann"):
            attempt, slot = sent_claim()
        pages = [shown("ann", SimpleNamespace(slot=slot, attempt=attempt)) for _ in range(2)]
        for page, why in zip(pages, ("From one tab.", "From another.")):
            page.session_state[f"object-{attempt}:claim:1"] = True
            with patch("app.widgets.places.link"):
                page.run()
            page.text_area(key=f"object-{attempt}:claim:1-why").input(why)
        for page in pages:
            next(one for one in page.button if one.label == "Send to my trainer" and "claim:1" in one.key).click()
            with patch("app.widgets.places.link"):
                page.run()
        said = words(pages[1])
        assert "You had objected to this mark already" in said and "From one tab." in said and "From another." in said and "You had objected" not in words(pages[0])
        with as_("ann"):
            assert [one.reason for one in learning_desk.disputes(session.me())] == ["From one tab."]
