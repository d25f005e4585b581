"""Passwords: which ones may be chosen, how they are kept, and how one is tried without telling whether there is such an account."""

from functools import cache

SHORTEST, LONGEST = 12, 256
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


@cache
def hasher():
    """OWASP's least for argon2id: two passes over 19 MiB. Made when it is first needed: where one learns alone nobody signs in, and argon2 is not installed."""
    from argon2 import PasswordHasher
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@cache
def nobodys() -> str:
    """What is verified where there is no account, so that it takes as long as where there is one."""
    return hashed("a password that nobody has")


def hashed(password: str) -> str:
    return hasher().hash(password)


def verified(kept: str | None, password: str) -> bool:
    """Whether it is that password. Without a kept hash the work is done all the same."""
    from argon2.exceptions import InvalidHashError, VerificationError
    instead = nobodys()          # made for either, so that not even the first attempt tells them apart
    try:
        return hasher().verify(kept or instead, password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether it was hashed under other parameters than today's."""
    return hasher().check_needs_rehash(kept)
