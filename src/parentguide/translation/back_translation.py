"""Back-translations: what a translation says, put back into English by a person who has not seen the source.

They are kept as ``back-translation.json`` beside the catalogs::

    {"date": "2026-11-24", "origin": "who or what made it",
     "messages": {"title": {"says": "Keep your child safe", "of": "0f3a…"}}}

``of`` is the :func:`text_digest` of the translation that was put back, so that a back-translation
of an older translation is not shown for a newer one.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from parentguide.errors import Problem, SourceError
from parentguide.infra.json_text import parse_json


@dataclass(frozen=True, slots=True)
class BackTranslatedMessage:
    """One back-translation: the English, and the :func:`text_digest` of the translation.

    ``origin`` and ``made_on`` are empty if they are those of the whole file.
    """

    english: str
    digest: str
    origin: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """A language's back-translations by msgctxt. ``made_on`` is None if there are none."""

    made_on: date | None = None
    origin: str = ""
    messages: Mapping[str, BackTranslatedMessage] = field(default_factory=dict)

    def current(self, translations: Mapping[str, str]) -> Mapping[str, str]:
        """The English of the given translations, by msgctxt; without those that have changed since."""
        return {
            context: message.english
            for context, message in self.messages.items()
            if context in translations and message.digest == text_digest(translations[context])
        }

    def with_messages(
        self, new: Mapping[str, BackTranslatedMessage], on: date, origin: str
    ) -> "BackTranslation":
        """Add or replace messages. ``on`` and ``origin`` are the file's if it has none of its own."""
        made_on, file_origin = self.made_on or on, self.origin or origin
        added = {
            context: replace(
                message,
                origin="" if message.origin == file_origin else message.origin,
                made_on=None if message.made_on == made_on else message.made_on,
            )
            for context, message in new.items()
        }
        return BackTranslation(made_on, file_origin, {**self.messages, **added})

    def as_bytes(self) -> bytes:
        """The file: JSON, sorted by msgctxt. The same content gives the same bytes."""
        messages: dict[str, dict[str, str]] = {}
        for context, message in sorted(self.messages.items()):
            messages[context] = {"says": message.english, "of": message.digest}
            if message.origin:
                messages[context]["origin"] = message.origin
            if message.made_on:
                messages[context]["date"] = str(message.made_on)
        table = {"date": str(self.made_on), "origin": self.origin, "messages": messages}
        return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def text_digest(text: str) -> str:
    """The first 16 hexadecimal digits of SHA-256: enough to tell whether a text has changed.

    >>> text_digest("Podaj dalej")
    'f5b432a28e687fd0'
    """
    return sha256(text.encode("utf-8")).hexdigest()[:16]


def parse_back_translation(text: str, path: Path) -> BackTranslation:
    """Read the file. Raises :class:`SourceError` with all mistakes if it has another shape."""
    try:
        table = parse_json(text)
    except ValueError as error:
        problem, line = (error.msg, error.lineno) if isinstance(error, json.JSONDecodeError) else (error, 0)
        raise SourceError(f"not JSON: {problem}", path=path, line=line, remedy=_REMEDY) from None
    mistakes: list[str] = []
    file = _Fields(table, "the file", mistakes)
    entries = _Fields(file.value("messages", dict), "“messages”", mistakes)
    messages = {}
    for context in entries.table:
        entry = _Fields(entries.table[context], f"“{context}”", mistakes)
        messages[context] = BackTranslatedMessage(
            english=entry.text("says"),
            digest=entry.text("of"),
            origin=entry.text("origin", required=False),
            made_on=entry.day("date", required=False),
        )
    back = BackTranslation(file.day("date"), file.text("origin"), messages)
    if mistakes:
        raise SourceError.of(
            Problem(f"not a back-translation: {text}", _REMEDY, path=path) for text in mistakes
        )
    return back


_REMEDY = "Take the last good version of the file."


class _Fields:
    """The fields of one table of the file. What is wrong is added to ``mistakes``."""

    def __init__(self, table: object, name: str, mistakes: list[str]) -> None:
        self._name, self._mistakes = name, mistakes
        if table is not None and not isinstance(table, dict):
            mistakes.append(f"{name} is not a table")
            self._mistakes = []  # that its fields are missing says nothing more
        self.table: dict[str, Any] = table if isinstance(table, dict) else {}

    def value(self, key: str, kind: type, *, required: bool = True) -> Any:
        """The value of ``key``; None if it is missing or not a ``kind``."""
        if key not in self.table:
            if required:
                self._mistakes.append(f"{self._name} has no “{key}”")
            return None
        value = self.table[key]
        if isinstance(value, kind):
            return value
        self._mistakes.append(f"“{key}” of {self._name} is not {'a text' if kind is str else 'a table'}")
        return None

    def text(self, key: str, *, required: bool = True) -> str:
        return self.value(key, str, required=required) or ""

    def day(self, key: str, *, required: bool = True) -> date | None:
        text = self.value(key, str, required=required)
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError:
            self._mistakes.append(f"“{key}” of {self._name} is not a date such as 2026-11-24")
            return None
