"""A learner takes everything away, gets a certificate that others can verify, and leaves; in a real browser."""

import json
import re
import zipfile

import pytest

from app.badges.credential import verified
from records import Records
from scoring.marks import key_of
from tests.browser.axe import violations
from tests.browser.running import Server, opened, settle

EXAM = "crcs"


def passed_exam(database, name: str, monkeypatch) -> str:
    """A profile with a whole practice exam passed, without the clicks."""
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(database))
    from app import exam_desk, exam_marking, exam_offers, session
    session.ledger.clear()
    who = session.welcome(name, "exam", EXAM, None)
    attempt = exam_offers.begin(who, EXAM, "full")
    held = exam_marking.variants(session.ledger().attempt(attempt).attempt.form)
    for item, variant in held.items():
        right = key_of(variant.keyed.question, variant.keyed.drawn)
        exam_desk.answer(attempt, item, right if isinstance(right, (frozenset, tuple, dict)) else str(right), 0, "t")
    exam_desk.finish(attempt)
    session.ledger.clear()
    return who.id


@pytest.fixture(scope="module")
def graduate(server, tmp_path_factory):
    """A server of its own, with its own key and someone who has passed."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("own-data")
    patch.setenv("CLEAN_CLAIM_ISSUER_KEY", str(folder / "issuer.pem"))
    who = passed_exam(folder / "records.sqlite", "Dana Whitlock", patch)
    running = Server(folder / "records.sqlite").start()
    yield running, who
    running.kill()
    patch.undo()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_page(page, graduate, axe, scheme, width):
    running, who = graduate
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, f"{running.url}/own_data?who={who}")
    page.get_by_role("heading", name="Delete it").wait_for()
    settle(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_learner_takes_everything_away_with_a_certificate_and_leaves(page, graduate, tmp_path):
    running, who = graduate
    opened(page, f"{running.url}/welcome?who={who}")
    page.get_by_role("link", name=re.compile("^Your data")).click()
    page.get_by_role("heading", name="Take it with you").wait_for()
    settle(page)

    def fetched(button: str, to: str):
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name=button).click()
        waiting.value.save_as(tmp_path / to)
        return tmp_path / to
    with zipfile.ZipFile(fetched("Download everything", "all.zip")) as file:
        assert json.loads(file.read("json/profile.json"))[0]["name"] == "Dana Whitlock" and "README.txt" in file.namelist()
    assert fetched("Certificate (PDF)", "certificate.pdf").read_bytes().startswith(b"%PDF-")
    found = verified(fetched("Credential (JSON)", "certificate.json").read_bytes())
    assert found.learner == "Dana Whitlock" and found.results[0] == ("Whole exam", "100 %")
    name = page.get_by_label("To confirm, type your name as it stands here")
    name.fill("Dana")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_text("Nothing was deleted: that is not your name").wait_for(timeout=30_000)
    settle(page)
    name.fill("dana whitlock")
    page.keyboard.press("Enter")
    page.get_by_text("Everything of yours was deleted.").wait_for(timeout=30_000)
    with Records.open(running.database) as records:
        assert records.profiles() == () and [one.outcome for one in records.completions_of(who)] == ["passed"] and len(records.certificates_of(who)) == 1
