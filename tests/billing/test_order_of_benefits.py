"""Who pays first: every rule of the order on both sides of its line."""

from dataclasses import replace
from datetime import date

import pytest

from billing.order_of_benefits import Covered, Facts, Holder, order
from curriculum.benefit_order import shipped_order
from tests import shipped

DAY = date(2026, 3, 10)
RULES = shipped_order().on(DAY)
MOTHER, FATHER = Holder("Mother", date(1984, 3, 2), "active", 50), Holder("Father", date(1982, 11, 20), "active", 50)


def group(id="group", holder=MOTHER, relationship="self", begins=date(2020, 1, 1), **more) -> Covered:
    return Covered(id, id, "group", holder, relationship, begins, **more)


def other(kind, **more) -> Covered:
    return Covered(kind, kind, kind, Holder("Patient", date(1959, 6, 1)), "self", date(2021, 1, 1), **more)


def ranked(*coverages, day=DAY, **facts) -> list[str]:
    return [each.coverage.id for each in order(coverages, Facts(**facts), day, RULES)]


def why(*coverages, day=DAY, **facts) -> str:
    return order(coverages, Facts(**facts), day, RULES)[0].rule.id


@pytest.mark.parametrize("employees, status, relationship, first", [
    (20, "active", "self", "group"), (19, "active", "self", "medicare"), (20, "retired", "self", "medicare"), (20, "continuation", "self", "medicare"),
    (20, "active", "spouse", "group"), (20, "active", "child", "medicare")])
def test_medicare_by_age_pays_after_the_plan_of_current_work_with_twenty_employees(employees, status, relationship, first):
    plan = group(holder=Holder("Worker", date(1958, 1, 1), status, employees), relationship=relationship)
    assert ranked(other("medicare", basis="aged"), plan)[0] == first


@pytest.mark.parametrize("employees, relationship, first", [(100, "self", "group"), (99, "self", "medicare"), (100, "child", "group")])
def test_medicare_by_disability_pays_after_a_plan_of_a_hundred_employees_also_of_a_parent(employees, relationship, first):
    plan = group(holder=Holder("Worker", date(1958, 1, 1), "active", employees), relationship=relationship)
    assert ranked(other("medicare", basis="disabled"), plan)[0] == first


@pytest.mark.parametrize("day, first", [(date(2026, 6, 30), "group"), (date(2026, 7, 1), "medicare")])
def test_the_thirtieth_month_of_kidney_failure_is_the_last_of_the_plan(day, first):
    plan = group(holder=Holder("Worker", date(1958, 1, 1), "retired", 5))
    assert ranked(other("medicare", basis="kidney", kidney_from=date(2024, 1, 1)), plan, day=day)[0] == first


def test_the_months_of_kidney_failure_bind_a_member_by_age_too():
    plan = group(holder=Holder("Worker", date(1958, 1, 1), "retired", 5))
    assert ranked(other("medicare", basis="aged", kidney_from=date(2025, 1, 1)), plan)[0] == "group"


def test_a_retirees_own_plan_goes_behind_medicare_and_a_working_spouses_plan_before_it():
    own = group("own", Holder("Patient", date(1959, 6, 1), "retired", 500))
    spouses = group("spouses", Holder("Spouse", date(1961, 6, 1), "active", 500), "spouse")
    assert ranked(own, other("medicare", basis="aged"), spouses) == ["spouses", "medicare", "own"]
    assert ranked(own, spouses) == ["own", "spouses"]


def test_a_plan_of_ones_own_pays_before_one_through_another():
    assert ranked(group("through", FATHER, "spouse"), group("own", MOTHER)) == ["own", "through"]


def test_a_childs_first_plan_is_of_the_parent_with_the_earlier_birthday_whatever_the_year():
    both = (group("fathers", FATHER, "child"), group("mothers", MOTHER, "child"))
    assert ranked(*both) == ["mothers", "fathers"] and why(*both) == "birthday"


def test_one_birthday_leaves_it_to_the_longer_coverage():
    twin = replace(FATHER, birth_date=date(1990, 3, 2))
    assert ranked(group("short", MOTHER, "child", date(2022, 1, 1)), group("long", twin, "child", date(2021, 12, 31))) == ["long", "short"]


@pytest.mark.parametrize("decree, first, rule", [("", "mothers", "custody"), ("other", "fathers", "court-decree"), ("custodial", "mothers", "court-decree")])
def test_parents_apart_go_by_decree_and_then_by_custody(decree, first, rule):
    custodial = replace(MOTHER, birth_date=date(1984, 12, 2))
    both = (group("fathers", FATHER, "child", parent="other"), group("mothers", custodial, "child", parent="custodial"))
    assert ranked(*both, parents_together=False, decree=decree)[0] == first
    assert why(*both, parents_together=False, decree=decree) == rule


def test_a_decree_that_names_both_parents_leaves_it_to_the_birthday():
    both = (group("fathers", FATHER, "child", parent="custodial"), group("mothers", MOTHER, "child", parent="other"))
    assert why(*both, parents_together=False, decree="shared") == "birthday"


def test_the_custodial_parents_spouse_comes_before_the_other_parent():
    step, away = Holder("Step", date(1980, 12, 31), "active", 10), replace(FATHER, birth_date=date(1980, 1, 1))
    assert ranked(group("fathers", away, "child", parent="other"), group("steps", step, "child", parent="custodial-spouse"), parents_together=False) == ["steps", "fathers"]


def test_work_comes_before_retirement_and_continuation_behind_both():
    both = [group(status, replace(MOTHER, status=status), "self") for status in ("retired", "active", "continuation")]
    assert ranked(*both)[0] == "active" and why(*both[:2]) == "active-before-retired" and why(*both[1:]) == "continuation"


def test_the_longer_coverage_decides_last():
    assert ranked(group("new", begins=date(2024, 1, 2)), group("old", begins=date(2024, 1, 1))) == ["old", "new"]


def test_medicaid_pays_last_and_tricare_before_it_behind_the_rest():
    assert ranked(other("medicaid"), other("tricare"), other("medicare", basis="aged"), other("indian-health")) == ["medicare", "tricare", "medicaid", "indian-health"]


def test_a_soldiers_tricare_pays_first():
    duty = Covered("tricare", "TRICARE", "tricare", Holder("Soldier", date(1990, 1, 1), "active-duty"), "self", date(2020, 1, 1))
    assert ranked(group(holder=FATHER, relationship="spouse"), duty) == ["tricare", "group"]


@pytest.mark.parametrize("accident, first", [("employment", "workers-compensation"), ("auto", "no-fault"), ("", "medicare")])
def test_a_carrier_of_accidents_pays_first_for_its_own_and_for_nothing_else(accident, first):
    held = (other("medicare", basis="aged"), other("workers-compensation"), other("no-fault"))
    assert ranked(*held, accident=accident)[0] == first and len(ranked(*held, accident=accident)) == (2 if accident else 1)


@pytest.mark.parametrize("ends, first", [(date(2026, 3, 10), "group"), (date(2026, 3, 9), "medicare")])
def test_a_plan_that_has_ended_is_no_coverage(ends, first):
    plan = group(holder=Holder("Worker", date(1958, 1, 1), "active", 200), ends=ends)
    assert ranked(plan, other("medicare", basis="aged"))[0] == first


def test_nobody_covered_and_nothing_to_tell_apart_are_said():
    with pytest.raises(ValueError, match="No coverage is in force on 2026-03-10"):
        ranked(group(begins=date(2026, 3, 11)))
    with pytest.raises(ValueError, match="No rule tells"):
        ranked(group("one"), group("two"))


def test_every_rule_of_the_order_cites_a_known_source():
    sources = shipped.catalogue().sources
    assert {cited.split(" ")[0] for rule in RULES.rules for cited in rule.citations} <= set(sources)
