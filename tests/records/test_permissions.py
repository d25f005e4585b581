"""Who may do what: the whole table, told once more by hand."""

import pytest

from records.permissions import ACTIONS, ALONE, ROLES, SCOPES, can, reach

ANY = """
learner:
trainer: make cohort, see item statistics, correct items
author: see item statistics, see keys
admin: take away, erase, see sessions, revoke sessions, see cohort, change cohort, make cohort, see people, invite, change role, change status, make reset link, name leaders, see audit log, correct accounts, see completions
alone: see item statistics, correct items
"""
LED = {"trainer": "see work, get certificate, see cohort, change cohort, assign, give time, sign off, override marks, remind, export cohort, see completions"}
OWN = "study, change profile, dispute, see work, take away, erase, get certificate"
SIGNED_IN = "change password, see sessions, revoke sessions"
ALONE_TOO = "see completions, see cohort, change cohort, assign, give time, sign off, override marks, remind, export cohort"


def words(text: str) -> set[str]:
    return {word.strip() for word in text.split(",") if word.strip()}


def expected(role: str) -> dict[str, str]:
    reaches = {action: "own" for action in words(OWN) | (words(SIGNED_IN) if role != ALONE else words(ALONE_TOO))}
    reaches |= {action: "led" for action in words(LED.get(role, ""))}
    return reaches | {action: "any" for line in ANY.strip().splitlines() if line.startswith(f"{role}:") for action in words(line.split(":")[1])}


@pytest.mark.parametrize("role", [*ROLES, ALONE])
def test_a_role_may_what_is_written_here_and_nothing_else(role):
    assert {action: reach(role, action) for action in ACTIONS if reach(role, action)} == expected(role)


@pytest.mark.parametrize("role", [*ROLES, ALONE])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_reach_holds_the_smaller_ones_and_no_larger(role, action):
    held = reach(role, action)
    assert [can(role, action, scope) for scope in SCOPES] == [held is not None and SCOPES.index(scope) <= SCOPES.index(held) for scope in SCOPES]


def test_a_role_that_does_not_exist_may_nothing():
    assert not any(can(role, action) for action in ACTIONS for role in ("", "root", "Admin", "auditor"))


def test_an_action_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        can("admin", "do anything")


def test_only_who_leads_others_sees_their_work():
    assert [role for role in (*ROLES, ALONE) if can(role, "see work", "led")] == ["trainer"]
    assert [role for role in (*ROLES, ALONE) if can(role, "see work", "any")] == []


def test_nobody_studies_in_the_name_of_another():
    assert [role for role in (*ROLES, ALONE) if can(role, "study", "led") or can(role, "dispute", "led") or can(role, "change password", "led")] == []
