"""The plain pages of the door, in the look of the app: no script, every value escaped, every field labelled."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

STYLE = Path(__file__).with_name("sheet.css").read_text(encoding="utf-8")
HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = (f"default-src 'none'; style-src 'sha256-{HASH}'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
"""Nothing runs on these pages, and they post to nobody but us."""


@dataclass(frozen=True)
class Field:
    """One input. `kind` is HTML's type; `known`: what a browser may fill in by itself."""
    name: str
    label: str
    kind: str = "password"
    known: str = "current-password"
    value: str = ""
    hint: str = ""


def field(one: Field, first: bool) -> str:
    hint = f'<p class="hint" id="{one.name}-hint">{escape(one.hint)}</p>' if one.hint else ""
    told = f' aria-describedby="{one.name}-hint"' if one.hint else ""
    return (f'<label for="{one.name}">{escape(one.label)}</label><input id="{one.name}" name="{one.name}" type="{one.kind}" autocomplete="{one.known}" '
            f'value="{escape(one.value)}" maxlength="320" required{told}{" autofocus" if first else ""}>{hint}')


def form(action: str, button: str, fields: tuple[Field, ...], hidden: dict[str, str]) -> str:
    kept = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden.items())
    shown = "".join(field(one, not at) for at, one in enumerate(fields))
    return f'<form method="post" action="{escape(action)}">{kept}{shown}<button type="submit">{escape(button)}</button></form>'


def page(title: str, body: str, said: str = "", good: bool = False) -> str:
    """A whole page. `said`: what came of the last attempt, read out at once."""
    notice = f'<p class="said{" good" if good else ""}" role="{"status" if good else "alert"}">{escape(said)}</p>' if said else ""
    return ('<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="robots" content="noindex"><title>{escape(title)} · Clean Claim</title><link rel="icon" href="/app/static/icon.svg"><style>{STYLE}</style></head>'
            '<body><main><p class="brand"><img src="/app/static/icon.svg" alt=""> Clean Claim</p>'
            f'<div class="sheet"><h1>{escape(title)}</h1>{notice}{body}</div></main></body></html>')


def paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def link(address: str, text: str) -> str:
    return f'<p><a href="{escape(address)}">{escape(text)}</a></p>'
