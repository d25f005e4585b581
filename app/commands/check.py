"""`python -m app check`: loads and proves all content; prints every mistake, then what the content covers."""

import json
from datetime import date
from pathlib import Path

from curriculum.catalogue import FOLDERS, Catalogue, load
from curriculum.code_books import DEFAULT, CodeBooks
from curriculum.mistakes import Mistake
from curriculum.models import Question
from curriculum.proof import prove
from scoring.proof import Prover, question_earns_full

ROOT = Path(__file__).resolve().parents[2]


def add(subparsers) -> None:
    parser = subparsers.add_parser("check", help="load and prove all content; exit 1 if there is a mistake")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="print only the mistakes of these files or folders")
    parser.add_argument("--json", action="store_true", help="print mistakes and counts as JSON")
    parser.add_argument("--as-of", type=date.fromisoformat, default=None, metavar="DATE", help="the day staleness is counted from (default: today)")
    parser.set_defaults(run=run)


def run(args) -> int:
    return check(args.paths, args.json, args.as_of or date.today())


def check(paths: list[str], as_json: bool, as_of: date, root: Path = ROOT) -> int:
    """Prints the mistakes of all content (or of the paths) and the counts; 1 if any is more than a warning."""
    catalogue = load(root)
    wanted, astray = _wanted(paths, root)
    found = [one for one in proved(catalogue, as_of) if not paths or any(one.file == name or one.file.startswith(name + "/") for name in wanted)]
    found = sorted({*found, *astray})
    counted = counts(catalogue)
    print(_as_json(found, counted) if as_json else "\n".join([*map(str, found), *_in_words(found, counted)]))
    return 1 if any(not one.warning for one in found) else 0


def proved(catalogue: Catalogue, as_of: date) -> list[Mistake]:
    """What reading, references and marking show; without code books scenarios are not played, and that is said."""
    if not DEFAULT.is_file():
        unplayed = [Mistake("scenarios", 1, "", "not played: the code books are not there yet; `make setup` makes them", warning=True)] if len(catalogue.items) > len(catalogue.questions) else []
        return prove(catalogue, as_of, lambda item, response, seed: not isinstance(item, Question) or question_earns_full(item, response, seed)) + unplayed
    books = CodeBooks.open()
    prover = Prover(catalogue.policies, books)
    found = prove(catalogue, as_of, prover.earns_full, books)
    played = ((catalogue.scenarios, prover.scenario), (catalogue.form_scenarios, prover.scenario), (catalogue.exercises, prover.exercise), (catalogue.lives, prover.life))
    for id_, scenario, prove_one in ((id_, item, prove_one) for items, prove_one in played for id_, item in items.items()):
        found += [catalogue.origins[id_].mistake(what, *steps) for steps, what in prove_one(scenario)]
    return found


def _wanted(paths: list[str], root: Path) -> tuple[list[str], list[Mistake]]:
    """The paths as mistakes name files; and a mistake for each that is no content."""
    names, astray = [], []
    for path in paths:
        real = Path(path).resolve()
        name = real.relative_to(root).as_posix() if real.is_relative_to(root) else ""
        if name.split("/")[0] in FOLDERS and real.exists():
            names.append(name)
        else:
            astray.append(Mistake(path, 1, "", f"there is no content here; content lies in {', '.join(FOLDERS)} of {root}"))
    return names, astray


def counts(catalogue: Catalogue) -> dict[str, int | dict[str, int]]:
    """How much there is of everything."""
    items = [item for item in catalogue.items.values() if item.status != "retired"]
    covered = {skill for item in items for skill in item.competencies}
    return {
        "questions": len(catalogue.questions),
        "scenarios": len(catalogue.scenarios) + len(catalogue.form_scenarios) + len(catalogue.exercises) + len(catalogue.lives),
        "payers": len(catalogue.policies),
        "rules": sum(len(policy.rules) for policy in catalogue.policies.values()),
        "sources": len(catalogue.sources),
        "competencies": len(catalogue.competencies),
        "competencies covered": len(covered & catalogue.competencies.keys()),
        "exam domains": {exam: len(blueprint.domains) for exam, blueprint in catalogue.blueprints.items()},
        "exam domains covered": {exam: len({domain for item in items for domain in catalogue.domains_of(item, exam)}) for exam in catalogue.blueprints},
    }


def _in_words(found: list[Mistake], counted: dict) -> list[str]:
    wrong = sum(not one.warning for one in found)
    of = counted["exam domains"]
    domains = ", ".join(f"{exam.upper()} {covered} of {of[exam]}" for exam, covered in counted["exam domains covered"].items())
    return [
        f"{counted['questions']} questions, {counted['scenarios']} scenarios, {counted['rules']} rules of {counted['payers']} payers, "
        f"{counted['sources']} sources",
        f"{counted['competencies covered']} of {counted['competencies']} competencies covered; exam domains covered: {domains or 'none'}",
        f"{_number(wrong, 'mistake')}, {_number(len(found) - wrong, 'warning')}",
    ]


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _as_json(found: list[Mistake], counted: dict) -> str:
    return json.dumps({"mistakes": [vars(one) for one in found if not one.warning], "warnings": [vars(one) for one in found if one.warning],
                       "counts": counted}, indent=2)
