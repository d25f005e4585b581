"""Claims to work, as the pages reach them: an attempt begun, the desk with today's records, content and books, and what codes and sources are called."""

from app.claim_desk import ClaimDesk
from app.session import books, catalogue, ledger, new_seed, now
from billing.codes import OutsideKnownDates
from records import Profile

KINDS = {"read-the-eligibility-response": "Read an eligibility response", "complete-the-claim": "Complete a claim", "scrub-the-claim": "Scrub a claim",
         "mend-the-rejection": "Mend a rejected claim", "post-the-remittance": "Post a remittance", "decide-on-a-denial": "Decide on a denial"}
"""The kinds in the order in which an account meets them."""


def desk() -> ClaimDesk:
    """The desk where attempts are worked."""
    return ClaimDesk(ledger(), catalogue(), books(), now)


def begin(profile: Profile, scenario: str) -> str:
    """The attempt that is under way, or a new one with a fresh variant; its id."""
    return desk().begin(profile.id, scenario, new_seed())


def names(codes) -> dict[str, str]:
    """The plain names of procedure codes."""
    found = {}
    for code in set(codes):
        for code_set in ("training-codes", "hcpcs", "dental-training-codes"):
            if entry := books().entry(code_set, code):
                found[code] = entry.name
    return found


def diagnosis_title(code: str, day) -> str:
    """The title of an ICD-10-CM code, or nothing where that day's release has none of that code."""
    try:
        entry = books().diagnosis(code, day)
    except OutsideKnownDates:
        return ""
    return entry.title if entry else ""


def source(citation: str) -> tuple[str, str, str]:
    """Title, place and address of a citation written as `source place`."""
    id, _, at = citation.partition(" ")
    held = catalogue().sources.get(id)
    return (held.title, at, str(held.url or "")) if held else (id, at, "")
