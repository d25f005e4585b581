"""A person who leaves: everything of theirs is deleted when they ask, or when an admin does, and their name was typed; and what stays is told."""

from app import completing, session
from app.retaining import terms
from app.session import ledger, now, require
from records import Completion, Profile, Records, Training, Unknown, is_told


class NotTheirName(Unknown):
    """What was typed is not the name."""


def kept(records: Records, profile: Profile) -> tuple[Completion, ...]:
    """What is on record as completed; put there first what was completed and is not yet. The same whoever deletes, and shown to nobody who may not see it."""
    return completing.keep(records, Training(records), profile, now())


def stays(profile: Profile) -> tuple[str, ...]:
    """What is kept after the deletion, in sentences for whoever may delete."""
    own = require("erase", profile.id).profile in ("", profile.id)
    records = ledger().unguarded
    return told(len(kept(records, profile)), "your" if own else "their", "you" if own else "them", is_told(records))


def told(completions: int, their: str, them: str, elsewhere: bool) -> tuple[str, ...]:
    """The same sentences on the page of whoever leaves, on an admin's, and on the command line. elsewhere: whether a learning record store is told of what happens here."""
    years, they = terms().completions, "you" if them == "you" else "they"
    says = ["Counts of first answers to questions, added to everybody's: how many, and how many of them right. No name, no id and no time."]
    if years and completions:
        says.append(f"{completions} completion record{'s' if completions != 1 else ''}: {their} name, what {they} completed, when, on which content and with what result, and the certificates. "
                    f"An employer has to show that people were trained. Each goes {years} years after it was achieved.")
    says.append(f"A random number that was {their} id here, in the list of what was deleted and in the audit log, so that nothing comes back with a backup.")
    says.append(f"Backups made before today, until whoever runs this installation lets them go; when one is restored, {they} are deleted again, or whoever restores it is asked who was deleted since.")
    if elsewhere:
        says.append(f"What your organisation's learning record store was told: what {they} answered and finished, when and with what marks, under {their} id here and no name. It is not ours to delete; whoever runs that store can.")
    return tuple(says)


def may_drop_completions(profile: Profile) -> bool:
    """Alone, whoever sits there decides for themselves; in a team the records are the organisation's."""
    return not session.in_team() and terms().completions > 0 and bool(ledger().completions_of(profile.id))


def leave(profile: Profile, typed: str, completions_too: bool = False) -> None:
    """Deletes one's own; completion records are made first of what was completed and not yet on record."""
    who = require("erase", profile.id)
    erase(ledger().unguarded, profile, typed, who.profile or profile.id, completions_too and not session.in_team())


def whom(profile: str) -> Profile:
    """Someone whom the viewer may delete."""
    require("erase", profile)
    found = ledger().unguarded.profile(profile)
    if found is None:
        raise Unknown("There is nobody of that id here any more. Load the page again.")
    return found


def dismiss(profile: str, typed: str) -> None:
    """Deletes another person by the same rules, for an admin: someone who has left cannot do it themselves."""
    who = require("erase", profile)
    erase(ledger().unguarded, whom(profile), typed, who.profile)


def erase(records: Records, profile: Profile, typed: str, actor: str, completions_too: bool = False) -> None:
    """The deletion, once the name is typed as it stands; it is in the audit log under the actor."""
    if " ".join(typed.split()).casefold() != " ".join(profile.name.split()).casefold():
        whose = "your name as it stands here" if actor == profile.id else "their name as it stands here"
        raise NotTheirName(f"Nothing was deleted: that is not {whose}. Type {profile.name}.")
    keep = terms().completions > 0 and not completions_too
    if keep:
        kept(records, profile)
    records.delete_profile(profile.id, actor, now(), keep)
