"""The word diff: nothing is cut, nothing is lost, and blocks are found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.diffing import (
    BlockState,
    Change,
    ChangeKind,
    diff,
    diff_bodies,
    diff_html,
    printed_changes_html,
)
from articles.richtext import Kind, from_inner, join_blocks, sanitise, split_blocks, text_of

SAME, REMOVED, ADDED = ChangeKind.SAME, ChangeKind.REMOVED, ChangeKind.ADDED

WORDS = st.sampled_from(
    ["Rusia", "dan", "1.234,5", "seolah-olah", " ", "  ", "\u00a0", ".", "<em>", "</em>", "&amp;"]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=30).map("".join), st.text())


def without(kind, changes):
    return "".join(change.text for change in changes if change.kind is not kind)


@given(TEXTS, TEXTS)
def test_what_was_and_what_is_can_be_read_from_the_changes(old, new):
    changes = diff(old, new)

    assert without(ADDED, changes) == old
    assert without(REMOVED, changes) == new


@given(TEXTS)
def test_equal_texts_have_no_changes(text):
    assert diff(text, text) == ([Change(SAME, text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("", "baru", [Change(ADDED, "baru")]),
        ("lama", "", [Change(REMOVED, "lama")]),
        (
            "Harga Rp 1.234,5 juta per ton",
            "Harga Rp 1.234,6 juta per ton",
            [
                Change(SAME, "Harga Rp "),
                Change(REMOVED, "1.234,5"),
                Change(ADDED, "1.234,6"),
                Change(SAME, " juta per ton"),
            ],
        ),
        (
            "kata dubes Rusia.",
            "kata Duta Besar Rusia.",
            [
                Change(SAME, "kata "),
                Change(REMOVED, "dubes"),
                Change(ADDED, "Duta Besar"),
                Change(SAME, " Rusia."),
            ],
        ),
        (
            "Rabu <em>dini</em> hari",
            "Rabu <strong>dini</strong> hari",
            [
                Change(SAME, "Rabu "),
                Change(REMOVED, "<em>dini</em>"),
                Change(ADDED, "<strong>dini</strong>"),
                Change(SAME, " hari"),
            ],
        ),
    ],
)
def test_changes_are_whole_words_numbers_and_tags(old, new, expected):
    assert diff(old, new) == expected


def test_texts_beyond_any_article_are_replaced_whole():
    old, new = "a " * 30_000, "a " * 30_001

    assert diff(old, new) == [Change(REMOVED, old), Change(ADDED, new)]


def test_many_different_words_are_told_apart():
    old = " ".join(f"kata{n}" for n in range(20_000))
    new = f"{old} akhir"

    assert diff(old, new) == [Change(SAME, old), Change(ADDED, " akhir")]


def test_the_difference_is_shown_and_said():
    assert diff_html(
        "Rusia &amp; AS", "Rusia &amp; Suriah", removed_label="dihapus:", added_label='"baru"'
    ) == (
        'Rusia &amp; <del><span class="visually-hidden">dihapus: </span>AS</del>'
        '<ins><span class="visually-hidden">&quot;baru&quot; </span>Suriah</ins>'
    )


def test_tags_are_named_and_have_no_effect():
    assert diff_html("Satu", 'Satu <a href="https://x.example">') == (
        'Satu<ins> <code class="markup">a href=&quot;https://x.example&quot;</code></ins>'
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", None),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("<img src=x onerror=alert(1)", "&lt;img src=x onerror=alert(1)"),
    ],
)
def test_the_difference_is_safe_html(text, shown):
    if shown is None:
        shown = '<code class="markup">script</code>alert(1)<code class="markup">/script</code>'

    assert diff_html(text, text) == shown
    assert diff_html("", text) == f"<ins>{shown}</ins>"


def in_print(old, new):
    return printed_changes_html(diff(old, new))


def test_markup_that_both_texts_share_has_its_effect():
    assert in_print(
        "Kapal <strong>baru</strong> tiba.", "Kapal <strong>baru</strong> berangkat."
    ) == ("Kapal <strong>baru</strong> <del>tiba</del><ins>berangkat</ins>.")
    assert in_print("<p>Ya.</p><cite>Ani</cite>", "<p>Tidak.</p><cite>Ani</cite>") == (
        "<p><del>Ya</del><ins>Tidak</ins>.</p><cite>Ani</cite>"
    )


def test_markup_that_changed_stands_by_name_within_what_did_not():
    old = "<em>Kapal baru</em> tiba di sana"
    new = "<em>Kapal <strong>baru</strong></em> tiba di sana"

    assert in_print(old, new) == (
        '<em>Kapal <del>baru</del><ins><code class="markup">strong</code>baru'
        '<code class="markup">/strong</code></ins></em> tiba di sana'
    )


# One line of text with marks, opened and closed anywhere.
LINES = st.lists(
    st.sampled_from(
        [
            "satu",
            "dua",
            " ",
            ".",
            "&amp;",
            "&lt;p>",
            "<em>",
            "</em>",
            "<strong>",
            "</strong>",
            "</a>",
            '<a href="/id/">',
            '<a href="https://x.example/">',
        ]
    ),
    max_size=14,
).map("".join)


@given(LINES, LINES)
def test_what_is_printed_of_two_texts_is_well_formed_and_holds_both(old, new):
    old, new = (from_inner(Kind.PARAGRAPH, html) for html in (old, new))

    root = etree.fromstring(f"<p>{in_print(old, new)}</p>")

    for without, text in (("ins", old), ("del", new)):
        assert words_without(root, without) == text_of(text)


def words_without(element, tag):
    """Return the text of an element, without what stands in a tag or names one."""
    if element.tag in {tag, "code"}:
        return ""
    return (element.text or "") + "".join(
        words_without(child, tag) + (child.tail or "") for child in element
    )


def rows(old, new):
    return [(row.state.value, row.old_html, row.new_html) for row in diff_bodies(old, new)]


OLD = sanitise(
    "<p>Duta besar berbicara di Jakarta.</p><p>Ia menyambut gencatan senjata itu.</p>"
    "<p>Operasi militer bersama tidak direncanakan.</p><h2>Latar</h2>"
)


def test_equal_bodies_have_only_same_rows():
    assert [row.state for row in diff_bodies(OLD, OLD)] == [BlockState.SAME] * 4


def test_blocks_are_found_again_by_their_id():
    one, two, three, heading = split_blocks(OLD)
    new = join_blocks([one, three, heading]).replace("Jakarta", "Bogor")

    assert rows(OLD, new) == [
        ("changed", one.html, "Duta besar berbicara di Bogor."),
        ("removed", two.html, ""),
        ("same", three.html, three.html),
        ("same", heading.html, heading.html),
    ]


def test_blocks_with_other_ids_are_found_again_by_their_words():
    new = sanitise(
        "<p>Paragraf yang sama sekali baru tentang cuaca.</p>"
        "<p>Duta besar Rusia berbicara di Jakarta.</p><p>Ia menyambut gencatan senjata itu.</p>"
    )

    assert rows(OLD, new) == [
        ("added", "", "Paragraf yang sama sekali baru tentang cuaca."),
        ("changed", "Duta besar berbicara di Jakarta.", "Duta besar Rusia berbicara di Jakarta."),
        ("same", "Ia menyambut gencatan senjata itu.", "Ia menyambut gencatan senjata itu."),
        ("removed", "Operasi militer bersama tidak direncanakan.", ""),
        ("removed", "Latar", ""),
    ]


def test_a_block_that_changed_its_place_is_moved():
    one, two, three, heading = split_blocks(OLD)

    assert rows(OLD, join_blocks([heading, one, two, three])) == [
        ("moved", "Latar", "Latar"),
        ("same", one.html, one.html),
        ("same", two.html, two.html),
        ("same", three.html, three.html),
    ]


def test_a_paragraph_made_a_heading_is_a_change():
    old = '<p data-bid="aaaa1111">Latar</p>'
    new = '<h2 data-bid="aaaa1111">Latar</h2>'

    assert [(row.state, row.changes) for row in diff_bodies(old, new)] == [
        (BlockState.CHANGED, (Change(SAME, "Latar"),))
    ]


def test_pictures_are_found_again_by_the_picture():
    old = '<figure data-image="1"></figure><figure data-image="2"></figure>'
    new = (
        '<p>Satu paragraf lebih dahulu.</p><figure data-bid="aaaa1111" data-image="2">'
        "<figcaption>Foto</figcaption></figure>"
    )

    assert rows(old, new) == [
        ("added", "", "Satu paragraf lebih dahulu."),
        ("removed", "", ""),
        ("changed", "", "<figcaption>Foto</figcaption>"),
    ]


def test_bodies_without_anything_in_common_are_not_compared_pair_by_pair():
    old = sanitise("".join(f"<p>Paragraf lama nomor {n}</p>" for n in range(210)))
    new = sanitise("".join(f"<p>Paragraf baru nomor {n}</p>" for n in range(210)))

    states = [row.state for row in diff_bodies(old, new)]

    assert states == [BlockState.ADDED] * 210 + [BlockState.REMOVED] * 210
