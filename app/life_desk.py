"""The desk where a whole account is worked: every action is stored before it is shown, and the account is the fold of what was stored.

Pages see only LifeWork: what has happened and arrived, never what is on its way or what is true behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from app import wires
from app.ending import end_if_answered
from billing.account import forms
from billing.account.actions import Action, Close, Send
from billing.account.clocks import Due, due
from billing.account.fold import Refused, act, begin, next_arrival
from billing.account.state import Account, Arrival, Entry
from billing.codes import OutsideKnownDates
from curriculum.catalogue import Catalogue
from curriculum.claim_fields import FieldError
from curriculum.exercises import Shelf
from curriculum.life_log import action_plain, action_typed
from curriculum.lives import FORMS, DrawnLife, Life, draw_life, reading
from curriculum.papers import Paper
from records import Attempt, Evidence, Grading, Records, Step, StoredAttempt
from scoring.life import COMPETENCIES, Benchmark, benchmark, mark_life
from scoring.marks import GRADER

SLOT = "life"
WENT_ON = "This account went on in another tab. Look at it as it is now, then act again."


@dataclass(frozen=True)
class LifeWork:
    """An account as its page may see it now. credits, aim and breaches are there once it is closed.

    payers: folder name, name, and whether it is real. claim: the claim on the desk, plain; draft: the form's texts as last saved, where newer.
    """
    attempt: str
    title: str
    form: str
    profile: str
    story: str
    teaches: str
    payers: tuple[tuple[str, str, bool], ...]
    papers: tuple[Paper, ...]
    today: date
    entries: tuple[Entry, ...]
    arrivals: tuple[Arrival, ...]
    posted: frozenset[int]
    due: tuple[Due, ...]
    charge: Decimal
    collected: Decimal
    balance: Decimal
    patient_owes: Decimal
    touches: int
    sent: tuple[tuple[int, str, date, str], ...]
    claim: dict
    draft: dict | None
    done: int
    finished: bool
    score: str
    possible: str
    credits: tuple[dict, ...]
    aim: Benchmark | None


class LifeDesk:
    """Takes actions in. `now` gives UTC milliseconds; what is stored is durable when a method returns."""

    def __init__(self, records: Records, catalogue: Catalogue, shelf: Shelf, now: Callable[[], int]):
        self._records, self._catalogue, self._shelf, self._now = records, catalogue, shelf, now

    def begin(self, profile: str, item: str, seed: int) -> str:
        """The id of the unfinished attempt at this life, or of a new one of that seed."""
        going = self._records.open_attempt(profile, item)
        if going and not end_if_answered(self._records, going, (SLOT,)):
            return going.attempt.id
        life = self._catalogue.items[item]
        drawn = draw_life(life, seed, self._shelf)
        aim = benchmark(drawn.world)
        form = {"life": life.model_dump(mode="json", by_alias=True), "seed": seed, "branch": drawn.branch, "story": drawn.tell(life.story), "teaches": drawn.tell(life.teaches),
                "papers": [paper.plain() for paper in _papers(drawn)], "start": _plain(drawn.start), "clean": _plain(drawn.world.clean),
                "aim": {"collectable": str(aim.collectable), "days": aim.days, "touches": aim.touches}}
        attempt = Attempt(str(uuid4()), profile, item, "scenario", life.title, self._catalogue.hash_of(item), seed, "practice", form, self._now())
        return self._records.start(attempt).id

    def work(self, attempt_id: str) -> LifeWork | None:
        """The attempt as it stands; None when there is none of that id, or it is of another kind."""
        stored = self._records.attempt(attempt_id)
        if stored is None or "life" not in stored.attempt.form:
            return None
        end_if_answered(self._records, stored, (SLOT,))
        drawn = self._drawn(stored)
        return self._public(stored, drawn, self._account(stored, drawn))

    def act(self, attempt_id: str, action: Action, done: int) -> str:
        """Does one action and stores it; empty, or the sentence that says why nothing was done. done: how many actions the page knew of."""
        stored = self._records.attempt(attempt_id)
        drawn = self._drawn(stored)
        account = self._account(stored, drawn)
        if len(_actions(stored)) != done:
            return WENT_ON
        try:
            after = act(account, action)
        except (Refused, OutsideKnownDates, LookupError) as problem:
            return str(problem)
        step = Step(attempt_id, SLOT, done + 1, "submit" if isinstance(action, Close) else "act", action_plain(action), self._now())
        receipt = self._records.append(step, self._grading(stored, drawn, after, step), asked=(SLOT,)) if isinstance(action, Close) else self._records.append(step)
        return "" if receipt.same else WENT_ON

    def send(self, attempt_id: str, payer: str, document: dict, way: str, with_prior: bool, done: int) -> str:
        """Sends a claim as the form holds it, on request with the earlier payer's answer on it; empty, or why it could not be sent."""
        stored = self._records.attempt(attempt_id)
        drawn = self._drawn(stored)
        try:
            claim = reading(FORMS[drawn.facts.form][0]).validate_python({**document, "payer": payer})
        except ValueError as problem:
            return "; ".join(f"{'.'.join(str(p) for p in each['loc'])}: {each['msg']}" for each in problem.errors())
        if with_prior:
            account = self._account(stored, drawn)
            earlier = next((found for side in drawn.world.payers if side.payer != payer and (found := account.answered(side.payer))), None)
            if earlier is None:
                return "No other payer's remittance has come that could go with this claim."
            claim = forms.with_prior(claim, earlier)
        return self.act(attempt_id, Send(payer, claim, way), done)

    def days_until_something(self, attempt_id: str, most: int) -> int:
        """The days until the next thing comes, at least one and at most `most`: what is on its way is not told before."""
        stored = self._records.attempt(attempt_id)
        account = self._account(stored, self._drawn(stored))
        coming = next_arrival(account)
        return most if coming is None else min(max((coming - account.today).days, 1), most)

    def wire(self, attempt_id: str, number: int) -> str:
        """What came under that number as it went over the wire; empty for what is no transaction."""
        stored = self._records.attempt(attempt_id)
        drawn = self._drawn(stored)
        account = self._account(stored, drawn)
        arrival = account.arrival(number)
        sending = account.sendings[arrival.sending - 1] if arrival.sending else None
        payer = self._shelf.policies[arrival.by].name if arrival.by in self._shelf.policies else ""
        if arrival.kind == "271" and hasattr(drawn.world.clean, "billing"):
            return wires.of_eligibility(arrival.content, drawn.world.clean.patient, drawn.world.clean.billing, payer, arrival.day)
        if sending is None:
            return ""
        if arrival.kind in ("835", "takeback"):
            return wires.of_payment(arrival.content, {sending.claim.account: sending.claim}, payer)
        written = {"999": lambda: wires.of_file_answer(sending.claim, payer, sending.received), "277CA": lambda: wires.of_acknowledgement(sending.answer, sending.claim, payer),
                   "277": lambda: wires.of_status(sending.claim, sending.answer, payer, arrival.day)}
        return written[arrival.kind]() if arrival.kind in written else ""

    def save_draft(self, attempt_id: str, texts: dict) -> None:
        """Keeps the claim form as it stands."""
        self._records.save_draft(attempt_id, SLOT, texts, self._now())

    def _drawn(self, stored: StoredAttempt) -> DrawnLife:
        form = stored.attempt.form
        return draw_life(Life.model_validate(form["life"]), form["seed"], self._shelf)

    @staticmethod
    def _account(stored: StoredAttempt, drawn: DrawnLife) -> Account:
        account = begin(drawn.world)
        for step in _actions(stored):
            account = act(account, action_typed(step.payload, drawn.facts.form))
        return account

    def _grading(self, stored: StoredAttempt, drawn: DrawnLife, account: Account, step: Step) -> Grading:
        marks = mark_life(account, benchmark(drawn.world))
        item = self._catalogue.items.get(stored.attempt.item)
        domains = tuple(f"{exam}:{domain}" for exam in self._catalogue.blueprints for domain in self._catalogue.domains_of(item, exam)) if item else ()
        evidence = tuple(Evidence(COMPETENCIES[credit.part], domains, credit.earned, credit.possible) for credit in marks.credits)
        return Grading(step.attempt, step.slot, step.sequence, GRADER, stored.attempt.content_hash, marks.earned, marks.possible, tuple(credit.plain() for credit in marks.credits), evidence)

    def _public(self, stored: StoredAttempt, drawn: DrawnLife, account: Account) -> LifeWork:
        form, policies = stored.attempt.form, self._shelf.policies
        done, closed = len(_actions(stored)), account.closed
        draft = self._records.draft(stored.attempt.id, SLOT)
        credits = next((grading.credits for grading in stored.gradings if grading.slot == SLOT), ())
        ours = [sending for sending in account.sendings if not sending.by_crossover and sending.way != "appeal"]
        return LifeWork(
            stored.attempt.id, stored.attempt.title, drawn.facts.form, stored.attempt.profile, form["story"], form["teaches"],
            tuple((side.payer, policies[side.payer].name, policies[side.payer].real) for side in drawn.world.payers),
            tuple(map(Paper.from_plain, form["papers"])), account.today, account.entries, account.arrivals, frozenset(each.arrival for each in account.posted), due(account),
            account.charge, account.collected, account.balance, account.patient_owes, account.touches,
            tuple((sending.number, policies[sending.payer].name, sending.received, sending.way) for sending in ours),
            _plain(ours[-1].claim) if ours else form["start"], draft.payload if draft else None, done, closed, f"{stored.score:.2f}", f"{stored.possible:.2f}", credits,
            benchmark(drawn.world) if closed else None)


def _actions(stored: StoredAttempt) -> list[Step]:
    return [step for step in stored.steps if step.slot == SLOT]


def _plain(claim: Any) -> dict:
    return reading(type(claim)).dump_python(claim, mode="json")


def _papers(drawn: DrawnLife) -> tuple[Paper, ...]:
    """The author's papers with their texts filled."""
    return tuple(Paper(paper.title, drawn.tell(paper.issuer), tuple((label, drawn.tell(value)) for label, value in paper.boxes.items()),
                       tuple((part.heading, drawn.tell(part.text)) for part in paper.passages)) for paper in drawn.facts.papers)
