"""Placing items into domains: held against a plain search over seats."""

from hypothesis import given
from hypothesis import strategies as st

from curriculum.filling import Filling

DOMAINS = "abcd"
wanted = st.fixed_dictionaries({domain: st.integers(0, 3) for domain in DOMAINS})
offers = st.lists(st.frozensets(st.sampled_from(DOMAINS), min_size=1), max_size=12)


def can_sit(items: list[frozenset[str]], wanted: dict[str, int]) -> bool:
    """Whether all items find a seat at once."""
    if not items:
        return True
    first, *rest = items
    return any(can_sit(rest, {**wanted, domain: wanted[domain] - 1}) for domain in first if wanted[domain] > 0)


@given(wanted, offers)
def test_an_item_is_taken_exactly_when_all_taken_so_far_can_still_sit(wanted, offers):
    filling, taken = Filling(wanted), []
    for number, domains in enumerate(offers):
        possible = can_sit([*taken, domains], wanted)
        assert filling.place(str(number), sorted(domains)) is possible
        if possible:
            taken.append(domains)


@given(wanted, offers)
def test_everyone_sits_where_they_may_and_no_domain_is_overfull(wanted, offers):
    filling = Filling(wanted)
    taken = [number for number, domains in enumerate(offers) if filling.place(str(number), sorted(domains))]
    assert sorted(item for held in filling.held.values() for item in held) == sorted(map(str, taken))
    for domain, held in filling.held.items():
        assert len(held) + filling.room[domain] == wanted[domain]
        assert all(domain in offers[int(item)] for item in held)
