"""A queue of builds: a few run at a time, and people take turns, so that nobody can block the others."""

import os
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Condition, Thread
from typing import TypeAlias

from parentguide.errors import ParentguideError, ProjectError

MOST_WAITING = 200
MOST_EACH = 2
MOST_REMEMBERED = 500
WORKERS = min(2, os.cpu_count() or 1)
# Processors for each build, so that all builds together use no more than there are.
JOBS_EACH = max(1, (os.cpu_count() or 1) // WORKERS)


class Phase(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class StoppedError(Exception):
    """Studio is closing: the build ends before it publishes anything."""


@dataclass(eq=False)
class Job:
    """One build of ``owner``: ``made`` of ``total`` files are finished, the last ones of the languages
    ``begun`` (folders of paths). ``problem`` and ``remedy`` say why it failed; ``note`` says which languages
    are left out, and ``missing`` what could not be made."""

    owner: str
    total: int
    work: "Work"
    note: str = ""
    missing: list[str] = field(default_factory=list)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    phase: Phase = Phase.WAITING
    made: int = 0
    begun: list[str] = field(default_factory=list)
    problem: str = ""
    remedy: str = ""

    @property
    def ended(self) -> bool:
        return self.phase in (Phase.DONE, Phase.FAILED)


Step: TypeAlias = Callable[[str], None]
# Makes the files, and may return sentences on what could not be made.
Work: TypeAlias = Callable[[Step], Iterable[str] | None]


def _nothing(_: Step) -> None:
    """The work of a build that has ended."""


class BuildQueue:
    """Owners take turns; each owner's builds run in order, one at a time. Thread-safe."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._changed = Condition()
        self._waiting: OrderedDict[str, deque[Job]] = OrderedDict()
        self._running: set[str] = set()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._closed = False
        for number in range(workers):
            Thread(target=self._work, name=f"studio-build-{number}", daemon=True).start()

    def submit(self, owner: str, total: int, work: Work, note: str = "") -> Job:
        """Add a build of ``total`` files. Raises :class:`ProjectError` when too many wait."""
        with self._changed:
            own = len(self._waiting.get(owner, ())) + (owner in self._running)
            if own >= MOST_EACH:
                raise ProjectError(
                    "your guides are already being made",
                    remedy="Wait until they are ready, then press the button again.",
                )
            if sum(map(len, self._waiting.values())) >= MOST_WAITING:
                raise ProjectError(
                    "many people are making guides right now",
                    remedy="Wait a minute, then press the button again. What you entered is saved.",
                )
            job = Job(owner, total, work, note)
            self._waiting.setdefault(owner, deque()).append(job)
            self._jobs[job.id] = job
            self._forget()
            self._changed.notify()
            return job

    def job(self, owner: str, name: str) -> Job | None:
        """The build with the id ``name``, if it belongs to ``owner``."""
        with self._changed:
            job = self._jobs.get(name)
        return job if job is not None and job.owner == owner else None

    def ahead(self, job: Job) -> int:
        """How many builds will start before ``job``, if no others are added."""
        with self._changed:
            lines = list(self._waiting.values())
            turn = next((number for number, line in enumerate(lines) if job in line), None)
            if turn is None:
                return 0
            place = lines[turn].index(job)
            others = (line for number, line in enumerate(lines) if number != turn)
            earlier = (number < turn for number in range(len(lines)) if number != turn)
            return place + sum(min(len(line), place + e) for line, e in zip(others, earlier, strict=True))

    def progress(self, job: Job | None, begun: Sequence[str] = ()) -> dict[str, object]:
        """How far a build is, for the script of a page; None is one that nobody remembers, so it has ended.

        ``begun`` are the names of the languages so far, as people read them.
        """
        if job is None:
            return {"ended": True}
        return {
            "phase": job.phase,
            "ended": job.ended,
            "made": job.made,
            "total": job.total,
            "ahead": self.ahead(job),
            "begun": begun,
        }

    @property
    def busy(self) -> bool:
        """Whether a build runs or waits."""
        with self._changed:
            return bool(self._waiting or self._running)

    def close(self) -> None:
        """Stop running builds before they publish anything, and start no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _forget(self) -> None:
        """Remember at most :data:`MOST_REMEMBERED` builds, the newest."""
        ended = [name for name, job in self._jobs.items() if job.ended]
        for name in ended[: max(0, len(self._jobs) - MOST_REMEMBERED)]:
            del self._jobs[name]

    def _next(self) -> Job | None:
        """The next build, or None when Studio closes. Its owner moves to the end of the line."""
        with self._changed:
            while not self._closed:
                for owner in self._waiting:
                    if owner in self._running:
                        continue
                    job = self._waiting[owner].popleft()
                    if self._waiting[owner]:
                        self._waiting.move_to_end(owner)
                    else:
                        del self._waiting[owner]
                    self._running.add(owner)
                    job.phase = Phase.RUNNING
                    return job
                self._changed.wait()
            return None

    def _work(self) -> None:
        while (job := self._next()) is not None:
            self._run(job)
            job.work = _nothing  # it holds the whole plan, and ended builds are remembered
            with self._changed:
                self._running.discard(job.owner)
                self._changed.notify_all()

    def _run(self, job: Job) -> None:
        def step(path: str) -> None:
            if self._closed:
                raise StoppedError
            job.made += 1
            # A file of one language is in “GUIDE/LANGUAGE/”; one for all languages is not.
            folders = path.split("/")[:-1]
            if len(folders) > 1 and folders[1] not in job.begun:
                job.begun.append(folders[1])

        try:
            job.missing += job.work(step) or ()
        except ParentguideError as error:
            job.problem, job.remedy = error.problem, error.remedy
            job.phase = Phase.FAILED
        except StoppedError:
            job.problem, job.remedy = "Studio was closed", "Start Studio, and press the button again."
            job.phase = Phase.FAILED
        except Exception as error:  # noqa: BLE001 - a broken build must not stop later ones
            job.problem = f"the build failed unexpectedly: {type(error).__name__}: {error}"
            job.remedy = (
                "Press the button again. If it happens again, contact whoever maintains parentguide for you."
            )
            job.phase = Phase.FAILED
        else:
            job.phase = Phase.DONE
