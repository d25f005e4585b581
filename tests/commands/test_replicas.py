"""Several replicas are refused in a sentence where they could not hold, and the nginx file that is shipped is what the command prints."""

from pathlib import Path

from app import replicas
from app.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


def test_a_file_of_records_is_for_one_server(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CLEAN_CLAIM_TEAM", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "records.sqlite"))
    assert main(["serve", "--replicas", "2"]) == 1
    assert "Set DATABASE_URL to a PostgreSQL database" in capsys.readouterr().err


def test_a_number_that_makes_no_sense_is_refused(monkeypatch):
    assert "from 2 to 32" in replicas.complaints(0)[0] and "from 2 to 32" in replicas.complaints(99)[0]


def test_where_nginx_is_missing_it_is_said_how_it_comes(monkeypatch):
    monkeypatch.setattr(replicas, "nginx", lambda: "")
    assert "apt-get install nginx-light" in replicas.complaints(2)[-1]


def test_the_shipped_configuration_is_what_the_command_prints(capsys):
    assert main(["proxy", "--url", "https://clean-claim.example.org"]) == 0
    assert capsys.readouterr().out == (ROOT / "deploy" / "nginx.conf").read_text()


def test_every_replica_has_its_name_its_upstream_and_its_share(capsys):
    main(["proxy", "--url", "https://training.example.org", "--replicas", "3", "--first-port", "9001"])
    made = capsys.readouterr().out
    assert "33.33% replica1;" in made and "* replica3;" in made and "server_name training.example.org;" in made
    assert all(f"upstream replica{number} {{\n    server 127.0.0.1:{9000 + number} max" in made for number in (1, 2, 3)) and made.count(" backup;") == 6
