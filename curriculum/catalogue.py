"""Everything that is offered, read once and frozen; and every mistake of every file, none hiding another."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from billing.policy import PayerPolicy
from curriculum.benefit_order import benefit_order
from curriculum.exams import Blueprint, Blueprints, Competencies, Skill, Source
from curriculum.exercises import Exercise
from curriculum.forms.scenario import FormScenario
from curriculum.kinds import KINDS
from curriculum.lives import Life
from curriculum.mistakes import Mistake, Unreadable, did_you_mean
from curriculum.code_sets import CodeList, code_lists, release_history
from curriculum.models import CaseSet, Question, QuestionSet
from curriculum.payers import Folder, read_folder
from curriculum.reader import Node, Path_, inside, read, typed
from curriculum.scenarios import Kind, Scenario

FOLDERS = ("quizzes", "scenarios", "payers", "codesets", "exams")
REVIEW, PROFESSIONAL = "blind-review.yaml", "professional"
BOOKKEEPING = {"status", "last_checked"}
"""Fields that say how an item is kept, not what it asks: a content hash leaves them out."""


@dataclass(frozen=True)
class Origin:
    """Where in which file an item stands."""
    node: Node
    path: Path_ = ()

    def mistake(self, what: str, *steps: str | int, where: str = "", warning: bool = False) -> Mistake:
        """A mistake in the item, at the steps from it."""
        return self.node.mistake(self.path + steps, what, where=where, warning=warning)


@dataclass(frozen=True)
class Catalogue:
    """All content by id. Items with mistakes in their file are left out and `mistakes` says why."""
    root: Path
    sets: tuple[QuestionSet, ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    form_scenarios: Mapping[str, FormScenario] = field(default_factory=dict)   # claims on other forms than the professional one
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    lives: Mapping[str, Life] = field(default_factory=dict)
    policies: Mapping[str, PayerPolicy] = field(default_factory=dict)
    competencies: Mapping[str, Skill] = field(default_factory=dict)
    areas: tuple = ()
    tracks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blueprints: Mapping[str, Blueprint] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False)
    payer_files: Mapping[str, Folder] = field(default_factory=dict, repr=False)
    code_sets: tuple[CodeList, ...] = ()
    review_files: tuple[Node, ...] = field(default=(), repr=False)
    mistakes: tuple[Mistake, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Any]:
        """Questions, claims to work, exercises and lives by id."""
        return MappingProxyType({**self.questions, **self.scenarios, **self.form_scenarios, **self.exercises, **self.lives})

    @cached_property
    def _cases(self) -> Mapping[str, CaseSet]:
        return {str(question.id): whole for whole in self.sets if isinstance(whole, CaseSet) for question in whole.questions}

    def case_of(self, question_id: str) -> CaseSet | None:
        """The case set that the question belongs to, if it belongs to one."""
        return self._cases.get(str(question_id))

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {}

    def hash_of(self, item_id: str) -> str:
        """The item's content hash: changes exactly when what is asked, answered or explained changes."""
        if item_id not in self._hashes:
            self._hashes[item_id] = content_hash(self.items[item_id], self.case_of(item_id))
        return self._hashes[item_id]

    def domains_of(self, item: Any, exam: str) -> tuple[str, ...]:
        """The exam's domains that the item serves: as stated, else as its competencies propose; in the blueprint's order."""
        every = tuple(domain.id for domain in self.blueprints[exam].domains) if exam in self.blueprints else ()
        if exam in item.domains:
            return tuple(domain for domain in every if domain in item.domains[exam])
        proposed = set()
        for skill in item.competencies:
            asked = self.competencies[skill].exams.get(exam, ()) if skill in self.competencies else ()
            proposed.update(every if asked == "all" else asked)
        return tuple(domain for domain in every if domain in proposed)


def content_hash(item: Any, case: CaseSet | None = None) -> str:
    """blake2b over the item's canonical JSON: sorted, without bookkeeping, defaults left out so that a new field changes no old hash.

    A question of a case is asked with the case's story and papers, so they are hashed with it.
    """
    plain = item.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=BOOKKEEPING)
    if case:
        plain["case"] = case.model_dump(mode="json", include={"story", "exhibits"})
    return blake2b(json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(), digest_size=16).hexdigest()


def _set_type(node: Node) -> type[QuestionSet]:
    """What a file of quizzes/ is, by its kind."""
    return CaseSet if isinstance(node.value, dict) and node.value.get("kind") == "case-set" else QuestionSet


def load(root: Path | str) -> Catalogue:
    """All content under the root. Never raises for content: what is wrong stands in `mistakes`."""
    return _Reading(Path(root).resolve()).catalogue()


class _Reading:
    """One pass over the content folders, gathering as it goes."""

    def __init__(self, root: Path):
        self.root, self.mistakes = root, []
        self.origins: dict[str, Origin] = {}
        self.named: dict[str, Origin] = {}
        self.reviews: list[Node] = []

    def catalogue(self) -> Catalogue:
        sets, questions = self._questions()
        worked = self._scenarios()
        folders = self._payers()
        areas, skills, tracks = self._competencies()
        blueprints = self._typed_file("exams/blueprints.yaml", Blueprints)
        return Catalogue(
            root=self.root, sets=tuple(sets), questions=MappingProxyType(questions), scenarios=MappingProxyType(worked[Scenario]), form_scenarios=MappingProxyType(worked[FormScenario]),
            exercises=MappingProxyType(worked[Exercise]), lives=MappingProxyType(worked[Life]),
            policies=MappingProxyType({name: folder.policy for name, folder in folders.items() if folder.policy}),
            competencies=MappingProxyType(skills), areas=areas, tracks=MappingProxyType(tracks),
            blueprints=MappingProxyType({one.id: one for one in blueprints.blueprints} if blueprints else {}),
            sources=MappingProxyType(self._sources()), origins=MappingProxyType(self.origins), payer_files=MappingProxyType(folders),
            code_sets=self._code_sets(), review_files=tuple(self.reviews),
            mistakes=tuple(dict.fromkeys(self.mistakes)))

    def _files(self, folder: str) -> Iterator[tuple[Path, str]]:
        """Every YAML file of the folder with the name to show, in order; one that leads outside is a mistake."""
        for path in sorted((self.root / folder).rglob("*")):
            if path.suffix not in (".yaml", ".yml") or any(part.startswith(".") for part in path.relative_to(self.root).parts):
                continue
            shown = path.relative_to(self.root).as_posix()
            try:
                inside(self.root, path)
            except Unreadable:
                self.mistakes.append(Mistake(shown, 1, "", "this is a link to a place outside of the content; copy the file here"))
                continue
            if path.suffix == ".yml":
                self.mistakes.append(Mistake(shown, 1, "", "content files end in .yaml; rename this one"))
            yield path, shown

    def _nodes(self, folder: str) -> Iterator[tuple[Path, Node]]:
        for path, shown in self._files(folder):
            try:
                yield path, read(path, shown=shown)
            except Unreadable as error:
                self.mistakes.extend(error.mistakes)

    def _typed(self, type_: Any, node: Node) -> Any:
        value, found = typed(type_, node)
        self.mistakes.extend(found)
        return value

    def _typed_file(self, shown: str, type_: Any) -> Any:
        """One file that must be there."""
        try:
            return self._typed(type_, read(inside(self.root, Path(shown)), shown=shown))
        except Unreadable as error:
            self.mistakes.extend(error.mistakes)

    def _questions(self) -> tuple[list[QuestionSet], dict[str, Question]]:
        sets, questions = [], {}
        for path, node in self._nodes("quizzes"):
            if path.name == REVIEW:
                self.reviews.append(node)
            elif (whole := self._typed(_set_type(node), node)) and self._new(whole, Origin(node)):
                sets.append(whole)
                questions.update({str(question.id): question for place, question in enumerate(whole.questions)
                                  if self._new(question, Origin(node, ("questions", place)))})
        return sets, questions

    def _scenarios(self) -> dict[type, dict[str, Any]]:
        """The folder's files by what they are: claims to work, exercises, lives. `kind` says which, `form` on which form."""
        found: dict[type, dict[str, Any]] = {Scenario: {}, FormScenario: {}, Exercise: {}, Life: {}}
        for path, node in self._nodes("scenarios"):
            if path.name == REVIEW:
                self.reviews.append(node)
                continue
            type_ = self._type_of(node)
            if type_ and (item := self._typed(type_, node)) and self._new(item, Origin(node)):
                found[type_][str(item.id)] = item
        return found

    def _type_of(self, node: Node) -> type | None:
        """What a file of scenarios/ is; a kind that there is not is a mistake. Without any kind it is read as a claim, whose reading says what is missing."""
        kind = node.value.get("kind") if isinstance(node.value, dict) else None
        types = {**dict.fromkeys(get_args(Kind), Scenario), **dict.fromkeys(KINDS, Exercise), "life": Life}
        if isinstance(kind, str) and kind not in types:
            self.mistakes.append(node.mistake(("kind",), f'there is no kind of scenario "{kind}"{did_you_mean(kind, types)}'))
            return None
        type_ = types.get(kind, Scenario)
        return FormScenario if type_ is Scenario and node.value.get("form", PROFESSIONAL) != PROFESSIONAL else type_

    def _new(self, item: Any, origin: Origin) -> bool:
        """Whether neither the id nor the slug was used before; says so where one was."""
        fresh = True
        for name, value in (("id", str(item.id)), ("slug", item.slug)):
            if value in self.named:
                first = self.named[value]
                self.mistakes.append(origin.mistake(
                    f'the {name} "{value}" is used already, in {first.node.file}:{first.node.line(*first.path, name)}', name))
                fresh = fresh and name != "id"
            else:
                self.named[value] = origin
        if fresh:
            self.origins[str(item.id)] = origin
        return fresh

    def _payers(self) -> dict[str, Folder]:
        by_payer: dict[str, list[tuple[Path, str]]] = {}
        for path, shown in self._files("payers"):
            parts = path.relative_to(self.root / "payers").parts
            if len(parts) == 2:
                by_payer.setdefault(parts[0], []).append((path, shown))
            else:
                self.mistakes.append(Mistake(shown, 1, "", "a rule lies in the folder of its payer: payers/<payer>/<rule>.yaml"))
        return {name: read_folder(name, files, self.mistakes) for name, files in by_payer.items()}

    def _code_sets(self) -> tuple[CodeList, ...]:
        """The lists of codes; the releases and the order of benefits are read for their mistakes only."""
        before = len(self.mistakes)
        if not list(self._files("codesets")) or len(self.mistakes) > before:
            return ()
        self._gathered(release_history)
        self._gathered(benefit_order)
        return self._gathered(code_lists) or ()

    def _gathered(self, reading) -> Any:
        """What a reading of codesets/ returns; its mistakes with the names of files as everywhere."""
        try:
            return reading(self.root / "codesets")
        except Unreadable as error:
            self.mistakes.extend(replace(one, file=Path(one.file).relative_to(self.root).as_posix()) for one in error.mistakes)

    def _competencies(self) -> tuple[tuple, dict[str, Skill], dict[str, tuple[str, ...]]]:
        whole = self._typed_file("exams/competencies.yaml", Competencies)
        if not whole:
            return (), {}, {}
        return whole.areas, {skill.id: skill for area in whole.areas for skill in area.skills}, dict(whole.tracks)

    def _sources(self) -> dict[str, Source]:
        sources, first = {}, {}
        for _, node in self._nodes("exams/sources"):
            for place, source in enumerate(self._typed(tuple[Source, ...], node) or ()):
                if source.id in sources:
                    self.mistakes.append(node.mistake((place, "id"), f'the source "{source.id}" is listed already, in {first[source.id]}'))
                    continue
                sources[source.id], first[source.id] = source, f"{node.file}:{node.line(place)}"
        return sources
