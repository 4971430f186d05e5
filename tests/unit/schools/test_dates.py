"""Dates as people in the UK write them."""

from datetime import date, datetime
from typing import Any

import pytest

from parentguide.errors import InvalidValueError
from parentguide.schools.values import parse_day


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-15",
        " 2026-01-15 ",
        "2026/1/15",
        "20260115",
        "15/01/2026",
        "15/1/26",
        "15.1.2026",
        "15 - 01 - 2026",
        "15 01 2026",
        "15 January 2026",
        "15th Jan 2026",
        "15 jan. '26",
        "15-Jan-26",
        "15\u00a0JANUARY\u00a02026",
        "15th of January, 2026",
        "January 15, 2026",
        "Jan 15th 2026",
        "Thursday 15 January 2026",
        "Thu, 15 Jan 2026.",
        "2026-01-15 00:00:00",
        date(2026, 1, 15),
    ],
)
def test_a_date_may_be_written_in_many_ways(written: str | date) -> None:
    assert parse_day(written) == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("03/04/2026", date(2026, 4, 3)),
        ("3rd Sept 2026", date(2026, 9, 3)),
        ("29/02/2028", date(2028, 2, 29)),
        ("31.12.99", date(2099, 12, 31)),
        ("1 May 2026", date(2026, 5, 1)),
    ],
)
def test_the_day_comes_before_the_month(written: str, day: date) -> None:
    assert parse_day(written) == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("24 November", "the year is missing"),
        ("January 2026", "the day is missing"),
        ("11/24/2026", "there is no month 24"),
        ("31/02/2026", "February 2026 has 28 days"),
        ("29 Feb 2026", "February 2026 has 28 days"),
        ("0/1/2026", "January 2026 has 31 days"),
        ("2026-13-01", "there is no month 13"),
        ("01/02/03", "may be a year or a day"),
        ("26-01-15", "may be a year or a day"),
        ("15 Januray 2026", "“januray” is not a month"),
        ("Monday 15 January 2026", "15 January 2026 is a Thursday"),
        ("46037", "a spreadsheet has made a number of it"),
        ("1999-12-31", ""),
        ("2100-01-01", ""),
        ("0000-01-01", ""),
        ("next week", ""),
        ("15012026", ""),
        ("2026-01-15T10:00:00", ""),
        (datetime(2026, 11, 24), ""),
        (True, ""),
        (7, ""),
    ],
)
def test_a_date_that_cannot_be_used_is_refused_with_the_reason(written: Any, reason: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a date") as caught:
        parse_day(written)
    assert reason in caught.value.problem
    assert "2026-11-24" in caught.value.remedy or "day of the week" in caught.value.remedy


def test_the_american_order_is_turned_round_in_the_remedy() -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_day("11/24/2026")
    assert "24/11/2026" in caught.value.remedy
