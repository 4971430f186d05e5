"""The marks of list items: which characters, numbers and letters before a text are no part of it.

A symbol such as “•” is a mark wherever a line begins with it. Other marks only count in a series: a letter
that a symbol font left (“Ø” for an arrow), a number, “a)”, “iv.” or “Step 1:”.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

# Private use: where Word keeps the bullets of its symbol fonts, U+F020 to U+F0FF.
_SYMBOLS = "•‣⁃◦▪▫●○∙·■□◆◇◼◻▶►▸➢➣➤➔→⇒✓✔✗✘☑☐☒★☆✦✧❖❑❒❏❯»✅❌🚩👉\uf000-\uf0ff"
_AFTER_SYMBOL = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*"
_BULLET = re.compile(rf"([{_SYMBOLS}]{_AFTER_SYMBOL})\s*(.*)", re.DOTALL)
_SPACED = re.compile(r"([-‐‑*o]|[–—])\s+(\S.*)", re.DOTALL)
_CLOSE_DASH = re.compile(r"([-–*])([A-Za-z“‘\"'].*)", re.DOTALL)
# What Wingdings' arrow, square, ticks, boxes and diamonds are in other fonts (Microsoft's Wingdings table).
_LEFT_BY_A_SYMBOL_FONT = re.compile(r"([Ø§üûþýðàèÞ¨qvnluw])\s+(?!\d)(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"(\(?(\d{1,2})[.)]|\[(\d{1,2})\])(?:\s+|(?=[A-Z“‘]))(\S.*)", re.DOTALL)
_LETTER = re.compile(r"(\(?([A-Za-z])[.)])\s+(\S.*)", re.DOTALL)
_ROMAN = re.compile(r"(\(?([ivx]{1,5}|[IVX]{1,5})[.)])\s+(\S.*)", re.DOTALL)
_STEP = re.compile(r"((?:step|tip|rule)\s+(\d{1,2})\s*[:.)–-])\s*(\S.*)", re.DOTALL | re.IGNORECASE)
# What a line that begins with two letters has to begin with, to be an item.
_MAY_COUNT = re.compile(r"[ivx]{2,5}[.)]|step|tip|rule", re.IGNORECASE)
_ALONE = re.compile(
    rf"(?:[{_SYMBOLS}]{_AFTER_SYMBOL}|[-–*o]|\(?\d{{1,2}}[.)]|\(?(?:[a-z]|[ivx]{{1,5}})[.)]|[Ø§ü])"
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_LONGEST_MARK = 8  # characters
_DASHES = ("–", "—")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-Z]")
_LONGEST_HEADING, _MOST_HEADING_WORDS = 70, 10
# After a line that ends so, a list may begin at 1 again.
_BEFORE_A_LIST = (":", ".", ";", "?")


class Sort(Enum):
    """What a mark is: it decides when the mark counts."""

    NONE = auto()
    BULLET = auto()
    SPACED = auto()  # a hyphen, an asterisk or an “o” with a space after it
    DASH = auto()
    REPEATED = auto()  # counts if another line has the same mark
    COUNTED = auto()  # counts if it is the next of a series
    HEADING = auto()  # not a list item at all: the number belongs to a heading such as “2. What is neglect?”


@dataclass(frozen=True, slots=True)
class Marked:
    """A line as a mark and the text after it. ``series`` and ``value``: what counts up, and its place."""

    sort: Sort
    mark: str
    text: str
    series: str = ""
    value: int = 0


def is_mark_alone(row: str) -> bool:
    """Whether a line has a list mark and nothing else; its item is the line below."""
    return len(row) <= _LONGEST_MARK and bool(_ALONE.fullmatch(row))


def marked(row: str) -> tuple[Marked, ...]:
    """What a line without indent may be as a list item, the likeliest first; empty if it is none."""
    first = row[:1]
    if not first:
        return ()
    if first.isascii() and first.isalpha() and row[1:2].isalpha() and not _MAY_COUNT.match(row):
        return ()
    if match := _BULLET.match(row):
        return (Marked(Sort.BULLET, match[1], match[2]),)
    if first in "-‐‑*o–—" and (match := _SPACED.match(row)):
        sort = Sort.DASH if match[1] in _DASHES else Sort.SPACED
        return (Marked(sort, match[1], match[2]),)
    found = [
        Marked(Sort.REPEATED, match[1], match[2])
        for pattern in (_CLOSE_DASH, _LEFT_BY_A_SYMBOL_FONT)
        if (match := pattern.match(row))
    ]
    return (*found, *_counted(row), *_picture(row))


def _counted(row: str) -> list[Marked]:
    found = []
    if match := _NUMBER.match(row):
        found.append(Marked(Sort.COUNTED, match[1], match[4], "number", int(match[2] or match[3])))
    if match := _ROMAN.match(row):
        numeral = match[2].lower()
        if numeral in _ROMANS:
            found.append(Marked(Sort.COUNTED, match[1], match[3], "roman", _ROMANS.index(numeral) + 1))
    if match := _LETTER.match(row):
        found.append(Marked(Sort.COUNTED, match[1], match[3], "letter", ord(match[2].lower()) - ord("a") + 1))
    if match := _STEP.match(row):
        found.append(Marked(Sort.COUNTED, match[1], match[3], "step", int(match[2])))
    return found


def _picture(row: str) -> list[Marked]:
    """An emoji or another picture, which is a mark if it begins several lines."""
    if row[0].isascii() or unicodedata.category(row[0]) not in ("So", "Sm", "Co"):
        return []
    match = re.match(rf"(.{_AFTER_SYMBOL})\s*(\S.*)", row, re.DOTALL)
    return [Marked(Sort.REPEATED, match[1], match[2])] if match else []


def chosen_marks(rows: Sequence[str]) -> list[Marked | None]:
    """For each line, its mark if it counts.

    Numbers, letters and steps of a list count up from 1, and a list of letters, Roman numbers or steps has
    two items at least. An en or em dash is a mark if the text has another such line, or if the line follows
    a blank line or a colon.
    """
    candidates = [marked(row.strip()) for row in rows]
    repeated = Counter(option.mark for options in candidates for option in options)
    counted = _counted_lines(rows, candidates)
    counted |= _numbered_headings(rows, counted)
    result: list[Marked | None] = []
    for index, options in enumerate(candidates):
        before = rows[index - 1].strip() if index else ""
        found = counted.get(index) or next(
            (option for option in options if _counts(option, repeated, before)), None
        )
        result.append(found)
    return result


def _counts(option: Marked, repeated: Counter[str], before: str) -> bool:
    if option.sort is Sort.COUNTED:
        return False
    if option.sort is Sort.REPEATED:
        return repeated[option.mark] > 1
    if option.sort is Sort.DASH:
        return repeated[option.mark] > 1 or not before or before.endswith(":")
    return True


def _counted_lines(rows: Sequence[str], candidates: Sequence[tuple[Marked, ...]]) -> dict[int, Marked]:
    """The lines whose mark is the next of its series, by index.

    Numbers may stand alone as “1.”: a sentence seldom begins with it. The other series need a second item.
    """
    expected: dict[str, int] = {}
    first: dict[str, tuple[int, Marked]] = {}
    found: dict[int, Marked] = {}
    for index, options in enumerate(candidates):
        before = rows[index - 1].strip() if index else ""
        for option in options:
            if option.sort is not Sort.COUNTED or index in found:
                continue
            may_begin = option.series != "number" or not before or before.endswith(_BEFORE_A_LIST)
            if option.value == 1 and (may_begin or expected.get(option.series, 1) == 1):
                expected[option.series] = 2
                first[option.series] = (index, option)
                if option.series == "number":
                    found[index] = option
                    break
            elif option.value == expected.get(option.series, 1) > 1:
                expected[option.series] = option.value + 1
                if option.value == 2:
                    begun, beginning = first[option.series]
                    found.setdefault(begun, beginning)
                found[index] = option
                break
    return found


def _numbered_headings(rows: Sequence[str], counted: dict[int, Marked]) -> dict[int, Marked]:
    """Numbers that count headings rather than items, by index: “2. What is neglect?”, “4.1 In the child”.

    All lines of the series look like headings and have text of their own below them, which in half of
    them at least is no list.
    """
    found: list[int] = []
    for series in _series_of_numbers(counted):
        below = [_below(rows, index) for index in series]
        texts = sum(row in counted or not marked(rows[row].strip()) for row in below if row is not None)
        if (
            len(series) > 1
            and None not in below
            and not any(row in series for row in below)
            and texts * 2 >= len(series)
            and all(
                _is_like_heading(counted[index].text, rows, row)
                for index, row in zip(series, below, strict=True)
            )
        ):
            found += series
    sections = [index for index, row in enumerate(rows) if row[:1].isdigit() and _SECTION.match(row)]
    found += [
        index
        for index in sections
        if _is_like_heading(rows[index].lstrip("0123456789. "), rows, _below(rows, index))
    ]
    return {index: Marked(Sort.HEADING, "", rows[index].strip()) for index in found}


def _series_of_numbers(counted: dict[int, Marked]) -> list[list[int]]:
    series: list[list[int]] = []
    for index in sorted(index for index, mark in counted.items() if mark.series == "number"):
        if counted[index].value == 1 or not series:
            series.append([])
        series[-1].append(index)
    return series


def _below(rows: Sequence[str], index: int) -> int | None:
    """The next line with words."""
    return next((below for below in range(index + 1, len(rows)) if rows[below].strip()), None)


def _is_like_heading(text: str, rows: Sequence[str], below: int | None) -> bool:
    """Whether a line may be a heading, and is not the first of several lines of a paragraph."""
    following = rows[below].strip() if below is not None else ""
    if not following or (following[0].islower() and not marked(following)):
        return False
    is_short = len(text) <= _LONGEST_HEADING and len(text.split()) <= _MOST_HEADING_WORDS
    return is_short and text[:1].isupper() and not text.endswith((".", ",", ";", ":", "”", '"'))
