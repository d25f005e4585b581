"""`python -m app stats RESPONSES.csv`: every statistic of a table of persons by items, and with --model its calibration; no learner, no records."""

import json
import math
import sys
from dataclasses import asdict
from pathlib import Path

from app.response_file import ResponseFile, read_responses
from app.statistics_text import told
from curriculum.mistakes import Mistake, Unreadable
from scoring.calibration import calibrate, expected_abilities, rest_correlations
from scoring.form_statistics import form_statistics
from scoring.item_flags import flags
from scoring.item_statistics import item_statistics


def add(subparsers) -> None:
    parser = subparsers.add_parser("stats", help="statistics of any table of responses")
    parser.add_argument("responses", type=Path, metavar="RESPONSES.csv",
                        help="a line a person, a column an item: marks from 0 to 1, or chosen options with --key; an empty cell was left out, empty cells at the end were not reached")
    parser.add_argument("--key", metavar="KEY", help="the right options: a file, or the letters themselves, as ABDCA or A,B|C,D")
    parser.add_argument("--model", choices=("rasch", "1pl", "2pl"), help="calibrate the items too: difficulties, log-likelihood, standard errors")
    parser.add_argument("--json", action="store_true", help="print everything as JSON, unrounded")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Prints the statistics; 1 when the file cannot be read, with every mistake on stderr."""
    try:
        file = read_responses(args.responses, args.key)
        found = computed(file, args.model, str(args.responses))
    except Unreadable as error:
        print("\n".join(str(mistake) if mistake.line else f"{mistake.file}: {mistake.what}" for mistake in error.mistakes), file=sys.stderr)
        return 1
    print(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False) if args.json else "\n".join(told(found)))
    return 0


def computed(file: ResponseFile, model: str | None, name: str) -> dict:
    """Everything, plain; null where the responses do not allow a figure."""
    items = item_statistics(file.responses)
    calibration = _calibrated(file, model, name) if model else None
    found = {"persons": len(file.persons), "header": file.header, "ids": file.ids, "sparse": file.responses.sparse, "form": asdict(form_statistics(file.responses)),
             "items": [{**asdict(one), "flags": [asdict(flag) for flag in flags(one)]} for one in items]}
    return _plain(found | ({"calibration": calibration} if calibration else {}))


def _calibrated(file: ResponseFile, model: str, name: str) -> dict:
    marks = file.responses.marks
    if ((marks > 0) & (marks < 1)).any():
        raise Unreadable([Mistake(name, 1, "", "a calibration needs marks of 0 and 1 alone; there are parts of a mark here")])
    found = calibrate(marks, model)
    abilities, errors = expected_abilities(marks, found)
    items = [{"item": item, "n": int(n), "difficulty": b, "difficulty_se": se, "slope": a, "slope_se": sa, "rest_correlation": r}
             for item, n, b, se, a, sa, r in zip(file.responses.items, found.n, found.difficulty.tolist(), found.difficulty_se.tolist(), found.slope.tolist(),
                                                 found.slope_se.tolist(), rest_correlations(marks, found).tolist(), strict=True)]
    persons = [{"person": person, "ability": ability, "se": error} for person, ability, error in zip(file.persons, abilities.tolist(), errors.tolist(), strict=True)]
    return {"model": model, "loglik": found.loglik, "parameters": found.parameters, "aic": 2 * (found.parameters - found.loglik), "converged": found.converged,
            "rounds": found.rounds, "items": items, "abilities": persons}


def _plain(value):
    """As JSON can keep it: no tuples, and null for what is no number."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
