"""The exercise of a patient's statement: what each amount of it is, whether the patient owes it, what is wrong with it, and what the patient is told."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from billing.account.forms import with_prior
from billing.adjudication import adjudicate
from billing.answer import Outcome, Remittance
from billing.claim import ProfessionalClaim
from billing.coverage import Coverage
from billing.money import ZERO
from curriculum.answer_papers import money, remittance_paper
from curriculum.ask import Ask, Wrong, money_ask
from curriculum.exercises import Kind, Round, Sheet, Shelf
from curriculum.models import Content, Text
from curriculum.papers import Paper, Table

STATEMENTS, SHARING = "patient-balances.statements", "payers.cost-sharing"
PARTS = {"1": "The deductible: the patient pays it first, each year", "2": "Coinsurance: the patient's per cent of the allowed amount", "3": "A copay for the visit"}
REFUSED, NOTHING = "refused", "nothing"
FLAWS = (("right", "Nothing: it asks for what the remittances leave to the patient, less what the patient has paid"), ("balance-billed", "It asks for the contractual adjustment, which nobody may bill"), ("payment-missing", "It leaves out what the patient has paid"),
         ("too-early", "It bills what a payer has still to decide"), ("protected", "It bills a patient whom the law protects from this bill"), ("sequestration", "It asks for the sequestration reduction"))
WHY = {"right": "Group PR of the last payer, less what the patient paid.", "balance-billed": "What lies above the allowed amount is written off under the contract (group CO).", "payment-missing": "The payment of the patient stands on the account and not on the statement.",
       "too-early": "The second payer has not answered: what the first one left may be its to pay.", "protected": "Medicaid answers for a Qualified Medicare Beneficiary's cost sharing, whatever it pays; nobody may bill the patient.", "sequestration": "The reduction is the provider's loss (CO-253)."}


class Asked(Content):
    """A payer in turn, the member in its records, its days; open: it has not answered yet."""
    payer: Text
    member: Coverage
    received: date
    adjudicated: date
    open: bool = False


class World(Content):
    """A claim, its payers, what the patient has paid, and the statement that went out with its flaw."""
    claim: ProfessionalClaim
    payers: Annotated[tuple[Asked, ...], Field(min_length=1, max_length=2)]
    paid: Decimal = ZERO
    paid_on: date | None = None
    flaw: Literal["right", "balance-billed", "payment-missing", "too-early", "protected", "sequestration"] = "right"
    stated: date
    question: Text


def sheet(world: World, shelf: Shelf) -> Sheet:
    """The statement and the remittances; what the patient is asked to pay, what is right, and what to say."""
    answers = _answers(world, shelf)
    share, asked = _share(world, answers), _asked(world, answers)
    right = max(share - world.paid, ZERO)
    if (asked == right) is not (world.flaw == "right"):
        raise ValueError(f"the flaw {world.flaw} gives a statement of {asked}, and {right} is right: they do not go together")
    first = answers[0][1]
    asks = [*_reasons(first), _flaw(world), money_ask("owes", "What does the patient owe today?", right, f"Left to the patient {money(share)}, paid {money(world.paid)}.", STATEMENTS,
                                                         (("statement-believed", "took the statement's own figure", asked), ("balance-billed", "took all that was not paid", first.charge - sum((a.paid for _, a in answers), ZERO) - world.paid),
                                                          ("payment-forgotten", "left out what the patient paid", share))), _answer(world, right)]
    names = {each.payer: shelf.policies[each.payer].name for each in world.payers}
    file = (_statement(world, asked), *(remittance_paper(answer, names[payer], world.claim, title=f"Remittance of {names[payer]}") for payer, answer in answers), _account(world, names))
    return Sheet(file, (Round("The patient calls", tuple(asks), lead=f"The patient asks: “{world.question}”"),), signature=(world.flaw, right == ZERO))


def _answers(world: World, shelf: Shelf) -> list[tuple[str, Remittance]]:
    """The answers that have come."""
    found: list[tuple[str, Remittance]] = []
    for each in world.payers:
        if each.open:
            break
        sent = type(world.claim)(**{**vars(world.claim), "payer": each.payer, "member_id": each.member.member_id, "group_number": each.member.group_number})
        sent = with_prior(sent, found[-1][1]) if found else sent
        answer = adjudicate(sent, shelf.policies[each.payer], each.member, each.received, each.adjudicated, shelf.books)
        if not isinstance(answer, Remittance):
            raise ValueError(f"{each.payer} rejects the claim: {answer.findings[0].why}")
        found.append((each.payer, answer))
    if not found:
        raise ValueError("the first payer must have answered")
    return found


def _share(world: World, answers: list[tuple[str, Remittance]]) -> Decimal:
    """What is the patient's today: nothing while a payer has still to answer."""
    return ZERO if len(answers) < len(world.payers) else answers[-1][1].adjusted("PR")


def _asked(world: World, answers: list[tuple[str, Remittance]]) -> Decimal:
    """What the statement asks for, flaw and all."""
    first, share = answers[0][1], answers[-1][1].adjusted("PR")
    return {"right": max(_share(world, answers) - world.paid, ZERO), "balance-billed": share + first.adjusted("CO", "45") - world.paid, "payment-missing": share, "too-early": first.adjusted("PR") - world.paid,
            "protected": first.adjusted("OA", "209") + first.adjusted("PR") - world.paid, "sequestration": share + first.adjusted("CO", "253") - world.paid}[world.flaw]


def _reasons(first: Remittance) -> list[Ask]:
    """What the first payer's amounts for the patient are, a question each reason."""
    options = (*PARTS.items(), (REFUSED, "A service that the plan does not pay, and that is the patient's"), (NOTHING, "Nothing of the patient's: an adjustment"))
    found = {a.carc: (line, a) for line in first.lines for a in line.adjustments if a.group == "PR"}
    return [Ask(f"part-{carc}", "choice", f"What is {a.group}-{carc} {money(a.amount)} of the first remittance?", carc if carc in PARTS and line.outcome is Outcome.PAID else REFUSED, PARTS.get(carc, "The service was refused, and its group makes it the patient's."), SHARING, options)
            for carc, (line, a) in found.items()]


def _flaw(world: World) -> Ask:
    wrong = (Wrong("right", "statement-believed", "passed a statement that asks for what is not owed", "unlawful" if world.flaw == "protected" else ""),) if world.flaw != "right" else ()
    return Ask("flaw", "choice", "What is wrong with the statement?", world.flaw, WHY[world.flaw], STATEMENTS, FLAWS, wrong=wrong)


def _answer(world: World, right: Decimal) -> Ask:
    options = (("explain", "Explain each part from the remittance, and how it can be paid"), ("corrected", "Say that the statement is wrong, and send a corrected one today"), ("withdraw", "Say that nothing is owed now, and withdraw the statement"),
               ("insist", "Ask for the amount on the statement; it came from the system"), ("discount", "Offer to let it go if the patient says nothing more of it"))
    key = "explain" if world.flaw == "right" else "withdraw" if right == ZERO else "corrected"
    wrong = (Wrong("insist", "statement-insisted-on", "insisted on a figure without looking"), Wrong("discount", "share-waived", "offered to waive a share without looking whether it is owed", "unlawful"))
    return Ask("say", "choice", "What do you tell the patient?", key, {"explain": "The figures bear the statement out: say what each is, and offer a plan where it is too much at once.", "corrected": "Something is owed, and it is another sum.", "withdraw": "Nothing is owed today."}[key],
               STATEMENTS, options, wrong=wrong)


def _statement(world: World, asked: Decimal) -> Paper:
    charges = tuple((str(line.service_date), f"{line.procedure}{' ' + ' '.join(line.modifiers) if line.modifiers else ''}", money(line.charge)) for line in world.claim.lines)
    boxes = (("Patient", f"{world.claim.patient.first_name} {world.claim.patient.last_name}"), ("Account", world.claim.account), ("Date", str(world.stated)), ("Please pay", money(asked)))
    return Paper("Statement to the patient", world.claim.billing.name, boxes, tables=(Table("Services", (("Day", False), ("Service", False), ("Charge", True)), charges),))


def _account(world: World, names: dict[str, str]) -> Paper:
    paid = (("Paid by the patient", f"{money(world.paid)} on {world.paid_on}" if world.paid else "nothing"),)
    waiting = tuple((names[each.payer], "billed, no answer yet") for each in world.payers if each.open)
    return Paper("Account", world.claim.billing.name, (*paid, *waiting, ("Payers in order", "; then ".join(names.values()))))


KIND = Kind("explain-the-statement", "Explain a statement", World, sheet)
