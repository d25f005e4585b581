"""An institutional claim, field by field, as a facility sends it (UB-04 form locators named beside each field)."""

from dataclasses import field
from datetime import date
from decimal import Decimal

from billing.claim import Person, PriorPayment, Provider
from billing.record import record


@record
class Occurrence:
    """FL31-34: a code and the day it speaks of."""
    code: str
    on: date


@record
class OccurrenceSpan:
    """FL35-36: a code and the days it speaks of, first and last."""
    code: str
    first: date
    last: date


@record
class ValueAmount:
    """FL39-41: a code and its number: dollars for money codes, whole days for day codes."""
    code: str
    amount: Decimal


@record
class Diagnosis:
    """FL67: an ICD-10-CM code and, on inpatient claims, whether it was present on admission: Y, N, U, W, 1 (exempt) or blank."""
    code: str
    present_on_admission: str = ""


@record
class SurgicalProcedure:
    """FL74: an ICD-10-PCS code and its day. Inpatient claims alone carry them."""
    code: str
    on: date


@record
class RevenueLine:
    """One line of FL42-48. Charge in dollars for all units; `non_covered` is the part of it the biller itself calls not covered."""
    revenue_code: str                    # FL42
    charge: Decimal                      # FL47
    units: int = 1                       # FL46: days for accommodation
    service_date: date | None = None     # FL45: outpatient lines have one each
    procedure: str = ""                  # FL44: HCPCS, where the revenue code asks for it
    modifiers: tuple[str, ...] = ()      # FL44
    rate: Decimal | None = None          # FL44: the day's rate of an accommodation
    non_covered: Decimal = Decimal("0.00")  # FL48


@record
class InstitutionalClaim:
    """Everything the payer sees. `type_of_bill` has four digits, the leading zero with them; the last is the frequency."""
    account: str                         # FL3a
    payer: str                           # FL50: the payer's folder name under payers/
    type_of_bill: str                    # FL4: "0111", "0131", ...
    billing: Provider                    # FL1, FL5 (tax id), FL56 (NPI)
    statement_from: date                 # FL6
    statement_through: date              # FL6
    patient: Person                      # FL8, FL10, FL11
    subscriber: Person                   # FL58
    relationship: str                    # FL59: self, spouse, child, other
    member_id: str                       # FL60
    principal_diagnosis: Diagnosis       # FL67
    lines: tuple[RevenueLine, ...]       # FL42-48
    attending: Provider                  # FL76
    other_diagnoses: tuple[Diagnosis, ...] = ()      # FL67 A-Q
    admitting_diagnosis: str = ""        # FL69
    reasons_for_visit: tuple[str, ...] = ()          # FL70 a-c, unscheduled outpatient
    external_causes: tuple[Diagnosis, ...] = ()      # FL72 a-c
    procedures: tuple[SurgicalProcedure, ...] = ()   # FL74: the principal one first
    operating: Provider | None = None    # FL77
    admission_date: date | None = None   # FL12
    admission_hour: str = ""             # FL13: "00" to "23"
    admission_type: str = ""             # FL14
    admission_source: str = ""           # FL15: point of origin
    discharge_hour: str = ""             # FL16
    discharge_status: str = ""           # FL17: patient discharge status
    condition_codes: tuple[str, ...] = ()            # FL18-28
    occurrences: tuple[Occurrence, ...] = ()         # FL31-34
    occurrence_spans: tuple[OccurrenceSpan, ...] = ()  # FL35-36
    values: tuple[ValueAmount, ...] = () # FL39-41
    group_number: str = ""               # FL62
    prior_authorization: str = ""        # FL63
    control_number: str = ""             # FL64: the payer's own number of the claim this one adjusts or voids (DCN)
    accepts_assignment: bool = True      # FL53
    remarks: str = ""                    # FL80
    prior_payment: PriorPayment | None = field(default=None)  # FL54

    @property
    def charge(self) -> Decimal:
        """Total charges, FL47 of the line 0001: the sum of the lines' charges."""
        return sum((line.charge for line in self.lines), Decimal("0.00"))

    @property
    def non_covered(self) -> Decimal:
        """Total non-covered charges, FL48 of the line 0001."""
        return sum((line.non_covered for line in self.lines), Decimal("0.00"))

    @property
    def facility(self) -> str:
        """The type of bill without its frequency: `011`, `013`, ..."""
        return self.type_of_bill[:-1]

    @property
    def frequency(self) -> str:
        """FL4, the last digit: 1 the whole stay, 7 an adjustment, 8 a void, 0 no payment asked."""
        return self.type_of_bill[-1:]

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """The principal diagnosis and the others, in the claim's order."""
        return (self.principal_diagnosis, *self.other_diagnoses)

    def value(self, code: str) -> Decimal | None:
        """The number under a value code, or None where the claim does not carry it."""
        return next((value.amount for value in self.values if value.code == code), None)

    def occurrence(self, code: str) -> date | None:
        """The day under an occurrence code, or None where the claim does not carry it."""
        return next((each.on for each in self.occurrences if each.code == code), None)
