"""The acts of a history: what one command or page changed, as ``act.toml`` says it.

when = 2026-11-28T07:15:00Z
what = "Save the guide “cse”"
how = "Studio, /write/cse"
finished = true

[[file]]
path = "locales/en/cse/guide.md"
before = "SHA-256"   # left out for a file that did not exist
after = "SHA-256"    # left out for a file that the act removed

Decision: docs/decisions/0036-history-of-plain-files.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from parentguide.errors import InvalidValueError, ParentguideError, Problem, SourceError
from parentguide.infra.files import read_text
from parentguide.infra.structure import Parsed, structure
from parentguide.infra.toml import parse_toml, toml_value

ACT_FILE = "act.toml"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z-(\d{4,})(?:-.*)?")
_LONGEST_SLUG = 40
_HEAD = "# This folder has the files as they were before this change. “parentguide history” reads it.\n"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file: its path below the root with ``/``, and the SHA-256 digests of its bytes before and after
    the act. A digest is empty where there was no file. ``rewritten`` is the digest of the history's copy
    after a person's name was removed from it."""

    path: str
    before: str = ""
    after: str = ""
    rewritten: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. ``name`` is its folder's name, ``when`` is in UTC. ``reverses`` is the name of the act that
    it undoes; redoing is undoing the undoing. ``finished`` is false if the program stopped in the middle."""

    name: str
    when: datetime
    what: str
    how: str = ""
    who: str = ""
    reverses: str = ""
    finished: bool = False
    files: tuple[FileChange, ...] = ()

    @property
    def number(self) -> int:
        return number_of(self.name)

    @property
    def moment(self) -> str:
        """The moment on this computer's clock, such as “28 November 2026, 07:15”."""
        local = self.when.astimezone()
        return f"{local.day} {local:%B %Y, %H:%M}"

    def file(self, path: str) -> FileChange | None:
        """What the act did to the file ``path``; None if nothing."""
        return next((change for change in self.files if change.path == path), None)


def act_name(when: datetime, number: int, what: str) -> str:
    """The name of an act's folder.

    >>> act_name(datetime(2026, 11, 28, 7, 15, tzinfo=UTC), 1, "Save the guide “cse”")
    '2026-11-28T071500Z-0001-save-the-guide-cse'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", what.lower())[:_LONGEST_SLUG].strip("-")
    return f"{when.astimezone(UTC):%Y-%m-%dT%H%M%SZ}-{number:04}-{slug}"


def number_of(name: str) -> int:
    """The number in the name of an act's folder; 0 for any other name."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else 0


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise InvalidValueError("this is not a moment", "Write it like 2026-11-28T07:15:00Z.")
    return value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class _ActFile:
    when: Annotated[datetime, Parsed(_moment)]
    what: str
    how: str = ""
    who: str = ""
    reverses: str = ""
    finished: bool = False
    file: tuple[FileChange, ...] = ()


def read_act(folder: Path) -> Act:
    """The act in a folder. Raises :class:`SourceError` with every mistake, :class:`ProjectError` for a file
    that cannot be read."""
    path = folder / ACT_FILE
    try:
        state = path.stat()
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}",
            path=path,
            remedy="Run “parentguide doctor --repair”: it removes this act from the history.",
        ) from None
    return _parsed(path, state.st_mtime_ns, state.st_size, state.st_ino)


# A history has at most some hundred acts, and each page of Studio asks for them.
@lru_cache(maxsize=1000)
def _parsed(path: Path, *_state: int) -> Act:
    try:
        found = structure(parse_toml(read_text(path), path), _ActFile, path)
    except ParentguideError as error:
        remedy = "Run “parentguide doctor --repair”: it removes this act from the history."
        raise SourceError.of(Problem(p.text, remedy, p.loc, path, p.line) for p in error.problems) from None
    return Act(
        path.parent.name,
        found.when,
        found.what,
        found.how,
        found.who,
        found.reverses,
        found.finished,
        found.file,
    )


def act_text(act: Act) -> str:
    """The text of ``act.toml``."""
    texts = {"what": act.what, "how": act.how, "who": act.who, "reverses": act.reverses}
    lines = [
        f"when = {act.when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        *(f"{key} = {toml_value(text)}" for key, text in texts.items() if text or key == "what"),
        f"finished = {'true' if act.finished else 'false'}",
    ]
    return _HEAD + "\n".join([*lines, *_file_lines(act.files)]) + "\n"


def _file_lines(files: Iterable[FileChange]) -> list[str]:
    lines: list[str] = []
    for change in files:
        lines += ["", "[[file]]", f"path = {toml_value(change.path)}"]
        lines += [f'before = "{change.before}"'] if change.before else []
        lines += [f'after = "{change.after}"'] if change.after else []
        lines += [f'rewritten = "{change.rewritten}"'] if change.rewritten else []
    return lines
