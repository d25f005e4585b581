"""What a scenario asks beside the claim itself: each question with its computed key, the numbers known mistakes would give, and how a slip carries forward."""

from datetime import date
from decimal import Decimal

from billing.adjudication.pricing import line_fee
from billing.adjudication.review import Review
from billing.answer import Answer, Outcome, Remittance, RemittanceLine, WholeClaim
from billing.claim import ProfessionalClaim
from billing.codes import CodeBooks
from billing.eligibility import EligibilityResponse, respond
from billing.misconceptions import wrong_answers
from billing.money import ZERO
from billing.next_step import Action
from billing.policy import PayerPolicy
from curriculum.ask import Ask, Carry, Wrong, money_ask, rule_plain, separable
from curriculum.cases import Case, answer_to, first_day, said, step_for
from curriculum.forms.form import worth

OUTCOMES = (("rejected", "Rejected: it never entered adjudication"), ("unprocessable", "Unprocessable: returned without appeal rights"),
            ("denied", "Denied: adjudicated, and nothing allowed"), ("partly-paid", "Partly paid: some lines allowed, some denied"),
            ("paid", "Paid as allowed on every line"))
ACTIONS = ((Action.POST.value, "Post it; nothing is left to work with this payer"),
           (Action.NEW_CLAIM.value, "Mend it and send it as a new claim"),
           (Action.CORRECTED_CLAIM.value, "Send a corrected claim (frequency code 7) that names the payer's number"),
           (Action.REOPENING.value, "Ask for a clerical-error reopening"),
           (Action.APPEAL.value, "Appeal, with the facts that show the claim was right"),
           (Action.FOLLOW_ORIGINAL.value, "Find what became of the first claim; send nothing"),
           (Action.BILL_OTHER_PAYER.value, "Bill the other payer first"),
           (Action.FIND_COVERAGE.value, "Find who covered the patient on that day"),
           (Action.BILL_PATIENT.value, "Bill the patient"),
           (Action.WRITE_OFF.value, "Write it off; the patient owes nothing"))
CONTRACTUAL, OVER_THE_CHARGE = "45", "94"
"""The reasons of what a contract takes off, and of a payment above the charge, a negative amount."""


def outcome_of(answer: Answer) -> str:
    """One of OUTCOMES."""
    if isinstance(answer, Remittance) and len({line.outcome is Outcome.PAID for line in answer.lines}) == 2:
        return "partly-paid"
    return answer.outcome.value


def about_the_answer(case: Case, claim: ProfessionalClaim, answer: Answer, policy: PayerPolicy, books: CodeBooks, clean: Answer) -> tuple[Ask, ...]:
    """What the answer is, what to do about it, and by when."""
    right_on_truth = answer_to(case, claim, policy, books, case.truth, answer.received)
    payer_is_wrong = case.believed != case.truth and _paid(right_on_truth) > _paid(answer)
    due_then = answer_to(case, case.clean, policy, books, case.truth, answer.received)
    step = step_for(case, answer, policy, _paid(clean) > _paid(answer), payer_is_wrong, _paid(answer) > _paid(due_then))
    first = next((f for f in answer.findings if f.outcome is not Outcome.WARNING), None)
    asks = [] if isinstance(answer, Remittance) and answer.predetermination else [Ask("outcome", "choice", "What is this answer?", outcome_of(answer), first.why if first else "Every line was allowed.",
                "acknowledgements.rejection-denial-pend", OUTCOMES, rule=rule_plain(first.rule if first else None))]
    if step:
        asks.append(Ask("action", "choice", "What do you do now?", step.action.value, step.why, "denials.choosing-the-action", ACTIONS, rule=rule_plain(step.rule)))
    if step and step.deadline:
        asks.append(_deadline(step.deadline, first_day(case), answer, step))
    return tuple(asks)


def _deadline(last: date, service: date, answer: Answer, step) -> Ask:
    """Wrong days: counted from the wrong clock, or the first day counted in."""
    run_from = answer.adjudicated if isinstance(answer, Remittance) else answer.received
    mistakes = (Wrong(str(last.fromordinal(last.toordinal() - 1)), "first-day-counted", "counted the first day itself"),
                Wrong(str(last.fromordinal(last.toordinal() + (run_from - service).days)), "wrong-clock", "started the clock on the wrong day"))
    competency = "denials.appeal-levels" if step.action is Action.APPEAL else "claim-submission.timely-filing"
    return Ask("deadline", "date", "What is the last day for that? (Calendar days; days presumed for the mail belong to an appeal's clock.)", str(last), f"{step.why} Its clock ends on {last}.", competency,
               wrong=separable(mistakes, str(last)), rule=rule_plain(step.rule))


def about_the_remittance(answer: Remittance) -> tuple[Ask, ...]:
    """What to post on each line, or on a claim that was decided whole, what stays open, and what the patient owes."""
    decided = (("claim", "The claim", answer.whole),) if answer.whole else tuple((str(line.line), f"Line {line.line}", line) for line in answer.lines)
    asks = [ask for id, label, part in decided for ask in _to_post(id, label, part)]
    takes = {id: f"patient-{id}" for id, _, _ in decided}
    if not answer.whole:
        asks.append(money_ask("patient-balance", "The patient's balance when all is posted", answer.adjusted("PR"), "The patient's parts of the lines added up.", "patient-balances.statements",
                           (("balance-billed", "billed the patient all that was not paid", answer.charge - answer.paid),), carry=Carry("total", {}, takes)))
    open_now = sum((part.charge - part.adjusted("PR") - _contractual(part) for _, _, part in decided if part.outcome is not Outcome.PAID), ZERO)
    asks.append(money_ask("left-to-work", "What stays open for follow-up with the payer, at the charge", open_now, "The charges of what was denied, less what is the patient's.", "receivables.work-queue-triage",
                       (("denial-written-off", "wrote off a denial without working it", ZERO),)))
    return tuple(asks)


def _contractual(part: RemittanceLine | WholeClaim) -> Decimal:
    """What a contract takes off a refused service: where the refusal makes it the patient's, the patient owes the contracted fee and no more."""
    return part.adjusted("CO", CONTRACTUAL) if part.adjusted("PR") else ZERO


def _to_post(id: str, label: str, part: RemittanceLine | WholeClaim) -> tuple[Ask, ...]:
    """What to post of a line, or of a whole claim: payment, adjustment, the patient's part. A payment over the charge (OA-94) is posted against the adjustment."""
    refused = part.outcome is not Outcome.PAID
    over = part.adjusted("OA", OVER_THE_CHARGE)
    contract = _contractual(part) if refused else part.adjusted("CO") + over
    patient = part.adjusted("PR")
    counted = "all of group CO, less what OA-94 gives over the charge" if over else "all of group CO that nobody may be billed for"
    return (money_ask(f"payment-{id}", f"{label}: payment to post", part.paid, "What the payer paid, after every adjustment.", "remittance.posting-and-balancing",
                      (("charge-posted-as-payment", "posted the charge as the payment", part.charge),
                       ("allowed-posted-as-payment", "posted the allowed amount, patient's part included", part.allowed))),
            money_ask(f"write-off-{id}", f"{label}: adjustment to post ({counted})", contract,
                      "The refusal makes the service the patient's, at the contracted fee; what is above it comes off." if refused and contract else "What is denied is worked before anything of it is written off." if refused else "What group CO takes off an allowed amount is not collectable; OA-23 repeats what the first payer did, and that is on the account already.",
                      "remittance.adjustment-codes",
                      (("denial-written-off", "wrote off a denial without working it", part.adjusted("CO")),
                       ("first-payer-posted-twice", "posted what the first payer did a second time", contract + part.adjusted("OA", "23")),
                       ("patient-part-written-off", "wrote off the patient's part as well", contract + patient),
                       ("sequestration-left", "left the sequestration reduction on the account", part.adjusted("CO", "45")))),
            money_ask(f"patient-{id}", f"{label}: the patient's part", patient, "Group PR, and nothing else, is the patient's.", "remittance.reading-a-remittance",
                      (("balance-billed", "billed the patient all that was not paid", part.charge - part.paid),
                       ("sequestration-billed", "billed the patient the sequestration reduction", patient + part.adjusted("CO", "253")))))


def about_eligibility(case: Case, policy: PayerPolicy, books: CodeBooks) -> tuple[EligibilityResponse, tuple[Ask, ...]]:
    """The response, and what the scenario asks of it."""
    day = case.world.services[0].service_date
    response = respond(policy, case.truth, day)
    builders = {"active": _active, "deductible-left": _deductible_left, "copay": _copay, "coinsurance": _coinsurance,
                "limit-left": _limit_left, "first-payer": _first_payer, "estimate": _estimate}
    return response, tuple(ask for what in case.scenario.ask_about if (ask := builders[what](case, policy, books, response)) is not None)


def _lines(response: EligibilityResponse, code: str, period: str = "") -> list:
    return [line for line in response.lines if line.code == code and (not period or line.period == period)]


def _active(case, policy, books, response) -> Ask:
    return Ask("active", "choice", f"Is {case.world.patient.first_name} covered on {said(str(response.asked_for))}?", "yes" if response.active else "no",
               f"The response says: {response.lines[0].text}.", "patient-access.eligibility", (("yes", "Yes, coverage is active that day"), ("no", "No, not on that day")))


def _deductible_left(case, policy, books, response) -> Ask | None:
    return _remaining(response, "C", "deductible-left", "How much of this year's deductible is left?", "patient-access.eligibility")


def _limit_left(case, policy, books, response) -> Ask | None:
    return _remaining(response, "G", "limit-left", "How much is left before the out-of-pocket limit?", "payers.cost-sharing")


def _remaining(response, code: str, id: str, prompt: str, competency: str) -> Ask | None:
    year, left = _lines(response, code, "23"), _lines(response, code, "29")
    if not left:
        return None
    used = year[0].amount - left[0].amount
    return money_ask(id, prompt, left[0].amount, "The segment with time period 29 says what remains; 23 says the year's whole amount.", competency,
                  (("year-for-remaining", "gave the year's whole amount", year[0].amount), ("used-for-remaining", "gave what is already used", used)))


def _copay(case, policy, books, response) -> Ask | None:
    lines = _lines(response, "B")
    return money_ask("copay", "What copay does the response name for an office visit?", lines[0].amount, "The copay is EB01 B; coinsurance is A, and a per cent.", "payers.cost-sharing", ()) if lines else None


def _coinsurance(case, policy, books, response) -> Ask | None:
    lines = _lines(response, "A")
    return money_ask("coinsurance", "What per cent does the patient bear after the deductible?", lines[0].percent, "Coinsurance is EB01 A.", "payers.cost-sharing",
                  (("payer-and-patient-swapped", "gave the plan's per cent", 100 - lines[0].percent),)) if lines else None


def _first_payer(case, policy, books, response) -> Ask | None:
    """Not asked where the response shows no payer at all for the day: then the coverage is looked for first."""
    others = _lines(response, "R")
    if not others and not response.active:
        return None
    key = "other" if others else "this"
    options = (("this", f"{policy.name}"), ("other", "The other payer that the response names"), ("patient", "The patient; then send the receipt to the plan"))
    return Ask("first-payer", "choice", "Who is billed first for this visit?", key,
               others[0].text if others else "The response names no other payer.", "patient-access.coordination-of-benefits", options)


def _estimate(case, policy, books, response) -> Ask | None:
    answer = answer_to(case, case.clean, policy, books, case.truth, case.world.today)
    if not isinstance(answer, Remittance) or answer.outcome is not Outcome.PAID:
        return None
    wrong, carry = (), None
    coinsurance, left = _lines(response, "A"), _lines(response, "C", "29")
    if len(answer.lines) == 1 and not answer.adjusted("PR", "3") and coinsurance and left:
        wrong, carry = _share_mistakes(case, response, answer)
    return money_ask("estimate", "What do you tell the patient to expect to owe for this visit, in dollars?", answer.adjusted("PR"),
                  "Deductible first, then coinsurance on the rest; a copay where the plan has one for the visit; never past the out-of-pocket limit.",
                  "payers.cost-sharing", wrong, carry=carry)


def _share_mistakes(case: Case, response: EligibilityResponse, answer: Remittance) -> tuple[tuple, Carry | None]:
    """The known mistakes of a share of one service, and how the share follows from the learner's own earlier answers, within the out-of-pocket limit."""
    given = {"allowed": str(answer.allowed), "deductible_left": str(_lines(response, "C", "29")[0].amount), "coinsurance_percent": str(_lines(response, "A")[0].percent)}
    found, formula, takes = [("patient-share", given)], "patient-share", {"deductible_left": "deductible-left"}
    if limit := _lines(response, "G", "29"):
        formula, takes = "capped-patient-share", {**takes, "out_of_pocket_left": "limit-left"}
        given = {**given, "out_of_pocket_left": str(limit[0].amount)}
        found.insert(0, (formula, given))
    wrong = tuple((slug, mistake.says, value) for name, arguments in found for slug, (mistake, value) in wrong_answers(name, arguments, answer.adjusted("PR")).items())
    asked = {argument: ask for argument, ask in takes.items() if ask in case.scenario.ask_about}
    return wrong, Carry(formula, given, asked) if asked else None


def allowed_of(case: Case, policy: PayerPolicy, books: CodeBooks) -> tuple[tuple[str, Decimal], ...]:
    """The contract's fee for each service of the clean claim: the fee sheet that lies beside an estimate."""
    review = Review(case.clean, policy, case.truth, case.world.today, case.world.today, books, case.world.participates)
    return tuple((line.procedure, line_fee(review, line)) for line in case.clean.lines)


def _paid(answer: Answer) -> Decimal:
    """What the answer is worth to the provider: payment and the patient's part of what was allowed."""
    return worth(answer)
