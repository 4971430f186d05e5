"""A newsletter's text, as it came out of a PDF, turned into numbered statements.

:func:`decode` and :func:`read_statements` are pure. They undo what a PDF leaves:
hard line breaks, headings with a leading space, list items over several lines or
without their dash, words cut at a line's end, ligatures, odd spaces.

The rules rest on one observation: in running text a line ends where the next word
would not have fitted. A line that ends a sentence although the next word *would*
have fitted was broken on purpose, and ends its paragraph.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from parentguide.errors import SourceError
from parentguide.model.statement import Statement, StatementKind

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile("[\t\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BULLET = re.compile(r"^\s*(?P<mark>[-‐‑•‣◦▪▫●○∙·*\uf0b7\uf0a7✓➢➤►]|[–—]|o|\(?\d{1,2}[.)])\s+(?P<text>\S.*)$")
_NUMBER = re.compile(r"\d+")
_HASH_HEADING = re.compile(r"#+\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_OPEN_QUOTES = {"“": "”", '"': '"', "„": "“"}
_HEADING_WORDS = 14
_LONG_QUOTATION_WORDS = 15
_HYPHEN_PREFIXES = {"self", "non", "well", "co", "ex", "anti", "semi", "multi", "peer", "one"}
_LOST_HYPHEN_PREFIXES = ("non", "self")


def decode(data: bytes, path: Path | None = None) -> str:
    """Bytes of a text file -> text, whatever a school's computer saved it as.

    UTF-8 and UTF-16 with or without a byte-order mark, else Windows-1252.
    Raises :class:`SourceError` if it is no text at all.
    """
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for attempt in (encoding, "cp1252"):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SourceError(
        "this is not a text file",
        path=path,
        remedy="Open the newsletter, select all its text, and save it as plain text (UTF-8, .txt).",
    )


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    indent: int
    mark: str = ""

    @property
    def blank(self) -> bool:
        return not self.text

    @property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text))


@dataclass(slots=True)
class _Open:
    """A statement while its lines are being collected."""

    kind: StatementKind
    line: int
    pieces: list[str] = field(default_factory=list)


def read_statements(text: str) -> tuple[Statement, ...]:
    """Newsletter text -> its statements, numbered from 1 in reading order.

    A quotation that opens a line and runs over several sentences (the official
    definition) is kept letter for letter, one statement a paragraph, without its
    quotation marks; only the PDF's line breaks are undone in it.
    Raises :class:`SourceError` when the text holds no words.
    """
    lines = _lines(text)
    if not any(line.text for line in lines):
        raise SourceError("the newsletter is empty", remedy="Give a file with the text in it.")
    words = set(re.findall(r"[\w’'-]+", text.lower()))
    statements: list[Statement] = []
    for draft in _drafts(lines):
        joined = _join(draft.pieces, words)
        if draft.kind is not StatementKind.QUOTATION:
            joined = _restore_hyphens(joined, words)
        statements.append(Statement(len(statements) + 1, draft.kind, joined, draft.line))
    return tuple(statements)


def _lines(text: str) -> list[_Line]:
    """Clean each line and tell whether it begins with the mark of a list item."""
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    # A soft hyphen at a line's end is a cut word; anywhere else it is invisible.
    text = re.sub("\u00ad(?=\\s*(?:\r\n|\r|\n))", "-", text).replace("\u00ad", "")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text)
    rows = re.split(r"\r\n|\r|\n|\f|\u2028|\u2029|\x85", text)
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    return _without_false_marks(lines)


def _line(number: int, row: str) -> _Line:
    indent = len(row) - len(row.lstrip())
    match = _BULLET.match(row)
    if match:
        return _Line(number, _squeeze(match["text"]), indent, match["mark"])
    return _Line(number, _squeeze(row), indent)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _without_false_marks(lines: list[_Line]) -> list[_Line]:
    """A dash or a number that a sentence happens to wrap on is not a list mark.

    Numbers must count up from 1; an en or em dash must stand at two lines at least,
    or follow a blank line or a colon.
    """
    dashes = sum(line.mark in ("–", "—") for line in lines)
    expected = 1
    result: list[_Line] = []
    for index, line in enumerate(lines):
        before = lines[index - 1].text if index else ""
        digits = _NUMBER.search(line.mark)
        false_mark = False
        if digits:
            value = int(digits[0])
            if value == 1 and (not before or before.endswith((":", ".", ";", "?"))):
                expected = 1
            false_mark = value != expected
            expected += not false_mark
        elif line.mark in ("–", "—"):
            false_mark = dashes < 2 and bool(before) and not before.endswith(":")
        plain = _Line(line.number, f"{line.mark} {line.text}", line.indent)
        result.append(plain if false_mark else line)
    return result


def _drafts(lines: list[_Line]) -> Iterator[_Open]:  # noqa: PLR0912
    """Group the lines into statements."""
    body_indent = _usual_indent(lines)
    width = _width(lines)
    current: _Open | None = None
    previous: _Line | None = None
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.blank:
            if current and not _list_goes_on(current, lines, index):
                yield current
                current = None
            index += 1
            continue
        quotation_end = _quotation_end(lines, index) if not line.mark else None
        if quotation_end is not None:
            if current:
                yield current
            current, previous = None, None
            yield from _quotation(lines[index : quotation_end + 1])
            index = quotation_end + 1
            continue
        if line.mark:
            if current:
                yield current
            current = _Open(StatementKind.ITEM, line.number, [line.text])
        elif current and previous and not _begins_anew(current, previous, line, lines, index, width):
            current.pieces.append(line.text)
        elif _lost_its_mark(current, previous, line, lines, index, body_indent):
            assert current is not None
            yield current
            current = _Open(StatementKind.ITEM, line.number, [line.text])
        else:
            if current:
                yield current
            current = None
            if _is_heading(line, lines, index, body_indent, width):
                yield _Open(StatementKind.HEADING, line.number, [_HASH_HEADING.sub("", line.text)])
            else:
                current = _Open(StatementKind.PARAGRAPH, line.number, [line.text])
        previous = line if current else None
        index += 1
    if current:
        yield current


def _usual_indent(lines: list[_Line]) -> int:
    indents = [line.indent for line in lines if line.text and not line.mark]
    return max(set(indents), key=indents.count) if indents else 0


def _width(lines: list[_Line]) -> int:
    """The column's width in characters: that of the usual full line."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    return lengths[(len(lengths) * 3) // 4] if lengths else 0


def _list_goes_on(current: _Open, lines: list[_Line], index: int) -> bool:
    """An item that was cut by a page break goes on below the blank line."""
    if current.kind is not StatementKind.ITEM:
        return False
    text = current.pieces[-1]
    following = next((line for line in lines[index:] if line.text), None)
    return (
        following is not None
        and not following.mark
        and not text.endswith((".", ";", ":", "!", "?"))
        and following.text[:1].islower()
    )


def _first_word_fits(line: _Line, following: _Line, width: int) -> bool:
    first = following.text.split(" ", 1)[0]
    return len(line.text) + 1 + len(first) <= width


def _paragraph_width(lines: list[_Line], index: int) -> int:
    """The longest line of the run of lines that ``index`` stands in, marks left out."""
    first = index
    while first > 0 and lines[first - 1].text:
        first -= 1
    last = index
    while last + 1 < len(lines) and lines[last + 1].text:
        last += 1
    return max(len(line.text) for line in lines[first : last + 1])


def _begins_anew(
    current: _Open, previous: _Line, line: _Line, lines: list[_Line], index: int, width: int
) -> bool:
    """Does ``line`` begin a statement of its own, rather than go on with the one before?"""
    body_indent = _usual_indent(lines)
    if _marked_as_heading(line, body_indent):
        return True
    starts_sentence = bool(re.match(r"[\"“‘(]?[A-Z0-9]", line.text))
    if current.kind is StatementKind.ITEM:
        if _item_is_closed(current):
            return True
        if previous.ends_sentence and starts_sentence:
            # An item of several sentences wraps at the full width; a new paragraph does not.
            return True
        return starts_sentence and _capital_item_follows(previous, line, lines, index, width)
    if not starts_sentence:
        return False
    run_width = _paragraph_width(lines, index)
    return previous.ends_sentence and _first_word_fits(previous, line, run_width)


def _item_is_closed(current: _Open) -> bool:
    return bool(re.search(r";(?:\s+(?:and|or))?$", " ".join(current.pieces)))


def _capital_item_follows(previous: _Line, line: _Line, lines: list[_Line], index: int, width: int) -> bool:
    """In a list without end punctuation: a short line, then a capital, then another mark."""
    if not _first_word_fits(previous, line, int(width * 0.8)):
        return False
    following = next((other for other in lines[index + 1 :] if other.text), None)
    return following is not None and bool(following.mark)


def _lost_its_mark(
    current: _Open | None,
    previous: _Line | None,
    line: _Line,
    lines: list[_Line],
    index: int,
    body_indent: int,
) -> bool:
    """A list item whose dash the PDF lost: after ";" in a list, or between two marks."""
    if current is None or previous is None or current.kind is not StatementKind.ITEM:
        return False
    if _marked_as_heading(line, body_indent):
        return False
    if _item_is_closed(current):
        return True
    following = next((other for other in lines[index + 1 :] if other.text), None)
    return following is not None and bool(following.mark) and not line.text.endswith(":")


def _marked_as_heading(line: _Line, body_indent: int) -> bool:
    """A heading by a mark of its own: capitals, a ``#``, or the PDF's leading space."""
    text = line.text
    if line.mark or len(text.split()) > _HEADING_WORDS or _ends_like_prose(text):
        return False
    letters = [char for char in text if char.isalpha()]
    if _HASH_HEADING.match(text):
        return True
    if len(letters) > 3 and all(char.isupper() for char in letters):
        return True
    return line.indent > body_indent and line.indent <= body_indent + 2 and text[:1].isupper()


def _ends_like_prose(text: str) -> bool:
    return text.endswith((".", ",", ";", "”", '"'))


def _is_heading(line: _Line, lines: list[_Line], index: int, body_indent: int, width: int) -> bool:
    """A heading by its mark, or by its look: short, a capital, no full stop, broken early."""
    if _marked_as_heading(line, body_indent):
        return True
    text = line.text
    if len(text.split()) > _HEADING_WORDS or _ends_like_prose(text) or text.endswith(":"):
        return False
    if not re.match(r"[\d\W]*[A-Z]", text) or re.search(r"\d{5}|@|www\.", text):
        return False
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.blank:
        return _first_word_fits(line, line, max(width, 40))
    if following.text[:1].islower():
        return False
    return _first_word_fits(line, following, int(width * 0.75))


def _quotation_end(lines: list[_Line], index: int) -> int | None:
    """The line where a long quotation that opens at ``index`` closes, or None."""
    closing = _OPEN_QUOTES.get(lines[index].text[:1])
    if closing is None:
        return None
    count = 0
    for end in range(index, len(lines)):
        text = lines[end].text
        body = text[1:] if end == index else text
        count += len(body.split())
        if closing in body:
            at_the_end = re.fullmatch(f"[^{closing}]*{closing}[.,;]?", body)
            return end if at_the_end and count >= _LONG_QUOTATION_WORDS else None
    return None


def _quotation(lines: list[_Line]) -> Iterator[_Open]:
    """The paragraphs of a quotation, its two marks taken off."""
    texts = [f"{line.mark} {line.text}" if line.mark else line.text for line in lines]
    texts[0] = texts[0][1:].lstrip()
    texts[-1] = re.sub(r"[”\"“][.,;]?$", "", texts[-1]).rstrip()
    width = max(len(text) for text in texts)
    current = _Open(StatementKind.QUOTATION, lines[0].number)
    for position, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if not text:
            if current.pieces:
                yield current
            current = _Open(StatementKind.QUOTATION, line.number + 1)
            continue
        current.pieces.append(text)
        if position + 1 < len(texts) and texts[position + 1]:
            first = texts[position + 1].split(" ", 1)[0]
            broken_early = len(text) + 1 + len(first) <= width
            if _SENTENCE_END.search(text) and first[:1].isupper() and broken_early:
                yield current
                current = _Open(StatementKind.QUOTATION, lines[position + 1].number)
    if current.pieces:
        yield current


def _join(pieces: list[str], words: set[str]) -> str:
    """Put the lines of one statement together, mending words cut at a line's end."""
    joined = pieces[0]
    for piece in pieces[1:]:
        cut = re.search(r"([A-Za-z’']+)[-‐]$", joined)
        tail = re.match(r"[A-Za-z’']+", piece)
        if cut and tail and tail[0][0].islower():
            joined = joined if _keeps_hyphen(cut[1], tail[0], words) else joined[:-1]
            joined += piece
        elif joined.endswith("/"):
            joined += piece
        else:
            joined = f"{joined} {piece}"
    return joined


def _keeps_hyphen(head: str, tail: str, words: set[str]) -> bool:
    whole, hyphened = f"{head}{tail}".lower(), f"{head}-{tail}".lower()
    if hyphened in words:
        return True
    return whole not in words and head.lower() in _HYPHEN_PREFIXES


def _restore_hyphens(text: str, words: set[str]) -> str:
    """``noncontact`` -> ``non-contact``, where the text itself also says ``contact``."""

    def mend(match: re.Match[str]) -> str:
        prefix, rest = match[1], match[2]
        return f"{prefix}-{rest}" if rest.lower() in words and len(rest) > 3 else match[0]

    return re.sub(rf"\b({'|'.join(_LOST_HYPHEN_PREFIXES)})([a-z]+)\b", mend, text)
