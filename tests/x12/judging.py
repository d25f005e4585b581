"""pyx12 as a judge: a transaction held against the implementation guides by somebody else's code."""

import io
import tempfile
from pathlib import Path

import pytest


def pyx12_says(text: str) -> str:
    """Empty where pyx12 finds nothing wrong; its complaint otherwise."""
    params = pytest.importorskip("pyx12.params")
    from pyx12.x12n_document import x12n_document
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "transaction.x12"
        path.write_text(text)
        out = io.StringIO()
        return "" if x12n_document(params.params(), str(path), out, None, None) else out.getvalue() or "refused"
