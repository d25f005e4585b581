"""The cryptosuite eddsa-rdfc-2022 (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.2): what is hashed, how it is signed and verified."""

import json
from copy import deepcopy
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld

from app.badges.multibase import decoded, encoded

CREDENTIALS, BADGES = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
HELD = {CREDENTIALS: "credentials-v2.json", BADGES: "open-badges-3.0.3.json"}
"""The contexts that are held here. No other is read: a context fetched from a network could change what was signed."""
SUITE = "eddsa-rdfc-2022"


class NotGenuine(ValueError):
    """The credential is not what its issuer signed; the words say why."""


@cache
def context(address: str) -> dict:
    return json.loads((Path(__file__).with_name("contexts") / HELD[address]).read_text(encoding="utf-8"))


def held(address: str, _options=None) -> dict:
    """What the JSON-LD library is given in place of the network."""
    if address not in HELD:
        raise NotGenuine(f"It names the context {address}, which is not held here. Nothing is fetched from a network.")
    return {"contextUrl": None, "documentUrl": address, "contentType": "application/ld+json", "document": context(address)}


def refuse_dropped(term) -> None:
    """A member that no context defines is left out of what is hashed, so that anyone could change it."""
    raise NotGenuine(f"It has a member that its contexts do not define ({term}); no signature covers that.")


def canonical(document: dict, loader=held) -> str:
    """The document as canonical N-Quads (RDFC-1.0, which the library calls by its former name)."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader, "base": ""}
    try:
        return jsonld.JsonLdProcessor(on_property_dropped=refuse_dropped).normalize(deepcopy(document), options)
    except jsonld.JsonLdError as error:
        cause = error
        while cause is not None and not isinstance(cause, NotGenuine):
            cause = cause.__cause__ or getattr(cause, "cause", None)
        raise cause or NotGenuine(f"It cannot be read as JSON-LD: {error}.") from error


def hashed(document: dict, proof: dict, loader=held) -> bytes:
    """What is signed: the hash of the proof's own members, then that of the document without its proof."""
    told = {name: value for name, value in proof.items() if name != "proofValue"} | {"@context": document["@context"]}
    bare = {name: value for name, value in document.items() if name != "proof"}
    return b"".join(sha256(canonical(one, loader).encode()).digest() for one in (told, bare))


def signed(document: dict, key: Ed25519PrivateKey, method: str, created: str, loader=held) -> dict:
    """The document with its proof. created: a time as 2026-11-28T09:00:00Z."""
    proof = {"type": "DataIntegrityProof", "cryptosuite": SUITE, "created": created, "verificationMethod": method, "proofPurpose": "assertionMethod"}
    return {**document, "proof": {**proof, "proofValue": encoded(key.sign(hashed(document, proof, loader)))}}


def verify(document: dict, public: bytes, loader=held) -> None:
    """Nothing when that key signed exactly this; NotGenuine otherwise."""
    proof = document.get("proof")
    wanted = {"type": "DataIntegrityProof", "cryptosuite": SUITE, "proofPurpose": "assertionMethod"}
    if not isinstance(proof, dict) or {name: proof.get(name) for name in wanted} != wanted:
        raise NotGenuine(f"It bears no proof of the kind {SUITE}.")
    try:
        signature = decoded(str(proof.get("proofValue", "")))
        Ed25519PublicKey.from_public_bytes(public).verify(signature, hashed(document, proof, loader))
    except (InvalidSignature, ValueError) as error:
        if isinstance(error, NotGenuine):
            raise
        raise NotGenuine("Its signature does not fit: it was changed after it was signed, or signed by another key.") from error
