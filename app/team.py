"""Whether this installation is one person's or a team's, and the settings a team needs: read from the environment, refused half-made."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from app import zone
from app.retaining import BadTerm, terms

MODES = ("oidc", "password")
SHORTEST_SECRET = 32
PROVIDER = {"CLEAN_CLAIM_OIDC_METADATA": "the address of the provider's metadata, ending in /.well-known/openid-configuration",
            "CLEAN_CLAIM_OIDC_CLIENT": "the client id the provider gave this installation",
            "CLEAN_CLAIM_OIDC_SECRET": "the client secret that goes with it"}
JOINING = ("invited", "anyone")


@dataclass(frozen=True)
class Team:
    """The settings of a team. `idle` and `longest` are milliseconds; `roles` maps values of the provider's claim to roles of ours."""
    mode: str
    url: str
    secret: str
    address: str
    proxies: str
    certificate: str
    key: str
    metadata: str
    client: str
    client_secret: str
    joining: str
    claim: str
    roles: tuple[tuple[str, str], ...]
    idle: int
    longest: int
    metrics: str
    name_claim: str = ""

    @property
    def secure(self) -> bool:
        """Whether browsers reach it through TLS."""
        return self.url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc


def mode(env: Mapping[str, str] | None = None) -> str:
    """`oidc`, `password`, whatever else was written there, or nothing for one person alone."""
    return (os.environ if env is None else env).get("CLEAN_CLAIM_TEAM", "").strip().lower()


def team(env: Mapping[str, str] | None = None) -> Team | None:
    """The settings, None for one person alone. What is missing is empty: `complaints` names it."""
    env = os.environ if env is None else env
    if not mode(env):
        return None
    said = {name: env.get(f"CLEAN_CLAIM_{name}", "").strip() for name in
            ("URL", "COOKIE_SECRET", "ADDRESS", "PROXIES", "TLS_CERTIFICATE", "TLS_KEY", "OIDC_METADATA", "OIDC_CLIENT", "OIDC_SECRET", "JOIN", "ROLE_CLAIM", "ROLES",
             "IDLE_MINUTES", "SESSION_HOURS", "METRICS_TOKEN", "NAME_CLAIM")}
    return Team(mode(env), as_browsers_name(said["URL"]), said["COOKIE_SECRET"], said["ADDRESS"] or "127.0.0.1", said["PROXIES"], said["TLS_CERTIFICATE"], said["TLS_KEY"],
                said["OIDC_METADATA"], said["OIDC_CLIENT"], said["OIDC_SECRET"], said["JOIN"] or "invited", said["ROLE_CLAIM"], pairs(said["ROLES"]),
                whole(said["IDLE_MINUTES"], 120) * 60_000, whole(said["SESSION_HOURS"], 12) * 3_600_000, said["METRICS_TOKEN"], said["NAME_CLAIM"])


def as_browsers_name(url: str) -> str:
    """The address as Host and Origin have it, with which it is compared: small letters, without the port that goes without saying. One that is none stays as it is and is complained of."""
    plain = url.rstrip("/")
    try:
        parts = urlsplit(plain)
        usual = {"https": 443, "http": 80}.get(parts.scheme)
        host = parts.netloc.lower()
        return parts._replace(netloc=host.rpartition(":")[0] if host.endswith(":") or usual and parts.port == usual else host).geturl()
    except ValueError:
        return plain


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """`billing-leads=trainer, it=admin` as pairs."""
    return tuple((claim.strip(), role.strip()) for claim, _, role in (part.rpartition("=") for part in text.split(",") if part.strip()))


def whole(text: str, otherwise: int) -> int:
    """A number above 0; -1 for what is none, which is complained of."""
    return otherwise if not text else int(text) if text.isdecimal() and 0 < int(text) < 100_000 else -1


def loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return host == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def complaints(env: Mapping[str, str], has_admin: bool) -> list[str]:
    """Every setting that is missing or wrong, each a sentence that says what to write; empty when the installation may start."""
    held = team(env)
    if held is None:
        return alone_complaints(env)
    wrong = [*_of_mode(held), *_of_address(held), *_of_listening(held), *_of_joining(held), *_of_terms(env), *zone.complaints(env)]
    if not has_admin:
        wrong.append("There is no admin yet, so nobody could let anyone in. Run `.venv/bin/python -m app admin create --email you@example.org --name \"Your Name\"`; it prints a link to use once.")
    return wrong


def alone_complaints(env: Mapping[str, str]) -> list[str]:
    """Without sign-in nothing is offered to the network."""
    address = env.get("CLEAN_CLAIM_ADDRESS", "").strip()
    if address and not loopback(address):
        return [f"CLEAN_CLAIM_ADDRESS is {address}, which others can reach, and there is no sign-in. Set CLEAN_CLAIM_TEAM=password or CLEAN_CLAIM_TEAM=oidc, or leave the address out.", *_of_terms(env), *zone.complaints(env)]
    return [*_of_terms(env), *zone.complaints(env)]


def _of_terms(env: Mapping[str, str]) -> list[str]:
    """What is wrong is told at the start, and not to whoever asks for their data to be deleted."""
    try:
        terms(env)
    except BadTerm as wrong:
        return [str(wrong)]
    return []


def _of_mode(held: Team) -> list[str]:
    wrong = []
    if held.mode not in MODES:
        wrong.append(f"CLEAN_CLAIM_TEAM is {held.mode}. Write `oidc` where your organisation has a sign-in of its own, or `password` where it has none.")
    if len(held.secret) < SHORTEST_SECRET:
        wrong.append(f"CLEAN_CLAIM_COOKIE_SECRET is {'missing' if not held.secret else 'too short'}. Write {SHORTEST_SECRET} characters or more that nobody can guess, the same for every replica: "
                     "`.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))'` prints some.")
    if held.mode == "oidc":
        given = dict(zip(PROVIDER, (held.metadata, held.client, held.client_secret)))
        wrong += [f"{name} is missing. Write {what}." for name, what in PROVIDER.items() if not given[name]]
    return wrong


def _of_address(held: Team) -> list[str]:
    if not held.url:
        return ["CLEAN_CLAIM_URL is missing. Write the address people type, such as https://clean-claim.example.org."]
    if not held.url.isascii():
        return [f"CLEAN_CLAIM_URL is {held.url}, and browsers send such letters in another writing. Write the host as its certificate names it, with xn-- before each such part."]
    try:
        parts = urlsplit(held.url)
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc and held.url == f"{parts.scheme}://{parts.netloc}"
    except ValueError:                     # a port that is no number, half a bracket
        sound = False
    if not sound:
        return [f"CLEAN_CLAIM_URL is {held.url}. Write https:// and the host, and nothing after it, such as https://clean-claim.example.org."]
    if parts.scheme == "http" and not loopback(parts.hostname):
        return [f"CLEAN_CLAIM_URL is {held.url}, without TLS: passwords and cookies would cross the network in the clear. Put a proxy with a certificate in front and write https:// here."]
    return []


def _of_listening(held: Team) -> list[str]:
    wrong = []
    if not loopback(held.address) and not held.proxies and not (held.certificate and held.key):
        wrong.append(f"CLEAN_CLAIM_ADDRESS is {held.address}, which others can reach, and nothing says who answers for TLS. Write the addresses of the proxy in CLEAN_CLAIM_PROXIES "
                     "(such as 10.0.0.5), or the files of a certificate in CLEAN_CLAIM_TLS_CERTIFICATE and CLEAN_CLAIM_TLS_KEY, or leave the address out and let the proxy run on this machine.")
    if bool(held.certificate) != bool(held.key):
        wrong.append("CLEAN_CLAIM_TLS_CERTIFICATE and CLEAN_CLAIM_TLS_KEY go together; one of them is missing.")
    if held.proxies == "*":
        wrong.append("CLEAN_CLAIM_PROXIES is *, which lets anyone say where a request came from. Write the addresses of the proxy.")
    for name, value in (("IDLE_MINUTES", held.idle), ("SESSION_HOURS", held.longest)):
        if value < 0:
            wrong.append(f"CLEAN_CLAIM_{name} is no number above 0.")
    return wrong


def _of_joining(held: Team) -> list[str]:
    from records import ROLES
    wrong = []
    if held.joining not in JOINING:
        wrong.append(f"CLEAN_CLAIM_JOIN is {held.joining}. Write `invited`, or `anyone` to let everybody in whom the provider knows, as a learner.")
    if held.joining == "anyone" and held.mode == "password":
        wrong.append("CLEAN_CLAIM_JOIN is anyone, which needs a provider: with passwords people are invited. Leave it out.")
    if held.name_claim and held.mode == "password":
        wrong.append("CLEAN_CLAIM_NAME_CLAIM needs a provider: with passwords an admin writes people's names. Leave it out.")
    if bool(held.claim) != bool(held.roles):
        wrong.append("CLEAN_CLAIM_ROLE_CLAIM and CLEAN_CLAIM_ROLES go together; one of them is missing.")
    wrong += [f"CLEAN_CLAIM_ROLES gives {claim or 'nothing'} the role {role}. Roles are: {', '.join(ROLES)}; write them as value=role." for claim, role in held.roles
              if role not in ROLES or not claim]
    return wrong
