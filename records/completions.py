"""What was completed, by whom, when, on which content and with what outcome: records that are kept for their own term, and the certificates issued on them."""

import json
from dataclasses import dataclass
from typing import Literal

from records import audit
from records.appending import one
from records.failures import Unknown
from records.queries import QUERIES
from records.rows import as_json


@dataclass(frozen=True, slots=True)
class Completion:
    """source: the exam's attempt, or `track:` and the track; results: name and value of each, in words; content_hash: the content it was achieved on."""
    id: str
    profile: str
    name: str
    kind: Literal["exam", "track"]
    subject: str
    title: str
    source: str
    content_hash: str
    outcome: Literal["passed", "completed"]
    results: tuple[tuple[str, str], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A signed credential, as the text of its file. issuer: the did:key it was signed with."""
    id: str
    completion: str
    profile: str
    issuer: str
    credential: str
    at: int


class Completions:
    """The part of the records that outlives the answers."""

    def complete(self, done: Completion) -> Completion:
        """Keeps a completion; the same person's of the same source is kept once, as it was first."""
        def change(db):
            if not one(db, "profile", id=done.profile):
                raise Unknown("Not saved: this profile is not in the records any more. Choose a profile again.")
            row = {name: getattr(done, name) for name in ("id", "profile", "name", "kind", "subject", "title", "source", "content_hash", "outcome", "at")}
            if db.execute(QUERIES["add_completion"], row | {"results": as_json([list(pair) for pair in done.results])}).rowcount:
                audit.note(db, done.at, done.profile, "complete", done.profile, None, {"completion": done.id, "kind": done.kind, "subject": done.subject})
            return completion_from(one(db, "completion_of", profile=done.profile, source=done.source))
        return self.write(change)

    def completions_of(self, profile: str) -> tuple[Completion, ...]:
        """A person's, newest first."""
        return tuple(map(completion_from, self._rows("completions_of", profile=profile)))

    def completions_before(self, at: int) -> tuple[Completion, ...]:
        """Everybody's that were achieved before that moment."""
        return tuple(map(completion_from, self._rows("completions_before", at=at)))

    def certified(self) -> dict[str, int]:
        """Completions with a certificate, each with when the first was issued."""
        return {row["completion"]: row["at"] for row in self._rows("certified")}

    def certify(self, made: Certificate, actor: str) -> Certificate:
        """Keeps a certificate; of one completion and one issuer's key there is one, the first."""
        def change(db):
            audit.take_turn(db)
            if not (row := one(db, "certificate", completion=made.completion, issuer=made.issuer)):
                db.execute(QUERIES["add_certificate"], {name: getattr(made, name) for name in ("id", "completion", "profile", "issuer", "credential", "at")})
                audit.note(db, made.at, actor, "issue certificate", made.profile, None, {"certificate": made.id, "completion": made.completion})
                row = one(db, "certificate", completion=made.completion, issuer=made.issuer)
            return certificate_from(row)
        return self.write(change)

    def certificates_of(self, profile: str) -> tuple[Certificate, ...]:
        return tuple(map(certificate_from, self._rows("certificates_of", profile=profile)))


def completion_from(row) -> Completion:
    plain = {name: row[name] for name in ("id", "profile", "name", "kind", "subject", "title", "source", "content_hash", "outcome", "at")}
    return Completion(results=tuple((name, value) for name, value in json.loads(row["results"])), **plain)


def certificate_from(row) -> Certificate:
    return Certificate(*(row[name] for name in ("id", "completion", "profile", "issuer", "credential", "at")))
