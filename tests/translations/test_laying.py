from hypothesis import given
from hypothesis import strategies as st

from articles.recording import Draft
from translations.alignment import Kind
from translations.laying import (
    Offer,
    Pairing,
    SourceBlock,
    assemble,
    carry_over,
    clean_target,
    pairings,
    says_the_same,
    source_blocks,
)

BODY = (
    '<p data-bid="aaaaaaaa">Satu <em>penting</em>.</p>'
    '<figure data-bid="bbbbbbbb" data-image="7"></figure>'
    '<ul><li data-bid="cccccccc">Butir</li></ul>'
)


def test_everything_readers_meet_is_a_unit_in_their_order():
    text = Draft(
        headline="Judul",
        standfirst="Teras",
        dateline="JAKARTA",
        body=BODY,
        image_caption="Keterangan",
        image_alt="Kapal",
    )

    assert source_blocks(text) == [
        SourceBlock("@headline", "headline", "Judul"),
        SourceBlock("@standfirst", "standfirst", "Teras"),
        SourceBlock("@dateline", "dateline", "JAKARTA"),
        SourceBlock("aaaaaaaa", "paragraph", "Satu <em>penting</em>."),
        SourceBlock("cccccccc", "list_item", "Butir"),
        SourceBlock("@image_caption", "image_caption", "Keterangan"),
        SourceBlock("@image_alt", "image_alt", "Kapal"),
    ]


def test_lines_without_words_are_no_units():
    assert source_blocks(Draft(headline="Judul")) == [SourceBlock("@headline", "headline", "Judul")]


def test_a_translation_pairs_with_its_source_by_id():
    source = Draft(headline="Judul", standfirst="Teras", body=BODY)
    target = Draft(headline="Headline", body='<p data-bid="aaaaaaaa">One.</p>')

    assert pairings(source, target) == [
        Pairing("@headline", "Judul", "Headline"),
        Pairing("aaaaaaaa", "Satu <em>penting</em>.", "One."),
    ]


def test_an_earlier_translation_is_found_by_id_then_words_then_likeness():
    earlier = [
        Pairing("aaaaaaaa", "Kapal tiba.", "The ship came."),
        Pairing("bbbbbbbb", "Muatannya kopi dari Gayo.", "Its cargo is coffee."),
        Pairing("cccccccc", "Warga menyambut di dermaga.", "People met it."),
    ]
    blocks = [
        SourceBlock("aaaaaaaa", "paragraph", "Kapal berangkat."),
        SourceBlock("xxxxxxxx", "paragraph", "Warga menyambut di dermaga."),
        SourceBlock("yyyyyyyy", "paragraph", "Muatannya kopi dari Gayo, 40 ton."),
        SourceBlock("zzzzzzzz", "paragraph", "Cuaca cerah."),
    ]

    assert carry_over(blocks, earlier) == {
        "aaaaaaaa": offer(Kind.EDITED, earlier[0]),
        "xxxxxxxx": offer(Kind.MOVED, earlier[2]),
        "yyyyyyyy": offer(Kind.EDITED, earlier[1]),
        "zzzzzzzz": Offer(Kind.INSERTED),
    }


def offer(kind, *earlier):
    return Offer(
        kind,
        earlier,
        source_html=" ".join(pairing.source_html for pairing in earlier),
        target_html=" ".join(pairing.target_html for pairing in earlier),
    )


def test_both_parts_of_a_split_block_are_offered_its_translation():
    earlier = [Pairing("aaaaaaaa", "Kapal tiba pagi ini. Warga senang sekali.", "It came. Joy.")]
    blocks = [
        SourceBlock("aaaaaaaa", "paragraph", "Kapal tiba pagi ini."),
        SourceBlock("bbbbbbbb", "paragraph", "Warga senang sekali."),
    ]

    assert carry_over(blocks, earlier) == {
        "aaaaaaaa": offer(Kind.SPLIT, earlier[0]),
        "bbbbbbbb": offer(Kind.SPLIT, earlier[0]),
    }


def test_a_merged_block_is_offered_what_was_written_for_each():
    earlier = [
        Pairing("aaaaaaaa", "Kapal tiba pagi ini.", "<em>It</em> came.", is_done=False),
        Pairing("bbbbbbbb", "Warga senang sekali.", "Joy."),
    ]
    (merged,) = carry_over(
        [SourceBlock("aaaaaaaa", "paragraph", "Kapal tiba pagi ini. Warga senang sekali.")], earlier
    ).values()

    assert merged == offer(Kind.MERGED, *earlier)
    assert not merged.is_done


def test_words_are_the_same_whatever_their_markup():
    assert says_the_same("aaaaaaaa", "Dua <em>kata</em>", "<strong>Dua</strong> kata")
    assert not says_the_same("aaaaaaaa", "Kamis (25/1)", "Kamis (25/2)")
    # A line is plain text: what looks like markup there is read.
    assert not says_the_same("@headline", "Dua <em>kata</em>", "Dua kata")


def test_no_earlier_translation_is_given_twice():
    earlier = [Pairing("aaaaaaaa", "Kapal tiba.", "The ship came.")]
    blocks = [
        SourceBlock("xxxxxxxx", "paragraph", "Kapal tiba."),
        SourceBlock("yyyyyyyy", "paragraph", "Kapal tiba."),
    ]

    assert carry_over(blocks, earlier) == {
        "xxxxxxxx": offer(Kind.UNCHANGED, earlier[0]),
        "yyyyyyyy": Offer(Kind.INSERTED),
    }


def test_a_headline_never_becomes_a_paragraph():
    earlier = [Pairing("@headline", "Kapal tiba", "Ship comes")]

    assert carry_over([SourceBlock("xxxxxxxx", "paragraph", "Kapal tiba")], earlier) == {
        "xxxxxxxx": Offer(Kind.INSERTED)
    }


def test_what_has_no_words_is_copied_and_ids_stay():
    source = Draft(headline="Judul", body=BODY)

    draft = assemble(source, {"@headline": " Head  line ", "aaaaaaaa": "One.", "cccccccc": "Item"})

    assert draft == Draft(
        headline="Head line",
        body=(
            '<p data-bid="aaaaaaaa">One.</p>'
            '<figure data-bid="bbbbbbbb" data-image="7"></figure>'
            '<ul><li data-bid="cccccccc">Item</li></ul>'
        ),
    )


def test_a_unit_without_translation_leaves_its_block_out():
    source = Draft(headline="Judul", body=BODY)

    draft = assemble(source, {"@headline": "Headline", "aaaaaaaa": "", "cccccccc": "Item"})

    assert [block.bid for block in source_blocks(draft)] == ["@headline", "cccccccc"]


def test_targets_are_cleaned_for_the_place_they_stand_in():
    hostile = '<script>alert(1)</script><p onclick="x">Two <b>words</b></p>'

    assert clean_target("paragraph", "aaaaaaaa", hostile) == "Two <strong>words</strong>"
    assert clean_target("heading", "aaaaaaaa", "<b>Heading</b>") == "Heading"
    assert clean_target("headline", "@headline", " Two\n words\u0000 ") == "Two words"


paragraphs = st.lists(st.text("abc ,.", min_size=1).filter(str.strip), max_size=6)


@given(paragraphs)
def test_a_source_translated_word_for_word_is_itself(texts):
    body = "".join(f"<p>{text}</p>" for text in texts)
    source = Draft(headline="Judul", body=body).normalised()

    blocks = source_blocks(source)

    assert assemble(source, {block.bid: block.html for block in blocks}) == source
