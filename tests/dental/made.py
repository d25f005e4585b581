"""Dental claims and members for the tests, on the shipped dental payers: one small claim, changed by each test in one place."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from billing.answer import Answer, Rejection
from billing.claim import Person, PriorAdjustment, PriorLine, PriorPayment, Provider
from billing.dental.claim import DentalClaim, DentalLine
from billing.dental.member import DentalMember
from billing.dental.pipeline import adjudicate_dental
from billing.npi import with_check_digit
from billing.policy import Dated, PayerPolicy
from curriculum.payers import read_folder

ROOT = Path(__file__).parents[2]
HAREBELL, MILLRACE = "harebell-dental", "millrace-dental"
DAY, BORN, BEGAN = date(2026, 5, 12), date(1984, 2, 9), date(2024, 1, 1)
BILLING, TREATING = with_check_digit("200000011"), with_check_digit("200000012")
IDS = {HAREBELL: ("HBD20417701", "harebell-1500"), MILLRACE: ("2041770MT", "trust-2000")}


@cache
def payer(name: str) -> PayerPolicy:
    """A shipped payer, read once."""
    mistakes: list = []
    files = [(path, path.name) for path in sorted((ROOT / "payers" / name).glob("*.yaml"))]
    policy = read_folder(name, files, mistakes).policy
    assert mistakes == []
    return policy


def changed(name: str, kind: str, **changes) -> PayerPolicy:
    """The payer with fields of one rule's value changed."""
    held = payer(name)
    rule = held.rules[kind]
    value = replace(rule.values[-1].value, **changes)
    dated = Dated(rule.values[-1].since, value, rule.values[-1].citations)
    return replace(held, rules={**held.rules, kind: replace(rule, values=(dated,))})


def line(procedure="TD003", charge="2000.00", **changes) -> DentalLine:
    return replace(DentalLine(DAY, procedure, Decimal(charge)), **changes)


def claim(*lines, name=HAREBELL, **changes) -> DentalClaim:
    patient = Person("Marchetti", "Noor", BORN, "F")
    whole = DentalClaim("D1", name, IDS[name][0], patient, patient, "self", Provider("Lakeside Dental", BILLING), Provider("Dr Oyelaran", TREATING), lines or (line(),))
    return replace(whole, **changes)


def member(name=HAREBELL, **changes) -> DentalMember:
    number, plan = IDS[name]
    return replace(DentalMember(number, plan, "Marchetti", "Noor", BORN, BEGAN), **changes)


def answer(sent: DentalClaim, known: DentalMember | None = None, received: date | None = None, participates=True, policy: PayerPolicy | None = None) -> Answer:
    received = received or max(each.service_date for each in sent.lines) + timedelta(days=5)
    return adjudicate_dental(sent, policy or payer(sent.payer), known or member(sent.payer), received, received + timedelta(days=14), None, participates)


def prior(paid: str, owed: str, written_off="0.00", day=DAY) -> PriorPayment:
    """The first plan's answer to a claim of one line."""
    parts = (PriorAdjustment("CO", "45", Decimal(written_off)), PriorAdjustment("PR", "2", Decimal(owed)))
    return PriorPayment("first-plan", day, (PriorLine(1, Decimal(paid), tuple(p for p in parts if p.amount)),))


def said(got: Answer, number: int = 1) -> str:
    """What was decided about a line: paid, or the status of the rejection, or the reasons that took the charge."""
    if isinstance(got, Rejection):
        return "rejected " + " ".join(sorted({f.status for f in got.findings}))
    each = got.lines[number - 1]
    if each.outcome.value == "paid":
        return "paid"
    last = each.adjustments[-1]
    return " ".join((f"{last.group}-{last.carc}", *last.rarcs))
