"""What the command line gives out, verifies and removes of people."""

import json
import zipfile

import pytest

from app.__main__ import main
from records import Completion, Records
from records.people import People
from tests.badges.test_credential import FILE
from tests.records import made


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Records with two people and an old attempt, and no setting of this machine's."""
    for name in ("DATABASE_URL", "CLEAN_CLAIM_COMPLETION_YEARS", "CLEAN_CLAIM_ANSWER_MONTHS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_ISSUER_KEY", str(tmp_path / "issuer.pem"))
    path = tmp_path / "records.sqlite"
    with Records.open(path) as records:
        for id, name in (("ann", "Ann Mora"), ("bea", "Ann Mora"), ("cem", "Cem")):
            records.add_profile(made.profile(id, name))
        records.start(made.attempt())
        records.append(made.step(), made.grading())
        records.complete(Completion("c1", "ann", "Ann Mora", "exam", "cpb", "T", "gone", "h", "passed", (), 5_000))
    return path


def test_a_person_is_exported_by_name_or_id(place, tmp_path, capsys):
    assert main(["export", "--db", str(place), "--profile", "cem", str(tmp_path / "c.zip")]) == 0
    assert "about Cem" in capsys.readouterr().out
    assert main(["export", "--db", str(place), "--profile", "ann", str(tmp_path / "a.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert {"README.txt", "json/step.json", "csv/completion.csv"} <= set(file.namelist()) and json.loads(file.read("json/profile.json"))[0]["id"] == "ann"
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0
    with Records.open(place) as records:
        assert People(records).audit_log("ann")[0].act == "take away"


@pytest.mark.parametrize("asked, says", [("Ann Mora", "2 profiles have the name Ann Mora. Give the id of one: ann, bea"), ("Nobody", "There is no profile with the name or id Nobody")])
def test_whom_it_cannot_tell_it_does_not_guess(place, tmp_path, capsys, asked, says):
    assert main(["export", "--db", str(place), "--profile", asked, str(tmp_path / "x.zip")]) == 1
    assert says in capsys.readouterr().err and not (tmp_path / "x.zip").exists()


def test_no_file_is_overwritten(place, tmp_path, capsys):
    (tmp_path / "a.zip").write_text("mine")
    assert main(["export", "--db", str(place), "--profile", "cem", str(tmp_path / "a.zip")]) == 1
    assert "Name a file that is not there yet" in capsys.readouterr().err and (tmp_path / "a.zip").read_text() == "mine"


def test_a_dry_run_of_retention_changes_nothing_and_applying_does(place, monkeypatch, capsys):
    monkeypatch.setenv("CLEAN_CLAIM_ANSWER_MONTHS", "24")
    assert main(["retention", "--db", str(place), "--dry-run"]) == 0
    assert capsys.readouterr().out == "1 attempts would go (no step for 24 months). 1 completion records would go (older than 6 years).\n"
    with Records.open(place) as records:
        assert records.attempt("a1") and records.completions_of("ann")
    assert main(["retention", "--db", str(place), "--apply", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"applied": True, "attempts": ["a1"], "completions": ["c1"]}
    with Records.open(place) as records:
        assert records.attempt("a1") is None and records.completions_of("ann") == () and records.profile("ann")
        assert People(records).audit_log("records")[0].after == {"attempts": 1, "completions": 1} and People(records).audit_faults() == []


def test_answers_have_no_term_unless_one_is_set(place, capsys):
    assert main(["retention", "--db", str(place), "--dry-run"]) == 0
    assert "Answers have no term: none go" in capsys.readouterr().out


def test_a_wrong_term_is_refused_in_a_sentence(place, monkeypatch, capsys):
    monkeypatch.setenv("CLEAN_CLAIM_ANSWER_MONTHS", "two")
    assert main(["retention", "--db", str(place), "--apply"]) == 1
    assert "CLEAN_CLAIM_ANSWER_MONTHS is two. Write a whole number" in capsys.readouterr().err


def test_a_badge_is_verified_without_records(place, tmp_path, capsys):
    file = tmp_path / "badge.json"
    file.write_bytes(FILE)
    assert main(["badge", "verify", str(file)]) == 0
    assert "Genuine: CPB practice exam" in (said := capsys.readouterr().out) and "compare it with the one that the issuer has made known" in said
    did = json.loads(FILE)["issuer"]["id"]
    assert main(["badge", "verify", str(file), "--issuer", did, "--json"]) == 0 and json.loads(capsys.readouterr().out)["genuine"] is True
    assert main(["badge", "verify", str(file), "--issuer", "did:key:z6Mkother"]) == 1 and "Not from whom it should be" in capsys.readouterr().err
    file.write_bytes(FILE.replace("82.5".encode(), "92.5".encode()))
    assert main(["badge", "verify", str(file)]) == 1 and "Not genuine: Its signature does not fit" in capsys.readouterr().err
    assert main(["badge", "verify", str(tmp_path / "none.json")]) == 1 and "cannot be read" in capsys.readouterr().err


def test_the_key_is_shown_and_changed(place, capsys):
    assert main(["badge", "key"]) == 0
    first = capsys.readouterr().out.strip()
    assert first.startswith("did:key:z6Mk")
    assert main(["badge", "key", "--rotate"]) == 0
    assert "What it signed stays valid" in (said := capsys.readouterr().out) and first not in said


# Someone who has left, and what an employer can still show

def test_who_has_left_is_erased_by_the_rules_of_their_own_deletion(place, capsys):
    assert main(["erase", "--db", str(place), "--profile", "ann", "--confirm", "ann mora"]) == 0
    said = capsys.readouterr().out
    assert "1 completion record: their name" in said and said.endswith("Ann Mora was deleted.\n")
    with Records.open(place) as records:
        assert records.profile("ann") is None and records.profile("bea") and [one.id for one in records.completions_of("ann")] == ["c1"]
        assert (People(records).audit_log("ann")[0].actor, People(records).audit_log("ann")[0].act) == ("command line", "erase")


@pytest.mark.parametrize("more, says", [(["--confirm", "Anna"], "that is not their name as it stands here. Type Ann Mora."), ([], "nobody is there to type the name")])
def test_nobody_is_erased_until_the_name_is_typed(place, capsys, monkeypatch, more, says):
    monkeypatch.setattr("sys.stdin", open("/dev/null"))
    assert main(["erase", "--db", str(place), "--profile", "ann", *more]) == 1
    assert says in capsys.readouterr().err
    with Records.open(place) as records:
        assert records.profile("ann")


def test_a_dry_run_of_an_erasure_deletes_nothing(place, capsys):
    assert main(["erase", "--db", str(place), "--profile", "ann", "--dry-run"]) == 0
    assert capsys.readouterr().out.endswith("Nothing was deleted.\n")
    with Records.open(place) as records:
        assert records.profile("ann")


def test_completion_records_go_too_alone_and_stay_in_a_team(place, capsys):
    with Records.open(place) as records:
        records.write(lambda db: db.execute("INSERT INTO account VALUES ('cem', 'admin', 'active', 'c@example.org', 0, 1)").rowcount)
    assert main(["erase", "--db", str(place), "--profile", "ann", "--confirm", "Ann Mora", "--completions-too"]) == 1
    assert "in a team completion records are the organisation's" in capsys.readouterr().err
    with Records.open(place) as records:
        records.write(lambda db: db.execute("DELETE FROM account").rowcount)
    assert main(["erase", "--db", str(place), "--profile", "ann", "--confirm", "Ann Mora", "--completions-too"]) == 0
    with Records.open(place) as records:
        assert records.completions_of("ann") == ()


def test_completions_are_listed_also_of_whoever_is_gone_and_that_is_in_the_log(place, tmp_path, capsys):
    main(["erase", "--db", str(place), "--profile", "ann", "--confirm", "Ann Mora"])
    capsys.readouterr()
    assert main(["completions", "--db", str(place)]) == 0
    assert capsys.readouterr().out == "1970-01-01 00:00  passed     Ann Mora (deleted): T\n"
    assert main(["completions", "--db", str(place), "--profile", "ann mora", "--csv", str(tmp_path / "done.csv")]) == 0
    assert "done.csv: 1 completion records." in capsys.readouterr().out and "Ann Mora,deleted,T,exam,passed" in (tmp_path / "done.csv").read_text("utf-8-sig")
    assert (tmp_path / "done.csv").stat().st_mode & 0o077 == 0
    assert main(["completions", "--db", str(place), "--csv", str(tmp_path / "done.csv")]) == 1
    assert "Name a file that is not there yet" in capsys.readouterr().err
    assert main(["completions", "--db", str(place), "--profile", "nobody"]) == 0 and capsys.readouterr().out == "No completion is on record.\n"
    with Records.open(place) as records:
        assert [row.act for row in People(records).audit_log(limit=2)] == ["export completions"] * 2
