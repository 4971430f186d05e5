"""Languages as people write them, by tag or by name -> BCP 47 tags."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from parentguide.errors import InvalidValueError
from parentguide.schools.texts import refused

# language [- script] [- region], as BCP 47 writes them (RFC 5646, 2.1); case does not count there.
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?", re.IGNORECASE | re.ASCII)
_SEPARATOR = re.compile(r"\s*[,;/\n+&|·•،、]\s*|\s+(?:and|or)\s+", re.IGNORECASE)
# What people in the UK call a language where CLDR has another name for it, or means another one.
_USUAL = {
    "akan": "ak",
    "bengali": "bn",
    "brazilian portuguese": "pt-BR",
    "british sign language": "bfi",
    "bsl": "bfi",
    "cantonese": "zh-Hant",
    "castilian": "es",
    "dari": "fa-AF",
    "eastern punjabi": "pa-Guru",
    "farsi": "fa",
    "flemish": "nl",
    "haitian creole": "ht",
    "kurdish kurmanji": "ku",
    "kurdish sorani": "ckb",
    "kurmanji": "ku",
    "kurmanji kurdish": "ku",
    "mandarin": "zh-Hans",
    "mandarin chinese": "zh-Hans",
    "moldovan": "ro",
    "oromo": "om",
    "gurmukhi punjabi": "pa-Guru",
    "shahmukhi punjabi": "pa-Arab",
    "persian": "fa",
    "portuguese": "pt-PT",
    "punjabi": "pa",
    "pushto": "ps",
    "simplified chinese": "zh-Hans",
    "singhalese": "si",
    "sorani": "ckb",
    "sorani kurdish": "ckb",
    "sylheti": "syl",
    "tagalog": "fil",
    "traditional chinese": "zh-Hant",
    "twi": "ak",
    "western punjabi": "pa-Arab",
}
# One name for languages whose speakers do not understand each other.
_WHICH = {"kurdish": "Kurmanji or Sorani"}


def parse_languages(written: str | Iterable[str]) -> tuple[str, ...]:
    """“Polish, Urdu”, or a list such as ``["PL", "Farsi"]`` -> each language's tag once."""
    parts = [written] if isinstance(written, str) else written
    return tuple(dict.fromkeys(tag for part in parts for tag in _tags(part)))


def _tags(part: str) -> list[str]:
    words = [word for word in _SEPARATOR.split(part.strip()) if word and word.casefold() != "and"]
    try:
        return [parse_language(word) for word in words]
    except InvalidValueError:
        # “pl ur”: only spaces between them. A name may have spaces too, so this comes last.
        tags = [_find(word) for word in part.split()]
        if not all(tags):
            raise
        return [tag for tag in tags if tag]


def parse_language(written: str) -> str:
    """A tag in any case, or the English or own name of a language -> the tag in its usual case."""
    word = _folded(written)
    if word in _WHICH:
        remedy = f"Write which one it is: {_WHICH[word]}."
        raise refused(written, "one language", remedy, "its speakers do not all understand each other")
    tag = _find(written)
    if tag is None:
        near = _near(word)
        remedy = f"Did you mean “{near.title()}”? " if near else ""
        example = "Write its English name, such as Polish, or its code, such as pl or pa-Guru."
        raise refused(written, "a language that we know", f"{remedy}{example}")
    return tag


# Thousands of rows of a table may have the same slip.
@lru_cache(maxsize=1_000)
def _near(word: str) -> str:
    """The name that is most like ``word``; empty if none is."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:60], [*_USUAL, *_names()], n=1, cutoff=0.75)), "")


def _find(written: str) -> str | None:
    """The tag of a tag or a name; None where nobody can know."""
    word = _folded(written)
    tag = _tag(written.strip().replace("_", "-")) or _named(word)
    kind = re.fullmatch(r"(.+?) ?\((.+)\)", word)
    if tag or kind is None:
        return tag
    # “Chinese (simplified)” is “simplified Chinese”, and “Twi (Akan)” has two names of one language.
    first, second = _named(kind[1]), _named(kind[2])
    return _named(f"{kind[2]} {kind[1]}") or (first if first == second else None)


def _named(word: str) -> str | None:
    return _USUAL.get(word) or _names().get(word)


def _tag(written: str) -> str | None:
    from babel import Locale

    match = _TAG.fullmatch(written)
    if match is None or match[1].lower() not in Locale("en").languages:
        return None
    language, script, region = (part or "" for part in match.groups())
    return "-".join(part for part in (language.lower(), script.title(), region.upper()) if part)


@cache
def _names() -> dict[str, str]:
    """The tag of each language in CLDR by its English name and by its own, folded."""
    from babel import Locale
    from babel.localedata import exists

    english = {str(code): str(name) for code, name in Locale("en").languages.items()}
    names: dict[str, str] = {}
    for code in (code for code in english if exists(code) and "_" not in code):
        own = Locale.parse(code).languages.get(code, "")
        names.setdefault(_folded(own), code)
    for code, name in english.items():
        names[_folded(name)] = code.replace("_", "-")
    names.pop("", None)
    return names


def _folded(name: str) -> str:
    """The name for comparing: without accents, case, and what people add, such as “speakers”."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Cf"))
    usual = letters.replace("panjabi", "punjabi")
    return re.sub(r"\s+(?:speaking|speakers?|language)$", "", " ".join(usual.split())).strip(" .")
