"""Who may do what, and to whose things: the one table that every page and every write asks."""

from typing import Literal

Role = Literal["learner", "trainer", "author", "admin", "alone"]
Scope = Literal["own", "led", "any"]

ROLES = ("learner", "trainer", "author", "admin")
"""The roles of a team."""
ALONE = "alone"
"""Whoever sits at a machine without sign-in: what a trainer may, for themselves."""
SCOPES = ("own", "led", "any")
"""How far a permission reaches: one's own things, those of the members of cohorts one leads, everybody's. Each holds the ones before it."""

EVERYONE = {"learner": "own", "trainer": "own", "author": "own", "admin": "own", ALONE: "own"}
LEADING = {"trainer": "led", ALONE: "own"}

ACTIONS: dict[str, dict[str, str]] = {
    # One's own work
    "study": EVERYONE,                                          # begin, answer, draft, hint, reveal, finish
    "change profile": EVERYONE,                                 # name, goal, exam date
    "dispute": EVERYONE,                                        # "I think my answer is right"
    "see work": EVERYONE | LEADING,                             # attempts, reports, evidence
    "take away": EVERYONE | {"admin": "any"},                   # everything kept about a person, as a file
    "erase": EVERYONE | {"admin": "any"},
    "get certificate": EVERYONE | LEADING,
    "see completions": LEADING | {"admin": "any"},              # who completed what, as an employer must be able to show; no answers
    # Signing in
    "change password": {role: "own" for role in ROLES},
    "see sessions": {role: "own" for role in ROLES} | {"admin": "any"},
    "revoke sessions": {role: "own" for role in ROLES} | {"admin": "any"},
    # Leading others
    "see cohort": LEADING | {"admin": "any"},                   # who is in it; no answers
    "change cohort": LEADING | {"admin": "any"},                # its name and its members
    "make cohort": {"trainer": "any", "admin": "any"},
    "assign": LEADING,
    "give time": LEADING,                                       # more time in exams
    "sign off": LEADING,
    "override marks": LEADING,                                  # the marking queue: letters and disputes
    "remind": LEADING,
    "export cohort": LEADING,                                   # CSV, XLSX, xAPI
    "see item statistics": {"trainer": "any", "author": "any", ALONE: "any"},
    "correct items": {"trainer": "any", ALONE: "any"},          # marks of one item anew, for all who answered it
    # Content
    "see keys": {"author": "any"},                              # the page Content, and beside item statistics; not who answered what. Files are written with an editor, not here
    # People
    "see people": {"admin": "any"},
    "invite": {"admin": "any"},
    "correct accounts": {"admin": "any"},                       # the name and the address of one
    "change role": {"admin": "any"},
    "change status": {"admin": "any"},
    "make reset link": {"admin": "any"},
    "name leaders": {"admin": "any"},
    "see audit log": {"admin": "any"},
}
"""Action to the roles that may do it, each with how far. Whoever is not named may not."""


def reach(role: str, action: str) -> Scope | None:
    """How far a role may do it; None where it may not at all. An action that is not in the table is a mistake of ours, and is raised."""
    return ACTIONS[action].get(role)


def marks(role: str, status: str) -> bool:
    """Whether whoever leads a cohort with an account of that role and status is there to see its people's work and mark it: neither shut out, nor still to come in, nor in a role that may not."""
    return status == "active" and can(role, "override marks", "led")


def can(role: str, action: str, scope: Scope = "own") -> bool:
    """Whether the role may do it to something of that scope."""
    held = reach(role, action)
    return held is not None and SCOPES.index(scope) <= SCOPES.index(held)
