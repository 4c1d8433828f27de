"""``manage.py check_pairs``: what the checks find in a file of translations."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from translations import checks
from translations.check_wording import sentence

REQUIRED = ("pair_id", "source_lang", "target_lang", "source", "target")


class MalformedLine(Exception):
    """A line is no pair; its text says why."""


@dataclass(frozen=True)
class _Row:
    pair_id: str
    pair: checks.Pair


class Command(BaseCommand):
    """Check pairs of a source and its translation, one a line, without a database."""

    help = (
        "Print what the checks find in a tab-separated file of pairs, one JSON object a finding."
        " The first line names the columns: pair_id, source_lang, target_lang, source, target and"
        " optional published (YYYY-MM-DD), in any order. Lines that cannot be read are named and"
        " skipped; the exit status is then 1."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="path of the file, or - for standard input")
        parser.add_argument(
            "--language", choices=("en", "id"), default="en", help="language of the messages"
        )

    def handle(self, *, file: str, language: str, **_options: object) -> None:
        try:
            opened = nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")  # noqa: SIM115 - the other is not ours to close
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        with opened as lines, translation.override(language):
            if not self._check(lines):
                sys.exit(1)

    def _check(self, lines: BinaryIO) -> bool:
        """Print the findings of every line; say whether all lines could be read."""
        columns = _columns(lines.readline())
        is_whole = True
        for number, line in enumerate(lines, start=2):
            try:
                row = _row(line, columns)
            except MalformedLine as error:
                self.stderr.write(f"line {number}: {error}")
                is_whole = False
                continue
            for finding in _findings(row):
                self.stdout.write(json.dumps(finding, ensure_ascii=False))
        return is_whole


def _columns(line: bytes) -> Sequence[str]:
    columns = line.decode("utf-8-sig", errors="replace").rstrip("\r\n").split("\t")
    if missing := [name for name in REQUIRED if name not in columns]:
        raise CommandError(f"line 1: the header lacks {', '.join(missing)}.")
    return columns


def _row(line: bytes, columns: Sequence[str]) -> _Row:
    try:
        values = line.decode().rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise MalformedLine("this is not UTF-8.") from error
    if len(values) != len(columns):
        raise MalformedLine(f"{len(values)} columns, where the header has {len(columns)}.")
    row = dict(zip(columns, values, strict=True))
    for name in ("source_lang", "target_lang"):
        if row[name] not in checks.LANGUAGES:
            raise MalformedLine(
                f"{name} is “{row[name]}”; the checks know {', '.join(checks.LANGUAGES)}."
            )
    pair = checks.pair_of(
        row["source"],
        row["target"],
        source_language=row["source_lang"],
        target_language=row["target_lang"],
        published=_day(row),
    )
    return _Row(row["pair_id"], pair)


def _day(row: Mapping[str, str]) -> date | None:
    written = row.get("published", "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise MalformedLine(f"published is “{written}”, not a day as 2016-02-25.") from error


def _findings(row: _Row) -> Iterator[dict[str, object]]:
    """The findings of a pair as they are printed; places are those of the columns as read."""
    pair = row.pair
    for finding in checks.run(pair):
        side, words = "target", pair.target
        if finding.target_span is None and finding.source_span is not None and finding.fixes:
            side, words = "source", pair.source
        yield {
            "pair_id": row.pair_id,
            "code": finding.code,
            "severity": finding.severity.value,
            "source_span": _places(pair.source, finding.source_span),
            "target_span": _places(pair.target, finding.target_span),
            "message": sentence(finding),
            "fixes": [
                {
                    "side": side,
                    "start": words.place(fix.span).start,
                    "end": words.place(fix.span).end,
                    "text": fix.words,
                }
                for fix in finding.fixes
            ],
        }


def _places(words: checks.Words, span: checks.Span | None) -> list[int] | None:
    if span is None:
        return None
    placed = words.place(span)
    return [placed.start, placed.end]
