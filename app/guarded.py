"""The records as the person at the screen may see and change them: each method has a rule, and one without a rule is refused in a team."""

from collections.abc import Callable
from functools import lru_cache

from app import gate
from app.gate import ExamRunning, NotAllowed
from records import Grading, NotSaved, People, Records

# Whose things a method is about, found from its first argument.
PROFILE, ATTEMPT, OF_ATTEMPT, OF_PROFILE, NOBODYS = "profile", "attempt", ".attempt", ".profile", ""

# Method: what its first argument names, the action of `records.permissions` it needs, and what a reader gets who may not see it (`RAISE`: a sentence).
RAISE = object()
RULES: dict[str, tuple[str, str, object]] = {
    # Reading. An attempt that is not theirs to see is to them as if it were not there.
    "attempt": (ATTEMPT, "see work", None), "log": (ATTEMPT, "see work", None), "draft": (ATTEMPT, "see work", None), "drafts": (ATTEMPT, "see work", ()),
    "next_sequence": (ATTEMPT, "see work", RAISE),
    "profile": (PROFILE, "see work", None), "attempts_of": (PROFILE, "see work", RAISE), "history": (PROFILE, "see work", RAISE), "history_length": (PROFILE, "see work", RAISE),
    "begun_before_the_last": (PROFILE, "see work", RAISE), "open_attempt": (PROFILE, "see work", RAISE),
    "open_of_kind": (PROFILE, "see work", RAISE), "met": (PROFILE, "see work", RAISE), "answers_of": (PROFILE, "see work", RAISE), "answers_since": (PROFILE, "see work", RAISE),
    "evidence": (PROFILE, "see work", RAISE), "domain_evidence": (PROFILE, "see work", RAISE), "item_states": (PROFILE, "see work", RAISE),
    "corrections_of": (PROFILE, "see work", RAISE), "marker": (PROFILE, "see work", RAISE),
    "first_meetings": (PROFILE, "see work", RAISE), "openings_of": (PROFILE, "see work", RAISE), "real_exams": (PROFILE, "see work", RAISE),
    # Writing
    "start": (OF_PROFILE, "study", RAISE), "append": (OF_ATTEMPT, "study", RAISE), "finish": (ATTEMPT, "study", RAISE), "note": (ATTEMPT, "study", RAISE),
    "close_attempt": (ATTEMPT, "study", RAISE), "save_draft": (ATTEMPT, "study", RAISE), "append_grading": (OF_ATTEMPT, "study", RAISE),
    "update_aims": ("id", "change profile", RAISE), "delete_profile": (PROFILE, "erase", RAISE),
    "report_exam": (OF_PROFILE, "study", RAISE), "take_back_exam": (PROFILE, "study", RAISE),
    # What outlives the answers, and what a person takes away
    "complete": (OF_PROFILE, "study", RAISE), "completions_of": (PROFILE, "see work", RAISE), "certify": (OF_PROFILE, "get certificate", RAISE),
    "certificates_of": (PROFILE, "see work", RAISE), "take_away": (PROFILE, "take away", RAISE), "note_taken_away": (PROFILE, "take away", RAISE),
    "past_answers": (NOBODYS, "see item statistics", RAISE),
    # Over everybody's answers
    "answered": (NOBODYS, "correct items", RAISE), "slots_answered": (NOBODYS, "correct items", RAISE), "regrade": (NOBODYS, "correct items", RAISE),
    "undo_regrade": (NOBODYS, "correct items", RAISE), "regrade_run": (NOBODYS, "correct items", RAISE), "regrade_runs": (NOBODYS, "correct items", RAISE),
    "regrade_changes": (NOBODYS, "correct items", RAISE), "profiles": (NOBODYS, "correct items", RAISE), "times_of": (NOBODYS, "study", RAISE),
    "difficulties": (NOBODYS, "study", RAISE), "calibrated": (NOBODYS, "study", RAISE), "results_of_exam": (NOBODYS, "study", RAISE),
}
MOST_BEGUN, DAY = 500, 86_400_000
"""Attempts that one person may begin within a day, in a team."""
SIGNED_OUT, NOT_ALLOWED, EXAM_RUNNING = "signed-out", "not-allowed", "exam-running"
"""Why an answer was refused before it came to the records, as it is counted."""
STUDYING = ("start", "append", "finish", "note", "close_attempt")
"""What a learner does; a draft may still be kept."""
COMPLETING = ("append", "close_attempt")
"""After which something may be completed."""
FREE = ("close", "path", "dialect", "shape", "runs_on")
"""What says nothing of anybody."""
NEVER = ("add_profile", "update_profile", "write", "engine", "open", "rebuild_projections", "keep_difficulties", "learners", "projections_equal_fold", "answers_past_term", "completions_before", "certified", "expire", "gone", "forget_again", "unaccounted", "cannot_write")
"""What no page may do in a team: people are invited, and the rest is the command line's."""


class TooManyBegun(NotSaved):
    """More attempts than a person begins."""


class Guarded:
    """Stands before the records. Alone it lets everything through; in a team it asks who is there, whose it is, and whether they may."""

    def __init__(self, records: Records, then: Callable[[str, str, Grading | None], None] | None = None, before: Callable[[str, str], None] | None = None):
        """then: told after each graded answer and each exam that was ended: whose it is, the attempt, and the answer's grading.

        before: asked first of what a learner does, with whose it is and the attempt, nothing for a new one; it raises where that has to wait.
        """
        self.unguarded, self.then, self.before = records, then, before
        self.people = People(records)
        self.owner = lru_cache(maxsize=8192)(records.owner)    # whose an attempt is never changes

    def __getattr__(self, name: str):
        found = getattr(self.unguarded, name)
        if name in COMPLETING and self.then:
            found = self._and_then(found)
        if name in STUDYING and self.before:
            found = self._first_asked(name, found)
        if name in FREE or not gate.is_team():
            return found
        if name not in RULES:
            raise NotAllowed(f"Not allowed: {name} is not for pages.")
        return lambda *given, **named: self._ruled(name, found, given, named)

    def _and_then(self, method):
        """The method, and then whoever is to be told; nobody of a step that nothing was given for, or that was there before."""
        def stored(about, graded=None, *more, **named):
            done = method(about, graded, *more, **named)
            if graded is not None and done.stored:
                self.then(self._owner(done.step.attempt), done.step.attempt, graded if isinstance(graded, Grading) else None)
            return done
        return stored

    def _first_asked(self, name: str, method):
        """The method, unless what it does has to wait."""
        about = RULES[name][0]

        def asked(first, *more, **named):
            if owner := self.owner_of(about, first):
                try:
                    self.before(owner, first if about == ATTEMPT else getattr(first, "attempt", ""))
                except ExamRunning:
                    if name == "append":
                        self.unguarded.figures.answer_refused(EXAM_RUNNING)
                    raise
            return method(first, *more, **named)
        return asked

    def _ruled(self, name: str, method, given: tuple, named: dict):
        """Calls the method if the viewer may."""
        about, action, otherwise = RULES[name]
        first = next(iter((*given, *named.values())), None)
        owner = self.owner_of(about, first)
        who = gate.viewer(self.people)
        unknown = owner is None and about in (ATTEMPT, OF_ATTEMPT)     # the records will say that there is none
        allowed = who != gate.NOBODY if unknown else gate.may(self.people, action, owner, who)
        if allowed:
            if name == "start":
                self._refuse_if_many(owner)
            return method(*given, **named)
        if otherwise is RAISE or who == gate.NOBODY:
            if name == "append":
                self.unguarded.figures.answer_refused(SIGNED_OUT if who == gate.NOBODY else NOT_ALLOWED)
            raise gate.refuse(self.people, action, who)
        return otherwise

    def _refuse_if_many(self, owner: str) -> None:
        """How many attempts a person begins within a day is bounded: each holds all that it asks."""
        begun = self.unguarded.begun_before_the_last(owner, MOST_BEGUN - 1)
        if begun is not None and begun > gate.now() - DAY:
            raise TooManyBegun(f"Not started: {MOST_BEGUN} attempts were begun in your name within a day, which is more than anybody works. Go on with one that is under way, or come back later.")

    def owner_of(self, about: str, first) -> str | None:
        """The profile that the first argument belongs to."""
        if about == NOBODYS:
            return None
        if about in (PROFILE, ATTEMPT):
            return first if about == PROFILE else self._owner(first)
        value = getattr(first, about.lstrip("."))
        return self._owner(value) if about == OF_ATTEMPT else value

    def _owner(self, attempt: str) -> str | None:
        found = self.owner(attempt)
        if found is None:
            self.owner.cache_clear()       # it may be begun later
        return found

    def may_read(self, attempt: str) -> bool:
        """For what is kept outside the records: whether the viewer may see that attempt."""
        return not gate.is_team() or (owner := self._owner(attempt)) is not None and gate.may(self.people, "see work", owner)
