"""What items did, for the page: of everybody here, to those who may see it; and whether the key may be shown beside it."""

from app.measuring import Sheet, of_learners
from app.session import catalogue, in_team, ledger, require
from records import Profile

__all__ = ["Sheet", "of_all", "shows_key"]


def of_all() -> tuple[Sheet, ...]:
    """The same of everybody here, for those who may see what items did; nobody is named."""
    require("see item statistics")
    records, held = ledger().unguarded, catalogue()
    marker = (records.path, records.calibrated(), tuple((profile, records.marker(profile)) for profile in records.learners()))
    if _kept.get("marker") != marker:
        _kept.update(marker=marker, found=of_learners(records, held, (profile for profile, _ in marker[2])))
    return _kept["found"]


_kept: dict = {}


def shows_key(profile: Profile, item: str) -> bool:
    """In a team to whom the page is open; alone to whom has met the item, since others may have answered it on this machine."""
    return in_team() or item in ledger().met(profile.id)
