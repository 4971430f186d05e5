"""JSON text -> values, for text that may be broken or hostile. Pure."""

import json
import re
from dataclasses import dataclass
from typing import Any

from parentguide.errors import SourceError
from parentguide.infra.nesting import MOST_LEVELS, json_too_deep
from parentguide.infra.within_limits import within_limits

_MOST = 20_000_000  # characters
# The largest back-translation has 22 kB, the manifest of a build some hundred.
_SHORT = 500_000  # characters
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(text: str) -> Any:
    """The value of ``text``. Raises ``ValueError`` (``json.JSONDecodeError`` with the place where the grammar
    is broken) and nothing else.

    What JSON allows and nobody can use is refused too: deep nesting, numbers that never end, halves of
    characters (a lone ``\\ud800``), which no file can be written with. A long text is read in another
    process.
    """
    if len(text) > _MOST:
        raise ValueError(f"more than {_MOST:,} characters")
    try:
        read = within_limits(_read, text, short=_SHORT)
    except SourceError as refused:
        raise ValueError(refused.problem) from None
    if read.place is not None:
        raise json.JSONDecodeError(read.problem, text, read.place)
    if read.problem:
        raise ValueError(read.problem)
    return read.value


@dataclass(frozen=True, slots=True)
class _Read:
    """The value, or the ``problem`` with its ``place`` in the text, if the grammar is broken there."""

    value: Any = None
    problem: str = ""
    place: int | None = None


def _read(text: str) -> _Read:
    """An error of the standard library is told as a value: a worker's answer has only errors of ours."""
    if json_too_deep(text):
        return _Read(problem=f"more than {MOST_LEVELS} levels", place=0)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return _Read(problem=error.msg, place=error.pos)
    except ValueError as error:
        return _Read(problem=str(error))
    if _HALF_CHARACTER.search(text):
        try:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            return _Read(problem="half of a character", place=0)
    return _Read(value)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON (RFC 8259, 6)")
