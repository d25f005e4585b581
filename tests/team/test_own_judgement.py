"""What nobody does for themselves in a team: marks, time in exams, a name; and whom a trainer may take in."""

from dataclasses import replace

import pytest

from app import assigning, cohort_desk, correction_desk, exam_offers, gate, people_desk, practising, quizzing, session, sittings
from app.cohort_desk import NotFit
from app.gate import NotAllowed
from records import NotSaved
from tests.team.conftest import viewer, words


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture
def wrong(desk):
    """The same question answered wrongly by a learner and by the trainer; each attempt by its owner, and the question."""
    attempts = {}
    for id in ("ann", "tom"):
        with as_(id):
            attempts[id] = quizzing.begin(session.me(), quizzing.sets()[0].id)
            question = next(q for q in sittings.sitting(attempts[id]).questions if q.kind == "single-choice")
            keyed = sittings.variants(attempts[id])[question.id].keyed.question
            quizzing.hand_in(attempts[id], question.id, next(option.id for option in keyed.options if not option.correct))
    return attempts, question.id




def standing(attempt: str):
    return session.ledger().unguarded.attempt(attempt).gradings[-1].earned


class TestCorrections:
    def test_a_correction_leaves_the_answers_of_whoever_makes_it_as_they_are(self, wrong):
        attempts, item = wrong
        with as_("tom"):
            tried = correction_desk.trial(item, "full-credit")
            correction_desk.apply(item, "full-credit", session.me(), "Both answers are defensible.", "run-1")
        assert [delta.profile for delta in tried.deltas] == ["ann"] and (tried.answers, tried.left) == (2, 1)
        assert standing(attempts["ann"]) > 0 and standing(attempts["tom"]) == 0

    def test_a_correction_is_in_the_audit_log_with_who_made_it_and_how_many_marks(self, wrong, people):
        with as_("tom"):
            correction_desk.apply(wrong[1], "full-credit", session.me(), "Both answers are defensible.", "run-1")
            correction_desk.undo("run-1", session.me())
        undone, made = people.audit_log(limit=2)
        assert (made.actor, made.act, made.subject, made.after) == ("tom", "correct marks", wrong[1], {"run": "run-1", "policy": "full-credit", "marks": 1})
        assert (undone.actor, undone.act, undone.subject, undone.after["undoes"]) == ("tom", "take back correction", wrong[1], "run-1") and people.audit_faults() == []

    def test_the_same_run_again_is_told_once(self, wrong, people):
        with as_("tom"):
            for _ in range(2):
                correction_desk.apply(wrong[1], "full-credit", session.me(), "Both answers are defensible.", "run-1")
        assert [row.act for row in people.audit_log(limit=5)].count("correct marks") == 1

    def test_a_run_that_touched_ones_own_answers_is_another_trainers_to_take_back(self, wrong, people):
        people.set_role("una", "trainer", "root", 1)
        una = gate.Viewer("una", "Una", "trainer", "session-una")
        with gate.acting(una):
            correction_desk.apply(wrong[1], "full-credit", session.me(), "Both answers are defensible.", "run-1")
        with as_("tom"), pytest.raises(NotSaved, match="marks of your own, so that another trainer has to take it back"):
            correction_desk.undo("run-1", session.me())
        assert standing(wrong[0]["tom"]) > 0
        with gate.acting(una):
            correction_desk.undo("run-1", session.me())
        assert standing(wrong[0]["tom"]) == 0

    def test_alone_ones_own_answers_are_corrected(self, wrong, monkeypatch):
        monkeypatch.delenv("CLEAN_CLAIM_TEAM")
        tom = session.ledger().profile("tom")
        correction_desk.apply(wrong[1], "full-credit", tom, "Both answers are defensible.", "run-1")
        assert standing(wrong[0]["tom"]) > 0

    def test_the_page_says_that_ones_own_stay_as_they_are(self, app, wrong):
        assert "Answers of your own: 1. They stay as they are" in words(app("tom", "corrections"))


class TestTime:
    def test_a_learner_of_a_team_gets_the_time_a_trainer_gave_whatever_they_send(self, desk, people):
        with as_("tom"):
            assigning.give_time("ann", 150)
        with as_("ann"):
            attempt = exam_offers.begin(session.me(), "cpb", "quarter", time_percent=200)
            assert desk.ledger().attempt(attempt).attempt.form["time_percent"] == 150 and session.me().time_percent == 150

    def test_a_stale_page_does_not_take_away_what_was_given_since(self, desk):
        with as_("ann"):
            stale = session.me()
        with as_("tom"):
            assigning.give_time("ann", 150)
        with as_("ann"):
            practising.minutes_given(stale, 30)
            assert (session.me().time_percent, session.me().minutes_a_day) == (150, 30)

    def test_nobody_gives_it_to_themselves(self, desk, people):
        people.add_member("c1", "tom", "root", 1)
        with as_("tom"), pytest.raises(NotAllowed, match="for yourself"):
            assigning.give_time("tom", 200)

    def test_the_page_offers_no_choice_and_says_what_is_given(self, desk, app):
        assert not app("ann", "exams").radio
        with as_("tom"):
            assigning.give_time("ann", 150)
        page = app("ann", "exams")
        assert not page.radio and "Your trainer gives you 1.5 times the exam's own time." in words(page)


class TestNames:
    def test_a_learner_does_not_change_their_name(self, desk, app):
        with as_("ann"):
            session.change(replace(session.me(), name="Root", time_percent=300, goal_kind="track", goal="medical"))
            assert (session.me().name, session.me().time_percent, session.me().goal) == ("Ann", 100, "medical")
        page = app("ann", "welcome")
        assert "Your name" not in words(page) and "an admin can correct it" in words(page)

    def test_no_page_has_the_way_that_changes_it(self, desk):
        with as_("ann"), pytest.raises(NotAllowed):
            desk.ledger().update_profile(session.me())

    def test_an_admin_corrects_it_and_the_log_says_so_without_the_name(self, desk, people):
        with as_("root"):
            assert people_desk.correct("ann", " Anne Reed ", "Anne@example.org").name == "Anne Reed"
        assert people.account("ann").email == "anne@example.org"
        rows = people.audit_log(limit=2)
        assert {(row.actor, row.act, row.subject, row.before, row.after) for row in rows} == {("root", "correct name", "ann", None, None), ("root", "correct e-mail address", "ann", None, None)}

    def test_what_stays_as_it_is_is_not_told(self, desk, people):
        before = people.audit_log(limit=1)
        with as_("root"):
            people_desk.correct("ann", "Ann", "ann@example.org")
        assert people.audit_log(limit=1) == before

    @pytest.mark.parametrize("name, email, said", [(" ", "ann@example.org", "name"), ("x" * 61, "ann@example.org", "60 characters"), ("Ann", "no address", "e-mail address"), ("Ann", "", "e-mail address"),
                                                   ("Ann", "bea@example.org", "there is an account with this e-mail address already")])
    def test_what_will_not_do_is_refused(self, desk, people, name, email, said):
        with as_("root"), pytest.raises(session.RecordsError, match=said):
            people_desk.correct("ann", name, email)
        assert (people.account("ann").name, people.account("ann").email) == ("Ann", "ann@example.org")

    def test_a_link_that_went_to_the_wrong_address_opens_nothing_more(self, desk, people):
        with as_("root"):
            people_desk.new_link("bea")
            assert "bea" in people_desk.waiting()
            people_desk.correct("bea", "Bea", "beatrice@example.org")
            assert "bea" not in people_desk.waiting()

    @pytest.mark.parametrize("id", ["ann", "tom", "una"])
    def test_only_an_admin_may(self, desk, id):
        with as_(id), pytest.raises(NotAllowed):
            people_desk.correct("ann", "Someone Else", "else@example.org")

    def test_where_names_follow_the_provider_they_are_its_to_say(self, desk, people, monkeypatch):
        for name, value in {"TEAM": "oidc", "NAME_CLAIM": "name"}.items():
            monkeypatch.setenv(f"CLEAN_CLAIM_{name}", value)
        from app.team import team
        claims = {"is_logged_in": True, "iss": "tests", "sub": "ann", "name": "Ann Reed-Moss", "iat": gate.now() // 1000}
        assert gate.of_provider(people, team(), claims, gate.now()).name == "Ann Reed-Moss"
        assert (people.audit_log("ann")[1].actor, people.audit_log("ann")[1].act) == ("provider", "correct name")
        with as_("root"), pytest.raises(session.RecordsError, match="comes from your organisation's sign-in"):
            people_desk.correct("ann", "Ann", "ann@example.org")


class TestWhomATrainerTakesIn:
    @pytest.mark.parametrize("id", ["root", "una", "tom"])
    def test_no_one_but_learners(self, desk, people, id):
        with as_("tom"), pytest.raises(NotFit, match="ask an admin"):
            cohort_desk.add_member("c1", f"{id}@example.org")
        assert id not in {one.profile for one in people.members("c1")}

    def test_anyone_is_an_admins_to_take_in(self, desk, people):
        with as_("root"):
            cohort_desk.add_account("c1", "una")
            cohort_desk.add_member("c1", "tom@example.org")
        assert {one.profile for one in people.members("c1")} == {"ann", "tom", "una"}
