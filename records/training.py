"""A team's training: work assigned, competencies signed off, disputes answered, marks set by hand, comments. Every change is in the audit log of the same transaction."""

from collections import defaultdict
from dataclasses import replace

from records import audit
from records.appending import add_grading, one
from records.assigned_work import add_parts, asked_among, assigned, changed, due_of, held, parts, rows
from records.boards import COHORT, LED, PERSON, Board, board_of, work_of
from records.disputes import ANSWERED, MarkedSince, close, needed_dispute, still_so
from records.events import Grading
from records.failures import Unknown
from records.ledger import Records
from records.permissions import marks
from records.queries import QUERIES
from records.rows import points
from records.training_rows import (Asked, Assigned, Assignment, Dispute, HandMark, Lately, Letter, Remark, Shown, SignOff, Target, Tried, assignment_from, dispute_from, hand_mark_from, lately_from, letter_from,
                                   remark_from, shown_from, sign_off_from, tried_from)


class Training:
    """Over the records. Whether the actor may is asked before (`records.permissions.can`)."""

    def __init__(self, records: Records):
        self.records = records
        self.write, self.read = records.write, records.engine.read

    # Assigned work

    def assign(self, made: Assignment, cohorts: tuple[str, ...], profiles: tuple[str, ...]) -> Assignment:
        """Gives work to cohorts and people; the same id again is given once."""
        def change(db):
            audit.take_turn(db)
            if not one(db, "assignment", id=made.id):
                db.execute(QUERIES["add_assignment"], {name: getattr(made, name) for name in ("id", "kind", "subject", "title", "note", "percent", "questions", "due_at", "made_by", "made_at")})
                add_parts(db, made)
                for cohort, profile in [*((cohort, None) for cohort in cohorts), *((None, profile) for profile in profiles)]:
                    db.execute(QUERIES["assign_to"], {"assignment": made.id, "cohort": cohort, "profile": profile})
                audit.note(db, made.made_at, made.made_by, "assign", made.id, None, {"kind": made.kind, "due_at": made.due_at, "cohorts": list(cohorts), "people": list(profiles)})
            return held(db, made.id)
        return self.write(change)

    def withdraw(self, assignment: str, actor: str, at: int) -> None:
        """Asked for no more; what was done of it stays."""
        def change(db):
            audit.take_turn(db)
            if db.execute(QUERIES["withdraw_assignment"], {"id": assignment, "at": at}).rowcount:
                audit.note(db, at, actor, "withdraw assignment", assignment)
        self.write(change)

    def change_assignment(self, id: str, actor: str, at: int, **fields) -> Assignment:
        """Another title, note, share of the points, due date or other parts, for all whom it is for; what was done of it stays."""
        def change(db):
            audit.take_turn(db)
            before = held(db, id)
            if before.withdrawn_at is not None:
                raise Unknown("Not saved: this assignment was withdrawn.")
            after = replace(before, **fields)
            if after == before:
                return before
            db.execute(QUERIES["change_assignment"], {name: getattr(after, name) for name in ("id", "title", "note", "percent", "due_at")})
            if after.parts != before.parts:
                db.execute(QUERIES["drop_parts"], {"assignment": id})
                add_parts(db, after)
            audit.note(db, at, actor, "change assignment", id, *changed(before, after))
            return after
        return self.write(change)

    def extend(self, assignment: str, profile: str, due_at: int, actor: str, at: int) -> None:
        """Another due date for one person."""
        def change(db):
            audit.take_turn(db)
            held(db, assignment)
            before = due_of(db, assignment, profile)
            db.execute(QUERIES["extend"], {"assignment": assignment, "profile": profile, "due_at": due_at})
            audit.note(db, at, actor, "move due date", profile, {"assignment": assignment, "due_at": before}, {"assignment": assignment, "due_at": due_at})
        self.write(change)

    def give_time(self, profile: str, percent: int, actor: str, at: int) -> None:
        """How much of an exam's own time a person is given."""
        def change(db):
            audit.take_turn(db)
            row = one(db, "profile", id=profile)
            if not row:
                raise Unknown("Not saved: this profile is not in the records any more.")
            db.execute(QUERIES["set_time"], {"id": profile, "percent": percent})
            audit.note(db, at, actor, "give time", profile, row["time_percent"], percent)
        self.write(change)

    def assignment(self, id: str) -> Assignment | None:
        return self.read(lambda db: one(db, "assignment", id=id) and held(db, id))

    def whom(self, assignment: str) -> tuple[Target, ...]:
        return self.read(lambda db: tuple(Target(*row) for row in rows(db, "whom", assignment=assignment)))

    def assigned_to(self, profile: str) -> tuple[Assigned, ...]:
        """What a person is asked for, the earliest due first."""
        return self.read(lambda db: assigned(db, "assigned_to_person", profile))

    def made_for(self, leader: str) -> tuple[Assignment, ...]:
        """What a trainer gave, and what was given to cohorts they lead."""
        return self.read(lambda db: tuple(assignment_from(row, parts(db, row["id"])) for row in rows(db, "assignments_made", leader=leader)))

    def back_to_usual(self, assignment: str, profile: str, actor: str, at: int) -> None:
        """Takes one person's own due date away: theirs is everybody's again."""
        def change(db):
            audit.take_turn(db)
            before = due_of(db, assignment, profile)
            if db.execute(QUERIES["drop_extension"], {"assignment": assignment, "profile": profile}).rowcount:
                audit.note(db, at, actor, "take back own date", profile, {"assignment": assignment, "due_at": before}, {"assignment": assignment, "due_at": due_of(db, assignment, profile)})
        self.write(change)

    def among(self, assignment: str, who: str, whose: str = LED) -> tuple[tuple[Asked, ...], Board]:
        """Everyone of those meant who is asked for that assignment, and what a table of it alone is made of."""
        def question(db):
            asked = asked_among(db, assignment, who, whose)
            return asked, work_of(db, tuple(each.assigned for each in asked), who, whose)
        return self.read(question)

    def board(self, who: str, since: int, whose: str = COHORT, until: int | None = None) -> Board:
        """Everything that a cohort's table says, or one person's. since: from when on answers are recent; until: as it stood then, where that is named."""
        return self.read(lambda db: board_of(db, who, whose, since, until))

    def open_tracks(self, profile: str) -> tuple[str, ...]:
        """The tracks that a person aims for or was given, without those on record as completed."""
        return self.read(lambda db: tuple(row["track"] for row in rows(db, "open_tracks", profile=profile)))

    def begun(self, attempt: str) -> tuple[str, str] | None:
        """Whose attempt it is, and its title."""
        row = self.read(lambda db: one(db, "head", id=attempt))
        return row and (row["profile"], row["title"])

    def is_led(self, profile: str) -> bool:
        """Whether someone else leads an open cohort that the person is in, and is there to mark."""
        return any(marks(row["role"], row["status"]) for row in self.read(lambda db: rows(db, "led_by_others", profile=profile)))

    # Sign-offs

    def sign_off(self, id: str, profile: str, competency: str, note: str, actor: str, at: int) -> SignOff:
        """A trainer's word for a competency; one that stands already stays."""
        def change(db):
            audit.take_turn(db)
            if not (row := one(db, "sign_off_in_force", profile=profile, competency=competency)):
                db.execute(QUERIES["add_sign_off"], {"id": id, "profile": profile, "competency": competency, "note": note.strip(), "made_by": actor, "at": at})
                audit.note(db, at, actor, "sign off", profile, None, competency)
                row = one(db, "sign_off", id=id)
            return sign_off_from(row)
        return self.write(change)

    def revoke_sign_off(self, id: str, why: str, actor: str, at: int) -> None:
        def change(db):
            audit.take_turn(db)
            row = one(db, "sign_off", id=id)
            if row and db.execute(QUERIES["revoke_sign_off"], {"id": id, "by": actor, "why": why.strip(), "at": at}).rowcount:
                audit.note(db, at, actor, "revoke sign-off", row["profile"], row["competency"], None)
        self.write(change)

    def signed(self, id: str) -> SignOff | None:
        return self.read(lambda db: (row := one(db, "sign_off", id=id)) and sign_off_from(row))

    def sign_offs(self, profile: str) -> tuple[SignOff, ...]:
        """Every one a person was given, the revoked ones too, in order."""
        return self._all("sign_offs", sign_off_from, PERSON, who=profile)

    # Disputes

    def dispute(self, id: str, attempt: str, slot: str, sequence: int, reason: str, at: int) -> Dispute:
        """A learner's objection to a mark; where one is open about that answer, of several sendings about that sending, that one stands and is returned."""
        def change(db):
            audit.take_turn(db)
            if found := one(db, "dispute_about", attempt=attempt, slot=slot, sequence=sequence):
                return dispute_from(one(db, "dispute", id=found["id"]))
            row = one(db, "head", id=attempt)
            if not row or not one(db, "current_grading", attempt=attempt, slot=slot, sequence=sequence):
                raise Unknown("Not saved: there is no marked answer to speak of here.")
            db.execute(QUERIES["add_dispute"], {"id": id, "attempt": attempt, "slot": slot, "sequence": sequence, "profile": row["profile"], "reason": reason.strip(), "at": at})
            audit.note(db, at, row["profile"], "dispute", id, None, {"attempt": attempt, "slot": slot})
            return dispute_from(one(db, "dispute", id=id))
        return self.write(change)

    def close_dispute(self, id: str, state: str, answer: str, actor: str, at: int, before: int = 0) -> Dispute:
        """Declined with a reason, or withdrawn by whoever made it; one that is closed stays as it is.

        before: the number of the grading that was looked at, where one is to stand; raises `MarkedSince` where another stands by now, or the dispute was answered.
        """
        def change(db):
            audit.take_turn(db)
            if before:
                still_so(db, needed_dispute(db, id), before)
            close(db, id, state, answer, actor, at)
            return needed_dispute(db, id)
        return self.write(change)

    def one_dispute(self, id: str) -> Dispute | None:
        return self.read(lambda db: (row := one(db, "dispute", id=id)) and dispute_from(row))

    def disputes(self, who: str, whose: str = PERSON, state: str = "") -> tuple[Dispute, ...]:
        return self._all("disputes", dispute_from, whose, who=who, state=state)

    # Marks by hand

    def letters(self, who: str, whose: str = LED) -> tuple[Letter, ...]:
        """The letters nobody has read yet, the oldest first."""
        return self._all("letters", letter_from, whose, who=who)

    def waiting(self, who: str, whose: str = LED) -> tuple[int, int]:
        """How many disputes and letters wait of those people, without what is their own."""
        row, = self.read(lambda db: rows(db, "waiting", whose, who=who, but=who))
        return row["disputes"], row["letters"]

    def standing_mark(self, attempt: str, slot: str, sequence: int) -> int:
        """The number of the grading that counts, which a mark by hand must name."""
        row = self.read(lambda db: one(db, "current_grading", attempt=attempt, slot=slot, sequence=sequence))
        return row["grading_seq"] if row else 0

    def mark_by_hand(self, mark: HandMark, grading: Grading, outcome: str = "upheld") -> None:
        """Sets a mark over the one that was looked at, closes the dispute it answers with that outcome, and counts the letters of that step as read; all at once, once.

        Raises `MarkedSince` where another mark came between, or the dispute was answered.
        """
        def change(db):
            audit.take_turn(db)
            if one(db, "hand_mark", id=mark.id):
                return
            key = {"attempt": mark.attempt, "slot": mark.slot, "sequence": mark.sequence}
            before = one(db, "current_grading", **key)
            if not before or before["grading_seq"] != mark.before:
                raise MarkedSince()
            if mark.dispute and needed_dispute(db, mark.dispute).state != "open":
                raise MarkedSince(ANSWERED)
            after = mark.before + add_grading(db, grading, mark.at)
            db.execute(QUERIES["add_hand_mark"], {**key, "id": mark.id, "made_by": mark.made_by, "reason": mark.reason.strip(), "before": mark.before, "after": after, "dispute": mark.dispute, "at": mark.at})
            db.execute(QUERIES["read_letters"], {**key, "by": mark.made_by, "at": mark.at})
            if mark.dispute:
                close(db, mark.dispute, outcome, mark.reason, mark.made_by, mark.at)
            earned = [str(points(each)) for each in (before["earned"], one(db, "current_grading", **key)["earned"])]
            audit.note(db, mark.at, mark.made_by, "mark by hand", one(db, "head", id=mark.attempt)["profile"], {**key, "points": earned[0]}, {**key, "points": earned[1], "mark": mark.id})
        self.write(change)

    def hand_marks(self, profile: str, since: int = 0) -> tuple[HandMark, ...]:
        """Every mark that a person set on a learner's answers, in order."""
        return self._all("hand_marks", hand_mark_from, PERSON, who=profile, since=since)

    # Comments

    def remark(self, made: Remark) -> None:
        """A trainer's comment, for the learner to read."""
        def change(db):
            audit.take_turn(db)
            if not one(db, "remark", id=made.id):
                db.execute(QUERIES["add_remark"], {name: getattr(made, name) for name in ("id", "attempt", "slot", "profile", "text", "made_by", "at")})
                audit.note(db, made.at, made.made_by, "comment", made.profile, None, {"attempt": made.attempt, "comment": made.id})
        self.write(change)

    def withdraw_remark(self, id: str, actor: str, at: int) -> None:
        def change(db):
            audit.take_turn(db)
            row = one(db, "remark", id=id)
            if row and db.execute(QUERIES["withdraw_remark"], {"id": id, "at": at}).rowcount:
                audit.note(db, at, actor, "withdraw comment", row["profile"], {"comment": id}, None)
        self.write(change)

    def one_remark(self, id: str) -> Remark | None:
        return self.read(lambda db: (row := one(db, "remark", id=id)) and remark_from(row))

    def remarks(self, profile: str, since: int = 0) -> tuple[Remark, ...]:
        """What trainers wrote for a learner, in order."""
        return self._all("remarks", remark_from, PERSON, who=profile, since=since)

    # One learner's hours

    def moments(self, profile: str) -> tuple[tuple[int, ...], ...]:
        """When a learner did something, attempt by attempt."""
        times = defaultdict(list)
        for row in self.read(lambda db: rows(db, "steps_of", profile=profile)):
            times[row["attempt"]].append(row["at"])
        return tuple(map(tuple, times.values()))

    def _all(self, query: str, made, whose: str, **values) -> tuple:
        return self.read(lambda db: tuple(map(made, rows(db, query, whose, **values))))
