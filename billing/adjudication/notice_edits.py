"""The edits on what the biller states of coverage: notices that contradict each other, and denials that are asked for (GX, GY, GZ)."""

from billing.adjudication.review import Review
from billing.answer import Finding


def notices_agree(review: Review) -> list[Finding]:
    """A line does not say that a notice was given and that none was."""
    found = []
    for number, line in review.numbered():
        rule = review.value("liability-notices", line)
        for pair in rule.contradictions if rule else ():
            if set(pair) <= set(line.modifiers):
                found.append(review.found("notices_agree", "liability-notices", rule.contradictory, f"Modifiers {pair[0]} and {pair[1]} contradict each other.", number))
    return found


def denial_stated(review: Review) -> list[Finding]:
    """A service that the biller states not to be payable is denied without review; who owes it depends on the modifier."""
    found = []
    for number, line in review.numbered():
        rule = review.value("liability-notices", line)
        for stated in rule.denials if rule else ():
            if stated.modifier in line.modifiers:
                found.append(review.found("denial_stated", "liability-notices", stated.reason, f"Modifier {stated.modifier} states that {line.procedure} is not payable.", number))
    return found


EDITS = (notices_agree, denial_stated)
