"""The house of docs/architecture.md: which way imports run, who may use which library, where the clock and chance are made, and that code holds no content."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("billing", "curriculum", "scoring", "records", "app")
CONTENT = ("scenarios", "quizzes", "payers", "codesets", "exams")
FILES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")) + [ROOT / "streamlit_app.py"]
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in FILES if path.is_file()}
PAGES = [name for name in TREES if name.startswith(("app/pages/", "app/widgets/"))]
KEYED = {"curriculum.models": {"Question", "QuestionSet", "CaseSet", "KeyedItem"}, "curriculum.scenarios": {"Scenario", "World", "Fault", "Expected"}, "curriculum.ask": None, "curriculum.asks": None, "curriculum.exercises": {"Exercise", "Sheet", "Round"}, "curriculum.kinds": None,
         "curriculum.catalogue": None, "curriculum.cases": None, "curriculum.variants": None, "scoring.marks": {"key_of"}, "scoring.course": {"Course"}}
"""What knows a key. None: the whole module does."""
MOMENTS = {"now", "utcnow", "today", "time", "time_ns"}
"""What asks which moment it is; a stopwatch (monotonic) only measures how long something takes."""


def imports(tree: ast.AST):
    """Every module imported, wherever in the file, with the names taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their package"
            yield from ((node.module, alias.name) for alias in node.names)


def importers(library: str) -> set[str]:
    return {name for name, tree in TREES.items() if any(module.split(".")[0] == library for module, _ in imports(tree))}


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_run_one_way(layer):
    above = {*LAYERS[LAYERS.index(layer) + 1:], "streamlit_app"}
    assert [(name, module) for name, tree in TREES.items() if name.startswith(f"{layer}/") for module, _ in imports(tree) if module.split(".")[0] in above] == []


def test_billing_needs_nothing_but_the_standard_library():
    import sys
    known = sys.stdlib_module_names | {"billing"}
    assert [(name, module) for name, tree in TREES.items() if name.startswith("billing/") for module, _ in imports(tree) if module.split(".")[0] not in known] == []


def test_billing_touches_no_file_and_no_network():
    barred = {"os", "io", "pathlib", "socket", "urllib", "http", "sqlite3", "subprocess", "time", "random", "secrets", "json"}
    assert [(name, module) for name, tree in TREES.items() if name.startswith("billing/") for module, _ in imports(tree) if module.split(".")[0] in barred] == []


def test_streamlit_stays_on_the_screen():
    assert [name for name in importers("streamlit") if not name.startswith("app/") and name != "streamlit_app.py" or name.startswith("app/commands/")] == []


@pytest.mark.parametrize("library, layers", [("sqlite_utils", ("records",)), ("psycopg", ("records",)), ("yaml", ("curriculum",)), ("sqlite3", ("records", "curriculum")),
                                             ("pydantic", ("curriculum", "app")), ("numpy", ("scoring",)), ("fsrs", ("scoring",)), ("pyld", ("app",)), ("cryptography", ("app",))])
def test_a_library_has_its_place(library, layers):
    assert [name for name in importers(library) if name.split("/")[0] not in layers] == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_and_widgets_see_no_type_that_holds_a_key(name):
    seen = [(module, taken) for module, taken in imports(TREES[name]) if module in KEYED and (KEYED[module] is None or not taken or taken in KEYED[module])]
    seen += [(module, taken) for module, taken in imports(TREES[name]) if f"{module}.{taken}" in KEYED and KEYED[f"{module}.{taken}"] is None]
    assert seen == []


def calls(tree: ast.AST):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))


@pytest.mark.parametrize("name", [name for name in TREES if not name.startswith("app/") and name != "streamlit_app.py"])
def test_time_and_chance_are_arguments_outside_of_app(name):
    clocks = [ast.unparse(call) for call in calls(TREES[name]) if call.func.attr in MOMENTS and isinstance(call.func.value, ast.Name)
              and call.func.value.id in ("datetime", "date", "time")]
    chance = {module for module, _ in imports(TREES[name]) if module.split(".")[0] in ("random", "secrets", "uuid")}
    seeded = name.startswith("curriculum/")   # streams made from an item and a seed
    assert clocks == [] and (chance <= {"random", "uuid"} if seeded else chance <= {"uuid"})


@pytest.mark.parametrize("name", [name for name in TREES if name.startswith("curriculum/")])
def test_chance_in_curriculum_is_seeded(name):
    bare = [ast.unparse(call) for call in calls(TREES[name]) if isinstance(call.func.value, ast.Name) and call.func.value.id == "random" and (call.func.attr != "Random" or not call.args)]
    assert bare == []


def test_content_holds_no_python():
    assert [path for folder in CONTENT for path in (ROOT / folder).rglob("*.py*")] == []


def constants(tree: ast.AST, kind: type):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is kind)


MONEY = re.compile(r"^-?\d+\.\d\d+$|^\$\s?\d")
UNITS = {"0.00", "0.01"}
"""Nothing, and the cent that amounts are rounded to."""


@pytest.mark.parametrize("name", [name for name in TREES if name.startswith("billing/")])
def test_billing_holds_no_figure(name):
    assert [node.value for node in constants(TREES[name], float)] == []
    assert [node.value for node in constants(TREES[name], str) if MONEY.match(node.value) and node.value not in UNITS] == []
    assert [node.value for node in constants(TREES[name], str) if re.fullmatch(r"(19|20)\d\d-\d\d-\d\d|[A-Z]\d{2}\.\w{1,4}|[A-CEGHJ-MP-V]\d{4}|TX\d{3}", node.value)] == []


def functions():
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield f"{name}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_function_is_above_sixty_lines():
    assert [(name, lines) for name, lines in functions() if lines > 60] == []


def test_no_file_is_above_three_hundred_lines():
    lines = {name: len((ROOT / name).read_text().splitlines()) for name in TREES}
    assert {name: many for name, many in lines.items() if many > 300} == {}


def test_every_module_opens_with_what_it_knows():
    assert [name for name, tree in TREES.items() if tree.body and not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("word", ["manager", "helper", "utils", "handler", "misc"])
def test_names_are_the_fields_words(word):
    named = {node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))} | set(TREES)
    assert [name for name in named if word in re.split(r"[_/.]|(?<=[a-z])(?=[A-Z])", name.lower())] == []
