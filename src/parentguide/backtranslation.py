"""What a translation says when somebody who has not seen the English puts it back into English.

Kept as ``back-translation.json`` beside the catalogs: its date and origin, and for each
message what it says and the digest of the words it was made from, so that one made for
older words is not shown for newer ones.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from parentguide.errors import SourceError


@dataclass(frozen=True, slots=True)
class Back:
    """One message put back into English; ``of`` is the :func:`words_digest` of what was translated."""

    says: str
    of: str


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """A language's back-translations by msgctxt. ``made_on`` is None where there are none."""

    made_on: date | None = None
    origin: str = ""
    messages: Mapping[str, Back] = field(default_factory=dict)

    def current(self, words: Mapping[str, str]) -> Mapping[str, str]:
        """What the given translations (by msgctxt) say; without those made for other words."""
        return {
            context: back.says
            for context, back in self.messages.items()
            if context in words and back.of == words_digest(words[context])
        }


def words_digest(text: str) -> str:
    """The first 16 hexadecimal digits of SHA-256: enough to tell whether words have changed."""
    return sha256(text.encode("utf-8")).hexdigest()[:16]


def parse_back_translation(text: str, path: Path) -> BackTranslation:
    """Raises :class:`SourceError` for a file of another shape."""
    try:
        table: dict[str, Any] = json.loads(text)
        messages = {
            context: Back(says=_text(entry["says"]), of=_text(entry["of"]))
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
