"""What items did, for the page: of everybody here, to those who may see it; and whether the key may be shown beside it."""

from app import cohort_desk
from app.measuring import Sheet, of_learners
from app.session import catalogue, in_team, ledger, may, require
from records import Profile

__all__ = ["Sheet", "among", "of", "enough", "flags", "of_all", "shows_key", "shows_stem"]


EVERYBODY = ""
FEWEST = 5
"""Answers of everybody here from which it is told who chose what: of fewer, a choice could be somebody's."""
TELL_THE_KEY = {"best-choose-another": "The best learners choose another option than the key: an author should look at it.",
                "unused-option": "Nobody chooses one of the options: it only makes the question longer to read."}
"""Kinds of flags that name options, and with them what is right or wrong; and what is said in their place."""


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


def shows_stem(profile: Profile, item: str) -> bool:
    """Whether the question may be read: in a team by whom the page is open to; alone by whoever has met it, since others may have answered it on this machine."""
    return in_team() or shows_key(profile, item)


def shows_key(profile: Profile, item: str) -> bool:
    """Whether its options may be told with who chose what, which gives the right one away: to whoever may see keys, and to whoever has met it themselves."""
    return may("see keys") or item in ledger().met(profile.id)


def enough(sheet: Sheet, whose: str) -> bool:
    """Whether so many answered that choices say nothing of one person. A trainer may read each answer of their own cohort; alone they are one's own."""
    return not in_team() or whose != EVERYBODY or sheet.figures.n >= FEWEST


def flags(profile: Profile, sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """What should be looked at, each with the answers it rests on; a sentence that names the right option only to whom it may be told."""
    known = not any(flag.kind in TELL_THE_KEY for flag in sheet.flags) or shows_key(profile, sheet.item)
    return tuple((flag.sentence if known else TELL_THE_KEY.get(flag.kind, flag.sentence), flag.n) for flag in sheet.flags)
