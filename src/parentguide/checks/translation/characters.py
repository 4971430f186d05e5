"""PG541 to PG543: the Unicode form, hidden marks and white space."""

import re
import unicodedata
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

# Direction marks (UAX #9), word joiners, byte order marks, tatweel. Zero-width joiners and
# non-joiners are letters' business, and are looked at by position.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0640]")
_JOINER = re.compile("[\u200c\u200d]")


def check_characters(pair: TranslatedMessage) -> Iterator[Problem]:
    if unicodedata.normalize("NFC", pair.text) != pair.text:
        yield Problem(
            "PG541", Severity.ERROR, "the text is not in Unicode form NFC", "Normalise it (UAX #15, NFC)."
        )
    hidden = sorted({f"U+{ord(char):04X}" for char in _HIDDEN.findall(pair.text)})
    if hidden:
        yield Problem(
            "PG542",
            Severity.ERROR,
            f"hidden marks: {', '.join(hidden)}",
            "Delete them: page and sheet set directions themselves.",
        )
    if any(_misplaced(pair.text, match.start()) for match in _JOINER.finditer(pair.text)):
        yield Problem(
            "PG542",
            Severity.ERROR,
            "a zero-width joiner or non-joiner stands where it joins nothing",
            "It belongs between two letters of one word.",
        )
    if pair.text != pair.text.strip() or re.search(r"[ \u00a0]{2}|[\n\t]", pair.text):
        yield Problem(
            "PG543", Severity.ERROR, "white space at an end, or twice", "Leave one space between words."
        )


def _misplaced(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return (
        not (before and after)
        or unicodedata.category(before)[0] not in "LM"
        or unicodedata.category(after)[0] not in "LM"
    )
