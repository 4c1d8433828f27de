# ruff: noqa: DTZ001 - a clock's face has no zone
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.local_time import Ambiguous, NeverComes, moment


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        (datetime(2026, 11, 24, 6, 0), "Asia/Jakarta", datetime(2026, 11, 23, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 24, 6, 0), "Europe/Moscow", datetime(2026, 11, 24, 3, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 12, 0), "Europe/Berlin", datetime(2026, 7, 1, 10, 0, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_one_moment(wall, zone, utc):
    assert moment(wall, zone) == utc


def test_an_hour_that_comes_twice_is_shown_in_both_readings():
    with pytest.raises(Ambiguous) as refusal:
        moment(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")

    assert [r.isoformat() for r in refusal.value.readings] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]


def test_an_hour_that_is_left_out_is_shown_as_before_and_after():
    with pytest.raises(NeverComes) as refusal:
        moment(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")

    assert sorted(r.isoformat() for r in refusal.value.readings) == [
        "2026-03-29T01:30:00+01:00",
        "2026-03-29T03:30:00+02:00",
    ]


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_indonesias_clocks_are_never_in_doubt(wall):
    for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"):
        assert moment(wall, zone).tzinfo is UTC
