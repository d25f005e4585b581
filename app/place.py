"""Where the records are: as asked, else as DATABASE_URL or CLEAN_CLAIM_DB says, else under data/ in the project."""

import os
from pathlib import Path

from records import is_server, newest_good

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT / "data" / "clean-claim.sqlite"


def place(given: str | None = None) -> Path | str:
    """A path, or the address of a PostgreSQL database."""
    named = given or os.environ.get("DATABASE_URL") or os.environ.get("CLEAN_CLAIM_DB") or DEFAULT
    return str(named) if is_server(named) else Path(named).expanduser().absolute()


def backups(where: Path | str) -> Path:
    """The folder in which backups of these records are looked for, and made where none is named: `backups` beside the file; of a server's records, beside where a file would be."""
    return (DEFAULT if is_server(where) else Path(where)).parent / "backups"


def way_back(where: Path | str, looked_at: Path | str = "") -> str:
    """A sentence that names the newest good backup of damaged records, as far as one is known: in the folder of backups, or beside the backup that was looked at."""
    beside = Path(looked_at).absolute().parent if looked_at and not is_server(looked_at) and Path(looked_at) != where else None
    folder = next((folder for folder in (beside, backups(where)) if folder and folder.is_dir()), backups(where))
    good = newest_good(folder) if folder.is_dir() else None
    return (f"The newest good backup in {folder} is {good.name}: stop the app, then `python -m app restore {good}`." if good
            else f"There is no good backup in {folder}; look where else backups are kept.")
