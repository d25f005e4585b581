"""What the records promise of assigned work, sign-offs, disputes, marks by hand and comments; on both engines."""

from dataclasses import replace
from decimal import Decimal
from threading import Thread

import pytest

from records import COHORT, LED, Assignment, Completion, HandMark, MarkedSince, People, RegradeRun, Remark, Training, Unknown, happened, keep_told_upto, told_upto
from records import audit
from records.copying import content_of
from tests.records import made

DAY = 86_400_000


@pytest.fixture
def training(records):
    """Ann and Bea learn in the cohort `spring`, which Tom leads; Cal learns elsewhere. Ann has answered q1 of item-1."""
    people = People(records)
    people.adopt("ann", "learner", "", ticket("ann"), "root", 1)
    for id, role in (("bea", "learner"), ("cal", "learner"), ("tom", "trainer")):
        people.invite(made.profile(id, id.capitalize()), role, "", None, "root", 1)
    people.add_cohort("spring", "Spring", "tom", "root", 2)
    for id in ("ann", "bea"):
        people.add_member("spring", id, "tom", 3)
    records.start(made.attempt())
    records.append(made.step(), made.grading(earned="0"))
    return Training(records)


def ticket(profile):
    from records import Ticket, digest
    return Ticket(digest(profile), profile, "join", 0, DAY)


def work(id="w1", kind="items", parts=("item-1", "item-2"), due_at=10 * DAY, percent=0, questions=0):
    return Assignment(id, kind, "", parts, "Two quizzes", "", percent, questions, due_at, "tom", 5)


def by_hand(id="m1", before=1, dispute="", **more):
    return replace(HandMark(id, "a1", "q1", 1, "tom", "Either reading is right.", before, dispute, 50), **more)


def acts(training, subject=""):
    return [row.act for row in People(training.records).audit_log(subject)]


class TestAssignedWork:
    def test_members_are_asked_for_what_their_cohort_is_and_others_are_not(self, training):
        training.assign(work(), ("spring",), ())
        assert [each.assignment.parts for each in training.assigned_to("ann")] == [("item-1", "item-2")]
        assert training.assigned_to("cal") == () and acts(training, "w1") == ["assign"]

    def test_who_is_named_and_in_the_cohort_too_is_asked_once(self, training):
        training.assign(work(), ("spring",), ("ann", "cal"))
        assert [len(training.assigned_to(id)) for id in ("ann", "bea", "cal")] == [1, 1, 1]
        assert sorted(each.profile for each in training.board("spring", 0).assigned) == ["ann", "bea"]

    def test_the_same_assignment_twice_is_one(self, training):
        training.assign(work(), ("spring",), ())
        training.assign(work(), ("spring",), ())
        assert len(training.assigned_to("ann")) == 1 and acts(training, "w1") == ["assign"]

    def test_more_time_is_one_persons_own(self, training):
        training.assign(work(), ("spring",), ())
        training.extend("w1", "ann", 20 * DAY, "tom", 6)
        training.extend("w1", "ann", 30 * DAY, "tom", 7)
        assert training.assigned_to("ann")[0].due_at == 30 * DAY and training.assigned_to("bea")[0].due_at == 10 * DAY
        assert acts(training, "ann")[:2] == ["move due date", "move due date"]

    def test_ones_own_date_goes_back_to_everybodys(self, training):
        training.assign(work(), ("spring",), ())
        training.extend("w1", "ann", 20 * DAY, "tom", 6)
        training.back_to_usual("w1", "ann", "tom", 7)
        training.back_to_usual("w1", "ann", "tom", 8)
        assert training.assigned_to("ann")[0].due_at == 10 * DAY and sorted(acts(training, "ann"))[-2:] == ["move due date", "take back own date"]
        assert acts(training, "ann").count("take back own date") == 1

    def test_one_assignment_is_read_for_all_who_are_led(self, training):
        training.assign(work(), ("spring",), ("cal",))
        training.extend("w1", "bea", 20 * DAY, "tom", 6)
        People(training.records).set_disabled("bea", True, "root", 7)
        asked, board = training.among("w1", "tom")
        assert [(each.assigned.profile, each.assigned.due_at, each.usual_at, each.own, each.shut_out) for each in asked] == [("ann", 10 * DAY, 10 * DAY, False, False), ("bea", 20 * DAY, 10 * DAY, True, True)]
        assert board.assigned == tuple(each.assigned for each in asked) and {one.profile for one in board.tried} == {"ann"}

    def test_what_is_withdrawn_is_asked_of_nobody(self, training):
        training.assign(work(), ("spring",), ())
        training.withdraw("w1", "tom", 8)
        assert training.assigned_to("ann") == () and training.board("spring", 0).assigned == () and training.assignment("w1").withdrawn_at == 8

    def test_a_closed_cohort_asks_for_nothing_more(self, training):
        training.assign(work(), ("spring",), ())
        People(training.records).close_cohort("spring", "tom", 9)
        assert training.assigned_to("ann") == ()

    def test_it_is_changed_for_all_and_the_log_says_how(self, training):
        training.assign(work(), ("spring",), ())
        training.change_assignment("w1", "tom", 8, due_at=12 * DAY, parts=("item-2", "item-3"), note="Mind the dates.")
        one, = training.assigned_to("ann")
        assert (one.due_at, one.assignment.parts, one.assignment.note) == (12 * DAY, ("item-2", "item-3"), "Mind the dates.")
        row = People(training.records).audit_log("w1")[0]
        assert (row.act, row.before, row.after) == ("change assignment", {"due_at": 10 * DAY, "parts": ["item-1"]}, {"due_at": 12 * DAY, "parts": ["item-3"], "words": "changed"})

    def test_a_change_that_changes_nothing_is_not_noted(self, training):
        training.assign(work(), ("spring",), ())
        training.change_assignment("w1", "tom", 8, due_at=10 * DAY)
        assert acts(training, "w1") == ["assign"]

    def test_what_is_withdrawn_is_not_changed(self, training):
        training.assign(work(), ("spring",), ())
        training.withdraw("w1", "tom", 8)
        with pytest.raises(Unknown, match="withdrawn"):
            training.change_assignment("w1", "tom", 9, due_at=12 * DAY)

    def test_a_date_of_ones_own_stays_when_the_assignments_is_changed(self, training):
        training.assign(work(), ("spring",), ())
        training.extend("w1", "ann", 20 * DAY, "tom", 6)
        training.change_assignment("w1", "tom", 8, due_at=12 * DAY)
        assert [training.assigned_to(id)[0].due_at for id in ("ann", "bea")] == [20 * DAY, 12 * DAY]

    def test_a_person_can_be_given_more_of_an_exams_time(self, training):
        training.give_time("ann", 150, "tom", 8)
        assert training.records.profile("ann").time_percent == 150 and acts(training, "ann")[0] == "give time"
        with pytest.raises(Unknown, match="profile"):
            training.give_time("nobody", 150, "tom", 8)

    def test_whom_it_is_for_is_said_by_name(self, training):
        training.assign(work(), ("spring",), ("cal",))
        assert {(target.name, bool(target.cohort)) for target in training.whom("w1")} == {("Spring", True), ("Cal", False)}
        assert [made.id for made in training.made_for("tom")] == ["w1"]


class TestJoiningLater:
    """Whoever joins after the work was given has as many days from then on as the others had."""

    @pytest.mark.parametrize("joined, due, why", [
        (4, 10 * DAY, "before it was given"), (DAY, 10 * DAY, "within a day of it, in time"), (3 * DAY + 5, 13 * DAY, "three days later"), (3 * DAY + 6, 14 * DAY, "a moment more: whole days, never fewer"),
        (25 * DAY + 5, 35 * DAY, "after the due date")])
    def test_the_due_date_goes_by_the_day_of_joining(self, training, joined, due, why):
        training.assign(work(), ("spring",), ())
        People(training.records).add_member("spring", "cal", "tom", joined)
        assert training.assigned_to("cal")[0].due_at == due, why
        assert {one.profile: one.due_at for one in training.board("spring", 0).assigned} == {"ann": 10 * DAY, "bea": 10 * DAY, "cal": due}

    def test_work_due_within_the_day_is_not_late_at_once(self, training):
        training.assign(work(due_at=DAY // 2), ("spring",), ())
        People(training.records).add_member("spring", "cal", "tom", DAY - 1)
        assert training.assigned_to("cal")[0].due_at == DAY // 2 + DAY

    def test_who_is_named_keeps_the_date_that_was_named(self, training):
        training.assign(work(), ("spring",), ("cal",))
        People(training.records).add_member("spring", "cal", "tom", 25 * DAY)
        assert training.assigned_to("cal")[0].due_at == 10 * DAY

    def test_a_date_of_ones_own_is_that(self, training):
        training.assign(work(), ("spring",), ())
        People(training.records).add_member("spring", "cal", "tom", 25 * DAY + 5)
        training.extend("w1", "cal", 50 * DAY, "tom", 26 * DAY)
        assert training.assigned_to("cal")[0].due_at == 50 * DAY
        assert People(training.records).audit_log("cal")[0].before == {"assignment": "w1", "due_at": 35 * DAY}


class TestComingBack:
    @pytest.mark.parametrize("away, since", [(1, 3), (30, 3), (31, 36)], ids=["a day", "thirty days", "longer"])
    def test_whoever_is_back_within_thirty_days_has_the_due_dates_of_before(self, training, away, since):
        people = People(training.records)
        training.assign(work(), ("spring",), ())
        people.remove_member("spring", "ann", "tom", 5 * DAY)
        assert people.add_member("spring", "ann", "tom", (5 + away) * DAY) == (3 if since == 3 else since * DAY)
        assert (training.assigned_to("ann")[0].due_at == 10 * DAY) is (since == 3)

    def test_twice_out_and_in_keeps_the_first_day(self, training):
        people = People(training.records)
        for day in (5, 7):
            people.remove_member("spring", "ann", "tom", day * DAY)
            assert people.add_member("spring", "ann", "tom", (day + 1) * DAY) == 3

    def test_another_cohort_is_joined_today(self, training):
        people = People(training.records)
        people.add_cohort("autumn", "Autumn", "tom", "root", 4)
        people.remove_member("spring", "ann", "tom", 5 * DAY)
        assert people.add_member("autumn", "ann", "tom", 6 * DAY) == 6 * DAY

    def test_whoever_left_under_an_older_version_is_new(self, training):
        people = People(training.records)
        training.write(lambda db: (db.execute("DELETE FROM membership WHERE profile = :who", {"who": "ann"}), audit.note(db, 5, "tom", "leave cohort", "ann", "spring", None)))
        assert people.add_member("spring", "ann", "tom", 6) == 6


class TestAsItStoodThen:
    """What a closed cohort's table is made of: nothing of what came after."""

    def test_answers_attempts_and_sign_offs_of_later_are_not_in_it(self, training):
        training.assign(work(), ("spring",), ())
        training.sign_off("s1", "ann", "modifiers", "", "tom", 8_000)
        training.sign_off("s2", "ann", "units", "", "tom", 12_000)
        training.records.append(made.step(slot="q2", at=9_000), made.grading(slot="q2"))
        training.records.append(made.step(slot="q3", at=11_000), made.grading(slot="q3"))
        training.records.start(made.attempt("a2", started_at=12_000))
        training.records.finish("a1", 13_000)
        then, now = training.board("spring", 0, until=10_000), training.board("spring", 0)
        assert [(one.n, one.last_at) for one in then.shown] == [(2, 9_000)] and [(one.n, one.last_at) for one in now.shown] == [(3, 11_000)]
        assert [(one.attempt, one.finished_at) for one in then.tried] == [("a1", None)] and len(now.tried) == 2
        assert [one.id for one in then.signed] == ["s1"] and then.lately["ann"].n == 2 and then.seen == {"ann": 9_000}

    def test_what_was_withdrawn_or_given_later_was_still_asked_for_or_not_yet(self, training):
        training.assign(work(), ("spring",), ())
        training.assign(replace(work("w2"), made_at=30), ("spring",), ())
        training.withdraw("w1", "tom", 40)
        assert {one.assignment.id for one in training.board("spring", 0, until=20).assigned} == {"w1"}
        assert {one.assignment.id for one in training.board("spring", 0).assigned} == {"w2"}

    def test_a_sign_off_taken_back_later_stood_then(self, training):
        training.sign_off("s1", "ann", "modifiers", "", "tom", 8_000)
        training.revoke_sign_off("s1", "The rule changed.", "tom", 9_000)
        assert [len(training.board("spring", 0, until=at).signed) for at in (7_000, 8_500, 9_500)] == [0, 1, 0]

    def test_a_cohort_is_opened_again_with_what_it_asked_for(self, training):
        people = People(training.records)
        training.assign(work(), ("spring",), ())
        people.close_cohort("spring", "tom", 9)
        people.reopen_cohort("spring", "tom", 10)
        people.reopen_cohort("spring", "tom", 11)
        assert people.cohort("spring").closed_at is None and people.leads("tom", "ann") and len(training.assigned_to("ann")) == 1
        assert acts(training, "spring")[:2] == ["reopen cohort", "close cohort"]


class TestBoard:
    def test_it_holds_attempts_at_assigned_items_alone(self, training):
        training.assign(work(), ("spring",), ())
        training.records.start(made.attempt("a2", item="item-9"))
        board = training.board("spring", 0)
        assert [(one.profile, one.item, one.slots, one.finished_at) for one in board.tried] == [("ann", "item-1", 1, None)]

    def test_it_sums_what_was_shown_in_all_and_lately(self, training):
        training.records.append(made.step(slot="q2", at=9_000), made.grading(slot="q2"))
        board = training.board("spring", since=9_000)
        assert [(one.profile, one.competency, one.n, one.earned, one.last_at) for one in board.shown] == [("ann", "modifiers", 2, 1, 9_000)]
        assert {profile: (one.n, one.earned, one.possible) for profile, one in board.lately.items()} == {"ann": (1, 1, 1)}

    def test_last_seen_is_the_last_answer_or_the_last_beginning(self, training):
        assert training.board("spring", 0).seen == {"ann": 3_000}
        training.records.start(made.attempt("a2", started_at=7_000))
        assert training.board("spring", 0).seen == {"ann": 7_000}

    def test_one_persons_board_is_theirs_alone(self, training):
        training.assign(work(), ("spring",), ())
        board = training.board("ann", 0, "alone")
        assert {each.profile for each in (*board.assigned, *board.tried, *board.shown)} == {"ann"}


class TestSignOffs:
    def test_one_stands_until_it_is_revoked(self, training):
        first = training.sign_off("s1", "ann", "modifiers", " Watched her do it. ", "tom", 10)
        assert training.sign_off("s2", "ann", "modifiers", "Again", "tom", 11) == first and first.note == "Watched her do it."
        training.revoke_sign_off("s1", "The rule changed.", "tom", 12)
        training.revoke_sign_off("s1", "Twice", "tom", 13)
        assert training.sign_off("s3", "ann", "modifiers", "", "tom", 14).id == "s3"
        assert [(one.id, one.revoked_at, one.why_revoked) for one in training.sign_offs("ann")] == [("s1", 12, "The rule changed."), ("s3", None, "")]
        assert acts(training, "ann")[:3] == ["sign off", "revoke sign-off", "sign off"]

    def test_who_signed_is_named(self, training):
        assert training.sign_off("s1", "ann", "modifiers", "", "tom", 10).by_name == "Tom"


class TestDisputes:
    def test_one_is_open_about_an_answer_at_a_time(self, training):
        first = training.dispute("d1", "a1", "q1", 1, "The payer allows it.", 20)
        assert training.dispute("d2", "a1", "q1", 1, "Again", 21) == first
        assert (first.state, first.name, first.title) == ("open", "Ann", "Title of item-1")

    def test_one_is_open_about_each_sending(self, training):
        training.records.append(made.step(sequence=2), made.grading(sequence=2, earned="0"))
        made_of = [training.dispute(f"d{sequence}", "a1", "q1", sequence, "The payer allows it.", 20) for sequence in (1, 2)]
        assert [(one.id, one.sequence, one.state) for one in made_of] == [("d1", 1, "open"), ("d2", 2, "open")]
        assert training.dispute("d3", "a1", "q1", 2, "Again", 21) == made_of[1]

    def test_what_has_no_mark_cannot_be_disputed(self, training):
        with pytest.raises(Unknown, match="no marked answer"):
            training.dispute("d1", "a1", "q2", 1, "Why?", 20)

    def test_a_trainer_sees_those_of_whom_they_lead(self, training):
        training.dispute("d1", "a1", "q1", 1, "The payer allows it.", 20)
        assert [one.id for one in training.disputes("tom", LED, "open")] == ["d1"] and training.disputes("cal", LED, "open") == ()

    def test_a_refusal_says_why_and_by_whom_and_stays(self, training):
        training.dispute("d1", "a1", "q1", 1, "The payer allows it.", 20)
        training.close_dispute("d1", "declined", "It needs modifier 25.", "tom", 21)
        closed = training.close_dispute("d1", "withdrawn", "", "ann", 22)
        assert (closed.state, closed.answer, closed.by_name, closed.closed_at) == ("declined", "It needs modifier 25.", "Tom", 21)
        assert acts(training, "d1") == ["answer dispute", "dispute"]
        assert training.dispute("d2", "a1", "q1", 1, "Still.", 23).id == "d2"

    def test_how_many_wait_is_of_whom_one_leads_without_ones_own(self, training):
        training.dispute("d1", "a1", "q1", 1, "The payer allows it.", 20)
        training.records.append(made.step(slot="letter"), made.grading(slot="letter"), letters=("p1", "p2"))
        assert (training.waiting("tom"), training.waiting("spring", COHORT), training.waiting("cal")) == ((1, 2), (1, 2), (0, 0))
        people = People(training.records)
        people.add_leader("spring", "ann", "root", 21)
        assert training.waiting("ann") == (0, 0)
        training.close_dispute("d1", "declined", "No.", "tom", 22)
        people.close_cohort("spring", "root", 23)
        assert (training.waiting("tom"), training.waiting("spring", COHORT)) == ((0, 0), (0, 2))

    def test_led_is_who_has_a_leader_who_is_there(self, training):
        people = People(training.records)
        assert not training.is_led("ann"), "Tom was only invited"
        training.records.write(lambda db: db.execute("UPDATE account SET status = 'active' WHERE profile = 'tom'"))
        assert training.is_led("ann") and not training.is_led("cal")
        people.add_cohort("autumn", "Autumn", "", "root", 4)
        assert [(one.name, one.named, one.there) for one in people.leading()] == [("Autumn", (), ()), ("Spring", ("tom",), ("tom",))]
        people.set_role("tom", "author", "root", 5)
        assert not training.is_led("ann") and people.leading()[1].there == () and people.leading()[1].named == ("tom",)
        people.close_cohort("spring", "root", 6)
        assert [one.name for one in people.leading()] == ["Autumn"]

    def test_a_mark_that_was_not_looked_at_is_not_let_stand(self, training):
        training.dispute("d1", "a1", "q1", 1, "The payer allows it.", 20)
        training.records.append_grading(made.grading(grader="2"))
        with pytest.raises(MarkedSince, match="marked anew since you looked at it"):
            training.close_dispute("d1", "declined", "No.", "tom", 22, before=1)
        assert training.close_dispute("d1", "declined", "No.", "tom", 22, before=2).state == "declined"
        with pytest.raises(MarkedSince, match="this dispute was answered since"):
            training.close_dispute("d1", "declined", "No again.", "tom", 23, before=2)
        with pytest.raises(MarkedSince, match="this dispute was answered since"):
            training.mark_by_hand(by_hand(before=2, dispute="d1"), replace(made.grading(), grader="tom"))

    def test_the_audit_log_holds_no_word_of_theirs(self, training):
        training.dispute("d1", "a1", "q1", 1, "My name is Ann.", 20)
        assert "Ann." not in str(People(training.records).audit_log())


class TestMarksByHand:
    def test_a_mark_supersedes_and_the_sums_follow(self, training):
        training.dispute("d1", "a1", "q1", 1, "The payer allows it.", 20)
        training.mark_by_hand(by_hand(dispute="d1"), replace(made.grading(), grader="tom"))
        found = training.records.attempt("a1")
        assert (found.score, len(found.superseded)) == (1, 1) and training.records.projections_equal_fold() == []
        assert (training.one_dispute("d1").state, training.one_dispute("d1").answer) == ("upheld", "Either reading is right.")
        mark, = training.hand_marks("ann")
        assert (mark.before, mark.after, mark.by_name) == (1, 2, "Tom")
        row = People(training.records).audit_log("ann")[0]
        assert (row.act, row.actor, row.before["points"], row.after["points"]) == ("mark by hand", "tom", "0", "1")

    def test_the_same_mark_twice_is_one(self, training):
        for _ in range(2):
            training.mark_by_hand(by_hand(), made.grading())
        assert len(training.hand_marks("ann")) == 1 and len(training.records.attempt("a1").superseded) == 1

    def test_of_two_who_looked_at_the_same_mark_the_second_is_told(self, training):
        training.mark_by_hand(by_hand(), made.grading())
        with pytest.raises(MarkedSince, match="marked anew since you looked"):
            training.mark_by_hand(by_hand("m2"), made.grading(earned="0.5"))
        assert training.records.attempt("a1").score == 1

    def test_a_letter_waits_until_it_is_read_also_where_its_mark_stays(self, training):
        training.records.append(made.step(slot="round-2"), made.grading(slot="round-2"), ("letter",))
        letter, = training.letters("tom")
        assert (letter.attempt, letter.slot, letter.part, letter.name) == ("a1", "round-2", "letter", "Ann") and training.letters("cal") == ()
        mark = by_hand(slot="round-2", reason="Well written.")
        training.mark_by_hand(mark, made.grading(slot="round-2"))
        assert training.letters("tom") == () and training.hand_marks("ann")[0].after == 1

    def test_a_letter_handed_in_twice_waits_once(self, training):
        for _ in range(2):
            training.records.append(made.step(slot="round-2"), made.grading(slot="round-2"), ("letter",))
        assert len(training.letters("tom")) == 1

    def test_a_correction_is_not_taken_back_over_a_mark_by_hand(self, training):
        run = RegradeRun("r1", "q1", "full-credit", "tom", "Two are right.", {}, None, 30)
        training.records.regrade(run, lambda attempt: (made.grading(earned="1"),))
        training.mark_by_hand(by_hand(before=2), made.grading(earned="0.5"))
        with pytest.raises(Unknown, match="by hand since"):
            training.records.undo_regrade("r1", replace(run, id="r2"))
        assert training.records.attempt("a1").score == Decimal("0.5")

    def test_a_mark_that_was_set_cannot_be_changed_behind_the_app(self, training):
        training.mark_by_hand(by_hand(), made.grading())
        with pytest.raises(Exception, match="append-only|not saved|Not saved"):
            training.write(lambda db: db.execute("UPDATE hand_mark SET reason = 'other'"))


class TestRemarks:
    def test_a_learner_reads_them_until_they_are_withdrawn(self, training):
        training.remark(Remark("c1", "a1", "", "ann", "Look at the modifiers again.", "tom", 40))
        assert [(one.text, one.by_name, one.title) for one in training.remarks("ann")] == [("Look at the modifiers again.", "Tom", "Title of item-1")]
        assert training.remarks("ann", since=41) == ()
        training.withdraw_remark("c1", "tom", 42)
        assert training.remarks("ann") == () and acts(training, "ann")[:2] == ["withdraw comment", "comment"]


class TestErasure:
    def test_nothing_of_a_person_is_left_but_bare_ids(self, training):
        records = training.records
        training.assign(work(), (), ("ann",))
        training.extend("w1", "ann", 20 * DAY, "tom", 6)
        training.sign_off("s1", "ann", "modifiers", "Watched her.", "tom", 10)
        training.dispute("d1", "a1", "q1", 1, "Why?", 20)
        records.append(made.step(slot="round-2"), made.grading(slot="round-2"), ("letter",))
        training.mark_by_hand(by_hand(dispute="d1"), made.grading())
        training.remark(Remark("c1", "a1", "", "ann", "Well done.", "tom", 40))
        records.delete_profile("ann")
        counts = records.engine.read(content_of).counts
        assert [counts[name] for name in ("competency_result", "letter", "remark", "hand_mark", "dispute", "sign_off", "extension", "assigned_to", "step")] == [0] * 9

    def test_what_a_trainer_did_stays_when_the_trainer_goes(self, training):
        training.sign_off("s1", "ann", "modifiers", "Watched her.", "tom", 10)
        training.records.delete_profile("tom")
        assert [(one.by_name, one.note) for one in training.sign_offs("ann")] == [("", "Watched her.")]


class TestSumsByCompetency:
    def test_they_follow_a_second_grading_and_another_competency(self, training):
        training.mark_by_hand(by_hand(), made.grading(competency="units"))
        assert {one.competency: (one.n, one.earned) for one in training.board("spring", 0).shown} == {"units": (1, 1)}
        assert training.records.projections_equal_fold() == []

    def test_they_go_with_an_attempt_whose_term_is_over(self, training):
        training.records.start(made.attempt("a2"))
        training.records.append(made.step("a2"), made.grading("a2"))
        training.records.expire(("a1",), (), "root", 99)
        assert [(one.n, one.earned) for one in training.board("spring", 0).shown] == [(1, 1)] and training.records.projections_equal_fold() == []

    def test_one_that_is_wrong_is_told_and_made_right(self, training):
        training.write(lambda db: db.execute("UPDATE competency_result SET n = 7"))
        assert "competency_result of ann in modifiers" in training.records.projections_equal_fold()[0]
        training.records.rebuild_projections()
        assert training.records.projections_equal_fold() == []

    def test_many_at_once_lose_nothing(self, training):
        for number in range(6):
            training.records.start(made.attempt(f"b{number}"))
        both = [Thread(target=lambda n=n: [training.records.append(made.step(f"b{n}", f"q{slot}"), replace(made.grading(f"b{n}", f"q{slot}"), evidence=made.grading(competency="units").evidence + made.grading().evidence))
                                           for slot in range(5)]) for n in range(6)]
        [one.start() for one in both], [one.join() for one in both]
        assert {one.competency: one.n for one in training.board("spring", 0).shown} == {"units": 30, "modifiers": 31} and training.records.projections_equal_fold() == []


def test_a_cohorts_table_is_read_from_indexes_alone(training):
    """Neither the logs nor the wide rows of attempts, whose forms are long."""
    if str(training.records.path).startswith("postgres"):
        pytest.skip("SQLite says its plan in these words")
    from records.queries import QUERIES
    for query, values in (("lately", {"who": "spring", "since": 0, "until": DAY}), ("last_begun", {"who": "spring", "until": DAY})):
        plan = training.read(lambda db: [row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + QUERIES[query].format(who=QUERIES["in_cohort"]), values).fetchall()])
        assert any("USING COVERING INDEX" in line for line in plan if "counted_evidence" in line or "attempt" in line), plan


class TestTelling:
    def test_what_happened_is_told_in_order_and_goes_on_where_it_ended(self, training):
        records = training.records
        records.note("a1", "q1", "note", {}, 3_100)
        records.finish("a1", 4_000)
        first, = happened(records, 0, 1)
        assert (first.kind, first.profile, first.slot, first.earned, first.possible, first.all_possible) == ("submit", "ann", "q1", 0, 1, 1)
        assert [one.kind for one in happened(records, first.serial, 10)] == ["finish"]

    def test_marks_are_told_as_they_were_first(self, training):
        training.mark_by_hand(by_hand(), made.grading())
        told, = happened(training.records, 0, 10)
        assert (told.earned, told.all_earned) == (0, 1)

    def test_how_far_it_came_is_kept_for_each_place(self, training):
        keep_told_upto(training.records, "one", 5_000, 1)
        keep_told_upto(training.records, "one", 6_000, 2)
        on_server = str(training.records.path).startswith("postgres")
        assert told_upto(training.records, "one") == (5_000 if on_server else 6_000) and told_upto(training.records, "other") == 0


class TestOpenTracks:
    def give(self, training, **more):
        training.assign(replace(work("t1", "track", ("coding.modifiers",)), subject="dental", **more), ("spring",), ())

    def test_what_the_cohort_was_given_is_open_for_its_members(self, training):
        self.give(training)
        assert training.open_tracks("ann") == ("dental",) and training.open_tracks("cal") == ()

    def test_what_one_aims_for_is_open_once(self, training):
        self.give(training)
        training.records.update_profile(replace(training.records.profile("ann"), goal_kind="track", goal="dental"))
        assert training.open_tracks("ann") == ("dental",)

    def test_neither_what_was_taken_back_nor_what_is_completed(self, training):
        self.give(training)
        training.records.complete(Completion("k1", "ann", "Ann", "track", "dental", "Dental office", "track:dental", "hash", "completed", (), 9))
        assert training.open_tracks("ann") == () and training.open_tracks("bea") == ("dental",)
        training.withdraw("t1", "tom", 9)
        assert training.open_tracks("bea") == ()
