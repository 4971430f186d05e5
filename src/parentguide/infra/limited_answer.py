"""What a worker of :mod:`parentguide.infra.limited` answers, and how it is read.

A worker has read a file that may be hostile, so its answer is not trusted: only classes of this program and
a few of Python's may be part of it.
"""

import pickle
from dataclasses import dataclass
from typing import IO, Any

_MODULES = frozenset({"datetime", "pathlib", "pathlib._local", "decimal", "collections"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The value or the error of a call. ``healthy`` is false if the worker ran out of memory or depth."""

    value: Any = None
    error: Exception | None = None
    healthy: bool = True


class UnsafeAnswerError(Exception):
    """The answer names something that no reader returns."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if "." in name:
            raise UnsafeAnswerError(name)
        found = None
        if module.partition(".")[0] == "parentguide" or module in _MODULES:
            found = super().find_class(module, name)
        elif module == "builtins":
            found = super().find_class(module, name)
            # Sets are made by builtins too; functions such as eval are not allowed.
            if not (found in (set, frozenset, bytearray, complex) or issubclass(found, Exception)):
                found = None
        if not isinstance(found, type):
            raise UnsafeAnswerError(f"{module}.{name}")
        return found


def read_answer(stream: IO[bytes]) -> Answer:
    """The next answer. Raises :class:`UnsafeAnswerError`, ``EOFError`` and ``pickle.UnpicklingError``."""
    try:
        answer = _Reader(stream).load()
    except (AttributeError, TypeError, ValueError, ImportError, IndexError, KeyError) as error:
        raise UnsafeAnswerError(str(error)) from None
    if not isinstance(answer, Answer):
        raise UnsafeAnswerError(type(answer).__name__)
    return answer
