"""What the catalogue holds, and what a content hash follows."""

import dataclasses

import pytest

from curriculum.catalogue import content_hash, load
from curriculum.models import Question, QuestionSet
from curriculum.reader import read, typed
from tests.curriculum.world import a_question, a_set, put, small_world


def one_question(text: str) -> Question:
    value, mistakes = typed(QuestionSet, read("x", a_set(text)))
    assert not mistakes, mistakes
    return value.questions[0]


def test_questions_policies_and_exams_are_found_by_id(tmp_path):
    put(small_world(tmp_path), "quizzes/payers/one.yaml", a_set(a_question(2), a_question(3, stem="Something else entirely?")))
    loaded = load(tmp_path)
    assert loaded.mistakes == ()
    assert [question.slug for question in loaded.questions.values()] == ["question-2", "question-3"]
    assert set(loaded.policies) == {"cedar"} and loaded.policies["cedar"].rule("identifiers").title == "Member ids of Cedar"
    assert set(loaded.blueprints) == {"cpb", "cmrs", "crcs", "cbcs"} and "payers.medicare" in loaded.competencies
    assert [part.set for part in loaded.code_sets] == ["training-codes"]


def test_the_catalogue_is_frozen(tmp_path):
    loaded = load(small_world(tmp_path))
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.sets = ()
    with pytest.raises(TypeError):
        loaded.questions["x"] = 1


def test_one_broken_file_hides_no_other(tmp_path):
    root = small_world(tmp_path)
    put(root, "quizzes/a.yaml", "kind: [\n")
    put(root, "quizzes/b.yaml", a_set(a_question(2, more="    colour: red\n")))
    put(root, "quizzes/c.yaml", a_set(a_question(3)))
    loaded = load(root)
    assert [one.file for one in loaded.mistakes] == ["quizzes/a.yaml", "quizzes/b.yaml"]
    assert [question.slug for question in loaded.questions.values()] == ["question-3"]


def test_a_payer_with_a_mistake_in_any_rule_is_not_offered(tmp_path):
    put(small_world(tmp_path), "payers/cedar/duplicate.yaml", "rule: duplicate\n")
    assert "cedar" not in load(tmp_path).policies


def test_a_payer_without_payer_yaml_is_a_mistake(tmp_path):
    (small_world(tmp_path) / "payers/cedar/payer.yaml").unlink()
    assert [str(one) for one in load(tmp_path).mistakes] == [
        "payers/cedar/payer.yaml:1: the file is missing: it says who the payer is (payer, name, real, description)"]


def test_missing_content_is_a_mistake_and_no_exception(tmp_path):
    assert {one.file for one in load(tmp_path).mistakes} >= {"exams/competencies.yaml", "exams/blueprints.yaml"}


def test_stated_domains_win_over_those_the_competencies_propose(tmp_path):
    loaded = load(small_world(tmp_path))
    assert loaded.domains_of(one_question(a_question()), "cpb") == ("cpb1", "cpb2")
    assert loaded.domains_of(one_question(a_question(more="    domains: {cpb: [cpb7]}\n")), "cpb") == ("cpb7",)


def test_all_means_every_domain(tmp_path):
    loaded = load(small_world(tmp_path))
    skill = next(skill for skill in loaded.competencies.values() if skill.exams.get("crcs") == "all")
    question = one_question(a_question().replace("payers.medicare", skill.id))
    assert loaded.domains_of(question, "crcs") == ("patient-access", "billing", "credit-and-collections")


def test_the_hash_follows_what_is_asked_and_answered():
    first = content_hash(one_question(a_question()))
    assert len(first) == 32
    assert content_hash(one_question(a_question())) == first
    assert content_hash(one_question(a_question(stem="Who answers?"))) != first
    assert content_hash(one_question(a_question(key=1))) != first
    assert content_hash(one_question(a_question().replace("page 1", "page 2"))) != first


def test_the_hash_leaves_bookkeeping_and_the_order_of_fields_out():
    first = content_hash(one_question(a_question()))
    assert content_hash(one_question(a_question(more="    status: published\n").replace("2026-11-01", "2026-11-02"))) == first
    moved = a_question().replace("    difficulty: 2\n", "") + "    difficulty: 2\n"
    assert content_hash(one_question(moved)) == first


def test_the_hash_is_the_same_next_year():
    """A changed constant here means that every stored hash went stale: blind reviews and attempts point at nothing."""
    assert content_hash(one_question(a_question())) == "311718a7e403fe962381f7640efd726d"
