"""Which pages a role has: a page that may not be opened is not registered, so that its address leads nowhere."""

from app import gate, session

NEEDS = {"corrections": "correct items", "items": "see item statistics", "people": "see people", "audit": "see audit log", "you": "change password", "cohorts": "see cohort", "learner": "sign off", "assign": "assign",
         "marking": "override marks"}
"""By address. A page that is not named here is for whoever may study."""
OF_TEAMS = ("cohorts", "learner", "marking")
"""Pages that speak of others: alone there is nobody to speak of."""


def allowed(pages: list) -> list:
    """Those the viewer may open; while nobody is signed in, the addresses stay known and no page runs."""
    if gate.is_team() and session.viewer() == gate.NOBODY:
        return [page for page in pages if NEEDS.get(page.url_path, "study") == "study"]
    return [page for page in pages if session.may(NEEDS.get(page.url_path, "study")) and (gate.is_team() or page.url_path not in OF_TEAMS)]
