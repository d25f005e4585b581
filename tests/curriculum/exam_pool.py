"""Pools of candidates made up for the tests of exam forms, and the blueprints as they are here."""

from random import Random

from curriculum.exam_form import Candidate
from curriculum.exams import Blueprint
from tests.shipped import catalogue as content


def blueprint(exam: str) -> Blueprint:
    return content().blueprints[exam]


def pool(exam: str, each: int = 60, sets: int = 20, seed: int = 0, both: float = 0.2) -> list[Candidate]:
    """`each` single questions for every domain, some serving two, and `sets` case sets of three to six questions for the domains asked in sets."""
    chance, made = Random(seed), []
    domains = [domain.id for domain in blueprint(exam).domains]
    for domain in blueprint(exam).domains:
        for number in range(each):
            serves = {domain.id, chance.choice(domains)} if chance.random() < both else {domain.id}
            id_ = f"{domain.id}-{number}"
            made.append(Candidate(id_, id_, tuple(name for name in domains if name in serves), chance.randint(1, 5)))
        for number in range(sets if domain.case_sets else 0):
            case = f"case-{domain.id}-{number}"
            made += [Candidate(f"{case}-{place}", f"{case}-{place}", (domain.id,), 3, case, place) for place in range(chance.randint(3, 6))]
    return made
