"""FSRS-6 as published (py-fsrs 6.3.2 with its default parameters, fuzz off), and the marks for confidence of Gardner-Medwin."""

from datetime import date, timedelta

import pytest
from fsrs import Rating

from scoring.confidence import best_level, points
from scoring.review import SCHEDULER, Answer, Memory, interval, recall, reviewed

DAY = date(2022, 11, 29)
SHARES = {1: {"share": 0.0}, 2: {"share": 1.0, "sure": 1}, 3: {"share": 1.0}, 4: {"share": 1.0, "sure": 3, "taken": 1000, "usual": 60_000}}
W = (0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542)


def answered(ratings, days) -> list[Memory]:
    """The memory after each answer, every answer such as earns the rating."""
    held, memory = [], None
    for each, day in zip(ratings, days, strict=True):
        memory = reviewed(memory, Answer("c", DAY + timedelta(days=day), **SHARES[each]))
        held.append(memory)
    return held


def test_the_default_parameters_are_those_of_fsrs_6():
    assert SCHEDULER.parameters == W


def test_thirteen_reviews_each_when_due():
    ratings, gaps = [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3], [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    days = [sum(gaps[:at]) for at in range(13)]
    memories = answered(ratings, days)
    assert [memory.stability for memory in memories] == pytest.approx([2.306500, 2.306500, 10.971048, 46.316858, 162.999816, 497.876555, 6.890413, 2.154598, 2.154598,
                                                                       3.983123, 7.236254, 12.483044, 20.770357], abs=1e-6)
    assert [memory.difficulty for memory in memories] == pytest.approx([2.118104, 2.111214, 2.104331, 2.097455, 2.090586, 2.083724, 7.383202, 9.125105, 9.111208,
                                                                        9.097325, 9.083456, 9.069601, 9.055760], abs=1e-6)
    assert [interval(memory.stability, 0.9) for memory in memories[1:6]] == gaps[1:6]


def test_six_reviews_with_a_lapse_at_the_start():
    last = answered([1, 3, 3, 3, 3, 3], [0, 0, 1, 4, 12, 33])[-1]
    assert (last.stability, last.difficulty) == (pytest.approx(53.62691, abs=1e-4), pytest.approx(6.3574867, abs=1e-4))


@pytest.mark.parametrize("grade, stability, difficulty, days", [(1, 0.2120, 6.413300, 1), (2, 1.2931, 5.112171, 1), (3, 2.3065, 2.118104, 2), (4, 8.2956, 1.0, 8)])
def test_the_first_rating_sets_out(grade, stability, difficulty, days):
    memory, = answered([grade], [0])
    assert (memory.stability, memory.difficulty) == (pytest.approx(stability, abs=1e-6), pytest.approx(difficulty, abs=1e-6))
    assert interval(memory.stability, 0.9) == days


def test_recall_fades_along_the_published_curve():
    memory = Memory(2.3065, 5.0, DAY)
    told = [recall(memory, DAY + timedelta(days=days)) for days in (0, 1, 2, 3, 7, 14, 30, 90)]
    assert told == pytest.approx([1, .946847, .909493, .880948, .808310, .741585, .667526, .567838], abs=1e-6)


@pytest.mark.parametrize("level, right, wrong", [(1, 1, 0), (2, 2, -2), (3, 3, -6), (0, 0, 0)])
def test_confidence_earns_and_costs_as_published(level, right, wrong):
    assert (points(True, level), points(False, level)) == (right, wrong)


@pytest.mark.parametrize("chance, level", [(0.0, 1), (0.66, 1), (0.67, 2), (0.79, 2), (0.81, 3), (1.0, 3)])
def test_the_thresholds_of_confidence_are_two_thirds_and_four_fifths(chance, level):
    assert best_level(chance) == level


def test_every_rating_can_be_earned():
    from scoring.review import rating
    assert [rating(Answer("c", DAY, **SHARES[each])) for each in (1, 2, 3, 4)] == [Rating.Again, Rating.Hard, Rating.Good, Rating.Easy]
