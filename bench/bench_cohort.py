"""The reads behind a cohort's page over many learners' answers, as a ratio to reading as many rows of the same file by one bare query; `large` as the first argument, or EVENTS, for ten million events; aim: under 100 ms."""

import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import work_board  # noqa: E402
from app.session import catalogue  # noqa: E402
from records import Assignment, People, Records, Training  # noqa: E402
from tests.records import made  # noqa: E402

SMALL, LARGE = 200_000, 10_000_000
LEARNERS_EACH, COHORT, SLOTS, SKILLS, AIM = 2_500, 40, 20, 60, 0.100
"""Answers of a learner, people in the cohort, answers in an attempt, competencies."""
NOW, DAY = 1_795_843_200_000, 86_400_000
FORM = '{"questions":["' + "x" * 4_000 + '"]}'
ROUNDS = 15


def fill(path: Path, events: int) -> int:
    """Learners who answered for a year, each with a step, a grading and their sums an answer, as the records write them; how many learners."""
    learners = max(COHORT, events // LEARNERS_EACH)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -400000")
        people = [f"learner-{number:06}" for number in range(learners)]
        db.execute("BEGIN")
        db.executemany("INSERT INTO profile (id, name, goal_kind, goal, created_at) VALUES (?, ?, 'exam', 'cpb', 1)", ((id, id) for id in people))
        db.executemany("INSERT INTO account VALUES (?, 'learner', 'active', '', 0, 1)", ((id,) for id in people))
        for each in range(events // learners // SLOTS):      # learners answer side by side, so that nobody's rows lie together
            at = NOW - 365 * DAY + each * 365 * DAY // (events // learners // SLOTS)
            names = [(id, f"{id}-{each}") for id in people]
            db.executemany("INSERT INTO attempt (id, profile, item, item_kind, title, content_hash, seed, behaviour, form, started_at) VALUES (?, ?, ?, 'question-set', 'A quiz', 'h', 1, 'practice', ?, ?)",
                           ((attempt, id, f"item-{each % 30}", FORM, at) for id, attempt in names))
            slots = [(id, attempt, slot, at + 60_000 * slot) for id, attempt in names for slot in range(SLOTS)]
            db.executemany("INSERT INTO step (attempt, slot, sequence, kind, payload, at) VALUES (?, ?, 1, 'submit', '{\"response\":\"a\"}', ?)", ((a, f"q{s}", t) for _, a, s, t in slots))
            db.executemany("INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at) "
                           "VALUES (?, ?, 1, 1, '1', 'h', ?, 10000, '[]', '[]', ?)", ((a, f"q{s}", 10000 * (s % 4 > 0), t) for _, a, s, t in slots))
            db.executemany("INSERT INTO slot_result VALUES (?, ?, 1, ?, 10000)", ((a, f"q{s}", 10000 * (s % 4 > 0)) for _, a, s, _ in slots))
            db.executemany("INSERT INTO counted_evidence VALUES (?, ?, ?, ?, 0, ?, '[]', ?, 10000, ?)",
                           ((id, f"item-{each % 30}", a, f"q{s}", f"area.skill-{(each * SLOTS + s) % SKILLS}", 10000 * (s % 4 > 0), t) for id, a, s, t in slots))
            db.executemany("INSERT INTO attempt_result VALUES (?, 150000, 200000, 20, ?, ?)", ((attempt, at + 3_600_000, at + 3_600_000) for _, attempt in names))
        db.execute("INSERT INTO competency_result SELECT profile, competency, count(*), sum(earned), sum(possible), max(at) FROM counted_evidence GROUP BY profile, competency")
        db.execute("COMMIT")
    return learners


def assign(records: Records, learners: int) -> tuple[str, ...]:
    """A cohort of people from all over the file, with quizzes, an exam and a track."""
    people, training = People(records), Training(records)
    people.add_cohort("c1", "Spring", "", "bench", 1)
    members = tuple(f"learner-{number:06}" for number in range(0, learners, max(1, learners // COHORT)))[:COHORT]
    for member in members:
        people.add_member("c1", member, "bench", 1)
    skills = tuple(f"area.skill-{number}" for number in range(30))
    for id, kind, parts in (("w1", "items", tuple(f"item-{n}" for n in range(5))), ("w2", "exam", ("exam:cpb",)), ("w3", "track", skills)):
        training.assign(Assignment(id, kind, "", parts, id, "", 70, 0, NOW + 7 * DAY, "bench", NOW - 60 * DAY), ("c1",), ())
    return members


def page(records: Records, members: tuple[str, ...]):
    """All that the cohort's table reads and computes."""
    People(records).members("c1")
    return work_board.people(Training(records).board("c1", work_board.since(NOW)), members, NOW)


def main(events: int) -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        path = Path(folder) / "records.sqlite"
        with Records.open(path) as records:
            records.add_profile(made.profile())
        begun = time.perf_counter()
        learners = fill(path, events)
        filled = time.perf_counter() - begun
        with Records.open(path, patience=60) as records:
            members = assign(records, learners)
            catalogue()      # the names of competencies, read once a process
            spent = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                found = page(records, members)
                spent.append(time.perf_counter() - begun)
            assert len(found) == len(members) and all(person.answers for person in found)
            rows = sum(person.answers for person in found)
        bare = floor(path, members)
        ours = sorted(spent)[ROUNDS // 2]
        print(f"a cohort of {len(members)} among {learners:,} learners and {events:,} answers ({path.stat().st_size / 1e9:.1f} GB, made in {filled:.0f} s): {1000 * ours:.1f} ms, the first {1000 * spent[0]:.1f} ms "
              f"(aim {1000 * AIM:.0f} ms); its {rows:,} answers summed by one bare query {1000 * bare:.1f} ms: ratio {ours / bare:.2f}")


def floor(path: Path, members: tuple[str, ...]) -> float:
    """One sum over the same people's evidence by sqlite3 alone."""
    marks = ",".join("?" * len(members))
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        spent = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            db.execute(f"SELECT profile, competency, count(*), sum(earned), sum(possible), max(at) FROM counted_evidence WHERE profile IN ({marks}) GROUP BY profile, competency", members).fetchall()
            spent.append(time.perf_counter() - begun)
    return sorted(spent)[ROUNDS // 2]


if __name__ == "__main__":
    main(int(os.environ.get("EVENTS", LARGE)) if sys.argv[1:] == ["large"] else SMALL)
