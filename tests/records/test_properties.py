"""Whatever is handed in, in whatever order: the records agree with a plain model, the sums equal the fold, nothing is lost."""

import tempfile
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from records import Attempt, Evidence, Finished, Grading, Profile, Records, Step

NUMBERS = count(1)
PEOPLE = ("ann", "bea")
ATTEMPTS = ("a1", "a2", "b1")
scores = st.decimals(0, 2, places=4)
answers = st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.none()), max_size=3)
attempts, slots = st.sampled_from(ATTEMPTS), st.sampled_from(("q1", "q2", "ключ/β"))
evidence = st.lists(st.builds(Evidence, st.sampled_from(("modifiers", "appeals")),
                              st.sampled_from(((), ("cpb:cpb1",), ("cpb:cpb1", "cmrs:6"))), scores, scores), max_size=2).map(tuple)


def owner(attempt: str) -> str:
    return {"a": "ann", "b": "bea"}[attempt[0]]


class Learners(RuleBasedStateMachine):
    """The model: steps and lists of gradings by (attempt, slot, sequence), finish times, drafts; all in dicts."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.where = self.place()
        self.records = Records.open(self.where)
        self.steps, self.gradings, self.finished, self.drafts, self.clock, self.gone = {}, {}, {}, {}, 0, set()
        for person in PEOPLE:
            self.records.add_profile(Profile(person, person, "exam", "cpb", None, 0))
        for attempt in ATTEMPTS:
            self.records.start(Attempt(attempt, owner(attempt), "item", "question-set", "T", "h", 1,
                                       "exam" if attempt == "a2" else "practice", {}, 0))

    def teardown(self):
        self.records.close()
        self.folder.cleanup()

    def place(self):
        """Where the records of one example are kept."""
        return Path(self.folder.name) / "records.sqlite"

    def tick(self):
        self.clock += 1
        return self.clock

    @rule(attempt=attempts, slot=slots, payload=answers, earned=scores, evidence=evidence, graded=st.booleans())
    def submit(self, attempt, slot, payload, earned, evidence, graded):
        if attempt in self.gone:
            return
        sequence = self.records.next_sequence(attempt, slot)
        step = Step(attempt, slot, sequence, "submit", payload, self.tick())
        grading = Grading(attempt, slot, sequence, "1", "h", earned, Decimal(2), ({"why": slot},), evidence, step.at) if graded else None
        try:
            receipt = self.records.append(step, grading)
        except Finished:
            assert attempt in self.finished
            return
        assert receipt.stored and receipt.step == step and attempt not in self.finished
        self.steps[attempt, slot, sequence] = step
        self.gradings[attempt, slot, sequence] = [grading] if grading else []

    @precondition(lambda self: self.steps)
    @rule(data=st.data(), payload=answers)
    def retry_or_second_tab(self, data, payload):
        stored = data.draw(st.sampled_from(list(self.steps.values())))
        again = self.records.append(stored)
        other = self.records.append(replace(stored, payload=payload))
        assert again.already and again.same and again.step == other.step == stored
        assert other.same == (payload == stored.payload)

    @precondition(lambda self: self.steps)
    @rule(data=st.data(), earned=scores, evidence=evidence)
    def regrade(self, data, earned, evidence):
        key = data.draw(st.sampled_from(list(self.steps)))
        grading = Grading(*key, "2", "h2", earned, Decimal(2), (), evidence, self.tick())
        history = self.gradings[key]
        changes = not history or replace(history[-1], at=0) != replace(grading, at=0)
        assert self.records.append_grading(grading) is changes
        assert self.records.append_grading(grading) is False, "the same grading again is the identity"
        if changes:
            history.append(grading)

    @rule(attempt=attempts)
    def finish(self, attempt):
        if attempt not in self.gone:
            self.records.finish(attempt, self.tick())
            self.finished.setdefault(attempt, self.clock)

    @rule(attempt=attempts, slot=slots, payload=answers)
    def save_draft(self, attempt, slot, payload):
        if attempt not in self.gone and attempt not in self.finished:
            self.records.save_draft(attempt, slot, payload, self.tick())
            self.drafts[attempt, slot] = payload

    @rule()
    def rebuild(self):
        self.records.rebuild_projections()

    @rule()
    def restart(self):
        self.records.close()
        self.records = Records.open(self.where)

    @precondition(lambda self: len(self.steps) > 8 and not self.gone)
    @rule()
    def delete_bea(self):
        assert self.records.delete_profile("bea")
        self.gone.add("b1")
        for kept in (self.steps, self.gradings, self.drafts):
            for key in [key for key in kept if key[0] == "b1"]:
                del kept[key]
        self.finished.pop("b1", None)

    @invariant()
    def nothing_is_lost_and_nothing_invented(self):
        for attempt in ATTEMPTS:
            kept = self.records.attempt(attempt)
            if attempt in self.gone:
                assert kept is None
                continue
            assert {(s.attempt, s.slot, s.sequence): s for s in kept.steps if s.kind == "submit"} == self.of(self.steps, attempt)
            histories = self.of(self.gradings, attempt).values()
            assert sorted(kept.gradings, key=repr) == sorted((h[-1] for h in histories if h), key=repr)
            assert sorted(kept.superseded, key=repr) == sorted((g for h in histories for g in h[:-1]), key=repr)
            assert kept.finished_at == self.finished.get(attempt)
            assert {(attempt, draft.slot): draft.payload for draft in self.records.drafts(attempt)} == self.of(self.drafts, attempt)
            assert kept.score == sum(history[-1].earned for history in self.counted(attempt, last=True).values())

    @invariant()
    def the_sums_equal_the_fold(self):
        assert self.records.projections_equal_fold() == []

    @invariant()
    def evidence_agrees_with_the_model(self):
        for person in PEOPLE:
            counted = [e for attempt in ATTEMPTS if owner(attempt) == person and attempt not in self.gone
                       for history in self.counted(attempt, last=attempt == "a2").values() for e in history[-1].evidence]
            for found, labels in ((self.records.evidence(person), lambda e: (e.competency,)),
                                  (self.records.domain_evidence(person), lambda e: e.domains)):
                expected = {label: [e for e in counted if label in labels(e)] for e in counted for label in labels(e)}
                assert {name: (s.n, s.earned, s.possible) for name, s in found.items()} == {
                    label: (len(es), sum(e.earned for e in es), sum(e.possible for e in es)) for label, es in expected.items()}

    @staticmethod
    def of(kept: dict, attempt: str) -> dict:
        return {key: value for key, value in kept.items() if key[0] == attempt}

    def counted(self, attempt: str, last: bool) -> dict:
        """By slot, the gradings of its last (or first) graded step."""
        graded = sorted(((key, history) for key, history in self.of(self.gradings, attempt).items() if history), reverse=not last)
        return {key[1]: history for key, history in graded}


Learners.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None,
                                      suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
TestLearners = Learners.TestCase


def test_learners_on_a_server(server):
    class OnServer(Learners):
        def place(self):
            return server.make(f"p{next(NUMBERS)}")
    run_state_machine_as_test(OnServer, settings=settings(Learners.TestCase.settings, max_examples=6, stateful_step_count=15))
