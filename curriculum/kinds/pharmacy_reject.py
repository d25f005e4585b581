"""The exercise of a rejected fill: what the codes mean, which way on the record supports and the payer takes, when, and what is then paid."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from billing.pharmacy.answer import PharmacyAnswer, Status
from billing.pharmacy.claim import PharmacyClaim
from billing.pharmacy.drug_edits import last_fill, refill_from
from billing.pharmacy.member import DrugAuthorization, PharmacyMember
from billing.pharmacy.pipeline import adjudicate_pharmacy
from billing.pharmacy.review import PharmacyReview
from curriculum import pharmacy_papers
from curriculum.ask import Ask, Wrong, money_ask, rule_plain, separable
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text
from curriculum.papers import Paper

WORK = "drugs.medical-or-pharmacy-benefit"
CLAIM = TypeAdapter(PharmacyClaim)
NOTHING = "nothing-helps"


class Way(Content):
    """One way on. set: the fields of the claim it changes; wait: sent again so many days later; authorization: the plan approves one first.

    supported: what the prescription, the patient and the record say allows it; a way that pays and is not supported is a false claim.
    """
    id: Slug
    says: Text
    set: dict[str, object] = {}
    wait: Annotated[int, Field(ge=0, le=90)] = 0
    authorization: DrugAuthorization | None = None
    supported: bool = True
    why: Text


class Passage(Content):
    """What is known beside the claim: a prescription as written, a call, a note."""
    heading: Text
    text: Text


class World(Content):
    """A fill that is rejected, the payer's record, the ways one could think of, and reject codes that are easily taken for those of the answer."""
    claim: PharmacyClaim
    member: PharmacyMember
    today: date
    knows: tuple[Passage, ...] = ()
    ways: Annotated[tuple[Way, ...], Field(min_length=2, max_length=6)]
    near: Annotated[tuple[Text, ...], Field(min_length=2, max_length=5)]
    none: Literal["", "patient"] = ""


def sheet(world: World, shelf: Shelf) -> Sheet:
    """What the answer says; what is done about it; what then comes of it."""
    review = PharmacyReview(world.claim, shelf.policies[world.claim.payer], world.member, world.today)
    answer = adjudicate_pharmacy(world.claim, review.policy, world.member, world.today)
    if answer.status is not Status.REJECTED:
        raise ValueError("world.claim: the payer pays the fill as it stands; there is no reject to work.")
    tried = {way.id: _tried(world, way, review) for way in world.ways}
    right = _right(world, tried)
    known = Paper("What is known", "Pharmacy", passages=tuple((each.heading, each.text) for each in world.knows))
    file = (pharmacy_papers.card(review, f"{world.member.first_name} {world.member.last_name}", world.today), pharmacy_papers.filled(review, shelf.books), *((known,) if world.knows else ()), pharmacy_papers.history(world.member, review))
    first = Round("What it says", (_means(world, answer, shelf), *_earliest(answer, review)), (pharmacy_papers.answered(answer, world.claim, review.policy.name, shelf.books),), lead="The answer has come while the patient waits.")
    rounds = (first, Round("What is done", (_way(world, tried, right, answer),)))
    closing: tuple[Paper, ...] = ()
    if right:
        claim, mended = tried[right]
        rounds += (Round("What comes of it", _money(mended)),)
        closing = (pharmacy_papers.answered(mended, claim, review.policy.name, shelf.books, meant=True),)
    return Sheet(file, rounds, closing, signature=(answer.codes, right, tuple(sorted((way.id, tried[way.id][1].codes, way.supported) for way in world.ways))))


def _tried(world: World, way: Way, review: PharmacyReview) -> tuple[PharmacyClaim, PharmacyAnswer]:
    """The claim sent that way, and its answer."""
    plain = CLAIM.dump_python(world.claim, mode="json")
    if unknown := set(way.set) - set(plain):
        raise ValueError(f"world.ways: {way.id} sets {', '.join(sorted(unknown))}, which is no field of a pharmacy claim.")
    try:
        claim = CLAIM.validate_python({**plain, **way.set})
    except ValidationError as error:
        raise ValueError(f"world.ways: {way.id}: {'; '.join(e['msg'] for e in error.errors())}") from error
    on = world.today + timedelta(days=way.wait)
    if way.wait:
        claim = replace(claim, service_date=on)
    member = replace(world.member, authorizations=(*world.member.authorizations, way.authorization)) if way.authorization else world.member
    return claim, adjudicate_pharmacy(claim, review.policy, member, on)


def _right(world: World, tried: dict) -> str:
    """The one way that the record supports and that is paid; ValueError where there is none or are several. Blank: nothing helps, and the world says so."""
    found = [way.id for way in world.ways if way.supported and tried[way.id][1].status is Status.PAID]
    if len(found) > 1 or not found and not world.none or found and world.none:
        raise ValueError(f"world.ways: supported and paid are {', '.join(found) or 'none'}; there must be one, or none with `none: patient`.")
    return found[0] if found else ""


def _means(world: World, answer: PharmacyAnswer, shelf: Shelf) -> Ask:
    """What the codes ask about, among codes that are easily taken for them."""
    names = {code: entry.name for code in (*answer.codes, *world.near) if (entry := shelf.books.entry(pharmacy_papers.REJECTS, code))}
    if missing := [code for code in (*answer.codes, *world.near) if code not in names]:
        raise LookupError(f"world.near: {', '.join(missing)} is in no list of reject codes.")
    asks = " ".join(f"{code}: {shelf.books.entry(pharmacy_papers.REJECTS, code).asks}" for code in answer.codes)
    options = tuple((f"code-{code.lower()}", name) for code, name in sorted(names.items(), key=lambda pair: pair[1]))
    kept = tuple(id for id, _ in options if id.removeprefix("code-").upper() in answer.codes)
    rule = rule_plain(answer.findings[0].rule)
    if len(kept) > 1:
        return Ask("means", "multiple", "What does the answer say is wrong? Choose all that it says.", ",".join(kept), asks, WORK, options, rule=rule)
    return Ask("means", "choice", "What does the answer say is wrong?", kept[0], asks, WORK, options, rule=rule)


def _earliest(answer: PharmacyAnswer, review: PharmacyReview) -> tuple[Ask, ...]:
    """Where a refill is too soon: the first day on which it is paid."""
    rule = review.value("refill-too-soon")
    last = last_fill(review) if "not_too_soon" in {each.edit for each in answer.findings} else None
    if last is None:
        return ()
    first = refill_from(last, rule.percent)
    wrong = (Wrong(str(last.service_date + timedelta(days=last.days_supply)), "all-days-used", "waited until every day of the last fill was used"), Wrong(str(first - timedelta(days=1)), "a-day-early", "counted the day of the last fill as used"),
             Wrong(str(review.claim.service_date + timedelta(days=(first - last.service_date).days)), "counted-from-today", "counted from today and not from the last fill"))
    why = f"Filled on {last.service_date} for {last.days_supply} days; {rule.percent} per cent of them, a begun day counted whole, are used on {first}."
    return (Ask("earliest", "date", "From which day on is the refill paid without an override?", str(first), why, WORK, wrong=separable(wrong, str(first)), rule=rule_plain(review.reference("refill-too-soon"))),)


def _way(world: World, tried: dict, right: str, answer: PharmacyAnswer) -> Ask:
    """The ways in an order that the author does not choose, so that where one stands says nothing."""
    said = (*((way.id, way.says) for way in world.ways), (NOTHING, "Nothing that may be sent gets it paid: tell the patient the price and the prescriber the choices"))
    options = tuple(sorted(said, key=lambda pair: blake2b(f"{world.claim.prescription} {pair[1]}".encode()).digest()))
    wrong = tuple(Wrong(way.id, f"way-{way.id}", _says(way, tried[way.id][1]), "unlawful" if not way.supported and tried[way.id][1].status is Status.PAID else "") for way in world.ways if way.id != right)
    kept = next((way.why for way in world.ways if way.id == right), "None of them is both true and paid. " + " ".join(way.why for way in world.ways))
    return Ask("way", "choice", "What do you do?", right or NOTHING, kept, WORK, options, wrong=wrong, rule=rule_plain(answer.findings[0].rule), weight="2")


def _says(way: Way, answer: PharmacyAnswer) -> str:
    """What a wrong way leads to, after "You"."""
    if answer.status is Status.PAID:
        return f"chose what would be paid though the record does not support it. {way.why}"
    return f"chose what comes back rejected again ({', '.join(answer.codes)}). {way.why}"


def _money(mended: PharmacyAnswer) -> tuple[Ask, ...]:
    paid = mended.amounts
    steps = " ".join(step.text for step in mended.trace if step.stage in ("price", "share", "coordination"))
    told = f"Ingredient cost {paid.ingredient_cost} and fee {paid.dispensing_fee} are paid, the patient pays {paid.patient_pay}" + (f", another payer settled {paid.other_payer}" if paid.other_payer else "")
    return (money_ask("payer-then", f"{told}. What does this payer send?", paid.total_paid, steps, WORK,
                      (("allowed-posted-as-payment", "gave what is allowed", paid.allowed), ("patient-part-as-payment", "gave what the patient pays", paid.patient_pay), ("ingredient-as-payment", "gave the ingredient cost", paid.ingredient_cost))),)


KIND = Kind("work-a-pharmacy-reject", "Work a rejected prescription", World, sheet)
