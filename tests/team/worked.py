"""Work of whoever acts, done as wrongly as can be: an exercise's first round, a claim's decisions, fields picked, a claim sent, an account closed at once."""

from app import claims, exercises, lives, session
from billing.account.actions import Close


LETTER = "Dear payer, " + "we think otherwise and say so in this letter at some length. " * 8


def first(kind: str) -> str:
    return next(str(one.id) for one in session.catalogue().items.values() if getattr(one, "kind", "") == kind and one.status == "published")


def worked_exercise(kind: str = "triage-the-worklist") -> tuple[str, str]:
    """An exercise of ann's with its first round answered, as wrong as can be; the attempt and the slot."""
    kinds = {one.kind for one in session.catalogue().exercises.values()}
    kind = kind if kind in kinds else sorted(kinds - {"write-the-appeal"})[0]
    item = next(str(one.id) for one in session.catalogue().exercises.values() if one.kind == kind and one.status == "published")
    attempt = exercises.begin(session.me(), item)
    asks = session.ledger().attempt(attempt).attempt.form["rounds"][0]["asks"]
    assert exercises.desk().answer(attempt, 1, {ask["id"]: wrong_for(ask) for ask in asks}) == {}
    return attempt, "round-1"


def wrong_for(ask: dict) -> object:
    if ask["kind"] == "letter":
        return "We write about this claim and say nothing that helps. " * 8
    if ask["kind"] in ("multiple", "order"):
        return ",".join(id for id, _ in ask["options"])
    if ask["options"]:
        return next(id for id, _ in ask["options"] if id != ask["key"])
    return {"date": "2001-01-01", "whole": "987654"}.get(ask["kind"], "987654.00")


def handed_in_letter() -> str:
    """An exercise of whoever acts with its letter handed in, which waits to be read."""
    work, who = exercises.desk(), session.me().id
    item = next(str(one.id) for one in session.catalogue().exercises.values() if one.kind == "write-the-appeal" and one.status == "published")
    for seed in range(200):      # a variant in which an appeal is the way
        attempt = work.begin(who, item, seed)
        form = session.ledger().attempt(attempt).attempt.form
        if len(form["rounds"]) == 2:
            break
        work.finish(attempt)
    for number, round_ in enumerate(form["rounds"], 1):
        assert work.answer(attempt, number, {ask["id"]: LETTER if ask["kind"] == "letter" else ask["key"] for ask in round_["asks"]}) == {}
    return attempt


def decided_claim() -> tuple[str, str]:
    """A denial of ann's with every decision wrong that can be."""
    attempt = claims.begin(session.me(), first("decide-on-a-denial"))
    asks = session.ledger().attempt(attempt).attempt.form["asks"]
    assert claims.desk().answer(attempt, "asks", {ask["id"]: wrong_for(ask) for ask in asks}) == {}
    return attempt, "asks"


def flagged_claim() -> tuple[str, str]:
    attempt = claims.begin(session.me(), first("scrub-the-claim"))
    claims.desk().flag(attempt, [])
    return attempt, "flags"


def sent_claim() -> tuple[str, str]:
    """A claim that was sent as it lay there, its answer read."""
    attempt, _ = flagged_claim()
    sending(attempt)
    return attempt, "claim"


def sending(attempt: str) -> None:
    """One more sending of the claim as it lies there; what its answer means is read too, since only then is it told how it was marked."""
    work = claims.desk()
    assert work.send(attempt, work.work(attempt).claim, "claim") == ""
    if work.work(attempt).stage == "read":
        number = len(work.work(attempt).sent)
        asks = session.ledger().attempt(attempt).steps[-1].payload["asks"]
        assert work.answer(attempt, f"read-{number}", {ask["id"]: ask["key"] for ask in asks}) == {}


def closed_account() -> tuple[str, str]:
    """An account that was closed at once."""
    attempt = lives.begin(session.me(), str(next(iter(session.catalogue().lives))))
    assert lives.desk().act(attempt, Close(), 0) == ""
    return attempt, "life"


WORK = {"exercise": worked_exercise, "decisions": decided_claim, "flags": flagged_claim, "sent": sent_claim, "account": closed_account}
