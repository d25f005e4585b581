"""How keys and signatures are written as text: base58 with its leading z, and did:key, the name of an issuer that holds its public key."""

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
"""The multicodec prefix of an Ed25519 public key."""
DID = "did:key:"


def encoded(raw: bytes) -> str:
    """Bytes as base58btc multibase."""
    number, text = int.from_bytes(raw), ""
    while number:
        number, rest = divmod(number, 58)
        text = ALPHABET[rest] + text
    return "z" + "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def decoded(text: str) -> bytes:
    """The bytes; ValueError for what is no base58btc multibase."""
    if not text.startswith("z") or len(text) > 200:
        raise ValueError("not base58btc multibase")
    number = 0
    for letter in text[1:]:
        number = number * 58 + ALPHABET.index(letter)
    zeros = len(text) - 1 - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def did_of(public: bytes) -> str:
    """The did:key of an Ed25519 public key."""
    return DID + encoded(ED25519 + public)


def method_of(did: str) -> str:
    """The one verification method of a did:key."""
    return f"{did}#{did.removeprefix(DID)}"


def key_of(did: str) -> bytes:
    """The Ed25519 public key that a did:key is; ValueError for any other name."""
    raw = decoded(did.removeprefix(DID)) if did.startswith(DID) else b""
    if raw[:2] != ED25519 or len(raw) != 34:
        raise ValueError("not the did:key of an Ed25519 key")
    return raw[2:]
