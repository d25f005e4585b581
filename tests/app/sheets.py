"""An exercise of every kind of question, begun without a file: a grid, an order, several choices, a code, a date and a letter."""

import time
import uuid
from decimal import Decimal

from app.exercise_desk import sheet_plain
from curriculum.ask import Accepted, Ask, Carry, Cell, Element, Wrong, money_ask
from curriculum.exercises import Round, Sheet
from curriculum.papers import Paper, Table
from records import Attempt

POSTING, LETTERS = "remittance.posting-and-balancing", "denials.appeal-letters"
COLUMNS = ("Paid", "Contractual", "Patient", "Left to work")
MODEL = ("To the appeals desk: we ask you to pay claim 4417 of May 5, which was denied as not authorized. " + "The authorization A-77 was given on April 30 and covers the day of service. " * 4)


def grid(rows: int) -> tuple[Ask, ...]:
    """Rows of four amounts, and their total."""
    cells = tuple(money_ask(f"{column.lower().split()[0]}-{row}", f"Line {row}: {column}", Decimal(10 * row + place), "What the remittance says.", POSTING,
                            (("charge-posted", "posted the charge", Decimal(500)),), cell=Cell("Post the lines", f"Line {row}", column))
                  for row in range(1, rows + 1) for place, column in enumerate(COLUMNS))
    total = sum((Decimal(ask.key) for ask in cells if ask.id.startswith("paid-")), Decimal(0))
    return (*cells, money_ask("total-paid", "What was paid in all?", total, "The lines added up.", POSTING, carry=Carry("total", {}, {ask.id: ask.id for ask in cells if ask.id.startswith("paid-")})))


def sheet(rows: int = 2) -> Sheet:
    """Two rounds."""
    queue = (("a", "Denied, appeal due in three days"), ("b", "Unpaid for thirty days"), ("c", "Paid in full"))
    first = Round("Post the remittance", grid(rows), (Paper("Remittance", "Payer", (("Check", "1001"),), wire="not a transaction"),), "Post every line.")
    second = Round("Then", (
        Ask("queue", "order", "Put the accounts in the order of work.", "a,b,c", "The clock that ends first comes first.", "receivables.work-queue-triage", queue),
        Ask("true", "multiple", "Which of these may the patient be billed for?", "pr", "Group PR alone.", POSTING, (("pr", "The coinsurance"), ("co", "The contractual part"), ("none", "The sequestration")),
            wrong=(Wrong("co,pr", "balance-billed", "billed what the contract takes off", "unlawful"),)),
        Ask("carc", "code", "Which CARC says that an authorization is missing?", "197", "It is 197.", "remittance.adjustment-codes", accepted=(Accepted("15", "0.5", "15 says that the number is wrong."),)),
        Ask("letter", "letter", "Write the appeal.", "", "", LETTERS, elements=(
            Element("number", "the authorization's number", (r"A-77",), "The reader looks it up."), Element("day", "the day of service", (r"May 5", r"5/5"), "It names the claim.", False)), model=MODEL)))
    return Sheet((Paper("Account", "Office", (("Balance", "500.00"),), tables=(Table("Lines", (("Line", False), ("Charge", True)), (("1", "500.00"),)),)),), (first, second), (Paper("After all", "Office"),))


def begun(records, profile: str, of: Sheet | None = None) -> str:
    """An attempt at the sheet, as the desk begins one."""
    form = {"exercise": "made", "branch": "", "story": "A remittance came.", "teaches": "Balance to the cent.", **sheet_plain(of or sheet())}
    attempt = Attempt(str(uuid.uuid4()), profile, str(uuid.uuid4()), "scenario", "A made exercise", "hash", 0, "practice", form, int(time.time() * 1000))
    return records.start(attempt).id
