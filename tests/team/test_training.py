"""Training at the desks and on the pages: a trainer assigns, reads, marks and signs off for whom they lead and for nobody else; a learner sees it, works and objects."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app import assigning, cohort_desk, cohort_files, gate, hand_marking, learner_evidence, learning_desk, marking_desk, quizzing, session, sittings, work_offered
from app.cohort_desk import NotFit
from app.gate import NotAllowed
from records import Unknown
from tests.team.conftest import viewer, words

OTHERS = ("ann", "bea", "una", "root")


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture
def given(desk):
    """Two quizzes that the cohort has a week for, with 70 per cent wanted."""
    with as_("tom"):
        ids = tuple(card.id for card in quizzing.sets()[:2])
        return assigning.give_items(ids, "First week", session.today() + timedelta(days=7), ("c1",), (), 70, "Take your time.")


@pytest.fixture
def wrong(desk):
    """An attempt of ann's with one answer that was marked as wrong; its question."""
    with as_("ann"):
        attempt = quizzing.begin(session.me(), quizzing.sets()[0].id)
        question = next(q for q in sittings.sitting(attempt).questions if q.kind == "single-choice")
        keyed = sittings.variants(attempt)[question.id].keyed.question
        quizzing.hand_in(attempt, question.id, next(option.id for option in keyed.options if not option.correct))
    return attempt, question.id


@pytest.fixture
def disputed(wrong):
    attempt, question = wrong
    with as_("ann"):
        return learning_desk.object_to(attempt, question, 1, "The payer's manual says otherwise.")


class TestCohorts:
    def test_a_trainer_sees_their_own_and_an_admin_all(self, desk, people):
        people.add_cohort("c2", "Autumn", "", "root", 1)
        with as_("tom"):
            assert [one.id for one in cohort_desk.cohorts()] == ["c1"]
        with as_("root"):
            assert {one.id for one in cohort_desk.cohorts()} == {"c1", "c2"}

    @pytest.mark.parametrize("id", OTHERS)
    def test_where_people_stand_is_for_whoever_leads_them(self, desk, id):
        with as_(id), pytest.raises(NotAllowed):
            cohort_desk.table("c1")

    def test_a_trainer_of_another_cohort_sees_and_changes_nothing_of_it(self, desk, people):
        people.add_cohort("c2", "Autumn", "", "root", 1)
        with as_("tom"):
            for read in (cohort_desk.table, cohort_desk.reminders, cohort_desk.members, lambda id: cohort_files.cohort(id, "csv"), cohort_desk.close, lambda id: cohort_desk.rename(id, "Mine"),
                         lambda id: cohort_desk.add_member(id, "bea@example.org")):
                with pytest.raises(NotAllowed):
                    read("c2")

    def test_a_trainer_takes_people_in_by_their_address(self, desk, people):
        with as_("tom"):
            assert cohort_desk.add_member("c1", " BEA@example.org ").says == "Bea is in it."
            with pytest.raises(NotFit, match="Nobody here has that e-mail address"):
                cohort_desk.add_member("c1", "nobody@example.org")
        assert {one.profile for one in people.members("c1")} == {"ann", "bea"}

    def test_who_leads_is_an_admins_to_say(self, desk, people):
        with as_("tom"), pytest.raises(NotAllowed):
            cohort_desk.set_leaders("c1", frozenset({"tom", "una"}))
        with as_("root"):
            cohort_desk.set_leaders("c1", frozenset())
        assert people.leaders("c1") == ()

    def test_a_closed_one_is_read_as_it_stood_and_nothing_of_it_is_changed(self, desk, given, monkeypatch):
        with as_("tom"):
            cohort_desk.close("c1")
            assert [one.id for one in cohort_desk.closed()] == ["c1"] and cohort_desk.cohorts() == ()
            monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", str(30 * 86_400))
            assert [(row.name, row.person.standing.word) for row in cohort_desk.table("c1")] == [("Ann", "not started")]
            monkeypatch.delenv("CLEAN_CLAIM_CLOCK_AHEAD")
            assert cohort_files.cohort("c1", "csv")().count(b"Ann") == 1
            for change in (lambda: cohort_desk.add_member("c1", "bea@example.org"), lambda: cohort_desk.remove_member("c1", "ann"), lambda: cohort_desk.rename("c1", "Mine"), lambda: cohort_desk.reminders("c1"),
                           lambda: assigning.give_items(given.parts, "", session.today(), ("c1",), ())):
                with pytest.raises(NotFit, match="closed"):
                    change()

    def test_what_a_member_did_after_it_was_closed_is_not_shown_to_its_trainer(self, desk, app, given, people):
        people.close_cohort("c1", "tom", gate.now())
        with as_("ann"):
            quizzing.begin(session.me(), quizzing.sets()[0].id)
        with as_("tom"):
            assert cohort_desk.table("c1")[0].person.standing.word == "not started"
        page = words(app("tom", "cohorts"))
        assert "This cohort was closed on" in page and "who was where on" in page and 'href="learner' not in page
        assert "Not allowed" in words(app("tom", "learner", learner="ann"))

    def test_its_leader_opens_it_again(self, desk, app, people):
        people.close_cohort("c1", "tom", gate.now())
        page = app("tom", "cohorts")
        page.button(key="reopen-c1").click().run()
        assert "Spring is open again." in words(page) and people.leads("tom", "ann")

    @pytest.mark.parametrize("id", ["ann", "bea", "una"])
    def test_nobody_else_opens_it_again(self, desk, people, id):
        people.close_cohort("c1", "tom", gate.now())
        with as_(id), pytest.raises(NotAllowed):
            cohort_desk.reopen("c1")
        people.add_cohort("c2", "Autumn", "", "root", 1)
        people.close_cohort("c2", "root", gate.now())
        with as_("tom"), pytest.raises(NotAllowed):
            cohort_desk.reopen("c2")

    def test_an_admin_reads_who_was_in_a_closed_one_and_no_answers(self, desk, app, people):
        people.close_cohort("c1", "tom", gate.now())
        page = words(app("root", "cohorts")).replace("\\", "")
        assert "1 in it: Ann. Led by Tom." in page and "who was where" not in page

    def test_a_cohort_needs_a_name(self, desk):
        with as_("tom"), pytest.raises(NotFit, match="name"):
            cohort_desk.make("  ")


class TestAssigning:
    def test_the_table_says_who_is_where_and_why(self, desk, given):
        with as_("tom"):
            row, = cohort_desk.table("c1")
        assert (row.name, row.person.standing.word, row.person.standing.done, row.person.standing.of) == ("Ann", "not started", 0, 1)

    def test_the_learner_sees_it_with_its_note_and_begins_it_there(self, desk, app, given):
        page = app("ann", "home")
        assert "Due work" in words(page) and "Take your time." in words(page)
        page.button(key=f"due-{given.id}-{given.parts[0]}").click().run()
        with as_("ann"):
            assert desk.ledger().open_attempt("ann", given.parts[0])
        with as_("tom"):
            assert cohort_desk.table("c1")[0].person.standing.word == "under way"

    def test_nobody_else_sees_it(self, app, given):
        assert "First week" not in words(app("bea", "home")) and "First week" not in words(app("bea", "work"))

    def test_a_trainer_gives_nothing_to_whom_they_do_not_lead(self, desk, people):
        people.add_cohort("c2", "Autumn", "", "root", 1)
        ids, day = (quizzing.sets()[0].id,), session.today()
        with as_("tom"):
            for cohorts, to in (((), ("bea",)), (("c2",), ())):
                with pytest.raises(NotAllowed):
                    assigning.give_items(ids, "", day, cohorts, to)

    @pytest.mark.parametrize("id", OTHERS)
    def test_others_give_nothing_and_take_nothing_back(self, desk, given, id):
        with as_(id):
            for change in (lambda: assigning.give_items(given.parts, "", session.today(), ("c1",), ()), lambda: assigning.withdraw(given.id), lambda: assigning.extend(given.id, "ann", session.today()),
                           lambda: assigning.give_time("ann", 150)):
                with pytest.raises(NotAllowed):
                    change()

    def test_a_track_is_given_level_by_level_with_its_own_days(self, desk):
        with as_("tom"):
            levels = assigning.levels("medical")
            assert [(level.id, level.days) for level in levels] == [("first-30-days", 30), ("days-31-90", 90), ("after-90-days", 180)][:len(levels)]
            day = session.today()
            assert assigning.give_track("medical", {level.id: day + timedelta(days=level.days) for level in levels[:2]}, ("c1",), ()) == 2
        with as_("ann"):
            due = learning_desk.due(session.me())
        assert [one.piece.assigned.assignment.parts for one in due] == [level.competencies for level in levels[:2]]

    def test_what_will_not_do_is_said(self, desk):
        with as_("tom"):
            day, ids = session.today(), (quizzing.sets()[0].id,)
            for change, says in ((lambda: assigning.give_items((), "", day, ("c1",), ()), "an item"), (lambda: assigning.give_items(ids, "", day, (), ()), "a cohort or a person"),
                                 (lambda: assigning.give_items(ids, "", day - timedelta(days=1), ("c1",), ()), "from today on"), (lambda: assigning.give_track("medical", {}, ("c1",), ()), "a level")):
                with pytest.raises(NotFit, match=says):
                    change()

    def test_a_given_one_is_changed_for_everybody(self, desk, given):
        third = quizzing.sets()[2].id
        with as_("tom"):
            day = session.today() + timedelta(days=9)
            assigning.change(given, "First fortnight", "", day, 0, (given.parts[0], third))
        with as_("ann"):
            one, = learning_desk.due(session.me())
        assert (one.piece.assigned.assignment.title, one.piece.assigned.due_at) == ("First fortnight", assigning.end_of(day)) and [part.id for part in one.parts] == [given.parts[0], third]

    def test_what_will_not_do_as_a_change_is_said(self, desk, given):
        with as_("tom"):
            day = assigning.due_day(given.due_at)
            for change, says in (((given, "Title", "", day, 0, ()), "a piece"), ((given, " ", "", day, 0, given.parts), "a title"), ((given, "T", "", session.today() - timedelta(days=1), 0, given.parts), "from today on"),
                                 ((replace(given, kind="exam"), "T", "", day, 0, ("x",)), "Only quizzes and claims")):
                with pytest.raises(NotFit, match=says):
                    assigning.change(*change)

    @pytest.mark.parametrize("id", OTHERS)
    def test_others_change_nothing_that_was_given(self, desk, given, id):
        with as_(id), pytest.raises(NotAllowed):
            assigning.change(given, "Mine", "", assigning.due_day(given.due_at), 0, given.parts)

    def test_the_page_says_what_is_about_to_be_given_to_how_many(self, desk, app, people):
        people.add_member("c1", "bea", "root", gate.now())
        page = app("tom", "assign", cohort="c1")
        page.radio(key="kind").set_value("items").run()
        assert "Nothing is chosen yet" in words(page)
        pieces = list(work_offered.pieces().values())[:2]
        page.multiselect(key="items").set_value([one.id for one in pieces]).run()
        said = words(page).replace("\\", "")
        assert f"2 pieces, about {work_offered.length(sum(one.minutes for one in pieces))} in all" in said and "For Spring: 2 people in all." in said
        page.button(key="give").click().run()
        assert "It is assigned. 2 pieces" in words(page).replace("\\", "") and page.multiselect(key="items").value == []

    def test_choosing_another_kind_keeps_what_is_chosen(self, app):
        page = app("tom", "assign", cohort="c1")
        page.radio(key="kind").set_value("items").run()
        held, groups = work_offered.pieces(), list(work_offered.groups())
        first = next(id for id, one in held.items() if one.group == groups[0])
        last = next(id for id, one in held.items() if one.group == groups[-1])
        page.selectbox(key="group").set_value(groups[0]).run()
        page.multiselect(key="items").set_value([first]).run()
        page.selectbox(key="group").set_value(groups[-1]).run()
        assert page.multiselect(key="items").value == [first]
        page.multiselect(key="items").set_value([first, last]).run()
        assert page.multiselect(key="items").value == [first, last]

    def test_a_given_one_is_changed_on_the_page(self, desk, app, given):
        page = app("tom", "assign")
        page.session_state[f"given-{given.id}"] = True
        page.run()
        page.text_input(key=f"title-{given.id}").set_value("First fortnight")
        page.button(key=f"FormSubmitter:change-{given.id}-Save the change").click().run()
        assert "First fortnight is changed." in words(page) and session.training().unguarded.assignment(given.id).title == "First fortnight"

    def test_more_time_moves_one_persons_date_and_withdrawing_takes_it_from_all(self, desk, given):
        with as_("tom"):
            assigning.extend(given.id, "ann", session.today() + timedelta(days=30))
            assert cohort_desk.table("c1")[0].next_due == assigning.end_of(session.today() + timedelta(days=30))
            assigning.withdraw(given.id)
            assert cohort_desk.table("c1")[0].person.standing.word == "nothing assigned"

    def test_more_of_an_exams_time_is_the_next_ones(self, desk):
        with as_("tom"):
            assigning.give_time("ann", 150)
            assert assigning.time_of("ann") == 150
            with pytest.raises(NotFit):
                assigning.give_time("ann", 999)


class TestReminders:
    def test_they_name_what_is_late_and_how_much_of_it(self, desk, given, monkeypatch):
        with as_("tom"):
            assert cohort_desk.reminders("c1") == ()
            monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", str(9 * 86_400))
            reminder, = cohort_desk.reminders("c1")
        assert reminder.email == "ann@example.org" and reminder.says.startswith("Hello Ann, “First week” was due on ") and "(2 of 2 left)" in reminder.says

    def test_they_speak_of_what_is_due_within_days(self, desk, given, monkeypatch):
        monkeypatch.setenv("CLEAN_CLAIM_CLOCK_AHEAD", str(5 * 86_400))
        with as_("tom"):
            assert "is due on" in cohort_desk.reminders("c1")[0].says


class TestDisputes:
    def test_the_button_is_there_for_a_learner_who_is_led(self, app, wrong, people):
        attempt, _ = wrong
        assert learning_desk_button(app("ann", "attempt", attempt=attempt))
        people.remove_leader("c1", "tom", "root", 1)
        assert not learning_desk_button(app("ann", "attempt", attempt=attempt))

    def test_a_trainer_reads_it_changes_the_mark_and_the_learner_is_told(self, desk, app, disputed):
        with as_("tom"):
            waiting, = marking_desk.waiting().disputes
            asked = marking_desk.asked(waiting)
            assert waiting.reason == "The payer's manual says otherwise." and asked.share == 0
            marking_desk.uphold(asked, Decimal(1), "Both readings are defensible.")
            assert marking_desk.waiting().disputes == ()
        assert "Both readings are defensible." in words(app("ann", "home")) and "the mark was changed" in words(app("ann", "home"))
        assert "you were right" in words(app("ann", "work"))
        with as_("ann"):
            found = sittings.sitting(disputed.attempt)
        assert found.answered[disputed.slot].earned == 1
        assert desk.ledger().unguarded.projections_equal_fold() == []

    def test_a_refusal_is_told_with_its_reason(self, app, disputed):
        with as_("tom"):
            marking_desk.decline(marking_desk.asked(marking_desk.waiting().disputes[0]), "The manual has changed since.")
        page = words(app("ann", "attempt", attempt=disputed.attempt))
        assert "The mark stands" in page and "The manual has changed since." in page

    def test_a_mark_by_hand_on_the_attempts_page_answers_it(self, desk, disputed):
        with as_("tom"):
            marking_desk.override(disputed.attempt, disputed.slot, 1, session.training().standing_mark(disputed.attempt, disputed.slot, 1), Decimal(1), "Both can be defended.")
            assert marking_desk.waiting().disputes == ()
        closed = session.training().unguarded.one_dispute(disputed.id)
        assert (closed.state, closed.answer) == ("upheld", "Both can be defended.")

    def test_the_attempts_page_lets_the_mark_stand(self, desk, app, disputed):
        page = app("tom", "attempt", attempt=disputed.attempt)
        assert any("Answer the dispute" in one.label for one in page.expander)
        with as_("tom"):
            marking_desk.let_stand(disputed.attempt, disputed.slot, 1, 1, "The manual has changed.")
            with pytest.raises(NotFit, match="any more"):
                marking_desk.let_stand(disputed.attempt, disputed.slot, 1, 1, "Again.")
        assert session.training().unguarded.one_dispute(disputed.id).state == "declined"

    def test_the_learner_may_take_it_back(self, desk, disputed):
        with as_("ann"):
            learning_desk.take_back(disputed)
        with as_("tom"):
            assert marking_desk.waiting().disputes == ()

    @pytest.mark.parametrize("id", ["bea", "una", "root", "tom"])
    def test_nobody_objects_for_another(self, desk, wrong, id):
        with as_(id), pytest.raises(NotFit, match="not yours"):
            learning_desk.object_to(*wrong, 1, "For her.")

    def test_a_reason_is_needed(self, desk, wrong):
        with as_("ann"), pytest.raises(NotFit, match="Write why"):
            learning_desk.object_to(*wrong, 1, "  ")

    @pytest.mark.parametrize("id", OTHERS)
    def test_nobody_else_marks_it(self, desk, disputed, id):
        with as_("tom"):
            asked = marking_desk.asked(marking_desk.waiting().disputes[0])
        with as_(id):
            for change in (lambda: marking_desk.uphold(asked, Decimal(1), "Mine."), lambda: marking_desk.decline(asked, "No."), lambda: marking_desk.asked(disputed)):
                with pytest.raises((NotAllowed, Unknown)):
                    change()

    def test_a_trainer_judges_nothing_of_their_own(self, desk, people, wrong):
        people.add_member("c1", "tom", "root", 1)
        with as_("tom"):
            attempt = quizzing.begin(session.me(), quizzing.sets()[0].id)
            for change in (lambda: marking_desk.override(attempt, "q", 1, 1, Decimal(1), "Mine."), lambda: marking_desk.comment(attempt, "", "Well done."),
                           lambda: learner_evidence.sign_off("tom", "coding.modifiers", "I can.")):
                with pytest.raises(NotAllowed, match="for yourself"):
                    change()


def learning_desk_button(page) -> bool:
    return any("I think my answer is right" in one.label for one in page.expander)


class TestEvidence:
    def test_the_learners_page_opens_for_their_trainer_alone(self, app, wrong):
        page = app("tom", "learner", learner="ann")
        assert not page.exception and [one.value for one in page.title] == ["Ann"] and "Not enough evidence yet" in words(page)
        for who in ("ann", "bea", "una", "root"):
            assert "Not enough evidence yet" not in words(app(who, "learner", learner="ann"))
        assert "Not allowed" in words(app("tom", "learner", learner="bea"))

    def test_a_sign_off_counts_and_can_be_taken_back(self, desk, app):
        with as_("tom"):
            held = learner_evidence.sign_off("ann", "coding.modifiers", "Did ten on her own.")
            assert cohort_desk.table("c1")[0].person.signed == 1
        assert "signed off Modifiers" in words(app("ann", "home"))
        with as_("tom"):
            learner_evidence.revoke(held, "The rule changed.")
        assert "The sign-off of Modifiers was taken back." in words(app("ann", "home"))

    @pytest.mark.parametrize("id", OTHERS)
    def test_others_sign_nothing(self, desk, id):
        with as_(id), pytest.raises(NotAllowed):
            learner_evidence.sign_off("ann", "coding.modifiers", "She can.")

    def test_a_trainer_reads_an_attempt_and_comments_on_it(self, app, wrong):
        attempt, question = wrong
        with as_("tom"):
            marking_desk.comment(attempt, question, "Look at the dates.")
        page = app("tom", "attempt", attempt=attempt)
        assert "Look at the dates." in words(page) and any("Mark by hand" in one.label for one in page.expander)
        assert "Look at the dates." in words(app("ann", "attempt", attempt=attempt)) and "Look at the dates." in words(app("ann", "work"))

    def test_minutes_leave_long_pauses_out(self):
        assert learner_evidence.minutes(((0, 60_000, 180_000), (0, 3_600_000), (5,))) == 3


class TestFiles:
    def test_a_cohort_and_a_learner_are_taken_away_as_csv_and_workbook(self, desk, given, wrong):
        with as_("tom"):
            made = {(what, kind): make(id, kind)() for what, make, id in (("cohort", cohort_files.cohort, "c1"), ("learner", cohort_files.learner, "ann")) for kind in ("csv", "xlsx")}
        assert b"Ann,ann@example.org,under way" in made["cohort", "csv"] or b"Ann,ann@example.org," in made["cohort", "csv"]
        assert all(made[what, "xlsx"].startswith(b"PK") for what in ("cohort", "learner")) and b"Modifiers" in made["learner", "csv"]

    @pytest.mark.parametrize("id", ["ann", "bea", "una", "root"])
    def test_others_take_nothing_away(self, desk, id):
        with as_(id):
            with pytest.raises(NotAllowed):
                cohort_files.cohort("c1", "csv")


class TestMarkingByHand:
    def test_hints_still_cost_what_they_cost(self, desk, wrong):
        attempt, question = wrong
        with as_("ann"):
            found = sittings.stored(attempt)
        step, before = next(one for one in found.steps if one.slot == question), found.gradings[0]
        hinted = replace(step, payload={**step.payload, "hints": 2, "cost": "0.50"})
        made = hand_marking.question_by_hand(found, hinted, before, Decimal(1), "Right after all.")
        assert (made.earned, made.possible, made.grader, made.evidence[0].earned) == (Decimal("0.5"), 1, "by hand", Decimal("0.5"))

    def test_an_unscored_question_of_an_exam_still_counts_for_nothing(self, desk, wrong):
        attempt, question = wrong
        with as_("ann"):
            found = sittings.stored(attempt)
        form = {**found.attempt.form, "slots": [{"item": question, "scored": False}]}
        unscored = replace(found, attempt=replace(found.attempt, form=form))
        made = hand_marking.question_by_hand(unscored, found.steps[0], found.gradings[0], Decimal(1), "Right.")
        assert (made.earned, made.possible, made.evidence[0].earned) == (0, 0, 1)


def test_item_statistics_are_of_the_cohort_that_one_leads(app, wrong):
    page = app("tom", "items", cohort="c1")
    assert not page.exception and "1 question was met here" in words(page)
    assert [option for box in page.selectbox if box.label == "Among" for option in box.options] == ["Everybody here", "Spring"]
    assert not [box for box in app("una", "items").selectbox if box.key == "among"]
