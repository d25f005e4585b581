"""What happened and where it is kept: profiles, attempts, steps and gradings, append-only, in one SQLite file."""

from records.events import (ANSWERS, FINISH, WHOLE, Attempt, AttemptSummary, Draft, Ending, Evidence, Grading, ItemState, Log, Profile,
                            Receipt, RegradeChange, RegradeRun, Standing, Step, StoredAttempt)
from records.examination import Examination, examine
from records.failures import (CannotOpen, CannotRead, Closed, Damaged, DiskFull, Erased, Finished, Foreign, Locked, NoPlace, NotSaved,
                              ReadOnly, RecordsError, Refused, TooNew, Unknown)
from records.ledger import Records

open = Records.open

__all__ = [
    "ANSWERS", "FINISH", "WHOLE", "Attempt", "AttemptSummary", "Draft", "Ending", "Evidence", "Grading", "ItemState", "Log", "Profile",
    "Receipt", "RegradeChange", "RegradeRun", "Standing", "Step", "StoredAttempt", "Records", "open", "Examination", "examine",
    "CannotOpen", "CannotRead", "Closed", "Damaged", "DiskFull", "Erased", "Finished", "Foreign", "Locked", "NoPlace", "NotSaved",
    "ReadOnly", "RecordsError", "Refused", "TooNew", "Unknown",
]
