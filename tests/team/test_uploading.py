"""Uploads lie in memory: how much of them, on a page and in all."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.door import uploading
from tests.team.conftest import finished

MB = 1024 * 1024


@pytest.mark.parametrize("lying, more, said", [({}, 60 * MB, ""), ({"p": 60 * MB}, 60 * MB, ""), ({"p": 120 * MB}, 60 * MB, "on this page"), ({"q": 120 * MB}, 60 * MB, ""),
                                               ({f"q{at}": 120 * MB for at in range(8)}, 65 * MB, "on this server")])
def test_there_is_room_for_two_of_the_largest_on_a_page_and_for_some_pages(lying, more, said):
    assert said in uploading.complaint("p", more, lying) and bool(said) == bool(uploading.complaint("p", more, lying))


def answered(monkeypatch, headers, path="/_stcore/upload_file/p/f", method="PUT", lying=0):
    """The status of what came back; 204 is that of the app behind."""
    storage = {"p": {"f": SimpleNamespace(data=bytes(lying))}}
    monkeypatch.setattr(uploading.runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=SimpleNamespace(file_storage=storage)))
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message):
        sent.append(message)
    finished(uploading.Bounded(app)({"type": "http", "method": method, "path": path, "headers": headers}, None, send))
    return sent[0]["status"]


def test_an_upload_passes_where_there_is_room_and_is_refused_where_there_is_none(monkeypatch):
    assert answered(monkeypatch, [(b"content-length", b"1000")]) == 204
    assert answered(monkeypatch, [(b"content-length", str(60 * MB).encode())], lying=80 * MB) == 413


@pytest.mark.parametrize("headers", [[], [(b"transfer-encoding", b"chunked")], [(b"content-length", b"-1")]])
def test_one_that_does_not_say_its_length_is_refused(monkeypatch, headers):
    assert answered(monkeypatch, headers) == 411


def test_other_requests_are_not_looked_at(monkeypatch):
    assert answered(monkeypatch, [], method="DELETE") == answered(monkeypatch, [], path="/auth/login") == 204


def test_nothing_here_opens_an_archive():
    """So that none can unfold into more than was let in; what is written for people to take away is only written."""
    root = Path(__file__).resolve().parents[2]
    opened = re.compile(r"\b(tarfile|unpack_archive|gzip|bz2|lzma|is_zipfile)\b|\.extract(all)?\(|ZipFile\((?!file, \"w\")")
    found = [path for folder in ("app", "records", "scoring", "curriculum", "billing") for path in (root / folder).rglob("*.py") if opened.search(path.read_text())]
    assert found == []
