"""A track is on record as completed with the answer, the mark or the sign-off that completes it; who has no track open costs one question."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app import assigning, certificates, completing, completion_desk, gate, learner_evidence, marking_desk, quizzing, session, sittings
from records import NotSaved
from scoring.marks import key_of
from tests.team.conftest import viewer, words

TRACK = "dental"


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.fixture
def asked(desk):
    """The track is given to ann's cohort; its competencies."""
    with as_("tom"):
        assigning.give_track(TRACK, {level.id: session.today() + timedelta(days=level.days) for level in assigning.levels(TRACK)}, ("c1",), ())
    return sorted(completing.asked(TRACK))


def sign(desk, skills) -> None:
    """As if it had been done before, by another server."""
    for number, skill in enumerate(skills):
        desk.training().unguarded.sign_off(f"s{number}", "ann", skill, "Seen.", "tom", 5)


def answer_one(asked) -> tuple[str, str]:
    """Ann answers a question that shows a competency of the track."""
    with as_("ann"):
        for card in quizzing.sets():
            attempt = quizzing.begin(session.me(), card.id)
            for question in sittings.sitting(attempt).questions:
                keyed = sittings.variants(attempt)[question.id].keyed
                if question.kind == "single-choice" and set(keyed.question.competencies) & set(asked):
                    quizzing.hand_in(attempt, question.id, next(iter(key_of(keyed.question, keyed.drawn))) if isinstance(key_of(keyed.question, keyed.drawn), frozenset) else key_of(keyed.question, keyed.drawn))
                    return attempt, question.id
    raise AssertionError("no quiz asks for anything of the track")


def on_record(desk) -> list[str]:
    return [done.source for done in desk.ledger().unguarded.completions_of("ann")]


def test_with_the_answer_that_completes_it(desk, asked):
    sign(desk, asked)
    assert on_record(desk) == []
    answer_one(asked)
    assert on_record(desk) == [f"track:{TRACK}"]


def test_with_the_sign_off_that_completes_it(desk, asked):
    sign(desk, asked[1:])
    with as_("tom"):
        learner_evidence.sign_off("ann", asked[0], "Did it twice.")
    assert on_record(desk) == [f"track:{TRACK}"]


@pytest.fixture
def completed(desk, asked, tmp_path, monkeypatch):
    """Ann's track is on record by sign-offs alone; the one that completed it."""
    monkeypatch.setenv("CLEAN_CLAIM_ISSUER_KEY", str(tmp_path / "issuer.pem"))
    monkeypatch.setenv("CLEAN_CLAIM_ISSUER_NAME", "Somewhere Billing")
    sign(desk, asked[1:])
    with as_("tom"):
        return learner_evidence.sign_off("ann", asked[0], "Did it twice.")


def anns_card():
    with as_("ann"):
        [card] = certificates.cards(session.me())
        return card


def test_a_sign_off_that_is_taken_back_takes_the_certificate_with_it_and_is_told_to_whoever_keeps_the_records(desk, asked, completed, app):
    assert anns_card().problem == ""
    name = session.catalogue().competencies[asked[0]].name
    with as_("tom"):
        said = learner_evidence.revoke(completed, "The wrong person.")
    assert "stands on record as completed and is marked: no certificate is issued on it" in said
    assert f"the sign-off of {name} was taken back since" in anns_card().problem
    with as_("ann"), pytest.raises(certificates.NotIssued, match="taken back since"):
        certificates.credential(session.me(), anns_card().id)
    with as_("root"):
        assert [line.taken_back for line in completion_desk.lines()] == [(name,)] and name in completion_desk.csv().decode()
    assert "taken back since" in words(app("root", "completions"))


def test_signed_off_again_it_is_certified(desk, asked, completed):
    with as_("tom"):
        learner_evidence.revoke(completed, "Too early.")
        learner_evidence.sign_off("ann", asked[0], "Now she can.")
    assert anns_card().problem == ""


def test_a_sign_off_that_was_taken_back_before_is_nothing_to_it(desk, asked):
    with as_("tom"):
        learner_evidence.revoke(learner_evidence.sign_off("ann", asked[0], "Saw it."), "The wrong person.")
        sign(desk, asked[1:])
        learner_evidence.sign_off("ann", asked[0], "Did it twice.")
    with as_("root"):
        assert [line.taken_back for line in completion_desk.lines()] == [()]


def test_a_certificate_that_was_issued_before_is_named_as_the_sign_off_is_taken_back(desk, completed):
    with as_("ann"):
        issued = certificates.credential(session.me(), anns_card().id)
    with as_("tom"):
        assert "a certificate was issued on it" in learner_evidence.revoke(completed, "The wrong person.")
    with as_("ann"):
        assert certificates.credential(session.me(), anns_card().id) == issued


def test_with_the_mark_by_hand_that_completes_it(desk, asked):
    attempt, question = answer_one(asked)
    sign(desk, asked)
    with as_("tom"):
        marking_desk.override(attempt, question, 1, 1, Decimal(1), "Right as it stands.")
    assert on_record(desk) == [f"track:{TRACK}"]


def test_not_by_less(desk, asked):
    sign(desk, asked[2:])
    answer_one(asked)
    assert on_record(desk) == []


def test_once(desk, asked):
    sign(desk, asked)
    answer_one(asked)
    answer_one(asked)
    assert len(on_record(desk)) == 1


def test_who_has_no_track_open_is_not_looked_at(desk, monkeypatch):
    def looked(*_):
        raise AssertionError("evidence was read")
    monkeypatch.setattr(desk.ledger().unguarded, "evidence", looked)
    answer_one(sorted(completing.asked(TRACK)))


def test_the_answer_counts_though_the_completion_could_not_be_kept(desk, asked, monkeypatch):
    def full(*_):
        raise NotSaved("Not saved: the disk is full.")
    sign(desk, asked)
    monkeypatch.setattr(desk.ledger().unguarded, "complete", full)
    attempt, question = answer_one(asked)
    with as_("ann"):
        assert question in sittings.sitting(attempt).answered
