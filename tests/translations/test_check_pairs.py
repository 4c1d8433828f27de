import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

HEADER = "pair_id\tsource_lang\ttarget_lang\tsource\ttarget\n"


def checked(path, capsys, **options):
    status = 0
    try:
        call_command("check_pairs", str(path), **options)
    except SystemExit as stopped:
        status = stopped.code
    output = capsys.readouterr()
    return status, [json.loads(line) for line in output.out.splitlines()], output.err


@pytest.fixture
def pairs(tmp_path):
    def write(text):
        path = tmp_path / "pairs.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_each_finding_is_one_object(pairs, capsys):
    path = pairs(HEADER + "a\tid\ten\tNaik 7,4 persen\tIt rose 7,4 percent\n")

    assert checked(path, capsys) == (
        0,
        [
            {
                "pair_id": "a",
                "code": "number-style",
                "severity": "notice",
                "source_span": None,
                "target_span": [8, 19],
                "message": "“7,4 percent” has the other language's point and comma. Write"
                " “7.4 percent”.",
                "fixes": [{"side": "target", "start": 8, "end": 19, "text": "7.4 percent"}],
            }
        ],
        "",
    )


def test_columns_stand_in_any_order_and_places_count_the_markup(pairs, capsys):
    path = pairs(
        "target\textra\tsource\tpublished\ttarget_lang\tsource_lang\tpair_id\n"
        "On <em>Thursday (25/1)</em>\tx\tPada <em>Kamis (25/2)</em>\t2016-02-26\ten\tid\tb\n"
    )

    status, findings, errors = checked(path, capsys)

    assert (status, errors) == (0, "")
    assert [(f["code"], f["target_span"]) for f in findings] == [
        ("date-changed", [17, 21]),
        ("weekday-mismatch", [7, 21]),
    ]


def test_lines_that_cannot_be_read_are_named_and_skipped(pairs, capsys):
    path = pairs(
        HEADER + "a\tid\ten\tshort\n"
        "b\tid\tfr\tAda 20\tIl y a 30\n"
        "c\tid\ten\tAda 25 kapal\tThere are ships\n"
    )

    status, findings, errors = checked(path, capsys)

    assert status == 1
    assert [finding["pair_id"] for finding in findings] == ["c"]
    assert errors == (
        "line 2: 4 columns, where the header has 5.\n"
        "line 3: target_lang is “fr”; the checks know id, en, ru.\n"
    )


def test_pairs_come_from_standard_input_too(monkeypatch, capsys):
    lines = HEADER + "a\tid\ten\tAda 25 kapal\tThere are ships\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))

    status, findings, _ = checked("-", capsys)

    assert (status, [finding["code"] for finding in findings]) == (0, ["num-missing"])


def test_a_file_without_the_columns_is_refused(pairs):
    with pytest.raises(CommandError, match="the header lacks source_lang, target_lang"):
        call_command("check_pairs", str(pairs("pair_id\tsource\ttarget\n")))
