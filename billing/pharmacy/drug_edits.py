"""The edits on what is filled: the product, formulary, authorization, steps, refill, quantity, days, age and sex, prescriber, brand, and interacting drugs."""

from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from billing.money import HUNDRED
from billing.pharmacy.answer import Interacting, PharmacyFinding
from billing.pharmacy.member import Fill
from billing.pharmacy.review import PharmacyReview
from billing.pharmacy_values import Interaction

DRUGS, FORMULARY = "drug-file", "formulary"


def product_known(review: PharmacyReview) -> list[PharmacyFinding]:
    """The payer's drug file has the product."""
    return [] if review.product else review.found("product_known", DRUGS, review.value(DRUGS).unknown, f"The drug file has no product {review.claim.ndc}.")


def unit_fits(review: PharmacyReview) -> list[PharmacyFinding]:
    """The quantity is in the product's own unit, and in whole packages where a package cannot be broken."""
    claim, product, drugs = review.claim, review.product, review.value(DRUGS)
    if claim.unit_of_measure != product.unit:
        return review.found("unit_fits", DRUGS, drugs.unit_unfit, f"{product.name} is billed by {product.unit}; the claim says {claim.unit_of_measure}.")
    if product.unbroken and claim.quantity % product.package:
        return review.found("unit_fits", DRUGS, drugs.broken, f"{product.name} comes in packages of {product.package} {product.unit}; {claim.quantity} is no whole number of them.")
    return []


def on_formulary(review: PharmacyReview) -> list[PharmacyFinding]:
    """The benefit covers the ingredient, and the product is on the formulary."""
    rule, product = review.value(FORMULARY), review.product
    if product.ingredient in rule.excluded:
        return review.found("on_formulary", FORMULARY, rule.exclusion, f"The benefit excludes {product.ingredient}.")
    return review.found("on_formulary", FORMULARY, rule.not_listed, f"{product.name} is not on the formulary.") if review.tier is None else []


def authorized(review: PharmacyReview) -> list[PharmacyFinding]:
    """What needs an authorization has one on file for the product and the day; the number, where one is sent, is that."""
    rule, claim = review.value("drug-authorizations"), review.claim
    if not rule or claim.ndc not in rule.ndcs:
        return []
    standing = [each for each in review.member.authorizations if each.ndc == claim.ndc and each.begins <= claim.service_date <= each.ends]
    if claim.prior_authorization and claim.prior_authorization not in {each.number for each in standing}:
        return review.found("authorized", "drug-authorizations", rule.not_on_file, f"The authorization {claim.prior_authorization} (462-EV) is not on file for the product and the day.")
    return [] if standing else review.found("authorized", "drug-authorizations", rule.required, f"{review.product.name} needs a prior authorization; none is on file for {claim.service_date}.")


def step_taken(review: PharmacyReview) -> list[PharmacyFinding]:
    """The drug that comes first was paid for within the time looked back, unless an authorization stands."""
    rule, claim = review.value("step-therapy"), review.claim
    found: list[PharmacyFinding] = []
    for step in rule.steps if rule else ():
        if claim.ndc not in step.ndcs or any(each.ndc == claim.ndc and each.begins <= claim.service_date <= each.ends for each in review.member.authorizations):
            continue
        since = claim.service_date - timedelta(days=step.within_days)
        if not any(since <= each.service_date <= claim.service_date and _ingredient(review, each) in step.after for each in review.member.fills):
            found += review.found("step_taken", "step-therapy", rule.reject, f"{review.product.name} is paid after {' or '.join(step.after)} within {step.within_days} days; no such fill is on file.")
    return found


def _ingredient(review: PharmacyReview, fill: Fill) -> str:
    product = review.product_of(fill.ndc)
    return product.ingredient if product else ""


def last_fill(review: PharmacyReview) -> Fill | None:
    """The latest paid fill of the same drug before this one, whoever filled it."""
    same = [each for each in review.member.fills if each.service_date <= review.claim.service_date and (product := review.product_of(each.ndc)) and product.drug == review.product.drug
            and (each.prescription, each.fill_number) != (review.claim.prescription, review.claim.fill_number)]
    return max(same, key=lambda each: each.service_date, default=None)


def refill_from(fill: Fill, percent: Decimal) -> date:
    """The first day on which that per cent of the fill's days is used; a begun day counts whole."""
    return fill.service_date + timedelta(days=int((fill.days_supply * percent / HUNDRED).to_integral_value(ROUND_CEILING)))


def not_too_soon(review: PharmacyReview) -> list[PharmacyFinding]:
    """Enough of the last fill's days is used, or a clarification code that the plan takes says why not."""
    rule, claim, last = review.value("refill-too-soon"), review.claim, last_fill(review)
    if not rule or last is None or claim.service_date >= (due := refill_from(last, rule.percent)) or set(claim.submission_clarifications) & set(rule.overrides):
        return []
    return review.found("not_too_soon", "refill-too-soon", rule.reject, f"Filled on {last.service_date} for {last.days_supply} days; {rule.percent} per cent is used on {due}.")


def quantity_within(review: PharmacyReview) -> list[PharmacyFinding]:
    """No more units for the days than the limit gives for each of them."""
    rule, claim = review.value("quantity-limits"), review.claim
    for limit in rule.limits if rule else ():
        most = limit.quantity * claim.days_supply / limit.days
        if claim.ndc in limit.ndcs and claim.quantity > most:
            return review.found("quantity_within", "quantity-limits", rule.reject, f"The limit is {limit.quantity} for {limit.days} days; {claim.quantity} is sent for {claim.days_supply}.")
    return []


def days_within(review: PharmacyReview) -> list[PharmacyFinding]:
    """The supply is no longer than the plan pays for in one fill."""
    rule, claim = review.value("days-supply"), review.claim
    if not rule:
        return []
    most = rule.maintenance_days if review.product.ingredient in rule.maintenance else rule.days
    return review.found("days_within", "days-supply", rule.reject, f"The plan pays for {most} days of {review.product.name} in one fill; this is for {claim.days_supply}.") if claim.days_supply > most else []


def fits_person(review: PharmacyReview) -> list[PharmacyFinding]:
    """The drug is for the patient's age and sex."""
    rule, claim, found = review.value("drug-persons"), review.claim, []
    age = review.member.age(claim.service_date)
    for limit in rule.limits if rule else ():
        if claim.ndc not in limit.ndcs:
            continue
        if not limit.from_age <= age <= limit.to_age:
            found += review.found("fits_person", "drug-persons", rule.age, f"{review.product.name} is covered from age {limit.from_age} to {limit.to_age}; the patient is {age}.")
        if limit.sex and review.member.sex != limit.sex:
            found += review.found("fits_person", "drug-persons", rule.sex, f"{review.product.name} is not covered for the sex on file ({review.member.sex}).")
    return found


def prescriber_paid(review: PharmacyReview) -> list[PharmacyFinding]:
    """The plan pays for what this prescriber orders."""
    rule, number = review.value("prescribers"), review.claim.prescriber_npi
    return review.found("prescriber_paid", "prescribers", rule.reject, f"The plan does not pay for prescriptions of {number}.") if rule and number in rule.excluded else []


def selection_said(review: PharmacyReview) -> list[PharmacyFinding]:
    """A brand that has generics is sent with a code that says who wanted it."""
    rule, product, code = review.value("pharmacy-prices"), review.product, review.claim.dispense_as_written
    if not (product.brand and product.multi_source) or code in (*rule.mac_lifted, *rule.penalty):
        return []
    return review.found("selection_said", "pharmacy-prices", rule.needs_selection, f"{product.name} has generics; product selection code {code} does not say who wanted the brand.")


def interacting(review: PharmacyReview) -> tuple[Interacting, ...]:
    """The drugs the patient still has that do not go with this one."""
    rule = review.value("drug-interactions")
    if not rule or review.product is None or review.member is None:
        return ()
    day = review.claim.service_date
    taken = {_ingredient(review, each) for each in review.member.fills if each.service_date <= day < each.service_date + timedelta(days=each.days_supply)}
    return tuple(Interacting(rule.reason_code, pair.significance, pair.says) for pair in rule.pairs if _other(pair, review.product.ingredient) in taken)


def _other(pair: Interaction, ingredient: str) -> str | None:
    return {pair.one: pair.other, pair.other: pair.one}.get(ingredient)


def interactions_reviewed(review: PharmacyReview) -> list[PharmacyFinding]:
    """Where drugs interact, the claim says what the pharmacist did and how it ended, in codes that the plan takes."""
    rule = review.value("drug-interactions")
    found = interacting(review)
    if not found or any(each.reason == rule.reason_code and each.service in rule.services and each.result in rule.results for each in review.claim.reviews):
        return []
    return review.found("interactions_reviewed", "drug-interactions", rule.reject, " ".join(each.text for each in found))


EDITS = (unit_fits, on_formulary, authorized, step_taken, not_too_soon, quantity_within, days_within, fits_person, prescriber_paid, selection_said, interactions_reviewed)
"""Asked only of a product that is known; in the order in which their codes stand in the answer."""
