"""What a school writes as a pupil's language -> languages of the guides.

Names and codes of languages.toml, of CLDR and ISO 639, and of the school census in England
(``census_languages.toml``), in any case, with or without accents, and with words in any order: “Kurdish
(Sorani)” and “Sorani Kurdish” are the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from parentguide.infra.files import read_text
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml
from parentguide.model.language import Language

_PATH = Path(__file__).with_name("census_languages.toml")
# A longer text is a remark, not the name of a language.
LONGEST = 60
_LONGEST_CODE = 4
# language [- script] [- region] (RFC 5646, 2.1).
_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}))?", re.IGNORECASE | re.ASCII)
_APART = re.compile(r"[,;/|+&\n·•]|\s[-–—]\s|:\s|\s(?:and|or)\s", re.IGNORECASE)
_LISTED = re.compile(r"[,;+&\n]|\s(?:and|or)\s", re.IGNORECASE)
_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)?")
# Words that people add to a name. “Language” is one of them only beside a name.
_ADDED = frozenset({"language", "languages", "speaking", "speaker", "speakers", "any", "other", "dialect"})
# The words that stand for one another in names.
_SPELLINGS = {
    "punjabi": "panjabi",
    "panjaabi": "panjabi",
    "gurumukhi": "gurmukhi",
    "putonghua": "mandarin",
    "farsee": "farsi",
    "kurmanci": "kurmanji",
    "bahdini": "badini",
    "pakhto": "pashto",
}

# “english”: English, or believed to be. “nothing”: no language is known.
Word: TypeAlias = Literal["english", "nothing"]
_Key: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """One language that a text names. ``tags`` are the guides that it may mean, in the order of
    languages.toml: several for a name such as “Chinese”, none where there is no guide. ``name`` is its
    English name. Not ``sure``: several are possible, or a word such as “Nigerian” was written."""

    name: str
    tags: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text means: languages, or a :data:`Word`; neither for a text that is not known."""

    mentions: tuple[Mention, ...] = ()
    word: Word | None = None

    @property
    def known(self) -> bool:
        return bool(self.mentions) or self.word is not None


@dataclass(frozen=True, slots=True)
class _CensusFile:
    words: dict[str, list[str]] = field(default_factory=dict)
    meanings: dict[str, list[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)


@cache
def _census() -> _CensusFile:
    return structure(parse_toml(read_text(_PATH), _PATH), _CensusFile, _PATH)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The census file by the words of its names and codes."""

    words: Mapping[_Key, Word]
    people: frozenset[_Key]
    codes: Mapping[_Key, str]
    names: Mapping[_Key, str]


@cache
def _tables() -> _Tables:
    census = _census()
    words: dict[_Key, Word] = {_key(name): "nothing" for name in census.words["nothing"]}
    words |= {_key(name): "english" for name in census.words["english"]}
    # The short one of two names with the same words comes last and counts: Swahili, not Swahili (Any Other).
    names = sorted(census.codes.values(), key=len, reverse=True)
    return _Tables(
        words,
        frozenset(map(_key, census.words["people"])),
        {_key(code): name for code, name in census.codes.items()},
        {_key(name): name for name in names},
    )


class LanguageNames:
    """The names of the languages that guides exist in. Nothing of a text that is looked up is kept."""

    def __init__(self, languages: Iterable[Language]) -> None:
        # A build leaves a language out while its translation is not finished.
        listed = [language for language in languages if not language.is_source and not language.in_progress]
        self._english = {language.tag: language.english_name for language in listed}
        found: dict[_Key, dict[str, None]] = {}
        for language in listed:
            names = (language.tag, language.english_name, language.own_name, language.spoken_as)
            for name in (*names, *language.aliases):
                found.setdefault(_key(name), {})[language.tag] = None
        for name, tags in _census().meanings.items():
            found[_key(name)] = dict.fromkeys(tag for tag in self._english if tag in tags)
        found.pop(frozenset(), None)
        self._tags: Mapping[_Key, tuple[str, ...]] = {key: tuple(tags) for key, tags in found.items()}

    def english_name(self, tag: str) -> str:
        """The English name of a language that has a guide."""
        return self._english[tag]

    def meaning(self, text: str) -> Meaning:
        """What one cell or line means, such as “Polish”, “PNJG”, “Kurdish (Sorani)” or “Urdu, Panjabi”."""
        text = " ".join(text.split())
        if len(text) > LONGEST:
            return Meaning()
        whole = self._one(text)
        if whole.known:
            return whole
        parts = [self._one(part.strip()) for part in _APART.split(text) if part.strip()]
        # “Arabic - Sudan” is Arabic; “Kowalski, Polish” may be a person: all of its parts have to be known.
        loose = not _LISTED.search(text) and bool(parts) and bool(parts[0].mentions)
        complete = loose or all(part.known for part in parts)
        return _together(parts) if len(parts) > 1 and complete else Meaning()

    def _one(self, text: str) -> Meaning:
        """The meaning of a text as one name or code."""
        key = _key(text)
        word = "nothing" if not key else _tables().words.get(key)
        if word:
            return Meaning(word=word)
        mention = self._mention(text, key) or self._in_brackets(text) or self._in_words(text)
        return Meaning((mention,)) if mention else Meaning()

    def _mention(self, text: str, key: _Key) -> Mention | None:
        """The language of a whole name or code."""
        code = _tables().codes.get(key, "")
        if code and key not in self._tags:
            return self._census_name(code, _key(code))
        name = _tables().names.get(key, "")
        return self._plain(text, key) or (self._census_name(name, key) if name else None)

    def _plain(self, text: str, key: _Key) -> Mention | None:
        """The language of a name or code in languages.toml, or in CLDR."""
        tag = _cldr_tag(text, key)
        of_tag = _english_name(tag) if tag else ""
        if key in self._tags:
            name = of_tag if of_tag and _TAG.fullmatch(text) else _capitalised(text)
            return self._named(name, self._tags[key], sure=key not in _tables().people)
        return self._named(of_tag, self._of_tag(tag)) if tag else None

    def _named(self, name: str, tags: tuple[str, ...], sure: bool = True) -> Mention:
        """A mention with the name of its guide, if it has exactly one."""
        one = len(tags) == 1
        return Mention(self._english[tags[0]] if one and sure else name, tags, sure and len(tags) < 2)

    def _census_name(self, name: str, key: _Key) -> Mention:
        """The language of a name in the census list; “Pashto/Pakhto” has two names of one language."""
        if key in self._tags:
            return self._named(name, self._tags[key])
        inner = self._in_brackets(name)
        if inner:
            return inner
        parts = [self._plain(part, _key(part)) for part in name.split("/")]
        tags = tuple(dict.fromkeys(tag for part in parts if part for tag in part.tags))
        names = {part.name for part in parts if part}
        return self._named(names.pop() if len(names) == 1 else name, tags)

    def _in_brackets(self, text: str) -> Mention | None:
        """“Chinese (Mandarin/Putonghua)”: what both the name and the brackets may mean; what the name means,
        if the brackets have a region or “any other”."""
        match = _BRACKETS.fullmatch(text)
        if match is None:
            return None
        outer, inner = self._first(match[1]), self._first(match[2])
        if outer is None:
            return inner
        both = tuple(tag for tag in outer.tags if inner and tag in inner.tags)
        if not outer.tags or (not both and inner and len(outer.tags) > 1):
            # The brackets name a language that has no guide, as in “Persian (Tajik)”.
            return Mention(text)
        return self._named(text, both or outer.tags)

    def _first(self, text: str) -> Mention | None:
        parts = (self._plain(part.strip(), _key(part)) for part in text.split("/"))
        return next((part for part in parts if part), None)

    def _in_words(self, text: str) -> Mention | None:
        """“Syrian Arabic”: the language that the last of two or three words names. “Pakistani Panjabi”: what
        both words may mean."""
        *before, last = text.split()
        if _APART.search(text) or len(before) not in (1, 2) or len(last) <= _LONGEST_CODE:
            return None
        named = self._plain(last, _key(last))
        if named is None or not named.tags:
            return None
        first = self._plain(before[0], _key(before[0]))
        both = tuple(tag for tag in named.tags if first and tag in first.tags)
        return self._named(text, both or named.tags)

    def _of_tag(self, tag: str) -> tuple[str, ...]:
        """The guides for a tag: its own, or all of the language in the script that the tag has or implies."""
        from babel.core import get_global, parse_locale

        if tag in self._english:
            return (tag,)
        likely = get_global("likely_subtags")
        language, region, script = parse_locale(tag, sep="-")[:3]
        if language == "yue":
            language, script = "zh", "Hant"
        if region and not script:
            script = parse_locale(likely.get(f"{language}_{region}") or likely.get(language, language))[2]
        tags = [tag for tag in self._english if tag.split("-")[0] == language]
        return tuple([tag for tag in tags if script and tag.endswith(f"-{script}")] or tags)


def _together(parts: list[Meaning]) -> Meaning:
    """The meaning of parts: those that may mean the same are one mention, “Chinese, Mandarin” Mandarin."""
    mentions: list[Mention] = []
    for mention in (mention for part in parts for mention in part.mentions):
        for at, other in enumerate(mentions):
            both = tuple(tag for tag in other.tags if tag in mention.tags)
            if both or other.name == mention.name:
                mentions[at] = mention if len(mention.tags) < len(other.tags) else other
                break
        else:
            mentions.append(mention)
    if mentions:
        return Meaning(tuple(mentions))
    return Meaning(word="english" if any(part.word == "english" for part in parts) else "nothing")


def _cldr_tag(text: str, key: _Key) -> str | None:
    """The tag of a code of ISO 639 or BCP 47, or of an English name in CLDR."""
    from babel.core import get_global

    match = _TAG.fullmatch(text)
    if match:
        code = match[1].lower()
        usual = str(get_global("language_aliases").get(code, code)).replace("_", "-")
        if _english_name(usual) and (usual != code or _english_name(code)):
            subtags = (usual, (match[2] or "").title(), (match[3] or "").upper())
            return "-".join(subtag for subtag in subtags if subtag)
    return _cldr_names().get(key)


def _capitalised(text: str) -> str:
    return text.title() if text.islower() or text.isupper() else text


def _english_name(tag: str) -> str:
    """CLDR's English name of the language of a tag; empty for none."""
    from babel import Locale

    names = Locale("en").languages
    return str(names.get(tag.replace("-", "_")) or names.get(tag.partition("-")[0], ""))


@cache
def _cldr_names() -> Mapping[_Key, str]:
    """The tag of each language in CLDR by its English name."""
    from babel import Locale

    names = Locale("en").languages.items()
    return {_key(str(name)): str(code).replace("_", "-") for code, name in names}


def _key(name: str) -> _Key:
    """The words of a name for comparing, without case, accents, order and what people add."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(char for char in plain if unicodedata.category(char) not in ("Mn", "Cf"))
    words = [_SPELLINGS.get(word, word) for word in re.findall(r"[^\W_]+", letters)]
    kept = [word for word in words if word not in _ADDED]
    return frozenset(kept or words)
