import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.stemming import MOST_TERMS, Term, query_terms, stems, word_spans, words


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("", "id", []),
        ("… — !?", "id", []),
        ("Pemberantasan, memberantas; diberantas", "id", ["berantas", "berantas", "berantas"]),
        ("Penerjemahan novel diterjemahkan", "id", ["terjemah", "novel", "terjemah"]),
        ("kerja-sama", "id", ["kerja", "sama"]),
        ("Salat Jum’at", "id", ["salat", "jumat"]),
        ("Running runners ran", "en", ["run", "runner", "ran"]),
        ("Chekhov’s stories", "en", ["chekhov", "stori"]),
        ("Café résumé NAÏVE", "id", ["cafe", "resume", "naive"]),
        ("Rp1,7 triliun pada 12/11", "id", ["rp1", "7", "triliun", "pada", "12", "11"]),
        ("Ёлка в Москве", "ru", ["елка", "в", "москве"]),
        ("Мемберантас", "id", ["мемберантас"]),
        ("x" * 100, "id", ["x" * 40]),
    ],
)
def test_words_are_folded_and_cut_to_their_stems(text, language, expected):
    assert stems(text, language) == expected


def test_a_text_in_separate_accents_has_the_same_words():
    text = "Café à la résumé"

    assert words(unicodedata.normalize("NFD", text)) == words(text) == ["cafe", "a", "la", "resume"]


def test_spans_lead_back_to_the_words_as_they_are_written():
    text = "“Jum’at”, kata Chekhov’s."

    spans = [(text[start:end], word) for start, end, word in word_spans(text)]

    assert spans == [("Jum’at", "jumat"), ("kata", "kata"), ("Chekhov’s", "chekhov")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("   ", []),
        ("!!! -- …", []),
        ('""', []),
        ('"', []),
        ("pemberantasan teroris", [Term(("berantas",)), Term(("teroris",), "teroris")]),
        ("kopi ga", [Term(("kopi",)), Term(("ga",))]),
        ('"kerja sama" militer', [Term(("kerja", "sama")), Term(("militer",), "militer")]),
        ("“dubes Rusia”", [Term(("dubes", "rusia"))]),
        ('dubes "Rusia', [Term(("dubes",)), Term(("rusia",), "rusia")]),
        ('kopi "" gayo "aceh"', [Term(("kopi",)), Term(("gayo",)), Term(("aceh",))]),
        ("C++ AND (NEAR) OR *", [Term(("c",)), Term(("and",)), Term(("near",)), Term(("or",))]),
        ("' OR 1=1 --", [Term(("or",)), Term(("1",)), Term(("1",))]),
    ],
)
def test_a_query_becomes_terms(query, expected):
    assert query_terms(query, "id") == expected


def test_a_query_of_ten_kilobytes_is_cut():
    assert query_terms("kopi " * 2_000, "id") == [Term(("kopi",))] * MOST_TERMS
    assert query_terms("x" * 10_000, "id") == [Term(("x" * 40,), "x" * 40)]


def test_a_term_matches_the_words_it_would_find():
    [phrase, word] = query_terms('"kerja sama" pemberan', "id")

    assert phrase.matches("bekerja", "id")
    assert word.matches("pemberantasan", "id")
    assert not word.matches("memberantas", "id")
    assert not phrase.matches("kerajinan", "id")


@given(st.text(max_size=80), st.sampled_from(["id", "en", "ru"]))
def test_stems_are_plain_letters_and_figures_for_any_text(text, language):
    found = stems(text, language)

    assert all(stem.isalnum() and len(stem) <= 40 for stem in found)
    assert len(found) == len(words(text))
    for term in query_terms(text, language):
        assert term.stems
