"""``manage.py check_articles``: what the desk's checks find in articles of a file."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from articles import check_wording
from articles.desk_checks.registry import run
from articles.desk_checks.text import Text


class Malformed(Exception):
    """A line is not an article; the message says why."""


@dataclass(frozen=True)
class Line:
    """One article of a file and its name there."""

    name: str | int
    text: Text


class Command(BaseCommand):
    """Print one JSON object a finding; no database is asked."""

    help = (
        "Check articles, one JSON object a line: id, language, published (ISO 8601), headline,"
        " standfirst (or null), body (a list of paragraphs). Prints one JSON object a finding."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the articles; - reads them from standard input")
        parser.add_argument(
            "--all", action="store_true", help="also run the checks that are silent by default"
        )

    def handle(self, *, file: str, **options: Any) -> None:  # other options are Django's
        skipped = 0
        with _opened(file) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    article = read_line(line)
                except Malformed as refusal:
                    skipped += 1
                    self.stderr.write(f"Line {number} was skipped: {refusal}")
                    continue
                for found in findings_of(article, also_silent=bool(options["all"])):
                    self.stdout.write(json.dumps(found, ensure_ascii=False))
        if skipped:
            raise CommandError(f"{skipped} malformed lines were skipped.")


def findings_of(article: Line, *, also_silent: bool) -> Iterator[dict[str, Any]]:
    """Yield what is found in an article, as it is printed."""
    for finding in run(article.text, also_silent=also_silent):
        yield {
            "id": article.name,
            "block": finding.block,
            "start": finding.span.start,
            "end": finding.span.end,
            "code": finding.code,
            "severity": finding.severity.value,
            "message": check_wording.words(finding),
            "fixes": [fix.words for fix in finding.fixes],
        }


def read_line(line: bytes) -> Line:
    """Return the article of one line. Raises ``Malformed``."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as refusal:
        raise Malformed("it is not UTF-8.") from refusal
    except (ValueError, RecursionError) as refusal:
        raise Malformed("it is not JSON.") from refusal
    if not isinstance(row, dict):
        raise Malformed("it is not a JSON object.")
    name, body = row.get("id"), row.get("body")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise Malformed("id must be a text or a number.")
    if not isinstance(body, list) or not all(isinstance(words, str) for words in body):
        raise Malformed("body must be a list of paragraphs.")
    standfirst = row["standfirst"] if row.get("standfirst") is not None else ""
    if not isinstance(standfirst, str):
        raise Malformed("standfirst must be a text or null.")
    blocks = (_text(row, "headline"), standfirst, *body)
    if not _is_whole([str(name), *blocks]):
        raise Malformed("it holds half a character.")
    try:
        published = datetime.fromisoformat(_text(row, "published")).date()
    except ValueError as refusal:
        raise Malformed("published must be a moment in ISO 8601.") from refusal
    return Line(name, Text(_text(row, "language"), published, blocks))


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name} must be a text.")
    return value


def _is_whole(texts: Iterable[str]) -> bool:
    """Whether every text can be printed: JSON may hold one half of a pair of surrogates."""
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        lines = Path(file).open("rb")  # noqa: SIM115 - closed below
    except OSError as refusal:
        raise CommandError(f"{file} cannot be read: {refusal.strerror}.") from refusal
    with lines:
        yield lines
