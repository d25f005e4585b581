"""The edits on who is covered and who pays: the member, the group, the day, the payer before this one, the fill paid already, the windows of time."""

from datetime import timedelta

from billing.pharmacy.answer import PharmacyFinding
from billing.pharmacy.review import PharmacyReview

MEMBERS, ROUTING, WINDOW, COORDINATION = "pharmacy-members", "pharmacy-routing", "filling-window", "pharmacy-coordination"


def member_known(review: PharmacyReview) -> list[PharmacyFinding]:
    """The records have a member of that cardholder id."""
    if review.member is not None and review.member.cardholder_id == review.claim.cardholder_id:
        return []
    return review.found("member_known", MEMBERS, review.value(MEMBERS).unknown, f"Nobody is known under the cardholder id {review.claim.cardholder_id}.")


def group_matched(review: PharmacyReview) -> list[PharmacyFinding]:
    """The group on the claim is the member's, under the control number that the group has."""
    claim, routing = review.claim, review.value(ROUTING)
    group = next((each for each in routing.groups if each.group_number == claim.group_number), None)
    if review.member is None or (group and group.pcn == claim.pcn and claim.group_number == review.member.group_number):
        return []
    return review.found("group_matched", ROUTING, routing.not_matched, f"The group {claim.group_number} (301-C1) under {claim.pcn} (104-A4) is not this member's.")


def person_matched(review: PharmacyReview) -> list[PharmacyFinding]:
    """Person code, birth date and name are those of the person in the records."""
    claim, member, rejects = review.claim, review.member, review.value(MEMBERS)
    if member is None:
        return []
    if claim.person_code and claim.person_code != member.person_code or claim.patient.birth_date != member.birth_date:
        return review.found("person_matched", MEMBERS, rejects.person, f"Person code {claim.person_code or 'blank'} (303-C3), born {claim.patient.birth_date}, is not the person on file.")
    if claim.patient.last_name.casefold() != member.last_name.casefold() or claim.patient.first_name.casefold() != member.first_name.casefold():
        return review.found("person_matched", MEMBERS, rejects.name, f"The name {claim.patient.first_name} {claim.patient.last_name} is not that on file.")
    return []


def covered_that_day(review: PharmacyReview) -> list[PharmacyFinding]:
    """The day of the fill lies within the coverage."""
    member, day, rejects = review.member, review.claim.service_date, review.value(MEMBERS)
    if member is None:
        return []
    if day < member.begins:
        return review.found("covered_that_day", MEMBERS, rejects.before, f"Coverage begins on {member.begins}; the fill is of {day}.")
    if member.ends and day > member.ends:
        return review.found("covered_that_day", MEMBERS, rejects.after, f"Coverage ended on {member.ends}; the fill is of {day}.")
    return []


def other_payer_first(review: PharmacyReview) -> list[PharmacyFinding]:
    """A payer that the records know to come first has answered, as the other coverage code says."""
    claim, day = review.claim, review.claim.service_date
    first = [each for each in review.member.primary_elsewhere if each.begins <= day and (each.ends is None or day <= each.ends)]
    if not first or claim.other_coverage in review.value(COORDINATION).taken:
        return []
    return review.found("other_payer_first", COORDINATION, review.value(COORDINATION).first, f"{first[0].name} pays first on {day}; the other coverage code is {claim.other_coverage}.")


def coordination_told(review: PharmacyReview) -> list[PharmacyFinding]:
    """An other coverage code says no more and no less than the other payer's answer beside it: 2 a payment, 4 none, 3 reject codes, 8 what the patient owes."""
    claim, rule = review.claim, review.value(COORDINATION)
    said, code = claim.earlier_payers, claim.other_coverage
    if code in ("0", "1"):
        return review.found("coordination_told", COORDINATION, rule.code_unfit, f"Another payer's answer is sent with other coverage code {code}.") if said else []
    if code not in rule.taken:
        return review.found("coordination_told", COORDINATION, rule.code_unfit, f"This plan does not take other coverage code {code}.")
    if code == "3":
        fits = bool(said) and all(each.reject_codes for each in said)
        return [] if fits else review.found("coordination_told", COORDINATION, rule.rejects_missing, "Other coverage code 3 goes with the other payer's reject codes (472-6E).")
    fits = {"2": lambda: sum(each.paid or 0 for each in said) > 0, "4": lambda: all(each.paid == 0 for each in said),
            "8": lambda: all(each.patient_responsibility is not None for each in said)}[code]
    return [] if said and fits() else review.found("coordination_told", COORDINATION, rule.amount_missing, f"Other coverage code {code} does not go with the amounts of the other payer.")


def same_fill(review: PharmacyReview) -> list[PharmacyFinding]:
    """The fill has not been paid for already."""
    paid = review.member.fill_of(review.claim)
    if paid is None:
        return []
    return review.found("same_fill", WINDOW, review.value(WINDOW).paid_already, f"This fill was paid under {paid.authorization or 'an earlier authorization'}; to change it, reverse it first.")


def sent_in_time(review: PharmacyReview) -> list[PharmacyFinding]:
    """The claim comes on the day of the fill or within the window after it."""
    window, day = review.value(WINDOW), review.claim.service_date
    if review.on < day:
        return review.found("sent_in_time", WINDOW, window.post_dated, f"The fill is dated {day}; today is {review.on}.")
    if review.on > day + timedelta(days=window.claim_days):
        return review.found("sent_in_time", WINDOW, window.too_old, f"Claims are taken for {window.claim_days} days after the fill.")
    return []


def prescription_good(review: PharmacyReview) -> list[PharmacyFinding]:
    """The prescription is not too old on the day of the fill."""
    window, claim = review.value(WINDOW), review.claim
    last = claim.date_written + timedelta(days=window.prescription_days)
    return review.found("prescription_good", WINDOW, window.prescription_old, f"Written on {claim.date_written}, the prescription was good until {last}.") if claim.service_date > last else []


def refills_left(review: PharmacyReview) -> list[PharmacyFinding]:
    """The fill is the first, or one of the refills that the prescriber authorized."""
    window, claim = review.value(WINDOW), review.claim
    if claim.fill_number <= claim.refills_authorized:
        return []
    return review.found("refills_left", WINDOW, window.refills_used, f"Fill {claim.fill_number} of a prescription with {claim.refills_authorized} refills.")


WHO = (member_known, group_matched, person_matched, covered_that_day)
"""They stop the rest: without the member nothing else can be said."""
EDITS = (other_payer_first, coordination_told, same_fill, sent_in_time, prescription_good, refills_left)
