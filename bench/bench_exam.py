"""Exams: a form put together from 5,000 questions, an answer saved on its change, the end of a whole exam, and the fold of one learner's 10,000 events; each beside its floor."""

import logging
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import bench_answer as page  # noqa: E402
import large_fold  # noqa: E402
from curriculum.exam_form import assemble  # noqa: E402
from stream import Tab  # noqa: E402
from tests.curriculum.exam_pool import blueprint, pool  # noqa: E402

ITEMS, EVENTS, ROUNDS = 5_000, 10_000, 40
ANSWERS, WARM_UP = 80, 10
FORM_AIM, ANSWER_AIM, FOLD_AIM = 15, 1.5, 12


def best(work) -> float:
    """The shortest of several rounds, in seconds."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begun)
    return min(spent)


def forming() -> None:
    """Beside one shuffle of the same pool; a third of it was seen before."""
    exam = blueprint("cpb")
    held = pool("cpb", each=ITEMS * 9 // 10 // len(exam.domains), sets=ITEMS // 45)
    chance = Random(1)
    seen = {one.id: chance.randrange(10**12) for one in held if chance.random() < 1 / 3}
    form = best(lambda: assemble(held, exam, "full", seen, 7))
    shuffle = best(lambda: Random(7).shuffle(held[:]))
    print(f"a CPB form of 135 from {len(held):,} questions: {form * 1000:.1f} ms, one shuffle of them {shuffle * 1000:.1f} ms, ratio {form / shuffle:.1f} (aim at most {FORM_AIM})")


def begun(database: Path) -> tuple[list[str], str]:
    """An address for each of many exams, and one exam for the end."""
    os.environ["CLEAN_CLAIM_DB"] = str(database)
    logging.disable(logging.WARNING)
    from app import exam_desk, exam_offers, session
    queries = []
    for number in range(ANSWERS + WARM_UP):
        profile = session.welcome(f"Bench {number}", "exam", "cpb", None)
        queries.append(f"who={profile.id}&attempt={exam_offers.begin(profile, 'cpb', 'full')}&q=1")
    ending(exam_desk, queries[0])
    session.ledger().close()
    return queries[1:], queries[0]


def ending(exam_desk, query: str) -> None:
    """Grading and finishing a whole exam, beside marking alone."""
    from app import sittings
    from scoring.marks import mark_question
    attempt = query.split("attempt=")[1].split("&")[0]
    questions = exam_desk.paper(attempt).questions
    for question in questions:
        exam_desk.answer(attempt, question.id, question.options[0].id, 0, "bench")
    held = sittings.variants(attempt)
    marking = best(lambda: [mark_question(held[q.id].keyed.question, held[q.id].keyed.drawn, q.options[0].id) for q in questions])
    start = time.perf_counter()
    exam_desk.finish(attempt)
    spent = time.perf_counter() - start
    print(f"the end of an exam of {len(questions)}: {spent * 1000:.0f} ms, durable; marking alone {marking * 1000:.1f} ms")


def answer(tab: Tab) -> None:
    """Chooses the first option; the run that follows says that it is saved."""
    radio = tab.widgets["radio"][0]
    tab.run(**{radio.id: ("string_value", radio.options[0])})
    if not any("saved." in text for text in tab.texts):
        raise SystemExit("The page did not say that the answer is saved; the benchmark no longer fits the page.")


def answering() -> None:
    """Beside the rerun of an empty page of the same process."""
    if not sys.platform.startswith("linux"):
        print("an exam's answer reads /proc, which only Linux has; not measured")
        return
    with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
        at, database = Path(folder, "served"), Path(folder, "bench.sqlite")
        at.mkdir()
        page.folder_of_links(at)
        queries, _ = begun(database)
        pid, address = held.enter_context(page.served(at, database))
        tabs = [Tab(address, "exam", query).run() for query in queries]
        warm, measured = tabs[:WARM_UP], tabs[WARM_UP:]
        page.spent(pid, warm, answer)
        spent = page.spent(pid, measured, answer)
        for tab in tabs:
            tab.go(page.EMPTY, tab.query.partition("&")[0])
        page.spent(pid, warm, Tab.run)
        empty = page.spent(pid, measured * 3, Tab.run)
        for tab in tabs:
            tab.close()
    print(f"an exam's answer, durably saved: {spent:.1f} CPU-ms ({len(measured)} answers); an empty page's rerun {empty:.1f} CPU-ms, ratio {spent / empty:.2f} (aim at most {ANSWER_AIM})")


def folding() -> None:
    """One learner's events into every sum, beside one pass over the same rows."""
    fold, floor = min(large_fold.measured(EVENTS) for _ in range(3))
    print(f"one learner's {EVENTS:,} graded answers folded anew: {fold * 1000:.0f} ms, one pass over the rows {floor * 1000:.0f} ms, ratio {fold / floor:.1f} (aim at most {FOLD_AIM})")


def main() -> None:
    forming()
    folding()
    answering()


if __name__ == "__main__":
    main()
