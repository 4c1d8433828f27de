"""What may pass as a mended typing error, and what never."""

from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.change_kinds import Finding, NoTypo, Swap, judge

# Two hundred words without a figure, name or "not": the share of a change is small beside them.
FILLING = " ".join(["warga melihat kapal besar di pelabuhan lama itu"] * 25)


@dataclass(frozen=True)
class Words:
    dateline: str = ""
    headline: str = "Kapal tiba"
    standfirst: str = ""
    body: str = ""
    image_caption: str = ""
    image_alt: str = ""


def judged(old: str, new: str):
    """Judge a change within a long text."""
    return judge(*(Words(standfirst=f"{FILLING}. {text}") for text in (old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kementrian itu besar", "kementerian itu besar"),
        ("Kementrian itu besar.", "Kementerian itu besar."),
        ("Itu besar. Kementrian itu lama.", "Itu besar. Kementerian itu lama."),
        ("di sana.  Ia datang", "di sana. Ia datang"),
        ("dari jakarta ke timur", "dari Jakarta ke timur"),
        ("hari jum’at itu", "hari jum'at itu"),
        ("kapal, dan perahu", "kapal dan perahu"),
        ("the goverment said so", "the government said so"),
        ("Goverment buildings are old", "Government buildings are old"),
        ("it doesn’t matter", "it doesn't matter"),
        ("kata “baik sekali” dia", 'kata "baik sekali" dia'),
        ("ia makan input", "ia makan put"),
        ("same words", "same words"),
    ],
)
def test_mended_spelling_passes(old, new):
    assert judged(old, new).reasons == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("pada 25/1 di kota", "pada 25/2 di kota", NoTypo.FIGURES),
        ("sebesar 1.234,5 ton", "sebesar 1.243,5 ton", NoTypo.FIGURES),
        ("naik 5% saja", "naik 5 saja", NoTypo.FIGURES),
        ("suhu -5 derajat", "suhu 5 derajat", NoTypo.FIGURES),
        ("senilai Rp5.000 lebih", "senilai Rp50.000 lebih", NoTypo.FIGURES),
        ("ada tiga orang", "ada empat orang", NoTypo.FIGURES),
        ("tempat ketiga itu", "tempat kedua itu", NoTypo.FIGURES),
        ("tiga juta orang", "tiga ribu orang", NoTypo.FIGURES),
        ("twenty-one people", "twenty-two people", NoTypo.FIGURES),
        ("a third of them", "half of them", NoTypo.FIGURES),
        ("pada hari senin", "pada hari selasa", NoTypo.DATES),
        ("bulan Februari lalu", "bulan Januari lalu", NoTypo.DATES),
        ("ia tiba kemarin", "ia tiba besok", NoTypo.DATES),
        ("on tuesday morning", "on tuesday evening", NoTypo.DATES),
        ("in March that year", "in May that year", NoTypo.DATES),
        ("kata Joko kepada", "kata Jaka kepada", NoTypo.NAMES),
        ("kata Joko Widodo", "kata Joko Widodi", NoTypo.NAMES),
        ("Budi pergi.", "Badu pergi.", NoTypo.NAMES),
        ("Suharto pergi, kata Suharto.", "Soeharto pergi, kata Suharto.", NoTypo.NAMES),
        ("Joko Susilo pergi.", "Jokko Susilo pergi.", NoTypo.NAMES),
        ("di bawah NATO itu", "di bawah PBB itu", NoTypo.NAMES),
        ('kata "baik sekali" dia', 'kata "buruk sekali" dia', NoTypo.QUOTES),
        ("kata “baik skali” dia", "kata “baik sekali” dia", NoTypo.QUOTES),
        ("kata baik dia", 'kata "baik" dia', NoTypo.QUOTES),
        ("ia tidak datang", "ia datang", NoTypo.NEGATION),
        ("ia datang", "ia tidak datang", NoTypo.NEGATION),
        ("itu bukanlah dia", "itu dia", NoTypo.NEGATION),
        ("ia belum makan", "ia sudah makan", NoTypo.NEGATION),
        ("ia harus pergi", "ia boleh pergi", NoTypo.NEGATION),
        ("he did not come", "he did come", NoTypo.NEGATION),
        ("he can come", "he can't come", NoTypo.NEGATION),
        ("they may come", "they must come", NoTypo.NEGATION),
        ("a lawful act", "an unlawful act", NoTypo.NEGATION),
        ("barang legal itu", "barang ilegal itu", NoTypo.NEGATION),
        ("pihak pemerintah", "pihak non-pemerintah", NoTypo.NEGATION),
    ],
)
def test_what_a_reader_could_act_on_is_no_typing_error(old, new, reason):
    assert judged(old, new).reasons == [reason]
    assert judged(new, old).reasons == [reason]


def test_a_moved_not_is_no_typing_error():
    moved = judged("ia tidak makan dan ia minum", "ia makan dan ia tidak minum")

    assert moved.reasons == [NoTypo.NEGATION]


def test_the_words_that_give_the_reason_are_shown():
    found = judged("pada 25/1 ia tidak datang ke Kota Lama", "pada 25/2 ia datang ke Kota Baru")

    assert found.findings == (
        Finding(NoTypo.FIGURES, (Swap("25/1", "25/2"),)),
        Finding(NoTypo.NAMES, (Swap("Lama", "Baru"),)),
        Finding(NoTypo.NEGATION, (Swap("tidak", ""),)),
    )


def test_any_change_of_the_headline_is_more_than_a_typing_error():
    assert judge(Words(headline="Kapal tba"), Words(headline="Kapal tiba")).findings == (
        Finding(NoTypo.HEADLINE, (Swap("Kapal tba", "Kapal tiba"),)),
    )


@pytest.mark.parametrize("name", ["dateline", "standfirst", "image_caption", "image_alt"])
def test_every_line_is_looked_at(name):
    old, new = Words(**{name: "ia tidak datang"}), Words(**{name: "ia datang"})

    assert judge(old, new).reasons == [NoTypo.NEGATION]


def test_a_quoted_paragraph_is_somebodys_words():
    old, new = (Words(body=f"<blockquote><p>{text}</p></blockquote>") for text in ("baik", "bik"))

    assert judge(old, new).findings == (Finding(NoTypo.QUOTES, (Swap("baik", "bik"),)),)


def test_markup_links_and_blocks_ids_are_not_text():
    old = Words(body='<p data-bid="aaaaaaaa">Lihat <a href="https://a.example/1">sini</a>.</p>')
    new = Words(body='<p data-bid="bbbbbbbb">Lihat <strong>sini</strong>.</p>')

    assert judge(old, new).findings == ()


def test_one_word_may_change_in_the_shortest_text():
    assert judge(Words(standfirst="ia mkan"), Words(standfirst="ia makan")).reasons == []
    two = judge(Words(standfirst="ia mkan nsi"), Words(standfirst="ia makan nasi"))
    assert (two.reasons, two.words_changed, two.words) == ([NoTypo.TOO_MUCH], 2, 3)


def test_up_to_three_words_in_a_hundred_may_change():
    words = [f"kata{chr(97 + n // 10)}{chr(97 + n % 10)}" for n in range(100)]

    def changed(number):
        mended = [
            f"{word}x" if n < number * 5 and n % 5 == 0 else word for n, word in enumerate(words)
        ]
        return judge(Words(standfirst=" ".join(words)), Words(standfirst=" ".join(mended)))

    assert (changed(3).words_changed, changed(3).reasons) == (3, [])
    assert (changed(4).words_changed, changed(4).reasons) == (4, [NoTypo.TOO_MUCH])


def test_a_text_longer_than_any_newspapers_is_not_looked_into():
    old = "<p>" + "kata " * 20_001 + "</p>"

    assert judge(Words(body=old), Words(body=f"{old}<p>lagi</p>")).reasons == [NoTypo.TOO_MUCH]
    assert judge(Words(body=old), Words(body=old)).reasons == []


WORDS = ("ia", "tidak", "makan", "25/1", "Jakarta", "Senin", "tiga", ".", "“", "”", "may", "Bush")
ANY_TEXT = st.lists(
    st.sampled_from(
        [
            "ia",
            "tidak",
            "makan",
            "25/1",
            "Jakarta",
            "Senin",
            "tiga",
            "kapal",
            ".",
            ",",
            "“",
            "”",
            "may",
            "not",
            "the",
            "Bush",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(ANY_TEXT)
def test_a_text_that_stays_gives_no_reason(text):
    verdict = judge(Words(standfirst=text), Words(standfirst=text))

    assert (verdict.findings, verdict.words_changed) == ((), 0)


@example("ia tidak", "tidak ia")
@example("tidak .", ". tidak")
@given(ANY_TEXT, ANY_TEXT)
def test_reasons_hold_in_both_directions(old, new):
    one, other = Words(standfirst=old), Words(standfirst=new)
    there = set(judge(one, other).reasons) - {NoTypo.TOO_MUCH}
    back = set(judge(other, one).reasons) - {NoTypo.TOO_MUCH}

    # Between two shortest ways from text to text it may take either; none passes for spelling.
    assert bool(there) == bool(back)


@given(ANY_TEXT, st.sampled_from(["tidak", "not", "25/1", "Senin", "tiga"]), st.integers(0, 30))
def test_a_word_that_weighs_never_slips_in(text, word, place):
    words = text.split()
    words.insert(min(place, len(words)), word)

    assert judge(Words(standfirst=text), Words(standfirst=" ".join(words))).reasons != []
