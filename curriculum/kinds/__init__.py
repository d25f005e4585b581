"""The kinds of exercise there are, a module each; a module ends in its KIND."""

from curriculum.exercises import Kind
from curriculum.kinds import appeal_letter, audit_claim, bill_secondary, dental_coordination, dental_estimate, drug_by_the_unit, estimate_share, explain_statement, find_credit, good_faith_estimate, order_payers, pharmacy_price, pharmacy_reject, post_batch, trace_status

KINDS: dict[str, Kind] = {kind.name: kind for kind in (order_payers.KIND, estimate_share.KIND, good_faith_estimate.KIND, trace_status.KIND, post_batch.KIND, appeal_letter.KIND, bill_secondary.KIND, explain_statement.KIND, find_credit.KIND, audit_claim.KIND, dental_estimate.KIND, dental_coordination.KIND, pharmacy_price.KIND, pharmacy_reject.KIND, drug_by_the_unit.KIND)}
"""Every kind by name, in the order in which an account meets them."""
