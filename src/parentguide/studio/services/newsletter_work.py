"""The newsletter that a person is checking: kept in one file until its guide is made or it is discarded.

The file has what the reader found, once, and the person's steps. So a newsletter is read only once, each
step can be undone, and nothing is lost when Studio or the computer stops.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath, PureWindowsPath
from secrets import token_hex

from parentguide.errors import ParentguideError, ProjectError, SourceError
from parentguide.infra.atomic import write_file
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.infra.locks import process_lock
from parentguide.infra.structure import structure
from parentguide.newsletter.cleaning import clean, single_spaced
from parentguide.newsletter.corrections import Correction, Pieces, correct, pieces_of
from parentguide.newsletter.statements import Reading
from parentguide.studio.services.workspace import UserFiles

MOST_PIECES = 2_000  # a newsletter has about 50; a page with more is slow in a browser
DAMAGED = "damaged"  # instead of the id of a newsletter whose file cannot be read
_LONGEST_NAME = 80  # characters
_LONGEST_WAIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class GuideFields:
    """What a person typed to make the guide: what it is about, its short name (empty: the program makes it),
    and where its official words come from. ``compared`` is empty or “yes”."""

    title: str = ""
    name: str = ""
    document: str = ""
    publisher: str = ""
    address: str = ""
    published: str = ""
    compared: str = ""


@dataclass(frozen=True, slots=True)
class NewsletterWork:
    """A newsletter and a person's steps.

    ``id`` is in the address of its page. ``version`` goes up with each change, so that a page that was
    opened before it is known. ``name`` is that of the file, empty for pasted text. The first ``count`` of
    ``steps`` are done; the others were undone and can be done again. ``fields`` are saved as they are typed,
    and have no versions.
    """

    id: str
    name: str
    version: int
    reading: Reading
    steps: tuple[Correction, ...] = ()
    count: int = 0
    fields: GuideFields = GuideFields()

    @property
    def pieces(self) -> Pieces:
        """What the newsletter consists of now."""
        return correct(pieces_of(self.reading), self.steps[: self.count])

    @property
    def undone(self) -> Correction | None:
        """The step that “Redo” does again."""
        return self.steps[self.count] if self.count < len(self.steps) else None

    @property
    def latest(self) -> Correction | None:
        """The step that “Undo” takes back."""
        return self.steps[self.count - 1] if self.count else None

    def with_step(self, step: Correction) -> "NewsletterWork":
        """The work after one more step. Raises :class:`SourceError` for a step that is not possible."""
        correct(self.pieces, [step])
        steps = (*self.steps[: self.count], step)
        return replace(self, steps=steps, count=len(steps), version=self.version + 1)

    def moved(self, by: int) -> "NewsletterWork":
        """The work with one step undone (-1) or done again (1), if there is one."""
        count = min(max(self.count + by, 0), len(self.steps))
        return self if count == self.count else replace(self, count=count, version=self.version + 1)


def new_work(name: str, reading: Reading) -> NewsletterWork:
    """The work on a newsletter that was just read. Raises :class:`SourceError` if it has too many pieces.

    Of ``name``, what the browser calls the file, only the last part is kept. It is only shown.
    """
    count = len(reading.statements) + len(reading.left_out)
    if count > MOST_PIECES:
        raise SourceError(
            f"this has {count:,} sentences and lines, far more than a newsletter",
            remedy="Give only the part that the guide is to be about.",
        )
    last = PureWindowsPath(PurePosixPath(name).name).name
    return NewsletterWork(token_hex(8), single_spaced(clean(last))[:_LONGEST_NAME], 1, reading)


@contextmanager
def locked(files: UserFiles) -> Iterator[None]:
    """Nobody else changes this person's newsletter, in another window or program, until the block ends."""
    busy = ProjectError(
        "another window is changing this newsletter", remedy="Wait a moment, then press the button again."
    )
    with process_lock(cache_path(files.folder, "newsletter.lock"), _LONGEST_WAIT, busy):
        yield


def known_work(files: UserFiles) -> tuple[str, NewsletterWork | None]:
    """The id of the newsletter that the person is checking, and the work on it; empty and None for none.

    The id is :data:`DAMAGED`, and the work None, if the file cannot be read.
    """
    path = files.newsletter_file
    if not path.exists():
        return "", None
    try:
        work = structure(parse_json(read_text(path)), NewsletterWork)
        correct(pieces_of(work.reading), work.steps)
        if not 0 <= work.count <= len(work.steps):
            raise ValueError(work.count)
    except (ParentguideError, ValueError, TypeError, RecursionError):
        return DAMAGED, None
    return work.id, work


def keep(files: UserFiles, work: NewsletterWork) -> None:
    """Write the work. Raises :class:`ProjectError`; the file is then unchanged."""
    text = json.dumps(asdict(work), ensure_ascii=False)
    write_file(files.newsletter_file, text.encode("utf-8"))


def discard(files: UserFiles) -> None:
    """Remove the newsletter that the person was checking."""
    files.newsletter_file.unlink(missing_ok=True)
