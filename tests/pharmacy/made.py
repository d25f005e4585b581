"""Pharmacy claims and members for the tests, on the shipped pharmacy benefit manager: one small claim, changed by each test in one place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from billing.claim import Person
from billing.npi import with_check_digit
from billing.pharmacy.answer import PharmacyAnswer, Status
from billing.pharmacy.claim import PharmacyClaim
from billing.pharmacy.member import Fill, PharmacyMember
from billing.pharmacy.pipeline import adjudicate_pharmacy
from billing.policy import Dated, PayerPolicy
from curriculum.payers import read_folder

ROOT = Path(__file__).parents[2]
HERONWOOD = "heronwood-rx"
DAY, BORN, BEGAN = date(2026, 5, 12), date(1984, 2, 9), date(2025, 1, 1)
PHARMACY, PRESCRIBER = with_check_digit("200000021"), with_check_digit("200000022")
GROUPS = {"copay": "HWCOPAY", "saver": "HWSAVER", "one": "HWONE", "part-d": "HWPARTD"}
D = Decimal


def ndc(number: int) -> str:
    """The product of that number in the drug file."""
    return f"9999901{number:02d}01"


(ATORVASTATIN, LIPIVANCE, METFORMIN, LISINOPRIL, LEVOTHYROXINE, THYRELLE, AMOXICILLIN, ALBUTEROL, GLARVIA, APIXORA, SEVANTA, PHENTERMINE, WARFARIN, IBUPROFEN, CLARITHROMYCIN, SIMVASTATIN,
 ZOLPIDEM, SUMATRIPTAN, TRETINOIN, FINASTERIDE, ADALORA, ESOPRAZA, OMEPRAZOLE, CRESTAREL) = (ndc(number) for number in range(1, 25))


@cache
def payer() -> PayerPolicy:
    """The shipped payer, read once."""
    mistakes: list = []
    files = [(path, path.name) for path in sorted((ROOT / "payers" / HERONWOOD).glob("*.yaml"))]
    policy = read_folder(HERONWOOD, files, mistakes).policy
    assert mistakes == []
    return policy


def changed(kind: str, **changes) -> PayerPolicy:
    """The payer with fields of one rule's value changed."""
    rule = payer().rules[kind]
    held = rule.values[-1]
    return replace(payer(), rules={**payer().rules, kind: replace(rule, values=(Dated(held.since, replace(held.value, **changes), held.citations),))})


def claim(product=LISINOPRIL, quantity="30", days=30, cost="20.00", fee="3.00", plan="copay", **changes) -> PharmacyClaim:
    """A fill at the counter; gross amount due follows from cost and fee."""
    made = PharmacyClaim(HERONWOOD, "999001", "HWRXD" if plan == "part-d" else "HWRX", PHARMACY, DAY, "HRX20417701", Person("Marchetti", "Noor", BORN, "F"), "4401187", product, D(quantity), days,
                         DAY, PRESCRIBER, D(cost), D(fee), D("200.00"), D(cost) + D(fee), group_number=GROUPS[plan], person_code="01", refills_authorized=5)
    return replace(made, **changes)


def member(plan="copay", **changes) -> PharmacyMember:
    return replace(PharmacyMember("HRX20417701", GROUPS[plan], "Marchetti", "Noor", BORN, "F", BEGAN), **changes)


def fill(product: str, day: date, days=30, prescription="4400001", quantity="30", **more) -> Fill:
    return Fill(PHARMACY, prescription, 0, product, day, D(quantity), days, "26001", **more)


def answer(sent: PharmacyClaim, known: PharmacyMember | None = None, on: date | None = None, policy: PayerPolicy | None = None) -> PharmacyAnswer:
    plan = next(name for name, group in GROUPS.items() if group == sent.group_number) if sent.group_number in GROUPS.values() else "copay"
    return adjudicate_pharmacy(sent, policy or payer(), known or member(plan), on or sent.service_date)


def said(got: PharmacyAnswer) -> str:
    """Paid, or the reject codes."""
    return " ".join(got.codes) if got.status is Status.REJECTED else "paid"
