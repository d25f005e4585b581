"""A scenario, an exercise or a life as text for somebody who solves it without its key: story, papers, the form's fields, what is asked."""

import json
from collections.abc import Iterator

from app.claim_told import told_of
from app.form_papers import claim_paper
from billing.account.actions import Verify
from billing.account.fold import act, begin
from billing.account.world import World
from billing.answer import Answer, Remittance
from billing.policy import PayerPolicy
from curriculum.ask import Ask
from curriculum.asks import allowed_of
from curriculum.cases import at_hand
from curriculum.claim_fields import plain
from curriculum.exercises import Exercise, Shelf, draw_exercise
from curriculum.forms.scenario import FormScenario
from curriculum.kinds import KINDS
from curriculum.lives import Life, draw_life
from curriculum.papers import Paper
from curriculum.scenarios import Scenario
from scoring.course import SENDS_FIRST, Course

CLAIM_TASK = ("Give the claim that should be sent: each field that you change as claim.FIELD (claim.member_id, claim.prior_authorization, claim.rendering.npi, ...; of an accident claim.accident.cause as employment, auto or other, claim.accident.on, claim.accident.state), "
              "claim.diagnoses as codes with spaces between, and claim.line.N as day, place, code, modifiers, pointers, charge, units with spaces between; "
              "modifiers and pointers joined by commas, - for none, and - alone for a line taken off.")
FORM_TASK = ("Give the claim that should be sent: each field that you change as claim.PATH, rows from 1 (claim.lines.2.charge); days as 2026-03-31, several codes with spaces between, yes for a cross; "
             "claim.lines.N: - for a row taken off. The form's fields:")
HAND = ("member_id", "group_number", "diagnoses", "lines", "prior_authorization", "billing", "rendering", "referring", "patient", "accepts_assignment", "accident")


def sheet_of(item: Scenario | FormScenario | Exercise | Life, shelf: Shelf, round_: int = 1) -> str:
    """The variant of seed 0. round_: of an exercise's rounds the one to show; a later one's papers may tell what an earlier one asks."""
    lines = _exercise(item, shelf, round_) if isinstance(item, Exercise) else _life(item, shelf) if isinstance(item, Life) else _on_form(item, shelf) if isinstance(item, FormScenario) else _scenario(item, shelf)
    return "\n".join((f"# {item.slug}", f"id: {item.id}   kind: {item.kind}", "", *lines, ""))


def _exercise(item: Exercise, shelf: Shelf, number: int) -> Iterator[str]:
    kind = KINDS[item.kind]
    drawn = draw_exercise(item, kind, 0)
    sheet = kind.sheet(drawn.world, shelf)
    yield f"{drawn.tell(item.story)}\nThe payers' rules (payers/) may be looked up, as on the page Reference."
    yield from _papers(sheet.file)
    if number <= len(sheet.rounds):
        due = sheet.rounds[number - 1]
        yield f"\n## Round {number} of {len(sheet.rounds)}: {due.heading}"
        yield due.lead
        yield from _papers(due.papers)
        yield from map(_ask, due.asks)


def _life(item: Life, shelf: Shelf) -> Iterator[str]:
    drawn = draw_life(item, 0, shelf)
    yield drawn.tell(item.story)
    yield f"Payers in the order in which they pay: {', '.join(side.payer for side in drawn.facts.payers)} (rules in payers/)."
    yield from _papers(Paper(paper.title, drawn.tell(paper.issuer), tuple((label, drawn.tell(value)) for label, value in paper.boxes.items()),
                             tuple((drawn.tell(part.heading), drawn.tell(part.text)) for part in paper.passages)) for paper in drawn.facts.papers)
    yield from (f"Asked before the service, {side.payer} answers: {_asked_of(drawn.world, side.payer)}" for side in drawn.facts.payers)
    yield "ASK collectable (money): what can be collected in all?\nASK from_payers (money): what of it from payers?\nASK from_patient (money): what of it from the patient?"


def _asked_of(world: World, payer: str) -> str:
    """The eligibility response that the first step of the account earns."""
    asked = act(begin(world), Verify(payer))
    response = next(arrival.content for arrival in (*asked.arrivals, *asked.coming) if arrival.kind == "271")
    return f"member {response.member_id}, {'active' if response.active else 'not active'} on {response.asked_for}, plan {response.plan}; " + "; ".join(
        " ".join(filter(None, (f"EB {line.code}", line.period and f"period {line.period}", line.amount is not None and f"amount {line.amount}", line.percent is not None and f"per cent {line.percent}", line.text))) for line in response.lines)


def _scenario(item: Scenario, shelf: Shelf) -> Iterator[str]:
    policy = shelf.policies[item.world.payer]
    course = Course.begin(item, 0, policy, shelf.books)
    told = told_of(course.case)
    yield f"{course.case.tell(item.story)}\nPayer's rules: payers/{item.world.payer}/. Day at the desk: {item.world.today}. The provider {'has a' if item.world.participates else 'has no'} contract."
    yield f"Registration: {_told({**told['patient'], 'relationship': told['relationship'], **told['registration']})}"
    yield from (f"{label}: {_told(told[name])}" for label, name in (("Card", "card"), ("Insured", "subscriber"), ("Billing", "billing"), ("Rendering", "rendering"), ("Referring", "referring"),
                                                                   ("First payer's remittance", "prior_payment")) if told[name])
    if item.kind != "read-the-eligibility-response":
        yield from (f"Note, {section['heading']}: {section['text']}" for section in told["note"])
        yield f"Charge ticket: {_told(told['ticket'])}"
    yield f"Claim at hand: {_told({name: value for name, value in plain(at_hand(course.case)).items() if name in HAND})}"
    if course.before:
        yield from _answer(course.before)
    if item.kind == "read-the-eligibility-response":
        yield from _eligibility(course, policy, shelf)
    yield from map(_ask, course.first_asks)
    if item.kind in SENDS_FIRST:
        yield CLAIM_TASK


def _on_form(item: FormScenario, shelf: Shelf) -> Iterator[str]:
    course = Course.begin(item, 0, shelf.policies[item.world.payer], shelf.books)
    yield f"{course.case.tell(item.story)}\nPayer's rules: payers/{item.world.payer}/. Day at the desk: {item.world.today}. The provider {'has a' if item.world.participates else 'has no'} contract."
    yield from _papers(course.case.papers)
    yield from _papers((claim_paper(item.form, course.at_hand, "The claim at hand"),))
    if course.before:
        yield from _answer(course.before)
    yield from map(_ask, course.first_asks)
    if item.kind in SENDS_FIRST:
        yield FORM_TASK
        yield from (f"  {field.path}: {field.name} ({field.kind})" for field in course.case.form.fields)
        yield from (f"  {group.path}.N.{field.path}: {field.name} ({field.kind})" for group in course.case.form.groups for field in group.fields)


def _answer(answer: Answer) -> Iterator[str]:
    if not isinstance(answer, Remittance):
        yield f"Rejected (277CA), received {answer.received}: " + "; ".join(f"{f.category} {f.status} {f.entity} line {f.line}" for f in answer.findings)
        return
    yield f"Remittance: received {answer.received}, adjudicated {answer.adjudicated}, pays the {'patient' if answer.pays_patient else 'provider'}."
    if answer.whole:
        yield f"  the whole claim{f' DRG {answer.whole.drg}' if answer.whole.drg else ''} charge {answer.charge} allowed {answer.allowed} paid {answer.paid} {_adjustments(answer.whole)}"
    for line in answer.lines:
        adjustments = _adjustments(line)
        yield f"  line {line.line} {' '.join(filter(None, (line.revenue_code, '-'.join((line.procedure, *line.modifiers)), line.tooth, ''.join(line.surfaces))))} units {line.units} charge {line.charge} allowed {line.allowed} paid {line.paid} {adjustments}"


def _adjustments(decided) -> str:
    return "; ".join(" ".join((f"{a.group}-{a.carc}", str(a.amount), *a.rarcs)) for a in decided.adjustments)


def _eligibility(course: Course, policy: PayerPolicy, shelf: Shelf) -> Iterator[str]:
    yield f"Eligibility response for {course.response.asked_for}:"
    yield from (f"  EB {line.code} period {line.period} amount {line.amount} per cent {line.percent} {line.text}" for line in course.response.lines)
    yield "Contract fees: " + "; ".join(f"{code} {fee}" for code, fee in allowed_of(course.case, policy, shelf.books))


def _papers(papers) -> Iterator[str]:
    """Each paper as text: boxes, passages, tables."""
    for paper in papers:
        yield f"\n--- {paper.title}{f' ({paper.issuer})' if paper.issuer else ''}"
        yield from (f"{label}: {value}" for label, value in (*paper.boxes, *paper.passages))
        for table in paper.tables:
            yield f"{table.caption}: {' | '.join(label for label, _ in table.heads)}"
            yield from (f"  {' | '.join(row)}" for row in (*table.rows, *((table.totals,) if table.totals else ())))
        if paper.note:
            yield paper.note


def _ask(ask: Ask) -> str:
    where = f"{ask.cell.grid}, {ask.cell.row}, {ask.cell.column}: " if ask.cell else ""
    return f"ASK {ask.id} ({ask.kind}): {where}{ask.prompt} {' | '.join(f'[{id}] {words}' for id, words in ask.options)}".rstrip()


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
