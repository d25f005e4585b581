"""Two people of one name are told apart by their address, in every list where people are read or picked, and nobody else's address is shown."""

import pytest
from hypothesis import given, strategies

from app import assigning, cohort_desk, gate, marking_desk, told_apart
from records import Letter, Profile, Ticket, digest
from tests.team.conftest import viewer, words


@pytest.fixture
def namesakes(desk, people):
    """A second Ann in Tom's cohort, who writes herself otherwise, beside Cem; and a second Tom."""
    for id, name, role in (("ann2", "  ANN ", "learner"), ("cem", "Cem", "learner"), ("tom2", "Tom", "trainer")):
        people.invite(Profile(id, name, "exam", "cpb", None, 1), role, f"{id}@example.org", Ticket(digest(f"to {id}"), id, "join", 1, 10**15), "tests", 1)
    for id in ("ann2", "cem"):
        people.add_member("c1", id, "root", 1)
    return people


def letter(id: str, name: str) -> Letter:
    return Letter("a1", "round-1", 1, "letter", id, name, "A denial", 1)


def test_the_cohorts_table_shows_the_address_beside_names_that_are_alike_and_beside_no_other(namesakes, app):
    page = words(app("tom", "cohorts"))
    assert 'class="cc-plain">ann@example.org<' in page and 'class="cc-plain">ann2@example.org<' in page and "cem@example.org" not in page
    with gate.acting(viewer("tom")):
        assert sorted(row.told for row in cohort_desk.table("c1")) == ["  ANN , ann2@example.org", "Ann, ann@example.org", "Cem"]


def test_work_is_given_to_the_right_one_of_two(namesakes):
    with gate.acting(viewer("tom")):
        assert assigning.people() == {"ann2": "  ANN , ann2@example.org", "ann": "Ann, ann@example.org", "cem": "Cem"}


def test_leaders_are_told_apart_by_address_for_an_admin_and_without_it_for_a_trainer(namesakes):
    namesakes.add_leader("c1", "tom2", "root", 1)
    with gate.acting(viewer("root")):
        assert set(cohort_desk.led_by("c1").split(", ")) == {"Tom", "tom@example.org", "tom2@example.org (not in yet)"}
    with gate.acting(viewer("tom")):
        assert "example.org" not in cohort_desk.led_by("c1") and "id tom2" in cohort_desk.led_by("c1")


def test_the_marking_queue_tells_them_apart_for_whoever_leads_them(namesakes):
    waiting = (letter("ann", "Ann"), letter("ann2", "Ann"), letter("cem", "Cem"))
    with gate.acting(viewer("tom")):
        assert marking_desk.apart(waiting) == {"ann": "Ann, ann@example.org", "ann2": "Ann, ann2@example.org", "cem": "Cem"}
    with gate.acting(viewer("una")), pytest.raises(gate.NotAllowed):
        marking_desk.apart(waiting)


def test_an_admin_picks_and_finds_the_right_one(namesakes, app):
    page = words(app("root", "people"))
    assert "ANN , ann2@example.org, learner" in page.replace("\\", "") and "Cem, learner" in page


def test_who_has_no_address_is_told_apart_by_their_id():
    assert told_apart.listed({"1234567890": "Ann", "b": "ann", "c": "Cem"}, {"b": "ann@example.org"}) == {"1234567890": "Ann, id 12345678", "b": "ann, ann@example.org", "c": "Cem"}


@given(strategies.dictionaries(strategies.text("abc", min_size=1, max_size=3), strategies.sampled_from(["Ann", "ann", "Bea", "Cem  Ay", "cem ay"])))
def test_no_two_in_a_list_read_the_same(names):
    told = told_apart.listed(names, {id: f"{id}@example.org" for id in names})
    assert len({told_apart.plain(one) for one in told.values()}) == len(names) and list(told) == list(names)
