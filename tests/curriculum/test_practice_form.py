"""How a practice session is put together: what is wanted, what fits, and that like never follows like where that can be."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from curriculum.practice_form import Block, composed, fitting, fresh, freshest, interleaved
from curriculum.variants import vary
from tests.scoring.made import question

keys = st.lists(st.sampled_from("abcd"), max_size=30)


def made(keys, seconds=60) -> list[Block]:
    return [Block((f"q{at}",), key, seconds) for at, key in enumerate(keys)]


@given(keys)
def test_like_never_follows_like_where_that_can_be(keys):
    ordered = [block.key for block in interleaved(made(keys))]
    repeats = sum(one == other for one, other in zip(ordered, ordered[1:]))
    most = max(Counter(keys).values(), default=0)
    assert repeats == max(0, most - (len(keys) - most) - 1)


@given(keys)
def test_interleaving_keeps_every_block_and_begins_with_the_first_or_with_what_is_pressing(keys):
    blocks = made(keys)
    ordered = interleaved(blocks)
    assert sorted(ordered, key=repr) == sorted(blocks, key=repr)
    assert not blocks or ordered[0] == blocks[0] or Counter(keys)[ordered[0].key] * 2 > len(keys)


@given(st.lists(st.integers(1, 300), max_size=20), st.integers(1, 900))
def test_what_fits_is_never_longer_than_asked_but_for_a_single_block(lengths, seconds):
    taken = fitting([Block((f"q{at}",), "k", each) for at, each in enumerate(lengths)], seconds=seconds)
    assert sum(block.seconds for block in taken) <= seconds or len(taken) == 1
    assert bool(taken) == bool(lengths)


@given(st.lists(st.lists(st.integers(0, 12), max_size=8), min_size=1, max_size=3), st.integers(60, 1200))
def test_a_mixture_asks_nothing_twice_and_keeps_its_time(lists, seconds):
    offered = [([Block((f"q{id}",), "k", 60) for id in dict.fromkeys(ids)], 0.4) for ids in lists]
    taken = composed(offered, seconds)
    asked = [question for block in taken for question in block.questions]
    assert len(asked) == len(set(asked))
    assert sum(block.seconds for block in taken) <= seconds
    there = {question for blocks, _ in offered for block in blocks for question in block.questions}
    assert len(asked) == min(len(there), seconds // 60)


def test_a_case_is_taken_whole_or_not_at_all():
    case = Block(("c1", "c2", "c3"), "k", 180)
    assert fitting([*made("ab"), case, *made("c")], count=4) == (*made("ab"), *made("c"))


def test_a_list_with_little_leaves_its_time_to_the_others():
    assert len(composed([(made("a"), 0.5), ([Block((f"r{at}",), "b", 60) for at in range(9)], 0.5)], 480)) == 8


def test_a_new_seed_changes_what_is_shown():
    choice = question("single-choice", options={"a": True, "b": False, "c": False, "d": False})
    for before in range(30):
        assert vary(choice, fresh(choice, before, before)).public != vary(choice, before).public


def test_other_figures_are_better_than_another_order():
    drawn = question("money", compute={"formula": "patient-share", "given": {"allowed": ("100.00", "200.00"), "deductible_left": "0.00", "coinsurance_percent": "20"}})
    drawn = drawn.model_copy(update={"stem": "Of ${allowed}?"})
    assert all(vary(drawn, fresh(drawn, seed, 0)).public.stem == "Of $200.00?" for seed in range(20))


def test_of_questions_alike_the_one_never_met_comes_first_then_the_one_met_longest_ago():
    one, two, three = (question("numeric", answer=str(at)).model_copy(update={"id": at}) for at in (1, 2, 3))
    assert freshest([one, two, three], {"1": 5, "3": 2}) == two
    assert freshest([one, three], {"1": 5, "3": 2}) == three
