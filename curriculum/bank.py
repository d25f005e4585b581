"""What holds of all published questions together: no two alike, no key told by its length or its place, every domain and difficulty served."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil

from curriculum.catalogue import Catalogue
from curriculum.mistakes import Mistake
from curriculum.models import CaseSet, Question
from curriculum.variants import shown_order

ALIKE = 0.85
LONGEST_SHARE = 0.30
PLACE_SHARES = (0.20, 0.30)
SEEDS = range(40)
ENOUGH = 20          # fewer questions than this have no shares worth a gate
IN_A_DOMAIN = 10
WHOLE = "quizzes"


def prove_bank(catalogue: Catalogue) -> Iterator[Mistake]:
    """Every mistake and warning about the bank as a whole."""
    published = [question for question in catalogue.questions.values() if question.status == "published"]
    single = [question for question in published if question.kind == "single-choice"]
    yield from _alike(catalogue)
    yield from _longest(catalogue, single)
    yield from _places(single)
    yield from _coverage(catalogue, published)


def words(question: Question, case: CaseSet | None = None) -> frozenset[str]:
    """What the question asks, as a set of words; a figure is as good as another. With its case, the situation belongs to it."""
    shared = (case.story, *(exhibit.text for exhibit in case.exhibits)) if case else ()
    return frozenset(re.sub(r"^\d[\d,.]*$", "#", word) for word in re.findall(r"[a-z]+|\d[\d,.]*\d|\d", " ".join((question.stem, question.exhibit, *shared)).lower()))


def _alike(catalogue: Catalogue) -> Iterator[Mistake]:
    """Two stems whose words overlap almost wholly. Only questions that share a rare word are compared, which misses none.

    "How much does the patient owe?" may be asked of two cases, but not twice of one.
    """
    asked = {id_: words(question) for id_, question in catalogue.questions.items() if question.status != "retired"}
    frequency = Counter(word for said in asked.values() for word in said)
    sharing: dict[str, list[str]] = defaultdict(list)
    for id_, said in asked.items():
        rarest = sorted(said, key=lambda word: (frequency[word], word))[:len(said) - ceil(ALIKE * len(said)) + 1]
        for other in (other for word in rarest for other in sharing[word]):
            if _overlap(said, asked[other]) and _same_situation(catalogue, id_, other):
                first = catalogue.origins[other]
                yield catalogue.origins[id_].mistake(
                    f'this stem is almost that of "{catalogue.questions[other].slug}", {first.node.file}:{first.node.line(*first.path, "stem")}', "stem")
                break  # one is enough to act on, and a bank of copies is told in linear time
        for word in rarest:
            sharing[word].append(id_)


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _same_situation(catalogue: Catalogue, one: str, other: str) -> bool:
    """Whether two questions are asked about the same: of one case, of none, or of two cases that are almost the same."""
    cases = catalogue.case_of(one), catalogue.case_of(other)
    return cases[0] is cases[1] or _overlap(*(words(catalogue.questions[id_], case) for id_, case in zip((one, other), cases)))


def key_is_longest(question: Question) -> bool:
    """Whether the key is longer than every other option."""
    key = next(option for option in question.options if option.correct)
    return all(len(key.text) > len(option.text) for option in question.options if option is not key)


def _longest(catalogue: Catalogue, single: list[Question]) -> Iterator[Mistake]:
    by_file: dict[str, list[Question]] = defaultdict(list)
    for question in single:
        by_file[catalogue.origins[str(question.id)].node.file].append(question)
    for file, questions in by_file.items():
        telling = [question.slug for question in questions if key_is_longest(question)]
        if len(telling) > 1 and len(telling) > LONGEST_SHARE * len(questions):
            yield Mistake(file, 1, "", f"the key is the longest option in {len(telling)} of {len(questions)} single-choice questions: "
                                       f"{', '.join(telling)}", warning=True)
    telling = sum(map(key_is_longest, single))
    if len(single) >= ENOUGH and telling > LONGEST_SHARE * len(single):
        yield Mistake(WHOLE, 1, "", f"the key is the longest option in {telling} of {len(single)} single-choice questions, more than "
                                    f"{LONGEST_SHARE:.0%}: make other options as long and as exact")


def _places(single: list[Question]) -> Iterator[Mistake]:
    """Where the key stands as shown, over many seeds."""
    if len(single) < ENOUGH:
        return
    places = Counter(shown_order(question, seed).index(next(o.id for o in question.options if o.correct)) for question in single for seed in SEEDS)
    for place in range(4):
        share = places[place] / (len(single) * len(SEEDS))
        if not PLACE_SHARES[0] <= share <= PLACE_SHARES[1]:
            yield Mistake(WHOLE, 1, "", f"the key stands in place {place + 1} in {share:.0%} of what is shown; between {PLACE_SHARES[0]:.0%} and "
                                        f"{PLACE_SHARES[1]:.0%} is fair (options that are figures stay sorted: vary where their key stands)")


def _coverage(catalogue: Catalogue, published: list[Question]) -> Iterator[Mistake]:
    if not published:
        return
    served = Counter(domain for question in published for domain in catalogue.domains_of(question, "cpb"))
    for domain in catalogue.blueprints["cpb"].domains if "cpb" in catalogue.blueprints else ():
        if served[domain.id] < IN_A_DOMAIN:
            yield Mistake(WHOLE, 1, "", f"the CPB domain {domain.id} ({domain.name}) has {served[domain.id]} questions; {IN_A_DOMAIN} are wanted", warning=True)
    spread = Counter(question.difficulty for question in published)
    for difficulty in range(1, 6):
        if len(published) >= ENOUGH and spread[difficulty] < len(published) * 0.05:
            yield Mistake(WHOLE, 1, "", f"difficulty {difficulty} has {spread[difficulty]} of {len(published)} questions; spread them over 1 to 5", warning=True)
