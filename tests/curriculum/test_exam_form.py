"""Forms of exams: the shares, the choice, the order, and what is said where the pool is too small."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.exam_form import SECTION, SIZES, Candidate, Shortfall, asked_kinds, assemble, candidates, counts, family, shares, whole
from tests.curriculum.exam_pool import blueprint, content, pool

EXAMS = ("cpb", "cmrs", "crcs", "cbcs")
DAY = 86_400_000
sizes, exams = st.sampled_from(sorted(SIZES)), st.sampled_from(EXAMS)
quick = settings(max_examples=25, deadline=None)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 50), min_size=1, max_size=9), st.integers(0, 200))
def test_shares_add_up_and_none_is_a_whole_seat_away_from_its_due(weights, seats):
    given_ = shares(weights, seats)
    assert sum(given_.values()) == seats
    assert all(abs(given_[name] - weight * seats / sum(weights.values())) < 1 for name, weight in weights.items())


def test_a_half_and_a_quarter_of_the_cpb_keep_the_shares():
    assert counts(blueprint("cpb"), "half")[0] == {"cpb1": 15, "cpb2": 8, "cpb3": 3, "cpb4": 10, "cpb5": 10, "cpb6": 5, "cpb7": 17}
    assert sum(counts(blueprint("cpb"), "quarter")[0].values()) == 34


def test_the_whole_cmrs_is_ten_questions_in_each_of_sixteen_sections():
    assert whole(blueprint("cmrs")) == {str(number): 10 for number in range(1, 17)}


def test_a_body_that_publishes_no_number_has_one_of_ours_that_says_so():
    for exam in ("cmrs", "crcs"):
        assert blueprint(exam).practice.questions and "our estimate" in blueprint(exam).practice.note


@quick
@given(exams, sizes, st.integers(0, 99))
def test_a_large_pool_gives_every_domain_its_exact_number(exam, size, seed):
    form = assemble(pool(exam), blueprint(exam), size, {}, seed)
    wanted, unscored = counts(blueprint(exam), size)
    assert Counter(slot.domain for slot in form.slots if slot.scored) == {domain: many for domain, many in wanted.items() if many}
    assert sum(not slot.scored for slot in form.slots) == unscored and form.shortfalls == ()


@quick
@given(exams, sizes, st.integers(0, 99), st.integers(0, 40))
def test_nothing_is_asked_twice_however_small_the_pool(exam, size, seed, each):
    form = assemble(pool(exam, each, sets=each // 4), blueprint(exam), size, {}, seed)
    assert len({slot.item for slot in form.slots}) == len(form.slots)
    assert len(form.slots) + sum(short.wanted - short.found for short in form.shortfalls) == form.wanted


@quick
@given(exams, st.integers(0, 99))
def test_the_same_seed_gives_the_same_form_whatever_the_order_of_the_pool(exam, seed):
    held = pool(exam)
    assert assemble(held, blueprint(exam), "half", {}, seed) == assemble(held[::-1], blueprint(exam), "half", {}, seed)


def test_another_seed_gives_another_form():
    assert assemble(pool("cpb"), blueprint("cpb"), "half", {}, 1).slots != assemble(pool("cpb"), blueprint("cpb"), "half", {}, 2).slots


@quick
@given(st.integers(0, 99), st.floats(0, 1))
def test_a_seen_question_is_asked_only_where_no_unseen_one_is_left(seed, share):
    from random import Random
    held = [one for one in pool("crcs", each=40, both=0)]
    seen = {one.id: 10 * DAY for one in held if Random(f"{seed}{one.id}").random() < share}
    form = assemble(held, blueprint("crcs"), "full", seen, seed)
    for domain, many in counts(blueprint("crcs"), "full")[0].items():
        fresh = sum(one.id not in seen for one in held if domain in one.domains)
        assert sum(slot.item in seen for slot in form.slots if slot.domain == domain) == max(many - fresh, 0)


def test_of_seen_questions_those_seen_longest_ago_come_first():
    held = pool("crcs", each=40, both=0)
    seen = {one.id: (int(one.id.rsplit("-", 1)[1]) + 1) * DAY for one in held}
    form = assemble(held, blueprint("crcs"), "quarter", seen, 5)
    assert all(int(slot.item.rsplit("-", 1)[1]) < 9 for slot in form.slots)


def test_an_item_and_its_correction_are_never_both_asked():
    held = [Candidate("old", "old", ("billing",), 3), Candidate("new", "old", ("billing",), 3)]
    form = assemble(held, blueprint("crcs"), "full", {}, 1)
    assert len(form.slots) == 1


def test_having_seen_an_item_its_correction_counts_as_seen():
    held = [Candidate("new", "old", ("billing",), 3), *(Candidate(f"fresh-{n}", f"fresh-{n}", ("billing",), 3) for n in range(33))]
    form = assemble(held, blueprint("crcs"), "full", {"old": 5 * DAY}, 1)
    assert "new" not in {slot.item for slot in form.slots}


def test_every_form_has_the_difficulties_as_its_pool_has_them():
    held = [replace(one, difficulty=1 + int(one.id.rsplit("-", 1)[1]) % 5) for one in pool("crcs", each=100, both=0)]
    form = assemble(held, blueprint("crcs"), "half", {}, 3)
    levels = {one.id: one.difficulty for one in held}
    asked = Counter(levels[slot.item] for slot in form.slots if slot.domain == "billing")
    assert max(asked.values()) - min(asked.values()) <= 2


def test_a_question_of_two_domains_goes_where_it_is_needed():
    held = [Candidate(f"both-{n}", f"both-{n}", ("patient-access", "billing"), 3) for n in range(34)]
    held += [Candidate(f"access-{n}", f"access-{n}", ("patient-access",), 3) for n in range(34)]
    form = assemble(held, blueprint("crcs"), "full", {}, 1)
    assert Counter(slot.domain for slot in form.slots) == {"patient-access": 34, "billing": 33}


@quick
@given(st.integers(0, 99), sizes)
def test_cases_stay_whole_and_together_but_for_the_last(seed, size):
    held = pool("cpb", sets=30)
    length = Counter(one.case for one in held if one.case)
    asked = [slot for slot in assemble(held, blueprint("cpb"), size, {}, seed).slots if slot.case]
    runs = [slot.case for at, slot in enumerate(asked) if not at or asked[at - 1].case != slot.case]
    assert len(runs) == len(set(runs)), "a set is in one piece"
    assert all(sum(slot.case == case for slot in asked) == length[case] for case in runs[:-1])
    places = [int(slot.item.rsplit("-", 1)[1]) for slot in asked if slot.case == runs[-1]]
    assert places == list(range(len(places)))


def test_a_domain_of_case_sets_without_enough_of_them_is_filled_with_single_cases():
    form = assemble(pool("cpb", sets=2), blueprint("cpb"), "full", {}, 1)
    asked = [slot for slot in form.slots if slot.domain == "cpb7"]
    assert len(asked) == 34 and 0 < sum(bool(slot.case) for slot in asked) < 34


def test_what_is_missing_is_said_by_domain():
    held = [one for one in pool("cpb") if "cpb2" not in one.domains] + [Candidate("only", "only", ("cpb2",), 3)]
    assert assemble(held, blueprint("cpb"), "full", {}, 1).shortfalls == (Shortfall("cpb2", "Billing Regulations", 17, 1),)


def test_the_cbcs_mixes_in_questions_that_do_not_count_and_says_when_they_are_too_few():
    form = assemble(pool("cbcs"), blueprint("cbcs"), "full", {}, 1)
    assert len(form.slots) == 125 and not all(slot.scored for slot in form.slots[:50])
    short = assemble(pool("cbcs", each=33, both=0), blueprint("cbcs"), "full", {}, 1)
    assert sum(slot.scored for slot in short.slots) == 100 and short.shortfalls == () or short.shortfalls[-1].name == "Questions that do not count"


def test_the_cmrs_is_sat_part_by_part_without_a_clock():
    form = assemble(pool("cmrs"), blueprint("cmrs"), "full", {}, 1)
    assert form.sections == tuple(str(number) for number in range(1, 17)) and form.seconds is None
    assert [slot.domain for slot in form.slots] == sorted((slot.domain for slot in form.slots), key=int)


def test_the_time_is_the_exams_own_in_proportion():
    assert assemble(pool("cpb"), blueprint("cpb"), "full", {}, 1).seconds == 240 * 60
    assert assemble(pool("cpb"), blueprint("cpb"), "quarter", {}, 1).seconds == 61 * 60
    assert assemble(pool("cbcs"), blueprint("cbcs"), "full", {}, 1).seconds == 180 * 60


def test_one_part_alone_asks_only_that_part():
    form = assemble(pool("cpb"), blueprint("cpb"), SECTION, {}, 1, "cpb3")
    assert Counter(slot.domain for slot in form.slots) == {"cpb3": 7}


@pytest.mark.parametrize("exam", EXAMS)
def test_only_what_is_published_in_force_and_of_the_exams_kinds_is_asked(exam):
    day, held = date(2026, 11, 28), content()
    for one in candidates(held, exam, day):
        question = held.questions[one.id]
        assert question.status == "published" and question.in_force.from_ <= day <= (question.in_force.to or day)
        assert question.kind in asked_kinds(blueprint(exam)) and one.domains == held.domains_of(question, exam)


def test_nothing_is_offered_before_it_is_in_force():
    assert candidates(content(), "cpb", date(1900, 1, 1)) == ()


def test_fill_in_means_every_kind_that_is_written():
    assert asked_kinds(blueprint("crcs")) == {"single-choice", "true-false", "numeric", "money", "date", "code-entry"}


def test_a_line_of_corrections_is_one_family():
    first, *_ = content().questions.values()
    later = first.model_copy(update={"id": "0" * 8 + "-0000-4000-8000-000000000001", "reimplements": first.id})
    assert family(content(), later) == family(content(), first) == str(first.id)
