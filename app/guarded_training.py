"""Training as the person at the screen may read and change it: each method has its rule, asked before every call; one without a rule is refused in a team."""

import inspect
from collections.abc import Callable

from app import gate
from app.gate import NotAllowed, Viewer
from app.guarded import ATTEMPT, Guarded
from records import COHORT, LED, PERSON, Training, can

NOT_THERE = "Not allowed: there is nothing of that id here that is yours to see."


class GuardedTraining:
    """Stands before the training of the records. Alone it lets everything through; whoever writes does so in their own name."""

    def __init__(self, ledger: Guarded):
        self.ledger, self.people = ledger, ledger.people
        self.unguarded = Training(ledger.unguarded)

    def __getattr__(self, name: str):
        method = getattr(self.unguarded, name)
        if not gate.is_team():
            return method
        if name not in RULES:
            raise NotAllowed(f"Not allowed: {name} is not for pages.")

        def asked(*given, **named):
            bound = inspect.signature(method).bind(*given, **named)
            bound.apply_defaults()
            RULES[name](self, bound.arguments)
            self.in_their_own_name(bound.arguments)
            return method(*given, **named)
        return asked

    @property
    def viewer(self) -> Viewer:
        return gate.viewer(self.people)

    # What a rule can ask

    def over(self, action: str, owner: str | None) -> None:
        """That the viewer may do it to that person's things; nobody's are not there."""
        if self.viewer != gate.NOBODY and owner is None:
            raise NotAllowed(NOT_THERE)
        if not gate.may(self.people, action, owner, self.viewer):
            raise gate.refuse(self.people, action, self.viewer)

    def another(self, action: str, owner: str | None) -> None:
        """The same, of another person alone: nobody judges their own."""
        self.over(action, owner)
        if owner == self.viewer.profile:
            raise NotAllowed(f"Not allowed: you cannot {action} for yourself. Another trainer of your cohort can.")

    def oneself(self, action: str, who: str | None) -> None:
        """That it is asked for the viewer, who may do it at all."""
        self.over(action, self.viewer.profile)
        if who != self.viewer.profile:
            raise gate.refuse(self.people, action, self.viewer)

    def cohort(self, action: str, cohort: str) -> None:
        """That the viewer may do it to that cohort: as one who leads it, or as one who may to any."""
        who = self.viewer
        led = can(who.role, action, "led") and self.people.leads_cohort(who.profile, cohort) if who != gate.NOBODY else False
        if who == gate.NOBODY or not can(who.role, action, "led" if led else "any"):
            raise gate.refuse(self.people, action, who)

    def gave(self, assignment: str) -> None:
        """That the work was given by the viewer, or to a cohort they lead."""
        self.oneself("assign", self.viewer.profile)
        if assignment not in {made.id for made in self.unguarded.made_for(self.viewer.profile)}:
            raise NotAllowed(NOT_THERE)

    def whose(self, action: str, who: str, whose: str) -> None:
        """Of one person, of all whom the viewer leads, or of a cohort."""
        if whose == PERSON:
            self.over(action, who)
        elif whose == LED:
            self.oneself(action, who)
        else:
            self.cohort(action, who)

    def of_attempt(self, attempt: str) -> str | None:
        return self.ledger.owner_of(ATTEMPT, attempt)

    def owner_of(self, found) -> str | None:
        return found.profile if found else None

    def in_their_own_name(self, given: dict) -> None:
        """What is written says who wrote it: the viewer."""
        for name, value in given.items():
            by = value if name == "actor" else getattr(value, "made_by", self.viewer.profile)
            if by != self.viewer.profile:
                raise NotAllowed("Not allowed: nobody writes in another's name.")


def own_work(of: str) -> Callable:
    """For reading about the person that the argument names."""
    return lambda self, given: self.over("see work", given[of])


def give(self: GuardedTraining, given: dict) -> None:
    for cohort in given["cohorts"]:
        self.cohort("assign", cohort)
    for profile in given["profiles"]:
        self.over("assign", profile)
    self.oneself("assign", self.viewer.profile)


def extend(self: GuardedTraining, given: dict) -> None:
    self.gave(given["assignment"])
    self.another("give time", given["profile"])


def among(self: GuardedTraining, given: dict) -> None:
    self.gave(given["assignment"])
    self.whose("see work", given["who"], given["whose"])


def close(self: GuardedTraining, given: dict) -> None:
    """Taken back by whoever raised it, answered by another who leads them."""
    owner = self.owner_of(self.unguarded.one_dispute(given["id"]))
    self.oneself("dispute", owner) if given["state"] == "withdrawn" else self.another("override marks", owner)


def remark(self: GuardedTraining, given: dict) -> None:
    self.another("override marks", given["made"].profile)
    if self.of_attempt(given["made"].attempt) != given["made"].profile:
        raise NotAllowed(NOT_THERE)


def waiting(self: GuardedTraining, given: dict) -> None:
    """How many things wait: of whom the viewer leads, or, without what they are, of a cohort they may see."""
    self.cohort("see cohort", given["who"]) if given["whose"] == COHORT else self.whose("override marks", given["who"], given["whose"])


RULES: dict[str, Callable[[GuardedTraining, dict], None]] = {
    "assign": give, "change_assignment": lambda self, given: self.gave(given["id"]), "withdraw": lambda self, given: self.gave(given["assignment"]), "extend": extend, "back_to_usual": extend, "among": among,
    "give_time": lambda self, given: self.another("give time", given["profile"]),
    "assignment": lambda self, given: self.gave(given["id"]), "whom": lambda self, given: self.gave(given["assignment"]),
    "assigned_to": own_work("profile"), "made_for": lambda self, given: self.oneself("assign", given["leader"]),
    "begun": lambda self, given: self.over("see work", self.of_attempt(given["attempt"])),
    "board": lambda self, given: self.whose("see work", given["who"], given["whose"]),
    "open_tracks": own_work("profile"), "is_led": own_work("profile"), "sign_offs": own_work("profile"), "hand_marks": own_work("profile"), "remarks": own_work("profile"), "moments": own_work("profile"),
    "sign_off": lambda self, given: self.another("sign off", given["profile"]),
    "signed": lambda self, given: self.over("see work", self.owner_of(self.unguarded.signed(given["id"]))),
    "revoke_sign_off": lambda self, given: self.another("sign off", self.owner_of(self.unguarded.signed(given["id"]))),
    "dispute": lambda self, given: self.oneself("dispute", self.of_attempt(given["attempt"])), "close_dispute": close,
    "one_dispute": lambda self, given: self.over("see work", self.owner_of(self.unguarded.one_dispute(given["id"]))),
    "disputes": lambda self, given: self.whose("see work" if given["whose"] == PERSON else "override marks", given["who"], given["whose"]),
    "letters": lambda self, given: self.whose("override marks", given["who"], given["whose"]),
    "waiting": waiting,
    "standing_mark": lambda self, given: self.over("see work", self.of_attempt(given["attempt"])),
    "mark_by_hand": lambda self, given: self.another("override marks", self.of_attempt(given["mark"].attempt)),
    "remark": remark, "one_remark": lambda self, given: self.over("see work", self.owner_of(self.unguarded.one_remark(given["id"]))),
    "withdraw_remark": lambda self, given: self.another("override marks", self.owner_of(self.unguarded.one_remark(given["id"]))),
}
