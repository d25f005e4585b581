"""Certificates: for what stands on record as completed, a credential signed here and a page to print; both say what they are and whose they are not."""

from dataclasses import dataclass
from datetime import datetime, timezone

from app import completing, session
from app.badges import keys
from app.badges.credential import Claims, issued
from app.badges.keys import NoKey
from app.session import ledger, new_id, now, require
from records import Certificate, Completion, NotSaved, Profile, Unknown
from scoring.work_standing import ENOUGH, SHOWN


class NotIssued(NotSaved):
    """There is no certificate to be had for it."""


@dataclass(frozen=True)
class Card:
    """A completion as the page shows it. `problem`: why there is no certificate to be had for it."""
    id: str
    title: str
    outcome: str
    at: int
    results: tuple[tuple[str, str], ...]
    file: str
    problem: str = ""


def cards(profile: Profile) -> tuple[Card, ...]:
    """All that a learner has completed, newest first."""
    return tuple(Card(one.id, one.title, one.outcome, one.at, one.results, f"certificate-{one.subject}-{day(one.at)}", problem(profile, one)) for one in kept(profile))


def problem(profile: Profile, done: Completion) -> str:
    """Why it cannot be certified, if so."""
    try:
        refuse_unnamed()
        keys.key()
        if not any(one.completion == done.id for one in ledger().certificates_of(profile.id)):
            refuse_if_no_longer_so(profile, done)
    except (NoKey, NotIssued) as found:
        return str(found)
    return ""


def kept(profile: Profile) -> tuple[Completion, ...]:
    """All that is on record as completed, what was completed since the last look among it."""
    return completing.keep(ledger(), session.training(), profile, now())


def earned(profile: Profile, attempt: str) -> bool:
    """Whether there is a certificate for this exam of the learner's own."""
    return any(one.source == attempt for one in kept(profile))


def credential(profile: Profile, completion: str) -> Certificate:
    """The certificate of a completion, issued when it is first asked for, and anew when another key has taken the old one's place."""
    require("get certificate", profile.id)
    done = _done(profile, completion)
    refuse_unnamed()
    try:
        key, issuer = keys.key(), keys.did()
    except NoKey as problem:
        raise NotIssued(str(problem)) from problem
    for one in ledger().certificates_of(profile.id):
        if (one.completion, one.issuer) == (done.id, issuer):
            return one
    refuse_if_no_longer_so(profile, done)
    id, at = new_id(), now()
    made = issued(claims(done, id), key, keys.issuer_name(), moment(at))
    return ledger().certify(Certificate(id, done.id, done.profile, issuer, made, at), session.actor())


def pdf(profile: Profile, completion: str) -> bytes:
    """The page to print."""
    from app.certificate_pdf import written   # its library is read only where a file is asked for
    held, done = credential(profile, completion), _done(profile, completion)
    return written(done, held, keys.issuer_name(), wording(done))


def _done(profile: Profile, completion: str) -> Completion:
    found = next((one for one in ledger().completions_of(profile.id) if one.id == completion), None)
    if found is None:
        raise Unknown("There is no such completion here. Load the page again.")
    return found


def issuer() -> str:
    """In whose name certificates are issued here."""
    return keys.issuer_name()


def refuse_unnamed() -> None:
    """A team's certificate says whose it is: without a name nobody could tell from which organisation it comes."""
    if session.in_team() and keys.issuer_name() == keys.UNNAMED:
        raise NotIssued("No certificate was issued: nobody has said in whose name. Ask whoever runs this installation to write your organisation's name in CLEAN_CLAIM_ISSUER_NAME.")


def refuse_if_no_longer_so(profile: Profile, done: Completion) -> None:
    """Where marks were corrected since, they must still be enough, and a sign-off that a track rests on must still stand; where the answers are gone, the record stands."""
    if gone := completing.taken_back(done, ledger().evidence(profile.id), session.training().sign_offs(profile.id)):
        raise NotIssued(f"No certificate was issued: the sign-off of {', '.join(gone)} was taken back since, and your answers do not show it yet.")
    if done.kind == "exam" and ledger().attempt(done.source) is not None and completing.passed_whole(profile, ledger().attempt(done.source)) is None:
        raise NotIssued("No certificate was issued: the marks of this exam were corrected since, and are no longer enough to pass.")


def claims(done: Completion, id: str) -> Claims:
    """What is certified, in the words of the certificate."""
    description, criteria = wording(done)
    return Claims(id, done.name, done.kind, done.subject, done.title, done.content_hash, description, criteria, (*done.results, ("Outcome", done.outcome)), moment(done.at))


def wording(done: Completion) -> tuple[str, str]:
    """What it is, and what had to be done for it. Nobody's endorsement is claimed."""
    if done.kind == "track":
        return ("A training track of Clean Claim. It is no licence, no certification and no degree, and no certifying body endorses it.",
                f"Every competency of the track was shown with {SHOWN:.0%} of the points or more on {ENOUGH} marks or more, or signed off by a trainer.")
    blueprint = session.catalogue().blueprints.get(done.subject)
    body = blueprint.body if blueprint else "the body that holds the exam"
    return (f"A practice exam of Clean Claim, made to the public outline of the {done.subject.upper()}. It is not the {done.subject.upper()} and no part of it; it gives no title. "
            f"Clean Claim is not affiliated with, endorsed by or approved by {body}.",
            "A whole practice exam, with its full number of questions, was ended with the points that the outline's pass mark asks for.")


def moment(at: int) -> str:
    """A time as credentials write it."""
    return datetime.fromtimestamp(at // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(at: int) -> str:
    return moment(at)[:10]
