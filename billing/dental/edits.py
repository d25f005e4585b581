"""The edits of a dental plan on what the member has had and may have: history of the tooth, frequency, age, waiting period, missing tooth, replacement, predetermination."""

from datetime import date

from billing.adjudication.claim_edits import eligibility, other_payer_first, timely_filing
from billing.adjudication.line_edits import covered_service
from billing.adjudication.review import Review
from billing.answer import Finding
from billing.dental import form_edits, mouth
from billing.dental.claim import DentalLine
from billing.dental.form_edits import service, services
from billing.dental.member import EarlierDentalLine
from billing.dental_values import DentalFrequency, DentalPlan

MONTHS = 12


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month."""
    whole, rest = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + whole, rest + 1
    last = date(year + month // MONTHS, month % MONTHS + 1, 1).toordinal() - 1
    return date.fromordinal(min(date(year, month, 1).toordinal() + day.day - 1, last))


def plan_of(review: Review, line: DentalLine) -> DentalPlan:
    """The member's plan on the day of service; LookupError where the payer has none of that name."""
    plans = review.value("dental-plans", line).plans
    for plan in plans:
        if plan.plan == review.coverage.plan:
            return plan
    raise LookupError(f"{review.policy.name} has no plan {review.coverage.plan}; it has {', '.join(p.plan for p in plans)}.")


def filed_in_time(review: Review) -> list[Finding]:
    """A claim for services done is received in time; a question about services to come is never late."""
    return [] if review.claim.predetermination else timely_filing(review)


def duplicate(review: Review) -> list[Finding]:
    """The same service by the same dentist, day, tooth, surfaces, area and fee was adjudicated before."""
    if review.claim.frequency_code != "1" or review.claim.predetermination:
        return []
    found = []
    for number, line in review.numbered():
        rule = review.value("duplicate", line)
        mine = (review.claim.treating.npi, line.service_date, line.procedure, line.tooth, line.surfaces, line.area, line.charge)
        if rule and any(mine == (e.treating_npi, e.service_date, e.procedure, e.tooth, e.surfaces, e.area, e.charge) for e in review.coverage.earlier_lines):
            found.append(review.found("duplicate", "duplicate", rule.reason, "The same service has been adjudicated before.", number))
    return found


def tooth_there(review: Review) -> list[Finding]:
    """Nothing is done to a tooth that the plan's own history shows as taken out or missing before that day."""
    found = []
    for number, line in review.numbered():
        asked = service(review, line)
        if asked.needs not in form_edits.ON_A_TOOTH or "replaces-tooth" in asked.family:
            continue
        gone = [each.since for each in review.coverage.missing_teeth if each.tooth == line.tooth]
        gone += [each.service_date for each in _history(review) if each.tooth == line.tooth and _removes(review, line, each.procedure)]
        if any(day < line.service_date for day in gone):
            found.append(review.found("tooth_there", form_edits.SERVICES, services(review, line).tooth_gone, f"Tooth {line.tooth} has been gone since {min(gone)}.", number))
    return found


def _removes(review: Review, line: DentalLine, procedure: str) -> bool:
    known = services(review, line).of.get(procedure)
    return bool(known) and "removal" in known.family


def _history(review: Review) -> tuple[EarlierDentalLine, ...]:
    """What was paid for before; a replacement claim's own first version is not held against it."""
    return tuple(each for each in review.coverage.earlier_lines if each.counted and (not each.control_number or each.control_number != review.claim.original_reference))


def included_service(review: Review) -> list[Finding]:
    """A service whose payment is part of another's of the same day is not paid beside it."""
    found = []
    for number, line in review.numbered():
        rule = review.value("included-services", line)
        for each in rule.inclusions if rule else ():
            beside = [o for o in review.claim.lines if o.service_date == line.service_date and o.procedure in each.part_of and (each.per == "mouth" or o.tooth == line.tooth)]
            if line.procedure in each.procedures and beside:
                found.append(review.found("included_service", "included-services", rule.reason, f"{line.procedure} is part of {beside[0].procedure} on the same day.", number))
    return found


def age_limit(review: Review) -> list[Finding]:
    """The patient's age in whole years on the day lies within the procedure's."""
    found, age = [], review.coverage.age
    for number, line in review.numbered():
        rule = review.value("dental-ages", line)
        for each in rule.ages if rule else ():
            if line.procedure in each.procedures and not each.from_age <= age(line.service_date) <= each.to_age:
                found.append(review.found("age_limit", "dental-ages", rule.reason, f"{line.procedure} is covered from age {each.from_age} to {each.to_age}; the patient is {age(line.service_date)}.", number))
    return found


def frequency_limit(review: Review) -> list[Finding]:
    """Not more often than the plan pays for, counting what was paid before and what stands above on the claim."""
    found = []
    for number, line in review.numbered():
        rule = review.value("dental-frequencies", line)
        for each in rule.frequencies if rule else ():
            if line.procedure in each.procedures and (before := _counted(review, number, line, each)) + line.quantity > each.times:
                found.append(review.found("frequency_limit", "dental-frequencies", rule.reason, f"{each.name}: {before} of {each.times} used before this line.", number))
    return found


def _counted(review: Review, number: int, line: DentalLine, limit: DentalFrequency) -> int:
    """How many of the limit's procedures the period holds before the line."""
    earlier = [(each, 1) for each in _history(review)] + [(each, each.quantity) for each in review.claim.lines[:number - 1]]
    return sum(count for each, count in earlier if each.procedure in limit.procedures and _same_place(limit.per, each, line) and _within(limit, each.service_date, line.service_date))


def _within(limit: DentalFrequency, before: date, day: date) -> bool:
    if limit.calendar_years:
        return day.year - limit.calendar_years < before.year <= day.year
    return before <= day and (not limit.months or day < months_after(before, limit.months))


def _same_place(per: str, one, other) -> bool:
    """The same tooth, quadrant or arch; a mouth is always the same."""
    if per == "tooth":
        return one.tooth == other.tooth
    return per == "mouth" or one.area == other.area


def waiting_period(review: Review) -> list[Finding]:
    """The category's waiting period has run, counted from the first covered day less what earlier coverage counts."""
    found, known = [], review.coverage
    for number, line in review.numbered():
        benefit = plan_of(review, line).benefit(service(review, line).category)
        months = max(benefit.waiting_months - known.credited_months, 0) if benefit else 0
        if months and line.service_date < (first := months_after(known.begins, months)):
            found.append(review.found("waiting_period", "dental-plans", review.value("dental-plans", line).waiting, f"The waiting period for {benefit.category} services ends on {first}.", number))
    return found


def category_covered(review: Review) -> list[Finding]:
    """The member's plan pays for the category at all."""
    return [review.found("category_covered", "dental-plans", review.value("dental-plans", line).no_benefit, f"The plan {review.coverage.plan} has no benefit for {service(review, line).category} services.", number)
            for number, line in review.numbered() if plan_of(review, line).benefit(service(review, line).category) is None]


def missing_tooth_clause(review: Review) -> list[Finding]:
    """A tooth lost before coverage began is not replaced, where the plan has that clause. Lost since, as the records or the claim show, it is."""
    found, known = [], review.coverage
    for number, line in review.numbered():
        if "replaces-tooth" not in service(review, line).family or not plan_of(review, line).missing_tooth_clause:
            continue
        lost = [each.since for each in known.missing_teeth if each.tooth == line.tooth]
        lost += [each.service_date for each in (*_history(review), *review.claim.lines) if each.tooth == line.tooth and _removes(review, line, each.procedure)]
        if not any(day >= known.begins for day in lost):
            found.append(review.found("missing_tooth_clause", "dental-plans", review.value("dental-plans", line).missing_tooth, f"Nothing shows that tooth {line.tooth} was lost since coverage began on {known.begins}.", number))
    return found


def replacement_stated(review: Review) -> list[Finding]:
    """A replacement of a prosthesis gives the day of the one it replaces."""
    return [review.found("replacement_stated", "replacement-limits", rule.unstated, "Item 43 says replacement and item 44 gives no day.", number)
            for number, line in review.numbered() if (rule := review.value("replacement-limits", line)) and review.claim.replaces_prosthesis
            and review.claim.prior_placement is None and "prosthesis" in service(review, line).family]


def replacement_limit(review: Review) -> list[Finding]:
    """A crown, bridge or denture is replaced only when the months have run since the last one, by the claim or by the records."""
    found = []
    for number, line in review.numbered():
        rule = review.value("replacement-limits", line)
        for limit in rule.limits if rule else ():
            if line.procedure not in limit.procedures:
                continue
            placed = [each.service_date for each in _history(review) if each.procedure in limit.procedures and _same_place(limit.per, each, line)]
            placed += [review.claim.prior_placement] if review.claim.replaces_prosthesis and review.claim.prior_placement else []
            if any(line.service_date < (due := months_after(day, limit.months)) for day in placed):
                found.append(review.found("replacement_limit", "replacement-limits", rule.too_soon, f"Placed on {max(placed)}; replaced from {due} on.", number))
    return found


def predetermination_first(review: Review) -> list[Finding]:
    """What must be asked about beforehand was, under a number that stands for the tooth and the day."""
    found, claim = [], review.claim
    for number, line in review.numbered():
        rule = review.value("predetermination", line)
        if not rule or claim.predetermination or line.procedure not in rule.procedures:
            continue
        if not any(each.number == claim.predetermination_number and each.procedure == line.procedure and each.tooth in ("", line.tooth) and line.service_date <= each.ends
                   for each in review.coverage.predeterminations):
            found.append(review.found("predetermination_first", "predetermination", rule.reason, f"{line.procedure} has no predetermination that stands (item 2).", number))
    return found


EDITS = (filed_in_time, duplicate, eligibility, other_payer_first, *form_edits.EDITS, tooth_there, covered_service, category_covered, included_service,
         age_limit, waiting_period, missing_tooth_clause, replacement_stated, replacement_limit, predetermination_first, frequency_limit)
"""In the order in which a finding refuses a line."""
