"""Dental claims: the form, the member's record, what the mouth allows, and how a dental plan decides."""
