"""Answers written together: what is stored is what each would have stored alone, and one that is not as usual takes nothing from the others."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from records import Evidence, Finished, Records, Unknown
from records.appending import Answer
from records.digests import changed_rows
from records.sqlite import Job
from tests.records import made

TABLES = ("step", "grading", "slot_result", "counted_evidence", "competency_result", "attempt_result", "letter")


@pytest.fixture
def records(tmp_path):
    with Records.open(tmp_path / "records.sqlite") as opened:
        begun(opened)
        yield opened


def begun(records: Records) -> None:
    records.add_profile(made.profile())
    for name in "ab":
        records.start(made.attempt(name))
    records.start(made.attempt("over"))
    records.finish("over", 9000)


def answer(attempt="a", slot="q1", sequence=1, skills=("modifiers",), at=3000, letters=(), graded=True) -> Answer:
    shown = tuple(Evidence(skill, () if place else ("cpb:cpb1",), Decimal(1), Decimal(2)) for place, skill in enumerate(skills))
    return Answer(replace(made.step(attempt, slot), sequence=sequence, at=at), replace(made.grading(attempt, slot), sequence=sequence, evidence=shown) if graded else None, letters)


def grouped(records: Records, answers) -> list:
    """What came of each as the writer commits them together: a receipt, or the kind of its refusal."""
    jobs = [Job(each) for each in answers]
    records.engine.writer._write_group(jobs)
    return [type(job.error) if job.error else job.result for job in jobs]


def rows(records: Records) -> dict:
    return {table: [tuple(row) for row in records.engine.read(lambda db: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall())] for table in TABLES}


def submitted(records: Records) -> list[tuple]:
    return [row[1:4] for row in rows(records)["step"] if row[4] == "submit"]


def without_serials(records: Records) -> dict:
    """Every row but the number by which it came into the log: within a group the usual ones go first."""
    return {table: sorted(tuple(map(repr, row[1:] if table in ("step", "grading") else row)) for row in found) for table, found in rows(records).items()}


@pytest.fixture
def statements(monkeypatch):
    """The statements that change something, as they are given to SQLite."""
    seen, execute = [], Database.execute
    monkeypatch.setattr(Database, "execute", lambda self, sql, *values: (seen.append(sql), execute(self, sql, *values))[1])
    return lambda what: (seen.clear(), what(), [sql for sql in seen if sql.split()[0] in ("INSERT", "UPDATE", "DELETE", "SELECT")])[2]


@pytest.mark.parametrize("many, put", [(1, 1), (8, 1), (31, 1), (32, 32)])
def test_a_group_of_usual_answers_is_one_statement_and_a_larger_one_is_one_for_each(records, statements, many, put):
    assert len(statements(lambda: grouped(records, [answer(slot=f"q{n}") for n in range(many)]))) == put
    assert len(submitted(records)) == many and records.projections_equal_fold() == []


def test_one_alone_is_written_in_the_same_way(records, statements):
    assert len(statements(lambda: records.append(made.step("a"), made.grading("a")))) == 1


def test_one_group_stores_what_each_alone_stores(tmp_path, records):
    answers = [answer(slot="q1", skills=("modifiers", "denials", "appeals")), answer(slot="q2", at=2000), answer("b", skills=()), answer("b", "q2", graded=False), answer("b", "q3", letters=("text",)), answer(slot="q3", at=5000)]
    together = grouped(records, answers)
    with Records.open(tmp_path / "alone.sqlite") as alone:
        begun(alone)
        assert [alone.write(each) for each in answers] == together
        assert without_serials(records) == without_serials(alone)
    assert records.projections_equal_fold() == []


@pytest.mark.parametrize("odd, comes", [(answer("over"), Finished), (answer("nowhere"), Unknown)])
def test_one_that_is_refused_takes_nothing_from_the_others(records, odd, comes):
    first, refused, last = grouped(records, [answer(slot="q1"), odd, answer(slot="q2")])
    assert refused is comes and first.stored and last.stored
    assert submitted(records) == [("a", "q1", 1), ("a", "q2", 1)] and records.projections_equal_fold() == []


def test_the_same_answer_twice_in_one_group_is_stored_once(records):
    first, second = grouped(records, [answer(), answer()])
    assert (first.stored, second.stored, second.already, second.same) == (True, False, True, True)
    assert submitted(records) == [("a", "q1", 1)] and records.projections_equal_fold() == []


def test_a_second_answer_to_a_slot_in_one_group_counts_as_the_second(records):
    outcomes = grouped(records, [answer(), answer(sequence=2)])
    assert all(receipt.stored for receipt in outcomes) and records.projections_equal_fold() == []
    assert [row[:3] for row in rows(records)["slot_result"]] == [("a", "q1", 2)]


OPERATIONS = st.lists(st.builds(answer, attempt=st.sampled_from(["a", "b", "over", "nowhere"]), slot=st.sampled_from(["q1", "q2", "q3"]), sequence=st.integers(1, 3),
                                skills=st.sampled_from([(), ("modifiers",), ("modifiers", "denials"), ("denials", "modifiers", "appeals")]), at=st.integers(1, 9000),
                                letters=st.sampled_from([(), ("text",)]), graded=st.booleans()), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(OPERATIONS, min_size=1, max_size=3))
def test_whatever_comes_in_groups_the_sums_equal_the_fold_and_the_digests_hold(tmp_path_factory, groups):
    with Records.open(tmp_path_factory.mktemp("groups") / "records.sqlite") as records:
        begun(records)
        for group in groups:
            outcomes = grouped(records, group)
            assert all(outcome in (Finished, Unknown) or outcome.stored != outcome.already for outcome in outcomes)
        assert records.projections_equal_fold() == []
        assert records.engine.read(changed_rows) == []
