"""PG551 to PG553: the end of a sentence, spaces at marks, and pairs of brackets and quotes."""

import re
from collections.abc import Iterator

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage

_CLOSING = "”’\"'»“)）」』* \u00a0"
# Marks of the same meaning in the scripts of the guides.
_KINDS = {
    "stop": ".।۔።。",
    "question": "?؟？፧",
    "exclamation": "!！",
    "colon": ":：፦፡፥",
}
_SPACE_BEFORE = re.compile(r" [.,;:!?،؛؟۔।。，、：；？！።፣፤፦]")
_PAIRS = (("(", ")"), ("（", "）"), ("«", "»"), ("「", "」"), ("{", "}"))


def ending(text: str) -> str:
    """What kind of mark a text ends with, behind its closing quotes and brackets; or nothing."""
    last = text.rstrip(_CLOSING)[-1:]
    return next((kind for kind, marks in _KINDS.items() if last and last in marks), "")


def check_punctuation(pair: TranslatedMessage) -> Iterator[Problem]:
    wanted, found = ending(pair.english), ending(pair.text)
    # A field or a bracket at the very end has no mark in either.
    if wanted != found:
        yield Problem(
            "PG551",
            Severity.ERROR,
            f"ends with {found or 'no mark'}, and the English with {wanted or 'none'}",
            "End it as the English ends, with the mark of the language.",
        )
    elif found == "stop" and pair.text.rstrip(_CLOSING)[-1] != pair.language.stop:
        yield Problem(
            "PG551",
            Severity.ERROR,
            f"a sentence ends with “{pair.text.rstrip(_CLOSING)[-1]}”",
            f"{pair.language.english_name} ends a sentence with “{pair.language.stop}”.",
        )
    if _SPACE_BEFORE.search(pair.text):
        yield Problem(
            "PG552",
            Severity.ERROR,
            "a space before a mark",
            "Take it out; where the language wants one, use a no-break space.",
        )
    for opening, closing in _PAIRS:
        if pair.text.count(opening) != pair.text.count(closing):
            yield Problem(
                "PG553",
                Severity.ERROR,
                f"“{opening}” and “{closing}” are not in pairs",
                "Write both or none.",
            )
