"""No key reaches the browser before its time, by any way: frames, bodies of requests, downloads are searched for reasons, rules, hints, computed numbers and the ids of right options.

Each test ends with its control: once the answer is in, what was looked for is seen by the same eyes.
"""


import re
import time
import uuid

import pytest

from curriculum.code_books import CodeBooks
from curriculum.exercises import shelf_of
from curriculum.variants import QuestionVariant
from records import Profile, Records
from tests import shipped
from tests.app.sheets import MODEL, begun, sheet
from tests.browser import exam_steps as steps
from tests.browser.practised import long_ago
from tests.browser.running import add_person, answer_anything, begin, fill_anything, opened, serving, settle
from tests.browser.sentinel import Sentinel, after, flat, ids_apart, secrets, words
from tests.browser.test_life_journey import begun as life_begun
from tests.browser.test_life_journey import click, turn_to
from tests.browser.test_quiz_journey import answers

LONG = 30
"""Characters from which on a text of another question is no chance find."""
KINDS = ("single-choice", "multiple-choice", "true-false", "numeric", "money", "date", "code-entry", "matching", "ordering")


@pytest.fixture(scope="module")
def asked(tmp_path_factory, browser):
    """A server over records of somebody with a practice session and a quiz of one question of every kind, and with reviews due; the addresses, and the variants by sitting."""
    database = tmp_path_factory.mktemp("sentinel") / "records.sqlite"
    patch = pytest.MonkeyPatch()
    patch.setenv("CLEAN_CLAIM_DB", str(database))
    from app import practising, quizzing, session, sittings
    from curriculum.practice_form import Block
    from records import Attempt
    session.ledger.clear()
    dana = session.welcome("Dana Whitlock", "exam", "cpb", None)
    long_ago(dana)
    held = session.catalogue().questions
    one_of = [next((q for q in held.values() if q.kind == kind and q.status == "published" and not session.catalogue().case_of(str(q.id)) and q.hints), None)
              or next(q for q in held.values() if q.kind == kind and q.status == "published" and not session.catalogue().case_of(str(q.id))) for kind in KINDS]
    practice = practising.begin(dana, "practice:kinds", "Practice: every kind", tuple(Block((str(q.id),), q.competencies[0], 60) for q in one_of), {})
    form = {"set": {"title": "Every kind", "description": ""}} | sittings.form_of((q, 11) for q in one_of)
    quiz = session.ledger().start(Attempt(session.new_id(), dana.id, str(uuid.uuid4()), quizzing.KIND, "Every kind", sittings.mark_of(form), 11, "practice", form, session.now())).id
    variants = {name: list(sittings.variants(attempt).values()) for name, attempt in (("sitting", practice), ("quiz", quiz))}
    session.ledger().close()
    session.ledger.clear()
    with serving(database) as server:
        patch.undo()
        yield server, dana.id, {"sitting": f"{server.url}/sitting?who={dana.id}&attempt={practice}", "quiz": f"{server.url}/quiz?who={dana.id}&attempt={quiz}"}, variants


@pytest.mark.parametrize("page_of, kind", [*(("quiz", kind) for kind in KINDS), *(("sitting", kind) for kind in ("multiple-choice", "numeric", "ordering"))])
def test_of_a_question_nothing_is_known_before_its_answer_and_all_of_it_after(page, asked, page_of, kind):
    """Every kind on one page, and on the other three: what is told of a question is made at one place for both."""
    _, _, addresses, variants = asked
    place, watch = KINDS.index(kind), Sentinel(page)
    variant = variants[page_of][place]
    hidden, said = {*secrets(variant), *(text for each in variants[page_of] for text in secrets(each) if len(text) > LONG)}, after(variant)
    assert hidden and said
    opened(page, f"{addresses[page_of]}&q={place + 1}")
    page.get_by_role("button", name="Submit answer").wait_for(timeout=30_000)
    settle(page)
    assert flat(variant.public.stem)[:40].strip() in watch.told(), "the question itself was not seen, so nothing was watched"
    assert watch.finds(hidden) == [] and ids_apart(watch.told(), variant, words([variant])) == []
    watch.forget()
    answer_anything(page)
    assert sorted(set(said) - set(watch.finds(said))) == [], "what is told after the answer was not seen, so the search before it proves nothing"


def test_a_hint_comes_when_it_is_taken_and_not_before(page, asked):
    server, _, addresses, variants = asked
    with Records.open(server.database) as records:
        answered = {step.slot for step in records.attempt(re.search("attempt=([0-9a-f-]+)", addresses["sitting"])[1]).steps if step.kind == "submit"}
    from app import practising
    texts = {at: [variant.keyed.tell(hint) for hint in variant.keyed.question.hints or (variant.keyed.question.find_it,)] for at, variant in enumerate(variants["sitting"]) if variant.public.id not in answered}
    if not texts:
        pytest.skip("every question of the session was answered by the tests before")
    assert practising.A_HINT
    place, (first, *_) = next(iter(texts.items()))
    watch = Sentinel(page)
    opened(page, f"{addresses['sitting']}&q={place + 1}")
    assert watch.finds([first]) == []
    page.get_by_role("button", name=re.compile("Take a hint")).click()
    page.get_by_text("Hint 1").wait_for(timeout=30_000)
    settle(page)
    assert watch.finds([first]) == [first]


def test_an_exam_tells_nothing_until_it_is_ended(page, server):
    who, watch = add_person(page, server, "Watched Sitter"), Sentinel(page)
    attempt = steps.begin(page, server, who, size="Quarter")
    form = steps.form_of(server.database, attempt)
    variants = [QuestionVariant.from_plain(each) for each in form["questions"]]
    hidden = [text for variant in variants for text in secrets(variant)]
    public = flat(" ".join(str(each["public"]) for each in form["questions"]))
    hidden = [text for text in hidden if flat(text) not in public and len(text) > LONG]       # a single word, as `secondary`, is in the words of the page itself; numbers are looked for by kind above
    for number in range(1, len(variants) + 1):
        if number <= 2:
            steps.choose(page, number)
        steps.onward(page)
    page.reload()
    settle(page)
    assert watch.finds(hidden) == []
    told, read = watch.told(), words(variants)
    assert [id for variant in variants for id in ids_apart(told, variant, read)] == []
    watch.forget()
    steps.finish(page)
    page.get_by_role("radio", name="All", exact=True).or_(page.get_by_role("button", name="All", exact=True)).first.click()
    settle(page)
    said = [text for variant in variants[:5] for text in after(variant) if flat(text) not in public]       # as many as the report shows at once
    assert sorted(set(said) - set(watch.finds(said))) == []


def test_an_exercise_tells_no_reason_and_no_later_paper_before_its_round(page, server):
    with Records.open(server.database) as records:
        person = records.add_profile(Profile(str(uuid.uuid4()), "Watched Poster", "exam", "cpb", None, int(time.time() * 1000)))
        attempt = begun(records, person.id, sheet())
    watch = Sentinel(page)
    reasons = ["What the remittance says.", "The lines added up."]
    later = ["Put the accounts in the order of work.", "The clock that ends first comes first.", "Group PR alone.", "15 says that the number is wrong.", "The reader looks it up.", MODEL[:60], "After all"]
    opened(page, f"{server.url}/exercise?who={person.id}&attempt={attempt}")
    page.get_by_role("button", name="Hand in").wait_for()
    settle(page)
    assert watch.finds([*reasons, *later, "Balance to the cent."]) == []
    page.get_by_label("Line 1: Paid", exact=True).fill("1")
    page.get_by_label("Line 1: Paid", exact=True).press("Tab")
    for row, column in ((1, "Contractual"), (1, "Patient"), (1, "Left to work"), (2, "Paid"), (2, "Contractual"), (2, "Patient"), (2, "Left to work")):
        page.get_by_label(f"Line {row}: {column}", exact=True).fill("1")
    page.get_by_role("textbox", name=re.compile("What was paid")).fill("1")
    settle(page)
    assert watch.finds(reasons) == [], "nor by what the fields send as they are filled"
    watch.forget()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text(re.compile("marks in this part")).wait_for(timeout=30_000)
    settle(page)
    assert set(watch.finds(reasons)) == set(reasons) and watch.finds(later) == ["Put the accounts in the order of work."]


def test_an_account_tells_nothing_of_what_is_on_its_way_nor_of_its_aim(page, server):
    catalogue = shipped.catalogue()
    address = life_begun(server, (catalogue, shelf_of(catalogue.policies, CodeBooks.open())))
    attempt = re.search("attempt=([0-9a-f-]+)", address)[1]
    with Records.open(server.database) as records:
        form = records.attempt(attempt).attempt.form
    collectable = form["aim"]["collectable"]
    hidden = ["AU7720415", "249.62", "62.40", "837.98", collectable, form["teaches"][:60]]
    watch = Sentinel(page)
    opened(page, address)
    settle(page)
    assert watch.finds(hidden) == []
    click(page, "Verify the member (270)")
    click(page, "Ask for an authorization")
    assert watch.finds(hidden) == []
    turn_to(page, "Let days pass")
    page.get_by_role("button", name="Until something comes").click()
    settle(page)
    page.get_by_text("AU7720415").first.wait_for()
    assert watch.finds(hidden) == ["AU7720415"]
    turn_to(page, "Close")
    click(page, "Close the account")
    page.get_by_text(re.compile("marks")).first.wait_for()
    settle(page)
    assert set(watch.finds([collectable, form["teaches"][:60]])) == {collectable, form["teaches"][:60]}


def test_reviews_and_their_file_tell_no_key_of_what_was_never_answered(page, asked):
    server, who, addresses, _ = asked
    with Records.open(server.database) as records:
        answered = {answer.slot for answer in records.answers_of(who)}
    held = [q for q in shipped.catalogue().questions.values() if q.kind == "single-choice" and q.rationale and "{" not in q.rationale]
    never, met = [q.rationale for q in held if str(q.id) not in answered], [q.rationale for q in held if str(q.id) in answered]
    watch = Sentinel(page)
    opened(page, f"{server.url}/review?who={who}")
    settle(page)
    assert watch.finds([*never, *met]) == [], "the page itself tells no key"
    watch.download("Download for Anki")
    found = watch.finds([*never, *met])
    assert set(found) <= set(met) and len(found) == len(met) > 3
    watch.forget()
    page.get_by_role("button", name=re.compile("Start the review|Go on with the review")).first.click()
    page.get_by_role("heading", name=re.compile("Question 1 of")).wait_for(timeout=30_000)
    settle(page)
    assert watch.finds([*never, *met]) == [], "a question that comes again comes without its key"


def test_no_other_tab_tells_the_key_of_a_question_while_the_clock_of_an_exam_runs(page, server):
    """The questions of the exam were answered before, in a quiz and in practice, and lie open in another tab."""
    who = re.search(r"who=([0-9a-f-]{36})", add_person(page, server, "Two Tabs"))[1]
    begin(page)
    answer_anything(page)
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("heading", name="Question 2 of").wait_for(timeout=30_000)
    settle(page)
    quiz = re.search(r"attempt=([0-9a-f-]{36})", page.url)[1]
    with Records.open(server.database) as records:
        variants = [QuestionVariant.from_plain(each) for each in records.attempt(quiz).attempt.form["questions"]]
    hidden, told = [text for variant in variants for text in secrets(variant) if len(text) > LONG], [text for text in after(variants[0]) if len(text) > LONG]
    exam, watch = page.context.new_page(), Sentinel(page)
    attempt = steps.begin(exam, server, f"who={who}", size="Quarter")
    fill_anything(page)
    page.get_by_role("button", name="Submit answer").click()
    page.get_by_text(re.compile("^Not saved: your CPB practice exam, quarter is running")).wait_for(timeout=30_000)
    for address in (f"quiz?who={who}&attempt={quiz}&q=1", f"quiz?who={who}&attempt={quiz}&q=2", f"attempt?who={who}&attempt={quiz}", f"review?who={who}", f"practice?who={who}", f"claims?who={who}", f"reference?who={who}", f"own_data?who={who}"):
        opened(page, f"{server.url}/{address}")
        page.get_by_role("link", name="Back to the exam").wait_for(timeout=30_000)
        assert page.get_by_role("button", name=re.compile("Submit|Start|Download")).count() == 0
    assert watch.finds(hidden) == [] and len(answers(server.database, quiz)) == 1
    page.get_by_role("link", name="Back to the exam").click()
    page.get_by_role("heading", name="Question 1 of").wait_for(timeout=30_000)
    assert attempt in page.url
    steps.finish(exam)
    watch.forget()
    opened(page, f"{server.url}/quiz?who={who}&attempt={quiz}&q=1")
    page.get_by_role("heading", name="The rule").wait_for(timeout=30_000)
    settle(page)
    assert sorted(set(told) - set(watch.finds(told))) == [], "after the end it is told again"
