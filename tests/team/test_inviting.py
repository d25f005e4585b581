"""Several people invited at once from lines that were pasted: all of them, or every mistake told."""

import pytest

from app import gate, people_desk
from app.gate import NotAllowed
from app.people_desk import NotFit
from app.people_listed import Listed, read
from records import ROLES, digest
from tests.team.conftest import viewer, words


def as_(id: str):
    return gate.acting(viewer(id))


@pytest.mark.parametrize("line, person", [
    ("Ida Moss, ida@example.org, trainer", Listed("Ida Moss", "ida@example.org", "trainer")), ("Ida Moss\tida@example.org\tLearner", Listed("Ida Moss", "ida@example.org", "learner")),
    ("Moss, Ida; ida@example.org", Listed("Moss, Ida", "ida@example.org", "learner")), ('"Ida Moss", <ida@example.org>', Listed("Ida Moss", "ida@example.org", "learner"))])
def test_a_line_is_read_as_people_write_it(line, person):
    assert read(line, ROLES, True, ()) == ((person,), ())


def test_with_a_provider_the_address_may_be_left_out():
    assert read("Ida Moss, author\nOle Berg", ROLES, False, ()) == ((Listed("Ida Moss", "", "author"), Listed("Ole Berg", "", "learner")), ())


def test_every_mistake_is_told_with_its_line():
    text = "Ida Moss, ida@example.org, boss\n\n, ole@example.org\nPia, pia@\nAnn, Ann@example.org\nIda Two, IDA@example.org, learner, twice\nOnly a name"
    assert read(text, ROLES, True, {"ann@example.org"})[1] == (
        "Line 1: boss is no role; roles are learner, trainer, author, admin.", "Line 3: write the name first, up to 60 characters.", "Line 4: pia@ is no e-mail address.",
        "Line 5: there is an account with the address Ann@example.org already.", "Line 6: learner, twice is no role; roles are learner, trainer, author, admin.",
        "Line 6: the address IDA@example.org stands in line 1 too.", "Line 7: the e-mail address is missing.")


@pytest.mark.parametrize("text, said", [("", "Write a line for each person"), ("x, x@example.org\n" * 201, "up to 200 people")])
def test_nothing_and_too_many_are_refused(text, said):
    assert said in read(text, ROLES, True, ())[1][0]


def test_each_has_an_account_in_the_cohort_and_a_link_that_opens_it(desk, people):
    with as_("root"):
        links = people_desk.invite_all("Ida Moss, ida@example.org\nOle Berg, ole@example.org, trainer", None, "c1")
    assert [link.name for link in links] == ["Ida Moss", "Ole Berg"]
    held = [people.account(people.ticket(digest(link.address.split("token=")[1]), gate.now()).account) for link in links]
    assert [(one.email, one.role, one.status) for one in held] == [("ida@example.org", "learner", "invited"), ("ole@example.org", "trainer", "invited")]
    assert {one.profile for one in held} <= {one.profile for one in people.members("c1")} and people.audit_faults() == []


def test_with_one_mistake_nobody_is_invited(desk, people):
    before = people.accounts(), people.audit_log(limit=1)
    with as_("root"), pytest.raises(NotFit, match="Nobody was invited. Line 2: ann@ is no e-mail address."):
        people_desk.invite_all("Ida Moss, ida@example.org\nAnn, ann@")
    assert (people.accounts(), people.audit_log(limit=1)) == before


@pytest.mark.parametrize("id", ["ann", "tom", "una"])
def test_only_an_admin_invites(desk, id):
    with as_(id), pytest.raises(NotAllowed):
        people_desk.invite_all("Ida Moss, ida@example.org")


def test_on_the_page_the_lines_stay_to_be_mended(app):
    page = app("root", "people")
    page.text_area(key="lines").input("Ida Moss, ida@")
    next(one for one in page.button if one.label == "Make invitation links").click().run()
    assert "Line 1: ida@ is no e-mail address." in words(page) and page.text_area(key="lines").value == "Ida Moss, ida@"
    page.text_area(key="lines").input("Ida Moss, ida@example.org")
    next(one for one in page.button if one.label == "Make invitation links").click().run()
    assert "1 person has an account" in words(page) and "Ida Moss: http" in words(page)


def test_who_signed_in_was_here(desk, people):
    from app import cohort_desk
    with as_("tom"):
        row, = cohort_desk.table("c1")
    assert row.person.seen is not None


def test_one_is_told_who_sees_ones_work(app):
    assert "As a learner of Spring" in words(app("ann", "you")) and "Nobody but you" in words(app("bea", "you"))


def test_a_session_one_does_not_know_is_ended_and_the_password_changed(app):
    assert "end it, then change your password." in words(app("ann", "you"))
