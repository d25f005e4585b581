"""Passwords: which ones may be chosen, how they are kept, and how one is tried without telling whether there is such an account."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's least for argon2id: two passes over 19 MiB."""
NOBODYS = HASHER.hash("a password that nobody has")
"""What is verified where there is no account, so that it takes as long as where there is one."""
COMMON = ("password", "passwort", "qwerty", "letmein", "welcome", "iloveyou", "admin", "cleanclaim", "clean claim", "clean-claim", "abcdef", "123456", "111111", "000000")


def complaint(password: str, email: str, name: str) -> str:
    """A sentence on why this one may not be chosen; nothing when it may."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return f"Choose {SHORTEST} characters or more. Four unrelated words make a good one."
    if len(password) > LONGEST:
        return f"Choose at most {LONGEST} characters."
    if len(set(plain)) < 5:
        return "Choose one with more than a few different characters."
    own = [part for part in (email.casefold().partition("@")[0], *name.casefold().split()) if len(part) >= 4]
    rest = plain
    for word in (*COMMON, *own):
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2:
        return "That one is easily guessed: it is little more than a common word, or your own name. Choose another."
    return ""


def hashed(password: str) -> str:
    return HASHER.hash(password)


def verified(kept: str | None, password: str) -> bool:
    """Whether it is that password. Without a kept hash the work is done all the same."""
    try:
        return HASHER.verify(kept or NOBODYS, password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether it was hashed under other parameters than today's."""
    return HASHER.check_needs_rehash(kept)
