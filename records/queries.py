"""The SQL of the records by name, read from queries.sql and training.sql so that both engines run the same words."""

import re
from pathlib import Path

from records.dialect import Query

TEXT = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("queries.sql", "training.sql"))
_BODIES = {name: body.strip() for name, body in re.findall(r"^-- name: (\S+)\n(.*?)(?=^-- name: |\Z)", TEXT, re.M | re.S)}
QUERIES = {name: Query(body, _BODIES.get(f"{name}@postgres", "")) for name, body in _BODIES.items() if "@" not in name}
