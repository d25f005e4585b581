"""The pharmacy exercises: keys worked by hand for the first variant, twenty variants that differ, known mistakes that never give the key, ways that pay and may not be taken."""

from copy import deepcopy
from decimal import Decimal
from types import SimpleNamespace

import pytest
from pydantic import TypeAdapter

from billing.npi import with_check_digit
from billing.pharmacy.claim import PharmacyClaim
from curriculum.code_sets import code_lists
from curriculum.exercise_proof import mistakes_of
from curriculum.exercises import Shelf
from curriculum.kinds import KINDS, drug_by_the_unit, pharmacy_price, pharmacy_reject
from curriculum.papers import Paper
from curriculum.payers import read_folder
from scoring import answers
from tests.pharmacy.made import (ADALORA, APIXORA, ATORVASTATIN, CLARITHROMYCIN, CRESTAREL, ESOPRAZA, FINASTERIDE, GLARVIA, HERONWOOD, IBUPROFEN, LIPIVANCE, LISINOPRIL, METFORMIN, OMEPRAZOLE, PHENTERMINE, ROOT, SEVANTA, SUMATRIPTAN,
                                 THYRELLE, TRETINOIN, WARFARIN, ZOLPIDEM, claim, payer)

LISTS = {each.set: {entry.code: entry for entry in each.entries} for each in code_lists(ROOT / "codesets")}
PART_B = read_folder("medicare-part-b", [(path, path.name) for path in sorted((ROOT / "payers" / "medicare-part-b").glob("*.yaml"))], []).policy
SHELF = Shelf({HERONWOOD: payer(), "medicare-part-b": PART_B}, SimpleNamespace(entry=lambda code_set, code, on=None: LISTS[code_set].get(code)))
MEMBER = {"cardholder_id": "HRX20417701", "group_number": "HWSAVER", "last_name": "Marchetti", "first_name": "Noor", "birth_date": "1984-02-09", "sex": "F", "begins": "2025-01-01"}
PLANS = {"HWCOPAY": "copay", "HWSAVER": "saver", "HWONE": "one", "HWPARTD": "part-d"}


def sent(product=APIXORA, quantity="60", days=30, cost="600.00", fee="3.00", group="HWSAVER", usual="700.00", **changes):
    made = claim(product, quantity, days, cost, fee, PLANS[group])
    return {**TypeAdapter(PharmacyClaim).dump_python(made, mode="json"), "usual_and_customary": usual, **changes}


def known(**changes):
    return {**MEMBER, **changes}


def used(deductible, pocket, **changes):
    return known(accumulators=[{"year": 2026, "deductible_met": deductible, "out_of_pocket_met": pocket}], **changes)


def filled(product, day, days=30, prescription="4400001"):
    return {"pharmacy_npi": with_check_digit("200000021"), "prescription": prescription, "fill_number": 0, "ndc": product, "service_date": day, "quantity": "30", "days_supply": days}


OTHER = [{"payer": "other", "name": "Other Rx", "begins": "2020-01-01"}]


def after(code, **answer):
    """Behind another payer."""
    return {"claim": sent(other_coverage=code, earlier_payers=[{"payer_id": "610999", "on": "2026-05-12", **answer}], group="HWCOPAY"), "member": known(group_number="HWCOPAY", primary_elsewhere=OTHER)}


PRICE = {"today": "2026-05-12", "acquisition": "488.00", "claim": sent(), "member": known()}
PRICED = {"price-submitted": "600.00", "price-awp-less": "517.92", "price-usual": "698.75", "basis": "awp-less", "fee": "1.25", "allowed": "519.17", "deductible": "150.00", "share": "92.29", "patient": "242.29",
          "plan": "276.88", "margin-side": "gain", "margin": "31.17"}
"""60 x 10.40 = 624.00 less 17 %; deductible 150.00; 25 % of 369.17 lies between 30.00 and 100.00."""
GENERIC = {"claim": sent(ATORVASTATIN, "90", 90, "160.00", usual="45.00"), "acquisition": "6.40"}
BRAND = sent(LIPIVANCE, "30", cost="420.00", usual="450.00", dispense_as_written="2")
PRICE_VARIANTS = [{}, GENERIC, {**GENERIC, "acquisition": "11.90"}, {"claim": sent(cost="500.00")}, {"claim": sent(usual="400.00")}, {"member": used("150.00", "150.00")}, {"member": used("100.00", "100.00")}, {"member": used("150.00", "3990.00")},
                  {"member": used("150.00", "4000.00")}, {"claim": BRAND, "acquisition": "330.00"}, {"claim": {**BRAND, "dispense_as_written": "1"}, "acquisition": "330.00"},
                  {"claim": sent(group="HWCOPAY"), "member": known(group_number="HWCOPAY")}, {"claim": sent(group="HWONE"), "member": known(group_number="HWONE")}, {"claim": sent(group="HWONE"), "member": used("1700.00", "1700.00", group_number="HWONE")},
                  {"claim": sent(group="HWPARTD"), "member": known(group_number="HWPARTD")}, {"claim": sent(group="HWPARTD"), "member": used("500.00", "500.00", group_number="HWPARTD")},
                  {"claim": sent(group="HWPARTD"), "member": used("615.00", "2100.00", group_number="HWPARTD")}, after("2", paid="400.00"), after("2", paid="20.00"), after("8", patient_responsibility="60.00"), after("4", paid="0.00"),
                  after("3", reject_codes=["70"]), {"claim": sent(GLARVIA, "15", cost="300.00", usual="330.00", unit_of_measure="ML"), "acquisition": "270.00"}, {"claim": sent(ZOLPIDEM, "30", cost="9.00", usual="1.00"), "acquisition": "1.20"},
                  {"claim": sent(LISINOPRIL, "90", 90, "12.00", usual="10.00", group="HWCOPAY"), "member": known(group_number="HWCOPAY"), "acquisition": "1.60"}]


def way(id, says=None, **more):
    return {"id": id, "says": says or f"Way {id}", "why": f"Why {id}.", **more}


def reject(product, ways, near, quantity="30", days=30, member=None, knows=(), none="", today="2026-05-12", **changes):
    return {"today": today, "claim": sent(product, quantity, days, "90.00", usual="120.00", **changes), "member": member or known(), "ways": ways, "near": near, "knows": list(knows), "none": none}


SOON = known(fills=[filled(LISINOPRIL, "2026-04-20")])
VACATION = way("vacation", set={"submission_clarifications": ["3"]}, supported=False)
FIRST_KNOWN = known(primary_elsewhere=OTHER)
BLED = known(fills=[filled(WARFARIN, "2026-05-01")])
SPELL = {"last_name": "Marchetti", "first_name": "Noor", "birth_date": "1984-02-09", "sex": "F"}
PA = {"number": "PA77", "begins": "2026-05-01", "ends": "2026-12-31"}


def review(result):
    return [{"reason": "DD", "service": "M0", "result": result}]


REJECTS = [
    reject(LISINOPRIL, [way("wait", wait=1), VACATION, way("as-is")], ["76", "83"], member=SOON),
    reject(LISINOPRIL, [way("vacation", set={"submission_clarifications": ["3"]}), way("changed", set={"submission_clarifications": ["5"]}, supported=False), way("as-is")], ["76", "83"], member=SOON, knows=[{"heading": "The patient", "text": "Leaves tomorrow for four weeks."}]),
    reject(ZOLPIDEM, [way("thirty", set={"quantity": "30", "ingredient_cost": "45.00", "gross_due": "48.00"}), way("days", set={"days_supply": 60}, supported=False)], ["7X", "79"], quantity="60"),
    reject(IBUPROFEN, [way("thirty", set={"days_supply": 30, "quantity": "90"}), way("longer", set={"days_supply": 34, "quantity": "120"}, supported=False)], ["76", "79"], quantity="120", days=40),
    reject(SEVANTA, [way("asks", authorization={**PA, "ndc": SEVANTA}), way("number", set={"prior_authorization": "PA77"}), way("as-is")], ["70", "76"], quantity="3", days=28, unit_of_measure="ML"),
    reject(CRESTAREL, [way("first-line", set={"ndc": ATORVASTATIN}), way("asks-later", set={"prior_authorization": "PA99"})], ["75", "MR"]),
    reject(ESOPRAZA, [way("preferred", set={"ndc": OMEPRAZOLE}), way("insists", set={"dispense_as_written": "1"})], ["70", "75"]),
    reject(PHENTERMINE, [way("authorization", authorization={**PA, "ndc": PHENTERMINE}), way("insists", set={"dispense_as_written": "1"}), way("other", set={"ndc": METFORMIN}, supported=False)], ["75", "MR"], none="patient"),
    reject(LISINOPRIL, [way("id", set={"cardholder_id": "HRX20417701"}), way("other-id", set={"cardholder_id": "HRX20417711"})], ["52", "65"], cardholder_id="HRX2041770"),
    reject(LISINOPRIL, [way("group", set={"group_number": "HWSAVER"}), way("pcn", set={"pcn": "HWRXD"})], ["06", "04"], group_number="HWCOPAY"),
    reject(LISINOPRIL, [way("born", set={"patient": SPELL}), way("code", set={"person_code": "02"})], ["52", "62"], patient={**SPELL, "birth_date": "1984-09-02"}),
    reject(LISINOPRIL, [way("name", set={"patient": SPELL}), way("code", set={"person_code": "02"})], ["53", "52"], patient={**SPELL, "first_name": "Nora"}),
    reject(LISINOPRIL, [way("first", set={"other_coverage": "2", "earlier_payers": [{"payer_id": "610999", "on": "2026-05-12", "paid": "0.50"}]}), way("says-none", set={"other_coverage": "1"}), way("says-three", set={"other_coverage": "3"})], ["13", "65"], member=FIRST_KNOWN),
    reject(LISINOPRIL, [way("amount", set={"earlier_payers": [{"payer_id": "610999", "on": "2026-05-12", "paid": "0.50"}]}), way("three", set={"other_coverage": "3"})], ["41", "6E"], member=FIRST_KNOWN, other_coverage="2"),
    reject(IBUPROFEN, [way("asked", set={"reviews": review("1G")}), way("not-filled", set={"reviews": review("2A")}), way("as-is")], ["75", "76"], member=BLED, knows=[{"heading": "Call", "text": "The prescriber knows and wants it."}]),
    reject(CLARITHROMYCIN, [way("asked", set={"reviews": review("1G")}, supported=False), way("as-is")], ["75", "79"], member=BLED, none="patient", knows=[{"heading": "Call", "text": "The prescriber cannot be reached."}]),
    reject(TRETINOIN, [way("younger", set={"patient": {**SPELL, "birth_date": "1994-02-09"}}, supported=False), way("as-is")], ["61", "75"], quantity="45", unit_of_measure="GM", none="patient"),
    reject(FINASTERIDE, [way("record", set={"patient": {**SPELL, "sex": "M"}}, supported=False), way("as-is")], ["60", "75"], none="patient"),
    reject(LIPIVANCE, [way("generic", set={"ndc": ATORVASTATIN}), way("prescriber", set={"dispense_as_written": "1"}, supported=False), way("patient", set={"dispense_as_written": "2"}, supported=False)], ["MR", "70"]),
    reject(THYRELLE, [way("prescriber", set={"dispense_as_written": "1"}), way("patient", set={"dispense_as_written": "2"}, supported=False)], ["MR", "75"], knows=[{"heading": "Prescription", "text": "Brand medically necessary."}]),
    reject(SUMATRIPTAN, [way("nine", set={"quantity": "9"}), way("ninety", set={"days_supply": 34}, supported=False)], ["7X", "79"], quantity="12"),
    reject(ADALORA, [way("asks", authorization={**PA, "ndc": ADALORA}), way("insists", set={"dispense_as_written": "1"})], ["608", "70"], quantity="2", days=28),
    reject(LISINOPRIL, [way("npi", set={"prescriber_npi": with_check_digit("200000022")}), way("blank", set={"prescriber_npi": ""})], ["56", "71"], prescriber_npi="2000000220"),
    reject(APIXORA, [way("new", set={"prescription": "4401999", "fill_number": 0, "date_written": "2026-05-12"}), way("as-is")], ["79", "73"], quantity="60", date_written="2025-05-01"),
    reject(LISINOPRIL, [way("new", set={"prescription": "4401999", "fill_number": 0}), way("first", set={"fill_number": 0}, supported=False)], ["79", "M4"], fill_number=6),
]
SOON_WORKED = {"means": "code-79", "earliest": "2026-05-13", "way": "wait", "payer-then": "0.00"}
"""30 days from 20 April at 75 per cent: 22.5, so the 23rd day, 13 May. 0.75 and 1.15 are less than the copay of 5.00."""

VIAL = {"ndc": "99999020101", "label": "Vial of 100 mg powder", "holds": "100", "ndc_unit": "UN", "ndc_quantity": "1", "opened": 4, "cost": "790.00"}
DRUG = {"day": "2026-05-12", "procedure": "J1745", "drug": "Infliximab", "measure": "mg", "dose": "335", "unit_holds": "10", "single_dose": True, "containers": [VIAL], "average_price": "78.250", "limit_percent": "106",
        "note": "335 mg given; 65 mg thrown away, nurse and witness signed."}
DRUG_WORKED = {"units-given": "34", "units-wasted": "6", "lines": "second-jw", "ndc-unit": "UN", "ndc-quantity": "4", "limit": "82.945", "allowed": "3317.80", "owes": "663.56", "pays": "2601.16", "cost": "3160.00", "margin-side": "gain", "margin": "104.72"}
"""33.5 units are 34, 40 in four vials; 78.250 x 1.06; 80 per cent is 2654.24, less 2 per cent 53.08; together 3264.72."""
LIQUID = {"procedure": "J9271", "drug": "Pembrolizumab", "dose": "200", "unit_holds": "1", "average_price": "58.100", "containers": [{**VIAL, "label": "Vial of 100 mg in 4 ml, liquid", "ndc_unit": "ML", "ndc_quantity": "4", "opened": 2, "cost": "6400.00"}]}
BOTTLE = {"procedure": "J3301", "drug": "Triamcinolone", "dose": "40", "unit_holds": "10", "single_dose": False, "average_price": "1.480", "containers": [{**VIAL, "label": "Multiple-dose vial of 400 mg in 10 ml, liquid", "holds": "400", "ndc_unit": "ML", "ndc_quantity": "10", "opened": 1, "cost": "60.00"}]}
BIG = {"procedure": "J9035", "drug": "Bevacizumab", "dose": "480", "average_price": "71.900", "containers": [{**VIAL, "label": "Vial of 400 mg in 16 ml, liquid", "holds": "400", "ndc_unit": "ML", "ndc_quantity": "16", "opened": 2, "cost": "2900.00"}]}
CHEAP = {"containers": [{**VIAL, "cost": "830.00"}]}
DRUG_VARIANTS = [{**base, **more} for base in ({}, LIQUID, BOTTLE, BIG, {"dose": "400"}) for more in ({}, {"deductible_left": "283.00"}, {"deductible_left": "9000.00"}, {"average_price": "40.000"}, {"average_price": "300.000", "deductible_left": "50.00"})] + [CHEAP, {**LIQUID, "dose": "150"}, {**BOTTLE, "dose": "45"}]

SHEETS = [(kind, number, kind.KIND.sheet(kind.World.model_validate(deepcopy(world)), SHELF)) for kind, worlds in
          ((pharmacy_price, [{**PRICE, **each} for each in PRICE_VARIANTS]), (pharmacy_reject, REJECTS), (drug_by_the_unit, [{**DRUG, **each} for each in DRUG_VARIANTS])) for number, world in enumerate(worlds)]


def keys(sheet):
    return {ask.id: ask.key for ask in sheet.asks}


def first(kind):
    return next(sheet for each, _, sheet in SHEETS if each is kind)


def test_the_kinds_are_listed():
    assert all(KINDS[kind.KIND.name] is kind.KIND for kind in (pharmacy_price, pharmacy_reject, drug_by_the_unit))


@pytest.mark.parametrize("kind, expected", [(pharmacy_price, PRICED), (pharmacy_reject, SOON_WORKED), (drug_by_the_unit, DRUG_WORKED)], ids=lambda v: getattr(getattr(v, "KIND", None), "name", ""))
def test_the_first_variant_gives_what_was_worked_by_hand(kind, expected):
    assert keys(first(kind)) == expected


@pytest.mark.parametrize("kind, decisions", [(pharmacy_price, 18), (pharmacy_reject, 20), (drug_by_the_unit, 12)], ids=lambda v: getattr(getattr(v, "KIND", None), "name", ""))
def test_twenty_variants_differ_in_their_decisions(kind, decisions):
    sheets = [sheet for each, _, sheet in SHEETS if each is kind]
    assert len(sheets) >= 20 and len({(sheet.signature, tuple(keys(sheet).items())) for sheet in sheets}) >= 20
    assert len({sheet.signature for sheet in sheets}) >= decisions


@pytest.mark.parametrize("kind, number, sheet", SHEETS, ids=[f"{kind.KIND.name} {number}" for kind, number, _ in SHEETS])
def test_a_sheet_is_sound(kind, number, sheet):
    assert list(mistakes_of(sheet)) == []
    for ask in sheet.asks:
        if ask.kind in ("money", "number"):
            assert Decimal(ask.key) >= 0 and all(Decimal(wrong.value) != Decimal(ask.key) for wrong in ask.wrong)
            assert answers.parse({"money": "money", "number": "numeric"}[ask.kind], ask.key) == Decimal(ask.key)
        assert ask.why and ask.prompt
    for paper in (*sheet.file, *(paper for each in sheet.rounds for paper in each.papers), *sheet.closing):
        assert Paper.from_plain(paper.plain()) == paper


def test_a_way_that_pays_and_is_not_supported_is_unlawful():
    wrong = {each.value: each for each in next(ask for ask in first(pharmacy_reject).asks if ask.id == "way").wrong}
    assert wrong["vacation"].severity == "unlawful" and wrong["as-is"].severity == ""


@pytest.mark.parametrize("number, means, right", [(4, "code-608,code-75", "asks"), (7, "code-70", "nothing-helps"), (8, "code-07", "id"), (12, "code-41", "first"), (14, "code-88", "asked"), (15, "code-88", "nothing-helps"), (18, "code-22", "generic")])
def test_what_an_answer_says_and_which_way_it_leaves(number, means, right):
    got = keys(next(sheet for kind, place, sheet in SHEETS if kind is pharmacy_reject and place == number))
    assert (set(got["means"].split(",")), got["way"]) == (set(means.split(",")), right)


def test_where_a_way_stands_says_nothing():
    world = {**REJECTS[0], "ways": list(reversed(REJECTS[0]["ways"]))}
    options = [next(ask for ask in sheet.asks if ask.id == "way").options for sheet in (first(pharmacy_reject), pharmacy_reject.KIND.sheet(pharmacy_reject.World.model_validate(deepcopy(world)), SHELF))]
    assert options[0] == options[1]


def test_the_meaning_of_a_code_is_not_on_the_desk_before_it_is_asked():
    sheet = first(pharmacy_reject)
    words = str([paper.plain() for paper in (*sheet.file, *sheet.rounds[0].papers)])
    assert "79" in words and LISTS["ncpdp-reject"]["79"].name not in [value for paper in sheet.rounds[0].papers for _, value in paper.boxes]


@pytest.mark.parametrize("kind, world, says", [
    (pharmacy_price, {**PRICE, "claim": sent(ESOPRAZA)}, "the payer rejects the fill: MR"),
    (pharmacy_reject, reject(LISINOPRIL, [way("a"), way("b")], ["76", "79"]), "pays the fill as it stands"),
    (pharmacy_reject, {**REJECTS[0], "ways": [way("wait", wait=1), way("longer", wait=2)]}, "supported and paid are wait, longer"),
    (pharmacy_reject, {**REJECTS[0], "ways": [way("wait"), way("as-is")]}, "supported and paid are none"),
    (pharmacy_reject, {**REJECTS[0], "ways": [way("wait", set={"day_supply": 3}), way("as-is")]}, "no field of a pharmacy claim"),
    (drug_by_the_unit, {**DRUG, "dose": "500"}, "less than the dose"), (drug_by_the_unit, {**DRUG, "dose": "395"}, "less than one unit is thrown away"),
    (drug_by_the_unit, {**DRUG, "containers": [{**VIAL, "holds": "101"}]}, "no whole number of units")])
def test_what_does_not_fit_is_told_to_the_author(kind, world, says):
    with pytest.raises(ValueError, match=says):
        kind.KIND.sheet(kind.World.model_validate(deepcopy(world)), SHELF)
