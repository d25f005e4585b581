"""What a certificate says as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), and how one that comes back is read: of our shape and no other."""

import json
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.badges import suite
from app.badges.multibase import did_of, key_of, method_of
from app.badges.suite import NotGenuine

LARGEST = 65_536
"""Bytes of a file that is read; ours are a tenth of it."""
MOST_RESULTS = 60
TEXT = object()
"""Where any text may stand; everything else of the shape is as it is written."""
PROOF = {name: TEXT for name in ("type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue")}
RESULT, DESCRIPTION = {"type": ["Result"], "resultDescription": TEXT, "value": TEXT}, {"id": TEXT, "type": ["ResultDescription"], "name": TEXT, "resultType": TEXT}
SHAPE = {
    "@context": [suite.CREDENTIALS, suite.BADGES], "id": TEXT, "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": TEXT,
    "issuer": {"id": TEXT, "type": ["Profile"], "name": TEXT}, "validFrom": TEXT,
    "credentialSubject": {
        "type": ["AchievementSubject"], "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": TEXT, "identityType": "name"}],
        "achievement": {"id": TEXT, "type": ["Achievement"], "achievementType": TEXT, "name": TEXT, "version": TEXT, "description": TEXT, "criteria": {"narrative": TEXT},
                        "resultDescription": [DESCRIPTION, ...]},
        "result": [RESULT, ...]},
    "proof": PROOF}
"""A list that ends in ... repeats what stands before it."""


@dataclass(frozen=True)
class Claims:
    """What is certified. results: name and value of each; `at`: when it was achieved, as 2026-11-28T09:00:00Z; version: the content it was achieved on."""
    id: str
    learner: str
    kind: str
    subject: str
    title: str
    version: str
    description: str
    criteria: str
    results: tuple[tuple[str, str], ...]
    at: str


@dataclass(frozen=True)
class Genuine:
    """A credential whose signature fits: who holds the key, the name they gave themselves, and the claims."""
    did: str
    issuer: str
    id: str
    title: str
    learner: str
    at: str
    issued: str
    results: tuple[tuple[str, str], ...]


def document(claims: Claims, did: str, issuer: str) -> dict:
    """The credential before it is signed."""
    achievement = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{did}/{claims.kind}/{claims.subject}/{claims.version}')}"
    ids = [f"urn:uuid:{uuid5(NAMESPACE_URL, f'{achievement}/{name}')}" for name, _ in claims.results]
    return {
        "@context": [suite.CREDENTIALS, suite.BADGES], "id": f"urn:uuid:{claims.id}", "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": claims.title,
        "issuer": {"id": did, "type": ["Profile"], "name": issuer}, "validFrom": claims.at,
        "credentialSubject": {
            "type": ["AchievementSubject"], "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": claims.learner, "identityType": "name"}],
            "achievement": {"id": achievement, "type": ["Achievement"], "achievementType": "Assessment" if claims.kind == "exam" else "LearningProgram", "name": claims.title,
                            "version": claims.version, "description": claims.description, "criteria": {"narrative": claims.criteria},
                            "resultDescription": [{"id": id, "type": ["ResultDescription"], "name": name, "resultType": "Percent" if value.endswith("%") else "Result"}
                                                  for id, (name, value) in zip(ids, claims.results, strict=True)]},
            "result": [{"type": ["Result"], "resultDescription": id, "value": value.removesuffix("%").strip()} for id, (_, value) in zip(ids, claims.results, strict=True)]}}


def issued(claims: Claims, key: Ed25519PrivateKey, issuer: str, created: str) -> str:
    """The signed credential as the text of its file."""
    did = did_of(key.public_key().public_bytes_raw())
    return json.dumps(suite.signed(document(claims, did, issuer), key, method_of(did), created), ensure_ascii=False, indent=2) + "\n"


def verified(raw: bytes) -> Genuine:
    """What the file certifies; NotGenuine, with a sentence, where its issuer did not sign exactly this."""
    told = read(raw)
    did = told["issuer"]["id"]
    try:
        public = key_of(did)
    except ValueError as error:
        raise NotGenuine(f"Its issuer is {did}, which is not the did:key of an Ed25519 key.") from error
    if told["proof"]["verificationMethod"] != method_of(did):
        raise NotGenuine("It was signed in another's name: the key of its proof is not its issuer's.")
    suite.verify(told, public)
    subject = told["credentialSubject"]
    names = {one["id"]: (one["name"], " %" if one["resultType"] == "Percent" else "") for one in subject["achievement"]["resultDescription"]}
    results = tuple((names.get(one["resultDescription"], ("", ""))[0], one["value"] + names.get(one["resultDescription"], ("", ""))[1]) for one in subject["result"])
    return Genuine(did, told["issuer"]["name"], told["id"].removeprefix("urn:uuid:"), told["name"], subject["identifier"][0]["identityHash"], told["validFrom"],
                   told["proof"]["created"], results)


def read(raw: bytes) -> dict:
    """The file as a credential of our shape. What lies outside the shape could be read as a claim and be signed by nobody."""
    if len(raw) > LARGEST:
        raise NotGenuine(f"It is larger than {LARGEST // 1024} kB; no certificate of Clean Claim is.")
    try:
        found = json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NotGenuine(f"It is not JSON: {error}.") from error
    if place := _misfit(found, SHAPE, "the credential"):
        raise NotGenuine(f"It is no certificate of Clean Claim: {place} is not as we write it.")
    return found


def _once(pairs: list) -> dict:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a member is there twice")
    return dict(pairs)


def _misfit(found, shape, place: str) -> str:
    """The first place where what was found is not of the shape; nothing where all of it is."""
    if shape is TEXT:
        return "" if isinstance(found, str) and found else place
    if isinstance(shape, dict):
        if not isinstance(found, dict) or set(found) != set(shape):
            return place
        return next(filter(None, (_misfit(found[name], part, name) for name, part in shape.items())), "")
    if isinstance(shape, list) and shape[-1] is ...:
        if not isinstance(found, list) or not found or len(found) > MOST_RESULTS:
            return place
        return next(filter(None, (_misfit(one, shape[0], place) for one in found)), "")
    if isinstance(shape, list) and isinstance(shape[0], dict):
        return place if not isinstance(found, list) or len(found) != 1 else _misfit(found[0], shape[0], place)
    return "" if found == shape and type(found) is type(shape) else place
