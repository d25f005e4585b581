"""nginx as it is shipped keeps no log with an address or a query in it."""

import re
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.mark.parametrize("name", ["nginx.conf", "nginx.template"])
def test_a_log_has_no_address_no_query_and_no_agent(name):
    text = (DEPLOY / name).read_text()
    form = re.search(r"log_format clean_claim '(.*)';", text)[1]
    assert set(re.findall(r"\$\w+", form)) == {"$time_iso8601", "$request_method", "$uri", "$status", "$body_bytes_sent", "$request_time", "$clean_claim_answered"}
    logs = re.findall(r"^ *(access_log|error_log) (\S+?);? ?(clean_claim)?;?(?: .*)?$", text, re.MULTILINE)
    assert [(kind, last) for kind, _, last in logs] == [("access_log", "clean_claim"), ("error_log", "")] and logs[1][1] == "/dev/null"
