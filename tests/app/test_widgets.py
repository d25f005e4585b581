"""Papers, verdicts and wording: safe, complete, and readable without colour."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.widgets import chart, feedback, papers
from app.widgets.markup import text
from app.widgets.wording import label, plain, prose
from billing.answer import Adjustment, Finding, Outcome, Rejection, Remittance, RemittanceLine

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(1)">'
LINE = RemittanceLine(1, date(2026, 3, 2), "TX113", ("25",), 1, Decimal("145.00"), Decimal("92.10"), Decimal("57.68"),
                      (Adjustment("CO", "45", Decimal("52.90"), ("N56",)), Adjustment("PR", "2", Decimal("34.42"))), Outcome.PAID)
ANSWER = Remittance("payer", "A-1", "ICN-1", date(2026, 3, 9), date(2026, 3, 23), (LINE,), (), (), ("MA01",))


def test_no_paper_lets_markup_through():
    rejection = Rejection(HOSTILE, HOSTILE, date(2026, 3, 9), (Finding("x", Outcome.REJECTED, 0, "", None, category=HOSTILE, status=HOSTILE, entity=HOSTILE),), ())
    made = [
        papers.registration({HOSTILE: HOSTILE}, title=HOSTILE, issuer=HOSTILE), papers.insurance_card({HOSTILE: HOSTILE}, payer=HOSTILE, note=HOSTILE),
        papers.encounter_note({HOSTILE: HOSTILE}, signed=HOSTILE), papers.charge_ticket([{"procedure": HOSTILE, "diagnosis": HOSTILE}], names={HOSTILE: HOSTILE}),
        papers.remittance(replace(ANSWER, account=HOSTILE, rarcs=(HOSTILE,)), {"TX113": HOSTILE}, payer=HOSTILE), papers.rejection_notice(rejection),
        papers.eligibility_response([{HOSTILE: HOSTILE}], fields={HOSTILE: HOSTILE}),
        feedback.verdict(Decimal(0), Decimal(1), HOSTILE), feedback.reason(HOSTILE, HOSTILE, right=True), feedback.sources([(HOSTILE, HOSTILE, HOSTILE)]),
        chart.bars([(HOSTILE, 0.5, HOSTILE)], HOSTILE),
    ]
    for paper in made:
        assert "<script" not in paper and "<img" not in paper


def test_a_remittance_has_every_amount_and_code_and_no_explanation():
    paper = papers.remittance(ANSWER, {"TX113": "Office visit"}, payer="Cedar PPO")
    for part in ("145.00", "92.10", "57.68", "52.90", "34.42", "CO-45", "PR-2", "N56", "MA01", "Office visit", "Cedar PPO", "ICN-1"):
        assert part in paper
    assert "<caption>" in paper and 'scope="col"' in paper and 'scope="row"' in paper


def test_a_rejection_shows_only_codes():
    found = Finding("member-id", Outcome.REJECTED, 0, "The member id has the wrong shape.", None, category="A7", status="164", entity="IL")
    paper = papers.rejection_notice(Rejection("payer", "A-1", date(2026, 3, 9), (found,), ()))
    assert all(code in paper for code in ("A7", "164", "IL")) and found.why not in paper


def test_a_verdict_is_said_in_words_and_announced():
    for earned, word in ((1, "Right"), (0, "Not right")):
        made = feedback.verdict(Decimal(earned), Decimal(1))
        assert word in made and 'role="status"' in made
    assert "Partly right: 0.5 of 1" in feedback.verdict(Decimal("0.5"), Decimal(1))


def test_a_source_links_only_to_the_web():
    assert "href" not in feedback.sources([("Title", "§1", "javascript:alert(1)")])


def test_a_bar_says_what_it_shows_and_unseen_differs_from_nought():
    assert "not seen yet" in chart.bars([("Coding", None, "not seen yet")], "x") and "cc-unseen" in chart.bars([("Coding", None, "")], "x")
    assert "cc-unseen" not in chart.bars([("Coding", 0.0, "0%")], "x")


def test_dollars_stay_dollars_and_no_picture_is_fetched():
    assert prose("pays $80.00 of $100.00") == r"pays \$80.00 of \$100.00"
    assert "![" not in prose("![x](https://example.org/x.png)")
    assert ":red[" not in prose("a :red[b]").replace("\\:", "")


def test_a_label_is_shown_as_written():
    assert plain("PR-2 *and* CO_45") == r"PR\-2 \*and\* CO\_45"


@pytest.mark.parametrize("name", ["https://evil.example", "HTTP://evil.example", "www.evil.example", "Ann www.evil.example", "Ann:https://evil.example/x"])
def test_a_name_that_is_an_address_becomes_no_link(name):
    """Streamlit's Markdown makes links of what it reads, with the escapes already gone."""
    for made in (plain(name), label(name)):
        read = re.sub(r"\\(.)", r"\1", made)
        assert not re.search(r"https?://|www\.", read, re.IGNORECASE) and read.replace("\u2060", "") == name


def test_a_table_gets_the_head_its_author_left_out():
    assert "| Entry |" in prose("| Remittance | |\n| --- | ---: |\n| Paid | $5.00 |")


def test_text_of_nothing_is_nothing():
    assert text(None) == ""
