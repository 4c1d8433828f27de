from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.newspage import (
    Block,
    EmptyPage,
    HeadlineTooLong,
    LostLetters,
    NewsPage,
    NoBody,
    NoHeadline,
    NotText,
    RightsLine,
    RightsLinesDisagree,
    TooLarge,
    TooNested,
    Unreadable,
    WrongEncoding,
    read_page,
)

SEED = Path(__file__).parents[2] / "newsroom" / "demo" / "seed_article.txt"
SENTENCE = (
    "Kapal itu bersandar di Tanjung Priok pada Selasa malam dan akan tinggal sampai Jumat pagi."
)


def page(**parts):
    whole = {
        "language": "id",
        "headline": "Kapal Latih Bersandar di Jakarta",
        "standfirst": "",
        "byline": (),
        "dateline": "",
        "blocks": (Block("paragraph", SENTENCE),),
        "rights_line": None,
    }
    return NewsPage(**(whole | parts))


def html_page(body, headline="<h1>Kapal Latih Bersandar di Jakarta</h1>"):
    return f"<!doctype html><html><body><main>{headline}{body}</main></body></html>".encode()


def test_the_seed_is_sorted_into_its_parts():
    seed = read_page(SEED.read_bytes(), language="id")

    assert seed.headline == (
        "Enggan Kerja Sama dengan Moskow, Dubes Rusia: AS Seolah-olah Dukung Teroris"
    )
    assert seed.standfirst == (
        "Sejak awal Rusia selalu mengajak dan tak menolak untuk bekerja sama dengan AS."
    )
    assert seed.rights_line == RightsLine(
        "Hak cipta milik Rossiyskaya Gazeta.", "Rossiyskaya Gazeta"
    )
    assert (seed.language, seed.byline, seed.dateline) == ("id", (), "")
    printed = [p.strip() for p in SEED.read_text(encoding="utf-8").split("\n\n") if p.strip()]
    assert [(block.kind, block.html, block.cite) for block in seed.blocks] == [
        ("paragraph", paragraph, "") for paragraph in printed[2:-3]
    ]


PLAIN_PAGES = {
    "a headline and a paragraph": (
        f"Kapal Latih Bersandar di Jakarta\n\n{SENTENCE}\n",
        page(),
    ),
    "lines without empty ones between them": (
        f"Kapal Latih Bersandar di Jakarta\n{SENTENCE}\n{SENTENCE}",
        page(blocks=(Block("paragraph", SENTENCE), Block("paragraph", SENTENCE))),
    ),
    "lines broken for want of room": (
        (
            "Kapal Latih Bersandar di Jakarta\n\nKapal itu bersandar di Tanjung Priok pada Selasa\n"
            "malam dan akan tinggal sampai Jumat pagi.\n"
        ),
        page(),
    ),
    "Windows line ends, a byte order mark and a menu": (
        f"\ufeffBeranda › Politik › Kota\r\n\r\nKapal Latih Bersandar di Jakarta\r\r{SENTENCE}",
        page(),
    ),
    "a standfirst, a byline, a date and a dateline": (
        (
            "Kapal Latih Bersandar di Jakarta\n\nEmpat puluh taruna ikut berlayar.\n\n"
            f"Oleh: Anton Belyaninov dan Ratna Kusumadewi\n\nSelasa, 10 November 2026 pukul 14.20"
            f"\n\nJAKARTA — {SENTENCE}"
        ),
        page(
            standfirst="Empat puluh taruna ikut berlayar.",
            byline=("Anton Belyaninov", "Ratna Kusumadewi"),
            dateline="JAKARTA",
        ),
    ),
    "headings, quotes and lists": (
        (
            f"Kapal Latih Bersandar di Jakarta\n\n{SENTENCE}\n\nRute berikutnya\n\n{SENTENCE}\n\n"
            "“Kami belajar banyak.”\n— Igor, taruna\n\n> Dikutip\n> berdua\n\n"
            "- Surabaya\n- Makassar\n\n1. Pertama\n2. Kedua"
        ),
        page(
            blocks=(
                Block("paragraph", SENTENCE),
                Block("heading", "Rute berikutnya"),
                Block("paragraph", SENTENCE),
                Block("quote", "“Kami belajar banyak.”", "Igor, taruna"),
                Block("quote", "Dikutip berdua"),
                Block("bullet", "Surabaya"),
                Block("bullet", "Makassar"),
                Block("number", "Pertama"),
                Block("number", "Kedua"),
            )
        ),
    ),
    "what looks like markup": (
        f"Kapal Latih Bersandar di Jakarta\n\n{SENTENCE} <script>alert(1)</script> & lainnya.",
        page(
            blocks=(
                Block(
                    "paragraph", f"{SENTENCE} &lt;script&gt;alert(1)&lt;/script&gt; &amp; lainnya."
                ),
            )
        ),
    ),
    "an English page with its own notices": (
        (
            "This website uses cookies to improve your experience.\n\nAccept all cookies\n\n"
            "Training Ship Docks in Jakarta\n\nForty cadets are aboard.\n\nBy Anton Belyaninov\n\n"
            "November 10, 2026 at 2:20 p.m.\n\nThe ship docked at "
            "Tanjung Priok and will stay until Friday.\n\nRead more: The last voyage\n\n"
            "Copyright Rossiyskaya Gazeta."
        ),
        NewsPage(
            language="en",
            headline="Training Ship Docks in Jakarta",
            standfirst="Forty cadets are aboard.",
            byline=("Anton Belyaninov",),
            dateline="",
            blocks=(
                Block(
                    "paragraph",
                    "The ship docked at Tanjung Priok and will stay until Friday.",
                ),
            ),
            rights_line=RightsLine("Copyright Rossiyskaya Gazeta.", "Rossiyskaya Gazeta"),
        ),
    ),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN_PAGES.values(), ids=PLAIN_PAGES)
def test_a_plain_page_is_sorted(text, expected):
    assert read_page(text.encode(), language=expected.language) == expected


P = f"<p>{SENTENCE}</p>"
HTML_PAGES = {
    "a whole page with everything around the story": (
        (
            """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Kapal</title>
        <style>p { color: red }</style></head><body class="has-sidebar">
        <header><nav><a href="/">Beranda</a></nav><h2>Portal</h2></header>
        <div class="cookie-banner"><p>Situs ini menggunakan kuki.</p>
        <button>Terima kuki</button></div>
        <main><ol class="breadcrumbs"><li>Beranda</li></ol><article>
        <p class="kicker">Maritim</p><h1>Kapal Latih<br> Bersandar  di <em>Jakarta</em></h1>
        <p class="article__lead">Empat puluh taruna ikut berlayar.</p>
        <div class="author-name"><a href="/x">Anton Belyaninov</a></div>
        <time>Selasa, 10 November 2026 14:20 WIB</time>
        <figure><img src="a.jpg"><figcaption>Foto: RG</figcaption></figure>"""
            f"<p><strong>JAKARTA</strong> – {SENTENCE}</p><p>Baca juga: Kapal lain</p>"
            """<div class="share-buttons"><p>Bagikan</p></div><h2>Rute</h2>
        Teks <b>lepas</b><br>dan <i>lagi</i>
        <h3>Rinci</h3><p>Lihat <a href="https://rg.ru/?a=1&amp;b=2" onclick="x()">tautan</a>,
        <a href="javascript:alert(1)">bukan ini</a>.<blockquote><p>Kami belajar.</p>
        <footer>— Igor</footer></blockquote><ul><li>Surabaya<li><p>Makassar</p></ul>
        <ol><li>Satu</ol>
        <table><tr><td>Sel kiri<td>Sel kanan</table><script>alert(1)</script>
        <p class="copyright">© 2026 Rossiyskaya Gazeta. Seluruh hak cipta dilindungi.</p>
        <h3>Berita terkait</h3></article></main><aside><p>Iklan sekali lagi.</p></aside>
        <footer>© 2026 Portal Lain</footer></body></html>"""
        ),
        page(
            standfirst="Empat puluh taruna ikut berlayar.",
            byline=("Anton Belyaninov",),
            dateline="JAKARTA",
            blocks=(
                Block("paragraph", SENTENCE),
                Block("heading", "Rute"),
                Block("paragraph", "Teks <strong>lepas</strong>"),
                Block("paragraph", "dan <em>lagi</em>"),
                Block("subheading", "Rinci"),
                Block(
                    "paragraph",
                    'Lihat <a href="https://rg.ru/?a=1&amp;b=2">tautan</a>, bukan ini.',
                ),
                Block("quote", "Kami belajar.", "Igor"),
                Block("bullet", "Surabaya"),
                Block("bullet", "Makassar"),
                Block("number", "Satu"),
                Block("paragraph", "Sel kiri"),
                Block("paragraph", "Sel kanan"),
            ),
            rights_line=RightsLine(
                "© 2026 Rossiyskaya Gazeta. Seluruh hak cipta dilindungi.", "Rossiyskaya Gazeta"
            ),
        ),
    ),
    "a page of loose paragraphs, its rights line in the footer": (
        (
            f"<h1>Kapal Latih Bersandar di Jakarta</h1>{P}<div class=footer>Kontak<br>"
            "Hak cipta milik Rossiyskaya Gazeta.</div>"
        ),
        page(rights_line=RightsLine("Hak cipta milik Rossiyskaya Gazeta.", "Rossiyskaya Gazeta")),
    ),
    "a title instead of a headline in the text": (
        f"<meta property='og:title' content='Kapal Latih Bersandar di Jakarta'>{P}",
        page(),
    ),
    "a second heading right under the headline": (
        f"<h1>Kapal Latih Bersandar di Jakarta</h1><h2>Empat puluh taruna ikut.</h2>{P}",
        page(standfirst="Empat puluh taruna ikut."),
    ),
    "marks left open across paragraphs": (
        f"<h1>Kapal Latih Bersandar di Jakarta</h1>{P}<p>Satu <b>dua<p>tiga</b> empat",
        page(
            blocks=(
                Block("paragraph", SENTENCE),
                Block("paragraph", "Satu <strong>dua</strong>"),
                Block("paragraph", "tiga empat"),
            )
        ),
    ),
    "teasers of other stories as articles": (
        (
            f"<main><h1>Kapal Latih Bersandar di Jakarta</h1>{P}</main>"
            "<article><h2>Lain</h2><p>Teaser.</p></article><article><p>Teaser.</p></article>"
        ),
        page(),
    ),
}


@pytest.mark.parametrize(("text", "expected"), HTML_PAGES.values(), ids=HTML_PAGES)
def test_an_html_page_is_sorted(text, expected):
    read = read_page(text.encode(), language="id")

    assert read == expected


HOLDERS = {
    "Hak cipta milik Rossiyskaya Gazeta.": "Rossiyskaya Gazeta",
    "Hak cipta © 2016 Rossiyskaya Gazeta. Seluruh hak cipta dilindungi.": "Rossiyskaya Gazeta",
    "Hak Cipta ada pada Warta Selat": "Warta Selat",
    "Hak cipta milik redaksi.": "redaksi",
    "Copyright Rossiyskaya Gazeta.": "Rossiyskaya Gazeta",
    "Copyright (c) 2016, Rossiyskaya Gazeta | Privacy": "Rossiyskaya Gazeta",
    "Copyright by PT. Kompas Media Nusantara": "PT. Kompas Media Nusantara",
    "Copyright the editors.": "the editors",
    "All rights belong to Rossiyskaya Gazeta": "Rossiyskaya Gazeta",
    "© 1998–2026 Rossiyskaya Gazeta": "Rossiyskaya Gazeta",
    "© Warta Selat, 2026. All rights reserved": "Warta Selat",
    "Rossiyskaya Gazeta © 2016": "Rossiyskaya Gazeta",
    "Авторские права принадлежат «Российской газете».": "«Российской газете»",
    "Все права принадлежат Российской газете": "Российской газете",
    "Правообладатель: Российская газета": "Российская газета",
    "© 1998–2026 ФГБУ «Редакция «Российской газеты»»": "ФГБУ «Редакция «Российской газеты»»",
}


@pytest.mark.parametrize(("line", "holder"), HOLDERS.items())
def test_a_rights_line_leaves_the_body_and_tells_its_holder(line, holder):
    raw = f"Kapal Latih Bersandar di Jakarta\n\n{SENTENCE}\n\n{line}".encode()

    assert read_page(raw, language="id") == page(rights_line=RightsLine(line, holder))


@pytest.mark.parametrize(
    "line",
    [
        "Hak cipta lagu itu menjadi sengketa antara dua penyanyi.",
        "Copyright infringement claims rose by a third.",
        "Rights groups condemned the decision.",
        "Situs ini menjual buku bekas dan kuki buatan rumah.",
        "Kuki dan kopi menjadi sajian tamu.",
        "Home prices rose again in October.",
        "Baca puisi itu keras-keras, kata guru.",
    ],
)
def test_a_sentence_of_the_story_stays_in_the_body(line):
    raw = f"Kapal Latih Bersandar di Jakarta\n\n{SENTENCE}\n\n{line}".encode()

    assert read_page(raw, language="id") == page(
        blocks=(Block("paragraph", SENTENCE), Block("paragraph", line))
    )


@pytest.mark.parametrize(
    "line",
    [
        "Situs ini menggunakan kuki. Klik di sini untuk mempelajari lebih lanjut.",
        "Situs web ini menggunakan cookie agar nyaman.",
        "Dengan terus membaca, Anda menyetujui penggunaan kuki.",
        "Terima kuki",
        "Tolak semua kuki",
        "Setuju",
        "This site uses cookies. Click here to learn more.",
        "We use cookies.",
        "By continuing to browse you agree to our use of cookies.",
        "Accept cookies",
        "Reject all",
        "Cookie settings",
        "Мы используем файлы cookie.",
        "Принять",
        "Baca juga: Kapal lain bersandar",
        "Read also: Another ship",
        "Home | News | Politics",
        "Beranda / Politik / Maritim",
        "Bagikan",
        "Hak cipta dilindungi undang-undang.",
        "All rights reserved.",
    ],
)
def test_what_stands_around_a_story_is_dropped(line):
    raw = f"{line}\n\nKapal Latih Bersandar di Jakarta\n\n{line}\n\n{SENTENCE}\n\n{line}".encode()
    if line.startswith(("Hak cipta", "All rights")):
        raw = f"Kapal Latih Bersandar di Jakarta\n\n{SENTENCE}\n\n{line}".encode()

    assert read_page(raw, language="id") == page()


RUSSIAN = "<h1>Корабль пришёл в Джакарту</h1><p>Он стоит у причала до пятницы.</p>"
ENCODED_PAGES = {
    "UTF-8": RUSSIAN.encode(),
    "UTF-8 with a mark": RUSSIAN.encode("utf-8-sig"),
    "UTF-16 with a mark": RUSSIAN.encode("utf-16"),
    "big-endian UTF-16 with a mark": b"\xfe\xff" + RUSSIAN.encode("utf-16-be"),
    "UTF-32 with a mark": RUSSIAN.encode("utf-32"),
    "windows-1251 that says so": f"<meta charset=windows-1251>{RUSSIAN}".encode("cp1251"),
    "KOI8-R in an XML declaration": f"<?xml version='1.0' encoding='KOI8-R'?>{RUSSIAN}".encode(
        "koi8-r"
    ),
    "UTF-8 that says windows-1251": f'<meta charset="windows-1251">{RUSSIAN}'.encode(),
}


@pytest.mark.parametrize("raw", ENCODED_PAGES.values(), ids=ENCODED_PAGES)
def test_a_page_may_be_in_any_encoding_it_names(raw):
    assert read_page(raw, language="ru") == NewsPage(
        language="ru",
        headline="Корабль пришёл в Джакарту",
        standfirst="",
        byline=(),
        dateline="",
        blocks=(Block("paragraph", "Он стоит у причала до пятницы."),),
        rights_line=None,
    )


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
TWO_OWNERS = f"Judul\n\n{SENTENCE}\n\n© 2016 Reuters\n\nHak cipta milik Rossiyskaya Gazeta."
REFUSALS = {
    "nothing": (b"", EmptyPage),
    "white space": (" \n\u00a0\n".encode(), EmptyPage),
    "figures alone": (b"12\n\n34", EmptyPage),
    "comments alone": (b"<!-- nothing -->", EmptyPage),
    "a picture": (PNG, NotText),
    "a document": (b"%PDF-1.7\n1 0 obj", NotText),
    "control signs": (b"Judul\x07\n\nParagraf.", NotText),
    "NUL bytes": (b"Judul\x00\n\nParagraf.", NotText),
    "UTF-16 without a mark": ("Judul\n\nParagraf.".encode("utf-16-le"), NotText),
    "Latin-1": ("Café baru\n\nDibuka.".encode("latin-1"), WrongEncoding),
    "windows-1251": ("Заголовок\n\nАбзац.".encode("cp1251"), WrongEncoding),
    "windows-1251 that says UTF-8": (
        f'<meta charset="utf-8">{RUSSIAN}'.encode("cp1251"),
        WrongEncoding,
    ),
    "half a UTF-16 letter": (b"\xff\xfeJ\x00u", WrongEncoding),
    "letters lost before": ("Judul\n\nKata Pak Jok\ufffd itu benar.".encode(), LostLetters),
    "a paragraph where the headline should be": (SENTENCE.encode(), NoHeadline),
    "paragraphs alone": (f"{SENTENCE}\n\n{SENTENCE}".encode(), NoHeadline),
    "paragraphs in HTML alone": (P.encode(), NoHeadline),
    "an empty headline": (html_page(P, headline="<h1> </h1>"), NoHeadline),
    "a headline of 201 letters": (html_page(P, headline=f"<h1>{'a' * 201}</h1>"), HeadlineTooLong),
    "a headline alone": (b"Kapal Latih Bersandar di Jakarta", NoBody),
    "a headline and a notice": (
        b"Judul\n\nSitus ini menggunakan kuki.\n\nTerima kuki",
        NoBody,
    ),
    "a headline and a list": (html_page("<ul><li>Satu</ul>"), NoBody),
    "two owners": (TWO_OWNERS.encode(), RightsLinesDisagree),
    "300 elements in one another": (html_page("<div>" * 300 + P), TooNested),
}


@pytest.mark.parametrize(("raw", "refusal"), REFUSALS.values(), ids=REFUSALS)
def test_what_is_no_news_page_is_refused(raw, refusal):
    with pytest.raises(refusal) as refused:
        read_page(raw, language="id")

    assert type(refused.value) is refusal


def test_refusals_carry_what_a_message_needs():
    def refused(raw):
        with pytest.raises(Unreadable) as found:
            read_page(raw, language="id")
        return vars(found.value)

    assert refused(b"a" * 2_097_153) == {"size": 2_097_153, "largest": 2_097_152}
    assert refused("Café baru".encode("latin-1")) == {"encoding": "utf-8", "position": 3}
    assert refused(TWO_OWNERS.encode()) == {"holders": ("Reuters", "Rossiyskaya Gazeta")}
    assert refused("Judul\n\nPak Jok\ufffd".encode()) == {"near": "Pak Jok\ufffd"}
    assert refused(html_page(P, headline=f"<h1>{'a' * 201}</h1>")) == {
        "headline": "a" * 201,
        "longest": 200,
    }


def test_a_page_of_two_megabytes_is_read_and_a_larger_one_refused():
    letters = b"Judul\n\n" + b"Kata. " * 349_524
    assert read_page(letters, language="id").headline == "Judul"

    with pytest.raises(TooLarge):
        read_page(letters + b"x" * 10, language="id")


@pytest.mark.parametrize(
    "raw",
    [
        b"<h1>" + b"<div>" * 100_000,
        b"<h1>Judul</h1>" + b"<p>" * 100_000 + b"Teks.",
        b"<h1>Judul</h1><p>" + b"<b>" * 100_000 + b"Teks.",
        b"<h1>Judul</h1>" + b"<ul><li>" * 50_000,
        b"<h1>Judul</h1>" + b"<a href=x>" * 100_000,
        b"<" * 1_000_000,
        b"<!--" * 250_000,
        b"<meta " + b"charset" * 100_000,
        b"a\n" * 100_000,
        b"Judul\n\n" + b"\xc2\xa9 2016, " * 100_000,
        b"Judul\n\n" + b"- " * 500_000,
        b"Judul\n\nOleh " + b"a dan " * 100_000,
    ],
    ids=lambda raw: f"{raw[:20]!r} and so on",
)
def test_a_hostile_page_does_not_hang(raw):
    started = perf_counter()
    with suppress(Unreadable):
        read_page(raw, language="id")

    assert perf_counter() - started < 10


_SCRAPS = [
    *("<h1>", "</h1>", "<p>", "<li>", "<blockquote>", "<cite>", "<footer>", "<article>", "<main>"),
    *("<b>", "</b>", "<br>", "Judul", "© X.", "Kata. ", "&lt;", "- ", "\n\n", "&#xD800;", "&#0;"),
]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400),
        st.lists(
            st.sampled_from(_SCRAPS),
            max_size=40,
        ).map("".join),
    )
)
def test_any_bytes_are_read_or_refused_by_name(content):
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    try:
        read = read_page(raw, language="id")
    except Unreadable:
        return
    assert read.headline
    assert any(block.kind == "paragraph" for block in read.blocks)
