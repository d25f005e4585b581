"""People as they are pasted to be invited, one a line: name, e-mail address, role; with every mistake told by its line."""

import re
from collections.abc import Collection
from dataclasses import dataclass

MOST = 200
LONGEST_NAME, LONGEST_ADDRESS = 60, 320
BETWEEN = re.compile(r"[\t;,]")
"""As spreadsheets and mail programs write between them."""


@dataclass(frozen=True)
class Listed:
    name: str
    email: str
    role: str


def is_address(email: str) -> bool:
    """Whether it looks like an e-mail address; that it is one, nobody can tell without writing to it."""
    return email.count("@") == 1 and all(email.split("@")) and len(email) <= LONGEST_ADDRESS and not any(c.isspace() for c in email)


def read(text: str, roles: Collection[str], needs_address: bool, taken: Collection[str]) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """The people, and a sentence for each mistake. taken: the addresses that accounts have; needs_address: whether people sign in with it."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        return (), ("Write a line for each person: name, e-mail address, role.",)
    if len(lines) > MOST:
        return (), (f"There are {len(lines)} lines; up to {MOST} people are invited at once.",)
    people, wrong, seen = [], [], {}
    for number, line in lines:
        one, complaints = _line(line, roles, needs_address)
        address = one.email.casefold()
        if address in taken:
            complaints.append(f"there is an account with the address {one.email} already")
        elif address and address in seen:
            complaints.append(f"the address {one.email} stands in line {seen[address]} too")
        seen.setdefault(address, number)
        people.append(one)
        wrong += [f"Line {number}: {complaint}." for complaint in complaints]
    return tuple(people), tuple(wrong)


def _line(line: str, roles: Collection[str], needs_address: bool) -> tuple[Listed, list[str]]:
    """One person: what stands before the address is the name, what stands after it the role, which is learner where none is named."""
    parts = [part.strip().strip('"').strip() for part in BETWEEN.split(line)]
    at = next((place for place, part in enumerate(parts) if "@" in part), None)
    if at is None:
        role = parts.pop().casefold() if len(parts) > 1 and parts[-1].casefold() in roles else ""
        name, email, after = ", ".join(filter(None, parts)), "", [role] if role else []
    else:
        name, email, after = ", ".join(filter(None, parts[:at])), parts[at].removeprefix("<").removesuffix(">"), [part.casefold() for part in parts[at + 1:] if part]
    complaints = []
    if not name or len(name) > LONGEST_NAME:
        complaints.append(f"write the name first, up to {LONGEST_NAME} characters")
    if (email or needs_address) and not is_address(email):
        complaints.append(f"{email} is no e-mail address" if email else "the e-mail address is missing")
    role = after[0] if after else "learner"
    if len(after) > 1 or role not in roles:
        complaints.append(f"{', '.join(after)} is no role; roles are {', '.join(roles)}")
    return Listed(" ".join(name.split()), email, role), complaints
