"""A claim on any form at its desk: its texts make the claim again, what cannot be read is said, it is flagged, sent, answered and kept."""

from dataclasses import replace

import pytest

from app.claim_desk import ClaimDesk
from app.form_papers import claim_paper
from app.form_texts import document, texts_of
from curriculum.forms import FORMS
from curriculum.forms.reading import plain, typed
from tests.scoring.forms_made import clean, scenario
from tests.scoring.test_form_marks import FAULT, WRONG

each_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def opened(desk, dana):
    """Begins a made scenario at the desk: the desk, and the attempt."""
    def begin(form, kind="scrub-the-claim", **changes):
        made = scenario(form, kind, **changes)
        held = replace(desk.catalogue(), form_scenarios={str(made.id): made})
        at = ClaimDesk(desk.ledger(), held, desk.books(), desk.now)
        return at, at.begin(dana.id, str(made.id), 0)
    return begin


@each_form
def test_the_texts_of_a_claim_make_the_same_claim(form):
    whole = plain(clean(form))
    made, wrong = document(FORMS[form], texts_of(FORMS[form], whole), whole)
    assert wrong == [] and typed(FORMS[form], made) == clean(form)


@each_form
def test_no_two_fields_of_a_form_have_the_same_name(form):
    texts = texts_of(FORMS[form], plain(clean(form)))
    assert len(texts) == len(set(texts))
    for group in FORMS[form].groups:
        assert len({field.name for field in group.fields}) == len(group.fields)
    names = [field.name for field in FORMS[form].fields]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form, path, text, says", [
    ("institutional", "statement_from", "soon", "6 Statement from: Write a date"), ("institutional", "lines.2.charge", "lots", "47 Charges, line 2: Write an amount"),
    ("dental", "lines.1.quantity", "1.5", "29b Qty, line 1: Write a whole number."), ("pharmacy", "quantity", "some", "442-E7 Quantity dispensed: Write a number")])
def test_a_text_that_cannot_be_read_is_said_by_its_field(form, path, text, says):
    whole = plain(clean(form))
    _, wrong = document(FORMS[form], texts_of(FORMS[form], whole) | {path: text}, whole)
    assert len(wrong) == 1 and wrong[0].startswith(says)


def test_a_provider_that_was_not_there_is_made_of_its_npi():
    whole = plain(clean("institutional"))
    made, wrong = document(FORMS["institutional"], texts_of(FORMS["institutional"], whole) | {"operating.npi": "2000000220"}, whole)
    assert wrong == [] and typed(FORMS["institutional"], made).operating.npi == "2000000220"


def test_a_blank_row_is_no_row_and_a_filled_one_is():
    form, whole = FORMS["institutional"], plain(clean("institutional"))
    texts = texts_of(form, whole)
    made, _ = document(form, texts | {"lines.3.revenue_code": "0300", "lines.3.charge": "80", "lines.4.units": "1"}, whole)
    assert [line["revenue_code"] for line in made["lines"]] == [*(line["revenue_code"] for line in whole["lines"]), "0300"]
    fewer, _ = document(form, {path: "" if path.startswith("lines.2.") else text for path, text in texts.items()}, whole)
    assert len(fewer["lines"]) == len(whole["lines"]) - 1


@each_form
def test_a_claim_is_flagged_sent_read_and_settled(form, opened):
    at, attempt = opened(form, faults=FAULT[form])
    work = at.work(attempt)
    assert (work.stage, work.form, work.papers[0].title) == ("flag", form, "Record") and dict(work.field_names)[WRONG[form][2]]
    at.flag(attempt, [WRONG[form][2]])
    assert at.work(attempt).flagged[0]["earned"] == "1"
    assert at.send(attempt, plain(clean(form)), "claim") == ""
    work = at.work(attempt)
    assert work.stage == "read" and work.sent[0].claim == clean(form)
    asked = {ask["id"]: ask["key"] for ask in at._records.attempt(attempt).steps[-1].payload["asks"]}
    assert at.answer(attempt, "read-1", asked) == {}
    assert at.work(attempt).stage == "settled"


@each_form
def test_a_rejected_claim_is_read_then_mended(form, opened):
    at, attempt = opened(form, "mend-the-rejection", faults=FAULT[form])
    work = at.work(attempt)
    assert work.stage == "asks" and work.before.outcome.value == "rejected" and any(ask.id == "field-1" for ask in work.asks)
    asked = {ask["id"]: ask["key"] for ask in at._records.attempt(attempt).attempt.form["asks"]}
    at.answer(attempt, "asks", asked)
    assert at.work(attempt).stage == "claim"
    at.send(attempt, plain(clean(form)), "claim")
    assert at.work(attempt).sent[0].answer.outcome.value == "paid"


def test_a_claim_left_blank_says_what_is_missing_and_is_not_sent(opened):
    at, attempt = opened("institutional", "complete-the-claim", blank=("statement_from", "lines"))
    work = at.work(attempt)
    assert work.stage == "claim" and work.claim["lines"] == []
    assert "6 Statement from: nothing stands here" in at.send(attempt, work.claim, "claim") and at.work(attempt).sent == ()


@each_form
def test_a_claim_lies_on_the_page_as_its_form_shows_it(form):
    paper = claim_paper(form, plain(clean(form)), "The claim")
    assert paper.boxes and all(len(row) == len(table.heads) for table in paper.tables for row in table.rows)


@each_form
def test_the_page_shows_the_form_and_sends_it(form, app, opened, dana, desk):
    at, attempt = opened(form, "complete-the-claim", blank=(WRONG[form][2],))
    from streamlit.testing.v1 import AppTest
    page = AppTest.from_function(_form_page, args=(attempt,), default_timeout=60).run()
    assert not page.exception
    field = next(field for field in page.text_input if field.key.endswith(f":{WRONG[form][2]}"))
    assert field.value in ("", None)
    field.set_value(texts_of(FORMS[form], plain(clean(form)))[WRONG[form][2]])
    next(button for button in page.button if button.label == "Send to the payer").click()
    page.run()
    assert not page.exception and len(at.work(attempt).sent) == 1


def _form_page(attempt):
    from app import claims
    from app.widgets import claim_send
    desk = claims.desk()
    claim_send.send(desk.work(attempt), desk, {}) if not desk.work(attempt).sent else None
