"""When Studio ends by itself: a while after the last page of it was closed.

Each page with JavaScript says hello every half minute; a page in the background may do so once a minute.
A page without JavaScript says nothing, so where one may be open, Studio goes on.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum
from threading import Lock

LONGEST_SILENCE = 600.0  # seconds without a sign of life, after which Studio ends
AFTER_A_JUMP = 120.0  # seconds that pages have at least to say hello after the computer has slept
TICK = 5.0  # seconds between two looks at the clock
_MOST_REMEMBERED = 1000


class Ending(StrEnum):
    """Why Studio ends."""

    ASKED = "asked"  # somebody pressed “Close Studio”
    SILENCE = "silence"


class Lifetime:
    """Signs of life of one Studio. Thread-safe. ``clock`` gives seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = Lock()
        # Called once, when Studio has to end.
        self.on_end: Callable[[], None] = lambda: None
        self.ending: Ending | None = None
        self._last_look = clock()
        # Seconds without a sign of life that passed while this process ran.
        self._silence = 0.0
        self._requests = 0
        # Sessions by whether their pages have said hello.
        self._sessions: dict[str, bool] = {}
        # Pages whose text is typed and not saved, and pages that were left.
        self._typed: set[str] = set()
        self._gone: OrderedDict[str, None] = OrderedDict()

    def begin_request(self) -> None:
        """A request has come. It is a sign of life until :meth:`end_request`."""
        with self._lock:
            self._requests += 1
            self._silence = 0.0

    def end_request(self, session: str) -> None:
        """It is answered. ``session`` is the id of its session; empty where it has none."""
        with self._lock:
            self._requests -= 1
            self._silence = 0.0
            if session:
                self._sessions.setdefault(session, False)

    def hello(self, session: str, page: str, *, typed: bool, gone: bool) -> None:
        """A page says that it is open, or that it was left, and whether it has text that is not saved."""
        with self._lock:
            self._sessions[session] = True
            if gone:
                self._gone[page] = None
                if len(self._gone) > _MOST_REMEMBERED:
                    self._gone.popitem(last=False)
            # An earlier message can come after the last one.
            if typed and page not in self._gone:
                self._typed.add(page)
            else:
                self._typed.discard(page)

    def typed_elsewhere(self, page: str) -> bool:
        """Whether another page has text that is typed and not saved."""
        with self._lock:
            return bool(self._typed - {page})

    def look(self, *, busy: bool) -> None:
        """Look at the clock, and end Studio if nobody is there. ``busy``: guides are being made."""
        with self._lock:
            now = self._clock()
            passed, self._last_look = now - self._last_look, now
            if not 0 <= passed <= 3 * TICK:
                # The computer slept, or somebody set its clock: how long nobody was there is not known.
                self._silence = min(self._silence, LONGEST_SILENCE - AFTER_A_JUMP)
            elif busy or self._requests:
                self._silence = 0.0
            else:
                self._silence += passed
            may_end = bool(self._sessions) and all(self._sessions.values()) and not self._typed
            ends = may_end and self._silence >= LONGEST_SILENCE
        if ends:
            self.end(Ending.SILENCE)

    def end(self, ending: Ending) -> None:
        """End Studio, once the requests that have come are answered."""
        with self._lock:
            if self.ending is not None:
                return
            self.ending = ending
        self.on_end()
