"""A learner's past, told from the answers since the last look, is what all answers together tell."""

import random

from app import practice_orders, practising, reviewing, sittings
from curriculum.practice_form import Wish


def answer_some(dana, chance, many: int) -> None:
    attempt = practice_orders.begin(dana, Wish(kinds=frozenset({"single-choice"}), count=many))
    for question in sittings.sitting(attempt).questions:
        practising.hand_in(attempt, question.id, chance.choice(question.options).id, chance.randrange(4))
        reviewing.past(dana)


def test_after_each_answer_it_is_what_a_whole_look_finds(desk, dana):
    chance = random.Random(5)
    for many in (3, 1, 4):
        answer_some(dana, chance, many)
        assert reviewing.past(dana) == reviewing.whole(dana).past


def test_an_answer_reads_that_answer_and_no_other(desk, dana, monkeypatch):
    answer_some(dana, random.Random(5), 3)
    looks = []
    whole = reviewing.whole
    monkeypatch.setattr(reviewing, "whole", lambda profile: looks.append(profile) or whole(profile))
    answer_some(dana, random.Random(6), 2)
    assert not looks
