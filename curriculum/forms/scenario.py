"""A claim on another form than the professional one, as its author writes it: the clean claim, the payer's records, the papers, what stands wrong or blank."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from curriculum.models import Content, ItemHead, Slug, Text
from curriculum.scenarios import Expected, Fault, NoteSection, Vary

Kind = Literal["complete-the-claim", "scrub-the-claim", "mend-the-rejection", "decide-on-a-denial", "post-the-remittance"]
ANSWERED_BEFORE = ("mend-the-rejection", "decide-on-a-denial", "post-the-remittance")


class FiledTable(Content):
    """A table of a paper. heads: its columns; figures: those that hold figures."""
    caption: Text
    heads: Annotated[tuple[Text, ...], Field(min_length=1)]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()


class FiledPaper(Content):
    """A paper of the file: boxes, passages and tables; {paths} into the world are filled in."""
    title: Text
    issuer: str = ""
    boxes: dict[str, str] = {}
    passages: tuple[NoteSection, ...] = ()
    tables: tuple[FiledTable, ...] = ()
    note: str = ""


class FormWorld(Content):
    """The truth of one claim. claim: the whole claim that the record supports; member: the payer's records of the member as he is.

    today: the learner's day at the desk, and the day a claim sent today is received.
    sent, adjudicated: of a claim that went before (mend-the-rejection, decide-on-a-denial, post-the-remittance).
    payer_believes: fields of the member that the payer's records hold otherwise than the truth.
    beyond: rows on the claim at hand that the record does not support at all, by group (lines, other_diagnoses, ...); they stand last.
    """
    payer: Slug
    today: date
    sent: date | None = None
    adjudicated: date | None = None
    turnaround_days: Annotated[int, Field(ge=0, le=60)] = 14
    participates: bool = True
    claim: dict[str, object]
    member: dict[str, object]
    payer_believes: dict[str, object] = {}
    beyond: dict[str, tuple[object, ...]] = {}
    papers: Annotated[tuple[FiledPaper, ...], Field(min_length=1)]


class FormScenario(ItemHead):
    """A claim to be worked on its form. blank: fields or whole groups that are empty on the claim at hand, by path."""
    kind: Kind
    form: Literal["institutional", "dental", "pharmacy"]
    title: Text
    summary: Text
    minutes: Annotated[int, Field(ge=3, le=90)] = 15
    story: Text
    world: FormWorld
    faults: tuple[Fault, ...] = ()
    blank: tuple[str, ...] = ()
    accept: dict[str, tuple[str, ...]] = {}
    vary: Vary = Vary()
    teaches: Text
    expected: Expected

    @model_validator(mode="after")
    def check_kind(self):
        """Each kind needs its own parts."""
        if self.kind in ANSWERED_BEFORE and not (self.world.sent and (self.world.adjudicated or self.kind == "mend-the-rejection")):
            raise ValueError(f"{self.kind} needs world.sent" + ("" if self.kind == "mend-the-rejection" else " and world.adjudicated") + ": the days the claim was received and answered")
        if self.world.payer_believes and self.kind != "decide-on-a-denial":
            raise ValueError("world.payer_believes belongs to a denial: elsewhere an honest claim would be marked down for the payer's mistake")
        if self.kind in ("scrub-the-claim", "mend-the-rejection") and not (self.faults or self.world.beyond or self.blank or any(case.faults for case in self.vary.cases)):
            raise ValueError(f"{self.kind} needs faults (or blank, or world.beyond): what is wrong with the claim at hand")
        if self.kind == "complete-the-claim" and not self.blank:
            raise ValueError("complete-the-claim needs blank: the fields and groups that are to be filled in")
        return self
