"""What holds of every answer of the shipped payers, whatever is claimed: it balances, pays nothing below zero, and uses each reason code under a group it may travel with."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.adjudication import adjudicate
from billing.answer import Rejection
from billing.claim import PriorAdjustment, PriorLine, PriorPayment
from billing.codes import OutsideKnownDates
from billing.coverage import Accumulator, Authorization
from billing.policy import Reason
from curriculum.code_books import DEFAULT
from tests.payers.worlds import BASES, MEMBERS, books, claim_and_member, shipped

pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")
WITH_REMARK = {"16", "96", "125", "252"}
"""Reason codes that say nothing without a remark code."""


@cache
def groups_by_carc() -> dict[str, tuple[str, ...]]:
    """The group codes that codesets/carc.yaml lets each reason code travel with."""
    carcs = next(one for one in shipped().code_sets if one.set == "carc")
    return {entry.code: entry.groups for entry in carcs.entries}


dollars = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("3000.00"), places=2)


def seldom(usual, *others):
    """Mostly the usual value, so that most claims reach payment."""
    return st.sampled_from((usual,) * 5 * len(others) + others)


@st.composite
def submissions(draw):
    """A claim of one of the bases with drawn charges, units, modifiers, days and member; and how it is sent."""
    payer = draw(st.sampled_from(sorted(MEMBERS)))
    claim, member = claim_and_member({"payer": payer, "base": draw(st.sampled_from(sorted(BASES)))})
    service = date(2024, 1, 1) + timedelta(days=draw(st.integers(0, 990)))
    extra = draw(seldom((), ("25",), ("59",), ("50",), ("26",), ("GA",)))
    lines = tuple(replace(line, service_date=service, charge=draw(dollars), units=draw(seldom(1, 2, 4, 7)), modifiers=(*line.modifiers, *extra),
                          place_of_service=draw(seldom(line.place_of_service, "11", "22"))) for line in claim.lines)
    prior = None
    if draw(st.booleans()):
        prior = PriorPayment("other", service, tuple(_prior(draw, number, line) for number, line in enumerate(lines, 1)))
    member = replace(member, accumulators=(Accumulator(service.year, draw(dollars), draw(dollars) * 2),),
                     authorizations=tuple(Authorization("PA-7", line.procedure, service, service, 2) for line in lines))
    claim = replace(claim, lines=lines, prior_payment=prior, accepts_assignment=draw(st.booleans()))
    return claim, member, service + timedelta(days=draw(seldom(10, 179, 181, 366))), draw(st.booleans())


def _prior(draw, number, line) -> PriorLine:
    """The first payer's answer to the line, balanced: paid, contractual, the patient's."""
    paid = draw(st.integers(0, 100)) * line.charge // 100
    owed = draw(st.integers(0, 100)) * (line.charge - paid) // 100
    parts = (PriorAdjustment("CO", "45", line.charge - paid - owed), PriorAdjustment("PR", "2", owed))
    return PriorLine(number, paid, tuple(part for part in parts if part.amount))


def answer(claim, member, received, participates, policy=None):
    try:
        return adjudicate(claim, policy or shipped().policies[claim.payer], member, received, received + timedelta(days=14), books(), participates)
    except OutsideKnownDates:
        return None


SOME = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SOME
@given(submissions())
def test_every_remittance_balances_line_by_line_and_in_all(sent):
    got = answer(*sent)
    if got is None or isinstance(got, Rejection):
        return
    for line in got.lines:
        assert line.charge == line.paid + sum(each.amount for each in line.adjustments)
        assert line.paid >= 0 and line.allowed >= 0 and all(each.amount > 0 for each in line.adjustments)
        assert all(amount == amount.quantize(Decimal("0.01")) for amount in (line.paid, line.allowed, *(each.amount for each in line.adjustments)))
    assert got.charge == sent[0].charge == got.paid + sum(got.adjusted(group) for group in ("CO", "OA", "PI", "PR"))


@SOME
@given(submissions())
def test_each_reason_code_travels_with_a_group_it_may_and_with_a_remark_where_it_needs_one(sent):
    got, allowed = answer(*sent), groups_by_carc()
    if got is None or isinstance(got, Rejection):
        return
    for each in (each for line in got.lines for each in line.adjustments):
        assert each.group in allowed[each.carc], (each.group, each.carc)
        assert each.rarcs or each.carc not in WITH_REMARK


@SOME
@given(submissions())
def test_sequestration_takes_from_the_payment_and_never_adds_to_what_the_patient_owes(sent):
    claim, member, received, participates = sent
    policy = shipped().policies["medicare-part-b"]
    if claim.payer != "medicare-part-b":
        return
    whole = replace(policy, rules={kind: rule for kind, rule in policy.rules.items() if kind != "sequestration"})
    cut, uncut = answer(*sent), answer(*sent, policy=whole)
    if cut is None or isinstance(cut, Rejection):
        return
    owed, owed_uncut = (each.adjusted("PR") - each.adjusted("PR", "100") for each in (cut, uncut))
    assert owed == owed_uncut
    assert cut.paid + cut.adjusted("PR", "100") + cut.adjusted("CO", "253") == uncut.paid + uncut.adjusted("PR", "100")


def reasons(held) -> list[Reason]:
    """Every Reason inside a rule's value."""
    if isinstance(held, Reason):
        return [held]
    if isinstance(held, (tuple, list)):
        return [each for one in held for each in reasons(one)]
    return [each for one in vars(held).values() for each in reasons(one)] if hasattr(held, "__dataclass_fields__") else []


STATED = [(payer, kind, reason) for payer, policy in shipped().policies.items() for kind, rule in policy.rules.items() for value in rule.values for reason in reasons(value.value)]


@pytest.mark.parametrize("payer, kind, reason", STATED, ids=lambda held: held if isinstance(held, str) else f"{held.group}-{held.carc}")
def test_every_reason_a_payer_states_may_travel_so(payer, kind, reason):
    assert reason.group in groups_by_carc()[reason.carc]
    assert reason.rarcs or reason.carc not in WITH_REMARK
    assert reason.outcome == "unprocessable" or "MA130" not in reason.rarcs
