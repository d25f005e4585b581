"""What a pharmacy benefit manager's own records say of a member: plan and dates, what the year has used, authorizations, fills, and other payers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from billing.coverage import Accumulator, OtherCoverage
from billing.money import ZERO
from billing.pharmacy.answer import PharmacyAnswer, Status
from billing.pharmacy.claim import PharmacyClaim, PharmacyReversal
from billing.record import record


@record
class DrugAuthorization:
    """An authorization on file: number, product, first and last day."""
    number: str
    ndc: str
    begins: date
    ends: date


@record
class Fill:
    """A claim that was paid. What it took of the deductible and of the patient stands beside it, so that a reversal gives it back."""
    pharmacy_npi: str
    prescription: str
    fill_number: int
    ndc: str
    service_date: date
    quantity: Decimal
    days_supply: int
    authorization: str = ""
    deductible: Decimal = Decimal("0.00")
    patient_paid: Decimal = Decimal("0.00")


@record
class PharmacyMember:
    """One person in the records. `plan` is of the group; `ends` the last covered day."""
    cardholder_id: str
    group_number: str
    last_name: str
    first_name: str
    birth_date: date
    sex: str
    begins: date
    ends: date | None = None
    person_code: str = "01"
    accumulators: tuple[Accumulator, ...] = ()
    authorizations: tuple[DrugAuthorization, ...] = ()
    fills: tuple[Fill, ...] = ()
    primary_elsewhere: tuple[OtherCoverage, ...] = ()

    def age(self, day: date) -> int:
        """Whole years on the day."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))

    def used(self, year: int) -> Accumulator:
        """What the year has used so far."""
        return next((each for each in self.accumulators if each.year == year), Accumulator(year))

    def with_fill(self, claim: PharmacyClaim, answer: PharmacyAnswer) -> "PharmacyMember":
        """The records after a paid claim; as they were after any other answer."""
        if answer.status is not Status.PAID or answer.amounts is None:
            return self
        paid = answer.amounts
        counted = paid.patient_pay - paid.product_selection
        fill = Fill(claim.pharmacy_npi, claim.prescription, claim.fill_number, claim.ndc, claim.service_date, claim.quantity, claim.days_supply, answer.authorization, paid.deductible, counted)
        return replace(self, fills=(*self.fills, fill), accumulators=self._counting(claim.service_date.year, paid.deductible, counted))

    def without(self, reversal: PharmacyReversal) -> "PharmacyMember":
        """The records after an approved reversal: the fill gone, its money given back to the year's limits."""
        gone = self.fill_of(reversal)
        if gone is None:
            return self
        kept = tuple(each for each in self.fills if each is not gone)
        return replace(self, fills=kept, accumulators=self._counting(gone.service_date.year, -gone.deductible, -gone.patient_paid))

    def fill_of(self, sent: PharmacyClaim | PharmacyReversal) -> Fill | None:
        """The paid fill of the same pharmacy, prescription, fill number and day."""
        mine = (sent.pharmacy_npi, sent.prescription, sent.fill_number, sent.service_date)
        return next((each for each in self.fills if mine == (each.pharmacy_npi, each.prescription, each.fill_number, each.service_date)), None)

    def _counting(self, year: int, deductible: Decimal, patient: Decimal) -> tuple[Accumulator, ...]:
        before = self.used(year)
        after = Accumulator(year, max(before.deductible_met + deductible, ZERO), max(before.out_of_pocket_met + patient, ZERO))
        return (*(each for each in self.accumulators if each.year != year), after)
