"""The SQL of the records by name, read from queries.sql so that another engine can run the same words."""

import re
from pathlib import Path

TEXT = Path(__file__).with_name("queries.sql").read_text(encoding="utf-8")
QUERIES = {name: body.strip() for name, body in re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name: |\Z)", TEXT, re.M | re.S)}
