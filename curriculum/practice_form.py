"""A practice session put together to order: which questions are wanted, how many fit, and in what order, so that like never follows like."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from curriculum.catalogue import Catalogue
from curriculum.exam_form import offered_on
from curriculum.models import Question
from curriculum.pace import seconds
from curriculum.variants import vary

TRIES = 12                       # seeds looked at for a variant that differs from the last one


@dataclass(frozen=True)
class Wish:
    """What to practise; what is left empty does not matter. count: questions, or minutes: how long."""
    areas: frozenset[str] = frozenset()
    competencies: frozenset[str] = frozenset()
    exam: str = ""
    domain: str = ""
    kinds: frozenset[str] = frozenset()
    difficulties: frozenset[int] = frozenset()
    only: str = ""               # "missed", "unseen" or nothing
    count: int = 0
    minutes: int = 0

    def plain(self) -> dict:
        """As JSON keeps it."""
        return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Block:
    """What is asked together: one question, or the questions of a case. key: what may not follow itself; seconds: how long it takes."""
    questions: tuple[str, ...]
    key: str
    seconds: int


def card_of(question: Question) -> str:
    """The skill or fact that the question shows, within its first competency."""
    return f"{question.competencies[0]}/{question.fact or question.slug}"


def wanted(held: Catalogue, wish: Wish, day: date, missed: Iterable[str] = (), met: Iterable[str] = ()) -> tuple[Question, ...]:
    """The questions on offer that the wish names. missed: those last answered wrong; met: those seen before."""
    missed, met = frozenset(missed), frozenset(met)
    return tuple(q for id_, q in held.questions.items() if offered_on(q, day) and _named(held, wish, q)
                 and {"missed": id_ in missed, "unseen": id_ not in met}.get(wish.only, True))


def _named(held: Catalogue, wish: Wish, question: Question) -> bool:
    """Whether the question is of the kind, the difficulty, the domain and the competencies that the wish names."""
    skills = frozenset(question.competencies)
    areas = {skill.split(".")[0] for skill in skills}
    return ((not wish.kinds or question.kind in wish.kinds) and (not wish.difficulties or question.difficulty in wish.difficulties)
            and (not wish.areas or bool(areas & wish.areas)) and (not wish.competencies or bool(skills & wish.competencies))
            and (not wish.exam or bool(domains := held.domains_of(question, wish.exam)) and (not wish.domain or wish.domain in domains)))


def blocks(held: Catalogue, questions: Iterable[Question], pace: Callable[[Question], int] = seconds) -> tuple[Block, ...]:
    """The questions as blocks, in the order given; those of one case stand together where its first one stood."""
    together: dict[str, list[Question]] = {}
    for question in questions:
        case = held.case_of(str(question.id))
        together.setdefault(str(case.id if case else question.id), []).append(question)
    return tuple(Block(tuple(str(q.id) for q in sorted(several, key=lambda q: _place(held, q))), several[0].competencies[0], sum(map(pace, several)))
                 for several in together.values())


def _place(held: Catalogue, question: Question) -> int:
    case = held.case_of(str(question.id))
    return [one.id for one in case.questions].index(question.id) if case else 0


def fitting(offered: Sequence[Block], count: int = 0, seconds: int = 0) -> tuple[Block, ...]:
    """Blocks from the first on, as many as fit into so many questions or seconds; the first one always."""
    taken, asked, spent = [], 0, 0
    for block in offered:
        fits = (not count or asked + len(block.questions) <= count) and (not seconds or spent + block.seconds <= seconds)
        if fits or not taken:
            taken.append(block)
            asked, spent = asked + len(block.questions), spent + block.seconds
    return tuple(taken)


def composed(lists: Sequence[tuple[Sequence[Block], float]], seconds: int) -> tuple[Block, ...]:
    """Blocks from several lists, each for its share of the time; what a list leaves over goes to the others, the first ones first. No question twice."""
    taken: list[Block] = []
    for offered, share in (*lists, *((offered, 1.0) for offered, _ in lists)):
        asked = {question for block in taken for question in block.questions}
        left = [block for block in offered if not asked & set(block.questions)]
        room = min(seconds * share, seconds - sum(block.seconds for block in taken))
        if left and (not taken or room >= min(block.seconds for block in left)):
            taken += [block for block in fitting(left, seconds=max(round(room), 1)) if not taken or block.seconds <= room]
    return tuple(taken)


def interleaved(offered: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks in an order in which no key follows itself, as far as that can be done; otherwise the first ones first."""
    left, ordered = list(offered), []
    while left:
        counts = Counter(block.key for block in left)
        last = ordered[-1].key if ordered else None
        pressing = next((key for key, many in counts.items() if many * 2 > len(left) and key != last), None)
        pool = [block for block in left if block.key == pressing] if pressing else [block for block in left if block.key != last]
        ordered.append((pool or left)[0])
        left.remove(ordered[-1])
    return tuple(ordered)


def fresh(question: Question, seed: int, before: int | None) -> int:
    """A seed under which the question looks other than it did under the one before: other figures, else another order of its options, where it has either."""
    if before is None:
        return seed
    looked = vary(question, before).public
    tried = [seed + more for more in range(TRIES)]
    drawn = [each for each in tried if vary(question, each).public.stem != looked.stem]
    return next(iter(drawn), None) or next((each for each in tried if vary(question, each).public != looked), seed)


def freshest(alike: Sequence[Question], met: Mapping[str, int]) -> Question:
    """Of questions that show the same, one never met, else the one unseen longest."""
    return min(alike, key=lambda question: (met.get(str(question.id), 0), str(question.id)))


def shuffled(offered: Sequence[Block], seed: int) -> tuple[Block, ...]:
    """The blocks in the order of the seed."""
    order = list(offered)
    Random(seed).shuffle(order)
    return tuple(order)
