"""A credential is Open Badges 3.0, is verified by its file alone, and is refused after any change."""

import json
from copy import deepcopy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.badges.credential import Claims, issued, verified
from app.badges.multibase import did_of, method_of
from app.badges.suite import NotGenuine

CLAIMS = Claims("7f0c1d7e-8f5b-4a55-9c1e-0d5f3a2b1c00", "Dana Łącka", "exam", "cpb", "CPB practice exam, whole exam", "c0ffee", "A whole practice exam passed.", "70 % of the points or more.",
                (("Whole exam", "82.5 %"), ("Domain one", "80 %"), ("Outcome", "passed")), "2026-11-28T09:00:00Z")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FILE = issued(CLAIMS, KEY, "Cedar Billing School", "2026-11-28T09:05:00Z").encode()
COMPACT = json.dumps(json.loads(FILE), ensure_ascii=False, separators=(",", ":")).encode()


def leaves(found, at=()):
    """The way to every text of the credential, and to every member."""
    if isinstance(found, dict):
        for name, part in found.items():
            yield (*at, name)
            yield from leaves(part, (*at, name))
    elif isinstance(found, list):
        for place, part in enumerate(found):
            yield from leaves(part, (*at, place))
    else:
        yield at


def changed(way, change):
    made = json.loads(FILE)
    held = made
    for step in way[:-1]:
        held = held[step]
    change(held, way[-1])
    return json.dumps(made).encode()


WAYS = sorted(set(leaves(json.loads(FILE))), key=str)


def test_what_was_signed_is_read_from_the_file_alone():
    found = verified(FILE)
    assert (found.learner, found.title, found.at, found.issued, found.issuer) == ("Dana Łącka", CLAIMS.title, CLAIMS.at, "2026-11-28T09:05:00Z", "Cedar Billing School")
    assert found.results == CLAIMS.results and found.id == CLAIMS.id and found.did == did_of(KEY.public_key().public_bytes_raw())


def test_it_says_what_open_badges_asks_for():
    told = json.loads(FILE)
    subject = told["credentialSubject"]
    assert told["@context"] == ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    assert "OpenBadgeCredential" in told["type"] and subject["type"] == ["AchievementSubject"] and told["validFrom"]
    assert {"id", "type", "criteria", "description", "name"} <= set(subject["achievement"])
    assert {one["resultDescription"] for one in subject["result"]} == {one["id"] for one in subject["achievement"]["resultDescription"]}


def test_white_space_and_the_order_of_members_are_no_claims():
    assert verified(COMPACT) == verified(FILE)
    told = json.loads(FILE)
    assert verified(json.dumps(dict(reversed(told.items()))).encode()) == verified(FILE)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_change_anywhere_is_refused(way):
    def alter(held, name):
        held[name] = held[name] + "x" if isinstance(held[name], str) else not held[name] if isinstance(held[name], bool) else {}
    with pytest.raises(NotGenuine):
        verified(changed(way, alter))


@pytest.mark.parametrize("way", [way for way in WAYS if isinstance(way[-1], str)], ids=str)
def test_a_missing_member_is_refused(way):
    with pytest.raises(NotGenuine):
        verified(changed(way, lambda held, name: held.pop(name)))


@pytest.mark.parametrize("name, value", [("rank", "first"), ("image", "https://example.org/x.png"), ("image", "x"), ("evidence", []), ("@graph", []), ("validUntil", "2099-01-01T00:00:00Z"),
                                         ("credentialStatus", {})])
def test_an_added_member_is_refused(name, value):
    with pytest.raises(NotGenuine):
        verified(json.dumps(json.loads(FILE) | {name: value}).encode())


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(COMPACT) - 1), st.integers(0, 255))
def test_a_changed_byte_is_refused(at, byte):
    if COMPACT[at] != byte:
        with pytest.raises(NotGenuine):
            verified(COMPACT[:at] + bytes([byte]) + COMPACT[at + 1:])


def test_another_key_in_the_issuers_name_is_refused():
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    told = json.loads(issued(CLAIMS, other, "Cedar Billing School", "2026-11-28T09:05:00Z"))
    mine = did_of(KEY.public_key().public_bytes_raw())
    for forged in ({**told, "issuer": {**told["issuer"], "id": mine}}, {**told, "issuer": {**told["issuer"], "id": mine}, "proof": {**told["proof"], "verificationMethod": method_of(mine)}}):
        with pytest.raises(NotGenuine):
            verified(json.dumps(forged).encode())


def test_two_results_cannot_change_places():
    told = json.loads(FILE)
    swapped = deepcopy(told)
    first, second = swapped["credentialSubject"]["result"][:2]
    first["value"], second["value"] = second["value"], first["value"]
    with pytest.raises(NotGenuine, match="Its signature does not fit"):
        verified(json.dumps(swapped).encode())


@pytest.mark.parametrize("raw, says", [(b"", "not JSON"), (b"[1]", "no certificate of Clean Claim"), (b"{" * 5000, "not JSON"), (b" " * 70_000, "larger than 64 kB"),
                                       (b'{"id": 1, "id": 2}', "twice"), (b"\xff", "not JSON")])
def test_what_is_no_credential_is_refused_in_a_sentence(raw, says):
    with pytest.raises(NotGenuine, match=says):
        verified(raw)
