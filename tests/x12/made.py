"""Parties and claims of every form for the tests of transactions: invented, whole, and changed by each test in one place."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from billing.claim import Person, PriorAdjustment, PriorLine, PriorPayment, Provider
from billing.dental.claim import Accident, DentalClaim, DentalLine, Orthodontics
from billing.institutional.claim import Diagnosis, InstitutionalClaim, Occurrence, OccurrenceSpan, RevenueLine, SurgicalProcedure, ValueAmount
from billing.npi import with_check_digit
from billing.x12.parties import Correspondents, Place
from tests.billing.made import claim, line

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "x12"
AT = datetime(2026, 3, 12, 9, 30)
PARTIES = Correspondents("Brandt Family Medicine", "SUB2001", "Ines Duarte", "5555550100", "Lakeside Clearinghouse", "RCV3001", "Made Payer", "made",
                         Place("12 Elm Street", "Springfield", "IL", "627010000"), Place("4 Oak Lane", "Springfield", "IL", "627020000"), "207Q00000X")
PATIENT = Person("Okafor", "Ruth", date(1961, 5, 4), "F")
PARENT = Person("Okafor", "Samuel", date(1935, 2, 1), "M")
BILLING = Provider("Brandt Family Medicine", with_check_digit("200000001"), "991234567")
SURGEON = Provider("Ada Lindqvist MD", with_check_digit("200000002"))
PRIOR = PriorPayment("cedar", date(2026, 2, 20), (PriorLine(1, Decimal("60.00"), (PriorAdjustment("CO", "45", Decimal("40.00")), PriorAdjustment("PR", "2", Decimal("20.00")))),))


def dollars(text: str) -> Decimal:
    return Decimal(text)


def professional(**changes):
    """A visit with a modifier and an injected drug, referred and authorized."""
    drug = line("J1885", "30.00", units=2, ndc="99999012301", diagnosis_pointers=("A", "B"))
    whole = claim(line(modifiers=("25",)), drug, patient=PATIENT, subscriber=PATIENT, billing=BILLING, rendering=SURGEON, referring=SURGEON, diagnoses=("E11.9", "L57.0"), prior_authorization="PA1", group_number="G77")
    return replace(whole, **changes)


def secondary():
    """The same as a child's claim to a second payer."""
    return professional(subscriber=PARENT, relationship="child", prior_payment=PRIOR)


def institutional(**changes):
    """An inpatient stay with everything that a stay may carry."""
    whole = InstitutionalClaim(
        account="H1", payer="made", type_of_bill="0111", billing=BILLING, statement_from=date(2026, 3, 1), statement_through=date(2026, 3, 5), patient=PATIENT, subscriber=PATIENT, relationship="self", member_id="M1234",
        principal_diagnosis=Diagnosis("J18.9", "Y"), lines=(RevenueLine("0120", dollars("4000.00"), 4, rate=dollars("1000.00")), RevenueLine("0250", dollars("310.55"), 1, non_covered=dollars("10.00")),
                                                           RevenueLine("0300", dollars("80.00"), 2, date(2026, 3, 2), "TX533")), attending=SURGEON,
        other_diagnoses=(Diagnosis("E11.9", "Y"), Diagnosis("I10", "N")), admitting_diagnosis="R05.9", external_causes=(Diagnosis("W19.XXXA", "Y"),), procedures=(SurgicalProcedure("0BH17EZ", date(2026, 3, 2)), SurgicalProcedure("5A1935Z", date(2026, 3, 2))),
        operating=SURGEON, admission_date=date(2026, 3, 1), admission_hour="14", admission_type="1", admission_source="1", discharge_hour="11", discharge_status="01", condition_codes=("C5", "09"),
        occurrences=(Occurrence("11", date(2026, 2, 27)),), occurrence_spans=(OccurrenceSpan("74", date(2026, 3, 3), date(2026, 3, 4)),), values=(ValueAmount("80", dollars("4.00")),), group_number="G77",
        prior_authorization="PA1", control_number="26070123", remarks="Transferred from clinic")
    return replace(whole, **changes)


def dental(**changes):
    """A filling and a crown that replaces an older one, after an accident."""
    whole = DentalClaim(
        account="D1", payer="made", member_id="M1234", patient=PATIENT, subscriber=PATIENT, relationship="self", billing=BILLING, treating=SURGEON,
        lines=(DentalLine(date(2026, 3, 9), "TD211", dollars("180.00"), tooth="3", surfaces=("M", "O")), DentalLine(date(2026, 3, 9), "TD401", dollars("220.00"), area="10", quantity=2, diagnosis_pointers=("A",))),
        predetermination_number="PD9", group_number="G77", missing_teeth=("1", "16"), diagnoses=("K02.9",), remarks="See film", orthodontics=Orthodontics(date(2025, 5, 1), 24), replaces_prosthesis=True,
        prior_placement=date(2015, 1, 2), accident=Accident("auto", date(2026, 3, 1), "IL"), enclosures=True, treating_specialty="122300000X")
    return replace(whole, **changes)


def sample(name: str) -> str:
    """A file written by others; the test skips, saying so, where the folder is absent."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"no samples beside the project: {name} was not read")
    return path.read_bytes().decode()
