"""The words for where a person stands with assigned work, each at its boundary."""

import pytest

from scoring.work_standing import (DONE, LATE, NOT_STARTED, NOTHING, RULES, STRUGGLING, UNDER_WAY, Proof, Try, WorkStanding, at_large, of_pieces, of_track)

DUE = 1_000


def word(pieces, percent=0, questions=0, now=DUE):
    return of_pieces(pieces, percent, questions, DUE, now).word


class TestItems:
    def test_what_was_not_begun_is_not_started(self):
        assert word([[], []]) == NOT_STARTED

    def test_begun_and_not_ended_is_under_way(self):
        assert word([[Try(False, 0.2, 3)], []]) == UNDER_WAY

    def test_finishing_each_is_enough_where_no_share_is_wanted(self):
        assert word([[Try(True, 0.1, 5)], [Try(True, None, 0)]]) == DONE

    def test_the_wanted_share_itself_is_enough_and_a_point_less_is_not(self):
        assert word([[Try(True, 0.70, 5)]], percent=70) == DONE
        assert word([[Try(True, 0.6999, 5)]], percent=70) == STRUGGLING

    def test_one_good_attempt_is_enough_whatever_came_after(self):
        assert word([[Try(True, 0.8, 5), Try(True, 0.3, 5)]], percent=70) == DONE

    def test_an_exam_of_a_shorter_form_does_not_count(self):
        assert word([[Try(True, 0.9, 33)]], questions=67) == UNDER_WAY
        assert word([[Try(True, 0.9, 67)]], questions=67) == DONE

    def test_it_is_late_after_the_last_moment_and_not_at_it(self):
        assert word([[]], now=DUE) == NOT_STARTED and word([[]], now=DUE + 1) == LATE

    def test_what_is_done_is_never_late(self):
        assert word([[Try(True, 1.0, 5)]], now=DUE + 1) == DONE

    def test_how_much_is_done_and_why_it_falls_short_is_told(self):
        assert of_pieces([[Try(True, 0.9, 5)], [Try(True, 0.4, 5)]], 70, 0, DUE, DUE) == WorkStanding(STRUGGLING, 1, 2, "ended with 40%, 70% wanted")


class TestTracks:
    def test_five_marks_with_four_fifths_show_a_competency(self):
        assert of_track([("Modifiers", Proof(5, 0.80, False))], DUE, DUE).word == DONE
        assert of_track([("Modifiers", Proof(4, 1.0, False))], DUE, DUE).word == UNDER_WAY
        assert of_track([("Modifiers", Proof(5, 0.79, False))], DUE, DUE).word == UNDER_WAY

    def test_a_signature_shows_it_whatever_the_marks(self):
        assert of_track([("Modifiers", Proof(9, 0.1, True))], DUE, DUE).word == DONE

    def test_five_marks_below_three_fifths_are_weak_and_named(self):
        found = of_track([("Modifiers", Proof(5, 0.59, False)), ("Units", Proof(0, None, False))], DUE, DUE)
        assert (found.word, found.why, found.of) == (STRUGGLING, "Modifiers at 59%", 2)
        assert of_track([("Modifiers", Proof(5, 0.60, False))], DUE, DUE).word == UNDER_WAY

    def test_nothing_seen_is_not_started(self):
        assert of_track([("Modifiers", Proof(0, None, False))], DUE, DUE).word == NOT_STARTED


class TestAtLarge:
    @pytest.mark.parametrize("words, worst", [((DONE, LATE, STRUGGLING), LATE), ((DONE, NOT_STARTED), UNDER_WAY), ((UNDER_WAY, NOT_STARTED), UNDER_WAY), ((NOT_STARTED, NOT_STARTED), NOT_STARTED),
                                              ((DONE, DONE), DONE), ((), NOTHING), ((STRUGGLING, NOT_STARTED), STRUGGLING)])
    def test_late_and_struggling_stand_for_all_and_the_rest_is_what_was_begun(self, words, worst):
        assert at_large([WorkStanding(each, 1, 2) for each in words], 0, None).word == worst

    def test_it_counts_the_assignments_that_are_done(self):
        found = at_large([WorkStanding(DONE, 5, 5), WorkStanding(UNDER_WAY, 1, 3)], 0, None)
        assert (found.done, found.of) == (1, 2)

    def test_twenty_answers_below_three_fifths_are_struggling(self):
        assert at_large([], 20, 0.59) == WorkStanding(STRUGGLING, 0, 0, "59% of the points of the last 30 days")
        assert at_large([], 19, 0.0).word == NOTHING and at_large([], 20, 0.60).word == NOTHING

    def test_every_word_has_its_rule(self):
        assert set(RULES) == {LATE, STRUGGLING, NOT_STARTED, UNDER_WAY, DONE, NOTHING}


class TestNothingLeft:
    def test_work_of_which_nothing_is_left_is_neither_late_nor_done(self):
        assert of_pieces([], 0, 0, DUE, DUE + 1) == WorkStanding(NOTHING, 0, 0)

    def test_it_counts_for_nothing_at_large(self):
        assert at_large([WorkStanding(DONE, 1, 1), WorkStanding(NOTHING, 0, 0)], 0, None) == WorkStanding(DONE, 1, 1)
