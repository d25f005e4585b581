"""`python -m app regrade`: marks the answers to a corrected question anew by a stated policy, first dry if asked, and takes a run back."""

import getpass
import json
import time
import uuid

from app import correcting
from app.place import ROOT, place
from curriculum.catalogue import Catalogue, load
from records import COMMAND_LINE, Records, RecordsError, RegradeRun, is_server
from scoring.regrading import POLICIES


def add(subparsers) -> None:
    policies = "; ".join(f"{name}: {words}" for name, words in POLICIES.items())
    parser = subparsers.add_parser("regrade", help="mark the answers to a corrected question anew", epilog=f"The policies. {policies}.")
    parser.add_argument("item", nargs="?", metavar="ITEM", help="the question, by id or slug; a question that `reimplements` it is the correction")
    parser.add_argument("--policy", choices=list(POLICIES), help="what becomes of the answers")
    parser.add_argument("--because", default="", metavar="WHY", help="one sentence for the learners; needed unless --dry-run")
    parser.add_argument("--by", default="", metavar="NAME", help="who corrects (default: this computer's user)")
    parser.add_argument("--dry-run", action="store_true", help="say whom it would touch, and change nothing")
    parser.add_argument("--undo", metavar="RUN", help="take a run back")
    parser.add_argument("--list", action="store_true", help="the runs so far")
    parser.add_argument("--json", action="store_true", help="print as JSON")
    parser.add_argument("--db", help="a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """0 when it was done, 1 with a sentence when it cannot be."""
    where = place(args.db)
    try:
        if not is_server(where) and not where.exists():
            raise correcting.NotPossible(f"There are no records at {where}: nothing was answered yet. Name another file with --db.")
        with Records.open(where) as records:
            found = _asked(args, records)
    except (correcting.NotPossible, RecordsError) as problem:
        print(json.dumps({"error": str(problem)}) if args.json else problem)
        return 1
    print(json.dumps(found, indent=2) if args.json else "\n".join(_in_words(found)))
    return 0


def _asked(args, records: Records) -> dict:
    if args.list:
        return {"runs": [_run(one) for one in records.regrade_runs()]}
    actor, at = args.by or getpass.getuser(), time.time_ns() // 1_000_000
    if args.undo:
        done = correcting.undo(records, args.undo, actor, args.because, str(uuid.uuid4()), at, noted_as=COMMAND_LINE)
        return {**_run(done), "changes": len(records.regrade_changes(done.id))}
    if not (args.item and args.policy):
        raise correcting.NotPossible("Name the question and a policy: python -m app regrade ITEM --policy never-lower --dry-run")
    held = load(ROOT)
    tried = correcting.trial(records, held, args.item, args.policy)
    if args.dry_run:
        return _trial(tried)
    return {**_trial(tried), **_applied(args, records, held, actor, at), "dry_run": False}


def _applied(args, records: Records, held: Catalogue, actor: str, at: int) -> dict:
    done = correcting.apply(records, held, args.item, args.policy, actor, args.because, str(uuid.uuid4()), at, noted_as=COMMAND_LINE)
    return {**_run(done), "changes": len(records.regrade_changes(done.id))}


def _run(run: RegradeRun) -> dict:
    return {"run": run.id, "item": run.item, "policy": run.policy, "by": run.actor, "because": run.reason, "at": run.at, "undoes": run.undoes, "undone_at": run.undone_at}


def _trial(tried: correcting.Trial) -> dict:
    return {"item": tried.item, "corrected": tried.corrected, "policy": tried.policy, "dry_run": True, "answers": tried.answers, "people": tried.people,
            "deltas": [{"learner": delta.name, "attempt": delta.attempt, "title": delta.title, "before": [str(part) for part in delta.before],
                        "after": [str(part) for part in delta.after]} for delta in tried.deltas]}


def _in_words(found: dict) -> list[str]:
    if "runs" in found:
        return [_line(run) for run in found["runs"]] or ["No run yet."]
    lines = [f"{delta['learner']}, {delta['title']}: {' of '.join(delta['before'])} becomes {' of '.join(delta['after'])}" for delta in found.get("deltas", ())]
    if "deltas" in found:
        lines.append(f"{found['answers']} answers to {found['item']}, marked by {found['corrected']} under {found['policy']}: "
                     f"{len(found['deltas'])} scores of {found['people']} people {'would change' if found['dry_run'] else 'changed'}.")
    if found.get("dry_run"):
        return [*lines, "Nothing was changed. Leave --dry-run out to do it."]
    return [*lines, _line(found) + ("" if found["undoes"] else f" Take it back with: python -m app regrade --undo {found['run']}")]


def _line(run: dict) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run["at"] / 1000))
    back = f" Took back {run['undoes']}." if run["undoes"] else " Taken back." if run["undone_at"] else ""
    return f"Run {run['run']}, {when}, by {run['by']}: {run['policy']} for {run['item']}. {run['because']}{back}"
