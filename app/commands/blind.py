"""`python -m app blind`: shows questions, or scenarios, without their keys, and records what someone answered who saw nothing else."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from app.blind_sheet import sheet_of
from curriculum.catalogue import REVIEW, Catalogue, load
from curriculum.code_books import CodeBooks
from curriculum.exercises import shelf_of
from curriculum.variants import vary
from scoring.proof import Prover

ROOT = Path(__file__).resolve().parents[2]


def add(subparsers) -> None:
    parser = subparsers.add_parser("blind", help="show questions or scenarios without their keys to a blind solver, and record the answers")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only the items of these files, drafts too (default: those without a valid review)")
    parser.add_argument("--scenarios", action="store_true", help="scenarios, exercises and lives, as text, instead of questions")
    parser.add_argument("--round", type=int, default=1, metavar="N", help="with --scenarios: the round of an exercise to show; its first is answered before its second is read (default: 1)")
    parser.add_argument("--record", metavar="ANSWERS", help="a JSON file {id: response}; a response is text or a list of option ids; of a scenario {what is asked: answer}")
    parser.add_argument("--publish", action="store_true", help="with --record: drafts whose answer earned full credit are published")
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="the day they were solved (default: today)")
    parser.set_defaults(run=run)


def run(args) -> int:
    try:
        answers = answers_of(Path(args.record)) if args.record else None
    except NotRead as problem:
        print(f"{problem} Nothing was recorded.", file=sys.stderr)
        return 1
    catalogue = load(ROOT)
    folder = "scenarios" if args.scenarios else "quizzes"
    if answers is not None:
        prover = Prover(catalogue.policies, CodeBooks.open())
        return record(catalogue, answers, args.on or date.today(), folder, prover.earns_full, args.publish)
    files = {Path(path).resolve().relative_to(ROOT).as_posix() for path in args.paths}
    if args.scenarios:
        shelf = shelf_of(catalogue.policies, CodeBooks.open())
        print("\n".join(sheet_of(item, shelf, args.round) for item in scenarios_to_solve(catalogue, files)))
    else:
        print(json.dumps(to_solve(catalogue, files), indent=1, ensure_ascii=False))
    return 0


class NotRead(ValueError):
    """The file of answers is none; the words say why."""


def answers_of(file: Path) -> dict[str, str | list[str] | dict[str, str]]:
    """What a blind solver answered, by item."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise NotRead(f"{file} cannot be read: {problem.strerror}.") from problem
    except (ValueError, RecursionError) as problem:
        raise NotRead(f"{file} is not JSON: {problem}.") from problem
    if not isinstance(found, dict):
        raise NotRead(f"{file} is no JSON object: write {{\"id\": response}}.")
    for id_, response in found.items():
        if not _is_response(response):
            raise NotRead(f"{file}: the response to {id_} is neither text, nor a list of option ids, nor an object of what is asked.")
    return found


def _is_response(response: Any) -> bool:
    """Text, a list of texts, or by what is asked a text, a number or a list of texts."""
    if isinstance(response, dict):
        return all(isinstance(told, (str, int, float)) or _is_texts(told) for told in response.values())
    return isinstance(response, str) or _is_texts(response)


def _is_texts(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, str) for one in told)


def to_solve(catalogue: Catalogue, files: set[str]) -> list[dict]:
    """The public side of questions at seed 0, with their case: of the files whatever its status, else all published ones that nobody has solved as they are now."""
    valid = _valid(catalogue, "quizzes")
    return [vary(question, 0, case=catalogue.case_of(id_)).public.model_dump(mode="json", exclude_defaults=True) for id_, question in catalogue.questions.items()
            if (question.status != "retired" and catalogue.origins[id_].node.file in files if files else question.status == "published" and id_ not in valid)]


def scenarios_to_solve(catalogue: Catalogue, files: set[str]) -> list:
    """Scenarios, exercises and lives: of the files whatever its status, else all that nobody has solved as they are now."""
    valid = _valid(catalogue, "scenarios")
    return [item for id_, item in _items(catalogue, "scenarios").items() if item.status != "retired" and (catalogue.origins[id_].node.file in files if files else id_ not in valid)]


def record(catalogue: Catalogue, answers: dict[str, str | list[str] | dict[str, str]], on: date, folder: str = "quizzes",
           earns_full: Callable[[Any, Any, int], bool] = lambda item, response, seed: True, publish: bool = False) -> int:
    """Writes the answers that earn full credit into the folder's blind-review.yaml, with the hashes of what was solved, in place of earlier ones.

    An answer that differs from the key is named and not recorded; then, as with an unknown id, the exit code is 1.
    """
    items = _items(catalogue, folder)
    if unknown := answers.keys() - items.keys():
        print(f"No {'question' if folder == 'quizzes' else 'scenario'} has the id {', '.join(sorted(unknown))}; nothing was recorded.", file=sys.stderr)
        return 1
    answers = {id_: _plain(response) for id_, response in answers.items()}
    agreed = {id_: response for id_, response in answers.items() if earns_full(items[id_], _as_read(response), 0)}
    kept = {review["id"]: review for review in _kept(catalogue, folder) if review["id"] in items}
    kept |= {id_: {"id": id_, "hash": catalogue.hash_of(id_), "response": response, "on": on.isoformat()} for id_, response in agreed.items()}
    lines = [f"# {items[review['id']].slug}\n- {{{', '.join(f'{name}: {json.dumps(value, ensure_ascii=False)}' for name, value in review.items())}}}\n"
             for review in sorted(kept.values(), key=lambda review: items[review["id"]].slug)]
    target = catalogue.root / folder / REVIEW
    target.write_text("# What blind solvers answered, and to which content; written by `python -m app blind --record`, marked again by `check`.\n" + "".join(lines))
    if publish:
        for id_ in agreed:
            _publish(catalogue, id_)
    for id_ in answers.keys() - agreed.keys():
        print(f"{catalogue.origins[id_].mistake(f'the blind answer {answers[id_]!r} does not earn full credit: settle which is right from the primary source', where=items[id_].slug)}")
    print(f"{len(agreed)} recorded in {target.relative_to(catalogue.root)}, {len(lines)} in all")
    return 0 if len(agreed) == len(answers) else 1


def _plain(response: Any) -> Any:
    """What is asked of a scenario is answered in text; several options stand with commas between."""
    return {name: ",".join(told) if isinstance(told, list) else str(told) for name, told in response.items()} if isinstance(response, dict) else response


def _as_read(response: Any) -> Any:
    """The response as `check` will read it back: a list as a tuple."""
    return tuple(response) if isinstance(response, list) else response


def _publish(catalogue: Catalogue, id_: str) -> None:
    """Turns the item's own line `status: draft` into `status: published`; nothing else of the file is touched."""
    origin = catalogue.origins[id_]
    path = catalogue.root / origin.node.file
    lines = path.read_text().splitlines(keepends=True)
    at = origin.node.line(*origin.path, "status") - 1
    lines[at] = lines[at].replace("status: draft", "status: published", 1)
    path.write_text("".join(lines))


def _items(catalogue: Catalogue, folder: str) -> dict:
    return dict(catalogue.questions) if folder == "quizzes" else {**catalogue.scenarios, **catalogue.form_scenarios, **catalogue.exercises, **catalogue.lives}


def _valid(catalogue: Catalogue, folder: str) -> set[str]:
    """The ids of items that were solved as they are now."""
    return {review["id"] for review in _kept(catalogue, folder) if review["id"] in catalogue.items and review["hash"] == catalogue.hash_of(review["id"])}


def _kept(catalogue: Catalogue, folder: str) -> list[dict]:
    """The folder's reviews as they stand in the file."""
    return [review for node in catalogue.review_files if node.file == f"{folder}/{REVIEW}" for review in node.value]
