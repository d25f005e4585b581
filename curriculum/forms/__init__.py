"""The claim forms beside the professional one, a module each; a module ends in its FORM."""

from curriculum.forms import dental
from curriculum.forms.form import ClaimForm

FORMS: dict[str, ClaimForm] = {form.name: form for form in (dental.FORM,)}
"""Every form by name."""
