"""The codes that a code-entry question accepts are looked up."""

from datetime import date

import pytest

from billing.codes import DiagnosisCode, OutsideKnownDates
from curriculum.catalogue import Origin, load
from curriculum.models import QuestionSet
from curriculum.question_proof import prove_codes
from curriculum.reader import read, typed
from tests.curriculum.world import a_set, put, small_world


class Books:
    """E11.9 is billable and E11 is not, from 2025 on; nothing is known before 2024."""

    def diagnosis(self, code, on):
        if on < date(2024, 1, 1):
            raise OutsideKnownDates("before 2024")
        return {"E11.9": DiagnosisCode("E11.9", "x", True), "E11": DiagnosisCode("E11", "x", False)}.get(code) if on.year >= 2025 else None

    def place_of_service(self, code, on):
        return None


def mistakes(tmp_path, code_set: str, accepted: str, since: str = "2025-01-01") -> list[str]:
    text = a_set(f"""  - id: 6d0c2a8e-58d1-4c6f-9f0b-0d5a1f2b7a02
    slug: which-code
    kind: code-entry
    stem: Which code says it?
    code_set: {code_set}
    accepted:
{accepted}
    rationale: Because.
    find_it: In the book.
    competencies: [coding.icd-10-cm]
    difficulty: 2
    in_force: {{from: {since}}}
    citations: [{{source: made-up, at: page 1}}]
    last_checked: 2026-11-01
""")
    node = read("x", text)
    value, found = typed(QuestionSet, node)
    assert not found, found
    put(small_world(tmp_path), "codesets/carc.yaml", "set: carc\ntitle: Reasons\nas_of: 2026-11-01\nentries:\n  - {code: '18', name: Twice}\n")
    return [str(one) for one in prove_codes(value.questions[0], Origin(node, ("questions", 0)), load(tmp_path).code_sets, Books())]


@pytest.mark.parametrize("code_set, accepted", [
    ("carc", "      - {code: '18', why: x}"), ("icd-10-cm", "      - {code: E11.9, why: x}"),
    ("icd-10-cm", "      - {code: E11.9, why: x}\n      - {code: E11, credit: '0.5', why: x}")])
def test_codes_that_exist_pass(tmp_path, code_set, accepted):
    assert mistakes(tmp_path, code_set, accepted) == []


@pytest.mark.parametrize("code_set, accepted, words", [
    ("carc", "      - {code: '999', why: x}", '"999" is not in the list carc'),
    ("icd-10-cm", "      - {code: E11, why: x}", '"E11" is not billable on 2025-01-01'),
    ("icd-10-cm", "      - {code: E11.9999, why: x}", '"E11.9999" is no ICD-10-CM code on 2025-01-01')])
def test_codes_that_do_not_exist_or_say_too_little_are_mistakes(tmp_path, code_set, accepted, words):
    found = mistakes(tmp_path, code_set, accepted)
    assert len(found) == 1 and words in found[0] and found[0].startswith("x:13: ")


def test_a_code_younger_than_the_item_is_a_mistake(tmp_path):
    assert "on 2024-06-01" in mistakes(tmp_path, "icd-10-cm", "      - {code: E11.9, why: x}", "2024-06-01")[0]


def test_days_outside_the_known_releases_prove_nothing(tmp_path):
    assert mistakes(tmp_path, "icd-10-cm", "      - {code: E11.9, why: x}", "2023-01-01") == []
