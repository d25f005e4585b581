"""Every edit of a dental plan on both sides of its boundary; and that taking an edit out fails a case named for it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.claim import Person
from billing.coverage import OtherCoverage
from billing.dental import door, edits
from billing.dental.claim import Orthodontics
from billing.dental.member import EarlierDentalLine, MissingTooth, Predetermination
from tests.dental.made import DAY, HAREBELL, MILLRACE, TREATING, answer, claim, line, member, said


def child(age: int):
    """Born so many years before the day of service."""
    return Person("Marchetti", "Noor", date(DAY.year - age, DAY.month, DAY.day), "F")


def of_age(age: int, *lines):
    return claim(*lines, patient=child(age)), member(birth_date=child(age).birth_date)


def before(procedure: str, day: date, **more) -> EarlierDentalLine:
    return EarlierDentalLine(day, procedure, **more)


def had(*earlier, **changes):
    return member(earlier_lines=earlier, **changes)


FILLING = line("TD031", tooth="19", surfaces=("M", "O"))
BRIDGE = line("TD100", tooth="19")
SAME = before("TD003", DAY, charge=Decimal("2000.00"), treating_npi=TREATING, control_number="26001")
FIRST = OtherCoverage("other", "Other Dental", date(2020, 1, 1))
PLANNED = Predetermination("PD-4", "TD073", date(2026, 5, 12))
SURGERY = line("TD073", area="30")
BRACED = member(birth_date=child(14).birth_date, predeterminations=(Predetermination("PD-5", "TD130", DAY),))
COVERED_GAP = {"missing_teeth": (MissingTooth("19", date(2025, 3, 3)),)}

CASES = [
    ("required_items", "a fee", claim(), None, "paid"),
    ("required_items", "no fee", claim(line(charge="0.00")), None, "rejected 178"),
    ("required_items", "no quantity", claim(line(quantity=0)), None, "rejected 476"),
    ("provider_identifiers", "both good", claim(), None, "paid"),
    ("provider_identifiers", "treating dentist's number off by one", claim(treating=replace(claim().treating, npi=TREATING[:-1] + str((int(TREATING[-1]) + 1) % 10))), None, "rejected 562"),
    ("member_identifier", "of the payer's shape", claim(), None, "paid"),
    ("member_identifier", "a digit short", claim(member_id="HBD2041770"), None, "rejected 164"),
    ("member_found", "as in the records", claim(), None, "paid"),
    ("member_found", "another birth date", claim(patient=child(30)), None, "rejected 158"),
    ("service_dates", "done when it came in", (claim(line(service_date=DAY + timedelta(days=5))), DAY + timedelta(days=5)), None, "paid"),
    ("service_dates", "dated a day later", (claim(line(service_date=DAY + timedelta(days=6))), DAY + timedelta(days=5)), None, "rejected 187"),
    ("service_dates", "asked beforehand", (claim(line(service_date=DAY + timedelta(days=6)), predetermination=True), DAY + timedelta(days=5)), None, "paid"),
    ("diagnosis_pointers", "points to A", claim(line(diagnosis_pointers=("A",)), diagnoses=("K02.61",)), None, "paid"),
    ("diagnosis_pointers", "points to B of one", claim(line(diagnosis_pointers=("B",)), diagnoses=("K02.61",)), None, "rejected 477"),
    ("procedures_known", "a code on file", claim(), None, "paid"),
    ("procedures_known", "a code that is not", claim(line("TD999")), None, "rejected 454"),
    ("frequency_code", "a replacement that names its original", claim(frequency_code="7", original_reference="26001"), had(SAME), "paid"),
    ("frequency_code", "a replacement that names none", claim(frequency_code="7"), had(SAME), "rejected 464"),
    ("filed_in_time", "on the 365th day", (claim(), DAY + timedelta(days=365)), None, "paid"),
    ("filed_in_time", "on the 366th", (claim(), DAY + timedelta(days=366)), None, "CO-29"),
    ("duplicate", "another fee", claim(line(charge="1999.00")), had(SAME), "paid"),
    ("duplicate", "all the same", claim(), had(SAME), "OA-18"),
    ("eligibility", "on the last covered day", claim(), member(ends=DAY), "paid"),
    ("eligibility", "a day after it", claim(), member(ends=DAY - timedelta(days=1)), "PR-27"),
    ("other_payer_first", "another plan that ended", claim(), member(primary_elsewhere=(replace(FIRST, ends=DAY - timedelta(days=1)),)), "paid"),
    ("other_payer_first", "another plan in force", claim(), member(primary_elsewhere=(FIRST,)), "CO-22"),
    ("tooth_stated", "a tooth", claim(FILLING), None, "paid"),
    ("tooth_stated", "no tooth", claim(replace(FILLING, tooth="")), None, "CO-16 N37"),
    ("tooth_stated", "tooth 33", claim(replace(FILLING, tooth="33")), None, "CO-16 N37"),
    ("tooth_fits", "a molar's root canal on a molar", claim(line("TD062", tooth="19")), None, "paid"),
    ("tooth_fits", "on a premolar", claim(line("TD062", tooth="20")), None, "CO-16 N39"),
    ("surfaces_stated", "with surfaces", claim(FILLING), None, "paid"),
    ("surfaces_stated", "without", claim(replace(FILLING, surfaces=())), None, "CO-16 N75"),
    ("surfaces_fit", "two for two", claim(FILLING), None, "paid"),
    ("surfaces_fit", "three for two", claim(replace(FILLING, surfaces=("M", "O", "D"))), None, "CO-16 N81"),
    ("surfaces_fit", "an edge that a molar has not", claim(replace(FILLING, surfaces=("M", "I"))), None, "CO-16 N81"),
    ("surfaces_fit", "five for four or more", claim(line("TD033", tooth="19", surfaces=tuple("MODBL"))), None, "paid"),
    ("surfaces_fit", "one twice", claim(replace(FILLING, surfaces=("M", "M"))), None, "CO-16 N81"),
    ("area_stated", "a quadrant", claim(line("TD070", area="10")), None, "paid"),
    ("area_stated", "an arch for a quadrant", claim(line("TD070", area="01")), None, "CO-16 N346"),
    ("area_stated", "a denture without its jaw", claim(line("TD090")), None, "CO-16 N346"),
    ("gap_stated", "crossed out", claim(BRIDGE, missing_teeth=("19",)), member(**COVERED_GAP), "paid"),
    ("gap_stated", "not crossed out", claim(BRIDGE), member(**COVERED_GAP), "CO-16 N37"),
    ("braces_stated", "with day and months", claim(line("TD130"), patient=child(14), predetermination_number="PD-5", orthodontics=Orthodontics(DAY, 24)), BRACED, "paid"),
    ("braces_stated", "without", claim(line("TD130"), patient=child(14), predetermination_number="PD-5"), BRACED, "CO-16 N308"),
    ("tooth_there", "gone on that very day", claim(FILLING), had(before("TD080", DAY, tooth="19")), "paid"),
    ("tooth_there", "gone the day before", claim(FILLING), had(before("TD080", DAY - timedelta(days=1), tooth="19")), "CO-261"),
    ("tooth_there", "missing in the records", claim(FILLING), member(missing_teeth=(MissingTooth("19", date(2020, 1, 1)),)), "CO-261"),
    ("covered_service", "covered", claim(), None, "paid"),
    ("covered_service", "a night guard", claim(line("TD120", area="01")), None, "PR-204"),
    ("category_covered", "braces under harebell-1500", (claim(line("TD130"), patient=child(14), predetermination=True), None), member(birth_date=child(14).birth_date), "paid"),
    ("category_covered", "braces under harebell-1000", (claim(line("TD130"), patient=child(14), predetermination=True), None), member(birth_date=child(14).birth_date, plan="harebell-1000"), "PR-204"),
    ("included_service", "bitewings alone", claim(line("TD011")), None, "paid"),
    ("included_service", "bitewings with the full series", claim(line("TD011"), line("TD012")), None, "CO-97"),
    ("included_service", "the series itself", claim(line("TD012"), line("TD011")), None, "paid"),
    ("age_limit", "fluoride at 18", *of_age(18, line("TD022")), "paid"),
    ("age_limit", "fluoride at 19", *of_age(19, line("TD022")), "PR-96 N129"),
    ("age_limit", "a sealant at 6", *of_age(6, line("TD023", tooth="3")), "paid"),
    ("age_limit", "a sealant at 5", *of_age(5, line("TD023", tooth="3")), "PR-96 N129"),
    ("waiting_period", "a crown on the day the twelve months have run", claim(line("TD050", tooth="19")), member(begins=date(2025, 5, 12)), "paid"),
    ("waiting_period", "a day before", claim(line("TD050", tooth="19")), member(begins=date(2025, 5, 13)), "PR-179"),
    ("waiting_period", "with a month of earlier coverage", claim(line("TD050", tooth="19")), member(begins=date(2025, 5, 13), credited_months=1), "paid"),
    ("missing_tooth_clause", "lost on the first covered day", claim(BRIDGE, missing_teeth=("19",)), member(missing_teeth=(MissingTooth("19", date(2024, 1, 1)),)), "paid"),
    ("missing_tooth_clause", "lost the day before", claim(BRIDGE, missing_teeth=("19",)), member(missing_teeth=(MissingTooth("19", date(2023, 12, 31)),)), "PR-96 N130"),
    ("missing_tooth_clause", "no such clause at Millrace", claim(BRIDGE, name=MILLRACE, missing_teeth=("19",)), None, "paid"),
    ("replacement_stated", "with the earlier day", claim(line("TD051", tooth="19"), replaces_prosthesis=True, prior_placement=date(2021, 5, 12)), None, "paid"),
    ("replacement_stated", "without", claim(line("TD051", tooth="19"), replaces_prosthesis=True), None, "CO-16 N333"),
    ("replacement_limit", "sixty months to the day", claim(line("TD051", tooth="19")), had(before("TD050", date(2021, 5, 12), tooth="19")), "paid"),
    ("replacement_limit", "a day short, by the records", claim(line("TD051", tooth="19")), had(before("TD050", date(2021, 5, 13), tooth="19")), "PR-119 M86"),
    ("replacement_limit", "a day short, by item 44", claim(line("TD051", tooth="19"), replaces_prosthesis=True, prior_placement=date(2021, 5, 13)), None, "PR-119 M86"),
    ("replacement_limit", "another tooth", claim(line("TD051", tooth="19")), had(before("TD050", date(2025, 5, 13), tooth="20")), "paid"),
    ("predetermination_first", "on its last day", claim(SURGERY, predetermination_number="PD-4"), member(predeterminations=(PLANNED,)), "paid"),
    ("predetermination_first", "a day after", claim(SURGERY, predetermination_number="PD-4"), member(predeterminations=(replace(PLANNED, ends=DAY - timedelta(days=1)),)), "CO-197"),
    ("predetermination_first", "none", claim(SURGERY), None, "CO-197"),
    ("frequency_limit", "the second cleaning of the year", claim(line("TD020")), had(before("TD020", date(2026, 1, 2)), before("TD020", date(2025, 12, 31))), "paid"),
    ("frequency_limit", "the third", claim(line("TD020")), had(before("TD020", date(2026, 1, 2)), before("TD072", date(2026, 1, 1))), "PR-119 M86"),
    ("frequency_limit", "after one that was refused", claim(line("TD020")), had(before("TD020", date(2026, 1, 2)), before("TD020", date(2026, 2, 1), counted=False)), "paid"),
    ("frequency_limit", "films sixty months on", claim(line("TD012")), had(before("TD013", date(2021, 5, 12))), "paid"),
    ("frequency_limit", "a day sooner", claim(line("TD012")), had(before("TD013", date(2021, 5, 13))), "PR-119 M86"),
    ("frequency_limit", "scaling of another quadrant", claim(line("TD070", area="20")), had(before("TD070", date(2026, 4, 1), area="10")), "paid"),
    ("frequency_limit", "scaling of the same", claim(line("TD070", area="20")), had(before("TD070", date(2026, 4, 1), area="20")), "PR-119 M86"),
    ("frequency_limit", "Millrace: six months to the day", claim(line("TD001"), name=MILLRACE), replace(member(MILLRACE), earlier_lines=(before("TD001", date(2025, 11, 12)),)), "paid"),
    ("frequency_limit", "Millrace: a day sooner", claim(line("TD001"), name=MILLRACE), replace(member(MILLRACE), earlier_lines=(before("TD001", date(2025, 11, 13)),)), "PR-119 M86"),
]
NAMED = {edit.__name__ for edit in (*door.EDITS, *edits.EDITS)} | {"member_found"}


def decided(case) -> str:
    _, _, sent, known, _ = case
    sent, received = sent if isinstance(sent, tuple) else (sent, None)
    return said(answer(sent, known, received))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0]}: {c[1]}")
def test_boundary(case):
    assert decided(case) == case[-1]


def test_every_edit_has_cases_on_both_sides():
    sides = {edit: {case[-1] == "paid" for case in CASES if case[0] == edit} for edit in NAMED}
    assert {edit for edit, seen in sides.items() if seen != {True, False}} == set()
    assert {case[0] for case in CASES} == NAMED


@pytest.mark.parametrize("edit", sorted(NAMED))
def test_taking_an_edit_out_fails_a_case_of_its_own(edit, monkeypatch):
    for module in (door, edits):
        monkeypatch.setattr(module, "EDITS", tuple(each for each in module.EDITS if each.__name__ != edit))
    if edit == "member_found":
        monkeypatch.setattr(door, "member_found", lambda review: [])
    failing = []
    for case in CASES:
        if case[0] == edit:
            try:
                failing += [case] if decided(case) != case[-1] else []
            except Exception:   # an edit that guards the rest from what cannot be read
                failing.append(case)
    assert failing


def test_a_question_beforehand_is_never_late_and_no_duplicate():
    got = answer(claim(predetermination=True), had(SAME), received=DAY + timedelta(days=900))
    assert said(got) == "paid" and got.predetermination


def test_what_stands_above_on_the_claim_counts_towards_a_frequency():
    got = answer(claim(line("TD070", area="20"), line("TD070", area="20")))
    assert [said(got, number) for number in (1, 2)] == ["paid", "PR-119 M86"]


def test_a_replacement_is_not_held_against_its_own_first_version():
    earlier = before("TD070", DAY, area="20", control_number="26001")
    assert said(answer(claim(line("TD070", area="20"), frequency_code="7", original_reference="26001"), had(earlier))) == "paid"
