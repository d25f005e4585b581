"""The examples of docs/authoring.md load, prove and adjudicate, and the tables of fields are those of the models."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.commands import document
from app.commands.check import proved
from billing.answer import Outcome
from curriculum.catalogue import FOLDERS, load
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.reader import read, typed
from curriculum.scenarios import Scenario
from scoring.course import Course
from tests import shipped

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PLACES = {"lost-digit.yaml": "scenarios/scrubbing/my-first-claim.yaml", "three-questions.yaml": "quizzes/claims/my-first-questions.yaml"}
CLAIM_SENT = date(2026, 3, 23)
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    """All content, with the examples where the guide puts them."""
    root = tmp_path_factory.mktemp("author")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)
    for example, place in PLACES.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / example, root / place)
    return root


@pytest.fixture(scope="module")
def first_claim() -> Course:
    scenario, mistakes = typed(Scenario, read(EXAMPLES / "lost-digit.yaml", shown="lost-digit.yaml"))
    assert mistakes == []
    return Course.begin(scenario, 0, shipped.catalogue().policies[scenario.world.payer], CodeBooks.open())


def test_every_example_has_its_place():
    assert {path.name for path in EXAMPLES.glob("*.yaml")} >= set(PLACES)


def test_the_examples_are_proved_without_a_mistake(world):
    found = [str(one) for one in proved(load(world), date(2026, 11, 23)) if one.file in PLACES.values()]
    assert found == []


def test_the_examples_are_counted(world):
    catalogue = load(world)
    assert {origin.node.file for origin in catalogue.origins.values()} >= set(PLACES.values())


def test_a_worked_answer_that_is_not_the_engines_is_told_as_the_guide_says(world):
    place = world / PLACES["lost-digit.yaml"]
    sound = place.read_text()
    place.write_text(sound.replace('clean_paid: "57.69"', 'clean_paid: "60.31"'))
    told = [str(one) for one in proved(load(world), date(2026, 11, 23)) if one.file == PLACES["lost-digit.yaml"]]
    place.write_text(sound)
    assert len(told) == 1 and told[0].endswith("expected.clean_paid: the engine pays the clean claim 57.69")
    assert "the engine pays the clean claim 57.69" in (ROOT / "docs" / "authoring.md").read_text()


def test_the_claim_at_hand_is_rejected_and_the_mended_one_paid_what_the_guide_works_out(first_claim):
    sent = first_claim.send(first_claim.case.start)
    assert sent.sendings[0].received == CLAIM_SENT and sent.sendings[0].answer.outcome is Outcome.REJECTED
    mended = sent.send(first_claim.case.clean).sendings[1].answer
    assert [str(line.paid) for line in mended.lines] == ["47.19", "10.50"]
    guide = (ROOT / "docs" / "authoring.md").read_text()
    assert all(figure in guide for figure in ("77.19", "47.19", "10.50", "57.69"))


def test_the_four_branches_of_the_example_differ_in_what_is_decided(first_claim):
    scenario, policy, books = first_claim.case.scenario, first_claim.policy, first_claim.books
    courses = [Course.begin(scenario, seed, policy, books) for seed in range(len(scenario.vary.cases))]
    decided = {(tuple((ask.id, ask.key) for ask in course.send(course.case.start).asks_after(1)), course.fields) for course in courses}
    assert len(decided) == 4


def test_the_tables_of_fields_are_those_of_the_models(capsys):
    assert document.document(only_check=True) == 0, capsys.readouterr().out


def test_a_field_without_a_meaning_is_told():
    meanings = dict(read(document.MEANINGS).value)
    meanings["Person"] = {name: said for name, said in meanings["Person"].items() if name != "sex"} | {"colour": "blue"}
    assert document.complaints(meanings) == ["docs/field-meanings.yaml does not say what Person.sex is",
                                             "docs/field-meanings.yaml speaks of Person.colour, which is no field"]
