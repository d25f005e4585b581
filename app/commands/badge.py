"""`python -m app badge verify FILE|key`: whether a certificate is genuine, and the key with which this installation signs."""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path


def add(subparsers) -> None:
    parser = subparsers.add_parser("badge", help="verify a certificate's credential, or show and change the signing key")
    what = parser.add_subparsers(required=True, metavar="WHAT")
    verify = what.add_parser("verify", help="whether a credential is what its issuer signed; needs no network and no records")
    verify.add_argument("file", type=Path, metavar="FILE", help="the .json file of a certificate")
    verify.add_argument("--issuer", metavar="DID", help="the issuer you expect, as they told you: did:key:z6Mk...")
    verify.add_argument("--json", action="store_true", help="print what was found as JSON")
    verify.set_defaults(what=check)
    key = what.add_parser("key", help="print the issuer's name (did:key), to be made public where others can trust it")
    key.add_argument("--rotate", action="store_true", help="set the key aside and make another; what was signed before stays valid")
    key.set_defaults(what=show)
    parser.set_defaults(run=lambda args: args.what(args))


def check(args) -> int:
    """0 when it is genuine and from whom it should be."""
    from app.badges import keys
    from app.badges.credential import LARGEST, verified
    from app.badges.suite import NotGenuine
    try:
        with open(args.file, "rb") as file:
            found = verified(file.read(LARGEST + 1))
    except OSError as problem:
        return refused(args, f"{args.file} cannot be read: {problem.strerror}.")
    except NotGenuine as problem:
        return refused(args, f"Not genuine: {problem}")
    try:
        expected = args.issuer or keys.did()
    except keys.NoKey:
        expected = ""
    if args.issuer and found.did != args.issuer:
        return refused(args, f"Not from whom it should be: it was signed by {found.did}.")
    print(json.dumps({"genuine": True, "trusted": found.did == expected, **asdict(found)}, ensure_ascii=False) if args.json else told(found, expected))
    return 0


def refused(args, sentence: str) -> int:
    if args.json:
        print(json.dumps({"genuine": False, "why": sentence}, ensure_ascii=False))
    print(sentence, file=sys.stderr)
    return 1


def told(found, expected: str) -> str:
    """What the signature proves and what it does not."""
    whose = ("That is the issuer that was expected." if found.did == expected else
             "A did:key proves that whoever holds the key signed this, and not who they are: compare it with the one that the issuer has made known.")
    results = "\n".join(f"  {name}: {value}" for name, value in found.results)
    return f"Genuine: {found.title}\n{found.learner}, {found.at}\n{results}\nSigned {found.issued} by {found.issuer}, {found.did}.\n{whose}"


def show(args) -> int:
    from app.badges import keys
    try:
        if args.rotate:
            did, aside = keys.rotate(f"{date.today():%Y%m%d}")
            print(f"{did}\nThe key before it is set aside as {aside}. What it signed stays valid; certificates asked for from now on are signed anew with this one. Make the new name known beside the old one. "
                  "If the old key may have been read by others, say publicly from when on its signatures count no more, and delete it.")
        else:
            keys.key()
            print(keys.did())
    except keys.NoKey as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0
