"""A payer's answer and an eligibility response as plain JSON, and back: how the attempt log keeps them."""

from pydantic import TypeAdapter

from billing.answer import Answer, Rejection, Remittance
from billing.eligibility import EligibilityResponse

_ANSWER = TypeAdapter(Rejection | Remittance)
_RESPONSE = TypeAdapter(EligibilityResponse)


def answer_plain(answer: Answer) -> dict:
    """The answer as JSON keeps it."""
    return _ANSWER.dump_python(answer, mode="json")


def answer_typed(kept: dict) -> Answer:
    """The answer back from JSON."""
    return _ANSWER.validate_python(kept)


def response_plain(response: EligibilityResponse) -> dict:
    """The eligibility response as JSON keeps it."""
    return _RESPONSE.dump_python(response, mode="json")


def response_typed(kept: dict) -> EligibilityResponse:
    """The eligibility response back from JSON."""
    return _RESPONSE.validate_python(kept)
