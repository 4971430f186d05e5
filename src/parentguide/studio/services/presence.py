"""Who is at which block of a translation now. In memory only; it keeps nobody from anything."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

# An open page says every ten seconds where it is; what it said counts a little longer.
EXPIRES = 35.0  # seconds
_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page is: its language, the id of the block, who reads it, and until when that counts."""

    tag: str
    block: str
    who: str
    until: float


class Presence:
    """Where each open page is. Thread-safe. ``clock`` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._places: dict[str, _Place] = {}

    def say(self, page: str, tag: str, block: str, who: str) -> None:
        """The page with the random name ``page`` is at ``block``; at none if that is empty."""
        now = self._clock()
        with self._lock:
            self._places.pop(page, None)
            self._places = {name: place for name, place in self._places.items() if place.until > now}
            if block and len(self._places) < _MOST_PAGES:
                self._places[page] = _Place(tag, block, who, now + EXPIRES)

    def others(self, page: str, tag: str) -> Mapping[str, Sequence[str]]:
        """Who is at which block of a language in other pages than ``page``: names by the block's id."""
        now = self._clock()
        found: dict[str, list[str]] = {}
        with self._lock:
            for name, place in self._places.items():
                is_there = name != page and place.tag == tag and place.until > now
                if is_there and place.who not in found.get(place.block, ()):
                    found.setdefault(place.block, []).append(place.who)
        return found
