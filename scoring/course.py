"""The course of a claim being worked: what lies on the desk, what each sending earned, and how the days pass. Pure: a fold over what was sent."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from billing.answer import Answer, Outcome, Rejection, Remittance
from billing.codes import CodeBooks, OutsideKnownDates
from billing.eligibility import EligibilityResponse
from billing.policy import PayerPolicy
from curriculum import claim_fields
from curriculum.ask import Ask
from curriculum.asks import about_eligibility, about_the_answer, about_the_remittance
from curriculum.cases import Case, answer_to, at_hand, clean_received, draw, remembered
from curriculum.forms import name_in
from curriculum.forms.case import FormCase, draw_form
from curriculum.forms.form import worth
from curriculum.forms.reading import plain, typed
from curriculum.forms.scenario import FormScenario
from curriculum.rejection_asks import about_the_rejection, mend
from curriculum.scenarios import Scenario
from scoring.claim_marks import competency_of, mark_claim, marked_fields
from scoring.form_marks import competency_at, mark_form, marked_form_fields
from scoring.marks import Credit, Marks

SENDS_FIRST = ("complete-the-claim", "scrub-the-claim")
CLAIM, REOPENING = "claim", "reopening"


@dataclass(frozen=True)
class Sending:
    """One claim sent: how (a claim, or a reopening request), when it was received, and what came back."""
    claim: Any
    way: str
    received: date
    answer: Answer
    rejects_after: int = 1

    @property
    def answered(self) -> date:
        """A rejection comes the next day, or at once where the form is answered at once; a remittance on the day of adjudication."""
        return self.answer.adjudicated if isinstance(self.answer, Remittance) else self.received + timedelta(days=self.rejects_after)


@dataclass(frozen=True)
class Course:
    """A drawn case on any form, its payer, and what has been sent so far."""
    case: Case | FormCase
    policy: PayerPolicy
    books: CodeBooks
    sendings: tuple[Sending, ...] = ()

    @staticmethod
    def begin(scenario: Scenario | FormScenario, seed: int, policy: PayerPolicy, books: CodeBooks) -> "Course":
        """The course of that variant before anything is sent."""
        return Course(draw_form(scenario, seed) if isinstance(scenario, FormScenario) else draw(scenario, seed), policy, books)

    @property
    def at_hand(self) -> dict:
        """The claim on the desk before anything is sent, plain; what is blank on it need not make a claim."""
        return self.case.at_hand if self.case.form else plain(at_hand(self.case))

    def typed(self, document: dict) -> Any:
        """The claim of a plain document; FieldError with every field that is missing or cannot be read."""
        return typed(self.case.form, document) if self.case.form else claim_fields.typed(document)

    def name_of(self, path: str) -> str:
        """What the form calls a field."""
        return name_in(self.case.form.name if self.case.form else "", path)

    def competency_of(self, part: str) -> str:
        """The competency that a credit's part shows."""
        return competency_at(self.case.form, part) if self.case.form else competency_of(part)

    @cached_property
    def before(self) -> Answer | None:
        """The answer to the claim that went before the scenario begins, where there is one."""
        world = self.case.world
        return answer_to(self.case, self.case.start, self.policy, self.books) if world.sent else None

    @cached_property
    def clean_answer(self) -> Answer:
        """What the claim that the record supports would be answered on the true facts."""
        return self._adjudicate(self.case.clean, self.case.truth, clean_received(self.case, self.policy, self.before))

    @property
    def today(self) -> date:
        """The day at the desk: the world's, or the day of the last answer."""
        return self.sendings[-1].answered if self.sendings else self.case.world.today

    @cached_property
    def _records(self) -> Any:
        """The payer's records by now: what it has adjudicated can come back as a duplicate."""
        held = remembered(self.case, self.case.believed, self.case.start, self.before, self.policy) if self.before else self.case.believed
        for sending in self.sendings:
            held = remembered(self.case, held, sending.claim, sending.answer, self.policy)
        return held

    @cached_property
    def response(self) -> EligibilityResponse:
        """The eligibility response that the scenario reads."""
        return about_eligibility(self.case, self.policy, self.books)[0]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the claim that are marked: wrong or blank on the claim at hand."""
        return marked_form_fields(self.case) if self.case.form else marked_fields(self.case)

    @cached_property
    def first_asks(self) -> tuple[Ask, ...]:
        """What is asked before anything is sent."""
        kind = self.case.scenario.kind
        if kind == "read-the-eligibility-response":
            return about_eligibility(self.case, self.policy, self.books)[1]
        if kind == "post-the-remittance":
            return about_the_remittance(self.before)
        if kind == "mend-the-rejection":
            rejected = about_the_rejection(self.case, self.before, self.policy, self.books, self.fields)
            return (*rejected, *about_the_answer(self.case, self.case.start, self.before, self.policy, self.books, self.clean_answer))
        if kind == "decide-on-a-denial":
            return about_the_answer(self.case, self.case.start, self.before, self.policy, self.books, self.clean_answer)
        return ()

    def asks_after(self, number: int) -> tuple[Ask, ...]:
        """What is asked of the answer to the sending of that number, from 1."""
        sending = self.sendings[number - 1]
        return about_the_answer(self.case, sending.claim, sending.answer, self.policy, self.books, self.clean_answer)

    def send(self, claim: Any, way: str = CLAIM) -> "Course":
        """The claim sent today, and answered. OutsideKnownDates where the claim's dates lie outside the payer's known rules."""
        answer = self._reopen(claim) if way == REOPENING else self._adjudicate(claim, self._records, self.today)
        return self.with_answer(claim, way, answer)

    def _reopen(self, claim: Any) -> Answer:
        """The claim decided anew as the claim it was: received when that was, so that the filing limit has not passed since; and no duplicate of itself."""
        known = self.case.believed
        adjudicated = [answer for answer in (self.before, *(sending.answer for sending in self.sendings)) if isinstance(answer, Remittance)]
        received = adjudicated[0].received if adjudicated else self.today
        return answer_to(self.case, claim, self.policy, self.books, known, received, self.today + timedelta(days=self.case.world.turnaround_days))

    def with_answer(self, claim: Any, way: str, answer: Answer) -> "Course":
        """The claim as sent today, with its answer; of one that was stored, the answer given then."""
        return replace(self, sendings=(*self.sendings, Sending(claim, way, self.today, answer, self.case.form.rejects_after if self.case.form else 1)))

    def marks(self, number: int) -> Marks:
        """The marks of a sending, from 1; of each field that is wrong, what harm it does by itself."""
        sending = self.sendings[number - 1]
        mark = mark_form if self.case.form else mark_claim
        marks = mark(self.case, sending.claim, sending.answer, self.clean_answer, self.fields, number)
        return Marks(tuple(replace(credit, severity=self._severity(credit, sending.claim)) if credit.part.startswith("field:") and not credit.earned else credit for credit in marks.credits))

    def _severity(self, credit: Credit, sent: Any) -> str:
        """What becomes of the clean claim if this field alone stands on it as it was sent."""
        path = credit.part.removeprefix("field:")
        try:
            answer = self._adjudicate(mend(self.case, self.case.clean, path, sent), self.case.truth, clean_received(self.case, self.policy, self.before))
        except (claim_fields.FieldError, OutsideKnownDates, LookupError, ValueError, TypeError, AttributeError):
            return ""
        if answer.outcome in (Outcome.REJECTED, Outcome.DENIED) and answer.outcome is not self.clean_answer.outcome:
            return answer.outcome.value
        got, due = worth(answer), worth(self.clean_answer)
        refused = isinstance(answer, Remittance) and any(line.outcome is not Outcome.PAID for line in answer.lines)
        return "overpaid" if got > due else "" if got == due else "denied" if refused else "underpaid"

    @property
    def reopens(self) -> bool:
        """This payer mends by reopening, not by a corrected claim."""
        rule = self.policy.rule("remedies")
        return bool(rule) and rule.on(self.today).correction == REOPENING

    @property
    def settled(self) -> bool:
        """The last answer is as good as the clean claim's."""
        last = self.sendings[-1].answer if self.sendings else None
        if last is None or isinstance(last, Rejection):
            return False
        return isinstance(self.clean_answer, Remittance) and last.paid == self.clean_answer.paid and last.outcome is self.clean_answer.outcome

    def _adjudicate(self, claim: Any, coverage: Any, received: date) -> Answer:
        return answer_to(self.case, claim, self.policy, self.books, coverage, received, received + timedelta(days=self.case.world.turnaround_days))
