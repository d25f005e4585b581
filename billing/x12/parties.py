"""Who writes to whom: what a transaction needs of the parties beyond the claim itself."""

from billing.record import record


@record
class Place:
    """A postal address."""
    street: str
    city: str
    state: str
    zip: str


@record
class Correspondents:
    """The submitter with a contact, the receiver, the payer as its transactions name it, and the addresses that loops insist on.

    taxonomy: the billing provider's NUCC code.
    """
    submitter: str
    submitter_id: str
    contact: str
    telephone: str
    receiver: str
    receiver_id: str
    payer_name: str
    payer_id: str
    billing_place: Place
    patient_place: Place
    taxonomy: str = ""
