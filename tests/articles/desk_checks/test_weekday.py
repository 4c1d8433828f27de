from datetime import date

import pytest

from articles.desk_checks.weekday import mismatches
from tests.conftest import ROOT

PRINTED = date(2016, 2, 26)


def found(text, *, language="id", published=PRINTED):
    return [
        (wrong.mention, wrong.suggestion.isoformat())
        for wrong in mismatches(text, language=language, published=published)
    ]


def test_the_seed_has_two_wrong_days_of_three():
    text = (ROOT / "newsroom/demo/seed_article.txt").read_text()

    assert found(text) == [("Kamis (25/1)", "2016-02-25"), ("Senin (21/2)", "2016-02-22")]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Rabu (24/2)", PRINTED),
        ("Jumat (23/8/2019)", date(2019, 8, 24)),
        ("rabu, (24/2)", PRINTED),
        ("Kamis (31/12)", date(2016, 1, 2)),
        ("Senin (40/2)", PRINTED),
        ("Skor Minggu (3/13)", PRINTED),
        ("Setiap Senin pukul 9 (21/2)", PRINTED),
        ("", PRINTED),
    ],
)
def test_silent(text, published):
    assert found(text, published=published) == []


@pytest.mark.parametrize(
    ("text", "language", "published", "wrong"),
    [
        ("Kamis (24/2)", "id", PRINTED, ("Kamis (24/2)", "2016-02-25")),
        ("Jum'at (25/2)", "id", PRINTED, ("Jum'at (25/2)", "2016-02-26")),
        ("Ahad,  (27/2/16)", "id", PRINTED, ("Ahad, (27/2/16)", "2016-02-28")),
        ("Thursday (25/1)", "en", PRINTED, ("Thursday (25/1)", "2016-02-25")),
        ("Kamis (1/1)", "id", date(2015, 12, 30), ("Kamis (1/1)", "2015-12-31")),
    ],
)
def test_reports(text, language, published, wrong):
    assert found(text, language=language, published=published) == [wrong]


def test_a_mention_is_reported_once_and_alike_in_both_languages():
    (indonesian,) = mismatches("Kamis (25/1), Kamis (25/1)", language="id", published=PRINTED)
    (english,) = mismatches("On Thursday (25/1)", language="en", published=PRINTED)

    assert indonesian.key == english.key == "3:25/1"


def test_a_language_whose_days_we_do_not_know_is_left_alone():
    assert found("Senin (21/2)", language="ru") == []
