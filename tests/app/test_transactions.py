"""The page Transactions: samples made on the spot, texts pasted, files of any length, and nothing of them that could carry a script."""

import io

import pytest

from app import transactions
from app.widgets import transaction_sheet, wire
from curriculum.x12_explaining import PAGE, explain, survey
from curriculum.x12_told import read_transaction
from tests.x12.made import sample
from tests.x12.made_payments import PAYMENTS
from tests.x12.test_remittance import big, wire as written


@pytest.mark.parametrize("kind", transactions.SAMPLES)
def test_every_sample_is_made_by_the_engine_and_has_no_fault(kind):
    text = transactions._MADE[kind]()
    found = survey(transactions.of_text(text).chunks)
    named = transactions.SAMPLES[kind].split(":")[0].replace("CA", "")
    assert found.faults == () and found.stopped == "" and [each[0] for each in found.transactions] == ([] if named == "TA1" else [named])


def test_the_page_shows_the_three_readings_of_a_sample(app, dana):
    page = app("transactions", who=dana.id)
    assert not page.exception and [each.value for each in page.success] == ["No fault found: envelopes, grammar and balances agree."]
    assert [each.value for each in page.header] == ["In words", "As a paper", "Over the wire"]


def test_a_broken_text_is_told_fault_by_fault(app, dana):
    page = app("transactions", who=dana.id, source="Pasted text")
    page.text_area(key="pasted").set_value(written(PAYMENTS["plain"]).replace("CLP*A1*1*150*64*", "CLP*A1*1*150*65*")).run()
    assert not page.exception and "2 faults" in [each.value for each in page.header] and not page.success


@pytest.mark.parametrize("text", ["hello", "ISA*", "<script>alert(1)</script>", "ISA" + "*" * 200, "GS*HC~", "\x00\x01"])
def test_what_is_no_x12_is_said_to_be_none(app, dana, text):
    page = app("transactions", who=dana.id, source="Pasted text")
    page.text_area(key="pasted").set_value(text).run()
    assert not page.exception and page.error


def test_no_value_of_a_transaction_becomes_markup():
    text = written(PAYMENTS["plain"]).replace("Okafor", "<img src=x onerror=alert(1)>").replace("Made Payer", '"><script>1</script>')
    segments = list(explain(text, transactions.terms(), transactions.books()))
    reading = read_transaction(lambda: text, transactions.terms(), transactions.books())
    faults = survey(lambda: text.replace("*120*64*", "*<b>*64*")).faults
    made = wire.html(segments) + transaction_sheet.account(reading, range(99)) + transaction_sheet.paper(reading, range(99)) + transaction_sheet.faults(faults, range(99), 0)
    assert "<img" not in made and "<script" not in made and "<b>*" not in made and 'onerror=alert(1)&gt;' in made


def test_empty_elements_stay_on_the_wire_as_bare_stars():
    text = written(PAYMENTS["plain"])
    shown = wire.html(list(explain(text, transactions.terms(), transactions.books())))
    assert '<span class="cc-star" aria-hidden="true">****</span>' in shown   # NM1*QC*1*Okafor*Ruth****MI


def test_every_explanation_is_there_for_the_element_that_points_at_it():
    import re
    shown = wire.html(list(explain(written(PAYMENTS["plain"]), transactions.terms(), transactions.books())))
    pointed, there = re.findall(r'aria-describedby="([^"]+)"', shown), re.findall(r'role="tooltip" class="cc-tip" id="([^"]+)"', shown)
    assert pointed == there and len(set(there)) == len(there) > 100


def test_the_words_and_the_wire_point_at_each_other():
    import re
    text = written(PAYMENTS["plain"])
    reading = read_transaction(lambda: text, transactions.terms(), transactions.books())
    segments = list(explain(text, transactions.terms(), transactions.books()))
    over, words = wire.html(segments, "w", frozenset(cell.segment for cell in reading.account)), transaction_sheet.account(reading, range(1, 99), "w") + transaction_sheet.paper(reading, range(1, 99), "w")
    assert {target for target in re.findall(r'href="#([^"]+)"', words)} <= set(re.findall(r'id="([^"]+)"', over))
    assert {target for target in re.findall(r'href="#([^"]+)"', over)} <= set(re.findall(r'id="([^"]+)"', words))


class Upload(io.BytesIO):
    name, file_id = "long.835", "f1"

    @property
    def size(self):
        return len(self.getbuffer())


def test_a_long_file_is_shown_a_page_at_a_time():
    held = transactions.of_upload(Upload("".join(big(3000)).encode()), "this tab")
    found = survey(held.chunks)
    assert found.faults == () and found.segments > 50_000
    last = transactions.segments_from.__wrapped__("x", found.segments - 5, held)
    assert len(last) == 6 and last[-1].id == "IEA" and len(transactions.segments_from.__wrapped__("y", 1, held)) == PAGE


def test_bytes_that_are_no_text_are_read_as_far_as_they_go():
    held = transactions.of_upload(Upload(written(PAYMENTS["plain"]).encode().replace(b"Ruth", b"R\xfcth")), "this tab")
    assert survey(held.chunks).stopped == "" and "R\ufffdth" in "".join(held.chunks())


def test_an_upload_is_read_to_nobody_else_whatever_id_its_client_gives_it():
    """Readings are kept by digest for everybody, and the client chooses the id of its file."""
    upload = Upload(b"ISA")
    upload.file_id = transactions.of_text(transactions.sample("remittance")).digest
    mine, again, theirs = (transactions.of_upload(upload, tab).digest for tab in ("this tab", "this tab", "that tab"))
    assert mine == again and len({mine, theirs, upload.file_id}) == 3


def test_samples_of_others_are_laid_out():
    for name in ("imsweb/x12_277CA_accepted.txt", "imsweb/x12_999_accepted.txt", "imsweb/x12_segments_out_of_order.txt", "linuxforhealth/claim-level-status.277"):
        text = sample(name)
        assert "cc-seg" in wire.html(list(explain(text, transactions.terms(), transactions.books(), faults=survey(lambda: text).faults)))
