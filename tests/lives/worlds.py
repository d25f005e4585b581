"""Lives drawn by a seed over every payer and every form: a claim that the payer knows, a patient, a payer's quirks."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from re import _parser as pattern

from billing.account.world import Clocks, PatientSide, PayerSide, Takeback, World

from billing.coverage import Accumulator, Authorization, Coverage
from billing.npi import with_check_digit
from curriculum.claim_fields import typed
from curriculum.forms import FORMS
from curriculum.forms.form import Sent
from tests.dental import made as dental
from tests.institutional import made as hospital
from tests.payers.worlds import BASES, PERSON, books, shipped
from tests.pharmacy import made as pharmacy

CLOCKS = Clocks(60, "cfr-42-401 §401.305(b)")
BORN = date(1957, 5, 4)
SERVICE = date(2026, 3, 10)
PEOPLE = {"last_name": "Okonkwo", "first_name": "Adaeze", "birth_date": BORN}


def sampled(shape: str, chance: random.Random) -> str:
    """A text of the shape of a regular expression of classes and counts."""
    out = []
    for kind, held in pattern.parse(shape):
        times = 1
        if str(kind) == "MAX_REPEAT":
            times, _, ((kind, held),) = held
        for _ in range(times):
            if str(kind) == "LITERAL":
                out.append(chr(held))
            else:
                out.append(chance.choice([chr(c) for name, span in held for c in (range(span[0], span[1] + 1) if str(name) == "RANGE" else [span])]))
    return "".join(out)


def patient(chance: random.Random) -> PatientSide:
    """Someone who pays at once, by the month, too much at the desk, or never; or whom the law shields."""
    kinds = (PatientSide(), PatientSide(at_the_desk=Decimal(chance.randrange(500, 20000)) / 100), PatientSide(pays_in_full=False, plan_months=chance.randrange(2, 6)), PatientSide(never_pays=True),
             PatientSide(protected=True), PatientSide(pays_after_days=chance.randrange(1, 60)))
    return chance.choice(kinds)


def side(chance: random.Random, payer: str, truth, authorization=None) -> PayerSide:
    """A payer with one of its quirks: wrong records, paying twice, late with interest, or taking back."""
    begins = SERVICE + timedelta(days=chance.randrange(1, 90))
    quirk = chance.randrange(6)
    believed = replace(truth, begins=begins) if quirk == 1 else truth
    more = {2: {"pays_twice_days": chance.randrange(1, 40)}, 3: {"late_days": chance.randrange(1, 60), "interest_percent": Decimal("9.5"), "prompt_days": 30}, 4: {"takeback": Takeback(chance.randrange(10, 90), "another payer was first")}}
    return PayerSide(payer, truth, believed, turnaround_days=chance.randrange(1, 45), appeal_days=chance.randrange(1, 60), authorization=authorization, **more.get(quirk, {}))


def professional_payers() -> list[str]:
    """Every payer that answers professional claims."""
    return sorted(name for name, policy in shipped().policies.items() if policy.rule("fee-schedule") and policy.rule("benefits") and policy.rule("identifiers"))


def professional(chance: random.Random, payer: str) -> World:
    """One of the boundary claims with other charges, units as they are, for a member of one of the payer's plans."""
    policy = shipped().policies[payer]
    base = BASES[chance.choice(sorted(BASES))]
    member_id = sampled(policy.rule("identifiers").on(SERVICE).member_id_pattern, chance)
    plan = chance.choice(policy.rule("benefits").on(SERVICE).plans)
    lines = [{**line, "charge": f"{chance.randrange(1000, 400000) / 100:.2f}", "units": line.get("units", "1")} for line in base["lines"]]
    claim = typed({"account": "L1", "payer": payer, "member_id": member_id, "patient": PERSON, "subscriber": PERSON, "relationship": "self", "billing": {"name": "Clinic", "npi": with_check_digit("200000001"), "tax_id": "991234567"},
                   "rendering": {"name": "Dr Lee", "npi": with_check_digit("200000002")}, "diagnoses": base["diagnoses"], "lines": lines, "referring": base.get("referring"), "prior_authorization": base.get("prior_authorization", ""),
                   "group_number": "55120"})
    truth = Coverage(member_id, plan.plan, begins=date(2020, 1, 1), group_number="55120", accumulators=(Accumulator(2026, Decimal(chance.randrange(0, 200000)) / 100, Decimal(chance.randrange(0, 300000)) / 100),), **PEOPLE)
    given = Authorization("PA-7", claim.lines[0].procedure, SERVICE, SERVICE + timedelta(days=60), 40)
    return World("L1", SERVICE - timedelta(days=5), SERVICE, claim, (side(chance, payer, truth, given),), patient(chance), CLOCKS, dict(shipped().policies), books())


def _on_form(form: str, chance: random.Random, claim, payer: str, truth) -> World:
    held = FORMS[form]
    service = held.first_day(claim)
    return World(claim.account, service - timedelta(days=3), service, claim, (side(chance, payer, truth),), patient(chance), CLOCKS, dict(shipped().policies), books(),
                 lambda *told: held.answer(Sent(*told)), held.remember)


def institutional(chance: random.Random) -> World:
    """A stay of some days at one of the payers of hospitals."""
    payer = chance.choice((hospital.PART_A, hospital.CEDAR))
    claim = hospital.stay(payer, days=chance.randrange(1, 12))
    claim = replace(claim, billing=replace(claim.billing, tax_id="991234567"))
    return _on_form("institutional", chance, claim, payer, hospital.member(payer))


def dentistry(chance: random.Random) -> World:
    """A filling, an examination or a crown under one of the dental plans."""
    payer = chance.choice((dental.HAREBELL, dental.MILLRACE))
    rows = [dental.line(), dental.line("TD042", f"{chance.randrange(5000, 40000) / 100:.2f}", tooth="30", surfaces=("M", "O"))]
    return _on_form("dental", chance, dental.claim(*chance.sample(rows, chance.randrange(1, 3)), name=payer), payer, dental.member(payer))


def fill(chance: random.Random) -> World:
    """A fill at the counter."""
    claim = pharmacy.claim(chance.choice((pharmacy.LISINOPRIL, pharmacy.METFORMIN, pharmacy.AMOXICILLIN, pharmacy.GLARVIA)), cost=f"{chance.randrange(100, 9000) / 100:.2f}")
    return _on_form("pharmacy", chance, claim, pharmacy.HERONWOOD, pharmacy.member())


def world(seed: int) -> World:
    """The life of that seed: half of them professional, over every payer in turn."""
    chance = random.Random(seed)
    makers: list[Callable[[], World]] = [lambda: professional(chance, professional_payers()[seed // 6 % len(professional_payers())])] * 3 + [lambda: institutional(chance), lambda: dentistry(chance), lambda: fill(chance)]
    return makers[seed % 6]()


