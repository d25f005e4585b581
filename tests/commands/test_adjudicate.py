"""The adjudicate command: what it prints of an answer, and that no file makes it fail without a sentence."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.__main__ import main
from curriculum.plain import answer_typed

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PAID = (EXAMPLES / "claim-paid.yaml").read_text()


@pytest.fixture
def tried(tmp_path, capsys):
    """Adjudicates a text as a claim file; gives the exit code and what was printed, with the file's name shortened."""
    def run(text: str, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "claim.yaml"
        path.write_text(text, encoding="utf-8")
        code = main(["adjudicate", str(path), *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err.replace(f"{tmp_path}/", "")
    return run


def without(text: str, *lines: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.strip().startswith(lines))


# What comes back

EXPECTED = {
    # worked from docs/examples and payers/: relative values × factor, then copay or deductible and coinsurance
    "claim-paid.yaml": ("182.51", "CO-45 61.77", "PR-3 30.00", "CO-45 78.40", "PR-1 20.00", "PR-2 22.32"),
    "claim-denied-in-part.yaml": ("40.74", "CO-236 160.00", "CO-45 65.04", "PR-1 33.00", "PR-2 10.39", "CO-253 0.83"),
    "claim-rejected.yaml": ("A7        562     82", "A7        164     IL"),
    # group 193 of FY 2026; the deductible of 2026; two per cent of what is left
    "claim-hospital.yaml": ("7,927.43", "PR-1 1,736.00", "CO-253 161.78"),
    "claim-second-payer.yaml": ("37.64", "OA-23 150.00", "CO-45 52.36"),
}


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("claim-*.yaml")))
def test_each_example_earns_what_was_worked_by_hand(name, capsys):
    assert main(["adjudicate", str(EXAMPLES / name)]) == 0
    printed = capsys.readouterr().out
    assert [figure for figure in EXPECTED[name] if figure not in printed] == []
    assert "How the payer got there" not in printed


def test_the_codes_are_explained_in_our_words(capsys):
    main(["adjudicate", str(EXAMPLES / "claim-denied-in-part.yaml")])
    assert re.search(r"^253 +Sequestration$", capsys.readouterr().out, re.MULTILINE)


def test_a_trace_names_each_step_its_rule_the_days_and_the_citation(capsys):
    main(["adjudicate", str(EXAMPLES / "claim-denied-in-part.yaml"), "--trace"])
    printed = " ".join(capsys.readouterr().out.split())
    assert "line 1 edit: procedure_pairs: TX113 is part of TX202 on the same day" in printed
    assert "(0.70 × 1.000 + 2.05 non-facility × 0.940 + 0.07 × 0.720) × 33.4009 = 89.43. [2]" in printed
    assert "in force since 2026-01-01, judged by 2026-01-20. Written in fr-90-49266" in printed


def test_a_trace_says_which_rules_were_made_for_training(capsys):
    main(["adjudicate", str(EXAMPLES / "claim-paid.yaml"), "--trace"])
    assert "Made for training." in capsys.readouterr().out


def test_json_is_the_whole_answer_and_balances(tried):
    code, out, _ = tried(PAID, "--json")
    answer = answer_typed(json.loads(out))
    assert code == 0 and answer.trace
    assert answer.charge == answer.paid + sum(each.amount for line in answer.lines for each in line.adjustments) == Decimal("395.00")


def test_a_rejection_as_json_keeps_its_findings(capsys):
    main(["adjudicate", str(EXAMPLES / "claim-rejected.yaml"), "--json"])
    assert [found["status"] for found in json.loads(capsys.readouterr().out)["findings"]] == ["562", "164"]


def test_without_a_day_of_decision_it_is_the_day_of_receipt(tried):
    _, out, _ = tried(without(PAID, "adjudicated:"))
    assert "Received 2026-03-12, adjudicated 2026-03-12." in out


def test_a_member_that_the_payer_does_not_have_is_rejected(tried):
    code, out, _ = tried(PAID.split("coverage:")[0] + "coverage: null\n", "--trace")
    assert code == 0 and "The payer has no member CMP400000111." in out


def test_the_documented_file_is_adjudicated(tried):
    written = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "claim-file.md").read_text(), re.DOTALL).group(1)
    code, out, err = tried(written)
    assert (code, err) == (0, "") and "The claim is paid." in out


# What is wrong with a file

SLIPS = {
    "unknown payer": (PAID.replace("payer: cedar-ppo", "payer: cedar-pppo"), 'claim.yaml:3: payer: there is no payer "cedar-pppo"; did you mean "cedar-ppo"?'),
    "payer that leads elsewhere": (PAID.replace("payer: cedar-ppo", "payer: ../payers/cedar-ppo"), 'claim.yaml:3: payer: there is no payer "../payers/cedar-ppo"'),
    "date in words": (PAID.replace("received: 2026-03-12", "received: 12 March"), 'claim.yaml:4: received: "12 March" is not a date such as 2026-03-31'),
    "charge in words": (PAID.replace('"185.00"', "plenty"), 'claim.yaml:17: claim.lines.0.charge: "plenty" is not a number such as 12.50'),
    "charge that is no number": (PAID.replace('"185.00"', "NaN"), "claim.yaml:17: claim.lines.0.charge:"),
    "charge in mills": (PAID.replace('"185.00"', '"185.001"'), "claim.yaml:17: claim.lines.0.charge: 185.001 is no amount in dollars and cents below 100,000,000"),
    "charge beyond all bounds": (PAID.replace('"185.00"', "1e999"), "claim.yaml:17: claim.lines.0.charge:"),
    "units beyond all bounds": (PAID.replace('charge: "185.00"', 'charge: "185.00", units: 99999999999999999999999999999999'), "claim.yaml:17: claim.lines.0.units: at most 9,999 units are read"),
    "misspelt field": (PAID.replace("modifiers:", "modifier:"), 'claim.yaml:17: claim.lines.0.modifier: there is no field "modifier" here; did you mean "modifiers"?'),
    "missing field": (without(PAID, "relationship:"), 'claim.yaml:6: claim: the field "relationship" is missing'),
    "text for a list": (PAID.replace("[E11.9, L82.0]", "E11.9"), 'claim.yaml:15: claim.diagnoses: "E11.9" is not a list'),
    "thirteen diagnoses": (PAID.replace("[E11.9, L82.0]", str(["E11.9"] * 13)), "claim.yaml:15: claim.diagnoses: item 21 holds 12 diagnoses; this claim has 13"),
    "no lines": (re.sub(r"  lines:\n(    - .*\n)+", "  lines: []\n", PAID), "claim.yaml:16: claim.lines: a claim has 1 to 50 service lines; this one has 0"),
    "list for a claim": ("- payer\n", "claim.yaml:1: a list is not a block of fields"),
    "text for a claim": (re.sub(r"claim:\n(  .*\n)+", "claim: none\n", PAID), 'claim.yaml:6: claim: "none" is not a block of fields'),
    "claim to another payer": (PAID.replace("  account:", "  payer: prairie-medicaid\n  account:"), "claim.yaml:7: claim.payer: the claim is addressed to prairie-medicaid and received by cedar-ppo"),
    "unknown plan": (PAID.replace("choice-1500", "choice-15"), "claim.yaml:21: coverage.plan: Cedar Mutual PPO has no plan choice-15; it has choice-1500, choice-hsa"),
    "decided before received": (PAID.replace("adjudicated: 2026-03-30", "adjudicated: 2026-03-01"), "claim.yaml:5: adjudicated: the claim was adjudicated on 2026-03-01, before it was received on 2026-03-12"),
    "duplicate key": (PAID + "payer: cedar-ppo\n", "claim.yaml:29: payer: this key stands twice in the same block"),
    "alias": (PAID.replace("claim:", "claim: &all").replace("coverage:", "coverage: *all #"), "are not used in content"),
    "empty": ("", "claim.yaml:1: the file is empty"),
    "no YAML": ("claim: [1, 2\n", "this is not YAML"),
    "script in a name": (PAID.replace("Lindqvist", "<script>alert(1)</script>", 1).replace("member_id", "member"), 'there is no field "member" here'),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_line_and_exits_with_1(slip, tried):
    text, said = SLIPS[slip]
    code, out, err = tried(text)
    assert (code, out) == (1, "")
    assert said in err and "Traceback" not in err


def test_every_mistake_is_told_at_once(tried):
    _, _, err = tried(PAID.replace("received: 2026-03-12", "received: soon").replace('"185.00"', "plenty").replace("sex: F", "sax: F", 1))
    assert [line.split(":")[1] for line in err.splitlines()] == ["4", "10", "10", "17"]


@pytest.mark.parametrize("field", ["service_date: 2019-03-09", "service_date: 2031-03-09"])
def test_a_day_outside_the_known_ones_is_refused_with_a_sentence(field, tried):
    code, out, err = tried(PAID.replace("service_date: 2026-03-09", field).replace("2026-03-12", "2031-04-01").replace("adjudicated: 2026-03-30\n", ""))
    assert (code, out) == (1, "")
    assert re.match(r"claim\.yaml: .* known .*lies outside\.$", err.strip())


def test_a_missing_file_is_told(tmp_path, capsys):
    assert main(["adjudicate", str(tmp_path / "none.yaml")]) == 1
    assert "none.yaml:1: the file cannot be opened: No such file" in capsys.readouterr().err


def test_a_directory_is_told(tmp_path, capsys):
    assert main(["adjudicate", str(tmp_path)]) == 1
    assert ":1: this is not a file" in capsys.readouterr().err


def test_fifty_megabytes_are_refused_unread(tmp_path, capsys):
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert main(["adjudicate", str(large)]) == 1
    assert "large.yaml:1: the file has 50.0 MB; at most 4 MB are read" in capsys.readouterr().err


VALUES = st.one_of(st.sampled_from(["", "null", "-1", "0", "1e30", "NaN", "2026-02-30", "0001-01-01", "9999-12-31", "[]", "{}", "[A, Z]", "\"26\"", "[\"26\"]", "yes", "TX401", "E11"]),
                   st.text("ABCxyz0189.-", max_size=12))
FIELDS = re.findall(r"[a-z_]+: (?:\"[^\"]*\"|\[[^\]]*\]|[^,{}\[\]\n\"]+)", PAID)


@settings(max_examples=150, deadline=None)
@given(field=st.sampled_from(FIELDS), value=VALUES)
def test_no_single_value_makes_it_fail_without_a_sentence(field, value, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "one-value.yaml"
    path.write_text(PAID.replace(field, f"{field.split(':')[0]}: {value}", 1))
    assert main(["adjudicate", str(path), "--trace"]) in (0, 1)
