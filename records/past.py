"""What a learner has answered so far, over all attempts, and the same again at little cost when only answers were added since."""

import json

from records.appending import one
from records.events import PastAnswer, Since
from records.queries import QUERIES
from records.rows import past_answer_from, units


class Past:
    """The part of `Records` that tells of past answers."""

    def met(self, profile: str) -> dict[str, int]:
        """When the learner last met each slot's question: answered it, or saw it in an exam and left it."""
        return {row["slot"]: row["at"] for row in self._rows("met", profile=profile)}

    def answers_of(self, profile: str) -> tuple[PastAnswer, ...]:
        """Every graded answer of the learner to a question, of quizzes, exams and practice, in the order of writing; graded anew, as it counts now."""
        return self.engine.read(lambda db: tuple(answer for _, _, answer in answers(db, profile)))

    def answers_since(self, profile: str, marker: tuple[int, ...] = (), reaches: int = 0) -> Since | None:
        """The answers after an earlier look, whose marker and reach these are, or all of them.

        None where more has changed than those account for, as an older answer marked anew; then look at all of them again.
        """
        return self.engine.read(lambda db: since(db, profile, marker, reaches))

    def marker(self, profile: str) -> tuple[int, ...]:
        """Figures of which one changes whenever an answer of the learner is written or marked anew."""
        return self.engine.read(lambda db: mark(db, profile))

    def times_of(self, slot: str, most: int = 101) -> tuple[int, ...]:
        """How long the latest answers to a question took at this installation, in milliseconds, where it was noted."""
        taken = (json.loads(row["payload"]).get("milliseconds", 0) for row in self._rows("answers_in", slot=slot, most=most))
        return tuple(each for each in taken if each)


def mark(db, profile: str) -> tuple[int, ...]:
    return tuple(int(each) for each in one(db, "marker", profile=profile))


def answers(db, profile: str, since: int = -1, after: int = 0) -> list[tuple[int, int, PastAnswer]]:
    """Each with its place in the log and its attempt's. since: only of attempts that something came to from this time on."""
    said = [(row["attempt"], json.loads(row["payload"])) for row in db.execute(QUERIES["confidence_of"], {"profile": profile})]
    sure = {(attempt, each["slot"]): each["level"] or 0 for attempt, each in said}
    rows = db.execute(QUERIES["answers_of"], {"profile": profile, "since": since, "after": after})
    return [(row["serial"], row["turn"], past_answer_from(row, sure)) for row in rows]


def since(db, profile: str, marker: tuple[int, ...], reaches: int) -> Since | None:
    """The sums that the marker is made of tell whether the new answers are all that changed."""
    now = mark(db, profile)
    found = answers(db, profile, marker[1], reaches) if marker else answers(db, profile)
    if marker:
        _, _, slots, possible, earned = marker
        grown = (slots + len(found), possible + sum(turn * units(answer.possible) for _, turn, answer in found), earned + sum(turn * units(answer.earned) for _, turn, answer in found))
        if now[2:] != grown:
            return None
    return Since(now, max((serial for serial, _, _ in found), default=reaches), tuple(answer for _, _, answer in found))
