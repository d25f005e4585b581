"""Payments of every kind for the tests of remittances: adjudicated by the engine's own types, and sent by one invented payer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from billing.adjudication.pipeline import adjudicate
from billing.answer import Adjustment, Outcome, Remittance, RemittanceLine, WholeClaim
from billing.npi import with_check_digit
from billing.payment import Payment, ProviderAdjustment, Reversal
from billing.x12.parties import Place
from billing.x12.remittance_writing import Account, Remitter
from tests.billing.made import DAY, Books, claim, coverage, line, policy
from tests.x12.made import dental, institutional, professional, secondary

PAID_ON = date(2026, 3, 30)
CHECK = Remitter("Made Payer", "MADE1", "991110001", Place("1 Payer Plaza", "Springfield", "IL", "627030000"), "Provider line", "5555550111", "SUB2001")
TRANSFER = replace(CHECK, account=Account("999999992", "5550001"), payee_account=Account("999999992", "5550002"))
NPI = with_check_digit("200000001")


def dollars(text: str) -> Decimal:
    return Decimal(text)


def decided(number: int, charge: str, paid: str, *adjustments, procedure="TX113", **changes) -> RemittanceLine:
    """A line; adjustments are (group, carc, dollars, *rarcs)."""
    made = tuple(Adjustment(group, carc, dollars(amount), tuple(rarcs)) for group, carc, amount, *rarcs in adjustments)
    allowed = dollars(paid) + sum((a.amount for a in made if a.group == "PR"), dollars("0.00"))
    return replace(RemittanceLine(number, DAY, procedure, (), 1, dollars(charge), allowed, dollars(paid), made, Outcome.PAID if allowed else Outcome.DENIED), **changes)


def answer(*lines, account="A1", **changes) -> Remittance:
    return replace(Remittance("made", account, f"ICN{account}", date(2026, 3, 14), PAID_ON, lines, (), ()), **changes)


def payment(*claims, **changes) -> Payment:
    return replace(Payment("Made Payer", "Brandt Family Medicine", NPI, "998877", PAID_ON, claims), **changes)


VISIT = professional(account="A1")
STAY, TEETH, SECOND = institutional(account="H1"), dental(account="D1"), replace(secondary(), account="S1")
SENT = {each.account: each for each in (VISIT, STAY, TEETH, SECOND)}
PLAIN = answer(decided(1, "120.00", "64.00", ("CO", "45", "40.00"), ("PR", "2", "16.00")), decided(2, "30.00", "0.00", ("CO", "16", "30.00", "M119", "N290"), procedure="J1885", units=2), rarcs=("MA01",))
WHOLE = answer(account="H1", rarcs=("MA18",), whole=WholeClaim(dollars("4390.55"), dollars("3000.00"), dollars("1292.00"), (Adjustment("CO", "45", dollars("1390.55")), Adjustment("PR", "1", dollars("1708.00"))), Outcome.PAID, "193"))
DENTAL = answer(decided(1, "180.00", "90.00", ("CO", "45", "60.00"), ("PR", "2", "30.00"), procedure="TD211", tooth="3", surfaces=("M", "O")), decided(2, "220.00", "0.00", ("PR", "119", "220.00"), procedure="TD401", units=2), account="D1")
ASKED = replace(DENTAL, predetermination=True, lines=(decided(1, "400.00", "0.00", ("OA", "101", "400.00"), procedure="TD211"),))
AFTER = answer(decided(1, "120.00", "10.00", ("OA", "23", "100.00"), ("PR", "2", "10.00")), account="S1")

PAYMENTS = {
    "plain": payment(PLAIN), "stay": payment(WHOLE), "teeth": payment(DENTAL), "asked before": payment(ASKED), "second": payment(AFTER), "all": payment(PLAIN, WHOLE, DENTAL, AFTER),
    "interest": payment(replace(PLAIN, interest=dollars("1.25")), provider_adjustments=(ProviderAdjustment("L6", "ICNA1", dollars("-1.25")),)),
    "taken back": payment(WHOLE, PLAIN, reversals=(Reversal(PLAIN),), provider_adjustments=(ProviderAdjustment("WO", "ICN9", dollars("20.00")),)),
    "carried forward": payment(answer(decided(1, "120.00", "0.00", ("PR", "1", "120.00"))), reversals=(Reversal(PLAIN),), provider_adjustments=(ProviderAdjustment("FB", "998877", dollars("-64.00")),)),
    "many beside": payment(PLAIN, provider_adjustments=tuple(ProviderAdjustment("WO", f"R{n}", dollars("1.00")) for n in range(8)))}


def adjudicated(*lines):
    """A claim through the engine."""
    whole = claim(*(lines or (line(),)))
    return whole, adjudicate(whole, policy(), coverage(), date(2026, 3, 14), PAID_ON, Books())
