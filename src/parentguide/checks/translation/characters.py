"""PG541 to PG543: the Unicode form, hidden characters and white space."""

import re
import unicodedata
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

# Direction marks (UAX #9), word joiners, byte order marks, soft hyphens, tatweel. Zero-width joiners
# and non-joiners belong to the spelling of some languages, so their position decides.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0640]")
_JOINER = re.compile("[\u200c\u200d]")


def check_characters(message: TranslatedMessage) -> Iterator[Problem]:
    text = message.text
    if unicodedata.normalize("NFC", text) != text:
        yield Problem(
            "PG541", Severity.ERROR, "the text is not in Unicode form NFC", "Normalise it (UAX #15, NFC)."
        )
    hidden = sorted({f"U+{ord(char):04X}" for char in _HIDDEN.findall(text)})
    if hidden:
        yield Problem(
            "PG542",
            Severity.ERROR,
            f"hidden characters: {', '.join(hidden)}",
            "Delete them: pages and sheets set the direction themselves.",
        )
    if any(_joins_nothing(text, match.start()) for match in _JOINER.finditer(text)):
        yield Problem(
            "PG542",
            Severity.ERROR,
            "a zero-width joiner or non-joiner is not between two letters",
            "Delete it, or move it between two letters of one word.",
        )
    if text != text.strip() or re.search(r"[ \u00a0]{2}|[\n\t]", text):
        yield Problem(
            "PG543",
            Severity.ERROR,
            "white space at the beginning or the end, two spaces, a tab or a line break",
            "Leave one space between words.",
        )


def _joins_nothing(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return not (before and after) or not (_is_letter_or_sign(before) and _is_letter_or_sign(after))


def _is_letter_or_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"
