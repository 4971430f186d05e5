"""Dates as people in the UK write them, the day first -> a day."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime

from parentguide.errors import InvalidValueError
from parentguide.schools.texts import parse_text, refused

_YEARS = range(2000, 2100)
# “26” is the year of a date such as 15/1/26. Below that, 01/02/03 could be any of six days.
_SHORT_YEARS = range(20, 100)
_MONTHS: Sequence[str] = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_REMEDY = "Write day, month and year, such as 24 November 2026, or 2026-11-24."
_WANTED = "a date"
_SEPARATOR = r"\s*[/.\-\s]\s*"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})")
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<year>\d{{4}}|\d{{2}})"
)
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"['’]?(?P<year>\d{4}|\d{2})"
_DAY_NAMED = re.compile(rf"{_ORDINAL}(?:\s+of)?[\s,\-/.]*{_NAME}[\s,\-/.]*{_YEAR}")
_MONTH_NAMED = re.compile(rf"{_NAME}[\s\-]*{_ORDINAL}(?:\s*,\s*|\s+){_YEAR}")
_FORMS = (_YEAR_FIRST, _COMPACT, _DAY_FIRST, _DAY_NAMED, _MONTH_NAMED)
# What spreadsheets put behind a date.
_MIDNIGHT = re.compile(r"[t ]00:00(?::00(?:\.0+)?)?$")
_WEEKDAY = re.compile(r"(?P<weekday>[a-z]{3,9})\.?,?\s+(?=\S)")


def parse_day(written: str | date) -> date:
    """A TOML date, or a text -> the day, in the years 2000 to 2099.

    The day comes before the month unless the year comes first. Dates of which nobody can be sure are
    refused.
    """
    value = _day(written) if isinstance(written, str) else written
    if not isinstance(value, date) or isinstance(value, datetime) or value.year not in _YEARS:
        raise refused(written, _WANTED, _REMEDY)
    return value


def _day(written: str) -> date:
    text = re.sub(r"\s+", " ", parse_text(written)).casefold().rstrip(".")
    text = _MIDNIGHT.sub("", text)
    weekday = _WEEKDAY.match(text)
    named = _position(weekday["weekday"], _DAYS) if weekday else None
    if weekday and named is not None:
        text = text[weekday.end() :]
    match = next((match for form in _FORMS if (match := form.fullmatch(text))), None)
    if match is None:
        raise _not_understood(written, text)
    found = _date(written, match["year"], match["month"], int(match["day"]))
    if named is not None and found.weekday() != named:
        reason = f"{_said(found)} is a {_DAYS[found.weekday()].title()}"
        raise refused(written, _WANTED, "Correct the date, or leave out the day of the week.", reason)
    return found


def _date(written: str, year: str, month: str, day: int) -> date:
    """The day from its parts. Raises :class:`InvalidValueError` where there is no such day."""
    if len(year) == 2 and int(year) not in _SHORT_YEARS:
        reason = f"“{year}” may be a year or a day"
        raise refused(written, _WANTED, f"Write the year in four digits. {_REMEDY}", reason)
    in_full = int(year) if len(year) == 4 else 2000 + int(year)
    number = int(month) if month.isdigit() else _position(month, _MONTHS, 1)
    if number is None:
        raise refused(written, _WANTED, _REMEDY, f"“{month}” is not a month")
    if not 1 <= number <= 12:
        swapped = f" Write the day first: {number}/{day}/{in_full}." if day <= 12 and number <= 31 else ""
        raise refused(written, _WANTED, f"{_REMEDY}{swapped}", f"there is no month {number}")
    if not 1 <= in_full <= 9999:
        raise refused(written, _WANTED, _REMEDY)
    last = monthrange(in_full, number)[1]
    if not 1 <= day <= last:
        reason = f"{_MONTHS[number - 1].title()} {in_full} has {last} days"
        raise refused(written, _WANTED, _REMEDY, reason)
    return date(in_full, number, day)


def _not_understood(written: str, text: str) -> InvalidValueError:
    """The error for a text in no form of a date: what is missing, where that can be seen."""
    numbers = re.findall(r"\d+", text)
    has_month = any(_position(word, _MONTHS) is not None for word in re.findall(r"[a-z]{3,}", text))
    if has_month and len(numbers) == 1:
        reason = "the day is missing" if len(numbers[0]) == 4 else "the year is missing"
        return refused(written, _WANTED, _REMEDY, reason)
    if re.fullmatch(r"\d{5}", text):
        remedy = f"{_REMEDY} In a spreadsheet, format the column as Date or as Text."
        return refused(written, _WANTED, remedy, "a spreadsheet has made a number of it")
    return refused(written, _WANTED, _REMEDY)


def _position(word: str, names: Sequence[str], first: int = 0) -> int | None:
    """The position of a name, from ``first``; “sept” and “thurs” are names too."""
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(names, first) if name.startswith(word)), None)


def _said(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}"
