"""A packed form gives back what was put in, whatever other forms say of the same questions, and takes little room beside them."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packed import Packed, Questions, _likes, shared

TEXTS = st.text(max_size=400)
FORMS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.tuples(TEXTS, TEXTS), max_size=6), min_size=1, max_size=4)


def questions(form: dict) -> list[dict]:
    return [{"public": {"id": id, "stem": stem}, "keyed": {"key": key}} for id, (stem, key) in form.items()]


@given(FORMS)
def test_each_form_reads_as_it_was_whatever_the_others_say(forms):
    packed = [Packed(questions(form)) for form in forms]
    for form, held in zip(forms, packed):
        assert list(held) == questions(form) and held[1:] == questions(form)[1:] and len(held) == len(form)
        assert [held.side(id, "keyed") for id in held.ids] == [{"key": key} for _, key in form.values()]


def test_a_form_like_one_before_it_takes_a_tenth_of_its_room():
    stem = "What does the payer owe? " + "".join(chr(97 + at * at % 26) for at in range(3_000))
    first = Packed(questions({"a": (stem, "1")}))
    second = Packed(questions({"a": (stem + " And the patient?", "2")}))
    assert len(second._sides["public"]._kept) < len(stem) / 10 and second[0]["public"]["stem"] == stem + " And the patient?" and first[0]["keyed"] == {"key": "1"}


def test_what_no_form_leans_on_any_more_is_gone():
    held = Packed(questions({"only here": ("What?", "x")}))
    assert ("public", "only here") in _likes
    del held
    gc.collect()
    assert ("public", "only here") not in _likes


def test_what_is_not_asked_is_not_there():
    with pytest.raises(KeyError):
        Questions(Packed(questions({"a": ("What?", "x")}))).of("b")


@given(st.recursive(st.none() | st.booleans() | st.integers() | TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)))
def test_shared_words_change_nothing(plain):
    assert shared(plain) == plain


def test_two_forms_have_a_word_between_them():
    one, other = (shared({"".join(("an-", "id")): ["".join(("a ", "title"))]}) for _ in range(2))
    assert next(iter(one)) is next(iter(other)) and one["an-id"][0] is other["an-id"][0] and one["an-id"] is not other["an-id"]
