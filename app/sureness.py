"""How sure a learner was and how right: first answers by domain of an exam, and the practice exams over time."""

from dataclasses import dataclass
from datetime import date

from app import first_answers
from app.exam_offers import KIND, PREFIX, SIZE_NAMES
from app.reviewing import day_of
from app.session import catalogue, ledger
from curriculum.exam_form import SIZES
from records import Profile
from scoring.confidence import LEVELS

__all__ = ["LEVELS", "DomainSure", "Mock", "by_domain", "mocks"]


@dataclass(frozen=True)
class DomainSure:
    """A domain: for each level of confidence how many first answers said so and how many of them were wholly right."""
    name: str
    levels: tuple[tuple[int, int], ...]

    @property
    def sure_and_wrong(self) -> int:
        many, right = self.levels[-1]
        return many - right


@dataclass(frozen=True)
class Mock:
    """A practice exam that has ended. size: full, half or quarter."""
    day: date
    size: str
    share: float
    earned: str

    @property
    def whole(self) -> bool:
        return self.size == "full"


def by_domain(profile: Profile, exam: str) -> tuple[DomainSure, ...]:
    """The domains in which anything was said of one's confidence, in the exam's order."""
    items, counted = first_answers.bank(exam), {}
    for met in first_answers.first(profile).counting:
        if met.sure and met.item in items:
            for domain in items[met.item].domains:
                many, right = counted.get((domain, met.sure), (0, 0))
                counted[domain, met.sure] = many + 1, right + (met.share >= 1)
    rows = (DomainSure(domain.name, tuple(counted.get((domain.id, level), (0, 0)) for level in LEVELS)) for domain in catalogue().blueprints[exam].domains)
    return tuple(row for row in rows if any(many for many, _ in row.levels))


def mocks(profile: Profile, exam: str, most: int = 12) -> tuple[Mock, ...]:
    """The latest practice exams, oldest first; a part sat alone says nothing of the whole and is left out."""
    names = {SIZE_NAMES[size].lower(): size for size in SIZES}
    found = []
    for one in ledger().attempts_of(profile.id, 500):
        size = names.get(one.title.rpartition(", ")[2])
        if one.kind == KIND and one.item == PREFIX + exam and one.finished and one.possible and size:
            found.append(Mock(day_of(one.finished), size, float(one.score / one.possible), f"{one.score.normalize():f} of {one.possible.normalize():f}"))
    return tuple(reversed(found[:most]))
