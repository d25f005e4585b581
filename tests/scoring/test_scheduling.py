"""When an item comes back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from scoring.scheduling import Seen, due, due_on

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("share, attempts, days", [("0.59", 1, 1), ("0.60", 1, 3), ("0.84", 4, 3), ("0.85", 1, 7), ("1", 2, 21), ("1", 3, 60), ("1", 9, 60)])
def test_the_better_and_the_oftener_the_later(share, attempts, days):
    assert due_on(Seen(DAY, Decimal(share), attempts)) == DAY + timedelta(days=days)


def test_what_is_longest_overdue_comes_first_and_what_is_not_due_not_at_all():
    states = {"late": Seen(DAY, Decimal(0), 1), "later": Seen(DAY - timedelta(days=9), Decimal(0), 1), "fresh": Seen(DAY, Decimal(1), 1)}
    assert due(states, DAY + timedelta(days=2)) == ("later", "late")


def test_an_item_is_due_on_its_day_and_not_the_day_before():
    states = {"a": Seen(DAY, Decimal(1), 1)}
    assert due(states, DAY + timedelta(days=7)) == ("a",) and due(states, DAY + timedelta(days=6)) == ()
