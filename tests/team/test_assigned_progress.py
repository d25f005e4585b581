"""One assignment as its trainer follows it: who is where with it, more time that is more and can be taken back, and taking it back only when that is said twice."""

from datetime import timedelta

import pytest

from app import assigned_progress, assigning, cohort_desk, gate, quizzing, session
from app.cohort_desk import NotFit
from app.gate import NotAllowed
from tests.team.conftest import words
from tests.team.test_audit_told import told
from tests.team.test_training import OTHERS, as_, given  # noqa: F401  (fixtures)


@pytest.fixture
def bea(people):
    """Bea learns in the cohort too."""
    people.add_member("c1", "bea", "root", gate.now())


def due(profile: str = "ann"):
    return assigning.due_day(session.training().unguarded.assigned_to(profile)[0].due_at)


def opened(app, id: str):
    page = app("tom", "assign")
    page.session_state[f"given-{id}"] = True
    return page.run()


def until(page):
    return next(one for one in page.date_input if one.key.startswith("until-"))


class TestMoreTime:
    def test_the_day_on_offer_is_a_week_after_their_own(self, app, given):  # noqa: F811
        assert until(opened(app, given.id)).value == due() + timedelta(days=7)

    def test_for_whoever_is_late_it_is_a_week_from_today(self, desk, given, monkeypatch):  # noqa: F811
        monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", str(30 * 86_400))
        assert assigning.later(given.due_at) == session.today() + timedelta(days=7)

    def test_it_is_never_less(self, desk, given):  # noqa: F811
        with as_("tom"):
            for day in (due(), due() - timedelta(days=1)):
                with pytest.raises(NotFit, match=f"Ann has until {due():%-d %b %Y} already. Choose a later day"):
                    assigning.extend(given.id, "ann", day)
        assert due() == assigning.due_day(given.due_at)

    def test_a_day_that_has_passed_is_refused(self, desk, given):  # noqa: F811
        with as_("tom"), pytest.raises(NotFit, match="from today on"):
            assigning.extend(given.id, "ann", session.today() - timedelta(days=1))

    def test_whom_it_was_not_given_to_has_no_date(self, desk, given, people):  # noqa: F811
        people.add_cohort("c2", "Autumn", "tom", "root", 1)
        people.add_member("c2", "bea", "root", 1)
        with as_("tom"), pytest.raises(NotFit, match="given to nobody of that name"):
            assigning.extend(given.id, "bea", session.today() + timedelta(days=30))

    def test_who_has_a_date_of_their_own_is_listed_with_the_way_back(self, app, given):  # noqa: F811
        page = opened(app, given.id)
        assert not [one for one in page.button if str(one.key).startswith("usual-")]
        page.button(key=f"extend-{given.id}").click().run()
        later = assigning.due_day(given.due_at) + timedelta(days=7)
        assert due() == later and f"Ann: a date of their own, {later:%-d %b %Y}; otherwise {assigning.due_day(given.due_at):%-d %b %Y}." in words(page).replace("\\", "")
        page.button(key=f"usual-{given.id}-ann").click().run()
        assert not page.exception and due() == assigning.due_day(given.due_at)

    def test_going_back_is_in_the_audit_log(self, desk, given):  # noqa: F811
        first = due()
        with as_("tom"):
            assigning.extend(given.id, "ann", first + timedelta(days=7))
            assigning.back_to_usual(given.id, "ann")
        assert told()[0] == f"Tom took Ann’s own due date of “First week” back: {first:%-d %b %Y} instead of {first + timedelta(days=7):%-d %b %Y}"

    @pytest.mark.parametrize("id", OTHERS)
    def test_others_give_nobody_a_date_back(self, desk, given, id):  # noqa: F811
        with as_(id), pytest.raises(NotAllowed):
            assigning.back_to_usual(given.id, "ann")


class TestWhoIsWhere:
    def test_it_says_how_many_and_who_by_their_word(self, app, bea, given):  # noqa: F811
        with as_("ann"):
            quizzing.begin(session.me(), given.parts[0])
        page = words(opened(app, given.id))
        assert "**1 not started, 1 under way.**" in page and "under way</span> Ann</p>" in page and "not started</span> Bea</p>" in page

    def test_who_is_shut_out_is_counted_and_not_named(self, app, bea, given, people):  # noqa: F811
        people.set_disabled("bea", True, "root", gate.now())
        page = words(opened(app, given.id))
        assert "**1 not started.** 1 shut out, not shown." in page and "Bea" not in page

    def test_a_trainer_reads_of_nobody_they_do_not_lead(self, desk, people):
        people.add_cohort("c2", "Autumn", "tom", "root", 1)
        people.add_member("c2", "bea", "root", 1)
        with as_("tom"):
            made = assigning.give_items((quizzing.sets()[0].id,), "", session.today(), ("c1", "c2"), ())
            assert [one.name for one in assigned_progress.progress(made.id).people] == ["Ann", "Bea"]
        people.remove_leader("c2", "tom", "root", 1)
        with as_("tom"):
            assert [one.name for one in assigned_progress.progress(made.id).people] == ["Ann"]

    def test_it_is_read_only_where_the_fold_is_open(self, app, given, monkeypatch):  # noqa: F811
        monkeypatch.setattr(assigned_progress, "progress", lambda *given: pytest.fail("read though nobody asked"))
        assert not app("tom", "assign").exception

    def test_it_says_the_same_as_the_cohorts_table(self, desk, bea, given):  # noqa: F811
        with as_("tom"):
            table = {row.name: row.person.pieces[0] for row in cohort_desk.table("c1")}
            assert {one.name: one.piece for one in assigned_progress.progress(given.id).people} == table


def test_it_is_withdrawn_only_when_that_is_said_twice(app, given):  # noqa: F811
    page = opened(app, given.id)
    assert page.button(key=f"withdraw-{given.id}").disabled
    page.checkbox(key=f"sure-{given.id}").check().run()
    page.button(key=f"withdraw-{given.id}").click().run()
    assert session.training().unguarded.assignment(given.id).withdrawn_at is not None
