"""How a dispute is closed, once, and that nobody closes it over what they have not seen."""

from records import audit
from records.appending import one
from records.failures import NotSaved, Unknown
from records.queries import QUERIES
from records.training_rows import Dispute, dispute_from


class MarkedSince(NotSaved):
    """Someone marked the answer anew, or answered its dispute, between the look and the mark."""

    def __init__(self, says: str = "Not saved: this answer was marked anew since you looked at it. Look at it again."):
        super().__init__(says)


ANSWERED = "Not saved: this dispute was answered since you looked at it. Look at it again."


def needed_dispute(db, id: str) -> Dispute:
    row = one(db, "dispute", id=id)
    if not row:
        raise Unknown("Not saved: there is no such dispute.")
    return dispute_from(row)


def still_so(db, dispute: Dispute, before: int) -> None:
    """That a dispute is open, about the mark that was looked at."""
    if dispute.state != "open":
        raise MarkedSince(ANSWERED)
    if one(db, "current_grading", attempt=dispute.attempt, slot=dispute.slot, sequence=dispute.sequence)["grading_seq"] != before:
        raise MarkedSince()


def close(db, id: str, state: str, answer: str, actor: str, at: int) -> None:
    """Closes an open dispute, once."""
    before = needed_dispute(db, id).state
    if db.execute(QUERIES["close_dispute"], {"id": id, "state": state, "answer": answer.strip(), "by": actor, "at": at}).rowcount:
        audit.note(db, at, actor, "answer dispute" if state != "withdrawn" else "withdraw dispute", id, before, state)
