"""What turned over since it was seen: by the day, and only then."""

from datetime import date
from types import MappingProxyType, SimpleNamespace
from uuid import UUID

from billing.policy import Citation, Clock, Dated, Rule
from curriculum.catalogue import Catalogue
from curriculum.turned import BEGUN, ENDED, REPLACED, turned_questions, turned_rules
from tests.scoring.made import question

SEEN, TODAY = date(2026, 3, 1), date(2026, 6, 1)


def made(number: int, begins=date(2024, 1, 1), ends=None, **more):
    item = question("numeric", answer="1")
    return item.model_copy(update={"id": UUID(int=number), "status": "published", "in_force": type(item.in_force).model_validate({"from": begins, "to": ends}), **more})


def held(*questions) -> Catalogue:
    return Catalogue(root=None, questions=MappingProxyType({str(q.id): q for q in questions}))


def turned(*questions, met=(1,)):
    return [(int(one.question.id.int), one.how, one.on) for one in turned_questions(held(*questions), {str(UUID(int=id_)): SEEN for id_ in met}, TODAY)]


def test_a_question_still_in_force_has_not_turned():
    assert turned(made(1), made(2, ends=date(2026, 12, 31)), met=(1, 2)) == []


def test_a_question_whose_days_ran_out_since_has_ended():
    assert turned(made(1, ends=date(2026, 4, 30))) == [(1, ENDED, date(2026, 4, 30))]


def test_one_that_had_ended_before_it_was_seen_tells_nothing_new():
    assert turned(made(1, ends=date(2026, 2, 28))) == []


def test_one_that_ends_today_is_in_force_today():
    assert turned(made(1, ends=TODAY)) == []


def test_a_question_that_another_replaces_is_asked_anew_until_that_one_is_met():
    new = made(2, begins=date(2026, 5, 1), reimplements=UUID(int=1))
    assert turned(made(1, ends=date(2026, 4, 30)), new) == [(1, REPLACED, date(2026, 5, 1))]
    assert turned(made(1), new, met=(1, 2)) == []


def test_what_came_into_force_on_a_competency_one_has_met_is_new():
    assert turned(made(1), made(2, begins=date(2026, 5, 1))) == [(2, BEGUN, date(2026, 5, 1))]
    assert turned(made(1), made(2, begins=SEEN)) == []
    assert turned(made(1), made(2, begins=date(2026, 5, 1), competencies=("payers.medicare",))) == []
    assert turned(made(1), made(2, begins=date(2026, 7, 1))) == []


def test_a_rule_with_a_new_value_since_the_last_claim_to_that_payer_has_turned():
    days = (date(2026, 1, 1), date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1), date(2026, 7, 1))
    rule = Rule("duplicate", "made", "A rule", Clock.SERVICE, tuple(Dated(day, None if day.month == 6 else object(), (Citation("s", "p"),)) for day in days), TODAY)
    policy = SimpleNamespace(name="Made", rules={"duplicate": rule})
    catalogue = Catalogue(root=None, policies=MappingProxyType({"made": policy}))
    assert [(one.since, one.ended) for one in turned_rules(catalogue, {"made": SEEN, "gone": SEEN}, TODAY)] == [(date(2026, 6, 1), True), (date(2026, 4, 1), False)]
