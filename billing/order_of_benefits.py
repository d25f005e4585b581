"""Who pays first: a patient's coverages put in order by rule, each step with its reason and where it is written.

The figures (employees, months) come with the rules. Of two coverages the first rule that tells them apart decides, in this order: who is
liable for the accident; Medicaid last; TRICARE before it and after all others; Medicare beside a group plan; then the order of group plans.
"""

from datetime import date
from functools import cmp_to_key

from billing.record import record


@record
class OrderFigures:
    """What the law counts: employees that make an employer's plan pay before Medicare, and the months of coordination in kidney failure."""
    aged_employees: int
    disabled_employees: int
    kidney_months: int


@record
class OrderRule:
    """A rule of the order: id, what it says, where it is written."""
    id: str
    says: str
    citations: tuple[str, ...]


@record
class OrderRules:
    """The figures and the rules by id, as in force on a day."""
    figures: OrderFigures
    rules: tuple[OrderRule, ...]

    def rule(self, id: str) -> OrderRule:
        """That rule; LookupError where there is none."""
        found = next((each for each in self.rules if each.id == id), None)
        if found is None:
            raise LookupError(f"There is no rule of the order of benefits {id}; there are {', '.join(each.id for each in self.rules)}.")
        return found


@record
class Holder:
    """The person through whom a coverage is held. status: active, retired, laid-off, continuation (COBRA), active-duty, or none (not through work)."""
    name: str
    birth_date: date
    status: str = "none"
    employees: int = 0


@record
class Covered:
    """One coverage of the patient.

    kind: group, individual, medicare, medicaid, tricare, workers-compensation, no-fault, liability, indian-health.
    relationship: the patient's to the holder: self, spouse, child. parent: of a child's plan, whose: custodial, custodial-spouse, other,
    other-spouse. basis: of Medicare: aged, disabled, kidney. kidney_from: the first month of eligibility or entitlement by kidney failure.
    """
    id: str
    name: str
    kind: str
    holder: Holder
    relationship: str
    begins: date
    ends: date | None = None
    parent: str = ""
    basis: str = ""
    kidney_from: date | None = None


@record
class Facts:
    """What else decides. accident: employment, auto, other, or none. parents_together: a child's parents live together or were never apart.

    decree: who a court made responsible for the child's health care: custodial, other, shared by both, or (blank) nobody.
    """
    accident: str = ""
    parents_together: bool = True
    decree: str = ""


@record
class Ranked:
    """A coverage in its place, and the rule that puts it before the next one (the last one's: behind the one before)."""
    coverage: Covered
    rule: OrderRule


@record
class Pairwise:
    """Two coverages and which comes first, by which rule."""
    first: Covered
    second: Covered
    rule: OrderRule


PAYS_FOR = {"workers-compensation": "employment", "no-fault": "auto", "liability": "other"}
"""What each carrier of accidents answers for."""


def in_force(coverages: tuple[Covered, ...], facts: Facts, day: date) -> tuple[Covered, ...]:
    """The coverages that can be billed at all: in force on the day, and a carrier of accidents only for its accident."""
    return tuple(each for each in coverages if each.begins <= day and (each.ends is None or day <= each.ends)
                 and (each.kind not in PAYS_FOR or PAYS_FOR[each.kind] == facts.accident or (each.kind == "liability" and facts.accident == "auto")))


def order(coverages: tuple[Covered, ...], facts: Facts, day: date, rules: OrderRules) -> tuple[Ranked, ...]:
    """The coverages in force in their order. ValueError where none is in force or no rule tells two apart."""
    held = in_force(coverages, facts, day)
    if not held:
        raise ValueError(f"No coverage is in force on {day}.")
    ranked = sorted(held, key=cmp_to_key(lambda one, other: -1 if decide(one, other, facts, day, rules, held).first is one else 1))
    if len(ranked) == 1:
        return (Ranked(ranked[0], rules.rule("only-one")),)
    pairs = [decide(one, other, facts, day, rules, held) for one, other in zip(ranked, ranked[1:])]
    return tuple(Ranked(each, pairs[min(place, len(pairs) - 1)].rule) for place, each in enumerate(ranked))


def decide(one: Covered, other: Covered, facts: Facts, day: date, rules: OrderRules, among: tuple[Covered, ...] = ()) -> Pairwise:
    """Which of two pays first; ValueError where no rule tells them apart. among: all coverages, where Medicare beside them may turn the order of two plans."""
    if found := _turned_by_medicare(one, other, day, rules.figures, among):
        return Pairwise(*found, rules.rule("dependent-before-retiree"))
    for step in (_accident, _last_of_all, _tricare, _medicare, _individual, _dependent, _of_a_child, _at_work, _continued, _longer):
        if found := step(one, other, facts, day, rules.figures):
            before, id = found
            return Pairwise(one if before else other, other if before else one, rules.rule(id))
    raise ValueError(f"No rule tells {one.name} and {other.name} apart: they share the allowed expense equally.")


def _accident(one, other, facts, day, figures):
    """The carrier of the accident before any other; of two, the compensation or no-fault carrier before one that is only liable."""
    liable = [each.kind in PAYS_FOR for each in (one, other)]
    if liable[0] and liable[1]:
        fault = [each.kind == "liability" for each in (one, other)]
        return (fault[1], "accident-carrier") if fault[0] != fault[1] else None
    return (liable[0], "accident-carrier") if liable[0] != liable[1] else None


def _last_of_all(one, other, facts, day, figures):
    """Indian health programs behind all, Medicaid too; Medicaid behind all but them."""
    for kind, id in (("indian-health", "indian-health-last"), ("medicaid", "medicaid-last")):
        if (one.kind == kind) != (other.kind == kind):
            return other.kind == kind, id
    return None


def _tricare(one, other, facts, day, figures):
    """A member on active duty has TRICARE first; everyone else has it behind other insurance."""
    for each, before in ((one, True), (other, False)):
        if each.kind == "tricare" and each.relationship == "self" and each.holder.status == "active-duty":
            return before, "tricare-active-duty"
    return (other.kind == "tricare", "tricare-second") if (one.kind == "tricare") != (other.kind == "tricare") else None


def _medicare(one, other, facts, day, figures):
    """Medicare beside the plan of an employer: by its basis, the holder's work, the employer's size, the months of coordination."""
    if (one.kind == "medicare") == (other.kind == "medicare"):
        return None
    medicare, plan = (one, other) if one.kind == "medicare" else (other, one)
    plan_first, id = medicare_second(medicare, plan, day, figures)
    return (plan is one) == plan_first, id


def medicare_second(medicare: Covered, plan: Covered, day: date, figures: OrderFigures) -> tuple[bool, str]:
    """Whether the plan pays before Medicare, and the rule's id."""
    if plan.kind != "group":
        return False, "medicare-before-individual"
    if medicare.kidney_from and _months(medicare.kidney_from, day) < figures.kidney_months:
        return True, "msp-kidney"
    if medicare.basis == "kidney":
        return False, "msp-kidney-over"
    if plan.holder.status != "active":
        return False, "msp-not-at-work"
    if medicare.basis == "aged":
        return (True, "msp-aged") if plan.relationship != "child" and plan.holder.employees >= figures.aged_employees else (False, "msp-aged-small")
    return (True, "msp-disabled") if plan.holder.employees >= figures.disabled_employees else (False, "msp-disabled-small")


def _months(since: date, day: date) -> int:
    """Whole calendar months from that month to the day's: the first month is the first of the period."""
    return (day.year - since.year) * 12 + day.month - since.month


def _turned_by_medicare(one, other, day, figures, among) -> tuple[Covered, Covered] | None:
    """A Medicare member's plan through a spouse at work, which pays before Medicare, comes before the own plan of a retired member, which pays behind it."""
    medicare = next((each for each in among if each.kind == "medicare"), None)
    if medicare is None or {one.kind, other.kind} != {"group"} or (one.relationship == "self") == (other.relationship == "self"):
        return None
    own, through = (one, other) if one.relationship == "self" else (other, one)
    if medicare_second(medicare, through, day, figures)[0] and not medicare_second(medicare, own, day, figures)[0]:
        return through, own
    return None


def _individual(one, other, facts, day, figures):
    return (one.kind == "group", "group-before-individual") if {one.kind, other.kind} == {"group", "individual"} else None


def _dependent(one, other, facts, day, figures):
    mine = [each.relationship == "self" for each in (one, other)]
    return (mine[0], "non-dependent") if mine[0] != mine[1] else None


def _of_a_child(one, other, facts, day, figures):
    """A child of two parents: the decree, then custody, then the birthday; of one birthday, the longer coverage."""
    if one.relationship != "child" or other.relationship != "child":
        return None
    if not facts.parents_together:
        if facts.decree and (found := _side(one, other, facts.decree)):
            return found[0], "court-decree"
        if facts.decree != "shared" and one.parent != other.parent:
            rank = ("custodial", "custodial-spouse", "other", "other-spouse")
            return rank.index(one.parent) < rank.index(other.parent), "custody"
    days = [(each.holder.birth_date.month, each.holder.birth_date.day) for each in (one, other)]
    if days[0] != days[1]:
        return days[0] < days[1], "birthday"
    return (one.begins < other.begins, "same-birthday") if one.begins != other.begins else None


def _side(one: Covered, other: Covered, responsible: str) -> tuple[bool] | None:
    """Whether the first is the responsible parent's; None where both or neither are. A spouse's plan stands behind the parent's own."""
    for side in (responsible, f"{responsible}-spouse"):
        if (one.parent == side) != (other.parent == side):
            return (one.parent == side,)
    return None


def _at_work(one, other, facts, day, figures):
    retired = [each.holder.status in ("retired", "laid-off") for each in (one, other)]
    active = [each.holder.status == "active" for each in (one, other)]
    return (active[0], "active-before-retired") if retired[0] != retired[1] and active[0] != active[1] else None


def _continued(one, other, facts, day, figures):
    continued = [each.holder.status == "continuation" for each in (one, other)]
    return (continued[1], "continuation") if continued[0] != continued[1] else None


def _longer(one, other, facts, day, figures):
    return (one.begins < other.begins, "longer-coverage") if one.begins != other.begins else None
