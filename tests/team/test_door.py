"""Signing in without a web around it: passwords, limits that end, sessions that are rotated; and the command that makes the first admin."""

import time

import pytest

from app import gate
from app.door import entering, passwords
from app.door.entering import Entered, Refused
from app.team import team
from records import Ticket, TicketSpent, digest

GOOD = "plain marmalade on tuesdays"


@pytest.fixture
def held(desk):
    return team()


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    class Clock:
        at = gate.now()
    monkeypatch.setattr(entering, "now", lambda: Clock.at)
    return Clock


@pytest.fixture
def ann(people, held, clock):
    people.set_password("ann", passwords.hashed(GOOD), "tests", clock.at)
    return people


def sign_in(people, held, password=GOOD, email="ann@example.org", address="10.0.0.1", before="", known=""):
    return entering.sign_in(people, held, email, password, address, "Firefox", before, known)


class TestPasswords:
    @pytest.mark.parametrize("password, said", [("short", "12 characters"), ("a" * 257, "at most 256"), ("aaaaaaaabbbb", "few different"), ("Password123456", "easily guessed"),
                                                ("ann.reed.1234", "easily guessed"), ("clean-claim-2026", "easily guessed")])
    def test_what_is_easily_guessed_is_refused(self, password, said):
        assert said in passwords.complaint(password, "ann.reed@example.org", "Ann Reed")

    @pytest.mark.parametrize("password", [GOOD, "correct horse battery staple", "пароль из слов ночью", "x7!Kq0-Zw#11p", " spaces count as well "])
    def test_what_is_not_is_taken_whatever_its_letters(self, password):
        assert passwords.complaint(password, "ann.reed@example.org", "Ann Reed") == "" and passwords.verified(passwords.hashed(password), password)

    def test_the_hash_is_argon2id_at_owasps_least_or_more(self):
        kept = passwords.hashed(GOOD)
        assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and passwords.hashed(GOOD) != kept and not passwords.verified(kept, GOOD + "x")

    def test_where_there_is_no_account_the_work_is_done_all_the_same(self):
        kept = passwords.hashed(GOOD)

        def took(hash):
            begun = time.process_time()
            for _ in range(5):
                passwords.verified(hash, "wrong")
            return time.process_time() - begun
        assert took(None) > took(kept) / 3 and not passwords.verified(None, "a password that nobody has")

    def test_a_damaged_hash_opens_nothing(self):
        assert not passwords.verified("no hash at all", GOOD)

    def test_an_older_hash_is_made_anew(self, ann, held):
        from argon2 import PasswordHasher
        ann.rehash("ann", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD), 1)
        assert isinstance(sign_in(ann, held), Entered) and ann.password("ann").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


class TestSigningIn:
    def test_the_right_password_begins_a_session(self, ann, held):
        entered = sign_in(ann, held)
        assert entering.session_of(ann, held, entered.secret).account == "ann" and len(entered.secret) >= 43

    def test_the_secret_is_another_each_time_and_the_old_session_ends(self, ann, held):
        first = sign_in(ann, held)
        second = sign_in(ann, held, before=first.secret)
        assert first.secret != second.secret and entering.session_of(ann, held, first.secret) is None and entering.session_of(ann, held, second.secret)

    def test_a_secret_that_was_planted_is_not_taken_over(self, ann, held):
        assert sign_in(ann, held, before="planted by someone").secret != "planted by someone" and entering.session_of(ann, held, "planted by someone") is None

    @pytest.mark.parametrize("email, password", [("ann@example.org", "wrong"), ("nobody@example.org", GOOD), ("", ""), ("ann@example.org", ""), ("root@example.org", GOOD)])
    def test_every_failure_says_the_same(self, ann, held, email, password):
        assert sign_in(ann, held, password, email) == Refused("That e-mail address and password do not go together.")

    @pytest.mark.parametrize("email", ["\0", "ann\0@example.org", "x" * 100_000])
    def test_what_is_no_address_is_an_address_that_nobody_has(self, ann, held, email):
        assert sign_in(ann, held, "wrong", email) == Refused(entering.WRONG)

    def test_who_is_shut_out_is_told_nothing_else(self, ann, held):
        ann.set_disabled("ann", True, "root", 1)
        assert sign_in(ann, held) == Refused(entering.WRONG)

    def test_a_session_ends_when_idle_and_in_any_case(self, ann, held, clock):
        entered = sign_in(ann, held)
        clock.at += held.idle - 1
        assert entering.session_of(ann, held, entered.secret)
        clock.at += 1
        assert entering.session_of(ann, held, entered.secret) is None


class TestLimits:
    def test_after_five_failures_no_password_is_looked_at_until_a_quarter_of_an_hour_is_over(self, ann, held, clock):
        for _ in range(5):
            assert sign_in(ann, held, "wrong").wait == 0
        refused = sign_in(ann, held)
        assert refused.wait == 900 and "Try again in 15 minutes" in refused.sentence
        clock.at += 900_000
        assert isinstance(sign_in(ann, held), Entered)

    def test_an_attacker_elsewhere_does_not_lock_the_person_out_at_once(self, ann, held):
        for _ in range(6):
            sign_in(ann, held, "wrong", address="203.0.113.9")
        assert isinstance(sign_in(ann, held, address="10.0.0.1"), Entered)

    def test_an_attack_on_one_account_from_many_addresses_is_stopped(self, ann, held):
        for number in range(20):
            sign_in(ann, held, "wrong", address=f"203.0.113.{number}")
        assert sign_in(ann, held, address="198.51.100.1").wait > 0

    def test_an_attack_on_many_accounts_from_one_address_is_stopped(self, ann, held):
        for number in range(40):
            sign_in(ann, held, "wrong", email=f"guess{number}@example.org", address="203.0.113.9")
        assert sign_in(ann, held, address="203.0.113.9").wait > 0 and isinstance(sign_in(ann, held, address="10.0.0.1"), Entered)

    def test_who_has_a_whole_network_of_ipv6_has_one_address(self, ann, held):
        for number in range(40):
            sign_in(ann, held, "wrong", email=f"guess{number}@example.org", address=f"2001:db8:1:2:{number:x}::1")
        assert sign_in(ann, held, address="2001:db8:1:2:ffff::9").wait > 0 and isinstance(sign_in(ann, held, address="2001:db8:1:3::1"), Entered)

    @pytest.mark.parametrize("address, counted", [("10.0.0.1", "10.0.0.1"), ("::ffff:10.0.0.1", "10.0.0.1"), ("2001:db8::1", "2001:db8::/64"), ("unix", "unix"), ("", "")])
    def test_an_address_is_counted_by_its_network(self, address, counted):
        assert entering.network_of(address) == counted

    def test_nobody_locks_a_person_out_of_a_browser_in_which_they_were_before(self, ann, held):
        known = sign_in(ann, held).known
        for number in range(40):
            sign_in(ann, held, "wrong", address=f"203.0.113.{number % 20}")
        assert sign_in(ann, held, address="203.0.113.1").wait > 0
        again = sign_in(ann, held, address="203.0.113.1", known=known)
        assert isinstance(again, Entered) and again.known == ""

    def test_such_a_browser_has_a_limit_of_its_own(self, ann, held, clock):
        known = sign_in(ann, held).known
        for _ in range(10):
            assert sign_in(ann, held, "wrong", known=known).wait == 0
        assert sign_in(ann, held, known=known).wait == 900 and isinstance(sign_in(ann, held), Entered)

    @pytest.mark.parametrize("changed", [lambda mark: mark[:-1] + ("0" if mark[-1] != "0" else "1"), lambda mark: "x" + mark, lambda mark: mark.split(".")[0] + ".", lambda mark: ".", lambda mark: "ü.ü"])
    def test_a_mark_that_was_not_made_here_is_none(self, ann, held, changed):
        known = sign_in(ann, held).known
        for _ in range(5):
            sign_in(ann, held, "wrong", known=changed(known))
        assert sign_in(ann, held, known=changed(known)).wait > 0

    def test_a_mark_is_one_persons_and_an_account_that_is_not_there_has_none(self, ann, held):
        known = sign_in(ann, held).known
        assert entering.recognised(held, "ann@example.org", known) and not entering.recognised(held, "bea@example.org", known)

    def test_several_people_share_a_browser_and_none_pushes_another_out(self, ann, held):
        ann.set_password("bea", passwords.hashed(GOOD), "tests", 1)
        known = sign_in(ann, held).known
        known = sign_in(ann, held, email="bea@example.org", known=known).known
        for email in ("ann@example.org", "bea@example.org"):
            for number in range(40):
                sign_in(ann, held, "wrong", email=email, address=f"203.0.113.{number % 20}")
            assert sign_in(ann, held, email=email, address="203.0.113.1").wait > 0
            assert isinstance(sign_in(ann, held, email=email, address="203.0.113.1", known=known), Entered)
        assert entering.whose(held, "bea@example.org", "", known) != entering.whose(held, "ann@example.org", "", known), "each has a limit of their own"

    def test_a_browser_knows_the_last_five_and_forgets_who_was_in_longest_ago(self, held):
        known, emails = "", [f"p{number}@example.org" for number in range(5)]
        for email in (*emails, emails[0], "new@example.org"):
            known = entering.remembered(held, email, known)
        assert len(entering.marks(known)) == 5
        assert [email for email in (*emails, "new@example.org") if entering.recognised(held, email, known)] == [emails[0], *emails[2:], "new@example.org"]

    @pytest.mark.parametrize("rubbish", ["~~~~", "x" * 9_000, "~".join(["a." + "0" * 64] * 900), "a.b~ü.ü"])
    def test_what_is_no_mark_is_not_kept_in_the_cookie(self, held, rubbish):
        assert len(entering.remembered(held, "ann@example.org", rubbish)) == 87

    def test_a_link_that_is_accepted_leaves_the_marks_of_others(self, ann, held):
        from app.door import routes
        from starlette.requests import Request
        from tests.team.conftest import finished
        known = sign_in(ann, held).known
        ann.make_ticket(Ticket(digest("a link"), "bea", "reset", entering.now(), entering.now() + 10**6), "root")
        body = b"token=a+link&password=another+good+sentence&again=another+good+sentence"

        async def receive():
            return {"type": "http.request", "body": body}
        request = Request({"type": "http", "method": "POST", "path": "/auth/invitation", "query_string": b"", "headers": [(b"cookie", f"{routes.known_name(held)}={known}".encode())]}, receive)
        cookies = [value for name, value in finished(routes.invitation(request)).raw_headers if name == b"set-cookie" and b"-known=" in value]
        kept = cookies[0].decode().split("=", 1)[1].split(";")[0]
        assert entering.recognised(held, "ann@example.org", kept) and entering.recognised(held, "bea@example.org", kept)

    def test_an_account_that_does_not_exist_is_limited_as_one_that_does(self, ann, held):
        said = [[sign_in(ann, held, "wrong", email=email).sentence for _ in range(6)] for email in ("ann@example.org", "nobody@example.org")]
        assert said[0] == said[1]

    def test_the_lock_out_is_in_the_audit_log_and_the_addresses_are_not_in_the_records(self, ann, held):
        for _ in range(5):
            sign_in(ann, held, "wrong", address="203.0.113.77")
        assert ann.audit_log("ann")[0].act == "lock out for a while"
        rows = ann.read(lambda db: str([tuple(row) for row in db.execute("SELECT * FROM sign_in_failure").fetchall()]))
        assert "203.0.113" not in rows and "ann" not in rows

    def test_a_reset_by_an_admin_works_through_a_lock_out(self, ann, held, clock):
        from app import people_desk
        from tests.team.conftest import viewer
        for _ in range(5):
            sign_in(ann, held, "wrong")
        with gate.acting(viewer("root")):
            link = people_desk.new_link("ann")
        entered = entering.accept(ann, held, link.address.split("token=")[1], "another good sentence", "another good sentence", "Firefox", "")
        assert isinstance(entered, Entered)
        with pytest.raises(TicketSpent):
            entering.accept(ann, held, link.address.split("token=")[1], "another good sentence", "another good sentence", "Firefox", "")

    def test_the_present_password_is_limited_too(self, ann, held):
        secret = sign_in(ann, held).secret
        for _ in range(5):
            entering.change(ann, held, secret, "wrong", "another good sentence", "another good sentence", "10.0.0.1", "x")
        assert entering.change(ann, held, secret, GOOD, "another good sentence", "another good sentence", "10.0.0.1", "x").wait > 0

    def test_another_password_ends_every_session_and_begins_one(self, ann, held, clock):
        one, two = sign_in(ann, held), sign_in(ann, held)
        clock.at += 1
        entered = entering.change(ann, held, one.secret, GOOD, "another good sentence", "another good sentence", "10.0.0.1", "x")
        assert entering.session_of(ann, held, entered.secret) and not entering.session_of(ann, held, one.secret) and not entering.session_of(ann, held, two.secret)


def test_a_browser_is_named_in_two_words():
    assert entering.agent_of("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36") == "Chrome on Linux"
    assert entering.agent_of("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605") == "Safari on macOS"
    assert entering.agent_of("<script>alert(1)</script>") == "A browser"


class TestTheFirstAdmin:
    def command(self, *arguments):
        from app.__main__ import main
        return main(["admin", *arguments])

    @pytest.fixture
    def empty(self, tmp_path, monkeypatch):
        monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "new.sqlite"))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("CLEAN_CLAIM_URL", "https://learn.example.org")

    def test_gets_a_link_and_no_password(self, empty, capsys, tmp_path):
        assert self.command("create", "--email", "Ruth@example.org", "--name", "Ruth Adler") == 0
        link = capsys.readouterr().out.splitlines()[-1]
        assert link.startswith("https://learn.example.org/auth/invitation?token=") and len(link.split("token=")[1]) >= 43
        from records import People, Records
        with Records.open(tmp_path / "new.sqlite") as opened:
            people = People(opened)
            account = people.account_of_email("ruth@example.org")
            assert (account.role, account.status, people.password(account.profile)) == ("admin", "invited", None)
            assert people.ticket(digest(link.split("token=")[1]), gate.now())

    def test_is_not_made_twice(self, empty, capsys):
        self.command("create", "--email", "ruth@example.org", "--name", "Ruth Adler")
        assert self.command("create", "--email", "ruth@example.org", "--name", "Ruth Adler") == 1 and "already" in capsys.readouterr().err

    def test_can_be_given_another_link_listed_and_put_out(self, empty, capsys):
        self.command("create", "--email", "ruth@example.org", "--name", "Ruth Adler")
        assert self.command("reset", "--email", "ruth@example.org") == 0 and "/auth/invitation?token=" in capsys.readouterr().out
        assert self.command("revoke", "--email", "ruth@example.org") == 0 and "0 sessions of Ruth Adler ended" in capsys.readouterr().out
        assert self.command("list") == 0
        said = capsys.readouterr().out
        assert "admin    invited   Ruth Adler" in said and "The audit log is whole" in said

    def test_who_is_unknown_is_told(self, empty, capsys):
        assert self.command("reset", "--email", "nobody@example.org") == 1 and "There is no account with the address nobody@example.org" in capsys.readouterr().err
