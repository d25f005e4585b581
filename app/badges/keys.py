"""The key with which certificates are signed: made at first use, readable by its owner alone, set aside when another takes its place."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from app.badges.multibase import did_of
from app.place import ROOT

DEFAULT = ROOT / "data" / "issuer-key.pem"
NAMED = "CLEAN_CLAIM_ISSUER_KEY"
UNNAMED = "A Clean Claim installation"


class NoKey(Exception):
    """The key cannot be had; the words say what to do."""


def place(env: Mapping[str, str] | None = None) -> Path:
    """Where the key is: as CLEAN_CLAIM_ISSUER_KEY says, else under data/."""
    named = (os.environ if env is None else env).get(NAMED, "").strip()
    return Path(named).expanduser().absolute() if named else DEFAULT


def issuer_name(env: Mapping[str, str] | None = None) -> str:
    """Who issues, in words; where nobody said so, words that name nobody."""
    return (os.environ if env is None else env).get("CLEAN_CLAIM_ISSUER_NAME", "").strip()[:100] or UNNAMED


def key(path: Path | None = None) -> Ed25519PrivateKey:
    """The signing key; made where there is none yet."""
    path = path or place()
    if not path.exists():
        with suppress(FileExistsError):           # another process was first: its key is the key
            _make(path)
    return _read(path)


def did(path: Path | None = None) -> str:
    """The issuer's name; empty where there is no key yet."""
    path = path or place()
    return did_of(_read(path).public_key().public_bytes_raw()) if path.exists() else ""


def rotate(day: str, path: Path | None = None) -> tuple[str, Path]:
    """Sets the key aside under a name with the day and makes another; returns the new issuer's name and where the old key is."""
    path = path or place()
    if not path.exists():
        raise NoKey(f"There is no key at {path} to put another in the place of. One is made with the first certificate.")
    aside = path.with_name(f"{path.stem}.retired-{day}{path.suffix}")
    if aside.exists():
        raise NoKey(f"A key was set aside today already: {aside}. Nothing was changed.")
    os.rename(path, aside)
    key(path)
    return did(path), aside


def _make(path: Path) -> None:
    """Written whole under another name, with no right for others from the start, then given its name; an existing key is never overwritten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f"{path.name}.making-{os.getpid()}")
    try:
        with open(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
        os.link(making, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise NoKey(f"The key for certificates cannot be made at {path}: {error.strerror}. Let the app write there, or name another file in {NAMED}.") from error
    finally:
        with suppress(OSError):
            making.unlink()


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise NoKey(f"The key for certificates, {path}, can be read by others. Run `chmod 600 {path}`; if others may have read it, run `python -m app badge key --rotate` after that.")
        found = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise NoKey(f"The key for certificates cannot be read: {path}: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise NoKey(f"{path} holds no Ed25519 key in PEM (PKCS #8, without a password).") from error
    if not isinstance(found, Ed25519PrivateKey):
        raise NoKey(f"{path} holds a key of another kind; certificates are signed with an Ed25519 key.")
    return found
