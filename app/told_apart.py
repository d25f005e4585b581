"""Telling people apart whose names are alike: by the e-mail address of their account, and only where a list has two of one name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from unicodedata import normalize

from records import Account

SHORT = 8


def beside(names: Mapping[str, str], addresses: Mapping[str, str]) -> dict[str, str]:
    """What stands beside a name in a list, by id: nothing where the name is one person's; else their address, or the beginning of their id where no address may be shown.

    addresses: those that whoever looks may see; asking for that is the caller's.
    """
    many = Counter(map(plain, names.values()))
    return {id: (addresses.get(id) or f"id {id[:SHORT]}") if many[plain(name)] > 1 else "" for id, name in names.items()}


def listed(names: Mapping[str, str], addresses: Mapping[str, str]) -> dict[str, str]:
    """The names of a list with what tells them apart, in the list's order."""
    apart = beside(names, addresses)
    return {id: f"{name}, {apart[id]}" if apart[id] else name for id, name in names.items()}


def of_accounts(accounts: Iterable[Account]) -> dict[str, str]:
    """The same of accounts that whoever looks may see whole."""
    held = tuple(accounts)
    return listed({one.profile: one.name for one in held}, {one.profile: one.email for one in held})


def plain(name: str) -> str:
    """A name as it is compared: people read over spaces, capitals and how a letter is put together."""
    return " ".join(normalize("NFKC", name).split()).casefold()
