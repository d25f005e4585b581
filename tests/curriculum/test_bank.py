"""What the bank as a whole is held to, and what the calendar only warns of."""

from datetime import date

from curriculum.catalogue import load
from curriculum.proof import prove
from tests.curriculum.world import a_question, a_set, put, small_world

TODAY = date(2026, 11, 23)
TOPICS = ("modifier pointer deductible premium copay ledger voucher refund appeal waiver lapse audit tariff quota bundle carve escrow tender "
          "docket invoice stipend rebate surplus levy").split()
STEMS = [f"About the {topic} of {TOPICS[number - 1]} desk, which step of {topic} work comes before {TOPICS[number - 2]}?" for number, topic in enumerate(TOPICS)]


def found(root, *questions: str, as_of: date = TODAY, warning: bool = False) -> list[str]:
    put(root, "quizzes/one.yaml", a_set(*questions))
    return [str(one) for one in prove(load(root), as_of) if one.warning == warning and "blind review" not in one.what]


def many(texts, key=lambda number: 0) -> list[str]:
    return [a_question(number, stem=STEMS[number], texts=texts, key=key(number), more="    status: published\n") for number in range(24)]


def test_a_bank_whose_key_is_mostly_the_longest_is_refused(tmp_path):
    told = found(small_world(tmp_path), *many(("The payer, which decides on the claim", "The clearinghouse", "The patient", "The provider")))
    assert told == ["quizzes:1: the key is the longest option in 24 of 24 single-choice questions, more than 30%: make other options as long and as exact"]


def test_a_key_that_is_only_as_long_as_another_does_not_tell(tmp_path):
    assert found(small_world(tmp_path), *many(("The payer decides", "The buyer decides", "The patient", "The provider"))) == []


def test_a_key_that_stands_in_one_place_is_refused(tmp_path):
    told = found(small_world(tmp_path), *many(("10 days", "20 days", "30 days", "45 days"), key=lambda number: 1))
    assert len(told) == 4 and "the key stands in place 2 in 100% of what is shown" in told[1]


def test_sorted_figures_with_keys_in_every_place_pass(tmp_path):
    assert found(small_world(tmp_path), *many(("10 days", "20 days", "30 days", "45 days"), key=lambda number: number % 4)) == []


def test_stems_that_differ_in_a_figure_alone_are_alike(tmp_path):
    stem = "A claim for {} dollars was denied as late; what proves that the payer took it in time?"
    told = found(small_world(tmp_path), a_question(2, stem=stem.format(10)), a_question(3, stem=stem.format("2,500")))
    assert len(told) == 1 and 'almost that of "question-2"' in told[0]


def test_stems_that_share_most_words_but_not_all_pass(tmp_path):
    assert found(small_world(tmp_path), a_question(2, stem="Who sends the remittance to the provider after the claim?"),
                 a_question(3, stem="Who sends the appeal to the payer after the denial?")) == []


def test_thin_domains_and_difficulties_warn(tmp_path):
    told = found(small_world(tmp_path), *many(("The payer decides", "The buyer decides", "The patient", "The provider")), warning=True)
    assert any("the CPB domain cpb7 (Case Analysis) has 0 questions" in one for one in told)
    assert any("difficulty 5 has 0 of 24 questions" in one for one in told)


def test_what_nobody_looked_at_for_400_days_warns_and_is_no_mistake(tmp_path):
    root = small_world(tmp_path)
    published = a_question(2, more="    status: published\n")

    def stale(as_of):
        return [one for one in found(root, published, as_of=as_of, warning=True) if "last" in one and "checked" in one]

    assert stale(date(2027, 12, 6)) == []
    assert len(stale(date(2027, 12, 7))) == 1
    assert len(stale(date(2026, 10, 31))) == 1
    assert found(root, published, as_of=date(2040, 1, 1)) == []
