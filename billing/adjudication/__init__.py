"""How a payer decides a claim: edits, price, the patient's share, and payment."""

from billing.adjudication.pipeline import adjudicate

__all__ = ["adjudicate"]
