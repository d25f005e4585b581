"""How long a question takes: an estimate from its length and kind, for as long as nobody has answered it here."""

from curriculum.models import Question

WORDS_A_MINUTE = 180             # read closely, as at work
THINKING = {"single-choice": 25, "true-false": 15, "multiple-choice": 40, "numeric": 50, "money": 60, "date": 45, "code-entry": 60, "matching": 60, "ordering": 50}
"""Seconds for the kind at a middling difficulty."""
BY_DIFFICULTY = (0.6, 0.8, 1.0, 1.3, 1.7)


def seconds(question: Question) -> int:
    """Seconds from first sight to the answer."""
    texts = (question.stem, question.exhibit, *(each.text for each in (*question.prompts, *question.options)))
    words = sum(len(text.split()) for text in texts)
    return round(words * 60 / WORDS_A_MINUTE + THINKING[question.kind] * BY_DIFFICULTY[question.difficulty - 1])
