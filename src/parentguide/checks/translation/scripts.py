"""PG531, PG532: letters of another script, and words of two.

A Latin word in a text of another script must be a name that the English has too. A
word of two scripts is a slip of the keyboard or a look-alike (UTS #39, 5.2).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.markup import PLACEHOLDER

# ISO 15924 -> the word that begins the Unicode name of the script's letters.
UNICODE_NAMES = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Beng": "BENGALI",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Gujr": "GUJARATI",
    "Guru": "GURMUKHI",
    "Hans": "CJK",
    "Hant": "CJK",
    "Mlym": "MALAYALAM",
    "Sinh": "SINHALA",
    "Taml": "TAMIL",
    "Telu": "TELUGU",
}
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")


@cache
def script_of(char: str) -> str:
    """The script of a letter, as its Unicode name begins; empty for what no script owns."""
    name = unicodedata.name(char, "")
    return (
        "" if not char.isalpha() or name.startswith("MODIFIER LETTER") else name.split(" ")[0].split("-")[0]
    )


def check_scripts(pair: TranslatedMessage) -> Iterator[Problem]:
    own = UNICODE_NAMES.get(pair.language.script)
    if own is None:
        return
    # A name may have an ending of the language behind it (NSPCC-কে), or stand between signs.
    text = PLACEHOLDER.sub(" ", pair.text)
    for name in _names(pair.english):
        # A single letter may not: inside a word it is a look-alike.
        letter = "[A-Za-z]" if len(name) > 1 else r"[^\W\d_]"
        text = re.sub(rf"(?<!{letter}){re.escape(name)}(?!{letter})", " ", text)
    for word in _WORD.findall(text):
        scripts = {script_of(char) for char in word} - {""}
        if own in scripts and len(scripts) > 1:
            yield Problem(
                "PG532",
                Severity.ERROR,
                f"“{word}” mixes scripts: {', '.join(sorted(scripts))}",
                "Type the word again with the keyboard of the language.",
            )
        elif scripts - {own}:
            yield Problem(
                "PG531",
                Severity.ERROR,
                f"“{word}” is not in the script of {pair.language.english_name}",
                "Translate the word; only names stay in Latin letters.",
            )


# All languages have the same English.
@lru_cache(maxsize=4096)
def _names(english: str) -> tuple[str, ...]:
    """Words of the English that are names, short forms or single letters, such as NSPCC or (a);
    the longest first."""
    names = set()
    for sentence in re.split(r"[.:!?]\s*|\*\*", PLACEHOLDER.sub(" ", english)):
        for number, word in enumerate(_WORD.findall(sentence)):
            capitals = sum(char.isupper() for char in word)
            if len(word) == 1 or capitals > 1 or (capitals and number):
                names.add(word)
    return tuple(sorted(names, key=len, reverse=True))
