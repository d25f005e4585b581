"""What a learner takes away, what certifies what they completed, and what is gone when they leave."""

import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest

from app import certificates, completing, exam_desk, exam_marking, exam_offers, leaving, quizzing, sittings, taking_away
from app.badges.credential import verified
from app.retaining import BadTerm, Terms, terms
from records import Completion, Standing
from scoring.marks import key_of
from tests.app.test_exam_desk import items, key
from tests.app.test_pages import words


@pytest.fixture(autouse=True)
def own_key(monkeypatch, tmp_path):
    monkeypatch.setenv("CLEAN_CLAIM_ISSUER_KEY", str(tmp_path / "issuer.pem"))


def sit(dana, exam="crcs", size="full", section="", wrong=0) -> str:
    """An exam ended with all but so many questions right."""
    attempt = exam_offers.begin(dana, exam, size, section)
    form = exam_desk.ledger().attempt(attempt).attempt.form
    held = exam_marking.variants(form)
    for item in items(attempt)[wrong:]:
        right = key_of(held[item].keyed.question, held[item].keyed.drawn)
        exam_desk.answer(attempt, item, right if isinstance(right, (frozenset, tuple, dict)) else str(right), 0, "t")
    exam_desk.finish(attempt)
    return attempt


@pytest.fixture
def passed(dana):
    return sit(dana)


def opened(raw: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(raw))


# Taking away

def test_the_file_has_what_was_asked_and_answered_in_both_forms(dana, passed):
    file = opened(taking_away.file_for(dana))
    held = json.loads(file.read("json/attempt.json"))
    assert held[0]["form"]["questions"][0]["keyed"] and len(json.loads(file.read("json/grading.json"))) == len(items(passed))
    assert file.read("csv/step.csv").decode("utf-8-sig").splitlines()[0] == "serial,attempt,slot,sequence,kind,payload,at,digest"
    readme = file.read("README.txt").decode()
    assert "about Dana Whitlock" in readme and "attempt " in readme and file.testzip() is None


def test_of_an_exam_under_way_no_key_is_given_out(dana):
    """One without a clock; while a clock runs there is no file at all."""
    attempt = exam_offers.begin(dana, "cmrs", "quarter")
    exam_desk.answer(attempt, items(attempt)[0], key(attempt, items(attempt)[0]), 0, "t")
    file = opened(taking_away.file_for(dana))
    whole = b"".join(file.read(name) for name in file.namelist()).decode()
    form = exam_desk.ledger().attempt(attempt).attempt.form
    reasons = [variant["keyed"]["question"]["rationale"] for variant in form["questions"]]
    assert len(reasons) > 20 and [reason for reason in reasons if reason in whole or json.dumps(reason)[1:-1] in whole] == []
    assert json.loads(file.read("json/attempt.json"))[0]["form"]["questions"][0]["stem"] == form["questions"][0]["public"]["stem"]


def test_of_a_claim_under_way_no_key_of_the_next_question_is_given_out(dana, desk):
    from app import claims
    item = next(str(one.id) for one in desk.catalogue().scenarios.values() if one.kind == "scrub-the-claim" and one.status == "published")
    attempt = claims.begin(dana, item)
    claims.desk().flag(attempt, [])
    assert claims.desk().send(attempt, claims.desk().work(attempt).claim, "new-claim") == ""
    kept = desk.ledger().attempt(attempt).steps[-1].payload
    sent = next(row["payload"] for row in json.loads(opened(taking_away.file_for(dana)).read("json/step.json")) if row["kind"] == "send")
    assert kept["asks"] and set(sent) == {"claim", "way", "received", "note"} and sent["claim"] == kept["claim"]


def test_of_a_quiz_under_way_marks_wait_with_their_reasons(dana):
    attempt = quizzing.begin(dana, quizzing.sets()[0].id)
    question = sittings.sitting(attempt).questions[0]
    keyed = sittings.variants(attempt)[question.id].keyed
    right = key_of(keyed.question, keyed.drawn)
    quizzing.hand_in(attempt, question.id, right if isinstance(right, (frozenset, tuple, dict)) else str(right))
    [graded] = json.loads(opened(taking_away.file_for(dana)).read("json/grading.json"))
    assert graded["credits"] == taking_away.WAITS and graded["earned"] == graded["possible"]


def test_no_cell_becomes_a_formula_and_json_keeps_the_text(dana, desk):
    mine = desk.change(replace(dana, name="=HYPERLINK(1)"))
    file = opened(taking_away.file_for(mine))
    assert "'=HYPERLINK(1)" in file.read("csv/profile.csv").decode() and json.loads(file.read("json/profile.json"))[0]["name"] == "=HYPERLINK(1)"


def test_a_page_gives_out_no_more_than_its_bound(dana, passed, monkeypatch):
    monkeypatch.setattr(taking_away, "LARGEST", 1000)
    with pytest.raises(taking_away.TooLarge, match="python -m app export"):
        taking_away.file_for(dana)


# Certificates

def test_a_passed_whole_exam_is_certified_by_domain(dana, passed):
    [card] = certificates.cards(dana)
    assert card.outcome == "passed" and card.results[0] == ("Whole exam", "100 %") and len(card.results) > 2
    found = verified(certificates.credential(dana, card.id).credential.encode())
    assert found.learner == "Dana Whitlock" and found.results == (*card.results, ("Outcome", "passed")) and "CRCS practice exam" in found.title
    assert certificates.credential(dana, card.id) == certificates.credential(dana, card.id)
    assert certificates.pdf(dana, card.id).startswith(b"%PDF-")


def test_nobodys_endorsement_is_claimed(dana, passed):
    [card] = certificates.cards(dana)
    told = certificates.credential(dana, card.id).credential
    assert "not affiliated with, endorsed by or approved by" in told and "It is not the CRCS and no part of it" in told


@pytest.mark.parametrize("sat", [{"size": "half"}, {"size": "section", "section": None}, {"wrong": 40}, {"exam": "cbcs"}], ids=["half", "a part", "failed", "without a verdict"])
def test_for_less_there_is_none(dana, sat):
    if "section" in sat:
        sat = {**sat, "section": exam_offers.catalogue().blueprints["crcs"].domains[0].id}
    sit(dana, **sat)
    assert certificates.cards(dana) == ()


def test_a_form_that_was_shorter_than_the_exam_is_less(dana, passed, desk):
    found = desk.ledger().attempt(passed)
    found.attempt.form["shortfalls"] = [{"name": "X", "found": 1, "wanted": 2}]
    assert completing.passed_whole(dana, found) is None


def test_an_exam_that_was_marked_down_since_is_not_certified(dana, passed, monkeypatch):
    [card] = certificates.cards(dana)
    monkeypatch.setattr(completing, "passed_whole", lambda profile, found: None)
    [card] = certificates.cards(dana)
    assert "no longer enough to pass" in card.problem
    with pytest.raises(certificates.NotIssued):
        certificates.credential(dana, card.id)


def test_another_key_signs_anew(dana, passed, tmp_path):
    from app.badges import keys
    [card] = certificates.cards(dana)
    before = certificates.credential(dana, card.id)
    keys.rotate("20261128", tmp_path / "issuer.pem")
    after = certificates.credential(dana, card.id)
    assert after.issuer != before.issuer and verified(before.credential.encode()).did == before.issuer and verified(after.credential.encode()).did == after.issuer


def test_a_track_is_completed_only_when_every_competency_is_shown(dana):
    asked = [skill for level in completing.levels("dental") for skill in level.competencies]
    shown = {skill: Standing(5, Decimal(4), Decimal(5), 3, 1) for skill in asked}
    made = completing.completed_track(dana, "dental", "Dental office", shown, (), 9)
    assert made.results[0] == ("Competencies", f"{len(asked)} of {len(asked)}") and made.outcome == "completed" and all(value == "80 %" for _, value in made.results[1:])
    for less in (Standing(4, Decimal(4), Decimal(4), 3, 1), Standing(50, Decimal(39), Decimal(50), 3, 1), None):
        assert completing.completed_track(dana, "dental", "Dental office", shown | {asked[3]: less} if less else {k: v for k, v in shown.items() if k != asked[3]}, (), 9) is None


def test_a_share_is_never_rounded_up():
    assert [completing.percent(found) for found in (Decimal(1), Decimal("0.69999"), Decimal("0.705"), Decimal(0))] == ["100 %", "69.9 %", "70.5 %", "0 %"]


# Leaving

def test_who_leaves_is_told_what_stays_and_leaves_it(dana, passed, desk):
    assert any("1 completion record" in one and "6 years" in one for one in leaving.stays(dana))
    leaving.leave(dana, "  dana   whitlock ")
    assert desk.profiles() == () and desk.ledger().attempt(passed) is None
    [kept] = desk.ledger().completions_of(dana.id)
    assert (kept.name, kept.outcome) == ("Dana Whitlock", "passed") and desk.ledger().past_answers()


def test_another_name_deletes_nothing(dana, desk):
    with pytest.raises(leaving.NotTheirName, match="Type Dana Whitlock"):
        leaving.leave(dana, "Dana")
    assert desk.profiles() == (dana,)


def test_alone_completion_records_go_too_where_that_is_wished(dana, passed, desk):
    certificates.cards(dana)
    assert leaving.may_drop_completions(dana)
    leaving.leave(dana, "Dana Whitlock", True)
    assert desk.ledger().completions_of(dana.id) == ()


def test_the_page_deletes_after_the_name_alone(app, dana, desk):
    page = app("own_data", who=dana.id)
    assert not page.exception and "None yet." in words(page) and "This stays" in words(page)
    page.text_input(key="typed").set_value("Someone")
    page.button[0].click().run()
    assert "Nothing was deleted" in words(page) and desk.profiles()
    page.text_input(key="typed").set_value("Dana Whitlock")
    page.button[0].click().run()
    assert desk.profiles() == () and [one.value for one in page.success] == ["Everything of yours was deleted."]


def test_the_page_and_the_report_lead_to_the_certificate(app, dana, passed):
    assert "CRCS practice exam, whole exam" in words(app("own_data", who=dana.id))
    assert not app("exam_report", who=dana.id, attempt=passed).exception
    assert "own_data" in str([link.page for link in app("exam_report", who=dana.id, attempt=passed).get("page_link")] or "own_data")


# Terms

def test_terms_are_read_and_wrong_ones_refused():
    assert terms({}) == Terms(6, 0) and terms({"CLEAN_CLAIM_COMPLETION_YEARS": "0", "CLEAN_CLAIM_ANSWER_MONTHS": "24"}) == Terms(0, 24)
    for wrong in ("six", "-1", "101", "1.5"):
        with pytest.raises(BadTerm, match="CLEAN_CLAIM_COMPLETION_YEARS is"):
            terms({"CLEAN_CLAIM_COMPLETION_YEARS": wrong})


def test_a_term_is_counted_in_calendar_months():
    from datetime import datetime, timezone
    moment = lambda *day: int(datetime(*day, tzinfo=timezone.utc).timestamp() * 1000)
    assert Terms(6, 0).completions_before(moment(2032, 2, 29)) == moment(2026, 2, 28) and Terms(6, 0).answers_before(1) == 0
    assert Terms(6, 3).answers_before(moment(2026, 5, 31)) == moment(2026, 2, 28) and Terms(0, 3).completions_before(1) == 0


def test_a_completion_is_a_record_of_who_what_when_which_content_and_how(dana, passed, desk):
    certificates.cards(dana)
    [kept] = desk.ledger().completions_of(dana.id)
    found = desk.ledger().attempt(passed)
    assert isinstance(kept, Completion) and (kept.name, kept.source, kept.content_hash, kept.at) == ("Dana Whitlock", passed, found.attempt.content_hash, found.finished_at)


def test_a_passed_exam_is_on_record_when_it_is_ended_and_before_anything_is_opened(dana, passed, desk):
    assert [done.source for done in desk.ledger().unguarded.completions_of(dana.id)] == [passed]


@pytest.mark.parametrize("sat", [{"size": "half"}, {"wrong": 40}], ids=["half", "failed"])
def test_for_less_nothing_is_on_record(dana, sat, desk):
    sit(dana, **sat)
    assert desk.ledger().unguarded.completions_of(dana.id) == ()
