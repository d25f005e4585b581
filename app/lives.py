"""Accounts to work from their first question to zero, as the pages reach them."""

from app.life_desk import LifeDesk
from app.session import books, catalogue, ledger, new_seed, now
from curriculum.exercises import shelf_of
from records import Profile


def desk() -> LifeDesk:
    """The desk with today's records, content and books."""
    held = catalogue()
    return LifeDesk(ledger(), held, shelf_of(held.policies, books()), now)


def begin(profile: Profile, item: str) -> str:
    """The attempt that is under way, or a new one with a fresh variant; its id."""
    return desk().begin(profile.id, item, new_seed())
