"""Where one is led after signing in: to the page one came from, with what its address asked for, and to no other site."""

from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.door.going_back import LONGEST, PLACE, Returning, way_in, within

OURS = "http://training.example.org"


@pytest.fixture
def client():
    """A provider's two addresses as Streamlit answers them."""
    async def away(_request):
        return RedirectResponse("https://provider.example.com/authorize", 302)

    async def back(_request):
        return RedirectResponse("/", 302)
    routes = [Route("/auth/login", away), Route("/oauth2callback", back), Route("/elsewhere", back)]
    app = Starlette(routes=routes, middleware=[Middleware(Returning, held=SimpleNamespace(mode="oidc", url=OURS))])
    return TestClient(app, base_url=OURS, follow_redirects=False)


@pytest.mark.parametrize("at", ["/exam?attempt=a1&q=3", "/learner?learner=x%20y", "/quizzes"])
def test_a_provider_leads_back_to_the_page_and_then_forgets_it(client, at):
    client.get("/auth/login", headers={"referer": OURS + at})
    assert client.get("/oauth2callback").headers["location"] == at
    assert PLACE not in client.cookies and client.get("/oauth2callback").headers["location"] == "/"


@pytest.mark.parametrize("referer", ["", "https://other.example/exam?attempt=a1", f"{OURS}.other.example/exam", f"{OURS}//other.example", f"{OURS}/auth/login?next=/x", f"{OURS}/\\other.example"])
def test_what_is_no_page_of_ours_is_not_gone_back_to(client, referer):
    client.get("/auth/login", headers={"referer": referer})
    assert client.get("/oauth2callback").headers["location"] == "/"


@pytest.mark.parametrize("kept", ["//other.example", "https://other.example/", "/%5Cother.example", "%2F%2Fother.example", "/x%0d%0aset-cookie: a=b"])
def test_a_cookie_that_somebody_else_wrote_leads_nowhere_else(client, kept):
    assert client.get("/oauth2callback", headers={"cookie": f"{PLACE}={kept}"}).headers["location"] == "/"


def test_other_addresses_are_left_as_they_are(client):
    client.get("/auth/login", headers={"referer": f"{OURS}/exams"})
    assert client.get("/elsewhere").headers["location"] == "/"


@pytest.mark.parametrize("path, query, address", [("/quizzes", "", "/auth/login?next=/quizzes"), ("/exam", "attempt=a1&q=3", "/auth/login?next=/exam%3Fattempt%3Da1%26q%3D3"),
                                                  ("/exam", "x=" + "1" * LONGEST, "/auth/login?next=/exam")])
def test_our_own_form_carries_the_page_with_what_its_address_asked_for(path, query, address):
    assert way_in(path, query) == address


@pytest.mark.parametrize("path", ["/exam?attempt=a1&q=3", "/"])
def test_a_page_of_ours_is_gone_on_to(path):
    assert within(path) == path
