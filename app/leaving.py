"""A learner who leaves: everything of theirs is deleted when they ask and have typed their name, and they are told what stays."""

from app import certificates, session
from app.retaining import terms
from app.session import ledger, now, require
from records import Profile, Unknown


class NotTheirName(Unknown):
    """What was typed is not the name."""


def stays(profile: Profile) -> tuple[str, ...]:
    """What is kept after the deletion, in sentences."""
    kept, years = certificates.kept(profile), terms().completions
    told = ["Counts of first answers to questions, added to everybody's: how many, and how many of them right. No name, no id and no time."]
    if years and kept:
        told.append(f"{len(kept)} completion record{'s' if len(kept) != 1 else ''}: your name, what you completed, when, on which content and with what result, and the certificates. "
                    f"An employer has to show that people were trained. Each goes {years} years after it was achieved.")
    told.append("A random number that was your id here, in the list of what was deleted and in the audit log, so that nothing comes back with a backup.")
    told.append("Backups made before today, until whoever runs this installation lets them go; a restore deletes you again.")
    return tuple(told)


def may_drop_completions(profile: Profile) -> bool:
    """Alone, whoever sits there decides for themselves; in a team the records are the organisation's."""
    return not session.in_team() and terms().completions > 0 and bool(ledger().completions_of(profile.id))


def leave(profile: Profile, typed: str, completions_too: bool = False) -> None:
    """Deletes; completion records are made first of what was completed and not yet on record."""
    who = require("erase", profile.id)
    if " ".join(typed.split()).casefold() != " ".join(profile.name.split()).casefold():
        raise NotTheirName(f"Nothing was deleted: that is not your name as it stands here. Type {profile.name}.")
    keep = terms().completions > 0 and not (completions_too and not session.in_team())
    if keep:
        certificates.kept(profile)
    ledger().delete_profile(profile.id, who.profile or profile.id, now(), keep)
