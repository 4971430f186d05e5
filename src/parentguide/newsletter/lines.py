"""The lines of a newsletter's text, cleaned of what a PDF adds, and their layout."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Self

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile("[\t\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_BREAK = re.compile("\r\n|\r|\n|\f|\u2028|\u2029|\x85")
# A soft hyphen at the end of a line marks a cut word; anywhere else it is invisible.
_CUTTING_SOFT_HYPHEN = re.compile("\u00ad(?=\\s*(?:\r\n|\r|\n))")
_BULLET = re.compile(r"^\s*(?P<mark>[-‐‑•‣◦▪▫●○∙·*\uf0b7\uf0a7✓➢➤►]|[–—]|o|\(?\d{1,2}[.)])\s+(?P<text>\S.*)$")
_NUMBER = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_DASHES = ("–", "—")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its text without a list mark, its indent in characters, its list mark.

    ``text`` has single spaces and is empty for a blank line; ``mark`` is empty for a line without one.
    """

    number: int
    text: str
    indent: int
    mark: str = ""

    @property
    def blank(self) -> bool:
        return not self.text

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    def first_word_fits(self, following: str, width: int) -> bool:
        """Whether the first word of ``following`` has room in this line of ``width`` characters."""
        return len(self.text) + 1 + len(following.split(" ", 1)[0]) <= width


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text))


def read_lines(text: str) -> tuple[Line, ...]:
    """The text's lines in NFC, without ligatures, invisible characters and false list marks."""
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    text = _CUTTING_SOFT_HYPHEN.sub("-", text).replace("\u00ad", "")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text)
    return _without_false_marks([_line(number, row) for number, row in enumerate(_LINE_BREAK.split(text), 1)])


def _line(number: int, row: str) -> Line:
    indent = len(row) - len(row.lstrip())
    match = _BULLET.match(row)
    if match:
        return Line(number, _single_spaced(match["text"]), indent, match["mark"])
    return Line(number, _single_spaced(row), indent)


def _single_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _without_false_marks(lines: list[Line]) -> tuple[Line, ...]:
    """Give a dash or number back to the text where a sentence only happens to wrap at it.

    Numbers of a list count up from 1. An en or em dash is a list mark if the text has another
    such line, or if the line follows a blank line or a colon.
    """
    dashes = sum(line.mark in _DASHES for line in lines)
    expected = 1
    result: list[Line] = []
    for index, line in enumerate(lines):
        before = lines[index - 1].text if index else ""
        digits = _NUMBER.search(line.mark)
        is_false = False
        if digits:
            value = int(digits[0])
            if value == 1 and (not before or before.endswith((":", ".", ";", "?"))):
                expected = 1
            is_false = value != expected
            expected += not is_false
        elif line.mark in _DASHES:
            is_false = dashes < 2 and bool(before) and not before.endswith(":")
        plain = Line(line.number, f"{line.mark} {line.text}", line.indent)
        result.append(plain if is_false else line)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a text have in common. Widths and indents are in characters.

    ``width`` is that of the usual full line. ``run_widths`` has, for each line, the longest line of
    its run of lines without a blank one; ``following`` the next line with words below it.
    """

    body_indent: int
    width: int
    run_widths: tuple[int, ...]
    following: tuple[Line | None, ...]

    @classmethod
    def of(cls, lines: tuple[Line, ...]) -> Self:
        return cls(_usual_indent(lines), _usual_width(lines), _run_widths(lines), _following(lines))


def _usual_indent(lines: tuple[Line, ...]) -> int:
    indents = [line.indent for line in lines if line.text and not line.mark]
    counts = Counter(indents)
    return max(set(indents), key=counts.__getitem__) if indents else 0


def _usual_width(lines: tuple[Line, ...]) -> int:
    lengths = sorted(len(line.text) for line in lines if line.text)
    return lengths[(len(lengths) * 3) // 4] if lengths else 0


def _run_widths(lines: tuple[Line, ...]) -> tuple[int, ...]:
    widths: list[int] = []
    for _, group in groupby(lines, key=lambda line: line.blank):
        lengths = [len(line.text) for line in group]
        widths += [max(lengths)] * len(lengths)
    return tuple(widths)


def _following(lines: tuple[Line, ...]) -> tuple[Line | None, ...]:
    found: list[Line | None] = []
    following: Line | None = None
    for line in reversed(lines):
        found.append(following)
        following = following if line.blank else line
    return tuple(reversed(found))
