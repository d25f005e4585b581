"""The x12 command: what it reads, writes and refuses, and that no file makes it fail without a sentence."""

import json
from pathlib import Path

import pytest

from app.__main__ import main
from tests.x12.made import AT, PARTIES, professional, sample
from billing.x12.claims import write_claims

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def read(tmp_path, capsys):
    """Reads a text as a file; the exit code, and what was printed on each stream."""
    def run(text: str | bytes, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "file.x12"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["x12", "read", str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err
    return run


def test_a_claim_that_was_written_is_read_without_faults(read, capsys):
    assert main(["x12", "write", str(ROOT / "docs" / "examples" / "claim-paid.yaml")]) == 0
    code, out, _ = read(capsys.readouterr().out)
    assert code == 0 and "procedure: TX201" in out and "No faults." in out


def test_a_hospital_claim_is_written_as_institutional(capsys):
    assert main(["x12", "write", str(ROOT / "docs" / "examples" / "claim-hospital.yaml")]) == 0
    assert "005010X223A2" in capsys.readouterr().out


def test_faults_are_told_and_counted_by_the_exit_code(read):
    code, out, _ = read(write_claims([professional()], PARTIES, AT, 7).replace("LX*1~\n", "XX*1~\n"))
    assert code == 1 and "Faults" in out and "no place in loop" in out


def test_json_holds_every_part_and_fault(read):
    code, out, _ = read(write_claims([professional()], PARTIES, AT, 7), "--json")
    held = json.loads(out)
    assert code == 0 and held["faults"] == [] and held["parts"][0]["lines"][0]["charge"] == "120.00"


@pytest.mark.parametrize("text, says", [("", "There is nothing in it"), ("hello", "envelope is missing"), (b"\xff\xfe\x00", "can't decode"), ("ISA*00*", "cut off")])
def test_what_is_no_x12_earns_a_sentence(read, text, says):
    code, _, err = read(text)
    assert code == 1 and says in err and "Traceback" not in err


@pytest.mark.parametrize("name, says", [("subscriber-health-benefit-check.271", "ReadResponse"), ("subscriber-health-benefit-check.270", "ReadInquiry"), ("claim-level-status.277", "No faults"), ("claim-level-status.276", "No faults"),
                                        ("secondary-payment.835", "PaidClaim")])
def test_samples_of_others_are_told(read, name, says):
    assert says in read(sample(f"linuxforhealth/{name}"))[1]
