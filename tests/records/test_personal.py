"""What is kept of a person is all taken away and all erased, but what outlives them for its term; and nothing of it comes back with a backup."""

import pytest

from records import Certificate, Completion, LastAdmin, Profile, RealExam, Records, Unknown, backup, restore
from records.belonging import ABOUT, NOBODYS, OUTLIVING, belongings, keys, of_people, unaccounted
from records.copying import content_of, tables
from records.people import People
from records.training import Training
from records.training_rows import Assignment, Remark
from tests.records import made

DONE = Completion("c1", "ann", "Ann", "exam", "cpb", "CPB practice exam, whole exam", "a1", "hash-1", "passed", (("Whole exam", "82.5 %"),), 5_000)
SIGNED = Certificate("k1", "c1", "ann", "did:key:z6Mk", '{"id": "urn:uuid:k1"}', 6_000)


def filled(records: Records) -> Records:
    """Ann with a row in every table that can have one, and Bea, whose rows are not hers."""
    people, training = People(records), Training(records)
    records.add_profile(made.profile("bea", "Bea"))
    records.add_profile(made.profile("tom", "Tom"))
    for id, attempt in (("ann", "a1"), ("bea", "b1")):
        records.start(made.attempt(attempt, id))
        records.append(made.step(attempt), made.grading(attempt), letters=("p1",))
        records.append(made.step(attempt, "q2"), made.grading(attempt, "q2", earned="0"))
        records.save_draft(attempt, "q3", {"answer": "x"}, 3_500)
        training.dispute(f"d-{id}", attempt, "q1", 1, "I read it differently.", 4_000)
        training.remark(Remark(f"r-{id}", attempt, "q1", id, "Look at the modifier.", "tom", 4_100))
        training.sign_off(f"s-{id}", id, "modifiers", "Seen.", "tom", 4_200)
        people.adopt(id, "learner", f"{id}@example.org", ticket(id), "root", 4_300)
        people.sign_in(session(id), f"token-{id}")
        people.link_identity(id, "https://id.example", f"subject-{id}", id, 4_400)
        records.write(lambda db, id=id: db.execute("INSERT INTO password (account, hash, changed_at) VALUES (?, 'argon', 1)", [id]))
    people.adopt("tom", "admin", "tom@example.org", ticket("tom"), "root", 1)
    people.add_cohort("g1", "Spring", "tom", "root", 4_500)
    for id in ("ann", "bea"):
        people.add_member("g1", id, "root", 4_500)
        records.write(lambda db, id=id: db.execute("INSERT INTO leadership (cohort, profile, at) VALUES ('g1', ?, 1)", [id]))
    training.assign(Assignment("w1", "items", "", ("item-1",), "Week one", "", 0, 0, 9_000, "tom", 4_600), ("g1",), ("ann", "bea"))
    for id, attempt in (("ann", "a1"), ("bea", "b1")):
        training.extend("w1", id, 10_000, "tom", 4_700)
        records.report_exam(RealExam(id, "cpb", __import__("datetime").date(2026, 1, 1), "passed", "", (0.5,), 4_800))
        records.write(lambda db, id=id, attempt=attempt: [db.execute(sql, values) for sql, values in (
            ("INSERT INTO hand_mark (id, attempt, slot, sequence, made_by, reason, before, after, dispute, at) VALUES (?, ?, 'q1', 1, 'tom', 'Fair.', 1, 1, '', 1)", [f"h-{id}", attempt]),
            ("INSERT INTO regrade_run (id, item, policy, actor, reason, question, at) VALUES (?, 'q1', 'replace', 'x', 'Two right.', '{\"key\": \"SECRET\"}', 1)", [f"run-{id}"]),
            ("INSERT INTO regrade_change (run, attempt, slot, sequence, before, after) VALUES (?, ?, 'q1', 1, 1, 1)", [f"run-{id}", attempt]))])
    records.complete(DONE)
    records.certify(SIGNED, "ann")
    records.complete(Completion("c2", "bea", "Bea", "track", "dental", "Dental office", "track:dental", "h", "completed", (), 5_100))
    records.certify(Certificate("k2", "c2", "bea", "did:key:z6Mk", "{}", 6_000), "bea")
    return records


def ticket(id):
    from records import Ticket
    return Ticket(f"ticket-{id}", id, "join", 1, 10**15)


def session(id):
    from records import Session
    return Session(f"session-{id}", id, 1, 1, 10**15, "a browser")


def taken(records: Records, profile="ann") -> dict[str, list[dict]]:
    return records.take_away(profile, lambda found: {one.name: [dict(zip(one.columns, row, strict=True)) for row in one.rows()] for one in found})


def counts(records: Records) -> dict[str, int]:
    return records.engine.read(content_of).counts


def test_every_table_is_somebodys_or_said_to_be_nobodys():
    """A table added later fails here until a column says whose its rows are, or records/belonging.py says why they are nobody's."""
    assert unaccounted() == () and set(NOBODYS) <= {table.name for table in tables()} and set(ABOUT) <= {table.name for table in tables()}


def test_every_column_that_names_a_profile_or_an_attempt_is_found():
    found = {one.table.name for one in belongings()}
    for table in tables():
        names = {other for _, other in keys()[table.name]} | set(table.columns)
        if names & {"profile", "account", "attempt"} and table.name not in NOBODYS:
            assert table.name in found, table.name


def test_a_person_takes_away_every_row_of_theirs_and_none_of_anothers(records):
    found = taken(filled(records))
    assert sorted(name for name, rows in found.items() if not rows) == []
    for name, rows in found.items():
        told = str(rows)
        assert not ("'bea'" in told or "'b1'" in told or "Bea" in told), (name, rows)
    assert found["profile"] == [{"id": "ann", "name": "Ann", "goal_kind": "exam", "goal": "cpb", "exam_date": None, "created_at": 1_000, "time_percent": 100, "minutes_a_day": 20}]
    assert found["assignment"][0]["title"] == "Week one" and found["cohort"][0]["name"] == "Spring" and found["completion"][0]["id"] == "c1"


def test_what_would_let_someone_in_and_keys_of_items_stay_here(records):
    told = str(taken(filled(records)))
    assert "argon" not in told and "token-ann" not in told and "ticket-ann" not in told and "SECRET" not in told


def test_nobody_takes_away_what_is_nobodys(records):
    with pytest.raises(Unknown, match="There is no such profile here"):
        taken(records, "nobody")


def test_taking_away_is_in_the_audit_log(records):
    records.note_taken_away("ann", "ann", 7)
    [row] = People(records).audit_log("ann")
    assert (row.act, row.actor, row.at) == ("take away", "ann", 7)


def test_who_is_erased_leaves_nothing_but_what_outlives_them(records):
    before = counts(filled(records))
    assert records.delete_profile("ann", "ann", 9_000)
    after = counts(records)
    for one in of_people():
        assert 0 < after[one.table.name] < before[one.table.name], one.table.name
    assert {name: after[name] for name in OUTLIVING} == {"completion": 2, "certificate": 2}
    assert records.projections_equal_fold() == [] and People(records).audit_faults() == []
    told = records.engine.read(lambda db: [tuple(row) for one in belongings() if one.table.name not in (*OUTLIVING, "audit") for row in db.execute(f"SELECT * FROM {one.table.name}")])
    assert "Ann" not in str(told) and "ann@" not in str(told) and "'a1'" not in str(told)


def test_an_erasure_that_was_asked_for_is_in_the_audit_log(records):
    filled(records).delete_profile("ann", "ann", 9_000)
    assert People(records).audit_log("ann")[0].act == "erase" and People(records).audit_log("ann")[0].after == {"completions kept": 1, "certificates kept": 1}


def test_completions_go_with_their_person_where_that_was_asked_for(records):
    filled(records).delete_profile("ann", "ann", 9_000, outliving=False)
    assert records.completions_of("ann") == () and records.certificates_of("ann") == () and records.completions_of("bea")


def test_first_answers_of_who_is_gone_stay_as_counts_without_a_name(records):
    filled(records)
    records.append(made.step(sequence=2, answer="b"), made.grading(sequence=2, earned="0"))
    records.delete_profile("ann")
    records.delete_profile("bea")
    assert {one.item: (one.n, one.full_marks, int(one.earned), int(one.possible)) for one in records.past_answers()} == {"q1": (2, 2, 2, 2), "q2": (2, 0, 0, 2)}


def test_the_last_admin_cannot_be_erased(records):
    filled(records)
    with pytest.raises(LastAdmin, match="Make someone else an admin first"):
        records.delete_profile("tom", "tom", 9_000)
    assert records.profile("tom") and People(records).account("tom").role == "admin"


def test_a_completion_is_kept_once_and_never_changed(records):
    assert records.complete(DONE) == DONE
    assert records.complete(Completion("other", "ann", "Ann", "exam", "cpb", "T", "a1", "h", "passed", (), 9)) == DONE
    assert records.completions_of("ann") == (DONE,)
    for sql in ("UPDATE completion SET name = 'x'", "DELETE FROM completion"):
        with pytest.raises(Exception, match="append-only"):
            records.write(lambda db, sql=sql: db.execute(sql))


def test_a_certificate_is_issued_once_for_a_key(records):
    records.complete(DONE)
    assert records.certify(SIGNED, "ann") == SIGNED
    assert records.certify(Certificate("k9", "c1", "ann", "did:key:z6Mk", "{}", 7_000), "ann") == SIGNED
    assert records.certify(Certificate("k9", "c1", "ann", "did:key:another", "{}", 7_000), "ann").id == "k9"
    assert [entry.act for entry in People(records).audit_log("ann")] == ["issue certificate"] * 2 + ["complete"]


def test_nobody_completes_anything_without_a_profile(records):
    with pytest.raises(Unknown, match="this profile is not in the records"):
        records.complete(Completion("c9", "nobody", "N", "exam", "cpb", "T", "s", "h", "passed", (), 9))


def test_answers_past_their_term_go_and_the_person_stays(records):
    filled(records)
    records.start(made.attempt("a2", started_at=50_000))
    records.write(lambda db: db.execute("UPDATE dispute SET state = 'withdrawn' WHERE profile = 'ann'"))
    assert records.answers_past_term(40_000) == (("a1", "ann"),), "an attempt with an open dispute stays"
    records.expire(["a1"], [], "command line", 60_000)
    assert [one.attempt for one in records.attempts_of("ann")] == ["a2"] and records.attempt("a1") is None
    assert records.profile("ann") and records.completions_of("ann") and records.attempt("b1") and records.projections_equal_fold() == []
    assert People(records).audit_log("records")[0].after == {"attempts": 1, "completions": 0}


def test_completions_past_their_term_go_with_their_certificates(records):
    filled(records)
    assert [one.id for one in records.completions_before(5_100)] == ["c1"]
    records.expire([], ["c1"], "command line", 60_000)
    assert records.completions_of("ann") == () and records.certificates_of("ann") == () and records.completions_of("bea")


def test_what_was_forgotten_since_a_backup_does_not_come_back_with_it(records, tmp_path):
    place = records.engine.url if hasattr(records.engine, "url") else records.path
    filled(records).start(made.attempt("b2", "bea"))
    backup(place, tmp_path / "night.sqlite")
    records.complete(Completion("c3", "ann", "Ann", "track", "medical", "Medical practice", "track:medical", "h", "completed", (), 8_000))
    records.certify(Certificate("k3", "c3", "ann", "did:key:z6Mk", "{}", 8_100), "ann")
    records.delete_profile("ann", "ann", 9_000)
    records.expire(["b2"], ["c2"], "command line", 9_100)
    done = restore(tmp_path / "night.sqlite", tmp_path / "back.sqlite", erasures_from=[place], at=9_000)
    assert done.erased == ("ann",)
    with Records.open(tmp_path / "back.sqlite") as back:
        assert back.profile("ann") is None and back.attempt("a1") is None and back.attempt("b2") is None and back.attempt("b1")
        assert {one.id for one in back.completions_of("ann")} == {"c1", "c3"} and [one.id for one in back.certificates_of("ann")] == ["k1", "k3"] and back.completions_of("bea") == ()
        assert {one.item for one in back.past_answers()} == {"q1", "q2"} and back.projections_equal_fold() == [] and People(back).audit_faults() == []
        assert back.gone().expired == (("b2", "attempt", 9_100), ("c2", "completion", 9_100))


def test_a_profile_of_the_same_name_is_another(records):
    filled(records).add_profile(Profile("ann2", "Ann", "exam", "cpb", None, 1))
    assert [row["id"] for row in taken(records, "ann2")["profile"]] == ["ann2"] and taken(records, "ann2")["attempt"] == []
