"""A payer, a member and a claim made for the tests of the engine: small, invented, and changed by each test in one place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from billing.claim import Person, ProfessionalClaim, Provider, ServiceLine
from billing.codes import DiagnosisCode
from billing.coverage import Coverage
from billing.npi import with_check_digit
from billing.policy import (Benefit, Benefits, Citation, Clock, ConversionFactor, Dated, Eligibility, FeeSchedule, FlatFee, Geography, Identifiers, PayerPolicy,
                            PricingModifiers, Reason, RelativeValue, Remedies, Rule, Simple, TimelyFiling)

DAY = date(2026, 3, 10)
BILLING, RENDERING = with_check_digit("200000001"), with_check_digit("200000002")
DENIED = Reason("CO", "96")


def dollars(text: str) -> Decimal:
    return Decimal(text)


class Books:
    """A code book of three diagnoses and two places."""
    KNOWN = {"E11.9": DiagnosisCode("E11.9", "Type 2 diabetes", True, ("E10", "O24")), "E10.9": DiagnosisCode("E10.9", "Type 1 diabetes", True, ("E11",)),
             "E11": DiagnosisCode("E11", "Type 2 diabetes", False), "L57.0": DiagnosisCode("L57.0", "Actinic keratosis", True)}

    def diagnosis(self, code, on):
        return self.KNOWN.get(code)

    def place_of_service(self, code, on):
        return {"11": "Office", "22": "Outpatient hospital", "23": "Emergency room"}.get(code)


def rule(kind, value, on=Clock.SERVICE, since=date(2000, 1, 1)):
    return Rule(kind, "made", kind, on, (Dated(since, value, (Citation("training", "tests"),)),), DAY, invented=True)


def flat(*fees):
    return FeeSchedule((), tuple(FlatFee(code, dollars(fee)) for code, fee in fees))


def policy(**values) -> PayerPolicy:
    """A payer with flat fees, 20 % coinsurance and no deductible; a keyword sets the value of a rule (with - for _), None takes it away."""
    held = {"identifiers": Identifiers(r"M\d{4}", "M and four digits"), "timely-filing": TimelyFiling(Reason("CO", "29"), days=90),
            "eligibility": Eligibility(Reason("CO", "26"), Reason("CO", "27")), "duplicate": Simple(Reason("OA", "18")),
            "fee-schedule": flat(("TX113", "100.00"), ("TX201", "60.00"), ("TX202", "80.00")),
            "benefits": Benefits((Benefit("plain", dollars("0.00"), dollars("20")),)),
            "remedies": Remedies("new-claim", "new-claim", "corrected-claim", "first appeal", 60)}
    held.update({name.replace("_", "-"): value for name, value in values.items()})
    return PayerPolicy("made", "Made Payer", False, "for tests", {name: rule(name, value) for name, value in held.items() if value is not None})


def relative(*rows, locality=("1", "1", "1"), factor="10", facility=()):
    """Fee schedule, geography and conversion factor as keyword values for `policy`; a row is (procedure, work, nonfacility, facility, malpractice, extra)."""
    values = tuple(RelativeValue(code, dollars(w), dollars(n), dollars(f), dollars(m), **extra) for code, w, n, f, m, extra in rows)
    return {"fee_schedule": FeeSchedule(values, (), facility), "geography": Geography("here", *map(dollars, locality)), "conversion_factor": ConversionFactor(dollars(factor)),
            "pricing_modifiers": PricingModifiers(dollars("150"), tuple(map(dollars, ("100", "50", "50"))))}


def line(procedure="TX113", charge="120.00", **changes) -> ServiceLine:
    return replace(ServiceLine(DAY, "11", procedure, ("A",), dollars(charge)), **changes)


def claim(*lines, **changes) -> ProfessionalClaim:
    patient = Person("Okafor", "Ruth", date(1961, 5, 4), "F")
    whole = ProfessionalClaim("A1", "made", "M1234", patient, patient, "self", Provider("Clinic", BILLING), Provider("Dr Lee", RENDERING), ("E11.9",), lines or (line(),))
    return replace(whole, **changes)


def coverage(**changes) -> Coverage:
    return replace(Coverage("M1234", "plain", "Okafor", "Ruth", date(1961, 5, 4), date(2020, 1, 1)), **changes)
