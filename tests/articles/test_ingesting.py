import sys
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.ingesting import AlreadyIngested, RightsLineNamesAnotherSource, ingest
from articles.models import Activity, Article, Attribution, Author, Section, Source
from articles.newspage import NewsPage, RightsLine, read_page
from articles.richtext import plain_text
from articles.standing import open_copy
from tests.builders import NOW, edition_of

SEED = Path(__file__).parents[2] / "newsroom" / "demo" / "seed_article.txt"
DAY = date(2016, 2, 26)
HEADLINE = "Enggan Kerja Sama dengan Moskow, Dubes Rusia: AS Seolah-olah Dukung Teroris"


@pytest.fixture
def gazeta(db):
    return Source.objects.get(code="rossiyskaya-gazeta")


@pytest.fixture
def politics(db):
    return Section.objects.get(slug_ind="politik")


def make_page(**changes):
    words = b"Judul\n\nParagraf pertama yang cukup panjang untuk sebuah berita."
    return NewsPage(**(vars(read_page(words, language="id")) | changes))


def everything():
    return (Article.objects.count(), Author.objects.count(), Activity.objects.count())


def test_the_seed_becomes_a_draft_credited_to_its_source(gazeta, politics, ani):
    page = read_page(SEED.read_bytes(), language="id")

    article = ingest(page, source=gazeta, section=politics, published_on=DAY, by=ani, at=NOW)

    copy = open_copy(edition_of(article))
    assert (copy.headline, copy.standfirst, copy.state, copy.in_desk) == (
        HEADLINE,
        "Sejak awal Rusia selalu mengajak dan tak menolak untuk bekerja sama dengan AS.",
        "draft",
        False,
    )
    printed = [p.strip() for p in SEED.read_text(encoding="utf-8").split("\n\n") if p.strip()]
    assert plain_text(copy.body).split("\n\n") == printed[2:-3]
    assert list(
        Attribution.objects.values_list(
            "article", "source", "relation", "primary", "original_title", "original_language"
        )
    ) == [(article.pk, gazeta.pk, "republished", True, HEADLINE, "id")]
    assert Attribution.objects.get().original_published_on == DAY
    assert (article.section, article.origin_language, article.created_by) == (politics, "id", ani)
    first = Activity.objects.order_by("pk").first()
    assert (first.verb, first.actor, first.at) == ("ingested", ani, NOW)


def test_quotes_lists_and_bylines_come_along(gazeta, politics):
    known = Author.objects.create(name="Ratna Kusumadewi", slug="ratna")
    Author.objects.create(name="Anton B.", slug="anton-belyaninov")
    text = (
        "<h1>Judul</h1><p>Oleh Ratna Kusumadewi dan Anton Belyaninov</p><p>MOSKOW — Paragraf "
        "<b>satu</b> &amp; &lt;dua&gt;.</p><h2>Sub</h2><blockquote>Kutipan.<cite>Igor & Co"
        "</cite></blockquote><ul><li>a</ul><ol><li>b</ol>"
    )
    page = read_page(text.encode(), language="id")

    article = ingest(page, source=gazeta, section=politics, published_on=DAY, by=None, at=NOW)

    copy = open_copy(edition_of(article))
    assert copy.dateline == "MOSKOW"
    assert plain_text(copy.body) == (
        "Paragraf satu & <dua>.\n\nSub\n\nKutipan.\nIgor & Co\n\na\n\nb"
    )
    assert [tag for tag in ("<strong>", "<h2", "<cite>", "<ul>", "<ol>") if tag in copy.body] == [
        "<strong>", "<h2", "<cite>", "<ul>", "<ol>"
    ]  # fmt: skip
    authors = [line.author for line in article.bylines.order_by("position")]
    assert [(author.name, author.slug) for author in authors] == [
        ("Ratna Kusumadewi", "ratna"),
        ("Anton Belyaninov", "anton-belyaninov-2"),
    ]
    assert authors[0] == known


@pytest.mark.parametrize(
    "holder",
    [
        "Rossiyskaya Gazeta",
        "ROSSIYSKAYA GAZETA",
        "the Rossiyskaya Gazeta",
        "«Российская газета»",
        "«Российской газете»",
        "ФГБУ «Редакция «Российской газеты»»",
    ],
)
def test_a_rights_line_may_name_the_source_in_any_of_its_languages(gazeta, politics, holder):
    page = make_page(rights_line=RightsLine(f"© {holder}", holder))

    ingest(page, source=gazeta, section=politics, published_on=DAY, by=None, at=NOW)

    assert Article.objects.count() == 1


def test_a_rights_line_may_name_the_source_as_its_notice_does(politics):
    own = Source.objects.get(code="redaksi")
    page = make_page(rights_line=RightsLine("Copyright the editors.", "the editors"))

    ingest(page, source=own, section=politics, published_on=DAY, by=None, at=NOW)

    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "holder",
    [
        "Reuters",
        "Rossiyskaya Gazeta Nedelya",
        "Rossiyskaya Gazeta dan Reuters",
        "Gazeta",
        "Российский голос",
        "«Новая газета»",
        "redaksi",
    ],
)
def test_a_page_of_somebody_else_is_refused_and_nothing_stored(gazeta, politics, holder):
    page = make_page(rights_line=RightsLine(f"© {holder}", holder), byline=("Anton",))
    before = everything()

    with pytest.raises(RightsLineNamesAnotherSource) as refused:
        ingest(page, source=gazeta, section=politics, published_on=DAY, by=None, at=NOW)

    assert (refused.value.holder, refused.value.source) == (holder, gazeta)
    assert everything() == before


def test_the_same_page_is_not_brought_in_twice(gazeta, politics):
    facts = {"source": gazeta, "section": politics, "by": None, "at": NOW}
    article = ingest(make_page(), published_on=DAY, **facts)
    before = everything()

    with pytest.raises(AlreadyIngested) as refused:
        ingest(make_page(), published_on=DAY, **facts)

    assert refused.value.article == article
    assert everything() == before
    ingest(make_page(), published_on=DAY + timedelta(days=1), **facts)
    assert Article.objects.count() == 2


# The command


def run(file, **options):
    given = {"source": "rossiyskaya-gazeta", "language": "id", "published": "2016-02-26"}
    arguments = [f"--{name}={value}" for name, value in (given | options).items()]
    out = StringIO()
    call_command("ingest_page", str(file), *arguments, stdout=out)
    return out.getvalue()


def test_the_command_names_the_address_of_the_draft(db, eko):
    before = datetime.now(UTC)

    said = run(SEED, section="economy", by="eko")

    article = Article.objects.get()
    assert said == (
        "The draft is ready: "
        f"http://127.0.0.1:8000/admin/articles/article/{article.pk}/change/?lang=id\n"
    )
    assert (article.section.slug_ind, article.created_by) == ("ekonomi", eko)
    assert before <= article.created_at <= datetime.now(UTC)


def test_the_command_takes_the_first_section_and_reads_standard_input(db, monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(SEED.read_bytes())))

    run("-")

    article = Article.objects.get()
    assert (article.section.slug_ind, article.created_by) == ("politik", None)


REFUSED_FILES = {
    "empty": (b"", "The page is empty."),
    "too large": (b"a" * 2_097_153, "The page has more than 2097152 bytes: this is no news page."),
    "binary": (
        b"\x89PNG\r\n\x1a\n\x00",
        "The file is not text. Save the page as plain text or HTML first.",
    ),
    "wrong encoding": (
        "Café".encode("latin-1"),
        "The page is not written in utf-8: it goes wrong after 3 bytes. Save it as UTF-8.",
    ),
    "lost letters": (
        "Judul\n\nPak Jok\ufffd.".encode(),
        (
            "Letters were lost near “Pak Jok\ufffd.” before the page came here."
            " Save it again from the original."
        ),
    ),
    "nested": (
        b"<h1>a</h1>" + b"<div>" * 300,
        "The page's markup is nested too deeply to be read. Save the page as plain text.",
    ),
    "no headline": (
        b"Sebuah kalimat.\n\nSebuah kalimat.",
        "The page has no headline. Put it on the first line.",
    ),
    "long headline": (
        f"<h1>{'a' * 201}</h1><p>b".encode(),
        "The headline is longer than 200 characters. Shorten it in the file.",
    ),
    "no body": (b"Judul", "There is no paragraph under the headline."),
    "two owners": (
        b"Judul\n\nSebuah kalimat.\n\nCopyright Reuters.\n\nCopyright Antara.",
        "The page names Reuters and Antara as its owners. Leave only the right one.",
    ),
    "another source": (
        b"Judul\n\nSebuah kalimat.\n\nCopyright Reuters.",
        (
            "The rights line names Reuters, but --source is rossiyskaya-gazeta."
            " Name the right source, or ask the desk who owns the page."
        ),
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED_FILES.values(), ids=REFUSED_FILES)
def test_the_command_says_what_it_cannot_read_and_stores_nothing(db, tmp_path, content, message):
    file = tmp_path / "page"
    file.write_bytes(content)
    before = everything()

    with pytest.raises(CommandError) as refused:
        run(file)

    assert (str(refused.value), refused.value.returncode) == (message, 1)
    assert everything() == before


def test_the_command_says_which_of_its_options_names_nothing(db, tmp_path):
    def refused(file=SEED, **options):
        with pytest.raises(CommandError) as found:
            run(file, **options)
        return str(found.value)

    missing = tmp_path / "missing"
    sections = "politik, ekonomi, sains-teknologi, budaya, wisata, olahraga"
    assert refused(missing) == f"{missing} cannot be read: No such file or directory."
    assert refused(tmp_path) == f"{tmp_path} cannot be read: Is a directory."
    assert refused(source="antara") == (
        "There is no source antara. Known are: redaksi, rossiyskaya-gazeta."
    )
    assert refused(section="opini") == f"There is no section opini. Known are: {sections}."
    assert refused(by="siapa") == "Nobody here has the login siapa."
    assert refused(published="kemarin").startswith("Error: argument --published: invalid")
    assert refused(language="fr").startswith("Error: argument --language: invalid choice")


def test_the_command_says_when_a_page_was_brought_in_before(db):
    said = run(SEED)

    with pytest.raises(CommandError) as refused:
        run(SEED)

    address = said.removeprefix("The draft is ready: ").strip()
    assert str(refused.value) == f"This page was brought in before: {address}"
