from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations.check_wording import codes, sentence
from translations.checks import LANGUAGES, fingerprint, pair_of, run

PRINTED = date(2016, 2, 26)


def found(source, target, *, languages=("id", "en"), published=PRINTED):
    pair = pair_of(
        source,
        target,
        source_language=languages[0],
        target_language=languages[1],
        published=published,
    )
    return run(pair)


def said(*arguments, **options):
    return [(str(finding.severity), finding.code) for finding in found(*arguments, **options)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Ekspor naik 3,5 persen", "Exports rose 3.5 percent"),
        ("Biayanya Rp6-8 miliar", "It costs Rp6 billion to Rp8 billion"),
        ("Panjangnya 10 mil (16 km)", "It is 10 miles long"),
        ("Kereta tiba pukul 22.30", "The train came at 10:30 p.m."),
        ("Rapat pukul 22.00 WIB", "The meeting was at 15:00 UTC"),
        ("Pabrik itu dibangun tahun lalu", "The factory was built in 2015"),
        ("Ia tiba Rabu (24/2)", "He arrived on Wednesday"),
        ("Hak cipta milik Rossiyskaya Gazeta.", "Copyright Rossiyskaya Gazeta."),
        ("Duta Besar Rusia datang", "The Russian ambassador came"),
        ("<p>Lihat <a href='x'>ini</a></p>", "<p>See this</p>"),
        ("Ada 20 kapal", ""),
    ],
)
def test_silent(source, target):
    assert said(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("Biayanya 3 miliar dolar", "It costs 3 million dollars", ("error", "num-changed")),
        ("Ada 3.063 kapal", "There are 3,036 ships", ("error", "num-changed")),
        ("Ada 402 kapal", "There are 482 ships", ("error", "num-changed")),
        ("Ada 25 kapal di teluk", "There are ships in the bay", ("warning", "num-missing")),
        ("Ada kapal di teluk", "There are 25 ships in the bay", ("warning", "num-extra")),
        ("Luasnya 452.556 hektare", "It has 452,000 hectares", ("notice", "num-rounded")),
        ("Ada 6.000 kapal", "There are 6.000 ships", ("warning", "number-style")),
        ("Naik 7,4 persen", "It rose 7,4 percent", ("notice", "number-style")),
        ("Nilainya US$30 juta", "It is worth US$30 juta", ("error", "scale-untranslated")),
        ("Ia tiba 19 Juni", "He arrived on January 19", ("error", "date-changed")),
        ("Ia tiba 5 April 2020", "He arrived on April 5, 2002", ("error", "date-changed")),
        ("Ia tiba 31 Desember", "He arrived on December 13", ("error", "date-changed")),
        ("Ia tiba Rabu", "He arrived on Thursday", ("error", "weekday-changed")),
        ("Ia tiba pukul 13.00", "He arrived at 2 p.m.", ("error", "time-changed")),
        ("Rapat pukul 13.00 WIB", "The meeting was at 1 p.m.", ("notice", "time-zone")),
        ("Bapak Boediono datang", "Mr Boedino came", ("warning", "name-near")),
        ("Ia berkata “ya”", "He said yes", ("notice", "quote-count")),
        ("Rumah besar itu", "The the big house".lower(), ("warning", "doubled-word")),
        (
            "Kapal itu akan tiba di pelabuhan besok",
            "Kapal itu akan tiba di pelabuhan besok",
            ("warning", "untranslated"),
        ),
        (
            '<a href="https://a.example/">Ini</a>',
            '<a href="https://b.example/">This</a>',
            ("error", "link-set"),
        ),
        ("<strong>Ini</strong>", "This", ("notice", "marks")),
        (
            "Hak cipta milik Rossiyskaya Gazeta.",
            "All rights with Rossiyskaya Gazeta.",
            ("error", "required-line"),
        ),
        ("Ia tiba 30 Februari", "He arrived in February", ("error", "date-impossible")),
    ],
)
def test_reports(source, target, code):
    assert code in said(source, target)


def test_a_day_that_does_not_fit_its_date_is_found_on_each_side_with_both_repairs():
    source, target = found("Ia tiba Kamis (25/1)", "He arrived on Thursday, January 25")

    assert [fix.words for fix in source.fixes] == ["25/2", "Senin"]
    assert [fix.words for fix in target.fixes] == ["February 25", "Monday"]
    assert (source.code, target.code) == ("weekday-mismatch", "weekday-mismatch")


def test_a_fix_stands_where_the_words_stand_in_the_text_without_markup():
    (style,) = found("Naik <em>7,4</em> persen", "It rose <em>7,4</em> percent")

    (fix,) = style.fixes
    assert "It rose 7,4 percent"[fix.span.start : fix.span.end] == "7,4 percent"
    assert fix.words == "7.4 percent"


def test_a_dismissal_outlives_an_edit_elsewhere_but_not_other_figures():
    (one,) = found("Ada 25 kapal", "There are ships")
    (moved,) = found("Di teluk ada 25 kapal", "There are ships in the bay")
    (other,) = found("Ada 26 kapal", "There are ships")

    assert fingerprint(one) == fingerprint(moved)
    assert fingerprint(one) != fingerprint(other)


@given(st.integers(2, 10**9), st.integers(0, 99))
def test_a_number_is_the_same_in_either_style(whole, hundredths):
    english = f"{whole:,}.{hundredths:02d}"
    indonesian = english.translate(str.maketrans(".,", ",."))

    assert said(f"Ada {indonesian} ton", f"There are {english} tons") == []
    assert said(f"There are {english} tons", f"Ada {indonesian} ton", languages=("en", "id")) == []


@given(st.text(), st.sampled_from(LANGUAGES))
def test_a_text_has_every_fact_of_itself(text, language):
    codes_found = {code for _, code in said(text, text, languages=(language, language))}

    assert codes_found <= {"doubled-word", "date-impossible", "weekday-mismatch"}


@given(st.text(), st.text(), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_any_pair_is_checked_and_every_finding_has_words(source, target, one, other):
    for finding in found(source, target, languages=(one, other)):
        assert finding.code in codes()
        assert sentence(finding)
