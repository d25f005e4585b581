"""PostgreSQL that is killed, stopped or cut off, and several replicas at once: nothing acknowledged is lost, nothing is counted twice, the person is told the truth."""

import random
import socket
import threading
import time
from contextlib import ExitStack
from itertools import count

import pytest

from records import Finished, NotSaved, Outdated, Records, RecordsError, TooNew, Unreachable, reason, verify
from records.appending import append
from records.migrations import migrations
from records.postgres import ALONE, POOL, Session, migrate, psycopg, rows
from tests.faults.children import drain, kill, killed_in, needs_fork, start_child
from tests.faults.test_kill import lost
from tests.postgres.server import HERE, running
from tests.records import made
from tests.records.conftest import needed

NUMBERS = count(1)
LIVES, WORKERS = 3, 4
GIVEN_UP = 6                     # seconds, for a patience of one: silence, a try of two seconds beside it, and what the machine takes


@pytest.fixture(scope="module")
def durable():
    """A server that keeps what it acknowledged, as a real one does."""
    needed()
    with running(durable=True) as server:
        yield server


@pytest.fixture
def url(durable):
    url = durable.make(f"faults{next(NUMBERS)}")
    with Records.open(url) as records:
        records.add_profile(made.profile())
    return url


def answer_until(records, name: str, said: list, over: threading.Event) -> None:
    """Answers, and hands every answer that was refused in again until it is acknowledged, as a page does."""
    for block in count():
        attempt = f"{name}-{block}"
        pending = [(lambda: records.start(made.attempt(attempt)), None)]
        pending += [(lambda n=number: records.append(made.step(attempt, f"q{n}", answer=f"{name}/{block}/{n}"), made.grading(attempt, f"q{n}", earned="0.5")),
                     {"attempt": attempt, "slot": f"q{number}", "answer": f"{name}/{block}/{number}"}) for number in range(20)]
        for act, told in pending:
            while True:
                if over.is_set():
                    return
                try:
                    act()
                    break
                except NotSaved:
                    time.sleep(0.05)
            if told:
                said.append(told)


def test_a_server_that_is_killed_under_answers_loses_and_doubles_nothing(durable, url):
    chance, said, over = random.Random(20261128), [], threading.Event()
    with Records.open(url, patience=3) as records:
        workers = [threading.Thread(target=answer_until, args=(records, f"worker{n}", said, over)) for n in range(WORKERS)]
        for worker in workers:
            worker.start()
        for _ in range(LIVES):
            time.sleep(chance.uniform(0.2, 0.6))
            durable.kill()
            durable.start()
        time.sleep(0.5)
        over.set()
        for worker in workers:
            worker.join(timeout=30)
        acknowledged = list(said)
        assert len(acknowledged) > 60 and lost(records, acknowledged) == []
        attempts = {one["attempt"] for one in acknowledged}
        steps = [(step.attempt, step.slot, step.sequence) for attempt in attempts for step in records.attempt(attempt).steps]
        assert len(steps) == len(set(steps)) and records.projections_equal_fold() == []


def test_while_the_server_is_away_the_person_is_told_and_handing_in_again_is_safe(durable, url):
    with Records.open(url, patience=1) as records:
        records.start(made.attempt())
        durable.stop()
        try:
            with pytest.raises(NotSaved, match="does not answer.*an answer handed in twice is stored once") as refused:
                records.append(made.step(), made.grading())
            assert isinstance(refused.value, Unreachable)
            with pytest.raises(RecordsError, match="cannot be read"):
                records.attempt("a1")
        finally:
            durable.start()
        assert records.append(made.step(), made.grading()).stored and records.append(made.step(), made.grading()).already


def test_no_password_stands_in_a_sentence():
    needed()
    with pytest.raises(RecordsError) as refused:
        Records.open(f"postgresql://trainer:hunter2@{HERE}:1/none", patience=1)
    assert "hunter2" not in str(refused.value) and "trainer:…@" in str(refused.value)


def test_two_replicas_that_take_the_same_answer_store_it_once(url):
    with Records.open(url) as one, Records.open(url) as other:
        one.start(made.attempt())
        receipts, start = [], threading.Barrier(2)

        def hand_in(replica, answer):
            for number in range(60):
                start.wait()
                receipts.append(replica.append(made.step(slot=f"q{number}", answer=answer), made.grading(slot=f"q{number}")))
        tabs = [threading.Thread(target=hand_in, args=pair) for pair in ((one, "a"), (other, "b"))]
        for tab in tabs:
            tab.start()
        for tab in tabs:
            tab.join()
        assert len(receipts) == 120 and sum(receipt.stored for receipt in receipts) == 60 and sum(not receipt.same for receipt in receipts) == 60
        kept = one.attempt("a1")
        assert len(kept.steps) == 60 and kept.score == 60 and one.projections_equal_fold() == []


def test_of_two_replicas_one_finishes_and_no_answer_slips_in_after(url):
    with Records.open(url) as one, Records.open(url) as other:
        for number in range(30):
            attempt, start, outcome = f"race{number}", threading.Barrier(2), {}
            one.start(made.attempt(attempt))

            def answer():
                start.wait()
                try:
                    outcome["stored"] = other.append(made.step(attempt), made.grading(attempt)).stored
                except Finished:
                    outcome["stored"] = False
            late = threading.Thread(target=answer)
            late.start()
            start.wait()
            one.finish(attempt, 9_000)
            late.join()
            kept = one.attempt(attempt)
            kinds = [step.kind for step in kept.steps]
            assert kinds in (["finish"], ["submit", "finish"]) and ("submit" in kinds) is outcome["stored"]
        assert one.projections_equal_fold() == []


@needs_fork
def test_an_attempt_goes_on_at_another_replica_when_its_own_dies(url):
    child, out = start_child(lambda write: _answer_and_say(url, write))
    time.sleep(1.0)
    kill(child)
    acknowledged = [int(number) for number in drain(out).split()]
    with Records.open(url) as other:
        kept = {step.slot for step in other.attempt("a1").steps}
        assert len(acknowledged) > 5 and {f"q{number}" for number in acknowledged} <= kept
        assert other.append(made.step(slot="q9999"), made.grading(slot="q9999")).stored and other.finish("a1", 9_000).stored
        assert other.projections_equal_fold() == []


def _answer_and_say(url, write) -> None:
    records = Records.open(url)
    records.start(made.attempt())
    for number in range(9_000):
        records.append(made.step(slot=f"q{number}"), made.grading(slot=f"q{number}"))
        write(b"%d " % number)


@pytest.fixture
def first(durable, monkeypatch):
    """A database of the shape of the first release, with attempts of one person."""
    url = durable.make(f"faults{next(NUMBERS)}")
    with psycopg.connect(url, row_factory=rows) as connection:
        with monkeypatch.context() as then:
            then.setattr(migrations, "_migrations", migrations._migrations[:1])
            migrate(Session(connection), url)
        connection.execute("INSERT INTO profile (id, name, goal_kind, goal, created_at) VALUES ('ann', 'Ann', 'exam', 'cpb', 1)")
        connection.execute("INSERT INTO attempt (id, profile, item, item_kind, title, content_hash, seed, behaviour, form, started_at) "
                           "SELECT 'many' || n, 'ann', 'item', 'practice', 'Title', 'hash', n, 'practice', '{}', 5 FROM generate_series(1, 3000) n")
        connection.execute("INSERT INTO attempt_result (attempt, earned, possible, slots, last_at) SELECT id, 0, 0, 0, 5 FROM attempt")
    return url


def standing(url: str) -> tuple:
    """How many attempts there are, which steps stand, and how many tables."""
    with psycopg.connect(url) as connection:
        one = lambda sql: connection.execute(sql).fetchone()  # noqa: E731
        return (one("SELECT count(*), sum(seed) FROM attempt"), one("SELECT string_agg(name, ' ' ORDER BY name) FROM _migrations"), one("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))


@needs_fork
@pytest.mark.parametrize("old", [False, True], ids=["new", "of the first release"])
def test_replicas_that_start_together_as_processes_migrate_once(durable, old, request):
    url = request.getfixturevalue("first") if old else durable.make(f"faults{next(NUMBERS)}")

    def serve(number):
        def work(write):
            with Records.open(url, patience=20) as records:
                records.add_profile(made.profile(f"p{number}", f"Person {number}"))
                write(b"open %d" % len(records.engine.migrated))
        return work
    children = [start_child(serve(number)) for number in range(5)]
    said = [drain(out) for _, out in children]
    steps = len(migrations._migrations) - old
    assert sorted(said) == [b"open 0"] * 4 + [b"open %d" % steps], "one migrates, once"
    with Records.open(url) as records:
        assert {f"p{number}" for number in range(5)} <= {profile.id for profile in records.profiles()} and records.projections_equal_fold() == []


@needs_fork
def test_a_migration_that_is_killed_in_any_of_its_steps_leaves_the_old_shape_whole(first):
    before, steps = standing(first), [step.name for step in migrations._migrations]
    for step in steps[1:]:
        assert killed_in(step, lambda: Records.open(first).close()), f"{step} was never begun"
        assert standing(first) == before, step
    with Records.open(first) as records:
        assert records.engine.migrated == tuple(steps[1:]) and records.projections_equal_fold() == []
    assert standing(first)[0] == before[0] and verify(first).faults == ()


def test_a_version_before_the_last_migration_neither_opens_the_database_nor_writes_on_into_it(url):
    """Two versions side by side: the newer one has migrated."""
    with Records.open(url) as older, Records.open(url) as newer:
        older.start(made.attempt())
        newer.write(lambda db: db.execute("INSERT INTO _migrations (migration_set, name) VALUES ('records', 'v99_dreams')"))
        with pytest.raises(NotSaved, match="later version of Clean Claim .*must start it again, with that version") as refused:
            older.append(made.step(), made.grading())
        assert isinstance(refused.value, Outdated) and older.cannot_write() == "outdated" and older.attempt("a1").steps == (), "reading goes on"
        with pytest.raises(TooNew, match="was written by a later version of Clean Claim .it has v99_dreams.*Nothing was changed"):
            Records.open(url)


class Wire:
    """A way to the server that can be cut: bytes go through until then, and nothing after. While it is stalled it takes bytes and connections, and carries nothing."""

    def __init__(self, port: int):
        self.port, self.pairs, self.cut = port, [], False
        self.stalled = threading.Event()
        self.ear = socket.create_server((HERE, 0))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                near, _ = self.ear.accept()
            except OSError:
                return
            if self.cut:
                near.close()
                continue
            far = socket.create_connection((HERE, self.port))
            self.pairs += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(a, b), daemon=True).start()

    def carry(self, source, sink):
        try:
            while block := source.recv(65536):
                while self.stalled.is_set():
                    time.sleep(0.02)
                sink.sendall(block)
        except OSError:
            pass

    def sever(self):
        self.cut = True
        for end in self.pairs:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def mend(self):
        self.cut, self.pairs = False, []


def test_a_network_that_is_cut_and_mended_loses_nothing(durable, url):
    wire = Wire(durable.port)
    through = url.replace(f":{durable.port}/", f":{wire.ear.getsockname()[1]}/")
    with Records.open(through, patience=1) as records:
        records.start(made.attempt())
        records.append(made.step(), made.grading())
        wire.sever()
        with pytest.raises(Unreachable, match="the network is cut"):
            records.append(made.step(slot="q2"), made.grading(slot="q2"))
        wire.mend()
        assert records.append(made.step(slot="q2"), made.grading(slot="q2")).stored
        assert [step.slot for step in records.attempt("a1").steps] == ["q1", "q2"] and records.projections_equal_fold() == []
    wire.ear.close()


def test_a_network_that_stalls_is_given_up_and_the_person_told_in_time(durable, url):
    """Bytes are taken and nothing comes back, on connections that are there and on new ones: nothing that TCP would notice."""
    wire = Wire(durable.port)
    through = url.replace(f":{durable.port}/", f":{wire.ear.getsockname()[1]}/")
    with Records.open(through, patience=1) as records:
        records.start(made.attempt())
        for moment in ("before", "within"):
            begun = time.monotonic()

            def change(db, slot=moment):
                records_step = made.step(slot=slot)
                if slot == "within":
                    wire.stalled.set()
                return append(db, records_step, made.grading(slot=slot))
            if moment == "before":
                wire.stalled.set()
            with pytest.raises(Unreachable, match="^Not saved: .*does not answer.*an answer handed in twice is stored once"):
                records.write(change)
            assert time.monotonic() - begun < GIVEN_UP
            wire.stalled.clear()
            wire.sever()
            wire.mend()
            assert records.append(made.step(slot=moment), made.grading(slot=moment)).stored
        assert records.projections_equal_fold() == []
    wire.ear.close()


def test_a_server_that_is_long_at_work_is_waited_for(url):
    with Records.open(url, patience=0.5) as records:
        assert records.write(lambda db: db.execute("SELECT pg_sleep(2.5), 7").fetchone()[1]) == 7


def test_a_replica_that_is_busy_takes_no_more_connections_than_it_says(url):
    """Each pays for its statement in connections that other replicas need: neither who waits in vain for the pool nor who waits long for an answer takes a further one."""
    most, told, over = 0, set(), threading.Event()
    with Records.open(url, patience=0.5) as records, psycopg.connect(url, autocommit=True) as beside:
        ours = f"SELECT array_agg(pid) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> {beside.info.backend_pid}"

        def held() -> int:
            """One that was closed may be seen for a moment longer."""
            first = set(beside.execute(ours).fetchone()[0] or ())
            time.sleep(0.02)
            return len(first & set(beside.execute(ours).fetchone()[0] or ()))

        def busy():
            while not over.is_set():
                try:
                    records.write(lambda db: db.execute("SELECT pg_sleep(1.5)").fetchone())
                except RecordsError as refusal:
                    told.add(reason(refusal))
        workers = [threading.Thread(target=busy) for _ in range(POOL + 8)]
        for worker in workers:
            worker.start()
        end = time.monotonic() + 4
        while time.monotonic() < end:
            most = max(most, held())
        over.set()
        for worker in workers:
            worker.join(timeout=30)
        assert POOL < most <= POOL + ALONE and told == {"busy"}


def test_a_server_without_a_connection_to_spare_is_waited_for_as_well(url):
    with Records.open(url, patience=0.5) as records, ExitStack() as taken:
        with pytest.raises(psycopg.OperationalError, match="too many clients"):
            for _ in range(500):
                taken.enter_context(psycopg.connect(url))
        assert records.write(lambda db: db.execute("SELECT pg_sleep(2.5), 7").fetchone()[1]) == 7


def test_over_the_socket_of_a_folder_a_server_that_is_long_at_work_is_waited_for_too(durable, url):
    through = f"postgresql://trainer@/{url.rpartition('/')[2]}?host={durable.folder}&port={durable.port}"
    with Records.open(through, patience=0.5) as records:
        assert records.write(lambda db: db.execute("SELECT pg_sleep(1.5), 7").fetchone()[1]) == 7


def test_what_a_client_left_in_a_transaction_is_ended_by_the_server(url):
    with Records.open(url) as records:
        assert records.engine.read(lambda db: db.execute("SHOW idle_in_transaction_session_timeout").fetchone()[0]) == "30s"
