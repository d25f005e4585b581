"""The claims that boundary cases start from, the members of each payer, and how a case of a YAML file becomes a claim and its answer."""

from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from billing.adjudication import adjudicate
from billing.answer import Answer, Outcome, Rejection
from billing.codes import OutsideKnownDates
from billing.coverage import Coverage
from billing.npi import with_check_digit
from curriculum.asks import outcome_of
from curriculum.claim_fields import typed
from curriculum.code_books import CodeBooks
from tests.shipped import catalogue as shipped

HERE = Path(__file__).parent
PERSON = {"last_name": "Okonkwo", "first_name": "Adaeze", "birth_date": "1957-05-04", "sex": "F"}
MEMBERS = {
    "medicare-part-b": {"member_id": "2C34D56EF78", "plan": "part-b"},
    "cedar-ppo": {"member_id": "CMP204117936", "plan": "choice-1500", "group_number": "55120"},
    "prairie-medicaid": {"member_id": "2041179360K", "plan": "prairie-adult"},
    "juniper-advantage": {"member_id": "JMA20411793", "plan": "juniper-value"},
    "lakeshore-medicaid": {"member_id": "LS204117936", "plan": "lakeshore-qmb"},
    "foxglove-hmo": {"member_id": "FGH20411793", "plan": "gatekeeper-25", "referrals": [
        {"number": "RF-1", "to_npi": with_check_digit("200000002"), "begins": "2020-01-01", "ends": "2029-12-31", "visits": "99"}]},
    "tamarack-works": {"member_id": "TWK204117936", "plan": "tamarack-core"},
    "sentinel-military": {"member_id": "20411793605", "plan": "sentinel-select"},
    "granite-compensation": {"member_id": "GC2041179", "plan": "injury", "injuries": [
        {"number": "GC2041179", "cause": "employment", "on": "2023-12-01", "diagnoses": ["*"]}]},
    "meridian-auto": {"member_id": "MA20411793", "plan": "pip-full", "injuries": [
        {"number": "MA20411793", "cause": "auto", "on": "2023-12-01", "diagnoses": ["*"]}]}}
ACCIDENTS = {"granite-compensation": {"cause": "employment", "on": "2023-12-01"}, "meridian-auto": {"cause": "auto", "on": "2023-12-01"}}
"""What stands in item 10 of claims to a carrier of injuries."""
REFERRING = {"name": "Ilse Haugen, MD", "npi": with_check_digit("200000003")}


def _line(procedure: str, charge: str = "400.00", place: str = "11", pointers=("A",), **more) -> dict:
    return {"service_date": "2026-03-10", "place_of_service": place, "procedure": procedure, "diagnosis_pointers": list(pointers), "charge": charge, **more}


BASES = {
    "office visit": {"diagnoses": ["E11.9"], "lines": [_line("TX113")]},
    "visit and removal": {"diagnoses": ["E11.9", "L82.0"], "lines": [_line("TX113"), _line("TX201", pointers="B")]},
    "removal and biopsy": {"diagnoses": ["L82.0"], "lines": [_line("TX201"), _line("TX202")]},
    "knee injection": {"diagnoses": ["M17.11"], "lines": [_line("TX210", modifiers=["RT"])]},
    "knee surgery": {"diagnoses": ["S83.241A"], "prior_authorization": "PA-7", "lines": [_line("TX301", "2500.00", "22", modifiers=["RT"])]},
    "knee surgery and inspection": {"diagnoses": ["S83.241A"], "prior_authorization": "PA-7",
                                    "lines": [_line("TX301", "2500.00", "22", modifiers=["RT"]), _line("TX302", "2000.00", "22", modifiers=["LT"])]},
    "head scan": {"diagnoses": ["R55"], "referring": REFERRING, "prior_authorization": "PA-7", "lines": [_line("TX420")]},
    "spine scan": {"diagnoses": ["M54.16"], "referring": REFERRING, "prior_authorization": "PA-7", "lines": [_line("TX430", "900.00")]},
    "heart ultrasound": {"diagnoses": ["I50.9"], "referring": REFERRING, "lines": [_line("TX440", "900.00")]},
    "chest film": {"diagnoses": ["R05.9"], "referring": REFERRING, "lines": [_line("TX401", "90.00")]},
    "therapy": {"diagnoses": ["M25.561"], "referring": REFERRING, "lines": [_line("TX601", modifiers=["GP"], units="4")]},
    "blood sugars": {"diagnoses": ["E11.9"], "referring": REFERRING, "lines": [_line("TX531", "30.00"), _line("TX531", "30.00", modifiers=["91"])]},
    "obesity counselling": {"diagnoses": ["Z68.32"], "lines": [_line("G0447", "40.00")]},
    "wellness visit": {"diagnoses": ["Z00.00"], "lines": [_line("G0439", "200.00")]},
    "routine examination": {"diagnoses": ["Z00.00"], "lines": [_line("TX120", "200.00")]},
    "gallbladder": {"diagnoses": ["K80.20"], "lines": [_line("TX320", "2500.00", "22")]},
    "visit and gallbladder": {"diagnoses": ["K80.20"], "lines": [_line("TX113", place="22"), _line("TX320", "2500.00", "22")]},
    "colon": {"diagnoses": ["K63.5"], "lines": [_line("TX340", "900.00", "22"), _line("TX342", "800.00", "22")]},
    "colon and hernia": {"diagnoses": ["K63.5", "K40.90"], "lines": [_line("TX340", "900.00", "22"), _line("TX342", "800.00", "22"), _line("TX310", "2500.00", "22", "B")]},
    "whole colon": {"diagnoses": ["K63.5"], "lines": [_line("TX341", "900.00", "22")]},
    "anesthesia": {"diagnoses": ["K80.20"], "lines": [_line("TX902", "900.00", "22", modifiers=["AA"], units="129")]},
    "therapies": {"diagnoses": ["M25.561"], "referring": REFERRING, "lines": [_line("TX601", modifiers=["GP"], units="4"), _line("TX603", modifiers=["GP", "59"])]},
    "infusion": {"diagnoses": ["K50.90"], "lines": [_line("J1745", "3000.00", modifiers=["JZ"], units="40", ndc="57894003001")]},
    "vitamin injection": {"diagnoses": ["E53.8"], "lines": [_line("TX701"), _line("J3420", "20.00")]},
    "two biopsies": {"diagnoses": ["L82.0"], "lines": [_line("TX202"), _line("TX202", modifiers=["59"])]},
    "three biopsies": {"diagnoses": ["L82.0"], "lines": [_line("TX202", units="3")]},
    "nail trimming": {"diagnoses": ["E11.51"], "lines": [_line("TX231", "60.00")]},
}


@cache
def books() -> CodeBooks:
    """The code books that make setup made."""
    return CodeBooks.open()


def boundaries() -> list[dict]:
    """Every boundary of the YAML files, once for each payer it is stated for; all values are text."""
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        for boundary in yaml.load(path.read_text(), Loader=yaml.BaseLoader):
            for payer in boundary.get("payers") or [path.stem]:
                found.append({**boundary, "payer": payer, "cases": [{**case, "payer": payer} for case in boundary["cases"]]})
    return found


def claim_and_member(case: dict):
    """The case's claim and its member in the payer's records: the base with the case's changes; `coverage.` changes only the latter."""
    member = MEMBERS[case["payer"]]
    whole = {"account": "B-1", "payer": case["payer"], "patient": dict(PERSON), "subscriber": dict(PERSON), "relationship": "self",
             "billing": {"name": "Haugen Clinic", "npi": with_check_digit("200000001")}, "rendering": {"name": "Tomas Reyes, MD", "npi": with_check_digit("200000002")},
             "accident": ACCIDENTS.get(case["payer"]), "member_id": member["member_id"], "group_number": member.get("group_number", ""), **deepcopy(BASES[case["base"]])}
    held = {**member, **{part: PERSON[part] for part in ("last_name", "first_name", "birth_date")}, "begins": "2020-01-01"}
    document = {**whole, "coverage": held}
    for path, value in case.get("set", {}).items():
        _put(document, path, _named(deepcopy(value), member["member_id"]))
    held = document.pop("coverage")
    return typed(document), TypeAdapter(Coverage).validate_python(held)


def _named(value, member_id: str):
    """The value with MEMBER replaced by the member's id, and null by nothing."""
    if isinstance(value, list):
        return [_named(each, member_id) for each in value]
    if isinstance(value, dict):
        return {name: _named(each, member_id) for name, each in value.items()}
    return {"MEMBER": member_id, "null": None}.get(value, value)


def _put(document: dict, path: str, value) -> None:
    """Sets the field; lines are counted from 1."""
    parts = path.split(".")
    held = document
    for part in parts[:-1]:
        held = held[int(part) - 1] if part.isdigit() else held[part]
    held[int(parts[-1]) - 1 if parts[-1].isdigit() else parts[-1]] = value


def answer_of(case: dict) -> Answer | str:
    """The payer's answer; the sentence of OutsideKnownDates where it cannot give one."""
    claim, member = claim_and_member(case)
    received = date.fromisoformat(case["received"]) if "received" in case else claim.lines[0].service_date + timedelta(days=10)
    try:
        return adjudicate(claim, shipped().policies[case["payer"]], member, received, received + timedelta(days=14), books(), case.get("participates") != "false")
    except OutsideKnownDates as error:
        return str(error)


def told(answer: Answer | str) -> dict:
    """Everything a case may expect of an answer, in the words of the YAML files."""
    if isinstance(answer, str):
        return {"outcome": "outside-known-dates", "says": answer}
    first = next((f for f in answer.findings if f.outcome is not Outcome.WARNING), None)
    seen = {"outcome": outcome_of(answer), "edit": first.edit if first else "", "warnings": sorted({f.edit for f in answer.findings if f.outcome is Outcome.WARNING})}
    if isinstance(answer, Rejection):
        return {**seen, "status": " ".join(filter(None, (first.category, first.status, first.entity)))}
    return {**seen, "reason": f"{first.group}-{first.carc}" if first else "", "rarcs": list(first.rarcs) if first else [], "remarks": list(answer.rarcs), "allowed": str(answer.allowed), "paid": str(answer.paid),
            "adjusted": {f"{group}-{carc}": str(answer.adjusted(group, carc)) for group, carc in sorted({(a.group, a.carc) for line in answer.lines for a in line.adjustments})},
            "lines": [line.outcome.value for line in answer.lines], "line_allowed": [str(line.allowed) for line in answer.lines]}
