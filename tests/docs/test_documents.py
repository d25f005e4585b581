"""What the documents say of the project is so: links lead somewhere, commands exist, every word and every package is explained."""

import ast
import re
import subprocess
from pathlib import Path
from pkgutil import iter_modules

import pytest

from app import commands
from billing.answer import Outcome
from billing.next_step import Action

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_inside_the_project_leads_to_a_file(document):
    targets = [found[0] for found in LINK.findall(document.read_text()) if not found[0].startswith("http")]
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_that_is_named_exists(document):
    text = document.read_text()
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    ours = {module.name for module in iter_modules(commands.__path__)}
    assert set(re.findall(r"python -m app ([a-z0-9]+)", text)) - ours == set()
    assert set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)", text)) - made == set()


@pytest.mark.parametrize("word", [one.value for one in Action] + [one.value for one in Outcome])
def test_the_glossary_explains_every_answer_and_every_step(word):
    assert f"**{word}**" in (ROOT / "docs" / "glossary.md").read_text()


def test_every_decision_is_in_the_index():
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    assert [path.name for path in (ROOT / "docs" / "decisions").glob("0*.md") if f"({path.name})" not in index] == []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-team.txt", "requirements-dev.txt"])
def test_every_pinned_package_is_accounted_for(file):
    decided = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / file).read_text(), re.MULTILINE)
    assert pinned and [f"{package} {version}" for package, version in pinned if f"| {package} | {version} |" not in decided] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_test_that_is_named_exists(document):
    named = re.findall(r"`(tests/[\w/.]+)`", document.read_text())
    assert [test for test in named if not (ROOT / test).exists()] == []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-team.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_exactly_and_comes_from_the_index(file):
    lines = [line for line in (ROOT / file).read_text().splitlines() if line.strip() and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*|-r requirements(-team)?\.txt", line)] == []


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-team.txt", "requirements-dev.txt"])
def test_every_package_has_a_licence_on_record(file):
    decided = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / file).read_text(), re.MULTILINE)
    assert [package for package, version in pinned if not re.search(rf"^\| {package} \| {re.escape(version)} \| [^|]*[A-Za-z][^|]* \|", decided, re.MULTILINE)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_test_that_is_pointed_to_exists(document):
    assert [path for path in re.findall(r"`(tests/[\w/.-]+)`", document.read_text()) if not (ROOT / path).exists()] == []


def every_test_of(file: Path) -> set[str]:
    """As pytest names them, those of a class after it."""
    tree = ast.parse(file.read_text())
    inner = {f"{one.name}::{test.name}" for one in tree.body if isinstance(one, ast.ClassDef) for test in one.body if isinstance(test, ast.FunctionDef)}
    return inner | {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_single_test_that_is_named_is_in_its_file(document):
    named = re.findall(r"`(tests/[\w/.]+)::([\w:]+)`", document.read_text())
    assert [f"{file}::{test}" for file, test in named if not (ROOT / file).exists() or test not in every_test_of(ROOT / file)] == []


def promises() -> str:
    """The table of faults, without its heading."""
    return (ROOT / "docs" / "operating.md").read_text().split("| what happens | what is promised | shown by |\n|---|---|---|\n")[1].split("\n\n")[0]


def test_every_promise_names_the_test_that_makes_its_fault():
    table = promises()
    assert len(table.splitlines()) > 20 and [row for row in table.splitlines() if not re.search(r"`tests/[\w/.]+::(\w+::)?test_\w+`", row.rsplit("|", 2)[1])] == []


def test_make_faults_runs_every_test_that_a_promise_names():
    told = subprocess.run(["make", "--dry-run", "faults"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    run = next(line for line in told.splitlines() if " -m pytest " in line).split()
    named = re.findall(r"`(tests/[\w/.]+::[\w:]+)`", promises())
    assert len(named) > 40 and [test for test in named if not any(test.startswith(f"{one}/") or test == one for one in run)] == []
    assert [one for one in run if one.startswith("tests/") and not (ROOT / one.partition("::")[0]).exists()] == []
