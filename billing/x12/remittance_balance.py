"""The three balances of an 835: of each service, of each claim, of the payment; each fault says by how much."""

from typing import Any

from billing.money import ZERO
from billing.payment import ProviderAdjustment
from billing.x12.wire import Fault, Segment

INTEREST, REVERSAL = "L6", "22"


def service_balance(svc: Segment, service: Any, faults: list[Fault]) -> None:
    """SVC02 less the adjustments is SVC03."""
    adjusted = sum((each.amount for each in service.adjustments), ZERO)
    over = service.charge - adjusted - service.paid
    if over:
        what = service.procedure or service.revenue_code
        faults.append(Fault(svc.number, "SVC", 3, f"service {service.number} ({what}) does not balance: charge {service.charge} less adjustments {adjusted} is {service.charge - adjusted}, "
                                                  f"but {service.paid} is told as paid; {abs(over)} {'is not accounted for' if over > 0 else 'is accounted for twice'}"))


def claim_balance(clp: Segment, claim: Any, faults: list[Fault]) -> None:
    """CLP03 less every adjustment is CLP04; services add up to the claim; CLP05 is what is adjusted under PR, reversals aside."""
    adjusted = sum((each.amount for each in claim.adjustments), ZERO) + sum((each.amount for service in claim.services for each in service.adjustments), ZERO)
    if claim.charge - adjusted != claim.paid:
        faults.append(Fault(clp.number, "CLP", 4, f"claim {claim.account} does not balance: charge {claim.charge} less all adjustments {adjusted} is {claim.charge - adjusted}, but {claim.paid} is told as paid"))
    if claim.services:
        charged = sum((service.charge for service in claim.services), ZERO)
        if charged != claim.charge:
            faults.append(Fault(clp.number, "CLP", 3, f"claim {claim.account}: its services were charged {charged}, the claim {claim.charge}"))
    owed = claim.adjusted("PR")
    if claim.status != REVERSAL and owed != claim.patient_responsibility:
        faults.append(Fault(clp.number, "CLP", 5, f"claim {claim.account}: the patient's share is told as {claim.patient_responsibility}, but the adjustments under PR come to {owed}"))


class Totals:
    """What the claims of one payment come to, kept while they pass by."""

    def __init__(self):
        self.claims, self.charge, self.paid, self.interest = 0, ZERO, ZERO, ZERO

    def add(self, charge: Any, paid: Any, interest: Any) -> None:
        """One more claim."""
        self.claims += 1
        self.charge += charge
        self.paid += paid
        self.interest += interest

    def hold(self, bpr: Segment | None, amount: Any, beside: tuple[ProviderAdjustment, ...], faults: list[Fault]) -> None:
        """BPR02 is the claims' payments less the provider-level adjustments; L6 among those is the claims' interest with its sign turned."""
        taken = sum((each.amount for each in beside), ZERO)
        number = bpr.number if bpr else 0
        if self.paid - taken != amount:
            faults.append(Fault(number, "BPR", 2, f"the payment does not balance: the claims come to {self.paid} and the provider-level adjustments take {taken}, which leaves {self.paid - taken}; the payment is {amount}"))
        told = -sum((each.amount for each in beside if each.reason == INTEREST), ZERO)
        if self.interest and told != self.interest:
            faults.append(Fault(number, "BPR", 2, f"the claims tell interest of {self.interest} (AMT I), and the provider-level adjustments pay {told} of it (L6)"))
