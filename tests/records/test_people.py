"""What the records promise of accounts, sessions, one-time links, cohorts and the audit log; on both engines."""

from dataclasses import replace
from threading import Barrier, Thread
from time import time

import pytest

from records import LastAdmin, NotSaved, People, Records, RecordsError, Session, Taken, Ticket, TicketSpent, Unknown, audit, backup, digest, is_server, restore
from records.copying import content_of
from tests.records import made

HOUR = 3_600_000
IDLE = 2 * HOUR


@pytest.fixture
def people(place):
    with Records.open(place) as opened:
        yield People(opened)


def ticket(secret: str, account: str, purpose: str = "join", at: int = 0) -> Ticket:
    return Ticket(digest(secret), account, purpose, at, at + 72 * HOUR)


def invited(people, id="ann", role="learner", **more):
    return people.invite(made.profile(id, id.capitalize()), role, f"{id}@example.org", ticket(f"to-{id}", id), "root", 10, **more)


def joined(people, id="ann", role="learner", **more):
    invited(people, id, role, **more)
    people.use_for_password(digest(f"to-{id}"), f"hash of {id}", 20)
    return people.account(id)


def session(people, id="s1", account="ann", at=1000, **more) -> Session:
    return people.sign_in(Session(id, account, at, at, at + 12 * HOUR, "Firefox"), digest(f"secret-{id}"), **more)


class TestAccounts:
    def test_an_invitation_makes_a_person_who_is_in_once_the_link_is_used(self, people):
        assert invited(people).status == "invited"
        assert people.use_for_password(digest("to-ann"), "hash", 20) == "ann"
        assert (people.account("ann").status, people.password("ann"), people.account("ann").name) == ("active", "hash", "Ann")

    def test_the_address_is_compared_without_case(self, people):
        invited(people)
        assert people.account_of_email(" ANN@Example.org ").profile == "ann"
        with pytest.raises(Taken, match="already"):
            people.invite(made.profile("bea"), "learner", "Ann@EXAMPLE.org", None, "root", 10)
        assert people.records.profile("bea") is None

    def test_many_may_have_no_address(self, people):
        for id in ("ann", "bea"):
            people.welcome(made.profile(id), "learner", "", "https://id.example", id, 10)
        assert len(people.accounts()) == 2 and people.account_of_email("") is None

    def test_a_link_is_used_once(self, people):
        joined(people)
        with pytest.raises(TicketSpent, match="used before, was withdrawn, or has run out"):
            people.use_for_password(digest("to-ann"), "another", 30)
        assert people.password("ann") == "hash of ann"

    def test_of_two_who_use_a_link_at_once_one_gets_in(self, people):
        invited(people)
        ready, came = Barrier(2), []

        def use(hash):
            ready.wait()
            try:
                came.append(people.use_for_password(digest("to-ann"), hash, 20))
            except TicketSpent:
                came.append(None)
        both = [Thread(target=use, args=(hash,)) for hash in "xy"]
        [one.start() for one in both], [one.join() for one in both]
        assert sorted(came, key=str) == [None, "ann"]

    def test_a_link_runs_out(self, people):
        invited(people)
        assert people.ticket(digest("to-ann"), 72 * HOUR - 1) and people.ticket(digest("to-ann"), 72 * HOUR) is None
        with pytest.raises(TicketSpent):
            people.use_for_password(digest("to-ann"), "hash", 72 * HOUR)

    def test_a_newer_link_ends_the_older_one(self, people):
        invited(people)
        people.make_ticket(ticket("again", "ann", "reset", 15), "root")
        with pytest.raises(TicketSpent):
            people.use_for_password(digest("to-ann"), "hash", 20)
        assert people.use_for_password(digest("again"), "hash", 20) == "ann"

    def test_a_link_does_not_open_a_closed_account(self, people):
        joined(people)
        people.set_disabled("ann", True, "root", 30)
        people.make_ticket(ticket("again", "ann", "reset", 40), "root")
        with pytest.raises(TicketSpent, match="closed"):
            people.use_for_password(digest("again"), "hash", 50)
        assert people.account("ann").status == "disabled"

    def test_a_changed_password_ends_open_links(self, people):
        joined(people)
        people.make_ticket(ticket("again", "ann", "reset", 40), "root")
        people.set_password("ann", "mine", "ann", 50)
        assert people.ticket(digest("again"), 51) is None

    def test_the_identity_is_issuer_and_subject_never_the_address(self, people):
        invited(people)
        people.use_for_identity(digest("to-ann"), "https://id.example", "42", 20)
        assert people.account_of_identity("https://id.example", "42").profile == "ann"
        assert people.account_of_identity("https://other.example", "42") is None and people.account_of_identity("https://id.example", "ann@example.org") is None

    def test_whom_the_provider_lets_in_does_not_become_someone_else_by_their_address(self, people):
        joined(people)
        newcomer = people.welcome(made.profile("bea"), "learner", "ann@example.org", "https://id.example", "7", 30)
        assert (newcomer.profile, newcomer.email, newcomer.status) == ("bea", "", "active") and people.account_of_email("ann@example.org").profile == "ann"

    def test_an_identity_is_one_persons(self, people):
        invited(people), invited(people, "bea")
        people.use_for_identity(digest("to-ann"), "https://id.example", "42", 20)
        with pytest.raises(NotSaved, match="belongs to another account"):
            people.use_for_identity(digest("to-bea"), "https://id.example", "42", 20)
        assert people.account("bea").status == "invited" and people.ticket(digest("to-bea"), 21)

    def test_another_identity_ends_what_the_one_before_had_begun(self, people):
        joined(people)
        session(people)
        people.make_ticket(ticket("again", "ann", "reset", 1_000), "root")
        assert people.signed_in("s1", 1_001, IDLE)
        people.use_for_identity(digest("again"), "https://id.example", "42", 1_002)
        assert people.signed_in("s1", 1_003, IDLE) is None

    def test_the_last_admin_stays(self, people):
        joined(people, role="admin")
        for attempt in (lambda: people.set_role("ann", "learner", "ann", 30), lambda: people.set_disabled("ann", True, "ann", 30)):
            with pytest.raises(LastAdmin, match="last admin"):
                attempt()
        joined(people, "bea", "admin")
        assert people.set_role("ann", "learner", "ann", 30).role == "learner"
        with pytest.raises(LastAdmin):
            people.set_role("bea", "trainer", "bea", 40)

    def test_two_admins_who_step_down_at_once_leave_one(self, people):
        joined(people, role="admin"), joined(people, "bea", "admin")
        ready, refused = Barrier(2), []

        def step_down(id):
            ready.wait()
            try:
                people.set_role(id, "learner", id, 30)
            except LastAdmin:
                refused.append(id)
        both = [Thread(target=step_down, args=(id,)) for id in ("ann", "bea")]
        [one.start() for one in both], [one.join() for one in both]
        assert len(refused) == 1 and people.has_admin()

    def test_an_account_that_is_gone_is_told(self, people):
        with pytest.raises(Unknown, match="no such account"):
            people.set_role("nobody", "admin", "root", 1)

    def test_a_profile_from_before_the_team_keeps_its_work(self, people):
        people.records.add_profile(made.profile())
        people.records.start(made.attempt())
        people.adopt("ann", "admin", "ann@example.org", ticket("t", "ann"), "command line", 10)
        assert people.account("ann").role == "admin" and people.records.attempts_of("ann")
        with pytest.raises(Unknown):
            people.adopt("ann", "admin", "", ticket("u", "ann"), "command line", 10)


class TestSessions:
    def test_a_session_says_who_it_is(self, people):
        joined(people, role="trainer")
        session(people)
        found = people.signed_in("s1", 2000, IDLE)
        assert (found.profile, found.name, found.role) == ("ann", "Ann", "trainer")
        assert people.session_of_token(digest("secret-s1")).id == "s1"

    def test_the_secret_is_not_in_the_records(self, people):
        joined(people)
        session(people)
        rows = people.read(lambda db: [str(tuple(row)) for row in db.execute("SELECT * FROM session").fetchall()])
        assert rows and not any("secret" in row for row in rows)

    @pytest.mark.parametrize("ends", [
        lambda people: people.revoke("s1", "ann", 1500),
        lambda people: people.revoke_all("ann", "root", 1500),
        lambda people: people.set_disabled("ann", True, "root", 1500),
        lambda people: people.set_password("ann", "new", "ann", 1500),
        lambda people: session(people, "s2", at=1500, replaced="s1"),
    ], ids=["ended", "all ended", "disabled", "another password", "signed in again"])
    def test_a_session_ends_at_once(self, people, ends):
        joined(people)
        session(people)
        ends(people)
        assert people.signed_in("s1", 1501, IDLE) is None

    def test_a_session_ends_when_idle_and_when_its_time_is_over(self, people):
        joined(people)
        session(people, at=0)
        assert people.signed_in("s1", IDLE - 1, IDLE) and people.signed_in("s1", IDLE, IDLE) is None
        for hour in range(1, 12):
            people.seen("s1", hour * HOUR)
        assert people.signed_in("s1", 12 * HOUR - 1, IDLE) and people.signed_in("s1", 12 * HOUR, IDLE) is None

    def test_the_clock_turned_back_does_not_move_when_it_was_seen(self, people):
        joined(people)
        session(people, at=5000)
        people.seen("s1", 100)
        assert people.signed_in("s1", 5000, IDLE).seen_at == 5000

    def test_all_sessions_end_but_the_one_at_hand(self, people):
        joined(people)
        session(people), session(people, "s2")
        assert people.revoke_all("ann", "ann", 1500, but="s2") == 1
        assert people.signed_in("s1", 1501, IDLE) is None and people.signed_in("s2", 1501, IDLE)

    def test_a_sign_in_of_before_everything_ended_does_not_begin_anew(self, people):
        """A provider's cookie may be seen for the first time after its owner ended every session."""
        joined(people)
        people.revoke_all("ann", "root", 5000)
        session(people, at=4000)
        assert people.signed_in("s1", 5001, IDLE) is None
        session(people, "s2", at=5001)
        assert people.signed_in("s2", 5002, IDLE)

    def test_an_ended_session_stays_ended_when_its_cookie_comes_again(self, people):
        joined(people)
        session(people)
        people.revoke("s1", "ann", 1500)
        assert people.sign_in(Session("s9", "ann", 1600, 1600, 9_999_999, "x"), digest("secret-s1")).revoked_at == 1500
        assert people.signed_in("s9", 1601, IDLE) is None

    def test_another_role_counts_from_the_next_question(self, people):
        joined(people)
        session(people)
        people.set_role("ann", "trainer", "root", 1500)
        assert people.signed_in("s1", 1501, IDLE).role == "trainer"

    def test_sessions_that_hold_are_listed(self, people):
        joined(people)
        session(people), session(people, "s2", at=2000), session(people, "s3", at=3000)
        people.revoke("s2", "ann", 3500)
        assert [one.id for one in people.sessions_of("ann", 4000, IDLE)] == ["s3", "s1"]


class TestFailures:
    def test_failures_are_counted_by_whose_they_are(self, people):
        for at in (100, 200, 300):
            people.failed(("account ann", "address x"), at, HOUR)
        people.failed(("address x",), 400, HOUR)
        assert people.failures("account ann", 0) == (3, 100) and people.failures("address x", 150) == (3, 200)
        people.forgive("account ann")
        assert people.failures("account ann", 0) == (0, 0) and people.failures("address x", 0)[0] == 4

    def test_old_failures_are_forgotten(self, people):
        people.failed(("account ann",), 100, HOUR)
        people.failed(("account bea",), 100 + HOUR + 1, HOUR)
        assert people.failures("account ann", 0) == (0, 0)


class TestCohorts:
    def test_a_trainer_leads_who_is_in_their_cohort_and_nobody_else(self, people):
        joined(people, "tom", "trainer"), joined(people), joined(people, "bea")
        people.add_cohort("c1", "Spring", "tom", "root", 30)
        people.add_member("c1", "ann", "root", 31)
        assert people.leads("tom", "ann") and not people.leads("tom", "bea") and not people.leads("ann", "tom") and not people.leads("ann", "ann")
        assert [one.profile for one in people.members("c1")] == ["ann"] and [one.profile for one in people.leaders("c1")] == ["tom"]
        assert [one.name for one in people.cohorts_led("tom")] == ["Spring"] == [one.name for one in people.cohorts_of("ann")]

    @pytest.mark.parametrize("ends", [lambda people: people.remove_member("c1", "ann", "root", 40), lambda people: people.remove_leader("c1", "tom", "root", 40),
                                      lambda people: people.close_cohort("c1", "root", 40)], ids=["member left", "leader left", "closed"])
    def test_leading_ends(self, people, ends):
        joined(people, "tom", "trainer"), joined(people)
        people.add_cohort("c1", "Spring", "tom", "root", 30)
        people.add_member("c1", "ann", "root", 31)
        ends(people)
        assert not people.leads("tom", "ann")

    def test_an_invitation_may_name_a_cohort(self, people):
        people.add_cohort("c1", "Spring", "", "root", 5)
        invited(people, cohort="c1")
        assert [one.profile for one in people.members("c1")] == ["ann"]
        with pytest.raises(Unknown, match="no such cohort"):
            invited(people, "bea", cohort="c9")
        assert people.account("bea") is None and people.records.profile("bea") is None


class TestAuditLog:
    def test_every_change_is_told_with_who_what_on_whom_before_and_after(self, people):
        joined(people)
        people.set_role("ann", "trainer", "root", 30)
        told = people.audit_log()[0]
        assert (told.at, told.actor, told.act, told.subject, told.before, told.after) == (30, "root", "change role", "ann", "learner", "trainer")
        assert [one.act for one in reversed(people.audit_log())] == ["add account", "make join link", "change status", "set password", "change role"]

    def test_what_was_not_saved_is_not_told(self, people):
        joined(people, role="admin")
        before = people.audit_log()
        with pytest.raises(LastAdmin):
            people.set_role("ann", "learner", "ann", 30)
        people.set_role("ann", "admin", "ann", 30)
        people.remove_member("c1", "ann", "ann", 30)
        assert people.audit_log() == before

    def test_it_can_be_added_to_and_nothing_else(self, people):
        joined(people)
        for sql in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
            with pytest.raises(RecordsError):
                people.write(lambda db: db.execute(sql).rowcount)
        assert people.audit_faults() == []

    @pytest.mark.parametrize("at_a_time", [1, 2, 3, 100])
    def test_a_row_changed_behind_the_apps_back_is_found(self, people, monkeypatch, at_a_time):
        joined(people)
        monkeypatch.setattr(audit, "AT_A_TIME", at_a_time)
        assert people.audit_faults() == []

        def forge(db):
            if people.records.engine.dialect == "sqlite":
                db.execute("DROP TRIGGER audit_never_changes")
            else:
                db.execute("ALTER TABLE audit DISABLE TRIGGER audit_never_changes")
            db.execute("UPDATE audit SET actor = 'someone else' WHERE serial = 2")
        people.write(forge)
        assert people.audit_faults() == ["The audit log was changed behind the app's back: row 2 does not follow from the one before it. Compare it with a backup."]

    def test_changes_at_once_make_one_chain(self, people):
        joined(people)
        many = [Thread(target=people.note, args=("root", "look", f"thing {number}", number)) for number in range(20)]
        [one.start() for one in many], [one.join() for one in many]
        assert len(people.audit_log(limit=200)) == 24 and people.audit_faults() == []

    def test_it_names_nobody(self, people):
        joined(people, "ann"), session(people)
        people.set_password("ann", "other", "ann", 1100)
        told = people.read(lambda db: str([tuple(row) for row in db.execute("SELECT * FROM audit").fetchall()]))
        assert "Ann" not in told and "example.org" not in told and "hash of" not in told and "secret" not in told

    def test_it_is_read_by_whom_it_concerns_and_page_by_page(self, people):
        joined(people), joined(people, "bea")
        assert {one.subject for one in people.audit_log("bea")} == {"bea"}
        newest = people.audit_log(limit=3)
        assert people.audit_log(below=newest[-1].serial, limit=2)[0].serial < newest[-1].serial


def test_who_is_erased_leaves_no_account(people):
    joined(people, "tom", "trainer"), joined(people)
    session(people)
    people.add_cohort("c1", "Spring", "tom", "root", 30)
    people.add_member("c1", "ann", "root", 31)
    people.link_identity("ann", "https://id.example", "42", "ann", 32)
    assert people.records.delete_profile("ann")
    left = people.read(content_of).counts
    assert people.account("ann") is None and [left[name] for name in ("account", "session", "membership", "password", "ticket", "identity")] == [1, 0, 0, 1, 1, 0]
    assert people.audit_faults() == []


def test_a_restore_brings_no_session_and_no_open_link_back(people, tmp_path):
    joined(people), invited(people, "bea")
    session(people)
    backup(people.records.path if not is_server(people.records.path) else people.records.engine.url, tmp_path / "kept.sqlite")
    people.revoke("s1", "ann", 1500)
    restore(tmp_path / "kept.sqlite", tmp_path / "again.sqlite", even_unaccounted=True, at=1_501)
    with Records.open(tmp_path / "again.sqlite") as opened:
        again = People(opened)
        assert again.signed_in("s1", 1501, IDLE) is None and again.ticket(digest("to-bea"), 20) is None
        assert again.password("ann") == "hash of ann" and again.audit_faults() == []
        before = Session("s2", "ann", 1_400, 1_502, 9_999_999_999_999, "a provider's cookie from before")
        again.sign_in(before, "token-2")
        assert again.signed_in("s2", 1_503, IDLE) is None, "a cookie that a provider signed before begins no session anew"
        later = round(time() * 1000) + 1_000
        again.sign_in(Session("s3", "ann", later, later, later + HOUR, "a sign-in of today"), "token-3")
        assert again.signed_in("s3", later + 1, IDLE)


def test_a_changed_profile_changes_the_name_of_the_account(people):
    joined(people)
    people.records.update_profile(replace(people.records.profile("ann"), name="Ann-Marie"))
    assert people.account("ann").name == "Ann-Marie"
