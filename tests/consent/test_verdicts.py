import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.verdicts import Question, Verdict, allowed, is_settled, verdict

VERSION = "2026-11-24T13:30:21.165116+00:00"
EMBEDS = Question(name="embeds", version=VERSION, asked_at=1795527021, off_on_gpc=True)
PREFERENCES = Question(name="preferences", version=VERSION, asked_at=1795527021, off_on_gpc=False)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, Verdict.OPEN),
        ({"embeds": VERSION}, Verdict.YES),
        ({"embeds": "2027-01-01T00:00:00+00:00"}, Verdict.YES),
        ({"embeds": "2025-01-01T00:00:00+00:00"}, Verdict.OPEN),
        ({"embeds": ""}, Verdict.OPEN),
        ({"embeds": "-1", "@at": "1795527021"}, Verdict.NO),
        ({"embeds": "-1", "@at": "1795527020"}, Verdict.OPEN),
        ({"embeds": "-1"}, Verdict.OPEN),
        ({"embeds": "-1", "@at": "soon"}, Verdict.OPEN),
        ({"embeds": "-1", "@at": " 1795527021"}, Verdict.OPEN),
        ({"embeds": "-1", "@at": "+1795527021"}, Verdict.OPEN),
        ({"embeds": "-1", "@at": "1_795_527_021"}, Verdict.OPEN),
        ({"embeds": "-1", "@at": "٣" * 10}, Verdict.OPEN),
        ({"embeds": "-1", "@at": "9" * 13}, Verdict.OPEN),
        ({"preferences": VERSION}, Verdict.OPEN),
    ],
)
def test_an_answer_counts_only_for_the_question_it_was_given_to(answers, expected):
    assert verdict(answers, EMBEDS) is expected


def test_only_a_yes_allows():
    answers = {"embeds": VERSION, "preferences": "-1", "@at": "1795527021"}

    assert allowed(answers, [PREFERENCES, EMBEDS]) == ["embeds"]


@pytest.mark.parametrize(
    ("answers", "gpc", "expected"),
    [
        ({}, False, False),
        ({"embeds": VERSION}, False, False),
        ({"embeds": VERSION, "preferences": VERSION}, False, True),
        ({"embeds": "-1", "preferences": "-1", "@at": "1795527021"}, False, True),
        # The signal answers for embeds, not for preferences.
        ({}, True, False),
        ({"preferences": VERSION}, True, True),
    ],
)
def test_nothing_is_left_to_ask_once_every_question_is_answered(answers, gpc, expected):
    assert is_settled(answers, [PREFERENCES, EMBEDS], gpc=gpc) is expected


@given(st.dictionaries(st.sampled_from(["embeds", "@at", "@id", "x"]), st.text(max_size=40)))
def test_no_cookie_value_raises(answers):
    assert verdict(answers, EMBEDS) in Verdict
