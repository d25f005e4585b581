"""What happened and where it is kept: profiles, attempts, steps and gradings, append-only, in one SQLite file or a PostgreSQL database."""

from records.events import (ANSWERS, FINISH, WHOLE, Attempt, AttemptSummary, Draft, Ending, Evidence, Grading, ItemState, Log, PastAnswer, Profile, Since,
                            Receipt, RegradeChange, RegradeRun, Standing, Step, StoredAttempt)
from records.examination import Examination, examine
from records.failures import (CannotOpen, CannotRead, Closed, Damaged, DiskFull, Erased, Finished, Foreign, Locked, NoPlace, NotSaved, Outdated,
                              OTHER, REASONS, ReadOnly, RecordsError, Refused, TooNew, Unknown, Unreachable, Unsynced, reason)
from records.figures import BOUNDS, Figures, Histogram
from records.completions import Certificate, Completion
from records.copying import Content, copy, only_read
from records.disputes import MarkedSince
from records.keeping import NAMED, NAMED_DAMAGED, Kept, NotSound, backup, backup_even_damaged, newest_good, some, verify
from records.ledger import Records
from records.measures import FirstMeeting, ItemDifficulty, RealExam
from records.accounts import Account
from records.cohorts import Cohort, Leading
from records.people import COMMAND_LINE, LastAdmin, People, Taken
from records.permissions import ALONE, ROLES, can, marks
from records.restoring import Restored, restore
from records.sessions import Session, SignedIn, Ticket, TicketSpent, digest
from records.postgres import is_server
from records.telling import Happened, happened, is_told, keep_told_upto, told_upto
from records.training import COHORT, LED, PERSON, Board, Training
from records.training_rows import Asked, Assigned, Assignment, Dispute, HandMark, Lately, Letter, Remark, Shown, SignOff, Target, Tried

open = Records.open

__all__ = [
    "ANSWERS", "FINISH", "WHOLE", "Attempt", "AttemptSummary", "Draft", "Ending", "Evidence", "Grading", "ItemState", "Log", "PastAnswer", "Profile", "Since",
    "Receipt", "RegradeChange", "RegradeRun", "Standing", "Step", "StoredAttempt", "Records", "open", "Examination", "examine",
    "ALONE", "COMMAND_LINE", "ROLES", "Account", "Cohort", "LastAdmin", "Leading", "People", "Session", "SignedIn", "Taken", "Ticket", "TicketSpent", "can", "digest", "marks",
    "Happened", "happened", "is_told", "keep_told_upto", "told_upto",
    "COHORT", "LED", "PERSON", "Asked", "Assigned", "Assignment", "Board", "Dispute", "HandMark", "Lately", "Letter", "MarkedSince", "Remark", "Shown", "SignOff", "Target", "Training", "Tried",
    "Certificate", "Completion", "FirstMeeting", "ItemDifficulty", "RealExam", "Content", "NAMED", "NAMED_DAMAGED", "Kept", "NotSound", "Restored", "backup", "backup_even_damaged", "some", "newest_good", "copy", "only_read", "is_server", "restore", "verify",
    "CannotOpen", "CannotRead", "Closed", "Damaged", "DiskFull", "Erased", "Finished", "Foreign", "Locked", "NoPlace", "NotSaved",
    "ReadOnly", "RecordsError", "Refused", "TooNew", "Unknown", "Unreachable", "Unsynced", "OTHER", "REASONS", "reason", "BOUNDS", "Figures", "Histogram",
]
