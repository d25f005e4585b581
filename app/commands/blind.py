"""`python -m app blind`: shows published questions without their keys, and records what someone answered who saw nothing else."""

import json
import sys
from datetime import date
from pathlib import Path

from curriculum.catalogue import REVIEW, Catalogue, load
from curriculum.variants import vary

ROOT = Path(__file__).resolve().parents[2]


def add(subparsers) -> None:
    parser = subparsers.add_parser("blind", help="show questions without their keys to a blind solver, and record the answers")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only the questions of these files (default: those without a valid review)")
    parser.add_argument("--record", metavar="ANSWERS", help="a JSON file {id: response}; a response is text or a list of option ids")
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="the day they were solved (default: today)")
    parser.set_defaults(run=run)


def run(args) -> int:
    catalogue = load(ROOT)
    if args.record:
        return record(catalogue, json.loads(Path(args.record).read_text()), args.on or date.today())
    files = {Path(path).resolve().relative_to(ROOT).as_posix() for path in args.paths}
    print(json.dumps(to_solve(catalogue, files), indent=1, ensure_ascii=False))
    return 0


def to_solve(catalogue: Catalogue, files: set[str]) -> list[dict]:
    """The public side of published questions at seed 0."""
    valid = {review["id"] for review in _kept(catalogue) if review["hash"] == _hash(catalogue, review["id"])}
    return [vary(question, 0).public.model_dump(exclude_defaults=True) for id_, question in catalogue.questions.items()
            if question.status == "published" and (catalogue.origins[id_].node.file in files if files else id_ not in valid)]


def record(catalogue: Catalogue, answers: dict[str, str | list[str]], on: date) -> int:
    """Writes the answers with the hashes of what was solved into quizzes/blind-review.yaml, replacing earlier ones of the same items."""
    if unknown := answers.keys() - catalogue.questions.keys():
        print(f"No question has the id {', '.join(sorted(unknown))}; nothing was recorded.", file=sys.stderr)
        return 1
    kept = {review["id"]: review for review in _kept(catalogue) if review["id"] in catalogue.questions}
    for id_, response in answers.items():
        kept[id_] = {"id": id_, "hash": catalogue.hash_of(id_), "response": response, "on": on.isoformat()}
    lines = [f"- {{{', '.join(f'{name}: {json.dumps(value, ensure_ascii=False)}' for name, value in review.items())}}}\n"
             for review in sorted(kept.values(), key=lambda review: review["id"])]
    target = catalogue.root / "quizzes" / REVIEW
    target.write_text("# What blind solvers answered, and to which content; written by `python -m app blind --record`, marked again by `check`.\n" + "".join(lines))
    print(f"{len(answers)} recorded in {target.relative_to(catalogue.root)}, {len(lines)} in all")
    return 0


def _kept(catalogue: Catalogue) -> list[dict]:
    """The reviews of questions as they stand in the file."""
    return [review for node in catalogue.review_files if node.file == f"quizzes/{REVIEW}" for review in node.value]


def _hash(catalogue: Catalogue, id_: str) -> str:
    return catalogue.hash_of(id_) if id_ in catalogue.items else ""
