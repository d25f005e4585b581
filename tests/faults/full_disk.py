"""A disk of three megabytes that is really full: `python -m tests.faults.full_disk FOLDER`, in a mount namespace of its own; says what came of it as JSON."""

import json
import subprocess
import sys
from pathlib import Path

from records import NotSaved, Records, verify
from tests.records import made


def mount(folder: str, *options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", folder], check=True)


def main(folder: str) -> None:
    mount(folder, "size=3m")
    path = Path(folder) / "records.sqlite"
    with Records.open(path) as records:
        records.add_profile(made.profile())
        records.start(made.attempt())
        stored, sentence = fill(records)
        full = {"stored": stored, "sentence": sentence, "read while full": len(records.attempt("a1").steps), "sums while full": records.projections_equal_fold(),
                "people while full": len(records.profiles())}
        mount(folder, "remount", "size=12m")
        again = records.append(made.step(slot=f"q{stored}", answer="x" * 400), made.grading(slot=f"q{stored}")).stored
        after = {"again": again, "well": records.cannot_write(), "steps": len(records.attempt("a1").steps)}
    print(json.dumps(full | after | {"faults": verify(path).faults}))


def fill(records) -> tuple[int, str]:
    """Answers until the disk refuses, and a few times more: how many were acknowledged, and what was said."""
    stored, said = 0, ""
    while not said:
        try:
            records.append(made.step(slot=f"q{stored}", answer="x" * 400), made.grading(slot=f"q{stored}"))
            stored += 1
        except NotSaved as refused:
            said = str(refused)
    return stored, said


if __name__ == "__main__":
    main(*sys.argv[1:])
