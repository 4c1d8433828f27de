"""``manage.py check_articles``: the desk's checks in anyone's pipeline."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

GOOD = {
    "id": "a-1",
    "language": "id",
    "published": "2016-01-29T10:00:00+07:00",
    "headline": "Kapal tiba",
    "standfirst": None,
    "body": ["Kapal itu tiba pada Kamis (25/1) di Makassar."],
}


def check(tmp_path, *lines: str) -> list[dict[str, object]]:
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    out = io.StringIO()
    call_command("check_articles", str(file), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_finding_names_its_words_and_offers_repairs(tmp_path):
    (found,) = check(tmp_path, json.dumps(GOOD))

    words = GOOD["body"][0]
    assert (found["id"], found["block"], found["code"], found["severity"]) == (
        "a-1",
        2,
        "weekday-mismatch",
        "error",
    )
    assert words[found["start"] : found["end"]] == "Kamis (25/1)"
    assert len(found["fixes"]) == 2
    assert found["message"]


def test_standard_input_is_read(monkeypatch):
    line = json.dumps(GOOD).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    out = io.StringIO()

    call_command("check_articles", "-", stdout=out)

    assert json.loads(out.getvalue())["code"] == "weekday-mismatch"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        json.dumps({**GOOD, "body": "one text"}),
        json.dumps({**GOOD, "published": "yesterday"}),
        json.dumps({**GOOD, "headline": None}),
    ],
)
def test_a_malformed_line_is_named_and_the_others_are_read(tmp_path, line):
    file = tmp_path / "articles.jsonl"
    file.write_text(f"{line}\n{json.dumps(GOOD)}\n", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="1 malformed"):
        call_command("check_articles", str(file), stdout=out, stderr=err)

    assert err.getvalue().startswith("Line 1 was skipped: ")
    assert json.loads(out.getvalue())["id"] == "a-1"


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_articles", "nowhere.jsonl")
