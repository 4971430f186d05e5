"""Who is at work, and with which command or page: said once at the edge, read where a change is recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """``how``: the command or page. ``who``: the account behind a login; empty on one's own computer.

    The name of the computer's user is not taken: nobody has agreed to its being kept.
    """

    how: str = ""
    who: str = ""


_NOBODY = Actor()
_ACTOR: ContextVar[Actor] = ContextVar("actor", default=_NOBODY)


def actor() -> Actor:
    """Who is at work now."""
    return _ACTOR.get()


@contextmanager
def acting(present: Actor) -> Iterator[None]:
    """Everything inside is done by ``present``."""
    token = _ACTOR.set(present)
    try:
        yield
    finally:
        _ACTOR.reset(token)
