"""The claim forms beside the professional one, a module each; a module ends in its FORM."""

from curriculum.forms import dental, institutional, pharmacy
from curriculum.claim_fields import name_of
from curriculum.forms.form import ClaimForm, named

FORMS: dict[str, ClaimForm] = {form.name: form for form in (institutional.FORM, dental.FORM, pharmacy.FORM)}
"""Every form by name."""


def name_in(form: str, path: str) -> str:
    """What the form of that name calls the field; the professional form is none of FORMS."""
    return named(FORMS[form], path) if form in FORMS else name_of(path)
