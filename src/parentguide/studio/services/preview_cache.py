"""A cache of previews: single files of a build, and pages of a sheet as pictures.

At most two previews are made at a time. The most recently used are kept, keys included, up to a
fixed size, so that memory stays bounded however many people look.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from threading import Lock, Semaphore
from typing import Generic, TypeVar

from parentguide.build.api import BuildPlan, BuildRequest, plan, render
from parentguide.build.incremental import combined, digest
from parentguide.errors import IncompleteTranslationError, ProjectError
from parentguide.infra.pdfium import side_picture
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.studio.services.gap_text import REMEDY, left_out
from parentguide.studio.services.workspace import Workspace

MOST_BYTES = 32_000_000
POSTER = "poster"
MOST_DRAFTS = 50
_AT_ONCE = 2
# A key is 64 hexadecimal digits, with Python's overhead for it, its value and their place in the dict.
_KEY_BYTES = 400

T = TypeVar("T")


class PreviewCache:
    """Makes and keeps previews of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._turn = Semaphore(_AT_ONCE)
        self._lock = Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    def file(self, school: School, slug: str, tag: str, format_name: str) -> bytes:
        """The file in a format of a guide in a language, as a build would make it. The poster has all
        languages of the school, whatever ``slug`` and ``tag`` say.

        Raises :class:`IncompleteTranslationError`, and our other errors.
        """
        stamp, project = self._workspace.current()
        key = combined(stamp, digest(school), slug, tag, format_name)

        def make() -> bytes:
            if format_name == POSTER:
                return _poster(project, school)
            request = BuildRequest((tag,), (format_name,), school, jobs=1, guides=(slug,))
            made = _only(plan(project, request), slug, tag)
            for artifact in render(made):
                if (artifact.guide, artifact.language) == (slug, tag):
                    return artifact.content
            raise ProjectError(f"there is no {format_name} in this language", remedy="Choose another sheet.")

        return self._made(key, make)

    def picture(self, school: School, slug: str, tag: str, format_name: str, side: int) -> bytes:
        """One side of a sheet as PNG, counted from 1."""
        pdf = self.file(school, slug, tag, format_name)
        key = combined(self._workspace.stamp(), digest(school), slug, tag, format_name, str(side))
        return self._made(key, lambda: side_picture(pdf, side))

    def kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What ``make`` makes, which must only depend on ``key``, a digest. It is not made again while it is
        kept. ``make`` may not ask this cache for anything."""
        return self._made(key, make)

    def _made(self, key: str, make: Callable[[], bytes]) -> bytes:
        kept = self._get(key)
        if kept is not None:
            return kept
        with self._turn:
            # Somebody may have made it while this request waited for its turn.
            kept = self._get(key)
            data = make() if kept is None else kept
        with self._lock:
            self._size -= _entry_size(self._kept.pop(key)) if key in self._kept else 0
            self._kept[key] = data
            self._size += _entry_size(data)
            while len(self._kept) > 1 and self._size > MOST_BYTES:
                self._size -= _entry_size(self._kept.popitem(last=False)[1])
        return data

    def _get(self, key: str) -> bytes | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]


def _poster(project: Project, school: School) -> bytes:
    """The A3 poster of all languages of the school."""
    request = BuildRequest(school.languages, (POSTER,), school, jobs=1)
    for artifact in render(plan(project, request)):
        if artifact.format == POSTER:
            return artifact.content
    raise ProjectError("there is no poster without a translation", remedy="Choose another language too.")


def _entry_size(data: bytes) -> int:
    """The bytes that a value takes in the cache with its key, a digest of fixed length."""
    return len(data) + _KEY_BYTES


class RecentDrafts(Generic[T]):
    """The unsaved draft of each visit, by a name; only the last :data:`MOST_DRAFTS`."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, T] = OrderedDict()

    def keep(self, name: str, draft: T) -> None:
        with self._lock:
            self._kept[name] = draft
            self._kept.move_to_end(name)
            while len(self._kept) > MOST_DRAFTS:
                self._kept.popitem(last=False)

    def get(self, name: str) -> T | None:
        with self._lock:
            return self._kept.get(name)


def _only(made: BuildPlan, slug: str, tag: str) -> BuildPlan:
    """The plan for one guide only; its refusal if it may not be shown."""
    editions = tuple(e for e in made.editions if e.guide.slug == slug and e.language.tag == tag)
    if not editions:
        raise IncompleteTranslationError(
            "This translation is not complete, so it is not shown to families.\n"
            + "\n".join(f"{line}." for line in left_out(made.refused)),
            remedy=REMEDY,
        )
    return replace(made, editions=editions, for_all=())
