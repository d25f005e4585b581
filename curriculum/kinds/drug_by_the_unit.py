"""The exercise of a drug bought by the practice and billed by the unit: HCPCS units of the dose, what is thrown away, the NDC's quantity, and what Medicare pays of it."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.formulas import drug_payment, drug_units, patient_share, payment_after_sequestration, plan_payment
from billing.money import HUNDRED, ZERO, cents, percent_of
from billing.policy import PayerPolicy
from curriculum.ask import Ask, Carry, Wrong, money_ask, rule_plain, separable
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Slug, Text
from curriculum.papers import Paper, Table

UNITS, MONEY, CODES = "drugs.drug-units-and-waste", "drugs.buy-and-bill", "hcpcs"
THOUSANDTH = Decimal(10) ** -3
NDC_UNITS = (("UN", "UN, each: vials of powder, tablets, kits"), ("ML", "ML, milliliters: what comes as a liquid"), ("GR", "GR, grams: creams and ointments"), ("F2", "F2, international units"), ("ME", "ME, milligrams"))
LINES = (("one-jz", "One line for all units, with JZ"), ("second-jw", "Two lines: the units given, and the units thrown away with JW"), ("one-plain", "One line for the units given, with neither JW nor JZ"),
         ("one-jw", "One line for all units, with JW"))


class Container(Content):
    """One size of vial or syringe. label: as printed, so that it says powder or liquid and how much; holds: of the drug, in the dose's measure; ndc_quantity: of one container in ndc_unit; cost: dollars for one, from the wholesaler."""
    ndc: Annotated[str, Field(pattern=r"^\d{11}$")]
    label: Text
    holds: Annotated[Decimal, Field(gt=0)]
    ndc_unit: Literal["UN", "ML", "GR", "F2", "ME"]
    ndc_quantity: Annotated[Decimal, Field(gt=0)]
    opened: Annotated[int, Field(ge=1, le=40)]
    cost: Annotated[Decimal, Field(ge=0)]


class World(Content):
    """A dose given, of containers of one NDC: another NDC would be a line of its own. unit_holds: what one HCPCS unit is, in the same measure; average_price: the average sales price of one unit, dollars; limit_percent: the per cent of it that is the payment limit."""
    payer: Slug = "medicare-part-b"
    plan: Text = "part-b"
    day: date
    procedure: Annotated[str, Field(pattern=r"^[A-Z]\d{4}$")]
    drug: Text
    measure: Text
    dose: Annotated[Decimal, Field(gt=0)]
    unit_holds: Annotated[Decimal, Field(gt=0)]
    single_dose: bool
    containers: Annotated[tuple[Container, ...], Field(min_length=1, max_length=1)]
    average_price: Annotated[Decimal, Field(gt=0)]
    limit_percent: Annotated[Decimal, Field(gt=0)]
    deductible_left: Annotated[Decimal, Field(ge=0)] = ZERO
    note: Text

    @property
    def opened(self) -> Decimal:
        """What the opened containers hold."""
        return sum((each.holds * each.opened for each in self.containers), Decimal(0))

    @property
    def given(self) -> Decimal:
        """HCPCS units of the dose; a begun unit counts whole."""
        return drug_units(self.dose, self.unit_holds)

    @property
    def wasted(self) -> Decimal:
        """Whole units left in single-dose containers."""
        return self.opened / self.unit_holds - self.given if self.single_dose else Decimal(0)

    @property
    def used_part(self) -> Decimal:
        """The part of the opened containers that is billed: all of a single-dose one."""
        return Decimal(1) if self.single_dose else self.dose / self.opened

    @property
    def limit(self) -> Decimal:
        """The payment limit of one unit, to a tenth of a cent, as it is published."""
        return (self.average_price * self.limit_percent / HUNDRED).quantize(THOUSANDTH, "ROUND_HALF_UP")


def sheet(world: World, shelf: Shelf) -> Sheet:
    """The lines of the claim first, then its money."""
    _sound(world)
    policy = shelf.policies[world.payer]
    rounds = (Round("The lines of the claim", _line_asks(world)), Round("The money", _money_asks(world, policy)), Round("Bought and billed", _margin_asks(world, policy)))
    signature = (world.single_dose, world.wasted > 0, len(world.containers), world.containers[0].ndc_unit, world.deductible_left > 0, world.deductible_left >= _allowed(world), world.dose % world.unit_holds > 0, _margin(world, policy) < 0)
    return Sheet(_papers(world, policy, shelf), rounds, signature=signature)


def _sound(world: World) -> None:
    """ValueError with a sentence where the vials and the dose cannot be billed by whole units."""
    if world.opened < world.dose:
        raise ValueError(f"world.containers: they hold {world.opened} {world.measure}, less than the dose of {world.dose}.")
    if world.single_dose and world.opened % world.unit_holds:
        raise ValueError(f"world.containers: {world.opened} {world.measure} are no whole number of units of {world.unit_holds}.")
    if world.single_dose and not world.wasted and world.opened != world.dose:
        raise ValueError("world.dose: less than one unit is thrown away; which modifier that takes is not asked here.")


def _papers(world: World, policy: PayerPolicy, shelf: Shelf) -> tuple[Paper, ...]:
    entry = shelf.books.entry(CODES, world.procedure)
    if entry is None:
        raise LookupError(f"world.procedure: {world.procedure} is in no list of codes.")
    heads = (("NDC", False), ("Label", False), (f"Holds ({world.measure})", True), ("Opened", True), ("Cost each", True))
    rows = tuple((each.ndc, each.label, str(each.holds), str(each.opened), str(each.cost)) for each in world.containers)
    given = Paper("Drug record", "Practice", (("Day", str(world.day)), ("Drug", world.drug), ("Dose given", f"{world.dose} {world.measure}"), ("Containers", "single-dose" if world.single_dose else "multiple-dose")),
                  (("Note", world.note),), (Table("Opened", heads, rows),))
    price = Paper("Price file", policy.name, (("Code", f"{world.procedure} {entry.name}"), ("One unit is", entry.unit or f"{world.unit_holds} {world.measure}"), ("Average sales price of a unit", str(world.average_price)), ("Payment limit", f"{world.limit_percent} % of it, to a tenth of a cent"),
                  ("Deductible left", str(world.deductible_left)), ("Coinsurance", f"{_coinsurance(world, policy)} %"), ("Sequestration", f"{_sequestration(world, policy)} % of what would be paid")))
    return given, price


def _coinsurance(world: World, policy: PayerPolicy) -> Decimal:
    return next(each.coinsurance_percent for each in policy.rule("benefits").on(world.day).plans if each.plan == world.plan)


def _sequestration(world: World, policy: PayerPolicy) -> Decimal:
    rule = policy.rule("sequestration")
    return rule.on(world.day).percent if rule else ZERO


def _line_asks(world: World) -> tuple[Ask, ...]:
    given, wasted, total = world.given, world.wasted, world.given + world.wasted
    quantity = sum((each.ndc_quantity * each.opened for each in world.containers), Decimal(0)) * world.used_part
    unit = world.containers[0].ndc_unit
    line = "second-jw" if wasted else "one-jz" if world.single_dose else "one-plain"
    why = {"second-jw": "What is left of a single-dose container is billed on a line of its own with JW, and written in the record.", "one-jz": "Nothing of a single-dose container was thrown away: JZ says so.",
           "one-plain": "JW and JZ belong to single-dose containers; what is left of a multiple-dose one is used for others and never billed."}[line]
    opened = Decimal(sum(each.opened for each in world.containers))
    return (_number("units-given", f"How many units of {world.procedure} is the dose?", given, f"{world.dose} {world.measure} at {world.unit_holds} a unit; a begun unit counts whole.",
                    (("dose-as-units", "gave the dose as units", world.dose), ("containers-as-units", "counted containers", opened), ("all-opened-as-given", "counted all that was opened", world.opened / world.unit_holds), ("rounded-down", "left a begun unit out", world.dose // world.unit_holds))),
            _number("units-wasted", "How many units thrown away may be billed?", wasted, f"The opened containers hold {world.opened} {world.measure}." + ("" if world.single_dose else " They are multiple-dose containers."),
                    (("waste-forgotten", "left the waste out", Decimal(0)), ("waste-in-measure", "gave the waste in the dose's measure", world.opened - world.dose), ("waste-of-multiple-dose", "billed what is left of a multiple-dose container", world.opened / world.unit_holds - given))),
            Ask("lines", "choice", "How does it stand on the claim?", line, why, UNITS, LINES),
            Ask("ndc-unit", "choice", "In which unit is the NDC's quantity given (CTP05)?", unit, f"{world.containers[0].label} is counted in {unit}.", UNITS, NDC_UNITS),
            _number("ndc-quantity", f"Which NDC quantity is billed in all, in {unit} (CTP04)?", quantity.normalize() + 0, "What was opened, by the label" + ("." if world.single_dose else ", in the part that the dose took."),
                    (("units-as-ndc-quantity", "gave the HCPCS units", total), ("one-container", "gave the quantity of one container", world.containers[0].ndc_quantity), ("dose-as-ndc-quantity", "gave the dose", world.dose))))


def _number(id: str, prompt: str, key: Decimal, why: str, mistakes: tuple) -> Ask:
    wrong = tuple(Wrong(f"{value:f}", slug, says) for slug, says, value in mistakes)
    return Ask(id, "number", prompt, f"{key:f}", why, UNITS, wrong=separable(wrong, f"{key:f}"))


def _allowed(world: World) -> Decimal:
    return drug_payment(world.given + world.wasted, world.limit, HUNDRED)


def _money_asks(world: World, policy: PayerPolicy) -> tuple[Ask, ...]:
    allowed, left, share, cut = _allowed(world), world.deductible_left, _coinsurance(world, policy), _sequestration(world, policy)
    owes, paid = patient_share(allowed, left, share), payment_after_sequestration(allowed, left, share, cut)
    given = {"deductible_left": str(left), "coinsurance_percent": str(share)}
    rule = policy.rule("sequestration")
    return (Ask("limit", "number", "What is the payment limit of one unit, in dollars to a tenth of a cent?", f"{world.limit:f}", f"{world.average_price} × {world.limit_percent} %.", MONEY,
                wrong=separable((Wrong(f"{world.average_price:f}", "average-as-limit", "took the average price itself"), Wrong(f"{percent_of(world.average_price, world.limit_percent):f}", "limit-to-the-cent", "rounded to a whole cent")), f"{world.limit:f}")),
            money_ask("allowed", "What is allowed for all units billed?", allowed, f"{world.given + world.wasted:f} units × {world.limit}.", MONEY,
                      (("waste-unpaid", "left the units thrown away out", drug_payment(world.given, world.limit, HUNDRED)), ("average-as-limit", "used the average price without the per cent on top", cents((world.given + world.wasted) * world.average_price)),
                       ("one-unit", "took one unit", cents(world.limit)))),
            money_ask("owes", "What does the patient (or the next payer) owe?", owes, f"The deductible left, {left}, then {share} % of the rest.", MONEY,
                      (("deductible-forgotten", "left the deductible out", percent_of(allowed, share)), ("only-deductible", "took the deductible alone", min(allowed, left))), carry=Carry("patient-share", given, {"allowed": "allowed"})),
            money_ask("pays", "What does Medicare pay?", paid, f"Allowed less the patient's part, less {cut} % of that.", MONEY,
                      (("not-sequestered", "left sequestration out", plan_payment(allowed, left, share)), ("sequestered-on-allowed", "took sequestration off the allowed amount", plan_payment(allowed, left, share) - percent_of(allowed, cut)),
                       ("allowed-posted-as-payment", "gave what is allowed", allowed)), rule=rule_plain(rule.reference(world.day)) if rule else None,
                      carry=Carry("payment-after-sequestration", {**given, "sequestration_percent": str(cut)}, {"allowed": "allowed"})))


def _cost(world: World) -> Decimal:
    return cents(sum((each.cost * each.opened for each in world.containers), ZERO) * world.used_part)


def _income(world: World, policy: PayerPolicy) -> Decimal:
    allowed, share = _allowed(world), _coinsurance(world, policy)
    return payment_after_sequestration(allowed, world.deductible_left, share, _sequestration(world, policy)) + patient_share(allowed, world.deductible_left, share)


def _margin(world: World, policy: PayerPolicy) -> Decimal:
    return _income(world, policy) - _cost(world)


def _margin_asks(world: World, policy: PayerPolicy) -> tuple[Ask, ...]:
    margin, cost, income = _margin(world, policy), _cost(world), _income(world, policy)
    why = f"The drug cost {cost}; Medicare and the patient together pay {income}."
    side = "loss" if margin < 0 else "gain"
    return (money_ask("cost", "What did the practice pay for the drug that is billed?", cost, "Containers opened, at their price" + ("." if world.single_dose else ", in the part that the dose took."), MONEY, (("one-container", "took one container", world.containers[0].cost),)),
            Ask("margin-side", "choice", "If the patient's part is collected, does the drug pay for itself?", side, why, MONEY, (("gain", "Yes, or it comes out even"), ("loss", "No: it is under water"))),
            money_ask("margin", "By how many dollars (without a sign)?", abs(margin), why, MONEY, (("sequestration-forgotten", "took the allowed amount as income", abs(_allowed(world) - cost)), ("patient-uncollected", "counted Medicare's part alone", abs(income - patient_share(_allowed(world), world.deductible_left, _coinsurance(world, policy)) - cost)))))


KIND = Kind("bill-a-drug-by-the-unit", "Bill a drug by the unit", World, sheet)
