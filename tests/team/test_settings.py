"""A team's installation starts with every setting right, or says each that is not."""

import pytest

from app.team import alone_complaints, complaints, loopback, mode, team

PASSWORD = {"CLEAN_CLAIM_TEAM": "password", "CLEAN_CLAIM_URL": "https://learn.example.org", "CLEAN_CLAIM_COOKIE_SECRET": "s" * 32}
OIDC = {**PASSWORD, "CLEAN_CLAIM_TEAM": "oidc", "CLEAN_CLAIM_OIDC_METADATA": "https://id.example.org/.well-known/openid-configuration", "CLEAN_CLAIM_OIDC_CLIENT": "c",
        "CLEAN_CLAIM_OIDC_SECRET": "s"}


@pytest.mark.parametrize("settings", [PASSWORD, OIDC, {**PASSWORD, "CLEAN_CLAIM_URL": "http://127.0.0.1:8501"}, {**PASSWORD, "CLEAN_CLAIM_ADDRESS": "0.0.0.0", "CLEAN_CLAIM_PROXIES": "10.0.0.5"},
                                      {**OIDC, "CLEAN_CLAIM_JOIN": "anyone", "CLEAN_CLAIM_ROLE_CLAIM": "groups", "CLEAN_CLAIM_ROLES": "a b=trainer, it=admin"}])
def test_what_is_whole_starts(settings):
    assert complaints(settings, True) == []


@pytest.mark.parametrize("written, named", [
    ("https://Learn.Example.org", "https://learn.example.org"), ("HTTPS://learn.example.org/", "https://learn.example.org"), ("https://learn.example.org:443", "https://learn.example.org"),
    ("https://learn.example.org:", "https://learn.example.org"), ("http://LOCALHOST:80/", "http://localhost"), ("https://[::1]:443", "https://[::1]"),
    ("https://learn.example.org:8443", "https://learn.example.org:8443"), ("http://localhost:443", "http://localhost:443")])
def test_the_address_is_compared_as_browsers_name_it(written, named):
    """A browser sends Host and Origin in small letters and without the port of the scheme; with whatever else an operator wrote nobody would get in."""
    whole = {**PASSWORD, "CLEAN_CLAIM_URL": written}
    assert team(whole).url == named and f"//{team(whole).host}" in named and complaints(whole, True) == []


def test_what_is_missing_is_named_all_at_once():
    said = " ".join(complaints({"CLEAN_CLAIM_TEAM": "oidc", "CLEAN_CLAIM_ADDRESS": "0.0.0.0"}, False))
    for name in ("CLEAN_CLAIM_COOKIE_SECRET", "CLEAN_CLAIM_URL", "CLEAN_CLAIM_OIDC_METADATA", "CLEAN_CLAIM_OIDC_CLIENT", "CLEAN_CLAIM_OIDC_SECRET", "CLEAN_CLAIM_PROXIES", "no admin"):
        assert name in said


@pytest.mark.parametrize("changed, said", [
    ({"CLEAN_CLAIM_TEAM": "yes"}, "CLEAN_CLAIM_TEAM is yes. Write `oidc`"),
    ({"CLEAN_CLAIM_COOKIE_SECRET": ""}, "CLEAN_CLAIM_COOKIE_SECRET is missing"),
    ({"CLEAN_CLAIM_COOKIE_SECRET": "s" * 31}, "CLEAN_CLAIM_COOKIE_SECRET is too short"),
    ({"CLEAN_CLAIM_URL": ""}, "CLEAN_CLAIM_URL is missing"),
    ({"CLEAN_CLAIM_URL": "http://learn.example.org"}, "without TLS"),
    ({"CLEAN_CLAIM_URL": "learn.example.org"}, "Write https:// and the host"),
    ({"CLEAN_CLAIM_URL": "https://learn.example.org/app"}, "nothing after it"),
    ({"CLEAN_CLAIM_URL": "https://learn.example.org#top"}, "nothing after it"),
    ({"CLEAN_CLAIM_URL": "https://ann@learn.example.org"}, "Write https:// and the host"),
    ({"CLEAN_CLAIM_URL": "https://learn.example.org:secure"}, "Write https:// and the host"),
    ({"CLEAN_CLAIM_URL": "https://[::1"}, "Write https:// and the host"),
    ({"CLEAN_CLAIM_URL": "https://lernen-süd.example.org"}, "with xn-- before each such part"),
    ({"CLEAN_CLAIM_ADDRESS": "0.0.0.0"}, "nothing says who answers for TLS"),
    ({"CLEAN_CLAIM_ADDRESS": "::"}, "nothing says who answers for TLS"),
    ({"CLEAN_CLAIM_PROXIES": "*"}, "lets anyone say where a request came from"),
    ({"CLEAN_CLAIM_TLS_KEY": "k.pem"}, "go together"),
    ({"CLEAN_CLAIM_IDLE_MINUTES": "soon"}, "CLEAN_CLAIM_IDLE_MINUTES is no number above 0"),
    ({"CLEAN_CLAIM_IDLE_MINUTES": "²"}, "CLEAN_CLAIM_IDLE_MINUTES is no number above 0"),
    ({"CLEAN_CLAIM_COMPLETION_YEARS": "six"}, "CLEAN_CLAIM_COMPLETION_YEARS is six. Write a whole number from 0 to 100."),
    ({"CLEAN_CLAIM_ANSWER_MONTHS": "-1"}, "CLEAN_CLAIM_ANSWER_MONTHS is -1. Write a whole number from 0 to 1200."),
    ({"CLEAN_CLAIM_SESSION_HOURS": "0"}, "CLEAN_CLAIM_SESSION_HOURS is no number above 0"),
    ({"CLEAN_CLAIM_JOIN": "everybody"}, "Write `invited`, or `anyone`"),
    ({"CLEAN_CLAIM_JOIN": "anyone"}, "with passwords people are invited"),
    ({"CLEAN_CLAIM_ROLES": "it=admin"}, "go together"),
    ({"CLEAN_CLAIM_ROLE_CLAIM": "groups", "CLEAN_CLAIM_ROLES": "it=root"}, "gives it the role root"),
])
def test_each_mistake_is_a_sentence_of_its_own(changed, said):
    found = complaints({**PASSWORD, **changed}, True)
    assert len(found) == 1 and said in found[0]


def test_without_an_admin_it_says_how_to_make_one():
    assert "python -m app admin create" in complaints(PASSWORD, False)[0]


def test_alone_is_the_default_and_is_offered_to_nobody_else():
    assert mode({}) == "" and team({}) is None and complaints({}, False) == []
    assert "there is no sign-in" in alone_complaints({"CLEAN_CLAIM_ADDRESS": "192.168.1.4"})[0]
    assert alone_complaints({"CLEAN_CLAIM_ADDRESS": "127.0.0.1"}) == []
    assert "CLEAN_CLAIM_COMPLETION_YEARS is six" in alone_complaints({"CLEAN_CLAIM_COMPLETION_YEARS": "six"})[0]


@pytest.mark.parametrize("host, mine", [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False), ("10.1.1.1", False), ("localhost.example.org", False)])
def test_what_only_this_machine_reaches(host, mine):
    assert loopback(host) is mine


def test_the_cookie_is_secure_where_there_is_tls():
    from app.door.layers import headers
    from app.door.routes import cookie_name
    whole, local = team(PASSWORD), team({**PASSWORD, "CLEAN_CLAIM_URL": "http://localhost:8501"})
    assert cookie_name(whole) == "__Host-clean-claim" and "strict-transport-security" in headers(whole)
    assert cookie_name(local) == "clean-claim" and "strict-transport-security" not in headers(local)


def test_streamlit_still_has_the_settings_we_stand_on():
    from streamlit import config
    for name in ("server.trustedUserHeaders", "runner.postScriptGC", "server.cookieSecret", "client.showErrorDetails"):
        assert name in config._config_options_template


def test_serve_refuses_and_says_everything(monkeypatch, capsys, tmp_path):
    from app.__main__ import main
    monkeypatch.setenv("CLEAN_CLAIM_DB", str(tmp_path / "r.sqlite"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CLEAN_CLAIM_TEAM", "password")
    assert main(["serve"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Clean Claim does not start:\n- ") and said.count("\n- ") == 3


def test_over_tls_every_cookie_is_for_tls_alone():
    from app.door.layers import secured
    assert secured(b"Set-Cookie", b"_streamlit_user=x; Path=/; HttpOnly") == (b"Set-Cookie", b"_streamlit_user=x; Path=/; HttpOnly; Secure")
    assert secured(b"set-cookie", b"a=b; Path=/; Secure") == (b"set-cookie", b"a=b; Path=/; Secure") and secured(b"x", b"y") == (b"x", b"y")


@pytest.mark.parametrize("env, answered, refused", [
    ({}, ("localhost:8501", "127.0.0.1:8501", "[::1]:8501"), ("evil.example:8501", "localhost.evil.example", "")),
    ({"CLEAN_CLAIM_URL": "https://desk.example.org"}, ("localhost:8501", "desk.example.org"), ("evil.example",)),
    (PASSWORD, ("learn.example.org",), ("localhost:8501", "evil.example"))])
def test_pages_are_spoken_with_under_the_names_of_the_installation_alone(monkeypatch, env, answered, refused):
    """Another site's name that is pointed at this machine would make its script one of ours."""
    from streamlit import config
    from streamlit.web.server.starlette.starlette_websocket import is_host_allowed
    from app.asgi import hosts
    monkeypatch.delenv("CLEAN_CLAIM_URL", raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    before = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", hosts(team(env)))
    try:
        assert all(map(is_host_allowed, answered)) and not any(map(is_host_allowed, refused))
    finally:
        config.set_option("server.allowedHosts", before)
