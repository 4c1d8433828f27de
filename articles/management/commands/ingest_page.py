"""``manage.py ingest_page``: bring in a news page of another paper."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles import languages, newspage
from articles.ingesting import AlreadyIngested, RightsLineNamesAnotherSource, ingest
from articles.models import Article, Section, Source
from articles.permissions import Person

# Braces take the attributes of the refusal.
REASONS: dict[type[newspage.Unreadable], str] = {
    newspage.EmptyPage: "The page is empty.",
    newspage.TooLarge: "The page has more than {largest} bytes: this is no news page.",
    newspage.NotText: "The file is not text. Save the page as plain text or HTML first.",
    newspage.WrongEncoding: (
        "The page is not written in {encoding}: it goes wrong after {position} bytes."
        " Save it as UTF-8."
    ),
    newspage.LostLetters: (
        "Letters were lost near “{near}” before the page came here."
        " Save it again from the original."
    ),
    newspage.TooNested: (
        "The page's markup is nested too deeply to be read. Save the page as plain text."
    ),
    newspage.NoHeadline: "The page has no headline. Put it on the first line.",
    newspage.HeadlineTooLong: (
        "The headline is longer than {longest} characters. Shorten it in the file."
    ),
    newspage.NoBody: "There is no paragraph under the headline.",
    newspage.RightsLinesDisagree: (
        "The page names {holders[0]} and {holders[1]} as its owners. Leave only the right one."
    ),
}


class Command(BaseCommand):
    """Turn a page into a draft, or say why not and change nothing."""

    help = (
        "Bring in a plain-text or HTML news page: its words become a draft,"
        " its rights line the attribution."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the page; - reads it from standard input")
        parser.add_argument("--source", required=True, help="code of the source")
        parser.add_argument(
            "--language",
            required=True,
            choices=[code for code, _name in languages.CHOICES],
            help="language of the page",
        )
        parser.add_argument(
            "--published",
            required=True,
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day the source printed it",
        )
        parser.add_argument("--section", help="slug of the section (default: the first one)")
        parser.add_argument("--by", metavar="USERNAME", help="whose draft it becomes")

    def handle(
        self,
        *,
        file: str,
        source: str,
        language: str,
        published: date,
        section: str | None,
        by: str | None,
        **_options: object,
    ) -> None:
        try:
            article = ingest(
                newspage.read_page(_bytes(file), language=language),
                source=_source(source),
                section=_section(section),
                published_on=published,
                by=_person(by),
                at=timezone.now(),
            )
        except newspage.Unreadable as refusal:
            raise CommandError(REASONS[type(refusal)].format(**vars(refusal))) from refusal
        except RightsLineNamesAnotherSource as refusal:
            raise CommandError(
                f"The rights line names {refusal.holder}, but --source is {refusal.source.code}."
                " Name the right source, or ask the desk who owns the page."
            ) from refusal
        except AlreadyIngested as refusal:
            raise CommandError(
                f"This page was brought in before: {_address(refusal.article)}"
            ) from refusal
        self.stdout.write(f"The draft is ready: {_address(article)}")


def _bytes(file: str) -> bytes:
    # One byte more than is read, so that nobody has to wait for the rest of a huge file.
    limit = newspage.LARGEST_PAGE + 1
    if file == "-":
        return sys.stdin.buffer.read(limit)
    try:
        with Path(file).open("rb") as page:
            return page.read(limit)
    except OSError as refusal:
        raise CommandError(f"{file} cannot be read: {refusal.strerror}.") from refusal


def _source(code: str) -> Source:
    found = Source.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Source.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no source {code}. Known are: {known}.")
    return found


def _section(slug: str | None) -> Section:
    sections = Section.objects.order_by("position", "pk")
    if slug is not None:
        named = Q()
        for language in languages.PUBLIC:
            named |= Q(**{languages.column("slug", language): slug})
        sections = sections.filter(named)
    found = sections.first()
    if found is None:
        known = Section.objects.order_by("position", "pk").values_list("slug", flat=True)
        raise CommandError(f"There is no section {slug}. Known are: {', '.join(known)}.")
    return found


def _person(username: str | None) -> Person | None:
    if username is None:
        return None
    found = get_user_model().objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"Nobody here has the login {username}.")
    return found


def _address(article: Article) -> str:
    path = reverse("admin:articles_article_change", args=[article.pk])
    return f"{settings.SITE_URL}{path}?lang={article.origin_language}"
