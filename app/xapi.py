"""What happened as xAPI statements (1.0.3): who, by their bare id, did what with which item, and how it was marked first; each under an id that is always the same."""

from collections.abc import Callable
from datetime import datetime, timezone
from decimal import Decimal
from uuid import UUID, uuid5

from records import Happened

VERSION = "1.0.3"
ADL = "http://adlnet.gov/expapi"
NAMES = UUID("6b1f4c5e-5f0c-5c1b-9a53-0d6a0d3f5a11")
"""The name space of the statements' ids; it never changes."""
VERBS = {"shown": "experienced", "submit": "answered", "send": "answered", "finish": "completed"}
ACTIVITIES = {"question-set": "assessment", "practice": "assessment", "exam": "assessment", "scenario": "simulation"}


def statements(one: Happened, home: str, passed: Callable[[Happened], bool | None]) -> list[dict]:
    """The statements of one step: a finished exam that has a verdict makes two. passed: the verdict on a finished exam, None where there is none."""
    verb = VERBS[one.kind]
    made = [_statement(one, verb, home, _result(one, verb))]
    if verb == "completed" and one.item_kind == "exam" and (verdict := passed(one)) is not None:
        made.append(_statement(one, "passed" if verdict else "failed", home, {"success": verdict, **_score(one.all_earned, one.all_possible)}))
    return made


def _statement(one: Happened, verb: str, home: str, result: dict) -> dict:
    whole = f"{home}/xapi/items/{one.item}"
    context = {"registration": str(_uuid(one.attempt)), "platform": "Clean Claim"}
    if verb in ("experienced", "answered"):
        about = {"objectType": "Activity", "id": f"{home}/xapi/slots/{one.item}/{one.slot}", "definition": {"type": f"{ADL}/activities/{'question' if verb == 'answered' else 'lesson'}"}}
        context["contextActivities"] = {"parent": [{"objectType": "Activity", "id": whole}]}
    else:
        about = {"objectType": "Activity", "id": whole, "definition": {"type": f"{ADL}/activities/{ACTIVITIES[one.item_kind]}", "name": {"en": one.title}}}
    return {"id": str(uuid5(NAMES, f"{home} {one.attempt}/{one.slot}/{one.sequence} {verb}")), "actor": {"objectType": "Agent", "account": {"homePage": home, "name": one.profile}},
            "verb": {"id": f"{ADL}/verbs/{verb}", "display": {"en": verb}}, "object": about, **({"result": result} if result else {}), "context": context, "timestamp": moment(one.at), "version": VERSION}


def _result(one: Happened, verb: str) -> dict:
    """Marks, never what was written: an answer may hold anything."""
    if verb == "answered" and one.possible:
        return {"success": one.earned >= one.possible, **_score(one.earned, one.possible)}
    if verb == "completed":
        seconds = max(one.at - one.started_at, 0) // 1000
        return {"completion": True, "duration": f"PT{seconds}S", **_score(one.all_earned, one.all_possible)}
    return {}


def _score(earned: Decimal, possible: Decimal) -> dict:
    """xAPI takes a scaled score from -1 to 1, and a raw one no higher than the highest."""
    if not possible:
        return {}
    earned = min(earned, possible)
    return {"score": {"scaled": round(max(float(earned / possible), -1.0), 4), "raw": float(earned), "max": float(possible)}}


def moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _uuid(id: str) -> UUID:
    try:
        return UUID(id)
    except ValueError:
        return uuid5(NAMES, id)
