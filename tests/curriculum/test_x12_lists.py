"""The lists of answers: long enough, each saying what it asks of a biller, and no payer's rule gives a reason under a group it may not travel with."""

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from billing import claim_status, eligibility
from curriculum.x12_glossary import Lists
from tests import shipped

ROOT = Path(__file__).resolve().parents[2]
LISTS = Lists(ROOT / "codesets")


def entries(name):
    return LISTS._held[name].values()


@pytest.mark.parametrize("name, least", [("carc", 80), ("rarc", 50), ("claim-status-category", 20), ("claim-status-code", 40), ("segment-error", 8), ("element-error", 10), ("set-error", 6), ("inquiry-rejection", 12)])
def test_a_list_is_long_enough(name, least):
    assert len(LISTS._held[name]) >= least


@pytest.mark.parametrize("name", ["carc", "rarc", "segment-error", "element-error", "set-error", "provider-adjustment", "inquiry-rejection", "remittance-claim-status"])
def test_every_code_of_an_answer_says_what_it_asks_of_a_biller(name):
    assert [entry.code for entry in entries(name) if not entry.asks] == []


def test_every_reason_says_which_groups_it_may_travel_with():
    assert [entry.code for entry in entries("carc") if not entry.groups] == []


def reasons(value):
    """Every (group, reason) inside a rule's value."""
    if isinstance(value, (tuple, list)):
        for each in value:
            yield from reasons(each)
    elif is_dataclass(value):
        if getattr(value, "group", "") and getattr(value, "carc", ""):
            yield value.group, value.carc
        for each in fields(value):
            yield from reasons(getattr(value, each.name))


def test_no_payers_rule_gives_a_reason_under_a_group_it_may_not_travel_with():
    given = {(group, carc, f"{policy.payer}/{rule.rule}") for policy in shipped.catalogue().policies.values() for rule in policy.rules.values() for dated in rule.values for group, carc in reasons(dated.value)}
    assert len(given) > 50
    assert [each for each in sorted(given) if (entry := LISTS.entry("carc", each[1])) is None or each[0] not in entry.groups] == []


def test_no_reason_that_the_engine_itself_names_breaks_its_group():
    named = [(call.args[at].value, after.value) for path in sorted((ROOT / "billing").rglob("*.py")) for call in ast.walk(ast.parse(path.read_text())) if isinstance(call, ast.Call)
             for at, after in enumerate(call.args[1:]) if isinstance(call.args[at], ast.Constant) and call.args[at].value in ("CO", "PR", "OA", "PI") and isinstance(after, ast.Constant)]
    assert [pair for pair in named if pair[0] not in LISTS.entry("carc", pair[1]).groups] == []


def test_what_an_answer_to_a_question_says_is_on_its_list():
    for name in ("NO_DATA", "IN_PROCESS", "DECIDED", "PAID", "DENIED", "CLOSED"):
        assert LISTS.entry("claim-status-category", getattr(claim_status, name)), name
    for name in ("NOT_FOUND", "ACCEPTED", "AWAITS_PAYMENT", "WAS_PAID", "WAS_DENIED", "BY_PLAN"):
        assert LISTS.entry("claim-status-code", getattr(claim_status, name)), name
    for name in ("BIRTH_DATE_INVALID", "BIRTH_DATE_DIFFERS", "ID_INVALID", "NAME_INVALID", "NOT_FOUND"):
        assert LISTS.entry("inquiry-rejection", getattr(eligibility, name)), name
