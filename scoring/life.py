"""How well an account was worked: dollars collected of dollars collectable, days, touches, postings, notes, and what the law forbids."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing.account.best import best, days_taken, right_posting
from billing.account.state import Account, Breach
from billing.account.world import World
from billing.money import ZERO
from scoring.marks import Credit, Marks

COLLECTED, POSTED, BALANCED, DAYS, TOUCHES, NOTES, LAWFUL = (Decimal(weight) for weight in (5, 2, 1, 1, 1, 1, 2))
"""What each part weighs (docs/authoring.md, How a learner's work is marked)."""

SLACK = Decimal("1.25")
"""Days and touches may exceed the careful way's by a quarter before they cost anything."""

COMPETENCIES = {"collected": "receivables.work-queue-triage", "posted": "remittance.posting-and-balancing", "balanced": "remittance.posting-and-balancing",
                "days": "receivables.work-queue-triage", "touches": "receivables.work-queue-triage", "notes": "receivables.account-notes", "lawful": "compliance.fraud-waste-abuse"}


@dataclass(frozen=True)
class Benchmark:
    """What the careful way reaches on this account."""
    collectable: Decimal
    from_payers: Decimal
    from_patient: Decimal
    days: int
    touches: int
    actions: tuple[Any, ...]


def benchmark(world: World) -> Benchmark:
    """The careful way, worked out behind the scenes."""
    actions, account = best(world)
    return Benchmark(account.collected, account.from_payers, account.patient_paid - account.refunded_patient, days_taken(account), account.touches, actions)


def mark_life(account: Account, aim: Benchmark) -> Marks:
    """The credits of an account as it stands; it is marked when the learner closes it or stops."""
    breaches = (*account.breaches, *beyond_the_record(account))
    worked = account.collected * 2 >= aim.collectable
    return Marks((_collected(account, aim, breaches), _posted(account), _balanced(account), _no_more("days", days_taken(account), aim.days, DAYS, worked),
                  _no_more("touches", account.touches, aim.touches, TOUCHES, worked), _notes(account), _lawful(breaches)))


def beyond_the_record(account: Account) -> tuple[Breach, ...]:
    """Claims for what the record does not have: another service, more units, a modifier or a diagnosis beyond it."""
    clean, found = account.world.clean, []
    for sending in account.sendings:
        if sending.by_crossover or sending.way == "appeal":
            continue
        beyond = _beyond(clean, sending.claim)
        if beyond:
            found.append(Breach(sending.received, "unsupported-claim", f"The record does not support {', '.join(beyond)} on claim {sending.number}.", "usc-31-3729"))
    return tuple(found)


def _beyond(clean: Any, sent: Any) -> list[str]:
    beyond = [code for code in getattr(sent, "diagnoses", ()) if code not in getattr(clean, "diagnoses", ())]
    left = list(getattr(clean, "lines", ()))
    for line in getattr(sent, "lines", ()):
        mine = next((each for each in left if each.procedure == line.procedure and each.service_date == line.service_date), None)
        if mine is None:
            beyond.append(line.procedure or getattr(line, "revenue_code", "a service"))
            continue
        left.remove(mine)
        extra = set(getattr(line, "modifiers", ())) - set(getattr(mine, "modifiers", ()))
        beyond += [f"modifier {modifier} with {line.procedure}" for modifier in sorted(extra)]
        if getattr(line, "units", 1) > getattr(mine, "units", 1):
            beyond.append(f"{line.units} units of {line.procedure}")
    return [str(each) for each in beyond]


def _collected(account: Account, aim: Benchmark, breaches: tuple[Breach, ...]) -> Credit:
    """Money that is not ours does not count, nor does money while a breach stands."""
    ours = min(account.collected, aim.collectable)
    share = Decimal(1) if aim.collectable <= ZERO else max(ours, ZERO) / aim.collectable
    said = f"{account.collected} collected and kept of {aim.collectable} that could be."
    if breaches:
        return Credit("collected", ZERO, COLLECTED, f"{said} What the law forbids stands beside it, so none of it counts.", breaches[0].slug)
    if account.collected > aim.collectable:
        return Credit("collected", ZERO, COLLECTED, f"{said} {account.collected - aim.collectable} of it is not ours.", "credit-kept")
    return Credit("collected", (COLLECTED * share).quantize(Decimal("0.0001")), COLLECTED, said)


def _posted(account: Account) -> Credit:
    """Each remittance that came: posted, and as it says."""
    came = [arrival for arrival in account.arrivals if arrival.kind in ("835", "takeback")]
    if not came:
        return Credit("posted", ZERO, POSTED, "No remittance came, so nothing could be posted.")
    typed = {each.arrival: (each.paid, each.written_off, each.patient) for each in account.posted}
    right = sum(typed.get(arrival.number) == right_posting(account, arrival) for arrival in came)
    return Credit("posted", (POSTED * right / len(came)).quantize(Decimal("0.0001")), POSTED, f"{right} of {len(came)} remittances are posted as they say.")


def _balanced(account: Account) -> Credit:
    done = account.closed and account.balance == ZERO
    said = "The account is closed at zero." if done else f"The account stands at {account.balance}" + ("." if account.closed else " and is still open.")
    return Credit("balanced", BALANCED if done else ZERO, BALANCED, said)


def _no_more(part: str, used: int, aim: int, weight: Decimal, worked: bool) -> Credit:
    """In full up to a quarter more than the careful way; then in proportion. Haste counts for nothing where less than half was collected."""
    if not worked:
        return Credit(part, ZERO, weight, f"{used} {part}; they count once half of what could be is collected.")
    allowed = max(Decimal(aim) * SLACK, Decimal(1))
    share = Decimal(1) if used <= allowed else allowed / Decimal(used)
    return Credit(part, (weight * share).quantize(Decimal("0.0001")), weight, f"{used} {part}; the careful way takes {aim}.")


def _notes(account: Account) -> Credit:
    """After asking (a call, a status) and after a decision to fight, a note says with whom, under which reference, what comes next and when."""
    asked = sum(1 for entry in account.entries if entry.kind in ("status", "call", "appeal"))
    if not asked:
        return Credit("notes", NOTES, NOTES, "Nothing was asked that needed a note.") if not account.notes else Credit("notes", NOTES, NOTES, "Notes were left.")
    whole = sum(1 for day, note in account.notes if note.spoke_with.strip() and note.said.strip() and note.next_step.strip() and note.follow_up and note.follow_up > day)
    share = min(Decimal(whole) / asked, Decimal(1))
    return Credit("notes", (NOTES * share).quantize(Decimal("0.0001")), NOTES,
                  f"{min(whole, asked)} of {asked} calls, status checks and appeals have a note that says with whom, what, what next and when.")


def _lawful(breaches: tuple[Breach, ...]) -> Credit:
    if not breaches:
        return Credit("lawful", LAWFUL, LAWFUL, "Nothing was done that the law or the contract forbids.")
    cited = tuple(dict.fromkeys(breach.citation for breach in breaches if breach.citation))
    return Credit("lawful", ZERO, LAWFUL, " ".join(breach.text for breach in breaches), breaches[0].slug, cited)
