"""`python -m app anki FILE --profile NAME`: writes the questions that a learner has answered as a text file for Anki."""

import sys
from pathlib import Path


def add(subparsers) -> None:
    parser = subparsers.add_parser("anki", help="write the questions that a learner has answered as a text file that Anki imports")
    parser.add_argument("file", metavar="FILE", help="the file to write; it may be imported again and again")
    parser.add_argument("--profile", required=True, metavar="NAME", help="the learner, by name or id")
    parser.set_defaults(run=run)


def run(args) -> int:
    """1 where there is no such learner, or more than one of that name."""
    import logging
    logging.getLogger("streamlit").setLevel(logging.ERROR)   # its notes on running without a browser
    from app import anki, session
    people = [profile for profile in session.profiles() if args.profile in (profile.id, profile.name)]
    if len(people) != 1:
        named = ", ".join(f"{profile.name} ({profile.id})" for profile in people or session.profiles())
        print(f"{'More than one learner has' if people else 'No learner has'} the name or id {args.profile!r}. There are: {named or 'none'}.", file=sys.stderr)
        return 1
    text = anki.text_for(people[0])
    Path(args.file).write_text(text, encoding="utf-8")
    notes = text.count("\n") - len(anki.HEAD)
    print(f"{notes} note{'s' if notes != 1 else ''} written to {args.file}. In Anki: File, Import.")
    return 0
