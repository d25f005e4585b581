"""Hospital claims and members for the tests, on the shipped payers: one small stay and one small visit, changed by each test in one place."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from billing.answer import Answer, Outcome, Rejection
from billing.claim import Person, PriorAdjustment, PriorLine, PriorPayment, Provider
from billing.codes import DiagnosisCode
from billing.institutional.claim import Diagnosis, InstitutionalClaim, RevenueLine, ValueAmount
from billing.institutional.member import EarlierBill, HospitalMember
from billing.institutional.pipeline import adjudicate_institutional
from billing.npi import with_check_digit
from billing.policy import Dated, PayerPolicy
from curriculum.grouping import MsDrg
from curriculum.payers import read_folder

ROOT = Path(__file__).parents[2]
PART_A, CEDAR = "medicare-part-a", "cedar-ppo"
IN, OUT, BORN, BEGAN = date(2026, 3, 10), date(2026, 3, 14), date(1950, 2, 9), date(2024, 1, 1)
HOSPITAL, COUNTRY, ATTENDING = with_check_digit("200000021"), with_check_digit("204400007"), with_check_digit("200000022")
IDS = {PART_A: ("2C34D56EF78", "part-a"), CEDAR: ("CMP204117936", "choice-1500")}
D = Decimal


@cache
def payer(name: str) -> PayerPolicy:
    """A shipped payer, read once."""
    mistakes: list = []
    policy = read_folder(name, [(path, path.name) for path in sorted((ROOT / "payers" / name).glob("*.yaml"))], mistakes).policy
    assert mistakes == []
    return policy


def changed(policy: PayerPolicy, kind: str, **changes) -> PayerPolicy:
    """The payer with fields of one rule's newest value changed, for every day the rule knows."""
    rule = policy.rules[kind]
    last = rule.values[-1]
    dated = Dated(rule.values[0].since, replace(last.value, **changes), last.citations)
    return replace(policy, rules={**policy.rules, kind: replace(rule, values=(dated,))})


@cache
def grouper() -> MsDrg:
    return MsDrg()


class Books:
    """Every code is billable but E11 (a heading) and ZZZ (none)."""

    def diagnosis(self, code, on):
        return None if code in ("", "ZZZ") else DiagnosisCode(code, code, code != "E11")

    def place_of_service(self, code, on):
        return code


def dx(code: str, present: str = "Y") -> Diagnosis:
    return Diagnosis(code, present)


def accommodation(units=4, charge="6000.00", code="0120") -> RevenueLine:
    return RevenueLine(code, D(charge), units)


def stay(name=PART_A, days=4, **changes) -> InstitutionalClaim:
    """Four days for pneumonia with respiratory failure: group 193."""
    patient = Person("Abara", "Ines", BORN, "F")
    whole = InstitutionalClaim(
        account="H1", payer=name, type_of_bill="0111", billing=Provider("Haugen Hospital", HOSPITAL), statement_from=IN, statement_through=IN + timedelta(days=days), patient=patient,
        subscriber=patient, relationship="self", member_id=IDS[name][0], principal_diagnosis=dx("J18.9"), lines=(accommodation(days), RevenueLine("0250", D("14000.00"))),
        attending=Provider("Dr Tomas Reyes", ATTENDING), other_diagnoses=(dx("J96.01"),), admitting_diagnosis="R06.02", admission_date=IN, admission_hour="14", admission_type="1",
        admission_source="1", discharge_hour="11", discharge_status="01", values=(ValueAmount("80", D(days)),))
    return replace(whole, **changes)


def service(procedure="TX420", charge="900.00", code="0351", **changes) -> RevenueLine:
    return replace(RevenueLine(code, D(charge), 1, IN, procedure), **changes)


def visit(*lines, name=PART_A, **changes) -> InstitutionalClaim:
    """An outpatient visit of one day after a faint."""
    base = stay(name, type_of_bill="0131", statement_through=IN, lines=lines or (service(),), principal_diagnosis=Diagnosis("R55"), other_diagnoses=(), values=(),
                admission_date=None, admission_type="", admission_source="", admitting_diagnosis="", discharge_status="01")
    return replace(base, **changes)


def member(name=PART_A, **changes) -> HospitalMember:
    return replace(HospitalMember(IDS[name][0], IDS[name][1], "Abara", "Ines", BORN, BEGAN), **changes)


def earlier(claim=None, **changes) -> EarlierBill:
    """The claim as answered before."""
    claim = claim or stay()
    base = EarlierBill("26100000000001", claim.type_of_bill, claim.billing.npi, claim.statement_from, claim.statement_through, claim.charge, D("9000.00"), adjudicated=date(2026, 4, 10), admission_date=claim.admission_date)
    return replace(base, **changes)


def prior(paid: str, *adjustments: tuple[str, str, str], on=date(2026, 4, 1)) -> PriorPayment:
    return PriorPayment("first", on, (PriorLine(1, D(paid), tuple(PriorAdjustment(group, carc, D(amount)) for group, carc, amount in adjustments)),))


def answer(claim: InstitutionalClaim, known=None, received: date | None = None, policy: PayerPolicy | None = None) -> Answer:
    received = received or claim.statement_through + timedelta(days=10)
    known = known or member(claim.payer)
    return adjudicate_institutional(claim, policy or payer(claim.payer), known, received, received + timedelta(days=14), Books(), grouper())


def said(got: Answer, number: int = 0) -> str:
    """The answer in a word: paid, rejected with its status, or the reason, RTP before it where the bill was returned."""
    if isinstance(got, Rejection):
        first = got.findings[0]
        return " ".join(("rejected", first.category, first.status, *((first.entity,) if first.entity else ())))
    decided = got.lines[number - 1] if number else got.whole or got.lines[0]
    if decided.outcome is Outcome.PAID:
        return "paid"
    reason = decided.adjustments[0] if decided.adjustments else got.whole.adjustments[0]
    return ("RTP " if decided.outcome is Outcome.UNPROCESSABLE else "") + " ".join((f"{reason.group}-{reason.carc}", *reason.rarcs))


def balances(got) -> bool:
    """Charge = paid + adjustments, of the claim or of each line."""
    return all(each.charge == each.paid + sum((a.amount for a in each.adjustments), D(0)) for each in ((got.whole,) if got.whole else got.lines))
