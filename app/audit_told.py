"""Rows of the audit log as sentences: who did what to whom, with names where the person is still here, dates as dates and points as points."""

from collections.abc import Callable
from dataclasses import dataclass

from app.session import catalogue, exams, told, tracks
from app.work_offered import count
from records import Account, Cohort, Dispute, Training
from records.audit import Entry

GONE = "someone whose account is gone"
OFFICES = ("command line", "provider", "sign-in page", "tests", "records")
"""Actors that are nobody: a word of ours is shown as it is."""


class Names:
    """What the ids of the log stand for, looked up once each."""

    def __init__(self, accounts: tuple[Account, ...], cohorts: tuple[Cohort, ...], training: Training):
        self.people = {account.profile: account.name for account in accounts}
        self.cohorts = {cohort.id: cohort.name for cohort in cohorts}
        self.training, self.known = training, {}

    def person(self, id: str) -> str:
        return self.people.get(id) or (id if id in OFFICES or " " in id else GONE)

    def cohort(self, id: str) -> str:
        return f"the cohort “{self.cohorts[id]}”" if id in self.cohorts else "a cohort"

    def assignment(self, id: str) -> str:
        found = self._once(id, self.training.assignment)
        return f"“{found.title}”" if found else "an assignment that is gone"

    def dispute(self, id: str) -> Dispute | None:
        return self._once(id, self.training.one_dispute)

    def attempt(self, id: str) -> tuple[str, str]:
        """Whose attempt it is, and what at; a person's go with them."""
        found = self._once(id, self.training.begun)
        return (found[0], f"“{found[1]}”") if found else ("", "work that is gone")

    def skill(self, id: str) -> str:
        held = catalogue().competencies
        return held[id].name if id in held else id

    def item(self, id: str) -> str:
        held = catalogue().items
        return f"the question “{held[id].slug}”" if id in held else "a question that is gone"

    def part(self, id: str) -> str:
        """A piece of an assignment."""
        held = catalogue()
        whole = next((one.title for one in held.sets if str(one.id) == id), "")
        return whole or (held.items[id].title if id in held.items and hasattr(held.items[id], "title") else exams().get(id.removeprefix("exam:")) or self.skill(id))

    def goal(self, id: str) -> str:
        """An exam or a track."""
        return exams().get(id) or tracks().get(id) or id

    def _once(self, id: str, look: Callable):
        if id not in self.known:
            self.known[id] = look(id)
        return self.known[id]


@dataclass(frozen=True)
class Row:
    """A row on its way into words."""
    entry: Entry
    names: Names

    @property
    def own(self) -> bool:
        return self.entry.actor == self.entry.subject

    @property
    def whom(self) -> str:
        return "themselves" if self.own else self.names.person(self.entry.subject)

    @property
    def whose(self) -> str:
        return "their own" if self.own else possessive(self.names.person(self.entry.subject))

    def was(self, name: str = "", otherwise: object = "") -> object:
        return value(self.entry.before, name, otherwise)

    def is_(self, name: str = "", otherwise: object = "") -> object:
        return value(self.entry.after, name, otherwise)


def value(held: object, name: str, otherwise: object) -> object:
    """A value of a row, whole or by name."""
    if not name:
        return otherwise if held is None else held
    return held.get(name, otherwise) if isinstance(held, dict) else otherwise


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def day(at: object) -> str:
    """A moment as a day: due dates are the last of theirs."""
    return told(int(at)).split(",")[0] if str(at).isdigit() else str(at)


def points(said: object) -> str:
    """Points as the log has them, in words."""
    number = f"{float(said):g}" if str(said).replace(".", "", 1).isdigit() else str(said)
    return f"{number} point{'' if number == '1' else 's'}"


def sentence(row: Row) -> str:
    """What was done, to follow the name of who did it. An act without words here is told as it is kept."""
    words = SAID.get(row.entry.act)
    return words(row) if words else plainly(row)


def plainly(row: Row) -> str:
    """An act that has no sentence of its own."""
    what = row.names.person(row.entry.subject)
    told_ = [", ".join(f"{name} {each}" for name, each in said.items()) if isinstance(said, dict) else str(said) for said in (row.entry.before, row.entry.after) if said is not None]
    return f"{row.entry.act}: {row.entry.subject if what == GONE else what}" + (f" ({' → '.join(told_)})" if told_ else "")


# Acts that need more than a line

def assigned(row: Row) -> str:
    to = [*(row.names.cohort(id) for id in row.is_("cohorts", [])), *(row.names.person(id) for id in row.is_("people", []))]
    return f"assigned {row.names.assignment(row.entry.subject)} to {', '.join(to) or 'nobody'}, due {day(row.is_('due_at'))}"


def changed_work(row: Row) -> str:
    said = []
    if row.is_("due_at"):
        said.append(f"due {day(row.is_('due_at'))} instead of {day(row.was('due_at'))}")
    if row.entry.after and "percent" in row.entry.after:
        said.append(f"{row.is_('percent')}% of the points wanted instead of {row.was('percent')}%")
    if taken := row.was("parts", []):
        said.append(f"without {', '.join(map(row.names.part, taken))}")
    if added := row.is_("parts", []):
        said.append(f"with {', '.join(map(row.names.part, added))}")
    if row.is_("words"):
        said.append("in other words")
    return f"changed the assignment {row.names.assignment(row.entry.subject)}: {'; '.join(said)}"


def marked(row: Row) -> str:
    attempt = str(row.is_("attempt") or row.entry.subject)
    profile, title = row.names.attempt(attempt)
    whose = possessive(row.names.person(profile or (row.entry.subject if row.entry.subject in row.names.people else GONE)))
    before, after = points(row.was("points")), points(row.is_("points"))
    return f"read {whose} answer in {title}, and its mark stands at {after}" if before == after else f"marked {whose} answer in {title} by hand: {after} instead of {before}"


def about_dispute(row: Row) -> tuple[str, str]:
    """Whose dispute it is, and what of."""
    found = row.names.dispute(row.entry.subject)
    return (possessive(found.name), f"“{found.title}”") if found else ("a", "work that is gone")


def answered(row: Row) -> str:
    whose, title = about_dispute(row)
    return f"answered {whose} dispute about {title}: " + ("the mark was changed" if row.is_() == "upheld" else "the mark stands")


def date_moved(row: Row) -> str:
    return f"moved {row.whose} due date of {row.names.assignment(str(row.is_('assignment')))} from {day(row.was('due_at'))} to {day(row.is_('due_at'))}"


def date_taken_back(row: Row) -> str:
    return f"took {row.whose} own due date of {row.names.assignment(str(row.is_('assignment')))} back: {day(row.is_('due_at'))} instead of {day(row.was('due_at'))}"


def commented(row: Row) -> str:
    return f"wrote {row.whom} a comment on {row.names.attempt(str(row.is_('attempt')))[1]}"


def status_changed(row: Row) -> str:
    if row.is_() == "disabled":
        return f"shut {row.whom} out"
    return "came in for the first time" if row.own else f"let {row.whom} in again"


def certified(row: Row) -> str:
    return "had a certificate made" if row.own else f"made a certificate for {row.whom}"


SAID: dict[str, Callable[[Row], str]] = {
    # Signing in
    "sign in": lambda row: "signed in",
    "sign out": lambda row: "signed out",
    "end session": lambda row: f"ended one of {row.whose} sessions",
    "end sessions": lambda row: f"ended {row.whose} sessions ({row.is_(otherwise=0)})",
    "make join link": lambda row: f"made an invitation link for {row.whom}",
    "make reset link": lambda row: f"made a link for {row.whom} to sign in anew",
    "set password": lambda row: f"set {row.whose} password",
    "link identity": lambda row: f"tied {row.whose} account to a sign-in of {row.is_()}",
    "lock out for a while": lambda row: f"locked {row.whom} out for a while, after wrong passwords",
    # People
    "add account": lambda row: f"added {row.whom} as {row.is_('role')}",
    "correct name": lambda row: f"took {row.whose} name over from the sign-in" if row.own or row.entry.actor == "provider" else f"corrected the name of {row.whom}",
    "correct e-mail address": lambda row: f"corrected the e-mail address of {row.whom}",
    "change role": lambda row: f"made {row.whom} {row.is_()} instead of {row.was()}",
    "change status": status_changed,
    "erase": lambda row: f"erased everything of {row.whom}; {count(int(row.is_('completions kept', 0)), 'completion')} and {count(int(row.is_('certificates kept', 0)), 'certificate')} were kept",
    "retention": lambda row: f"let what was past its term go: {count(int(row.is_('attempts', 0)), 'attempt')} and {count(int(row.is_('completions', 0)), 'completion')}",
    "take away": lambda row: f"made the file of everything kept about {row.whom}",
    "complete": lambda row: f"completed the {row.is_('kind')} {row.names.goal(str(row.is_('subject')))}",
    "issue certificate": certified,
    # Cohorts
    "make cohort": lambda row: f"made {row.names.cohort(row.entry.subject)}",
    "rename cohort": lambda row: f"renamed the cohort “{row.was()}” to “{row.is_()}”",
    "close cohort": lambda row: f"closed {row.names.cohort(row.entry.subject)}",
    "reopen cohort": lambda row: f"opened {row.names.cohort(row.entry.subject)} again",
    "join cohort": lambda row: f"took {row.whom} into {row.names.cohort(str(row.is_()))}",
    "leave cohort": lambda row: f"took {row.whom} out of {row.names.cohort(str(row.was('cohort') or row.was()))}",
    "lead cohort": lambda row: f"made {row.whom} a leader of {row.names.cohort(str(row.is_()))}",
    "lead no more": lambda row: f"took the lead of {row.names.cohort(str(row.was()))} from {row.whom}",
    # Work
    "assign": assigned,
    "change assignment": changed_work,
    "withdraw assignment": lambda row: f"withdrew the assignment {row.names.assignment(row.entry.subject)}",
    "move due date": date_moved,
    "take back own date": date_taken_back,
    "give time": lambda row: f"gave {row.whom} {row.is_()}% of an exam’s time instead of {row.was()}%",
    # Marks
    "sign off": lambda row: f"signed off {row.whose} competency {row.names.skill(str(row.is_()))}",
    "revoke sign-off": lambda row: f"took back the sign-off of {row.whose} competency {row.names.skill(str(row.was()))}",
    "mark by hand": marked,
    "dispute": lambda row: f"disputed the mark of an answer in {about_dispute(row)[1]}",
    "answer dispute": answered,
    "withdraw dispute": lambda row: f"took the dispute about {about_dispute(row)[1]} back",
    "comment": commented,
    "withdraw comment": lambda row: f"took a comment for {row.whom} back",
    "correct marks": lambda row: f"corrected the marks of {row.names.item(row.entry.subject)} ({row.is_('policy')}): {count(int(row.is_('marks', 0)), 'mark')}",
    "take back correction": lambda row: f"took the correction of {row.names.item(row.entry.subject)} back: {count(int(row.is_('marks', 0)), 'mark')}",
    "calibrate": lambda row: f"calibrated {count(int(row.is_('items', 0)), 'question')} from {count(int(row.is_('answers', 0)), 'first answer')} of {count(int(row.is_('learners', 0)), 'learner')}",
    # What leaves
    "export cohort": lambda row: f"saved the {'assigned work' if row.is_('each') else 'table'} of {row.names.cohort(row.entry.subject)} as {str(row.is_('file')).upper()}, with {count(int(row.is_('people', 0)), 'person', 'people')} in it",
    "export completions": lambda row: f"saved the list of completions as {str(row.is_('file')).upper() or 'a file'}, with {count(int(row.is_('rows', 0)), 'row')} in it",
    "export learner": lambda row: f"saved {row.whose} evidence as {str(row.is_('file')).upper()}",
    "tell record store": lambda row: f"told {count(int(row.is_('statements', 0)), 'statement')} to the record store at {row.entry.subject}",
    "write statements": lambda row: f"wrote {count(int(row.is_('statements', 0)), 'statement')} for a record store to a file",
}
"""Act to its sentence."""
