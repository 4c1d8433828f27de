from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.desk_checks import weekday
from articles.desk_checks.text import Text
from tests.conftest import ROOT

PRINTED = date(2016, 2, 26)


def found(words, *, language="id", published=PRINTED):
    findings = weekday.check(Text(language, published, [words]))
    return [(words[f.span.start : f.span.end], [fix.words for fix in f.fixes]) for f in findings]


def test_the_seed_has_two_wrong_days_of_three():
    text = (ROOT / "newsroom/demo/seed_article.txt").read_text()

    assert found(text) == [
        ("Kamis (25/1)", ["Kamis (25/2)", "Senin (25/1)"]),
        ("Senin (21/2)", ["Senin (22/2)", "Minggu (21/2)"]),
    ]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Rapat dibuka Rabu (24/2).", "id"),
        ("Rapat dibuka Jumat, 26 Februari 2016.", "id"),
        ("Panen raya malam Minggu (27/2) di alun-alun.", "id"),
        ("Pasar Minggu (24/2) ramai.", "id"),
        ("Selama minggu (24/2) berjalan sepi.", "id"),
        ("Bazar Sabtu-Minggu (27-28/2).", "id"),
        ("Bazar Sabtu dan Minggu (27/2).", "id"),
        ("Bazar Sabtu, 20-21 Februari.", "id"),
        ("Dibuka Senin ini, 15.30.", "id"),
        ("Tuan rumah menang Kamis (7-9).", "id"),
        ("Senin (40/2)", "id"),
        ("The fair opens Thursday, Feb. 25, 2016.", "en"),
        ("By Thursday, may 5 boats return?", "en"),
        ("Ярмарка открылась в четверг, 25 февраля.", "ru"),
        ("Senin (21/2)", "fr"),
        ("", "id"),
    ],
)
def test_silent(words, language):
    assert found(words, language=language) == []


@pytest.mark.parametrize(
    ("words", "language", "mention", "first"),
    [
        ("Kamis (24/2/2016)", "id", "Kamis (24/2/2016)", "Kamis (25/2/2016)"),
        ("Kamis, 24 Februari 2016", "id", "Kamis, 24 Februari 2016", "Kamis, 25 Februari 2016"),
        ("pada Kamis 24 Februari siang", "id", "Kamis 24 Februari", "Kamis 25 Februari"),
        ("Kamis malam (24/2/16)", "id", "Kamis malam (24/2/16)", "Kamis malam (25/2/16)"),
        ("Kamis dini hari (24-2)", "id", "Kamis dini hari (24-2)", "Kamis dini hari (25-2)"),
        ("Ahad (20/2)", "id", "Ahad (20/2)", "Ahad (21/2)"),
        ("Jum'at (25/2)", "id", "Jum'at (25/2)", "Jum'at (26/2)"),
        ("Kamis (04/02/2015)", "id", "Kamis (04/02/2015)", "Kamis (05/02/2015)"),
        ("Thursday (Feb. 24)", "en", "Thursday (Feb. 24)", "Thursday (Feb. 25)"),
        ("Thursday, February 24, 2016", "en", "Thursday, February 24, 2016",
         "Thursday, February 25, 2016"),
        ("on Thursday, 24 February", "en", "Thursday, 24 February", "Thursday, 25 February"),
        ("в четверг (24/2)", "ru", "в четверг (24/2)", "в четверг (25/2)"),
        ("среда, 23 февраля", "ru", "среда, 23 февраля", "среда, 24 февраля"),
    ],
)  # fmt: skip
def test_reports(words, language, mention, first):
    ((said, fixes),) = found(words, language=language)

    assert (said, fixes[0]) == (mention, first)


def test_a_russian_day_takes_the_case_and_the_preposition_that_it_needs():
    ((_said, fixes),) = found("Встреча в среду, 23 февраля.", language="ru")

    assert fixes == ["в среду, 24 февраля", "во вторник, 23 февраля"]


@given(st.text(max_size=80), st.sampled_from(["id", "en", "ru", "xx"]), st.dates())
def test_no_text_is_too_strange(words, language, published):
    text = Text(language, published, [words])

    assert all(f.fixes[0].span == f.span for f in weekday.check(text))


@given(
    st.sampled_from(["Senin", "Kamis", "Minggu", "Jumat"]),
    st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    st.integers(-40, 40),
)
def test_the_first_repair_is_never_wrong_itself(name, published, days):
    said = date.fromordinal(published.toordinal() + days)
    words = f"Rapat dibuka {name} ({said.day}/{said.month}/{said.year})."

    for finding in weekday.check(Text("id", published, [words])):
        mended = words[: finding.span.start] + finding.fixes[0].words + words[finding.span.end :]
        assert found(mended, published=published) == []
