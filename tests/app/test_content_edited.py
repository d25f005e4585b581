"""Content changed, or taken away, under an open attempt, by its files and a new start: the attempt goes on with what it began with, and is graded by it."""

import shutil
from pathlib import Path

import pytest
import yaml

from app import claims, exam_desk, exam_offers, exam_reports, exercises, lives, practice_orders, practising, quizzing, reveal, sittings
from curriculum.catalogue import FOLDERS
from curriculum.code_books import DEFAULT
from curriculum.exercises import shelf_of
from curriculum.lives import draw_life
from curriculum.practice_form import Wish
from scoring.life import benchmark
from tests.app.test_life_desk import played

CHANGED = "Quite another text."
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not DEFAULT.is_file(), reason="needs the code books (make setup)")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """All content of this repository, in a place where it can be edited."""
    root = tmp_path_factory.mktemp("content")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, root / folder)
    return root


@pytest.fixture
def content(copied, desk, monkeypatch):
    """The app reads that place; what a test edited is as it was for the next."""
    kept: dict[Path, bytes] = {}
    monkeypatch.setattr(desk, "ROOT", copied)
    desk.catalogue.clear()
    yield Content(copied, desk, kept)
    for path, text in kept.items():
        path.write_bytes(text)
    desk.catalogue.clear()
    started_anew(desk)


def started_anew(desk) -> None:
    """As after a restart: nothing is remembered of the content, nor of the attempts."""
    desk.catalogue.clear(), desk.ledger.clear()
    exam_desk._paper.cache_clear(), sittings._form.cache_clear(), quizzing._cards.cache_clear()


class Content:
    def __init__(self, root: Path, desk, kept: dict):
        self.root, self.desk, self.kept = root, desk, kept

    def change(self, items, how: str) -> None:
        """Edits the items' files, or deletes them, and starts the app anew."""
        files = {self.root / self.desk.catalogue().origins[str(item)].node.file for item in items}
        for path in files:
            self.kept.setdefault(path, path.read_bytes())
            if how == "deleted":
                path.unlink()
                continue
            whole = yaml.load(path.read_text(), yaml.BaseLoader)
            for each in whole.get("questions", [whole]):
                edited(each)
            path.write_text(yaml.dump(whole, Dumper=yaml.SafeDumper, default_style='"', sort_keys=False, width=1000))
        started_anew(self.desk)
        told = [str(one) for one in self.desk.catalogue().mistakes if how == "edited" and not getattr(one, "warning", False)]
        assert told == [], "what was edited must still load"


def edited(item: dict) -> None:
    """Other words everywhere, and another option right."""
    for name in ("stem", "rationale", "story", "teaches"):
        if name in item:
            item[name] = CHANGED
    options = item.get("options", [])
    right = [at for at, option in enumerate(options) if option.get("correct") == "true"]
    if item.get("kind") == "single-choice" and len(right) == 1:
        options[right[0]].pop("correct")
        options[(right[0] + 1) % len(options)]["correct"] = "true"


def choices(attempt: str) -> dict[str, str]:
    """By question with one right option, that option as the attempt was begun."""
    found = {id: [option.id for option in held.keyed.question.options if option.correct] for id, held in sittings.variants(attempt).items() if held.public.kind == "single-choice"}
    return {id: right[0] for id, right in found.items()}


each_way = pytest.mark.parametrize("how", ["edited", "deleted"])


@each_way
def test_an_exam_goes_on_with_its_questions_and_is_marked_by_its_keys(content, dana, how):
    attempt = exam_offers.begin(dana, "cpb", "quarter")
    asked, right = exam_desk.paper(attempt).questions, choices(attempt)
    first, second = list(right)[:2]
    exam_desk.answer(attempt, first, right[first], 0, "tab")
    content.change(right, how)
    assert exam_desk.paper(attempt).questions == asked
    exam_desk.answer(attempt, second, right[second], 0, "tab")
    exam_desk.finish(attempt)
    found = exam_reports.ended(attempt)
    made = exam_reports.report(found)
    said = exam_reports.reviewed(found, made, (first, second))
    assert made.total.earned == 2 and [each.feedback.earned for each in said] == [1, 1]
    assert all(CHANGED not in each.feedback.rationale and CHANGED not in each.question.stem for each in said)


def test_the_next_exam_is_of_the_edited_content(content, dana):
    """Without this the tests above would pass where an edit reached nobody."""
    right = choices(attempt := exam_offers.begin(dana, "cpb", "quarter"))
    exam_desk.finish(attempt)
    content.change(right, "edited")
    held = content.desk.catalogue().questions
    assert all(held[id].stem == held[id].rationale == CHANGED and not next(o for o in held[id].options if o.id == key).correct for id, key in right.items())
    anew = [question for question in exam_desk.paper(exam_offers.begin(dana, "cpb", "quarter")).questions if question.stem == CHANGED]
    assert anew


@each_way
@pytest.mark.parametrize("kind", ["quiz", "practice"])
def test_a_quiz_and_practice_go_on_with_their_questions_and_are_marked_by_their_keys(content, dana, kind, how):
    desk_of, whole = (quizzing, next(str(one.id) for one in content.desk.catalogue().sets if len([q for q in quizzing.offered(one, content.desk.today()) if q.kind == "single-choice"]) > 2)) if kind == "quiz" else (practising, "")
    attempt = quizzing.begin(dana, whole) if kind == "quiz" else practice_orders.begin(dana, Wish(kinds=frozenset({"single-choice"}), count=5))
    right = choices(attempt)
    asked = sittings.sitting(attempt).questions
    content.change(right, how)
    assert sittings.sitting(attempt).questions == asked
    for id, key in right.items():
        desk_of.hand_in(attempt, id, key)
        told = reveal.feedback(attempt, id)
        assert told.earned == told.possible == 1 and CHANGED not in told.rationale and CHANGED not in told.reason
    if kind == "quiz" and how == "edited":
        assert quizzing.begin(dana, whole) == attempt, "the open sitting is gone on with"


@each_way
def test_an_exercise_goes_on_with_its_papers_and_is_marked_by_its_keys(content, dana, how):
    item = next(item for item, each in content.desk.catalogue().exercises.items() if each.status == "published")
    attempt = exercises.begin(dana, item)
    before, form = exercises.desk().work(attempt), content.desk.ledger().attempt(attempt).attempt.form
    content.change([item], how)
    assert exercises.desk().work(attempt) == before
    for number, round_ in enumerate(form["rounds"], 1):
        keys = {ask["id"]: ask["key"] for ask in round_["asks"] if ask["kind"] != "letter"}
        letters = {ask["id"]: "" for ask in round_["asks"] if ask["kind"] == "letter"}
        assert exercises.desk().answer(attempt, number, keys | letters) == {}
    work = exercises.desk().work(attempt)
    assert work.finished and CHANGED not in (work.story + work.teaches) and work.score == work.possible


@each_way
def test_a_claim_goes_on_with_its_case_and_is_marked_by_it(content, dana, how):
    item = next(item for item, each in content.desk.catalogue().scenarios.items() if each.kind == "scrub-the-claim" and each.status == "published")
    attempt = claims.begin(dana, item)
    form, before = content.desk.ledger().attempt(attempt).attempt.form, claims.desk().work(attempt)
    content.change([item], how)
    at = claims.desk()
    assert at.work(attempt) == before
    at.flag(attempt, [fault["field"] for fault in form["scenario"]["faults"]])
    assert at.send(attempt, form["clean"], "claim") == ""
    work = at.work(attempt)
    assert work.sent[0].answer.outcome.value == "paid" or work.sent[0].credits
    assert CHANGED not in (work.story + work.teaches) and all(float(credit["earned"]) == float(credit["possible"]) for credit in work.sent[0].credits)


@each_way
def test_an_account_goes_on_with_its_life_and_is_marked_by_it(content, dana, how):
    item = next(item for item, each in content.desk.catalogue().lives.items() if each.status == "published")
    attempt = lives.begin(dana, item)
    seed = content.desk.ledger().attempt(attempt).attempt.seed
    held = content.desk.catalogue()
    shelf = shelf_of(held.policies, content.desk.books())
    actions = benchmark(draw_life(held.items[item], seed, shelf).world).actions
    played(lives.desk(), attempt, actions[:1])
    content.change([item], how)
    played(lives.desk(), attempt, actions[1:])
    work = lives.desk().work(attempt)
    assert work.finished and work.score == work.possible and CHANGED not in work.story


def test_what_is_under_way_is_still_found_when_its_content_is_gone(content, dana):
    item = next(str(one.id) for one in content.desk.catalogue().sets if len(quizzing.offered(one, content.desk.today())) > 2)
    attempt = quizzing.begin(dana, item)
    content.change([item], "deleted")
    assert quizzing.begin(dana, item) == attempt
