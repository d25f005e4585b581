"""What the licence guard lets pass and what it stops."""

import pytest

from curriculum.licence_guard import guard
from curriculum.reader import read


def stopped(text: str) -> list[str]:
    return [one.what for one in guard(read("x", text))]


@pytest.mark.parametrize("text", [
    "charge: 12500", "stem: The charge is 12500.00 and 97000.50", "stem: The charge is $12500", "stem: He lives in Dallas, TX 75201", "stem: ZIP code 75201-1234",
    "zip: '75201'", "member_id: '12345'", "stem: In 12,500 claims", "stem: See transmittal 12345", "stem: the year 2026", "stem: MBI 1EG4-TE5-MK73",
    "given: {charge: ['12500', '99213']}", "npi: '2123456789'", "stem: NPI 2123456789", "stem: G0438 and J1885 and TX101", "stem: E11.22 and D50.9",
    "diagnoses: [D6481]", "stem: type of bill 0131 and revenue code 0450", "at: 87 FR 69404", "stem: taxonomy 207Q00000X", "stem: it is 2026-11-23",
    "stem: claim number 48213", "stem: call 555-0100"])
def test_figures_and_numbers_of_other_kinds_pass(text):
    assert stopped(text) == []


@pytest.mark.parametrize("text", [
    "stem: 99213", "stem: code 99213.", "stem: (99213)", "stem: 99213-25", "stem: 99213, 99214", "stem: 99213TC", "stem: 0001F", "stem: 0075T", "stem: 0001U",
    "procedure: '20610'", "options: [{text: Bill 20610 twice}]", "code: '99213'", "stem: D0120", "stem: both D2740 and D2950", "procedures: [TX101, '99213']"])
def test_codes_of_other_owners_are_stopped(text):
    assert stopped(text)
