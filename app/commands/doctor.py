"""`python -m app doctor`: whether the records are sound, what content is there, and which versions run."""

import json
import platform
from importlib import metadata

from app.place import ROOT, place, way_back
from records import Examination, examine

PACKAGES = ("streamlit", "sqlite-utils", "pydantic", "pyyaml", "simple-icd-10-cm")
CONTENT = ("scenarios", "questions", "policies", "competencies", "blueprints", "sources")


def add(subparsers) -> None:
    parser = subparsers.add_parser("doctor", help="check the database, the content and the versions")
    parser.add_argument("--db", help="a file, or a postgresql:// address (default: DATABASE_URL, CLEAN_CLAIM_DB, else data/clean-claim.sqlite)")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(args) -> int:
    """Prints what was found; 1 when something needs mending, 0 otherwise. Nothing is written."""
    examined = examine(place(args.db), every_page=True)
    content, complaints = content_counts()
    findings = {"database": database(examined), "content": content, "versions": versions(examined),
                "faults": [*examined.faults, *complaints], "warnings": list(examined.warnings), "way back": way_back(place(args.db)) if examined.exists and examined.faults else ""}
    print(json.dumps(findings, indent=2) if args.json else "\n".join(told(findings)))
    return 1 if findings["faults"] else 0


def database(examined: Examination) -> dict:
    return {"path": str(examined.path), "exists": examined.exists, "bytes": examined.size,
            "migrations": list(examined.migrations), "rows": examined.counts}


def versions(examined: Examination) -> dict[str, str]:
    """Of Python, SQLite and the packages the app stands on."""
    found = {"python": platform.python_version(), "sqlite": examined.sqlite}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def content_counts() -> tuple[dict[str, int], list[str]]:
    """How much of each kind of content there is, and a sentence if some of it is wrong."""
    try:
        from curriculum.catalogue import load
    except ImportError as error:
        return {}, [f"The content cannot be read: {error}. Run `make setup`."]
    catalogue = load(ROOT)
    wrong = [mistake for mistake in catalogue.mistakes if not mistake.warning]
    faults = [f"The content has {len(wrong)} mistakes, the first at {wrong[0]}. Run `python -m app check` for all of them."] if wrong else []
    return {kind: len(getattr(catalogue, kind)) for kind in CONTENT}, faults


def told(findings: dict) -> list[str]:
    """The findings as lines to read."""
    records = findings["database"]
    lines = [f"Database   {records['path']}"]
    if records["exists"]:
        rows = ", ".join(f"{count} {table}" for table, count in records["rows"].items())
        lines += [f"           {records['bytes']:,} bytes; {rows or 'rows not counted'}",
                  f"           shape: {', '.join(records['migrations']) or 'none of ours'}"]
    else:
        lines += ["           not there yet; the app makes it when it first starts"]
    lines += ["Content    " + (", ".join(f"{count} {name}" for name, count in findings["content"].items()) or "none counted"),
              "Versions   " + ", ".join(f"{name} {version}" for name, version in findings["versions"].items())]
    lines += [f"Warning    {warning}" for warning in findings["warnings"]]
    back = [f"Way back   {findings['way back']}"] if findings["way back"] else []
    return lines + ([f"Fault      {fault}" for fault in findings["faults"]] or ["All is well."]) + back
