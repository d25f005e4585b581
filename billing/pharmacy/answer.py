"""What comes back from a pharmacy benefit manager within seconds: paid, rejected with codes, or a reversal approved; and the same as a remittance."""

from datetime import date
from decimal import Decimal
from enum import Enum

from billing.answer import Adjustment, Outcome, Remittance, RemittanceLine, RuleInForce, TraceStep
from billing.money import ZERO
from billing.pharmacy.claim import PharmacyClaim
from billing.record import record


class Status(str, Enum):
    """112-AN, the answer to one transaction."""
    PAID = "P"
    REJECTED = "R"
    APPROVED = "A"   # a reversal


class Basis(str, Enum):
    """522-FM: what the ingredient cost that is paid rests on."""
    SUBMITTED = "01"
    AWP_LESS = "03"
    USUAL_AND_CUSTOMARY = "04"
    MAC = "07"


@record
class PharmacyFinding:
    """One reject code (511-FB): the edit that found it, why in plain words, the payer's own message (526-FQ), and the rule; None where the standard itself asks."""
    edit: str
    code: str
    why: str
    message: str = ""
    rule: RuleInForce | None = None


@record
class Interacting:
    """A warning in the answer's DUR segment: the reason (439-E4), how grave (528-FS), with what (544-FY)."""
    reason: str
    significance: str
    text: str


@record
class PaidAmounts:
    """The money of a paid claim: total = ingredient cost + fee - what the patient pays - what another payer paid, to the cent."""
    basis: Basis                                # 522-FM
    ingredient_cost: Decimal                    # 506-F6
    dispensing_fee: Decimal                     # 507-F7
    deductible: Decimal                         # 517-FH
    copay: Decimal                              # 518-FI
    coinsurance: Decimal                        # 572-4U
    product_selection: Decimal                  # 134-UK: the difference a patient pays for a brand they asked for
    other_payer: Decimal                        # 566-J5
    deductible_left: Decimal                    # 513-FD: after this claim
    deductible_met: Decimal                     # 512-FC: after this claim

    @property
    def allowed(self) -> Decimal:
        """Ingredient cost and fee."""
        return self.ingredient_cost + self.dispensing_fee

    @property
    def patient_pay(self) -> Decimal:
        """505-F5: what is collected at the counter."""
        return self.deductible + self.copay + self.coinsurance + self.product_selection

    @property
    def total_paid(self) -> Decimal:
        """509-F9: what the payer sends."""
        return self.allowed - self.patient_pay - self.other_payer


@record
class PharmacyAnswer:
    """The answer to a B1 or a B2. authorization: the payer's number of a paid claim, by which it is found again."""
    payer: str
    account: str
    transaction: str              # 103-A3: B1 or B2
    answered: date
    status: Status
    findings: tuple[PharmacyFinding, ...] = ()
    amounts: PaidAmounts | None = None
    authorization: str = ""       # 503-F3
    interactions: tuple[Interacting, ...] = ()
    trace: tuple[TraceStep, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """As other answers say it: a rejected fill was never adjudicated to payment, and may be sent again."""
        return Outcome.REJECTED if self.status is Status.REJECTED else Outcome.PAID

    @property
    def codes(self) -> tuple[str, ...]:
        """The reject codes in order, each once."""
        return tuple(dict.fromkeys(finding.code for finding in self.findings))


def as_remittance(answer: PharmacyAnswer, claim: PharmacyClaim) -> Remittance:
    """The paid claim as the 835 later tells it; ValueError for a rejected one, which no 835 ever names."""
    if answer.status is not Status.PAID or answer.amounts is None:
        raise ValueError(f"The claim {answer.account} was not paid; an 835 tells only what was adjudicated to payment.")
    paid = answer.amounts
    parts = (("CO", "90", claim.ingredient_cost - paid.ingredient_cost), ("CO", "91", claim.dispensing_fee - paid.dispensing_fee), ("PR", "1", paid.deductible),
             ("PR", "3", paid.copay), ("PR", "2", paid.coinsurance), ("PR", "169", paid.product_selection), ("OA", "23", paid.other_payer))
    adjustments = tuple(Adjustment(group, carc, amount) for group, carc, amount in parts if amount != ZERO)
    line = RemittanceLine(1, claim.service_date, claim.ndc, (), int(claim.quantity), claim.gross_due, paid.allowed, paid.total_paid, adjustments, Outcome.PAID)
    return Remittance(answer.payer, answer.account, answer.authorization, answer.answered, answer.answered, (line,), (), answer.trace)
