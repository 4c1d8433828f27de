from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.facts import LANGUAGES, extract


def keys(text, language):
    return [fact.key for fact in extract(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("id", "Rp1,7 triliun", ["cardinal:1700000000000IDR"]),
        ("id", "15,5 jutanya", ["cardinal:15500000"]),
        ("id", "1.234,5 ton", ["cardinal:1234.5"]),
        ("id", "dua puluh lima ribu kapal", ["cardinal:25000"]),
        ("id", "setengah juta buku", ["cardinal:500000"]),
        ("id", "skor 5-7,6-3", ["cardinal:5", "cardinal:7", "cardinal:6", "cardinal:3"]),
        ("id", "pada 1990-an", ["cardinal:1990"]),
        ("id", "musim 2019-20", ["cardinal:2019", "cardinal:2020"]),
        ("id", "Kamis (25/2)", ["weekday:3", "date:25/2"]),
        ("id", "malam Minggu", ["weekday:5"]),
        ("id", "minggu lalu", []),
        ("id", "14-15 September 2019", ["date:14/9/2019", "date:15/9/2019"]),
        ("id", "pukul 14.00 WIB sampai 15.30", ["time:840WIB", "time:930"]),
        ("id", "jam 2 siang", ["time:840"]),
        ("id", "ke-17", ["ordinal:17"]),
        ("id", "COVID-19", ["name:covid19"]),
        ("id", "pedagang kaki lima", []),
        ("en", "$30m", ["cardinal:30000000USD"]),
        ("en", "two hundred and fifty thousand ships", ["cardinal:250000"]),
        ("en", "one-point-six billion", ["cardinal:1600000000"]),
        ("en", "the seventieth year", ["ordinal:70"]),
        ("en", "three-under", ["cardinal:3"]),
        ("en", "in the nineteen-seventies", ["cardinal:1970"]),
        ("en", "10:30 p.m.", ["time:1350"]),
        ("en", "February 25, 2016", ["date:25/2/2016"]),
        ("en", "June the twenty-fifth", ["date:25/6"]),
        ("en", "(12/27)", ["date:27/12"]),
        ("en", "It may march on", []),
        ("ru", "в четверг, 25 февраля", ["weekday:3", "date:25/2"]),
        ("ru", "1,5 млн рублей", ["cardinal:1500000RUB"]),
        ("ru", "двадцать пять тысяч", ["cardinal:25000"]),
    ],
)
def test_a_text_states_its_facts(language, text, said):
    assert keys(text, language) == said


@pytest.mark.parametrize("text", ["3 1/3", "3⅓"])
def test_a_broken_number_is_one_number(text):
    (number,) = extract(text, "id")

    assert number.value == 3 + Decimal(1) / 3


@given(st.text() | st.text("0123456789.,/-:% (RpUS$juta mlnabcke'\n"), st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_every_fact_is_a_slice_of_it(text, language):
    facts = extract(text, language)

    assert [text[fact.start : fact.end] for fact in facts] == [fact.text for fact in facts]
    assert all(one.end <= two.start for one, two in pairwise(facts))
