"""Reading Excludes1 notes: real notes and the codes they name."""

import pytest

from curriculum.code_books.excludes import stems
from curriculum.code_books import DEFAULT, prepare
from curriculum.code_books.file import open_read_only


@pytest.fixture(scope="module")
def keys() -> list[str]:
    prepare(DEFAULT)
    return [row[0] for row in open_read_only(DEFAULT).execute("SELECT DISTINCT key FROM part WHERE kind IN ('category', 'code') ORDER BY key")]


@pytest.mark.parametrize("note, named", [
    ("type 1 diabetes mellitus (E10.-)", {"E10"}),
    ("gestational diabetes (O24.4-)", {"O24.4"}),
    ("neonatal diabetes mellitus (P70.2)", {"P70.2"}),
    ("tuberculosis (A15-A19)", {"A1"}),
    ("symptom complexes (A00.0, B20)", {"A00.0", "B20"}),
    ("diabetic mononeuropathy (E08-E13 with .41)", {"E08.41", "E09.41", "E10.41", "E11.41", "E13.41"}),
    ("gangrene in diabetes mellitus (E11 with .51-.52)", {"E11.51", "E11.52"}),
    ("skin disorders in diabetes (E11 with .62-)", {"E11.62"}),
    ("benign neoplasm of testis (D29.2.-)", {"D29.2"}),
    ("multiple sclerosis (G35-)", {"G35"}),
    ("acquired absence of knee joint (Z89.52-", {"Z89.52"}),
    ("intestinal obstruction classifiable to K56.-", {"K56"}),
    ("conditions classified to Q67.0-Q67.4", {"Q67.0", "Q67.1", "Q67.2", "Q67.3", "Q67.4"}),
    ("torticollis NOS M43.6", {"M43.6"}),
    ("infectious mononucleosis complicated by meningitis (B27.- with fifth character 2)", {"B27.02", "B27.12", "B27.82", "B27.92"}),
    ("whooping cough with pneumonia (A37 with fifth-character 1)", {"A37.01", "A37.11", "A37.81", "A37.91"}),
    ("neoplasms of uncertain behavior (D37-D44, D48)", {"D37", "D38", "D39", "D3A", "D40", "D41", "D42", "D43", "D44", "D48"}),
    ("certain localized infections - see body system-related chapters", set()),
    ("aftercare for injury- code the injury with 7th character D", set()),
])
def test_a_note_names_these_codes(keys, note, named):
    assert set(stems(note, keys)) == named


def test_final_characters_are_followed(keys):
    named = stems("facial weakness following cerebrovascular disease (I69. with final characters -92)", keys)
    assert "I69.392" in named and "I69.391" not in named


def test_an_open_fracture_alone_is_named_by_its_seventh_character(keys):
    named = stems("open skull fracture (S02.- with 7th character B)", keys)
    assert "S02.0XXB" in named
    assert not any("S02.0XXA".startswith(stem) for stem in named)


@pytest.mark.parametrize("note", [
    "open fracture of elbow and forearm (S52.- with open fracture 7th character)",
    "diabetic acidosis - see categories E08-E10, E11, E13 with ketoacidosis",
])
def test_a_restriction_in_words_names_nothing_rather_than_too_much(keys, note):
    assert stems(note, keys) == ()


def test_a_wide_range_is_named_by_few_stems(keys):
    named = stems("specified adverse effects (A00-R94 and T80-T88.6, T88.8)", keys)
    assert any("G35.A".startswith(stem) for stem in named)
    assert any("T88.6XXA".startswith(stem) for stem in named)
    assert not any("T88.7".startswith(stem) or "R99".startswith(stem) for stem in named)
    assert len(named) < 60
