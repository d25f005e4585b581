"""Pictures: one image to a screen reader, named and described, with its table behind a button; no value can become markup."""

import re
from datetime import date, timedelta

from app.sureness import DomainSure, Mock
from app.widgets import pictures, readiness_pictures

HOSTILE = '<script>alert(1)</script>'


def made(drawn: str = "") -> str:
    return pictures.picture("k", HOSTILE, HOSTILE, drawn, [(HOSTILE, False)], [(HOSTILE,)])


def test_no_picture_lets_markup_through():
    drawn = [pictures.gauge(2, HOSTILE, HOSTILE), pictures.interval(0.1, 0.2, 0.3, 0.7, HOSTILE), pictures.heat([(HOSTILE, 0.1, 0.2, 0.3, HOSTILE)], 0.7), pictures.columns([(HOSTILE, 1)]),
             pictures.matrix([HOSTILE], [(HOSTILE, [(1, 1)])]), pictures.timeline([(HOSTILE, 0.5, True, True)], 0.7, HOSTILE)]
    assert all("<script" not in one for one in (*drawn, made("".join(drawn))))


def test_a_picture_is_one_named_and_described_image_with_its_table_behind_a_button():
    drawn = made()
    described = re.search(r'role="img" aria-label="[^"]+" aria-describedby="([^"]+)"', drawn)[1]
    assert f'id="{described}"' in drawn and "<summary>Show as a table" in drawn and "<table" in drawn and drawn.index("</div>") < drawn.index("<table")


def test_a_sure_strip_is_short_and_strong_and_an_unsure_one_long_and_faint():
    strengths = [[int(each) for each in re.findall(r"--a:(\d+)%", pictures.heat([("x", low, 0.6, high, "")], 0.7))] for low, high in ((0.55, 0.65), (0.3, 0.9))]
    sure, unsure = strengths
    assert max(sure) > max(unsure) and sum(one > 5 for one in sure) < sum(one > 5 for one in unsure)


def test_the_gauge_lights_the_band_it_names():
    assert '--s3:var(--cc-accent)' in pictures.gauge(3, "60–80", "")


def test_many_columns_are_labelled_every_seventh_day():
    drawn = pictures.columns([(f"d{at}", at) for at in range(30)])
    assert re.findall(r">(d\d+)<", drawn) == ["d0", "d7", "d14", "d21", "d28"]


def test_a_day_without_reviews_is_in_the_table_too():
    days = [(date(2026, 3, 2) + timedelta(days=at), at) for at in range(14)]
    assert readiness_pictures.reviews(days).count('<tr role="row">') == 15


def test_sure_and_wrong_is_said_in_words():
    says = readiness_pictures.sure([DomainSure("Coding", ((2, 1), (0, 0), (3, 1)))], {1: "Not sure", 2: "Fairly sure", 3: "Sure"})
    assert "2 first answers were wrong though you were sure, the most of them in Coding" in says and "1 of 3" in says


def test_the_timeline_says_how_many_reached_the_mark():
    class Exam:
        pass_share = 0.7
    says = readiness_pictures.mocks([Mock(date(2026, 3, 2), "half", 0.65, "44 of 68"), Mock(date(2026, 3, 9), "full", 0.72, "97 of 135")], Exam, {"half": "Half", "full": "Whole exam"})
    assert "1 of 2 reached 70 %" in says and "97 of 135" in says
