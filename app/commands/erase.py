"""`python -m app erase --profile NAME-or-ID`: deletes someone who has left, by the rules by which they would delete themselves."""

import sys

from app.commands.export import found
from app.place import place
from app.team import mode
from records import COMMAND_LINE, Records, RecordsError, is_told


def add(subparsers) -> None:
    parser = subparsers.add_parser("erase", help="delete a person and all that is theirs; completion records stay for their term")
    parser.add_argument("--profile", required=True, metavar="NAME-or-ID", help="whom")
    parser.add_argument("--confirm", metavar="NAME", help="their name as it stands, where nobody can be asked to type it")
    parser.add_argument("--completions-too", action="store_true", help="also completion records and certificates; not in a team, where they are the organisation's")
    parser.add_argument("--dry-run", action="store_true", help="say what would stay, and delete nothing")
    parser.add_argument("--db", help="the records: a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.set_defaults(run=run)


def run(args) -> int:
    """0 when they are gone; 1 with a sentence otherwise."""
    from app.leaving import erase, kept, told
    try:
        with Records.open(place(args.db)) as records:
            if args.completions_too and (mode() or records_of_a_team(records)):
                raise RecordsError("Nothing was deleted: in a team completion records are the organisation's and stay for their term. Leave --completions-too out.")
            whose = found(records, args.profile)
            many = 0 if args.completions_too else len(kept(records, whose))
            print(f"{whose.name} ({whose.id}): the profile, every attempt and answer, marks, drafts, comments and the account go, at once and for good. This stays:")
            print("\n".join(f"- {one}" for one in told(many, "their", "them", is_told(records))))
            if args.dry_run:
                print("Nothing was deleted.")
                return 0
            erase(records, whose, typed(args.confirm), COMMAND_LINE, args.completions_too)
    except RecordsError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{whose.name} was deleted.")
    return 0


def records_of_a_team(records: Records) -> bool:
    """Whether anybody has an account in these records, whatever this shell's settings say."""
    from records import People
    return bool(People(records).accounts())


def typed(confirm: str | None) -> str:
    """The name, as an option or typed now."""
    if confirm is not None:
        return confirm
    if not sys.stdin.isatty():
        raise RecordsError("Nothing was deleted: nobody is there to type the name. Give it with --confirm NAME.")
    return input("To confirm, type their name as it stands here: ")
