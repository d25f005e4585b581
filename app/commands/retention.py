"""`python -m app retention --dry-run|--apply`: removes what is past its term."""

import json
import sys

from app.gate import now
from app.place import place
from app.retaining import BadTerm, Terms, terms
from records import COMMAND_LINE, Records, RecordsError, Training


def add(subparsers) -> None:
    parser = subparsers.add_parser("retention", help="remove completion records and answers that are past their term")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    how.add_argument("--apply", action="store_true", help="remove it, and note it in the audit log")
    parser.add_argument("--db", help="the records: a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """0 when done; 1 with a sentence when a term is set wrongly or the records cannot be had."""
    try:
        held = terms()
        with Records.open(place(args.db)) as records:
            attempts, completions = past(records, held, now())
            if args.apply and (attempts or completions):
                keep_completed(records, {profile for _, profile in attempts})
                records.expire([attempt for attempt, _ in attempts], completions, COMMAND_LINE, now())
    except (BadTerm, RecordsError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps({"applied": args.apply, "attempts": [attempt for attempt, _ in attempts], "completions": list(completions)}) if args.json else told(held, len(attempts), len(completions), args.apply))
    return 0


def past(records: Records, held: Terms, at: int) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The attempts and the completion records whose term is over."""
    answers, completions = held.answers_before(at), held.completions_before(at)
    return (records.answers_past_term(answers) if answers else ()), tuple(one.id for one in records.completions_before(completions))


def keep_completed(records: Records, profiles: set[str]) -> None:
    """Puts on record what those people have completed, before the answers that show it go."""
    from app.completing import keep
    for profile in filter(None, map(records.profile, sorted(profiles))):
        keep(records, Training(records), profile, now())


def told(held: Terms, attempts: int, completions: int, applied: bool) -> str:
    """What went or would go, and by which terms."""
    did = "went" if applied else "would go"
    answers = f"{attempts} attempts {did} (no step for {held.answers} months)" if held.answers else "Answers have no term: none go (CLEAN_CLAIM_ANSWER_MONTHS sets one)"
    records = f"{completions} completion records {did} (older than {held.completions} years)" if held.completions else "Completion records go with their person"
    return f"{answers}. {records}."
