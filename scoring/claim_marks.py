"""Marking a claim that was sent: is it what the record supports, is each field right, and what did it earn.

Right means supported and payable. A claim that pays but that the record does not support is a breach, whatever it earned.
"""

from decimal import Decimal

from billing.answer import Answer, Outcome, Remittance
from billing.claim import ProfessionalClaim, ServiceLine
from billing.dental.pipeline import ANTICIPATED
from billing.money import ZERO
from curriculum.cases import Case, at_hand
from curriculum.claim_fields import CLAIM_FIELDS, name_of, parts_of, value_of
from scoring.marks import Credit, Marks

TOUCH_COST = Decimal("0.15")
"""The share of a claim's credits that each sending after the first costs (docs/authoring.md, Marking)."""

MOST_TOUCHES = Decimal("0.60")
"""The share that all of them together cost at most."""

RECORD_WEIGHT, EARNED_WEIGHT = Decimal(2), Decimal(2)
COMPETENCY = {"member_id": "patient-access.registration", "patient.last_name": "patient-access.registration", "patient.first_name": "patient-access.registration",
              "patient.birth_date": "patient-access.registration", "group_number": "patient-access.registration", "diagnoses": "coding.icd-10-cm",
              "prior_authorization": "patient-access.prior-authorization", "billing.npi": "claim-submission.provider-identifiers",
              "rendering.npi": "claim-submission.provider-identifiers", "referring.npi": "claim-submission.provider-identifiers",
              "modifiers": "coding.modifiers", "diagnosis_pointers": "coding.icd-10-cm", "procedure": "coding.procedures-and-hcpcs",
              "units": "coding.procedures-and-hcpcs", "ndc": "drugs.drug-units-and-waste", "place_of_service": "coding.procedures-and-hcpcs", "charge": "coding.charge-capture",
              "service_date": "coding.charge-capture"}


def competency_of(part: str) -> str:
    """The competency a credit's part shows; the claim itself where the field has none of its own."""
    field = part.removeprefix("field:")
    return COMPETENCY.get(field) or COMPETENCY.get(field.rsplit(".", 1)[-1]) or "claim-submission.professional-claim"


def mark_claim(case: Case, sent: ProfessionalClaim, answer: Answer, clean: Answer, fields: tuple[str, ...], sending: int) -> Marks:
    """Credits for one sending. fields: the paths this scenario marks; sending: 1 for the first, each later one costs a touch."""
    credits = [_record(case, sent), *(_field(case, sent, path) for path in fields), _untouched(case, sent, fields), earned_credit(answer, clean)]
    return Marks(touched(tuple(credit for credit in credits if credit), sending))


def touched(credits: tuple[Credit, ...], sending: int) -> tuple[Credit, ...]:
    """The credits with what the sending costs, if it is not the first."""
    if sending == 1:
        return credits
    cost = min(TOUCH_COST * (sending - 1), MOST_TOUCHES) * sum(credit.possible for credit in credits)
    return (*credits, Credit("touches", -min(cost, sum(c.earned for c in credits)), Decimal(0), f"Sent {sending} times: each sending after the first costs {TOUCH_COST:.0%}."))


def marked_fields(case: Case) -> tuple[str, ...]:
    """The fields a scenario marks: those that the claim at hand has wrong or blank."""
    begun = at_hand(case)
    same = [path for path in CLAIM_FIELDS if _same(case, begun, case.clean, path)]
    fields = [path for path in CLAIM_FIELDS if path not in same and not path.startswith(("frequency", "original"))]
    for number, line in enumerate(case.clean.lines, 1):
        held = _matching(case, begun, number)
        fields += [f"lines.{number}.{part}" for part in parts_of(line, held) if held is None or not _same_part(case, begun, held, case.clean, line, part, number)]
    fields += [f"lines.{number}.procedure" for number in range(len(case.clean.lines) + 1, len(begun.lines) + 1)]
    return tuple(fields)


def _record(case: Case, sent: ProfessionalClaim) -> Credit:
    """Everything claimed stands in the record: diagnoses, services, units, modifiers."""
    beyond = [f"{code} ({name_of('diagnoses')})" for code in sent.diagnoses if code not in {*case.clean.diagnoses, *case.scenario.accept.get("diagnoses", ())}]
    for number, line in enumerate(sent.lines, 1):
        told = _told(case, sent, number)
        if told is None:
            beyond.append(f"{line.procedure or 'a service'} on {line.service_date} (line {number})")
            continue
        place, documented = told
        extra = set(line.modifiers) - set(documented.modifiers).union(*_alternatives(case, place))
        beyond += [f"modifier {modifier} on line {number}" for modifier in sorted(extra)]
        if line.units > documented.units:
            beyond.append(f"{line.units} units of {line.procedure} where the record has {documented.units}")
    if not beyond:
        return Credit("record", RECORD_WEIGHT, RECORD_WEIGHT, "Everything on the claim stands in the record.")
    return Credit("record", ZERO, RECORD_WEIGHT, f"The record does not support {', '.join(beyond)}. A claim for it is a false claim, whatever it pays.", "unsupported-claim", ("usc-31-3729",), "unlawful")


def _told(case: Case, sent: ProfessionalClaim, number: int) -> tuple[int, ServiceLine] | None:
    """The documented service that a claimed line bills, with its number: of several alike, the one in the same turn."""
    line = sent.lines[number - 1]
    alike = [(n, d) for n, d in enumerate(case.clean.lines, 1) if (d.procedure, d.service_date) == (line.procedure, line.service_date)]
    turn = sum((each.procedure, each.service_date) == (line.procedure, line.service_date) for each in sent.lines[:number - 1])
    return alike[turn] if turn < len(alike) else None


def _field(case: Case, sent: ProfessionalClaim, path: str) -> Credit:
    right = _right(case, sent, path)
    fault = next((f for f in case.faults if f.field == path), None)
    should = "gone" if _beyond(case, path) else shown(value_of(case.clean, path))
    reason = (fault.why if fault else f"{name_of(path)} is right.") if right else f"{name_of(path)} should be {should}." + (f" {fault.why}" if fault else "")
    return Credit(f"field:{path}", Decimal(int(right)), Decimal(1), reason)


def _right(case: Case, sent: ProfessionalClaim, path: str) -> bool:
    if not path.startswith("lines."):
        return _same(case, sent, case.clean, path)
    if _beyond(case, path):
        return len(sent.lines) <= len(case.clean.lines)
    _, number, part = path.split(".")
    clean = case.clean.lines[int(number) - 1]
    mine = _matching(case, sent, int(number))
    return mine is not None and _same_part(case, sent, mine, case.clean, clean, part, int(number))


def _beyond(case: Case, path: str) -> bool:
    """The path is of a line that the record does not have at all."""
    return path.startswith("lines.") and int(path.split(".")[1]) > len(case.clean.lines)


def _matching(case: Case, sent: ProfessionalClaim, number: int) -> ServiceLine | None:
    """The sent line for a documented one: the same procedure in the same turn, else the same place on the claim."""
    procedure = case.clean.lines[number - 1].procedure
    turn = sum(line.procedure == procedure for line in case.clean.lines[:number - 1])
    alike = [line for line in sent.lines if line.procedure == procedure]
    if turn < len(alike):
        return alike[turn]
    return sent.lines[number - 1] if number <= len(sent.lines) else None


def _same(case: Case, one: ProfessionalClaim, other: ProfessionalClaim, path: str) -> bool:
    mine, theirs = value_of(one, path), value_of(other, path)
    if path == "diagnoses":
        return bool(mine) and mine[:1] == theirs[:1] and set(mine) == set(theirs)
    return mine == theirs or (isinstance(mine, str) and mine in case.scenario.accept.get(path, ()))


def _same_part(case: Case, one: ProfessionalClaim, mine: ServiceLine, other: ProfessionalClaim, theirs: ServiceLine, part: str, number: int) -> bool:
    if part == "diagnosis_pointers":
        return mine.diagnosis_pointers == theirs.diagnosis_pointers or _pointed(one, mine) == _pointed(other, theirs)
    if part == "modifiers":
        return set(mine.modifiers) in ({*theirs.modifiers}, *_alternatives(case, number))
    return getattr(mine, part) == getattr(theirs, part)


def _alternatives(case: Case, number: int) -> list[set[str]]:
    """The other sets of modifiers that the record supports on a line: each accepted entry is a whole set, parted by spaces."""
    return [set(entry.split()) for entry in case.scenario.accept.get(f"lines.{number}.modifiers", ())]


def _pointed(claim: ProfessionalClaim, line: ServiceLine) -> tuple:
    letters = "ABCDEFGHIJKL"
    codes = [claim.diagnoses[letters.index(p)] if p in letters and letters.index(p) < len(claim.diagnoses) else p for p in line.diagnosis_pointers]
    return (codes[:1], frozenset(codes))


def _untouched(case: Case, sent: ProfessionalClaim, fields: tuple[str, ...]) -> Credit | None:
    """Nothing that was right was made wrong. A claim filled from blank has nothing to spoil but its given fields."""
    spoiled = [name_of(p) for p in CLAIM_FIELDS if p not in fields and not p.startswith(("frequency", "original")) and not _same(case, sent, case.clean, p)]
    for number, line in enumerate(case.clean.lines, 1):
        spoiled += [name_of(f"lines.{number}.{part}") for part in parts_of(line) if f"lines.{number}.{part}" not in fields and not _right(case, sent, f"lines.{number}.{part}")]
    if len(sent.lines) > len(case.clean.lines):
        spoiled.append("a line more than the record has")
    if not spoiled:
        return Credit("untouched", Decimal(1), Decimal(1), "What was right stayed right.")
    return Credit("untouched", ZERO, Decimal(1), f"Made wrong or added: {', '.join(spoiled)}.")


def earned_credit(answer: Answer, clean: Answer) -> Credit:
    """Half for the same outcome as the clean claim's, half for the same payment."""
    same = answer.outcome is clean.outcome
    paid, due = _paid(answer), _paid(clean)
    half = EARNED_WEIGHT / 2
    if same and paid == due:
        return Credit("earned", EARNED_WEIGHT, EARNED_WEIGHT, "It earned what the clean claim earns.")
    said = {Outcome.REJECTED: "was rejected", Outcome.UNPROCESSABLE: "came back unprocessable", Outcome.DENIED: "was denied", Outcome.PAID: f"was paid {paid}"}
    more = " That is more than is due: an overpayment must go back." if paid > due else ""
    return Credit("earned", half if same and paid < due else ZERO, EARNED_WEIGHT, f"It {said[answer.outcome]}; the clean claim is paid {due}.{more}",
                  "overpaid" if paid > due else "")


def _paid(answer: Answer) -> Decimal:
    """What was paid; of a predetermination, what it says would be."""
    if not isinstance(answer, Remittance):
        return ZERO
    return answer.paid + (answer.adjusted("OA", ANTICIPATED) if answer.predetermination else ZERO)


def shown(value: object) -> str:
    """A field's value in words."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "blank"
    return str(value) if value not in ("", None) else "blank"
