"""The edits on what a bill says of itself: admission, codes it must carry, indicators, days, lines, adjustment. What fails is returned to the provider."""

from billing.answer import Finding
from billing.institutional.grouping import stay_of
from billing.institutional.review import INPATIENT, OUTPATIENT, HospitalReview

BILLS = "institutional-bills"


def admission_stated(review: HospitalReview) -> list[Finding]:
    """A stay tells when, how and from where the patient came in, with what diagnosis, and where the patient went."""
    claim = review.claim
    if not review.inpatient:
        return []
    told = {"admission date (FL12)": claim.admission_date, "admission hour (FL13)": claim.admission_hour, "admission type (FL14)": claim.admission_type, "point of origin (FL15)": claim.admission_source,
            "discharge hour (FL16)": claim.discharge_hour, "discharge status (FL17)": claim.discharge_status, "admitting diagnosis (FL69)": claim.admitting_diagnosis}
    missing = [name for name, given in told.items() if not given]
    return [review.found("admission_stated", BILLS, review.bills.admission_missing, f"The bill lacks {', '.join(missing)}.")] if missing else []


def codes_carried(review: HospitalReview) -> list[Finding]:
    """The condition, occurrence and value codes that the payer asks for are there."""
    claim, rule = review.claim, review.value("institutional-items")
    held = {"condition": set(claim.condition_codes), "occurrence": {each.code for each in claim.occurrences}, "value": {each.code for each in claim.values}}
    setting = INPATIENT if review.inpatient else OUTPATIENT
    return [review.found("codes_carried", "institutional-items", item.reason, f"The bill needs {item.name}: {item.kind} code {' or '.join(item.codes)}.")
            for item in (rule.items if rule else ())
            if item.setting == setting and (not item.discharge_statuses or claim.discharge_status in item.discharge_statuses) and not held[item.kind] & set(item.codes)]


def present_on_admission(review: HospitalReview) -> list[Finding]:
    """Each diagnosis of a stay tells whether it was present on admission."""
    rule = review.value("institutional-present-on-admission")
    if rule is None or not review.inpatient:
        return []
    lacking = [each.code for each in review.claim.diagnoses if each.present_on_admission not in rule.indicators]
    return [review.found("present_on_admission", "institutional-present-on-admission", rule.reason, f"No indicator that is known stands with {', '.join(lacking)} (FL67).")] if lacking else []


def days_agree(review: HospitalReview) -> list[Finding]:
    """Covered and non-covered days together are the days of the statement, and as many are charged as accommodation."""
    rule, claim = review.value("institutional-covered-days"), review.claim
    if rule is None or not review.inpatient or claim.value(rule.covered) is None:
        return []
    days = (claim.statement_through - claim.statement_from).days + (claim.discharge_status == rule.still_patient) or 1
    stated = claim.value(rule.covered) + (claim.value(rule.non_covered) or 0)
    known = review.value("institutional-revenue-codes").of
    charged = sum(line.units for line in claim.lines if known[line.revenue_code].accommodation)
    if stated == days == charged:
        return []
    return [review.found("days_agree", "institutional-covered-days", rule.reason, f"The statement has {days} days; covered and non-covered ones come to {stated}, accommodation to {charged} (FL39, FL46).")]


def lines_within(review: HospitalReview) -> list[Finding]:
    """Each outpatient line has a day of its own within the statement."""
    claim = review.claim
    if review.inpatient:
        return []
    return [review.found("lines_within", BILLS, review.bills.statement, f"Line {number} is dated {line.service_date or 'nowhere'}; the statement runs from {claim.statement_from} to {claim.statement_through}.")
            for number, line in review.numbered() if line.service_date is None or not claim.statement_from <= line.service_date <= claim.statement_through][:1]


def procedure_with_revenue(review: HospitalReview) -> list[Finding]:
    """An outpatient line names its procedure where the revenue code asks for one."""
    rule = review.value("institutional-revenue-codes")
    if review.inpatient:
        return []
    lacking = [str(number) for number, line in review.numbered() if rule.of[line.revenue_code].procedure and not line.procedure]
    return [review.found("procedure_with_revenue", "institutional-revenue-codes", rule.procedure_missing, f"Line {', '.join(lacking)} needs a HCPCS code (FL44).")] if lacking else []


def adjustment_stated(review: HospitalReview) -> list[Finding]:
    """An adjustment or a void says what changed, by exactly one condition code, and which claim of the payer's it means."""
    claim, bills = review.claim, review.bills
    if claim.frequency not in (*bills.adjustments, bills.void):
        return []
    why = ""
    fitting, other = (bills.void_changes, bills.claim_changes) if claim.frequency == bills.void else (bills.claim_changes, bills.void_changes)
    stated = [code for code in claim.condition_codes if code in (*fitting, *other)]
    if len(stated) != 1 or stated[0] not in fitting:
        why = f"Exactly one condition code says what changed: {', '.join(fitting)} (FL18-28)."
    elif not claim.control_number:
        why = "The payer's number of the earlier claim is missing (FL64)."
    elif claim.control_number not in {each.control_number for each in review.coverage.earlier_bills}:
        why = f"The payer has answered no claim {claim.control_number} of this member (FL64)."
    return [review.found("adjustment_stated", BILLS, bills.claim_change_missing, why)] if why else []


def codes_edited(review: HospitalReview) -> list[Finding]:
    """The code editor finds nothing that sends a stay back, as a diagnosis that cannot be principal."""
    rule = review.value("institutional-code-editor")
    if rule is None or not review.inpatient:
        return []
    says, stay = {each.name: each.says for each in rule.complaints}, stay_of(review.claim)
    why = [says[name] for name in review.grouper.complaints(stay) if name in says] or ([] if review.grouper.group(stay).grouped else [rule.ungrouped])
    return [review.found("codes_edited", "institutional-code-editor", rule.reason, each) for each in why]


EDITS = (admission_stated, codes_carried, present_on_admission, days_agree, lines_within, procedure_with_revenue, adjustment_stated, codes_edited)
