"""A question of a case on the page: the situation and every paper are in sight, as text and never as markup."""

from types import SimpleNamespace

from streamlit.testing.v1 import AppTest


def drawn(question, page_title=""):
    from app.widgets import case_exhibits
    with case_exhibits.sides(question, page_title):
        case_exhibits.asked(question)


def page(case=None, exhibit="", page_title="") -> AppTest:
    return AppTest.from_function(drawn, args=(SimpleNamespace(stem="What is owed?", exhibit=exhibit, case=case), page_title)).run()


def a_case(story="The plan has paid.") -> SimpleNamespace:
    papers = (SimpleNamespace(id="remittance", title="Remittance", text="Paid: $80.00"), SimpleNamespace(id="ledger", title="Ledger", text="Open: $40.00"))
    return SimpleNamespace(title="A visit", story=story, exhibits=papers)


def test_story_papers_and_stem_are_shown_in_that_order():
    said = [one.value for one in page(a_case()).markdown]
    assert said == ["### A visit", "The plan has paid.", "#### Remittance", r"Paid: \$80.00", "#### Ledger", r"Open: \$40.00", "What is owed?"]


def test_a_title_that_the_page_says_is_not_said_again():
    said = [one.value for one in page(a_case(), page_title="A visit").markdown]
    assert said[:2] == ["The plan has paid.", "### Remittance"]


def test_a_question_without_a_case_is_only_itself():
    assert [one.value for one in page(exhibit="A table").markdown] == ["What is owed?", "A table"]


def test_no_markup_of_a_story_reaches_the_page():
    assert "<script" not in "".join(one.value for one in page(a_case("<script>alert(1)</script>")).markdown)
