"""JSON text -> values, for text that may be broken or hostile. Pure."""

import json
import re
from typing import Any

from parentguide.infra.nesting import MOST_LEVELS, json_too_deep

_MOST = 20_000_000  # characters
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str) -> Any:
    """The value of ``text``. Raises ``ValueError`` (``json.JSONDecodeError`` with the place where the grammar
    is broken) and nothing else.

    What JSON allows and nobody can use is refused too: deep nesting, numbers that never end, halves of
    characters (a lone ``\\ud800``), which no file can be written with.
    """
    if len(text) > _MOST:
        raise ValueError(f"more than {_MOST:,} characters")
    if json_too_deep(text):
        raise json.JSONDecodeError(f"more than {MOST_LEVELS} levels", text, 0)
    value = json.loads(text, parse_constant=_refuse_constant)
    if _HALF_CHARACTER.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise json.JSONDecodeError("half of a character", text, 0) from None
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON (RFC 8259, 6)")
