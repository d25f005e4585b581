"""The signing key is made once, for its owner alone, and an old one still vouches for what it signed."""

import os
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.badges import keys
from app.badges.credential import issued, verified
from tests.badges.test_credential import CLAIMS


def test_it_is_made_at_first_use_and_stays(tmp_path):
    path = tmp_path / "data" / "key.pem"
    assert keys.did(path) == ""
    made = keys.key(path)
    assert isinstance(made, Ed25519PrivateKey) and keys.key(path).private_bytes_raw() == made.private_bytes_raw()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and [one.name for one in path.parent.iterdir()] == ["key.pem"]


def test_a_key_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "key.pem"
    keys.key(path)
    os.chmod(path, 0o640)
    with pytest.raises(keys.NoKey, match="chmod 600"):
        keys.key(path)


def test_what_is_no_key_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "key.pem"
    path.write_text("-----BEGIN NOTHING-----")
    path.chmod(0o600)
    with pytest.raises(keys.NoKey, match="holds no Ed25519 key"):
        keys.key(path)


def test_another_key_takes_its_place_and_the_old_one_is_set_aside(tmp_path):
    path = tmp_path / "key.pem"
    file = issued(CLAIMS, keys.key(path), "School", "2026-11-28T09:05:00Z").encode()
    before = keys.did(path)
    after, aside = keys.rotate("20261128", path)
    assert after != before and keys.did(aside) == before and stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert verified(file).did == before
    with pytest.raises(keys.NoKey, match="set aside today already"):
        keys.rotate("20261128", path)


def test_the_place_is_named_by_the_environment(tmp_path):
    assert keys.place({"CLEAN_CLAIM_ISSUER_KEY": str(tmp_path / "k.pem")}) == tmp_path / "k.pem"
    assert keys.place({}).parts[-2:] == ("data", "issuer-key.pem") and keys.issuer_name({}) == "A Clean Claim installation"
