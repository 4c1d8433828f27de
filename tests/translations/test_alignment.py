import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations.alignment import Alignment, Kind, Match, Piece, align

SHIP = "Kapal kopi dari Aceh tiba di pelabuhan Tanjung Priok pada Selasa pagi."
CARGO = "Muatannya 420 ton biji arabika, kata syahbandar kepada wartawan."
CROWD = "Warga menyambut awak kapal dengan tarian dan nyanyian di dermaga."
PRICE = "Harga beras di tiga kota naik dua persen sejak awal pekan ini."
RAIN = "Hujan deras diperkirakan turun sampai akhir bulan di pesisir utara."
SAME, MOVED, EDITED, SPLIT = Kind.UNCHANGED, Kind.MOVED, Kind.EDITED, Kind.SPLIT


def pieces(*texts, ids=""):
    return [Piece(bid, text) for bid, text in zip(ids or [""] * len(texts), texts, strict=True)]


def found(old, new):
    alignment = align(pieces(*old), pieces(*new))
    matches = [(match.kind, *match.origins) for match in alignment.matches]
    return matches, list(alignment.removed)


@pytest.mark.parametrize(
    ("new", "matches", "removed"),
    [
        ([SHIP, CARGO, CROWD], [(SAME, 0), (SAME, 1), (SAME, 2)], []),
        ([SHIP, CROWD], [(SAME, 0), (SAME, 2)], [1]),
        ([SHIP, RAIN, CARGO, CROWD], [(SAME, 0), (Kind.INSERTED,), (SAME, 1), (SAME, 2)], []),
        ([CROWD, SHIP, CARGO], [(MOVED, 2), (SAME, 0), (SAME, 1)], []),
        (
            [SHIP, CARGO.replace("420", "240"), CROWD],
            [(SAME, 0), (EDITED, 1), (SAME, 2)],
            [],
        ),
        (
            ["Kapal kopi dari Aceh tiba", SHIP.split("tiba ")[1], CARGO, CROWD],
            [(SPLIT, 0), (SPLIT, 0), (SAME, 1), (SAME, 2)],
            [],
        ),
        ([f"{SHIP} {CARGO}", CROWD], [(Kind.MERGED, 0, 1), (SAME, 2)], []),
        ([SHIP, PRICE, CROWD], [(SAME, 0), (Kind.INSERTED,), (SAME, 2)], [1]),
        ([], [], [0, 1, 2]),
    ],
    ids=[
        "same", "removed", "inserted", "moved", "edited", "split", "merged", "replaced", "emptied",
    ],
)  # fmt: skip
def test_what_became_of_three_paragraphs(new, matches, removed):
    assert found([SHIP, CARGO, CROWD], new) == (matches, removed)


def test_a_block_may_be_split_in_three_and_its_parts_be_edited():
    old = [PRICE, f"{SHIP} {CARGO} {CROWD}", RAIN]
    new = [PRICE, SHIP, CARGO.replace("syahbandar", "nakhoda"), CROWD, RAIN]

    assert found(old, new) == ([(SAME, 0), (SPLIT, 1), (SPLIT, 1), (SPLIT, 1), (SAME, 2)], [])


def test_a_short_block_edited_in_place_is_found_by_its_letters():
    assert found([SHIP, "Latar belakang", CARGO], [SHIP, "Latar belakangnya kini", CARGO]) == (
        [(SAME, 0), (EDITED, 1), (SAME, 2)],
        [],
    )


def test_a_block_moved_and_edited_is_edited():
    assert found([SHIP, CARGO, CROWD], [CROWD.replace("tarian", "lagu"), SHIP, CARGO]) == (
        [(EDITED, 2), (SAME, 0), (SAME, 1)],
        [],
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kamis (25/1)", "Kamis (25/2)"),
        ("Ia datang.", "Ia datang!"),
        ('"Ya," katanya.', "“Ya,” katanya."),
        ("menteri", "Menteri"),
        ("10-12", "10–12"),
    ],
)
def test_the_smallest_change_of_a_text_is_an_edit(old, new):
    assert align(pieces(old), pieces(new)) == Alignment((Match(EDITED, (0,)),), ())


def test_spaces_are_no_edit():
    assert align(pieces("Dua  kata "), pieces("Dua kata")) == Alignment((Match(SAME, (0,)),), ())


def test_an_id_says_which_of_two_equal_blocks_is_meant():
    old = pieces("***", SHIP, "***", ids="abc")
    new = pieces(SHIP, "***", ids="bc")

    assert align(old, new) == Alignment((Match(SAME, (1,)), Match(SAME, (2,))), (0,))


def test_an_id_holds_a_rewritten_block_together():
    rewritten = "Kapal dari Aceh akhirnya merapat dengan selamat, Selasa pagi."

    assert align(pieces(SHIP, ids="a"), pieces(rewritten, ids="a")).matches == (
        Match(EDITED, (0,)),
    )


def test_an_id_on_quite_other_words_is_not_believed():
    assert align(pieces(SHIP, ids="a"), pieces(PRICE, ids="a")) == Alignment(
        (Match(Kind.INSERTED),), (0,)
    )


def test_words_are_believed_when_ids_were_exchanged():
    old = pieces(SHIP, CARGO, ids="ab")
    new = pieces(SHIP, CARGO, ids="ba")

    assert align(old, new) == Alignment((Match(SAME, (0,)), Match(SAME, (1,))), ())


def test_a_long_text_that_changed_everywhere_is_compared_near_by():
    numbers = range(300)
    old = [
        f"Nomor {n} pelabuhan nomor {n} menerima kapal bernomor {n} dan kapal {n}" for n in numbers
    ]
    new = [f"{text} kini" for text in old]

    assert found(old, new) == ([(EDITED, n) for n in numbers], [])


words = st.sampled_from(["kapal", "kopi", "tiba", "aceh", "harga", "naik", "25/1", "25/2", "tidak"])
texts = st.lists(st.lists(words, max_size=8).map(" ".join), max_size=9)
blocks = texts.flatmap(
    lambda found: st.lists(
        st.sampled_from(["", "a", "b", "c"]), min_size=len(found), max_size=len(found)
    ).map(lambda ids: [Piece(*pair) for pair in zip(ids, found, strict=True)])
)


@given(blocks)
def test_a_text_that_stayed_is_unchanged(pieces):
    assert align(pieces, pieces) == Alignment(
        tuple(Match(SAME, (place,)) for place in range(len(pieces))), ()
    )


orders = st.lists(st.integers(0, 99), unique=True, max_size=12).flatmap(
    lambda numbers: st.tuples(st.just(numbers), st.permutations(numbers))
)


@given(orders)
def test_in_another_order_nothing_changes_but_places(orders):
    old, new = ([f"{n} kapal nomor {n} dari {n} pulau" for n in numbers] for numbers in orders)

    matches, removed = found(old, new)

    assert removed == []
    assert {kind for kind, *_ in matches} <= {SAME, MOVED}
    assert [old[origin] for _, origin in matches] == new


@given(blocks, blocks)
def test_every_old_block_is_somewhere_once_or_removed(old, new):
    alignment = align(old, new)

    assert len(alignment.matches) == len(new)
    once = [o for match in alignment.matches if match.kind != SPLIT for o in match.origins]
    parted = {o for match in alignment.matches if match.kind == SPLIT for o in match.origins}
    assert sorted([*once, *parted, *alignment.removed]) == list(range(len(old)))
    for match in alignment.matches:
        assert (len(match.origins) > 1) == (match.kind is Kind.MERGED)
        assert (not match.origins) == (match.kind is Kind.INSERTED)


@given(blocks, blocks)
def test_only_the_same_words_are_called_unchanged(old, new):
    for match, piece in zip(align(old, new).matches, new, strict=True):
        if match.kind in {SAME, MOVED}:
            assert [old[origin].text for origin in match.origins] == [piece.text]
