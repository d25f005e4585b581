"""`python -m app calibrate`: fits the items' difficulties to everybody's first answers and keeps them in place of the authors' labels, where answers are enough; a night's job."""

import json
import time

from app import measuring
from app.place import ROOT, place
from curriculum.catalogue import Catalogue, load
from records import COMMAND_LINE, ItemDifficulty, People, Records, RecordsError, is_server
from scoring.item_flags import MORE
from scoring.readiness_model import MODEL


def add(subparsers) -> None:
    parser = subparsers.add_parser("calibrate", help="fit the items' difficulties to first answers")
    parser.add_argument("--fewest", type=int, default=MORE, metavar="N", help=f"first answers from which an item is calibrated (default: {MORE})")
    parser.add_argument("--dry-run", action="store_true", help="print what would be kept, and change nothing")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--db", help="a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """0 when it was done, with few answers too; 1 with a sentence when it cannot be."""
    where = place(args.db)
    try:
        if args.fewest < 10:
            raise RecordsError("Ask for 10 first answers at least: a difficulty from fewer says less than the author's label.")
        if not is_server(where) and not where.exists():
            raise RecordsError(f"There are no records at {where}: nothing was answered yet. Name another file with --db.")
        with Records.open(where) as records:
            held = load(ROOT)
            at = time.time_ns() // 1_000_000
            found, learners, answers = measuring.calibration(records, held, at, args.fewest)
            if not args.dry_run:
                records.keep_difficulties(found)
                People(records).note(COMMAND_LINE, "calibrate", "records", at, None, {"items": len(found), "learners": learners, "answers": answers})
    except RecordsError as problem:
        print(json.dumps({"error": str(problem)}) if args.json else problem)
        return 1
    told = _plain(held, found)
    print(json.dumps({"learners": learners, "answers": answers, "kept": not args.dry_run, "items": told}, indent=2) if args.json
          else "\n".join(_in_words(told, learners, answers, args)))
    return 0


def _plain(held: Catalogue, found: tuple[ItemDifficulty, ...]) -> list[dict]:
    return [{"item": each.item, "slug": held.questions[each.item].slug, "label": held.questions[each.item].difficulty, "logits": round(each.logits, 3), "se": round(each.se, 3), "n": each.n}
            for each in sorted(found, key=lambda each: each.logits)]


def _in_words(told: list[dict], learners: int, answers: int, args) -> list[str]:
    rows = [f"{each['slug']}: {each['logits']:+.2f} (standard error {each['se']:.2f}, {each['n']} first answers; its label {each['label']} stands for "
            f"{MODEL.label_logits[each['label'] - 1]:+.2f})" for each in told]
    whole = f"{answers} first answers of {learners} learner{'' if learners == 1 else 's'}: "
    if not told:
        return [f"{whole}no item has {args.fewest} yet. The authors' labels go on standing for the difficulties."]
    done = "Nothing was changed. Leave --dry-run out to keep them." if args.dry_run else "They stand in place of the labels now; run this again when there are more answers."
    return [*rows, f"{whole}{len(told)} item{'' if len(told) == 1 else 's'} calibrated; all others keep their label. {done}"]
