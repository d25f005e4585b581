"""Where the records are: as asked, else as DATABASE_URL or CLEAN_CLAIM_DB says, else under data/ in the project."""

import os
from pathlib import Path

from records import is_server

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT / "data" / "clean-claim.sqlite"


def place(given: str | None = None) -> Path | str:
    """A path, or the address of a PostgreSQL database."""
    named = given or os.environ.get("DATABASE_URL") or os.environ.get("CLEAN_CLAIM_DB") or DEFAULT
    return str(named) if is_server(named) else Path(named).expanduser().absolute()
