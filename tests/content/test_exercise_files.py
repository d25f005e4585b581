"""Exercises and claims on other forms than the professional: every file proves itself, and the prover finds what is broken, at its line."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from app.commands.blind import record, scenarios_to_solve
from app.blind_sheet import sheet_of
from app.commands.check import proved
from curriculum.catalogue import load
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.exercises import draw_exercise, shelf_of
from curriculum.kinds import KINDS
from scoring.proof import Prover
from tests.shipped import catalogue

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
FORM, EXERCISE = "dental/filling-claim-turned-away.yaml", "dental/a-child-with-two-dental-plans.yaml"
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")
LINKED = ("payers", "exams", "codesets", "quizzes")


@pytest.fixture
def check(tmp_path):
    """Checks one scenario file with a change in it; the mistakes in it as text."""
    import shutil
    for folder in LINKED:
        shutil.copytree(ROOT / folder, tmp_path / folder)

    def run(name: str, was: str = "", now: str = "") -> list[str]:
        text = (ROOT / "scenarios" / name).read_text().replace("status: published", "status: draft")   # its review lies in another file
        assert was in text
        path = tmp_path / "scenarios" / "one.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(was, now, 1))
        return [str(one) for one in proved(load(tmp_path), TODAY) if one.file.startswith("scenarios")]
    return run


@cache
def shelf():
    return shelf_of(catalogue().policies, CodeBooks.open())


def line_of(name: str, words: str) -> int:
    return next(number for number, line in enumerate((ROOT / "scenarios" / name).read_text().splitlines(), 1) if words in line)


@pytest.mark.parametrize("name", [FORM, EXERCISE])
def test_a_sound_file_has_no_mistake(check, name):
    assert check(name) == []


@pytest.mark.parametrize("name, was, now, at, says", [
    (EXERCISE, "kind: dental-coordination", "kind: dental-cordination", "kind:", 'did you mean "dental-coordination"?'),
    (EXERCISE, "  account:", "  acount:", "account:", "acount"),
    (EXERCISE, "{patient.first_name}", "{patient.nickname}", "world:", "the text names {patient.nickname}"),
    (FORM, "form: dental", "form: dentistry", "form:", "dentistry"),
    (FORM, "payer: harebell-dental", "payer: harebel-dental", "payer:", 'did you mean "harebell-dental"?'),
    (FORM, 'npi: "2381044173"', 'npi: "2381044174"', "billing:", "fitting check digit"),
    (FORM, "field: member_id", "field: member_number", "world:", "there is no field member_number"),
    (FORM, "{claim.account}", "{claim.number}", "world:", "the text names {claim.number}"),
    (FORM, "value: HBD4417092,", 'value: "HBD44170926",', "faults:", "not rejected"),
    (FORM, 'clean_paid: "94.40"', 'clean_paid: "94.00"', "clean_paid:", "the engine pays the clean claim 94.40"),
    (FORM, "field-1: member_id", "field-1: treating.npi", "asks:", "is not what the engine finds: member_id"),
    (FORM, "competency: patient-access.registration}", "competency: patient-access.registering}", "field: member_id", "there is no competency")])
def test_a_broken_file_says_where_and_what(check, name, was, now, at, says):
    found = check(name, was, now)
    assert any(says in one for one in found), found
    assert any(one.startswith(f"scenarios/one.yaml:{line_of(name, at)}:") for one in found if says in one), found


def test_a_claim_without_variants_asks_too_little(check):
    text = (ROOT / "scenarios" / FORM).read_text()
    cases = text[text.index("vary:"):text.index("teaches:")]
    assert any("different decisions" in one for one in check(FORM, cases, ""))


def test_a_blind_sheet_tells_the_papers_and_no_key():
    held = catalogue()
    for item in (*held.form_scenarios.values(), *held.exercises.values()):
        told = sheet_of(item, shelf())
        assert "ASK " in told or "claim." in told
        for secret in (*(fault.why for fault in getattr(item, "faults", ())), item.teaches[:60]):
            assert secret not in told


def test_a_later_round_is_told_only_when_asked_for():
    exercise = next(item for item in catalogue().exercises.values() if len(KINDS[item.kind].sheet(draw_exercise(item, KINDS[item.kind], 0).world, shelf()).rounds) > 1)
    first, second = sheet_of(exercise, shelf()), sheet_of(exercise, shelf(), 2)
    assert set(re.findall(r"ASK (\S+)", first)).isdisjoint(re.findall(r"ASK (\S+)", second))


def test_a_blind_answer_to_an_exercise_and_to_a_claim_on_a_form_is_marked_again():
    held, prover = catalogue(), Prover(catalogue().policies, CodeBooks.open())
    for item in (*held.exercises.values(), *(one for one in held.form_scenarios.values() if one.kind == "mend-the-rejection")):
        worked = dict(item.expected.asks)
        if item.kind in KINDS:
            worked |= {ask.id: ask.model for ask in KINDS[item.kind].sheet(draw_exercise(item, KINDS[item.kind], 0).world, shelf()).asks if ask.kind == "letter"}
        assert prover.earns_full(item, worked, 0), item.slug
        assert not prover.earns_full(item, worked | {next(iter(worked)): "0"}, 0), item.slug


def test_a_claim_written_blind_on_its_form_is_sent_and_marked():
    held, prover = catalogue(), Prover(catalogue().policies, CodeBooks.open())
    item = next(one for one in held.form_scenarios.values() if one.slug == "filling-claim-turned-away")
    assert prover.earns_full(item, {"claim.member_id": item.world.claim["member_id"]}, 0)
    assert not prover.earns_full(item, {"claim.member_id": item.world.claim["member_id"], "claim.lines.1.surfaces": "M O D B"}, 0)


def test_blind_answers_to_scenarios_are_recorded_with_what_was_solved(tmp_path, capsys):
    import shutil
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    for folder in LINKED:
        (tmp_path / folder).symlink_to(ROOT / folder)
    held = load(tmp_path)
    item = next(iter(held.exercises.values()))
    assert record(held, {str(item.id): {"a": "1"}}, TODAY, "scenarios") == 0
    again = load(tmp_path)
    assert item.id not in {one.id for one in scenarios_to_solve(again, set())}
    assert record(held, {"nobody": {}}, TODAY, "scenarios") == 1
