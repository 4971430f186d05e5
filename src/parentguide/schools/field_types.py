"""The types of a school's details: how each is read from a file, and its JSON Schema (2020-12)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeAlias

from parentguide.errors import InvalidValueError
from parentguide.infra.structure import Parsed, parse_string
from parentguide.infra.toml import printable
from parentguide.model.contact import FieldValue
from parentguide.model.school import Colour
from parentguide.schools.accent import accent
from parentguide.schools.texts import refused
from parentguide.schools.values import (
    LONGEST_ADDRESS,
    LONGEST_TEXT,
    parse_day,
    parse_email,
    parse_guides,
    parse_languages,
    parse_phone,
    parse_text,
    parse_url,
)

LOCAL_AUTHORITY = "local_authority"
_ANSWERS = {"yes": True, "true": True, "no": False, "false": False, "": False}


def _optional(parse: Callable[[Any], Any], empty: Any = None) -> Callable[[Any], Any]:
    """The parser for a text that may be empty or missing."""

    def parse_or_empty(value: Any) -> Any:
        written = parse_string(value)
        return parse(written) if written.strip() else empty

    return parse_or_empty


def _colour(written: str) -> Colour:
    try:
        return accent(parse_text(written))
    except ValueError as problem:
        raise refused(written, "a colour", str(problem)) from None


def _date(value: Any) -> date | None:
    return None if isinstance(value, str) and not value.strip() else parse_day(value)


def _flag(value: Any) -> bool:
    """True or false; a table and a form have yes and no, and an empty cell is no."""
    word = str(value).strip().casefold() if isinstance(value, bool | str) else None
    if word not in _ANSWERS:
        raise InvalidValueError(f"“{printable(value)}” is not yes or no", "Write true or false.")
    return _ANSWERS[word]


def _kind(written: str) -> str:
    if written != LOCAL_AUTHORITY:
        raise InvalidValueError(
            f"“{printable(written)}” is not a kind of contact",
            f'Write kind = "{LOCAL_AUTHORITY}", or leave it out.',
        )
    return written


def _texts(value: Any) -> tuple[str, ...]:
    """A list of texts; a text alone is a list of one."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise InvalidValueError(
            f"{printable(repr(value))} is not a list of texts", 'Write a list, such as ["pl", "ur"].'
        )
    return tuple(texts)


def _words(value: Any) -> tuple[str, ...]:
    """Names of formats; whether they exist is known when something is built."""
    words = (word for text in _texts(value) for word in re.split(r"[\s,;]+", text) if word)
    return tuple(dict.fromkeys(word[:LONGEST_TEXT] for word in words))


def _languages(value: Any) -> tuple[str, ...]:
    return parse_languages(_texts(value))


_TEXT_SCHEMA = {"type": "string", "maxLength": LONGEST_TEXT}
_ADDRESS_SCHEMA = {"type": "string", "maxLength": LONGEST_ADDRESS}
_LIST_SCHEMA = {"type": ["array", "string"], "items": {"type": "string"}, "uniqueItems": True}
Text: TypeAlias = Annotated[str, Parsed(_optional(parse_text, ""), "text", _TEXT_SCHEMA)]
Phone: TypeAlias = Annotated[FieldValue | None, Parsed(_optional(parse_phone), "phone", {"type": "string"})]
Email: TypeAlias = Annotated[FieldValue | None, Parsed(_optional(parse_email), "email", _ADDRESS_SCHEMA)]
Url: TypeAlias = Annotated[FieldValue | None, Parsed(_optional(parse_url), "url", _ADDRESS_SCHEMA)]
Guides: TypeAlias = Annotated[FieldValue | None, Parsed(_optional(parse_guides), "url", _ADDRESS_SCHEMA)]
Accent: TypeAlias = Annotated[Colour | None, Parsed(_optional(_colour), "colour", {"type": "string"})]
Day: TypeAlias = Annotated[date | None, Parsed(_date, "date", {"type": "string"})]
Flag: TypeAlias = Annotated[bool, Parsed(_flag, "flag", {"type": "boolean"})]
Kind: TypeAlias = Annotated[str, Parsed(_optional(_kind, ""), "kind", {"enum": ["", LOCAL_AUTHORITY]})]
Words: TypeAlias = Annotated[tuple[str, ...], Parsed(_words, "words", _LIST_SCHEMA)]
Languages: TypeAlias = Annotated[tuple[str, ...], Parsed(_languages, "words", _LIST_SCHEMA)]
FileName: TypeAlias = Annotated[str, Parsed(_optional(parse_text, ""), "file", _TEXT_SCHEMA)]
