"""A small world of sound content that a test adds its own file to."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SOURCES = '- {id: made-up, title: A made-up source, publisher: Nobody, url: "https://example.org/", kind: manual, seen: "never, it is invented"}\n'
PAYER = "name: Cedar Health\nreal: false\ndescription: Made for these tests.\n"
IDENTIFIERS = """rule: identifiers
payer: cedar
title: Member ids of Cedar
in_force_on: received-date
last_checked: 2026-11-01
invented: true
values:
  - since: 2024-01-01
    value: {member_id_pattern: "^[A-Z]{3}[0-9]{9}$", member_id_in_words: three letters and nine digits}
    citations: [{source: made-up, at: "page 2"}]
"""
CODES = "set: training-codes\ntitle: Training codes\nas_of: 2026-11-01\nentries:\n  - {code: TX101, name: A visit}\n"
RELEASES = "set: releases\ntitle: Releases\nas_of: 2026-11-01\nreleases:\n  - {name: FY2026, from: 2025-10-01, to: 2026-09-30}\n"


def small_world(root: Path) -> Path:
    """Content without a mistake and without an item: exams as they are here, one source, one payer, one code."""
    for folder in ("quizzes", "scenarios"):
        (root / folder).mkdir(parents=True)
    (root / "exams").mkdir()
    for name in ("competencies.yaml", "blueprints.yaml"):
        shutil.copy(ROOT / "exams" / name, root / "exams" / name)
    put(root, "exams/sources/made-up.yaml", SOURCES)
    put(root, "payers/cedar/payer.yaml", PAYER)
    put(root, "payers/cedar/identifiers.yaml", IDENTIFIERS)
    put(root, "codesets/training-codes.yaml", CODES)
    put(root, "codesets/icd-10-cm-releases.yaml", RELEASES)
    return root


def put(root: Path, name: str, text: str) -> Path:
    """The file with that text."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def a_set(*questions: str) -> str:
    """A question file around the questions."""
    return ("kind: question-set\nid: 6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b7a01\nslug: a-set\ntitle: A set\ndescription: For a test.\nquestions:\n"
            + "".join(questions))


def a_case(*questions: str, story: str = "A visit of 4 May 2026 was billed, and the remittance has come.", exhibit: str = "The charge is $120.00.", number: int = 1) -> str:
    """A case file around the questions, with one exhibit."""
    return (f"kind: case-set\nid: 6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2bc{number:03x}\nslug: a-case-{number}\ntitle: A case\ndescription: For a test.\nstory: {story}\n"
            f"exhibits:\n  - {{id: remittance, title: Remittance, text: {exhibit}}}\nquestions:\n" + "".join(questions))


def a_question(number: int = 2, *, stem: str = "Who answers a claim that has reached adjudication at the plan?", more: str = "",
               texts: tuple[str, ...] = ("The payer does it", "The clearinghouse", "The patient does", "The provider does"), key: int = 0) -> str:
    """One draft single-choice question; `more` are further fields."""
    options = "".join(f"      - id: option-{'abcd'[place]}\n        text: {text}\n        why: Because of reason {place}.\n"
                      + ("        correct: true\n" if place == key else "") for place, text in enumerate(texts))
    return (f"  - id: 6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b{number:04x}\n    slug: question-{number}\n    kind: single-choice\n    stem: {stem}\n    options:\n{options}"
            "    rationale: The payer decides.\n    find_it: In the remittance.\n    competencies: [payers.medicare]\n    difficulty: 2\n"
            f"    in_force: {{from: 2024-01-01}}\n    citations: [{{source: made-up, at: page 1}}]\n    last_checked: 2026-11-01\n{more}")
