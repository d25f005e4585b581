"""What items did, for the page: of everybody here, to those who may see it; and whether the key may be shown beside it."""

from app import cohort_desk
from app.measuring import Sheet, of_learners
from app.session import catalogue, in_team, ledger, may, require
from records import Profile

__all__ = ["Sheet", "among", "of", "of_all", "shows_key"]


EVERYBODY = ""


def among() -> dict[str, str]:
    """Whose answers can be looked at: everybody's, or those of a cohort that the viewer leads; id to name."""
    led = cohort_desk.cohorts() if in_team() and may("export cohort") else ()
    return {EVERYBODY: "Everybody here", **{cohort.id: cohort.name for cohort in led if cohort_desk.allowed(cohort.id, "see work")}}


def of(whose: str) -> tuple[Sheet, ...]:
    """The sheets of everybody or of a cohort."""
    if whose == EVERYBODY:
        return of_all()
    require("see item statistics")
    return of_learners(ledger().unguarded, catalogue(), (account.profile for account in cohort_desk.members(whose)))


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
