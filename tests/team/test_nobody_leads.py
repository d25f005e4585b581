"""A trainer who is shut out, loses the role, is not in yet or is deleted: who is led is told, and an admin sees where nobody is there to mark; and a trainer sees on Home how much waits."""

from unittest.mock import patch

import pytest

from app import gate, leaders_desk, learning_desk, marking_desk, people_desk, session
from tests.team.conftest import PEOPLE, unfolded, viewer, words
from tests.team.test_marking_together import objected, wrong_answer
from tests.team.worked import handed_in_letter

GONE = {"shut out": lambda people: people.set_disabled("tom", True, "root", 1), "no trainer any more": lambda people: people.set_role("tom", "author", "root", 1),
        "a leader no more": lambda people: people.remove_leader("c1", "tom", "root", 1), "deleted": lambda people: session.ledger().unguarded.delete_profile("tom", "root", 1),
        "not in yet": lambda people: (people.set_disabled("tom", True, "root", 1), forget_identity(), people.set_disabled("tom", False, "root", 1))}


def forget_identity() -> None:
    session.ledger().unguarded.write(lambda db: db.execute("DELETE FROM identity WHERE account = 'tom'"))


def as_(id: str):
    return gate.acting(viewer(id))


def led() -> bool:
    with as_("ann"):
        return learning_desk.is_led(session.me())


@pytest.fixture(params=GONE)
def gone(request, desk, people):
    """Makes Tom gone in one of the ways, when called."""
    return lambda: GONE[request.param](people)


class TestWhoIsLed:
    def test_a_leader_who_is_not_there_leads_nobody(self, gone):
        assert led()
        with as_("ann"):
            assert people_desk.readers() == (("Spring", ("Tom",)),)
        gone()
        assert not led()
        with as_("ann"):
            assert people_desk.readers() == ()

    def test_where_another_is_there_nothing_changes(self, gone, people):
        people.set_role("una", "trainer", "root", 1)
        people.add_leader("c1", "una", "root", 1)
        gone()
        assert led()

    def test_there_is_no_button_that_sends_to_nobody(self, desk, app, gone):
        attempt, _ = wrong_answer("ann")
        assert any(one.label == learning_desk_object() for one in app("ann", "attempt", attempt=attempt).expander)
        gone()
        assert not any(one.label == learning_desk_object() for one in app("ann", "attempt", attempt=attempt).expander)

    def test_what_was_typed_meanwhile_is_not_lost(self, desk, app, people):
        attempt, question = wrong_answer("ann")
        page = app("ann", "attempt", attempt=attempt)
        page.session_state[f"object-{attempt}:{question}:1"] = True
        page.run()
        page.text_area(key=f"object-{attempt}:{question}:1-why").input("The manual says otherwise.")
        people.set_disabled("tom", True, "root", 1)
        next(one for one in page.button if one.label == "Send to my trainer").click().run()
        said = words(page)
        assert "What you wrote is not sent: nobody leads you now" in said and "The manual says otherwise." in said
        with as_("ann"):
            assert learning_desk.disputes(session.me()) == ()


class TestTheLearner:
    def test_an_open_dispute_says_that_nobody_is_there_and_what_to_do(self, desk, app, gone):
        attempt, question = wrong_answer("ann")
        with as_("ann"):
            learning_desk.object_to(attempt, question, 1, "The manual says otherwise.")
        assert "a trainer will look at it" in words(app("ann", "attempt", attempt=attempt)) and "waits for your trainer" in words(app("ann", "work"))
        gone()
        for page in (words(app("ann", "attempt", attempt=attempt)), words(app("ann", "work"))):
            assert "Nobody leads you now who could look at it. Ask your admin" in page and "a trainer will look" not in page and "waits for your trainer" not in page

    def test_out_of_every_cohort_too(self, desk, app, people):
        objected("ann", "First.")
        people.remove_member("c1", "ann", "root", 1)
        assert "Nobody leads you now" in words(app("ann", "work"))


class TestTheAdmin:
    def test_cohorts_says_where_nobody_is_there_and_how_much_waits(self, desk, app, people, gone):
        objected("ann", "First.")
        with as_("ann"):
            handed_in_letter()
        assert "Nobody who can mark" not in words(app("root", "cohorts"))
        gone()
        said = words(app("root", "cohorts")).replace("\\", "")
        assert "Nobody who can mark leads this cohort." in said and "Spring: 1 dispute and 1 letter wait there." in said
        people.set_disabled("una", False, "root", 1)
        people.set_role("una", "trainer", "root", 1)
        people.add_leader("c1", "una", "root", 1)
        assert "Nobody who can mark" not in words(app("root", "cohorts"))

    def test_a_closed_one_is_not_spoken_of_and_a_trainer_is_not_told(self, desk, app, people):
        people.add_cohort("c2", "Autumn", "", "root", 1)
        assert "Autumn: nothing waits there yet." in words(app("root", "cohorts")).replace("\\", "") and "Nobody who can mark" not in words(app("tom", "cohorts"))
        people.close_cohort("c2", "root", 1)
        assert "Nobody who can mark" not in words(app("root", "cohorts"))

    def test_people_says_what_hangs_on_a_leader_before_they_are_shut_out(self, desk, app, people):
        people.add_cohort("c2", "Autumn", "tom", "root", 1)
        people.set_role("una", "trainer", "root", 1)
        people.add_leader("c2", "una", "root", 1)
        said = words(unfolded(app("root", "people"), *PEOPLE)).replace("\\", "")
        assert "Named to lead Autumn and Spring. Nobody else leads Spring: without them, letters and disputes there wait for nobody." in said
        assert "Named to lead Autumn." in said and said.count("Nobody else leads") == 1

    def test_and_where_they_are_shut_out_that_nobody_leads_it_now(self, desk, app, people):
        people.set_disabled("tom", True, "root", 1)
        said = words(unfolded(app("root", "people"), *PEOPLE)).replace("\\", "")
        assert "Named to lead Spring. Being shut out, they see nothing of it and mark nothing. Nobody leads Spring now" in said
        assert "led by Tom (shut out)" in words(app("root", "cohorts")).replace("\\", "")

    def test_only_an_admin_is_told(self, desk):
        for id in ("ann", "tom", "una"):
            for read in (leaders_desk.unled, leaders_desk.leading):
                with as_(id), pytest.raises(session.RecordsError):
                    read()


class TestHome:
    def test_a_trainer_sees_how_much_waits(self, desk, app, people):
        assert marking_line(app("tom", "home")) == ""
        objected("ann", "First.")
        assert marking_line(app("tom", "home")) == "To mark: 1 dispute"
        with as_("ann"):
            handed_in_letter()
        people.add_member("c1", "bea", "root", 1)
        objected("bea", "Second.")
        assert marking_line(app("tom", "home")) == "To mark: 2 disputes and 1 letter"

    def test_nobody_else_does_nor_of_their_own_nor_of_whom_they_do_not_lead(self, desk, app, people):
        objected("ann", "First.")
        objected("bea", "Second.")
        for id in ("ann", "bea", "una", "root"):
            assert marking_line(app(id, "home")) == ""
        assert marking_line(app("tom", "home")) == "To mark: 1 dispute"
        people.set_role("ann", "trainer", "root", 1)
        people.add_leader("c1", "ann", "root", 1)
        with gate.acting(gate.Viewer("ann", "Ann", "trainer", "session-ann")):
            assert marking_desk.how_many() == (0, 0) == (len(marking_desk.waiting().disputes), len(marking_desk.waiting().letters))

    def test_it_is_one_query_whatever_waits(self, desk, people):
        objected("ann", "First.")
        training = session.ledger().unguarded
        with as_("tom"), patch.object(training.engine, "read", wraps=training.engine.read) as read:
            session.training().unguarded.waiting("tom")
        assert read.call_count == 1


def marking_line(page) -> str:
    """What the line says that leads to Marking; empty where there is none."""
    return next((one.proto.label for one in page.get("page_link") if "To mark" in one.proto.label), "")


def learning_desk_object() -> str:
    from app.widgets.objecting import OBJECT
    return OBJECT
