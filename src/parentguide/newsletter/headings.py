"""Which lines of a newsletter are headings."""

import re

from parentguide.newsletter.lines import Layout, Line

_MOST_WORDS = 14
_LONGEST = 200  # characters
_LEAST_CAPITALS = 3  # letters; “NHS” may be a whole paragraph
_HASH = re.compile(r"#+\s+(?=\S)")
_CAPITAL_FIRST = re.compile(r"[\d\W]*[A-Z]")
_PHONE_OR_ADDRESS = re.compile(r"\d{5}|\b0\d{3} \d{3,4}\b|\b\d{3}\b.*\b\d{3,4}$|@|www\.|https?:")
_TWO_SENTENCES = re.compile(r"(?<!\bRev)(?<!\bProf)(?<=[a-z]{2})\.[”’\"]?\s+[A-Z(“]")
# A heading above a line of text fills at most so much of the column.
_SHORT = 0.8
# A line shorter than this is not a full line, even in a text of short lines.
_LEAST_WIDTH = 40


def heading_text(line: Line) -> str:
    """The words of a heading, without the ``#`` of Markdown."""
    return _HASH.sub("", line.text)


def has_heading_mark(line: Line, body_indent: int) -> bool:
    """Whether the line is marked as a heading: by capitals, a ``#``, or the leading space of a PDF."""
    text = line.text
    is_indented = body_indent < line.indent <= body_indent + 2 and text[:1].isupper()
    # The cheapest questions come first: a text may have 100,000 lines.
    if not (is_indented or text.startswith("#") or text.isupper()) or line.mark:
        return False
    if len(text) > _LONGEST or _ends_like_prose(text) or len(text.split()) > _MOST_WORDS:
        return False
    return is_indented or bool(_HASH.match(text)) or is_in_capitals(text)


def is_in_capitals(text: str) -> bool:
    """Whether a text is in capitals as headings are; “NSPCC: 0808 800 5000” is not."""
    return text.isupper() and sum(map(str.isalpha, text)) > _LEAST_CAPITALS and not has_contact(text)


def is_heading(line: Line, below: Line | None, layout: Layout) -> bool:
    """Whether the line is a heading by its mark or its look. ``below`` is the line right below it.

    A line looks like a heading if it is short, begins with a capital, does not end like prose, and
    ends before the column does.
    """
    if has_heading_mark(line, layout.body_indent):
        return True
    text = line.text
    if text.endswith(":") or not looks_like_heading(text):
        return False
    if below is None or below.blank:
        return line.first_word_fits(text, max(layout.width, _LEAST_WIDTH))
    if below.text[:1].islower():
        return False
    return line.first_word_fits(below.text, int(layout.width * _SHORT))


def looks_like_heading(text: str) -> bool:
    """Whether a line is short, begins with a capital, and does not end like prose."""
    if len(text) > _LONGEST or _ends_like_prose(text) or not _CAPITAL_FIRST.match(text):
        return False
    if text.startswith("(") or len(text.split()) > _MOST_WORDS or has_two_sentences(text):
        return False
    return not _PHONE_OR_ADDRESS.search(text)


def has_two_sentences(text: str) -> bool:
    return bool(_TWO_SENTENCES.search(text))


def has_contact(text: str) -> bool:
    """Whether a line gives a telephone number, or an address for mail or on the web."""
    return bool(_PHONE_OR_ADDRESS.search(text))


def _ends_like_prose(text: str) -> bool:
    return text.endswith((".", ",", ";", "”", '"'))
