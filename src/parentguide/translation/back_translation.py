"""What a translation says when somebody who has not seen the English puts it back into English.

Kept as ``back-translation.json`` beside the catalogs: its date and origin, and for each
message what it says and the digest of the words it was made from, so that one made for
older words is not shown for newer ones.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from parentguide.errors import SourceError


@dataclass(frozen=True, slots=True)
class BackTranslatedMessage:
    """One message put back into English; ``of`` is the :func:`words_digest` of what was translated.

    ``origin`` and ``made_on`` where they are not those of the whole file.
    """

    says: str
    of: str
    origin: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """A language's back-translations by msgctxt. ``made_on`` is None where there are none."""

    made_on: date | None = None
    origin: str = ""
    messages: Mapping[str, BackTranslatedMessage] = field(default_factory=dict)

    def current(self, words: Mapping[str, str]) -> Mapping[str, str]:
        """What the given translations (by msgctxt) say; without those made for other words."""
        return {
            context: back.says
            for context, back in self.messages.items()
            if context in words and back.of == words_digest(words[context])
        }

    def with_messages(
        self, fresh: Mapping[str, BackTranslatedMessage], on: date, origin: str
    ) -> "BackTranslation":
        """These and ``fresh`` ones, which keep what differs from the file's own date and origin."""
        made_on, whole = self.made_on or on, self.origin or origin
        kept = {
            context: replace(
                back,
                origin="" if back.origin == whole else back.origin,
                made_on=None if back.made_on == made_on else back.made_on,
            )
            for context, back in fresh.items()
        }
        return BackTranslation(made_on, whole, {**self.messages, **kept})

    def as_bytes(self) -> bytes:
        """The file: JSON, sorted; the same content, the same bytes."""
        messages: dict[str, dict[str, str]] = {}
        for context, back in sorted(self.messages.items()):
            messages[context] = {"says": back.says, "of": back.of}
            if back.origin:
                messages[context]["origin"] = back.origin
            if back.made_on:
                messages[context]["date"] = str(back.made_on)
        table = {"date": str(self.made_on), "origin": self.origin, "messages": messages}
        return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def words_digest(text: str) -> str:
    """The first 16 hexadecimal digits of SHA-256: enough to tell whether words have changed."""
    return sha256(text.encode("utf-8")).hexdigest()[:16]


def parse_back_translation(text: str, path: Path) -> BackTranslation:
    """Raises :class:`SourceError` for a file of another shape."""
    try:
        table: dict[str, Any] = json.loads(text)
        messages = {
            context: BackTranslatedMessage(
                says=_text(entry["says"]),
                of=_text(entry["of"]),
                origin=_text(entry.get("origin", "")),
                made_on=date.fromisoformat(entry["date"]) if "date" in entry else None,
            )
            for context, entry in table["messages"].items()
        }
        return BackTranslation(date.fromisoformat(table["date"]), _text(table["origin"]), messages)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"not a back-translation: {error!r}", path=path, remedy="Take the last good version of the file."
        ) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
