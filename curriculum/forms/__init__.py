"""The claim forms beside the professional one, a module each; a module ends in its FORM."""

from curriculum.forms import dental, institutional, pharmacy
from curriculum.forms.form import ClaimForm

FORMS: dict[str, ClaimForm] = {form.name: form for form in (institutional.FORM, dental.FORM, pharmacy.FORM)}
"""Every form by name."""
