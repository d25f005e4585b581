"""How long content takes to load cold, parsed and typed, as a ratio to PyYAML's CSafeLoader parsing the same files untyped."""

import gc
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from curriculum.catalogue import FOLDERS, load  # noqa: E402

AIM = 1.5
ROUNDS = 5
QUESTIONS, A_FILE = 5_000, 50


def question(number: int) -> str:
    """One invented question of usual length."""
    options = "\n".join(f"""      - id: option-{letter}
        text: The claim goes back to desk {number} in group {letter}, with the remark that the record of day {number % 28 + 1} is missing.
        {'correct: true' if letter == 'b' else 'misconception: the-wrong-desk'}
        why: Desk {letter} {'keeps' if letter == 'b' else 'never sees'} the record of that day, whoever asked for it first, and answers in {number % 9 + 2} days.""" for letter in "abcd")
    return f"""  - id: {uuid5(NAMESPACE_URL, str(number))}
    slug: invented-question-{number}
    kind: single-choice
    stem: >-
      A claim for {number} dollars comes back from payer {number % 97} with a request for the record of the visit. The biller has
      the note, the order and the signed consent on file. Which desk takes it from here, and within how many days?
    options:
{options}
    rationale: >-
      The desk that keeps the record answers the request, because only it can vouch that the copy is whole. The payer counts its days
      from the date of its letter number {number}, never from the day someone opened it.
    find_it: Open the payer's manual at the chapter on requests for records and look for the clock of letter {number}.
    competencies: [payers.medicare, denials.appeals]
    domains: {{cpb: [cpb{number % 7 + 1}]}}
    difficulty: {number % 5 + 1}
    status: published
    in_force: {{from: 2024-01-01}}
    citations:
      - {{source: invented-source, at: "section {number}"}}
    last_checked: 2026-11-23
"""


def write_corpus(root: Path) -> None:
    """Files of invented questions under quizzes/."""
    (root / "quizzes").mkdir()
    for start in range(0, QUESTIONS, A_FILE):
        head = f"kind: question-set\nid: {uuid5(NAMESPACE_URL, f'set-{start}')}\nslug: invented-set-{start}\ntitle: Set {start}\ndescription: Invented.\nquestions:\n"
        (root / "quizzes" / f"set-{start:04}.yaml").write_text(head + "".join(map(question, range(start, start + A_FILE))))


def untyped(root: Path) -> None:
    """The peer: every file parsed by PyYAML's C loader."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.yaml")):
            with open(path, "rb") as file:
                with suppress(yaml.YAMLError):  # a broken file is broken for both
                    yaml.load(file, Loader=yaml.CSafeLoader)


def best(run, root: Path) -> float:
    """The fastest of some rounds, in seconds of CPU."""
    found = []
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.process_time()
        run(root)
        found.append(time.process_time() - begun)
    return min(found)


def compare(name: str, root: Path) -> None:
    """One line: ours, theirs and the ratio."""
    for folder in FOLDERS:
        (root / folder).mkdir(exist_ok=True)
    loaded = load(root)
    ours, theirs = best(load, root), best(untyped, root)
    print(f"content load, {name}: {len(loaded.questions):,} questions, {ours * 1000:,.0f} ms parsed and typed, CSafeLoader {theirs * 1000:,.0f} ms untyped, "
          f"ratio {ours / theirs:.2f} (aim at most {AIM})")


if __name__ == "__main__":
    compare("the content here", ROOT)
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder))
        compare("a generated corpus", Path(folder))
