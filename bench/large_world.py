"""Records of any number of answers, as a team's learners would have left them after a year: made inside the database by SQL, on either engine, and the same each time."""

import sqlite3
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from records import Assignment, People, Profile, Records, Ticket, Training, digest  # noqa: E402
from records.digests import fill_all  # noqa: E402

NOW, DAY = int(time.time()) * 1000, 86_400_000
LEARNERS_EACH, COHORT, ITEMS, SKILLS = 2_500, 40, 30, 60
"""Answers of a learner, people in the cohort, sets of questions, competencies."""
TRAINER = "trainer"


@dataclass(frozen=True)
class World:
    """How much there is. slots: answers of an attempt; form: bytes of what an attempt keeps of its questions."""
    events: int
    slots: int = 20
    form: int = 4_000

    @property
    def learners(self) -> int:
        return max(COHORT, self.events // LEARNERS_EACH)

    @property
    def attempts(self) -> int:
        return -(-self.events // self.slots)

    @property
    def members(self) -> tuple[str, ...]:
        """A cohort of people from all over the records."""
        return tuple(f"learner-{number:06}" for number in range(0, self.learners, max(1, self.learners // COHORT)))[:COHORT]


AS_REAL = {"slots": 8, "form": 29_700}
"""An attempt of eight questions that keeps them whole, as the quizzes that ship do on average."""

# How each engine counts, and writes a number with zeros before it or in hexadecimal digits.
COUNTING = {"sqlite": "WITH RECURSIVE n(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM n WHERE k + 1 < {many}) ", "postgres": "WITH n AS (SELECT generate_series(0::bigint, {many} - 1) AS k) "}
PADDED = {"sqlite": "printf('%0{wide}d', {value})", "postgres": "lpad(({value})::text, {wide}, '0')"}
HEXED = {"sqlite": "printf('%0{wide}x', {value})", "postgres": "lpad(to_hex(({value})::bigint), {wide}, '0')"}
QUICK = {"sqlite": ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -2000000", "PRAGMA foreign_keys = OFF"),
         "postgres": ("SET session_replication_role = replica", "SET statement_timeout = 0", "SET synchronous_commit = off")}
PATIENCE = 3600


class Words:
    """The parts of the statements that differ by engine or are needed more than once. An attempt's name is scattered over all that there could be, as random ones are."""

    def __init__(self, dialect: str, world: World):
        self.dialect, self.world = dialect, world
        self.learner = "'learner-' || " + self.padded(f"k % {world.learners}", 6)
        self.of_attempt = f"(k / {world.slots})"
        self.slot = f"(k % {world.slots})"

    def padded(self, value: str, wide: int) -> str:
        return PADDED[self.dialect].format(value=value, wide=wide)

    def counted(self, many: int) -> str:
        return COUNTING[self.dialect].format(many=many)

    def attempt(self, k: str) -> str:
        return HEXED[self.dialect].format(value=f"({k} * 2654435761) & 4294967295", wide=8) + " || '-' || " + HEXED[self.dialect].format(value=k, wide=8)

    def each(self, k: str) -> str:
        """How many attempts that learner began before."""
        return f"({k} / {self.world.learners})"

    def begun(self, k: str) -> str:
        return f"({NOW - 365 * DAY} + {self.each(k)} * {365 * DAY // max(1, self.world.attempts // self.world.learners)})"


def statements(words: Words):
    """The logs, whole: learners answer side by side, so that nobody's rows lie together; every thirtieth attempt is an exam, a few answers are given twice, a few marked anew."""
    world, text = words.world, f"CAST({{}} AS {'TEXT' if words.dialect == 'sqlite' else 'text'})".format
    at = f"{words.begun(words.of_attempt)} + 60000 * {words.slot}"
    step = f"{words.attempt(words.of_attempt)} AS attempt, 'question-' || {words.padded(f'({words.each(words.of_attempt)} % {ITEMS}) * 100 + {words.slot}', 6)} AS slot"
    share = "CASE WHEN k * 7919 % 100 < 72 THEN 10000 ELSE 0 END"
    skill = words.padded(f"({words.each(words.of_attempt)} * {world.slots} + {words.slot}) % {SKILLS}", 2)
    credits = f"""'[{{"part":"answer","earned":"' || {text(f'({share}) / 10000')} || '","possible":"1","reason":"","misconception":"","citations":["42-cfr-424.32"],"severity":""}}]'"""
    evidence = f"""'[{{"competency":"area.skill-' || {skill} || '","domains":["cpb:cpb1","cmrs:11"],"earned":' || {text(share)} || ',"possible":10000}}]'"""
    yield words.counted(world.learners) + f"INSERT INTO profile (id, name, goal_kind, goal, created_at) SELECT {words.learner}, {words.learner}, 'exam', 'cpb', 1 FROM n"
    yield words.counted(world.learners) + f"INSERT INTO account (profile, role, status, email, epoch, created_at) SELECT {words.learner}, 'learner', 'active', '', 0, 1 FROM n"
    exam = f"{words.each('k')} % {ITEMS} = {ITEMS - 1}"
    yield words.counted(world.attempts) + f"""INSERT INTO attempt (id, profile, item, item_kind, title, content_hash, seed, behaviour, form, started_at)
        SELECT {words.attempt('k')}, {words.learner}, CASE WHEN {exam} THEN 'exam:cpb' ELSE 'item-' || {text(f"{words.each('k')} % {ITEMS}")} END, CASE WHEN {exam} THEN 'exam' ELSE 'question-set' END,
        'Forty claims', '0123456789abcdef0123456789abcdef', k, CASE WHEN {exam} THEN 'exam' ELSE 'practice' END, '{{"questions":["{'x' * world.form}"]}}', {words.begun('k')} FROM n"""
    grading = "INSERT INTO grading (attempt, slot, sequence, grading_seq, grader, content_hash, earned, possible, credits, evidence, at) SELECT"
    marked = f"'1', '0123456789abcdef0123456789abcdef', {share}, 10000, {credits}, {evidence}, {at} FROM n"
    for sequence, where in ((1, "TRUE"), (2, "k % 400 = 0")):        # the second answer to one of four hundred questions
        yield words.counted(world.events) + f"INSERT INTO step (attempt, slot, sequence, kind, payload, at) SELECT {step}, {sequence}, 'submit', '{{\"response\":\"a\",\"sure\":2}}', {at} FROM n WHERE {where}"
        yield words.counted(world.events) + f"{grading} {step}, {sequence}, 1, {marked} WHERE {where}"
    yield words.counted(world.events) + f"{grading} {step}, 1, 2, {marked.replace('7919', '7907')} WHERE k % 1000 = 1"
    yield words.counted(world.attempts) + f"INSERT INTO step (attempt, slot, sequence, kind, payload, at) SELECT {words.attempt('k')}, 'attempt', 1, 'finish', '{{}}', {words.begun('k')} + 3600000 FROM n"


def make(where: Path | str, world: World) -> float:
    """Writes the logs; how many seconds that took. The sums are folded afterwards."""
    with Records.open(where, patience=PATIENCE) as records:
        dialect, place = records.engine.dialect, getattr(records.engine, "url", records.path)
    begun = time.perf_counter()
    db = quick(dialect, place)
    db.execute("BEGIN")
    for statement in statements(Words(dialect, world)):
        db.execute(statement)
    db.execute("COMMIT")
    if dialect == "postgres":
        db.execute("ANALYZE")        # a server does so by itself, a minute later
    db.close()
    with Records.open(where, patience=PATIENCE) as records:
        records.write(fill_all)
    return time.perf_counter() - begun


def quick(dialect: str, place):
    """A connection that takes no care: what is lost is made again, and what is wrong is found by the fold."""
    if dialect == "postgres":
        import psycopg
        db = psycopg.connect(place, autocommit=True)
    else:
        db = sqlite3.connect(place, isolation_level=None)
    for setting in QUICK[dialect]:
        db.execute(setting)
    return db


def cohort(records: Records, world: World) -> None:
    """The cohort, its trainer, and quizzes, an exam and a track that it was given."""
    people, training = People(records), Training(records)
    for id, role in ((TRAINER, "trainer"), ("admin", "admin")):       # a team's server wants an admin
        people.invite(Profile(id, id.capitalize(), "exam", "cpb", None, 1), role, f"{id}@example.org", Ticket(digest(id), id, "join", NOW, NOW + 10**11), "bench", NOW)
        people.use_for_identity(digest(id), "bench", id, NOW)
    people.add_cohort("c1", "Spring", TRAINER, "bench", 1)
    for member in world.members:
        people.add_member("c1", member, "bench", 1)
    skills = tuple(f"area.skill-{number:02}" for number in range(30))
    for id, kind, parts in (("w1", "items", tuple(f"item-{n}" for n in range(5))), ("w2", "exam", ("exam:cpb",)), ("w3", "track", skills)):
        training.assign(Assignment(id, kind, "", parts, id, "", 70, 0, NOW + 7 * DAY, "bench", NOW - 60 * DAY), ("c1",), ())
