"""What each check finds and what it leaves alone; sentences are our own."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.desk_checks.dates import LANGUAGES
from articles.desk_checks.registry import RULES, fingerprint, run
from articles.desk_checks.text import Text

PRINTED = date(2026, 11, 24)


def codes(*blocks: str, language: str = "id") -> list[str]:
    return [finding.code for finding in run(Text(language, PRINTED, blocks), also_silent=True)]


FOUND = [
    ("id", "Kapal tiba pada Rabu (31/11/2026).", "date-impossible"),
    ("id", "Kapal itu sudah pulang, kata Budi, Rabu (25/11/2026).", "future-past"),
    ("id", 'Ia berkata, "Kami siap berangkat.', "quotation-open"),
    ("en", "He said “we are ready to sail.", "quotation-open"),
    ("id", "Kapal itu (bekas kapal riset berlabuh di sini.", "bracket-open"),
    ("id", "Kapal itu yang yang pertama berlabuh.", "doubled-word"),
    ("en", "The ship was the the first to arrive.", "doubled-word"),
    (
        "id",
        "Kapal itu milik Rahman Boediono. Menurut Rahman Boedino, awaknya siap.",
        "name-spelling",
    ),
]
QUIET = [
    ("id", "Kapal tiba pada Selasa (24/11/2026)."),
    ("id", "Kapal itu akan tiba pada Jumat (27/11/2026)."),
    ("id", 'Ia berkata, "Kami siap berangkat."'),
    ("id", "Kapal itu (bekas kapal riset) berlabuh di sini."),
    ("id", "Anak-anak itu pelan-pelan pulang."),
    ("en", "He said that that ship had had a captain."),
    ("id", "Malam Minggu ini satu minggu lalu terasa lama."),
    ("en", "Russia and Russian sailors met Indonesia and Indonesian sailors."),
]


@pytest.mark.parametrize(("language", "text", "code"), FOUND)
def test_what_is_wrong_is_found(language, text, code):
    assert codes("Judul", "", text, language=language) == [code]


@pytest.mark.parametrize(("language", "text"), QUIET)
def test_what_is_right_is_left_alone(language, text):
    assert codes("Judul", "", text, language=language) == []


def test_a_figure_of_the_headline_stands_in_the_body_too():
    assert codes("Tiga kapal dan 48 awak tiba", "", "Awaknya 46 orang.") == ["headline-number"]
    assert codes("Tiga kapal dan 48 awak tiba", "", "Awaknya 48 orang.") == []


@pytest.mark.parametrize("language", LANGUAGES)
@given(blocks=st.lists(st.text(), max_size=4))
def test_any_text_is_read_and_every_place_is_in_it(language, blocks):
    for finding in run(Text(language, PRINTED, blocks), also_silent=True):
        assert 0 <= finding.span.start <= finding.span.end <= len(blocks[finding.block])
        assert fingerprint(finding)


def test_every_code_is_of_one_rule():
    named = [code for rule in RULES for code in rule.codes]

    assert len(named) == len(set(named))
