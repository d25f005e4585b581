"""Transactions explained: every element we write is named, every list is there, and a file of any length is looked through in bounds."""

import re
import tracemalloc
from dataclasses import replace
from functools import cache

import pytest

from billing.x12.acknowledgements import acknowledge, write_claim_acknowledgement
from billing.x12.claims import write_claims
from billing.x12.eligibility import write_inquiry, write_response
from billing.x12.placing import GRAMMARS, placed
from billing.x12.reading import Loop
from billing.x12.remittance_writing import write_remittance
from billing.x12.status import write_status, write_status_question
from billing.claim_status import status_of
from curriculum.mistakes import Unreadable
from curriculum.x12_explaining import explain, survey, told
from curriculum.x12_glossary import PROCEDURES, Lists, glossary, lists_named
from curriculum.x12_reading import MOST_SENTENCES
from curriculum.x12_told import read_transaction
from tests.x12.made import AT, PARTIES, SAMPLES, dental, institutional, professional, sample, secondary
from tests.x12.made_payments import CHECK, PAYMENTS, PLAIN, SENT, TRANSFER
from tests.x12.test_acknowledgements import paid, rejection
from tests.x12.test_inquiries import ASKED, answered
from tests.x12.test_remittance import big
from tests.billing.made import claim


@cache
def terms():
    return glossary()


@cache
def books():
    return Lists()


def file_answers():
    good = write_claims([professional()], PARTIES, AT, 7)
    return {"999": acknowledge(good, AT, 8).acknowledgement, "999 refused": acknowledge(good.replace("\nSBR*", "\nXBR*"), AT, 8).acknowledgement, "TA1": acknowledge(good.replace("IEA*1*000000007", "IEA*1*000000008"), AT, 8).ta1}


@cache
def ours():
    """Every transaction we write."""
    known = {"primary_care": "Dr Lee"}
    whole = {f"837 {name}": write_claims([made], PARTIES, AT, 7) for name, made in (("P", professional()), ("second", secondary()), ("I", institutional()), ("D", dental()))}
    whole |= {f"835 {name}": write_remittance(payment, TRANSFER, SENT, AT, 9) for name, payment in PAYMENTS.items()}
    whole |= {"270": write_inquiry(ASKED, PARTIES, AT, 3), "271": write_response(ASKED, answered(**known), PARTIES, AT, 3), "271 refused": write_response(replace(ASKED, member_id="M9999"), answered(replace(ASKED, member_id="M9999")), PARTIES, AT, 3)}
    whole |= {"276": write_status_question(professional(), PARTIES, AT, 3, "ICN1"), "277": write_status(professional(), status_of("A1", PLAIN.charge, PLAIN, AT.date()), PARTIES, AT, 3)}
    whole |= {"277CA": write_claim_acknowledgement([(claim(), paid(claim())), (claim(account="A2"), rejection(claim(account="A2")))], PARTIES, AT, 3)}
    return {**whole, **file_answers()}


@pytest.mark.parametrize("name", [*(f"837 {form}" for form in ("P", "second", "I", "D")), *(f"835 {name}" for name in PAYMENTS), "270", "271", "271 refused", "276", "277", "277CA", "999", "999 refused", "TA1"])
def test_every_element_we_write_is_named_and_every_loop(name):
    for each in explain(ours()[name], terms(), books(), most=1000):
        assert each.name and each.says or each.id == "XBR", each
        assert [element.id for element in each.elements if not element.name] == []
        assert each.loop_name or not each.loop, each.loop


@pytest.mark.parametrize("name", sorted({*(f"837 {form}" for form in ("P", "second", "I", "D")), "835 all", "270", "271", "276", "277", "277CA", "999 refused", "TA1"}))
def test_every_transaction_we_write_is_without_a_fault_and_told_in_words(name):
    text = ours()[name]
    assert survey(lambda: text).faults == () and survey(lambda: text).stopped == ""
    reading = read_transaction(lambda: text, terms(), books())
    assert reading.title and reading.account and all(re.search(r"\w", cell.text) and cell.text[0] != " " for cell in reading.account)
    assert {cell.segment for cell in reading.account} <= set(range(len(text.splitlines()) + 1))


def test_every_list_that_the_glossary_names_is_there():
    known = {name for file in terms().files.values() for name in file.lists} | set(books()._held) | {"procedure"}
    assert set(lists_named(terms())) - known == set() and set(PROCEDURES) <= set(books()._held)


def test_every_segment_of_the_grammars_that_we_write_is_explained():
    written = {each.segment.id for text in ours().values() for each in placed(text, [])}
    assert written - set(terms().segments) <= {"XBR"}


def loops(loop: Loop):
    yield loop
    for inner in loop.loops:
        yield from loops(inner)


def test_every_loop_has_a_name_and_every_segment_that_may_stand_in_it_is_explained():
    for (transaction, guide), grammar in GRAMMARS.items():
        assert [loop.name for loop in loops(grammar) if not terms().loop(transaction, loop.name)] == [], (transaction, guide)
        assert {use.id for loop in loops(grammar) for use in (loop.opens, *loop.uses)} - set(terms().segments) == set()


def test_no_segment_is_explained_twice():
    named = [id for file in terms().files.values() for id in file.segments]
    assert len(named) == len(set(named))


def test_an_element_says_its_id_its_name_its_value_and_what_it_means():
    claim = next(each for each in explain(ours()["835 plain"], terms(), books()) if each.id == "CLP")
    assert [(each.id, each.name, each.value, each.meaning) for each in claim.elements][1:3] == [("CLP02", "Status", "1", "Processed as the first payer"), ("CLP03", "Charge", "150", "150.00")]
    assert (claim.loop, claim.loop_name) == ("2100", "Claim")


def test_a_number_is_named_by_what_kind_it_is():
    found = [each.elements[1].name for each in explain(ours()["835 plain"], terms(), books()) if each.id == "REF"]
    assert found == ["Payer's number", "Tax id", "Biller's number of the line", "Biller's number of the line"]


def test_a_component_is_explained_by_itself():
    service = next(each for each in explain(ours()["835 plain"], terms(), books()) if each.id == "SVC")
    assert [(each.id, each.meaning) for each in service.elements if each.component] == [("SVC01-1", "HCPCS"), ("SVC01-2", "Office visit, established patient, low decision making")]


def test_a_fault_stands_at_its_element():
    text = ours()["835 plain"].replace("CLP*A1*1*150*64*", "CLP*A1*1*150*65*")
    found = survey(lambda: text)
    claim = next(each for each in explain(text, terms(), books(), faults=found.faults) if each.id == "CLP")
    assert [each.id for each in claim.elements if each.faults] == ["CLP04"] and len(found.faults) == 2


def test_the_account_of_a_remittance_says_who_paid_what_and_who_owes_the_rest():
    said = [cell.text for cell in read_transaction(lambda: ours()["835 plain"], terms(), books()).account]
    assert said[:3] == ["Made Payer paid Brandt Family Medicine 64.00 by transfer 998877 on 2026-03-30.", "Claim A1 of Okafor, Ruth (processed as the first payer): charged 150.00, paid 64.00, the patient owes 16.00.",
                        "40.00 of service 1 is written off: CO 45 (Charge above the allowed or contracted amount)."]


def test_the_account_of_a_takeback_says_what_moved_beside_the_claims():
    said = " ".join(cell.text for cell in read_transaction(lambda: ours()["835 taken back"], terms(), books()).account)
    assert "took 20.00: WO (Overpayment taken back), reference ICN9" in said and "(earlier payment taken back): charged -150.00, paid -64.00" in said


def test_the_account_of_a_refusal_says_what_to_do():
    said = " ".join(cell.text for name in ("271 refused", "277CA", "999 refused", "TA1") for cell in read_transaction(lambda: ours()[name], terms(), books()).account)
    for words in ("Refused: 75 (Member not found). Is it the right payer?", "A3 (Rejected as unprocessable); 33", "segments of it are wrong", "was not taken: control numbers of ISA and IEA differ"):
        assert words in said, (words, said)


def test_pages_of_a_file_follow_one_another():
    whole = [each.number for each in explain(ours()["835 all"], terms(), books(), most=1000)]
    assert [each.number for first in (1, 21, 41) for each in explain(ours()["835 all"], terms(), books(), first, 20)] == whole[:60]


def test_what_cannot_be_read_is_told_in_a_sentence_and_stops_nothing():
    for text in ("", "hello", "GS*HC", "ISA*00", ours()["835 plain"][:400]):
        found, reading = survey(lambda: text), read_transaction(lambda: text, terms(), books())
        assert found.stopped and reading.account, text
    assert "envelope is missing" in survey(lambda: sample("imsweb/x12_no_isa_line.txt")).stopped


def test_an_unknown_transaction_is_said_to_be_unknown():
    text = ours()["270"].replace("ST*270", "ST*850")
    assert "850" in " ".join(str(fault) for fault in survey(lambda: text).faults) and "not told in words" in read_transaction(lambda: text, terms(), books()).account[0].text


@pytest.mark.parametrize("path", [path.relative_to(SAMPLES).as_posix() for path in sorted(SAMPLES.glob("*/*.*"))] or ["absent"])
def test_every_sample_of_others_is_surveyed_and_told(path):
    text = sample(path) if path != "absent" else pytest.skip("no samples beside the project: none was explained")
    if "README" in path:
        pytest.skip("not a transaction")
    assert read_transaction(lambda: text, terms(), books()).account
    unnamed = [element.id for each in explain(text, terms(), books(), most=1000) for element in each.elements if not element.name] if not survey(lambda: text).stopped else []
    assert unnamed == []


def test_the_faults_that_are_kept_are_bounded_and_the_rest_counted():
    def chunks():
        yield ours()["835 plain"].split("LX*")[0]
        for _ in range(3000):
            yield "ZZZ*1~\n"
    found = survey(chunks)
    assert len(found.faults) <= 500 and found.more_faults > 2000


def test_a_long_file_is_surveyed_and_told_in_the_memory_of_a_short_one():
    peaks = []
    for claims in (400, 1600):
        tracemalloc.start()
        assert survey(lambda: big(claims)).faults == ()
        reading = read_transaction(lambda: big(claims), terms(), books())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert reading.more and len(reading.account) == MOST_SENTENCES
    assert peaks[1] < peaks[0] + 200_000


def test_the_command_line_tells_every_segment():
    lines = "\n".join(told(ours()["835 plain"]))
    assert "CLP02     Status: 1 (Processed as the first payer)" in lines and "2110: Service" in lines


BROKEN = {"segments:\n  A: {name: A}\n": "says", "title: T\nsegments:\n  A: {name: A, says: a, elements: [{at: 1x, name: B}]}\n": "1x", "title: T\nsegments: {}\nloop: {}\n": "loop"}


@pytest.mark.parametrize("text, word", BROKEN.items())
def test_a_broken_glossary_is_refused_with_a_sentence(tmp_path, text, word):
    (tmp_path / "broken.yaml").write_text(text)
    with pytest.raises(Unreadable) as refused:
        glossary(tmp_path)
    assert word in str(refused.value.mistakes[0]) + str(refused.value.mistakes[-1])


def test_a_payment_by_check_is_told_as_one():
    text = write_remittance(PAYMENTS["plain"], CHECK, SENT, AT, 9)
    assert "by check 998877" in read_transaction(lambda: text, terms(), books()).account[0].text


class TestWhatIsLeftOut:
    """A segment without its first element is a fault of the file; the rest is told all the same. Found by `make fuzz`."""

    @pytest.mark.parametrize("kind, segment, without, says", [
        ("status", "NM1*PR*", "NM1**", "Someone whose part is not said"), ("eligibility", "DTP*346*", "DTP**", "Days of what is not said"),
        ("claim", "HI*ABK:", "HI*:", "A code whose list is not said"), ("remittance", "*1*", "**", "status not said")])
    def test_an_empty_first_element_is_said_and_nothing_breaks(self, kind, segment, without, says):
        from app.transactions import sample as shown
        whole = shown(kind)
        at = whole.index("CLP*") if kind == "remittance" else 0
        broken = whole[:at] + whole[at:].replace(segment, without, 1)
        assert broken != whole
        assert says in str(read_transaction(lambda: iter([broken]), terms(), books()))
