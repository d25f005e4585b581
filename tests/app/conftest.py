"""The app run by AppTest over records of its own, without a server."""

import logging
import os

import pytest
from streamlit.testing.v1 import AppTest

logging.getLogger("streamlit").setLevel(logging.ERROR)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """app.session with a fresh database; what was held open for another test is let go."""
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "records.sqlite"))
    from app import session
    session.ledger.clear()
    yield session
    session.ledger.clear()


@pytest.fixture
def dana(desk):
    """Someone preparing for an exam."""
    return desk.welcome("Dana Whitlock", "exam", "cpb", None)


@pytest.fixture
def app(desk):
    """Opens a page: app("quizzes", attempt=...)."""
    def run(page: str = "", **params) -> AppTest:
        tested = AppTest.from_file(os.path.join(os.path.dirname(__file__), "..", "..", "streamlit_app.py"), default_timeout=60)
        for name, value in params.items():
            tested.query_params[name] = value
        if page:
            tested.switch_page(f"app/pages/{page}.py")
        return tested.run()
    return run
