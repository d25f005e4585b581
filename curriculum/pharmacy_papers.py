"""What lies on the desk of a pharmacy exercise: the fill as typed, the card, the contract, the plan, the payer's own records, and the answer."""

from datetime import date

from billing.codes import CodeBooks
from billing.ncpdp.explain import visible
from billing.ncpdp.requests import request
from billing.ncpdp.responses import response
from billing.ncpdp.wire import write
from billing.pharmacy.answer import PharmacyAnswer
from billing.pharmacy.claim import PharmacyClaim
from billing.pharmacy.member import PharmacyMember
from billing.pharmacy.review import PharmacyReview
from billing.pharmacy_values import TierShare
from curriculum.papers import Paper, Table

REJECTS = "ncpdp-reject"


def coded(books: CodeBooks, code_set: str, code: str) -> str:
    """A code with its plain name."""
    entry = books.entry(code_set, code)
    return f"{code} {entry.name}" if entry else code


def filled(review: PharmacyReview, books: CodeBooks) -> Paper:
    """The fill as it stands in the pharmacy's system, with the transaction it is sent as."""
    claim, product = review.claim, review.product
    others = tuple(("Other payer's answer", f"{each.payer_id}, {each.on}: " + ("; ".join(filter(None, (f"paid {each.paid}" if each.paid is not None else "", f"left {each.patient_responsibility}" if each.patient_responsibility is not None else "",
                    f"rejected {', '.join(each.reject_codes)}" if each.reject_codes else ""))))) for each in claim.earlier_payers)
    boxes = (("Cardholder id (302-C2)", claim.cardholder_id), ("Group (301-C1)", claim.group_number), ("BIN (101-A1)", claim.bin_number), ("PCN (104-A4)", claim.pcn), ("Person code (303-C3)", claim.person_code),
             ("Patient", f"{claim.patient.first_name} {claim.patient.last_name}, born {claim.patient.birth_date}, {claim.patient.sex}"), ("Prescription (402-D2)", f"{claim.prescription}, fill {claim.fill_number} of {claim.refills_authorized} refills"),
             ("Filled on (401-D1)", str(claim.service_date)), ("Written on (414-DE)", str(claim.date_written)), ("NDC (407-D7)", claim.ndc + (f" {product.name}" if product else "")),
             ("Quantity (442-E7, 600-28)", f"{claim.quantity} {claim.unit_of_measure}"), ("Days' supply (405-D5)", str(claim.days_supply)), ("Product selection (408-D8)", coded(books, "ncpdp-daw", claim.dispense_as_written)),
             ("Prescriber (411-DB)", claim.prescriber_npi), ("Other coverage (308-C8)", coded(books, "ncpdp-other-coverage", claim.other_coverage)), *others,
             ("Ingredient cost (409-D9)", str(claim.ingredient_cost)), ("Dispensing fee (412-DC)", str(claim.dispensing_fee)), ("Usual and customary (426-DQ)", str(claim.usual_and_customary)), ("Gross amount due (430-DU)", str(claim.gross_due)))
    boxes += tuple(("Submission clarification (420-DK)", coded(books, "ncpdp-clarification", code)) for code in claim.submission_clarifications)
    boxes += (("Authorization (462-EV)", claim.prior_authorization),) if claim.prior_authorization else ()
    return Paper("The fill as typed", "Pharmacy", boxes, wire=visible(write(request(claim))))


def contract(review: PharmacyReview) -> Paper:
    """What the contract pays, and the MAC of the drug where there is one."""
    terms, product = review.value("pharmacy-prices"), review.product
    rows = (("Brand", f"AWP less {terms.brand_discount} %", str(terms.brand_fee)), ("Generic", f"AWP less {terms.generic_discount} %", str(terms.generic_fee)))
    mac = terms.mac_of.get(product.drug)
    boxes = (("Product", product.name), ("Kind", ("brand" if product.brand else "generic") + (" with generics" if product.brand and product.multi_source else "")), ("AWP a unit", str(product.awp)),
             ("MAC a unit", str(mac) if mac is not None else "not on the list"))
    says = (("What is paid", "The lowest of the ingredient cost submitted, AWP less the per cent, MAC, and usual and customary less the fee; with the fee, or the fee submitted where that is less."),
            ("MAC and brands", f"A brand with generics is priced as a brand under product selection {', '.join((*terms.mac_lifted, *terms.penalty))}; under {', '.join(terms.penalty)} the patient owes the difference to the MAC, outside of deductible and limits."))
    return Paper("Participation agreement, exhibit B", review.policy.name, boxes, says, (Table("Prices", (("Drug", False), ("Ingredient", False), ("Fee", True)), rows),))


def plan_paper(review: PharmacyReview) -> Paper:
    """The member's plan and what the year has used."""
    plan, member = review.plan, review.member
    used = member.used(review.claim.service_date.year)
    rows = tuple((str(each.tier), _share(each), "yes" if each.deductible and plan.deductible else "no") for each in plan.tiers)
    limit = str(plan.out_of_pocket) if plan.out_of_pocket is not None else "none"
    boxes = (("Plan", plan.plan), ("Covered", f"{member.begins} to {member.ends or 'further notice'}"), ("Deductible", f"{plan.deductible}, met {used.deductible_met}"), ("Most the patient pays in a year", f"{limit}, so far {used.out_of_pocket_met}"),
             ("This drug's tier", str(review.tier) if review.tier is not None else "not on the formulary"))
    return Paper("Plan and what it has used", review.policy.name, boxes, (("Periods", f"A copay, and the bounds of a per cent, are for each begun {plan.copay_days} days."),),
                 (Table("The patient's share", (("Tier", False), ("Share", False), ("Deductible first", False)), rows),))


def _share(tier: TierShare) -> str:
    if not tier.percent:
        return f"{tier.copay}"
    bounds = (f", at least {tier.at_least}" if tier.at_least else "") + (f", at most {tier.at_most}" if tier.at_most is not None else "")
    return f"{tier.percent} %{bounds}"


def history(member: PharmacyMember, review: PharmacyReview) -> Paper:
    """The patient's fills as the pharmacy's profile shows them."""
    rows = tuple((str(each.service_date), product.name if (product := review.product_of(each.ndc)) else each.ndc, str(each.quantity), str(each.days_supply), each.prescription) for each in member.fills)
    heads = (("Filled", False), ("Product", False), ("Quantity", True), ("Days", True), ("Prescription", False))
    return Paper("Patient profile", "Pharmacy", tables=(Table("Fills paid for", heads, rows),), note="" if rows else "No fill on file.")


def answered(answer: PharmacyAnswer, claim: PharmacyClaim, payer: str, books: CodeBooks, meant: bool = False) -> Paper:
    """The answer: codes and messages, with their meaning only where `meant`; or the money."""
    boxes: tuple[tuple[str, str], ...] = (("Answer (112-AN)", answer.status.value),)
    boxes += tuple(("Reject (511-FB)", coded(books, REJECTS, code) if meant else code) for code in answer.codes)
    boxes += tuple(("Message (526-FQ)", text) for text in dict.fromkeys(each.message for each in answer.findings if each.message))
    boxes += tuple(("Warning (544-FY)", each.text) for each in answer.interactions)
    if answer.amounts:
        paid = answer.amounts
        boxes += (("Ingredient cost paid (506-F6)", str(paid.ingredient_cost)), ("Fee paid (507-F7)", str(paid.dispensing_fee)), ("Basis (522-FM)", coded(books, "ncpdp-basis-of-payment", paid.basis.value)),
                  ("Deductible (517-FH)", str(paid.deductible)), ("Copay (518-FI)", str(paid.copay)), ("Coinsurance (572-4U)", str(paid.coinsurance)), ("For the brand asked for (134-UK)", str(paid.product_selection)),
                  ("Other payer (566-J5)", str(paid.other_payer)), ("Patient pays (505-F5)", str(paid.patient_pay)), ("Total paid (509-F9)", str(paid.total_paid)), ("Number (503-F3)", answer.authorization))
    return Paper("The answer at the counter", payer, boxes, wire=visible(write(response(answer, claim))))


def card(review: PharmacyReview, person: str, today: date) -> Paper:
    """The card the patient hands over: always that of the payer's own records."""
    member, routing = review.member, review.value("pharmacy-routing")
    group = next(each for each in routing.groups if each.group_number == member.group_number)
    boxes = (("RxBIN", routing.bin_number), ("RxPCN", group.pcn), ("RxGrp", group.group_number), ("ID", member.cardholder_id), ("Person code", member.person_code), ("Name", person))
    return Paper(f"Card of {review.policy.name}", review.policy.name, boxes, note=f"Handed over on {today}.")
