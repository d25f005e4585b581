"""Signing and verifying agree with the vectors that W3C publishes, and nothing is taken from a network."""

from copy import deepcopy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.badges import suite
from app.badges.multibase import decoded, did_of, encoded, key_of, method_of
from app.badges.suite import NotGenuine, canonical, hashed, held, signed, verify

# W3C Recommendation "Data Integrity EdDSA Cryptosuites v1.0", appendix B.1 "Representation: eddsa-rdfc-2022".
DID, SECRET = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2", "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
CREATED = "2023-02-24T23:36:38Z"
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
PROOF_HASH = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
SIGNATURE = "4d8e53c2d5b3f2a7891753eb16ca993325bdb0d3cfc5be1093d0a18426f5ef8578cadc0fd4b5f4dd0d1ce0aefd15ab120b7a894d0eb094ffda4e6553cd1ed50d"
PROOF_VALUE = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"


def loader(address, options=None):
    """Ours, and the context of the examples, which the vectors need and nothing else does."""
    if address == EXAMPLES:
        return {"contextUrl": None, "documentUrl": address, "contentType": "application/ld+json", "document": {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}}
    return held(address, options)


@pytest.fixture
def key():
    return Ed25519PrivateKey.from_private_bytes(decoded(SECRET)[2:])


def test_the_published_key_is_read_and_named(key):
    assert did_of(key.public_key().public_bytes_raw()) == DID and key_of(DID) == key.public_key().public_bytes_raw()


def test_the_published_hashes_are_reached():
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": CREATED, "verificationMethod": method_of(DID), "proofPurpose": "assertionMethod"}
    assert hashed(CREDENTIAL, proof, loader).hex() == PROOF_HASH + DOCUMENT_HASH


def test_signing_gives_the_published_signature(key):
    made = signed(CREDENTIAL, key, method_of(DID), CREATED, loader)
    assert made["proof"]["proofValue"] == PROOF_VALUE and decoded(PROOF_VALUE).hex() == SIGNATURE


def test_the_published_credential_is_verified_and_a_changed_one_refused():
    proof = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": CREATED, "verificationMethod": method_of(DID), "proofPurpose": "assertionMethod", "proofValue": PROOF_VALUE}
    verify({**CREDENTIAL, "proof": proof}, key_of(DID), loader)
    for changed in ({**CREDENTIAL, "name": "Alumni credential", "proof": proof}, {**CREDENTIAL, "proof": {**proof, "created": "2023-02-24T23:36:39Z"}}):
        with pytest.raises(NotGenuine, match="Its signature does not fit"):
            verify(changed, key_of(DID), loader)


def test_another_suite_is_no_proof_of_this_one():
    with pytest.raises(NotGenuine, match="no proof of the kind eddsa-rdfc-2022"):
        verify({**CREDENTIAL, "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "proofPurpose": "assertionMethod"}}, key_of(DID), loader)


def test_a_context_that_is_not_held_is_refused_and_never_fetched():
    with pytest.raises(NotGenuine, match="https://example.org/context, which is not held here"):
        canonical({"@context": "https://example.org/context", "id": "urn:x:1"})


def test_a_member_that_no_context_defines_is_refused():
    changed = {**deepcopy(CREDENTIAL), "@context": CREDENTIAL["@context"][:1], "type": "VerifiableCredential", "credentialSubject": {"id": "did:example:a"}, "rank": "first"}
    with pytest.raises(NotGenuine, match="a member that its contexts do not define"):
        canonical(changed)


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\0\x01", b"\xff" * 34, bytes(range(64))])
def test_what_is_written_in_base58_is_read_back(raw):
    assert decoded(encoded(raw)) == raw


@pytest.mark.parametrize("text", ["", "u1", "z0", "zIl", "z" + "2" * 300])
def test_what_is_no_base58_is_refused(text):
    with pytest.raises(ValueError):
        decoded(text)


def test_the_contexts_are_those_that_were_published():
    from hashlib import sha256
    from pathlib import Path
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in (Path(suite.__file__).parent / "contexts").iterdir()}
    assert found == {"credentials-v2.json": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
                     "open-badges-3.0.3.json": "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"}
