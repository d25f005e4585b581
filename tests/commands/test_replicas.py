"""Several replicas are refused in a sentence where they could not hold, and the nginx file that is shipped is what the command prints."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("settings, said", [
    ({"CLEAN_CLAIM_ADDRESS": "10.0.0.7"}, "CLEAN_CLAIM_ADDRESS is 10.0.0.7, where the nginx before several replicas does not ask"), ({"CLEAN_CLAIM_ADDRESS": "::1"}, "Leave the address out, or write 0.0.0.0"),
    ({"CLEAN_CLAIM_TLS_CERTIFICATE": "c.pem", "CLEAN_CLAIM_TLS_KEY": "k.pem"}, "are for one process: several replicas are asked without TLS")])
def test_settings_with_which_a_replica_is_not_reached_are_refused_in_a_sentence(monkeypatch, settings, said):
    """Else it would start, answer elsewhere, and be waited for in vain."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert [sentence for sentence in replicas.complaints(2) if said in sentence]


@pytest.mark.parametrize("address", ["", "127.0.0.1", "localhost", "0.0.0.0"])
def test_an_address_at_which_this_machine_reaches_itself_is_taken(monkeypatch, address):
    monkeypatch.setenv("CLEAN_CLAIM_ADDRESS", address)
    assert not [sentence for sentence in replicas.complaints(2) if "CLEAN_CLAIM_ADDRESS" in sentence]
