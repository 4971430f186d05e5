"""PG531, PG532: letters of another script, and words in two scripts.

The script of a letter is its Unicode Script property (UAX #24). A Latin word in a text of
another script must be a name that is also in the English, or English words that the translation quotes in
brackets. A word in two scripts is a slip of the
keyboard or has a look-alike letter (UTS #39, 5.2).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from parentguide.checks.finding import Severity
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.markup import PLACEHOLDER

# The codes of ISO 15924 that are not values of Script: variants, and scripts written together
# (UTS #39, 5.1). No other code needs a line.
_COMBINED = {
    "Aran": {"Arab"},
    "Cyrs": {"Cyrl"},
    "Geok": {"Geor"},
    "Hanb": {"Hani", "Bopo"},
    "Hans": {"Hani"},
    "Hant": {"Hani"},
    "Hrkt": {"Hira", "Kana"},
    "Jamo": {"Hang"},
    "Jpan": {"Hani", "Hira", "Kana"},
    "Kore": {"Hang", "Hani"},
    "Latf": {"Latn"},
    "Latg": {"Latn"},
    "Syre": {"Syrc"},
    "Syrj": {"Syrc"},
    "Syrn": {"Syrc"},
}
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_PHRASE = re.compile(r"[A-Za-z][A-Za-z'’ ]*")
# Where a capital letter does not make a name. After a colon it does.
_SENTENCE_START = re.compile(r"[.!?]\s*|[“‘]|^\*\*")


def check_scripts(message: TranslatedMessage) -> Iterator[Problem]:
    own = _COMBINED.get(message.language.script, {message.language.script})
    for word in _WORD.findall(_without_names(message)):
        scripts = {script for char in word if (script := script_of(char))}
        if own & scripts and scripts - own:
            yield Problem(
                "PG532",
                Severity.ERROR,
                f"“{word}” mixes scripts: {', '.join(sorted(map(_name_of, scripts)))}",
                "Type the word again with the keyboard of the language.",
            )
        elif scripts - own:
            yield Problem(
                "PG531",
                Severity.ERROR,
                f"“{word}” is not in the script of {message.language.english_name}",
                "Translate the word; only names stay in Latin letters.",
            )


@cache
def script_of(char: str) -> str:
    """The ISO 15924 code of a letter's script; empty for a modifier letter or what is not a letter.

    A letter that Unicode counts as common to all scripts (Zyyy), such as 𝐚, has a script of its own
    here: in a word it is a look-alike.
    """
    # It is loaded late because only this check needs it, and loading takes as long as the check.
    from fontTools.unicodedata import script

    return "" if not char.isalpha() or unicodedata.category(char) == "Lm" else str(script(char))


def _name_of(code: str) -> str:
    from fontTools.unicodedata import script_name

    return str(script_name(code))


def _without_names(message: TranslatedMessage) -> str:
    """The text without placeholders, without the names that are also in the English, and without words in
    brackets that are a part of the English: a term that parents will hear at school.

    A name may have an ending of the language (NSPCC-কে), or be written without spaces around it.
    """
    text = PLACEHOLDER.sub(" ", message.text)
    text = _IN_BRACKETS.sub(lambda match: _without_english(match[0], message.english), text)
    for name in _names(message.english):
        # A single letter may not: inside a word it is a look-alike.
        letter = "[A-Za-z]" if len(name) > 1 else r"[^\W\d_]"
        text = re.sub(rf"(?<!{letter}){re.escape(name)}(?!{letter})", " ", text)
    return text


def _without_english(text: str, english: str) -> str:
    """The text without the phrases in Latin letters that are also in the English."""
    known = english.replace("’", "'").lower()

    def kept(match: re.Match[str]) -> str:
        return " " if match[0].strip().replace("’", "'").lower() in known else match[0]

    return _PHRASE.sub(kept, text)


# All languages have the same English.
@lru_cache(maxsize=4096)
def _names(english: str) -> tuple[str, ...]:
    """Words of the English that are names, short forms or single letters, such as NSPCC or (a);
    the longest first."""
    names = set()
    for sentence in _SENTENCE_START.split(PLACEHOLDER.sub(" ", english)):
        for number, found in enumerate(_WORD.findall(sentence)):
            word = found.removesuffix("'s").removesuffix("’s")
            capitals = sum(char.isupper() for char in word)
            if len(word) == 1 or capitals > 1 or (capitals and number):
                names.add(word)
    return tuple(sorted(names, key=len, reverse=True))
