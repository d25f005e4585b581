"""The dental exercises: keys worked by hand for the first variant, twenty variants that differ, known mistakes that never give the key, papers that show what is asked."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from billing.npi import with_check_digit
from curriculum.code_sets import code_lists
from curriculum.exercises import Shelf
from curriculum.kinds import KINDS, dental_coordination, dental_estimate
from curriculum.papers import Paper
from tests.dental.made import HAREBELL, MILLRACE, ROOT, payer

NAMES = {entry.code: entry for each in code_lists(ROOT / "codesets") if each.set == "dental-training-codes" for entry in each.entries}
SHELF = Shelf({name: payer(name) for name in (HAREBELL, MILLRACE)}, SimpleNamespace(entry=lambda code_set, code, on=None: NAMES.get(code)))
BILLING = {"name": "Lakeside Dental", "npi": with_check_digit("200000011")}
TREATING = {"name": "Dr Oyelaran", "npi": with_check_digit("200000012")}
PATIENT = {"last_name": "Marchetti", "first_name": "Noor", "birth_date": "1984-02-09", "sex": "F"}
PARTNER = {"last_name": "Marchetti", "first_name": "Silas", "birth_date": "1982-11-30", "sex": "M"}


def service(procedure, charge, tooth="", surfaces=(), area="", day="2026-06-02"):
    return {"service_date": day, "procedure": procedure, "charge": charge, "tooth": tooth, "surfaces": list(surfaces), "area": area}


def covered(name=HAREBELL, **changes):
    number, plan = {HAREBELL: ("HBD20417701", "harebell-1500"), MILLRACE: ("2041770MT", "trust-2000")}[name]
    return {"member_id": number, "plan": plan, "begins": "2025-01-01", **changes}


ESTIMATE = {"payer": HAREBELL, "today": "2026-05-12", "account": "D-7", "patient": PATIENT, "billing": BILLING, "treating": TREATING,
            "coverage": covered(accumulators=[{"year": "2026", "maximum_used": "600.00"}]),
            "services": [service("TD041", "260.00", "19", "MO"), service("TD062", "1300.00", "30"), service("TD050", "1400.00", "30")]}
HAND_WORKED = {"verdict-1": "payable", "plan-1": "72.00", "patient-1": "118.00", "verdict-2": "payable", "plan-2": "736.00", "patient-2": "184.00", "verdict-3": "payable", "plan-3": "92.00",
               "patient-3": "888.00", "plan-total": "900.00", "patient-total": "1190.00", "post-now": "0.00", "means": "nothing-yet"}
"""Line 1: amalgam 140.00, less deductible 50.00, 80 % of 90.00; 50.00 difference. Line 2: 80 % of 920.00. Line 3: metal 860.00, 50 % is 430.00, 92.00 of the maximum left."""

VARIANTS = [{}, {"coverage": covered()}, {"coverage": covered(begins="2026-02-01")}, {"coverage": covered(begins="2025-07-01")}, {"coverage": covered(plan="harebell-1000")}, {"participates": False},
            {"payer": MILLRACE, "coverage": covered(MILLRACE)}, {"payer": MILLRACE, "coverage": covered(MILLRACE), "participates": False},
            {"coverage": covered(accumulators=[{"year": "2026", "maximum_used": "1500.00", "deductible_met": "50.00"}])}, {"coverage": covered(accumulators=[{"year": "2026", "deductible_met": "20.00"}])},
            {"services": [service("TD100", "1300.00", "19")], "missing_teeth": ["19"]},
            {"services": [service("TD100", "1300.00", "19")], "missing_teeth": ["19"], "coverage": covered(begins="2024-01-01", missing_teeth=[{"tooth": "19", "since": "2025-02-03"}])},
            {"services": [service("TD100", "1300.00", "19")]}, {"services": [service("TD100", "1300.00", "19"), service("TD110", "2000.00", "20")], "missing_teeth": ["19", "20"], "payer": MILLRACE, "coverage": covered(MILLRACE)},
            {"services": [service("TD012", "150.00"), service("TD011", "70.00"), service("TD001", "60.00")]},
            {"services": [service("TD020", "100.00")], "coverage": covered(earlier_lines=[{"service_date": "2026-01-05", "procedure": "TD020"}, {"service_date": "2026-04-05", "procedure": "TD020"}])},
            {"services": [service("TD070", "260.00", area="10"), service("TD070", "260.00", area="20")], "coverage": covered(earlier_lines=[{"service_date": "2025-09-05", "procedure": "TD070", "area": "10"}])},
            {"services": [service("TD051", "1100.00", "3")], "replaces_prosthesis": True, "prior_placement": "2022-01-05"}, {"services": [service("TD051", "1100.00", "3")], "replaces_prosthesis": True, "prior_placement": "2019-01-05"},
            {"services": [service("TD130", "6000.00")], "patient": {**PATIENT, "birth_date": "2012-03-01"}, "coverage": covered(begins="2024-01-01", orthodontic_used="600.00")},
            {"services": [service("TD130", "6000.00")], "coverage": covered(begins="2024-01-01")}, {"services": [service("TD022", "45.00"), service("TD120", "500.00", area="01")]},
            {"services": [service("TD062", "1300.00", "20")]}, {"services": [service("TD080", "150.00", "19"), service("TD081", "300.00", "20")], "coverage": covered(ends="2026-05-31")}]

COORDINATE = {"account": "D-8", "patient": PATIENT, "billing": BILLING, "treating": TREATING, "sent": "2026-06-05", "services": [service("TD062", "1300.00", "30"), service("TD020", "100.00")],
              "plans": [{"payer": MILLRACE, "relationship": "spouse", "subscriber": PARTNER, "coverage": covered(MILLRACE)},
                        {"payer": HAREBELL, "relationship": "self", "subscriber": PATIENT, "coverage": covered()}]}
COORDINATED = {"first": "plan-2", "first-pays-1": "696.00", "first-pays-2": "78.00", "owed-after-first": "224.00", "second-pays-1": "64.40", "second-pays-2": "0.00", "second-total": "64.40", "patient-owes": "159.60"}
"""Harebell: 920.00 less 50.00, 80 %; 78.00 in full. Millrace keeps 970.00 less 696.00 = 274.00 at 60 % = 164.40, less its deductible of 100.00; of the cleaning 84.00 less 78.00 = 6.00, but nothing is owed."""


def plans(method="", **second):
    held = deepcopy(COORDINATE["plans"])
    held[0] |= {"method": method, **second}
    return {"plans": held}


CHILD = {"last_name": "Marchetti", "first_name": "Ines", "birth_date": "2013-04-04", "sex": "F"}


def first_used(dollars, method="standard"):
    """The first plan has spent so much of its year."""
    held = plans(method, coverage=MET)
    held["plans"][1]["coverage"] = covered(accumulators=[{"year": "2026", "deductible_met": "50.00", "maximum_used": dollars}])
    return held


def of_a_child(one_born, other_born, method="standard"):
    held = deepcopy(COORDINATE["plans"])
    for plan, born in zip(held, (one_born, other_born)):
        plan |= {"relationship": "child", "subscriber": {**plan["subscriber"], "birth_date": born}}
    held[0]["method"] = method
    return {"patient": CHILD, "plans": held, "services": [service("TD041", "260.00", "19", "MO")]}


MET = covered(MILLRACE, accumulators=[{"year": "2026", "deductible_met": "100.00"}])
CROWN = {"services": [service("TD050", "1400.00", "8")]}
COORDINATE_VARIANTS = [{}, plans("standard"), plans("carve-out"), plans("non-duplication"), plans("maintenance", coverage=MET), plans("standard", coverage=MET), plans("non-duplication", coverage=MET),
                       plans("maintenance", participates=False), plans("standard", participates=False), {**plans("standard", coverage=MET), **CROWN}, {**plans("maintenance", coverage=MET), **CROWN},
                       {**plans("non-duplication", coverage=MET), **CROWN}, {**plans("carve-out"), **CROWN}, of_a_child("1982-11-30", "1984-02-09"), of_a_child("1982-01-30", "1984-02-09"),
                       of_a_child("1990-03-01", "1980-03-02", "maintenance"), of_a_child("1990-03-03", "1980-03-02", "non-duplication"), {"services": [service("TD110", "2000.00", "19")], "missing_teeth": ["19"], **plans("standard", coverage={**MET, "predeterminations": [{"number": "P1", "procedure": "TD110", "ends": "2026-12-31"}]})},
                       {**plans("standard"), "services": [service("TD080", "150.00", "19")]}, {**plans("maintenance"), "services": [service("TD080", "150.00", "19")]}, {**plans("standard"), "services": [service("TD012", "150.00")]},
                       first_used("1400.00"), first_used("1500.00"), first_used("1400.00", "maintenance"), first_used("1200.00", "non-duplication")]


def made(kind, document, changes):
    return kind.KIND.sheet(kind.World.model_validate({**deepcopy(document), **changes}), SHELF)


SHEETS = [(kind.KIND.name, number, made(kind, document, changes)) for kind, document, variants in ((dental_estimate, ESTIMATE, VARIANTS), (dental_coordination, COORDINATE, COORDINATE_VARIANTS))
          for number, changes in enumerate(variants)]


def test_both_kinds_are_listed():
    assert KINDS["dental-estimate"] is dental_estimate.KIND and KINDS["dental-coordination"] is dental_coordination.KIND


@pytest.mark.parametrize("kind, document, expected", [(dental_estimate, ESTIMATE, HAND_WORKED), (dental_coordination, COORDINATE, COORDINATED)], ids=["estimate", "coordination"])
def test_the_first_variant_gives_what_was_worked_by_hand(kind, document, expected):
    assert {ask.id: ask.key for ask in made(kind, document, {}).asks} == expected


@pytest.mark.parametrize("name, choices, decisions", [("dental-estimate", 9, 20), ("dental-coordination", 2, 6)])
def test_twenty_variants_differ_in_their_decisions(name, choices, decisions):
    sheets = [sheet for kind, _, sheet in SHEETS if kind == name]
    assert len({(sheet.signature, tuple(ask.key for ask in sheet.asks)) for sheet in sheets}) >= 20
    assert len({ask.key for sheet in sheets for ask in sheet.asks if ask.kind == "choice"}) >= choices
    assert len({sheet.signature for sheet in sheets}) >= decisions


@pytest.mark.parametrize("name, number, sheet", SHEETS, ids=lambda v: str(v) if not hasattr(v, "rounds") else "")
def test_a_sheet_is_sound(name, number, sheet):
    ids = [ask.id for ask in sheet.asks]
    assert len(ids) == len(set(ids))
    for ask in sheet.asks:
        if ask.kind == "choice":
            assert ask.key in {id for id, _ in ask.options}
        else:
            assert Decimal(ask.key) >= 0 and all(Decimal(wrong.value) != Decimal(ask.key) for wrong in ask.wrong)
        assert ask.why
    for paper in (*sheet.file, *(paper for each in sheet.rounds for paper in each.papers), *sheet.closing):
        assert Paper.from_plain(paper.plain()) == paper
        assert all(len(row) == len(table.heads) for table in paper.tables for row in table.rows)


@pytest.mark.parametrize("changes, verdict", [
    ({"coverage": covered(begins="2026-02-01")}, {"verdict-1": "waiting_period"}), ({"services": [service("TD100", "1300.00", "19")], "missing_teeth": ["19"]}, {"verdict-1": "missing_tooth_clause"}),
    ({"services": [service("TD062", "1300.00", "20")]}, {"verdict-1": "form"}), ({"services": [service("TD120", "500.00", area="01")]}, {"verdict-1": "not_covered"})])
def test_a_verdict_is_the_edit_that_refuses(changes, verdict):
    keys = {ask.id: ask.key for ask in made(dental_estimate, ESTIMATE, changes).asks}
    assert {id: keys[id] for id in verdict} == verdict and keys["plan-1"] == "0.00"


def test_the_money_of_both_plans_and_the_patient_makes_up_the_fee():
    """First contract's fee 920.00 + 78.00: paid 774.00 and 64.40, the patient 159.60."""
    keys = {ask.id: ask.key for ask in made(dental_coordination, COORDINATE, {}).asks}
    assert sum(Decimal(keys[id]) for id in ("first-pays-1", "first-pays-2", "second-total", "patient-owes")) == Decimal("998.00")


def test_a_rejected_claim_is_told_to_the_author():
    with pytest.raises(ValueError, match="item 54"):
        made(dental_estimate, ESTIMATE, {"treating": {**TREATING, "npi": "2000000000"}})


def test_the_day_of_the_benefits_is_the_day_of_asking():
    paper = made(dental_estimate, ESTIMATE, {}).file[1]
    assert ("As of", str(date(2026, 5, 12))) in paper.boxes and ("Limit", "remaining", "900.00", "", "annual maximum") in paper.tables[0].rows
