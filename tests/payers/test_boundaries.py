"""Every rule of the shipped payers on both sides of its boundary, as the YAML files beside this one state it; and that those files leave no edit and no rule out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing import institutional_values
from billing.adjudication import drug_edits, front_end, pipeline, pricing
from curriculum.code_books import DEFAULT
from tests.payers.worlds import answer_of, boundaries, claim_and_member, shipped, told

pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")
BOUNDARIES = boundaries()
CASES = [case for boundary in BOUNDARIES for case in boundary["cases"]]
PROFESSIONAL = {payer: policy for payer, policy in shipped().policies.items() if "fee-schedule" in policy.rules}
"""Payers of professional claims; the others have boundaries of their own, as in tests/dental/."""
MODULES = (front_end, *pipeline.MODULES)
EDITS = [(module, edit) for module in MODULES for edit in (*module.EDITS, *getattr(module, "FOLLOWING", ()))]


def names(held) -> str:
    return f"{held['payer']}: {held['name']}"


def differs(seen: dict, expected: dict) -> dict:
    """What the case expects and the answer does not hold, with what it holds; adjustments that are not there are 0.00."""
    found = {}
    for part, wanted in expected.items():
        got = seen.get(part)
        if part == "adjusted":
            found.update({name: (got or {}).get(name, "0.00") for name, amount in wanted.items() if (got or {}).get(name, "0.00") != amount})
        elif got != wanted:
            found[part] = got
    return found


@pytest.mark.parametrize("case", CASES, ids=names)
def test_boundary(case):
    assert differs(told(answer_of(case)), case["expect"]) == {}


@pytest.mark.parametrize("boundary", BOUNDARIES, ids=lambda b: f"{b['payer']}: {b.get('edit', '')} {b.get('rule', '')}")
def test_a_boundary_has_two_sides(boundary):
    assert len({str(told(answer_of(case))) for case in boundary["cases"]}) > 1


def without(monkeypatch, edit):
    """The engine with one edit taken out."""
    for module in MODULES:
        monkeypatch.setattr(module, "EDITS", tuple(each for each in module.EDITS if each is not edit))
    monkeypatch.setattr(drug_edits, "FOLLOWING", tuple(each for each in drug_edits.FOLLOWING if each is not edit))
    if edit in (front_end.member_found, front_end.excludes1):
        monkeypatch.setattr(front_end, edit.__name__, lambda review: [])


@pytest.mark.parametrize("edit", [*(edit for _, edit in EDITS), front_end.member_found, front_end.excludes1], ids=lambda edit: edit.__name__)
def test_taking_an_edit_out_fails_a_named_boundary_of_every_payer_that_has_it(edit, monkeypatch):
    meant = [boundary for boundary in BOUNDARIES if boundary.get("edit") == edit.__name__]
    assert meant
    without(monkeypatch, edit)
    for boundary in meant:
        failing = []
        for case in boundary["cases"]:
            try:
                failing += [case["name"]] if differs(told(answer_of(case)), case["expect"]) else []
            except Exception:   # an edit that guards the rest from what cannot be read
                failing.append(case["name"])
        assert failing, boundary["payer"]


@pytest.mark.parametrize("step", pricing.STEPS, ids=lambda step: step.__name__)
def test_taking_a_step_of_pricing_out_fails_a_named_boundary(step, monkeypatch):
    meant = [boundary for boundary in BOUNDARIES if boundary.get("step") == step.__name__]
    assert meant
    monkeypatch.setattr(pricing, "STEPS", tuple(each for each in pricing.STEPS if each is not step))
    for boundary in meant:
        assert any(differs(told(answer_of(case)), case["expect"]) for case in boundary["cases"]), boundary["payer"]


BY_KIND = {"identifiers": "member_identifier", "timely-filing": "timely_filing", "eligibility": "eligibility", "duplicate": "duplicate", "required-items": "required_by_payer",
           "diagnosis-validity": "diagnosis_codes", "procedure-pairs": "procedure_pairs", "units-limits": "units_limit", "prior-authorization": "prior_authorization",
           "medical-necessity": "medical_necessity", "places-of-service": "place_fits", "modifier-use": "modifiers_fit", "not-covered": "covered_service",
           "repeated-lines": "repeated_lines", "global-periods": "global_period", "surgical-teams": "surgical_team", "documentation": "documented",
           "referrals": "referred", "out-of-network": "in_network", "liable-first": "accident_payer_first", "injuries-only": "injury_on_file",
           "anesthesia": "anesthesia_modifier"}


def test_every_rule_of_every_payer_has_a_boundary():
    stated = {(b["payer"], b.get("rule")) for b in BOUNDARIES}
    left_out = {(payer, kind) for payer, policy in PROFESSIONAL.items() for kind in policy.rules if kind not in institutional_values.KINDS} - stated
    assert left_out == set()


def test_a_rule_behind_an_edit_has_a_boundary_of_that_edit():
    stated = {(b["payer"], b.get("rule"), b.get("edit")) for b in BOUNDARIES}
    wanted = {(payer, kind, BY_KIND[kind]) for payer, policy in PROFESSIONAL.items() for kind in policy.rules if kind in BY_KIND}
    assert wanted - stated == set()


OLDER_THAN_THE_REST = {("medicare-part-b", "sequestration")}
"""Rules whose earlier values lie before the payer's other rules are known: no claim can be adjudicated there; tested below as look-ups."""


@pytest.mark.parametrize("payer, kind", [(payer, kind) for payer, policy in PROFESSIONAL.items() for kind, rule in policy.rules.items()
                                         if len(rule.values) > 1 and (payer, kind) not in OLDER_THAN_THE_REST])
def test_a_rule_with_several_dated_values_is_tried_on_the_last_day_of_one_and_the_first_of_the_next(payer, kind):
    days = {claim_and_member(case)[0].lines[0].service_date for b in BOUNDARIES if (b["payer"], b.get("rule")) == (payer, kind) for case in b["cases"]}
    starts = sorted(value.since for value in shipped().policies[payer].rules[kind].values)[1:]
    assert {day for start in starts for day in (start - timedelta(days=1), start)} - days == set()


@pytest.mark.parametrize("day, percent", [("2022-03-31", "0"), ("2022-04-01", "1"), ("2022-06-30", "1"), ("2022-07-01", "2")])
def test_sequestration_came_back_in_two_steps_in_2022(day, percent):
    assert shipped().policies["medicare-part-b"].rule("sequestration").on(date.fromisoformat(day)).percent == Decimal(percent)


@pytest.mark.parametrize("edit", [edit for _, edit in EDITS], ids=lambda edit: edit.__name__)
def test_every_edit_has_a_boundary_named_for_it(edit):
    assert edit.__name__ in {b.get("edit") for b in BOUNDARIES}
