"""Transactions at the desk: samples that our payers' engine makes on the spot, files handed in, and what either says."""

import codecs
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import streamlit as st

from app.claim_file import Filed, read_claim
from app.session import ROOT, books
from billing.answer import Rejection
from billing.claim_status import status_of
from billing.eligibility import Inquiry, answer_inquiry
from billing.payment import Payment
from billing.x12.acknowledgements import acknowledge, write_claim_acknowledgement
from billing.x12.claims import write_claims
from billing.x12.eligibility import write_inquiry, write_response
from billing.x12.parties import Correspondents
from billing.x12.remittance_writing import Remitter, write_remittance
from billing.x12.status import write_status, write_status_question
from billing.x12.wire import NotX12
from curriculum.mistakes import Unreadable
from curriculum.reader import read, typed
from curriculum.x12_explaining import PAGE, Explained, Survey, explain, survey
from curriculum.x12_glossary import Glossary, glossary
from curriculum.x12_reading import Reading
from curriculum.x12_told import read_transaction

EXAMPLES = ROOT / "docs" / "examples"
PAID, PARTLY, REJECTED, STAY = "claim-paid", "claim-denied-in-part", "claim-rejected", "claim-hospital"
CHUNK = 1 << 16
LONGEST_PASTE = 500_000
LARGEST_MEGABYTES = 60

SAMPLES = {
    "remittance": "835: two services paid", "denial": "835: a service folded into another", "stay": "835: a hospital stay", "claim": "837: an office visit", "hospital": "837: a hospital stay",
    "eligibility": "271: what the plan says", "eligibility-question": "270: the question", "refused": "271: the member is not found", "status": "277: where the claim is", "status-question": "276: the question",
    "accepted": "277CA: the claim is accepted", "rejected": "277CA: the claim is rejected", "file": "999: the file is accepted", "file-refused": "999: the file is refused", "envelope": "TA1: the envelope is refused"}
"""The samples: id to title."""


@dataclass(frozen=True)
class HeldFile:
    """A file on the desk: its name, its digest, its size in bytes, and a function that gives its text anew, chunk by chunk."""
    name: str
    digest: str
    size: int
    chunks: Callable[[], Iterator[str]]


def of_text(text: str, name: str = "transaction.x12") -> HeldFile:
    """A text as a file on the desk."""
    return HeldFile(name, hashlib.sha256(text.encode()).hexdigest(), len(text.encode()), lambda: iter((text[at:at + CHUNK] for at in range(0, max(len(text), 1), CHUNK))))


def of_upload(upload, tab: str) -> HeldFile:
    """An uploaded file; it stays where Streamlit keeps it and is read in chunks. What is no UTF-8 is replaced.

    tab: a secret of the page it lies on. A client chooses the file's id: with the digest of somebody else's text it would have its own file read to them.
    """
    def chunks() -> Iterator[str]:
        decoder, view = codecs.getincrementaldecoder("utf-8")("replace"), upload.getbuffer()
        for at in range(0, len(view), CHUNK):
            yield decoder.decode(bytes(view[at:at + CHUNK]))
        yield decoder.decode(b"", True)
    return HeldFile(upload.name, hashlib.sha256(f"{tab}\n{upload.file_id}".encode()).hexdigest(), upload.size, chunks)


@st.cache_resource(show_spinner=False)
def terms() -> Glossary:
    """What segments and elements say."""
    return glossary()


@st.cache_data(max_entries=8, show_spinner="Looking through the file")
def looked_through(digest: str, _held: HeldFile) -> Survey:
    """The whole file, once."""
    return survey(_held.chunks)


@st.cache_data(max_entries=8, show_spinner="Reading the file")
def told(digest: str, _held: HeldFile) -> Reading:
    """The file as a paper and in words."""
    return read_transaction(_held.chunks, terms(), books())


@st.cache_data(max_entries=16, show_spinner="Going to that place")
def segments_from(digest: str, first: int, _held: HeldFile, _faults: tuple = ()) -> tuple[Explained, ...]:
    """A page of segments, explained. What comes after a place that cannot be read is left out."""
    found = []
    try:
        for each in explain(_held.chunks(), terms(), books(), first, PAGE, _faults):
            found.append(each)
    except NotX12:
        pass
    return tuple(found)


@st.cache_data(max_entries=32, show_spinner="The payer answers")
def sample(kind: str) -> str:
    """One of SAMPLES, written now from a claim file of docs/examples and its payer's answer."""
    return _MADE[kind]()


def _typed(kind: type, path: Path):
    found, mistakes = typed(kind, read(path))
    if mistakes:
        raise Unreadable(mistakes)
    return found


def _filed(name: str) -> tuple[Filed, Correspondents, datetime]:
    """A claim file, who writes to whom, and the morning it was received."""
    filed = read_claim(EXAMPLES / f"{name}.yaml", ROOT)
    parties = _typed(Correspondents, EXAMPLES / "correspondents.yaml")
    return filed, replace(parties, payer_name=filed.policy.name), datetime.combine(filed.file.received, time(9))


def _claim(name: str) -> str:
    filed, parties, at = _filed(name)
    return write_claims([filed.file.claim], parties, at, 1)


def _remittance(name: str) -> str:
    filed, _, _ = _filed(name)
    claim, answer = filed.file.claim, filed.answer(books())
    remitter = replace(_typed(Remitter, EXAMPLES / "remitter.yaml"), name=filed.policy.name)
    paid_on = answer.adjudicated
    payment = Payment(filed.policy.name, claim.billing.name, claim.billing.npi, f"{paid_on:%y%m%d}001", paid_on, (answer,))
    return write_remittance(payment, remitter, {claim.account: claim}, datetime.combine(paid_on, time(18)), 2)


def _asked() -> tuple[Filed, Correspondents, datetime, Inquiry]:
    filed, parties, at = _filed(PAID)
    claim, served = filed.file.claim, min(line.service_date for line in filed.file.claim.lines)
    return filed, parties, at, Inquiry(claim.billing.name, claim.billing.npi, claim.member_id, claim.patient.last_name, claim.patient.first_name, claim.patient.birth_date, served, trace="1001")


def _eligibility(answer: bool, known: bool = True) -> str:
    filed, parties, at, asked = _asked()
    members = (filed.file.coverage,) if known else ()
    return write_response(asked, answer_inquiry(filed.policy, members, asked), parties, at, 3) if answer else write_inquiry(asked, parties, at, 3)


def _status(answer: bool) -> str:
    filed, parties, at = _filed(PAID)
    claim, decided = filed.file.claim, filed.answer(books())
    if not answer:
        return write_status_question(claim, parties, at, 4)
    on = decided.adjudicated + timedelta(days=1)
    return write_status(claim, status_of(claim.account, claim.charge, decided, on, paid_on=on, trace_number=f"{on:%y%m%d}001"), parties, datetime.combine(on, time(9)), 4)


def _acknowledged(name: str) -> str:
    filed, parties, at = _filed(name)
    answer = filed.answer(books())
    assert isinstance(answer, Rejection) == (name == REJECTED), "the example is answered as its name says"
    return write_claim_acknowledgement([(filed.file.claim, answer)], parties, at, 5)


def _file(broken: str = "", by: str = "") -> str:
    """The answer to the file of a claim, one text of it changed."""
    _, _, at = _filed(PAID)
    found = acknowledge(_claim(PAID).replace(broken, by, 1) if broken else _claim(PAID), at, 6)
    return found.ta1 or found.acknowledgement


_MADE: dict[str, Callable[[], str]] = {
    "remittance": lambda: _remittance(PAID), "denial": lambda: _remittance(PARTLY), "stay": lambda: _remittance(STAY), "claim": lambda: _claim(PAID), "hospital": lambda: _claim(STAY),
    "eligibility": lambda: _eligibility(True), "eligibility-question": lambda: _eligibility(False), "refused": lambda: _eligibility(True, False), "status": lambda: _status(True), "status-question": lambda: _status(False),
    "accepted": lambda: _acknowledged(PAID), "rejected": lambda: _acknowledged(REJECTED), "file": _file, "file-refused": lambda: _file("\nSBR*", "\nXBR*"), "envelope": lambda: _file("IEA*1*000000001", "IEA*1*000000009")}
