"""What holds across files: every reference resolves, texts are plain, published items are fit to publish, and what is stale is said."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from billing.codes import CodeBooks
from curriculum.bank import prove_bank
from curriculum.blind_review import prove_reviews
from curriculum.catalogue import Catalogue, Origin
from curriculum.exercise_proof import prove_exercise, prove_life
from curriculum.exercises import Exercise, shelf_of
from curriculum.forms.proof import prove_form_scenario
from curriculum.forms.scenario import FormScenario
from curriculum.kinds import KINDS
from curriculum.licence_guard import guard, texts
from curriculum.lives import Life
from curriculum.mistakes import Mistake, did_you_mean
from curriculum.models import CaseSet, Question
from curriculum.question_proof import prove_case, prove_codes, prove_question
from curriculum.reader import Node, Path_, Unreadable, read
from curriculum.scenario_proof import prove_scenario
from curriculum.scenarios import Scenario

STALE_DAYS = 400
UNSAFE = (
    (re.compile(r"<\s*/?\s*[a-zA-Z!?]"), "HTML"),
    (re.compile(r"!\["), "an image"),
    (re.compile(r"\]\("), "a link"),
    (re.compile(r"(https?|ftp|javascript|data|file)\s*:\s*//|\bjavascript\s*:|\bwww\.", re.IGNORECASE), "a web address"),
)
ADDRESSED = frozenset(("url", "seen"))
"""Fields of a source that may hold a web address."""


def prove(catalogue: Catalogue, as_of: date, marks: Callable[[Any, Any, int], bool] | None = None, books: CodeBooks | None = None) -> list[Mistake]:
    """Every mistake: those met in reading and those that only the whole shows.

    `marks(item, response, seed)` says whether a response earns full credit; with it, blind reviews are marked again. With the code
    books, the diagnosis codes that questions accept are looked up and the scenarios played.
    """
    found = list(catalogue.mistakes)
    for item_id, item in catalogue.items.items():
        origin = catalogue.origins[item_id]
        found += _references(catalogue, item, origin)
        found += _plain(origin.node, origin.path)
        found += guard(origin.node, origin.path)
        found += _days(item, origin, as_of)
        if isinstance(item, Question):
            found += [*prove_question(item, origin), *prove_codes(item, origin, catalogue.code_sets, books)]
        elif books and isinstance(item, Scenario) and item.world.payer in catalogue.policies:
            found += prove_scenario(item, origin, catalogue.policies[item.world.payer], books, catalogue.competencies.keys())
        elif books and isinstance(item, FormScenario) and item.world.payer in catalogue.policies:
            found += prove_form_scenario(item, origin, catalogue.policies[item.world.payer], books, catalogue.competencies.keys())
        elif books and isinstance(item, Exercise):
            found += prove_exercise(item, origin, KINDS[item.kind], shelf_of(catalogue.policies, books))
        elif books and isinstance(item, Life):
            found += prove_life(item, origin, shelf_of(catalogue.policies, books))
    for case in (whole for whole in catalogue.sets if isinstance(whole, CaseSet)):
        origin = catalogue.origins[str(case.id)]
        found += prove_case(case, origin)
        for part in ("title", "description", "story", "exhibits"):
            found += [*_plain(origin.node, (part,)), *guard(origin.node, (part,))]
    for folder in catalogue.payer_files.values():
        for node in folder.files.values():
            found += [*_plain(node), *guard(node)]
        found += _rules(catalogue, folder, as_of)
    for shown in ("codesets", "exams"):
        for node in _readable(catalogue, shown):
            found += [*_plain(node), *guard(node)]
    found += _exams(catalogue)
    found += prove_bank(catalogue)
    found += prove_reviews(catalogue, marks)
    return sorted(set(found))


def _references(catalogue: Catalogue, item: Any, origin: Origin) -> Iterator[Mistake]:
    """Competencies, domains, sources, the item it reimplements and the payer it goes to exist."""
    for place, skill in enumerate(item.competencies):
        if skill not in catalogue.competencies:
            yield origin.mistake(f'there is no competency "{skill}"{did_you_mean(skill, catalogue.competencies)}', "competencies", place)
    for exam, domains in item.domains.items():
        known = {domain.id for domain in catalogue.blueprints[exam].domains} if exam in catalogue.blueprints else set()
        for place, domain in enumerate(domains):
            if domain not in known:
                yield origin.mistake(f'the exam {exam} has no domain "{domain}"{did_you_mean(domain, known)}', "domains", exam, place)
    for place, citation in enumerate(item.citations):
        if citation.source not in catalogue.sources:
            yield origin.mistake(f'there is no source "{citation.source}" in exams/sources/{did_you_mean(citation.source, catalogue.sources)}',
                                 "citations", place, "source")
    if item.reimplements and (item.reimplements == item.id or str(item.reimplements) not in catalogue.items):
        yield origin.mistake("no other item has this id; a corrected item names the one it replaces", "reimplements")
    if isinstance(item, (Scenario, FormScenario)) and item.world.payer not in catalogue.policies:
        yield origin.mistake(f'there is no payer "{item.world.payer}"{did_you_mean(item.world.payer, catalogue.policies)}', "world", "payer")


def _days(item: Any, origin: Origin, as_of: date) -> Iterator[Mistake]:
    """The days in force run forward, and someone has looked lately."""
    if item.in_force.to and item.in_force.to < item.in_force.from_:
        yield origin.mistake("the last day in force lies before the first", "in_force", "to")
    if item.status == "published":
        yield from _stale(item.last_checked, as_of, lambda what: origin.mistake(what, "last_checked", warning=True))


def _stale(checked: date, as_of: date, warn: Callable[[str], Mistake]) -> Iterator[Mistake]:
    """A warning when nobody has looked for too long, or will only look in the future."""
    if checked > as_of:
        yield warn(f"last_checked lies after {as_of}")
    elif (as_of - checked).days > STALE_DAYS:
        yield warn(f"last checked {(as_of - checked).days} days before {as_of}: look at the sources again and set last_checked")


def _plain(node: Node, path: Path_ = ()) -> Iterator[Mistake]:
    """Texts hold no HTML, image, link or web address: a page shows them as they are, and nothing is fetched from elsewhere."""
    for place, text in texts(node, path):
        if ADDRESSED.isdisjoint(place):
            for shape, what in UNSAFE:
                if shape.search(text):
                    yield node.mistake(place, f"there is {what} in this text; content is plain text with a little Markdown, and addresses "
                                              "belong in exams/sources/")


def _rules(catalogue: Catalogue, folder: Any, as_of: date) -> Iterator[Mistake]:
    """A payer's rules cite sources that exist, and are not stale."""
    for kind, rule in (folder.policy.rules if folder.policy else {}).items():
        node = folder.files[kind]
        for place, value in enumerate(rule.values):
            for number, citation in enumerate(value.citations):
                if citation.source not in catalogue.sources:
                    yield node.mistake(("values", place, "citations", number, "source"),
                                       f'there is no source "{citation.source}" in exams/sources/{did_you_mean(citation.source, catalogue.sources)}')
        if not rule.invented:
            yield from _stale(rule.last_checked, as_of, lambda what: node.mistake(("last_checked",), what, warning=True))


def _exams(catalogue: Catalogue) -> Iterator[Mistake]:
    """Competencies name domains that the blueprints have; tracks name areas that exist."""
    node = next((node for node in _readable(catalogue, "exams") if node.file == "exams/competencies.yaml"), None)
    if node is None or not catalogue.areas:
        return
    for number, area in enumerate(catalogue.areas):
        for place, skill in enumerate(area.skills):
            for exam, domains in skill.exams.items():
                known = {domain.id for domain in catalogue.blueprints[exam].domains} if exam in catalogue.blueprints else set()
                for domain in () if domains == "all" else domains:
                    if domain not in known:
                        yield node.mistake(("areas", number, "skills", place, "exams", exam), f'the exam {exam} has no domain "{domain}"')
    areas = {area.area for area in catalogue.areas}
    for track, named in catalogue.tracks.items():
        for place, area in enumerate(named):
            if area not in areas:
                yield node.mistake(("tracks", track, place), f'there is no area "{area}"{did_you_mean(area, areas)}')


def _readable(catalogue: Catalogue, folder: str) -> Iterator[Node]:
    """The folder's files again; those that cannot be read were reported by the catalogue."""
    for path in sorted((catalogue.root / folder).rglob("*.yaml")):
        try:
            yield read(path, shown=path.relative_to(catalogue.root).as_posix())
        except Unreadable:
            continue
