"""What the pages of the history show: acts by day, and what putting a version back would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request

from parentguide.errors import ParentguideError
from parentguide.infra.history import History
from parentguide.infra.history_acts import Act
from parentguide.infra.history_order import in_force, redo_target, undo_target
from parentguide.project.project import Project
from parentguide.project.put_back import (
    Difference,
    concerning,
    difference,
    earlier_versions,
    guide_of,
    is_ledger,
)
from parentguide.project.recorded import history_of
from parentguide.project.revise import guide_path
from parentguide.studio.routing import Studio

GUIDES, SCHOOL = "guides", "school"
_REMOVAL_UNDONE = "Undo: Remove the guide "
_MOST_LINES = 400  # of a difference on a page


@dataclass(frozen=True, slots=True)
class Row:
    """One act in the list."""

    address: str
    act: Act
    undone: bool

    @property
    def what(self) -> str:
        """What was done, in the words of the screens."""
        act = self.act
        if act.reverses and act.what.startswith(_REMOVAL_UNDONE):
            return f"Put the guide {act.what.removeprefix(_REMOVAL_UNDONE)} back"
        return act.what

    @property
    def way(self) -> str:
        """How it was done: in Studio, or the command that somebody typed."""
        return (
            "in Studio"
            if self.act.how.startswith("Studio")
            else f"with {self.act.how}"
            if self.act.how
            else ""
        )

    @property
    def day(self) -> str:
        local = self.act.when.astimezone()
        return f"{local:%A} {local.day} {local:%B %Y}"

    @property
    def time(self) -> str:
        return f"{self.act.when.astimezone():%H:%M}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of an act. ``problem`` says why its earlier version cannot be put back; then there is no
    ``difference``."""

    path: str
    difference: Difference | None = None
    problem: str = ""

    @property
    def lines(self) -> Sequence[tuple[str, str]]:
        """The lines that would be removed and added, each with its kind."""
        kinds = {"-": "goes", "+": "comes", " ": "stays", "@": "gap"}
        found = self.difference.lines if self.difference else ()
        return [(kinds.get(line[:1], "stays"), line[1:]) for line in found[:_MOST_LINES]]

    @property
    def cut(self) -> bool:
        return self.difference is not None and len(self.difference.lines) > _MOST_LINES


def histories(studio: Studio, request: Request) -> dict[str, History]:
    """The histories that a person may see: that of the guides, and that of their own school's file.

    On one's own computer these are often the same folder; then there is one.
    """
    found = {}
    if studio.workspace.editable:
        found[GUIDES] = history_of(studio.workspace.root)
    own = studio.user_files(request).folder.resolve()
    if own not in [history.root for history in found.values()]:
        found[SCHOOL] = history_of(own)
    return found


def chosen(studio: Studio, request: Request) -> tuple[str, History, Act]:
    """The act of the address. Raises 404 for one that does not exist."""
    which, number = request.path_params["which"], request.path_params["number"]
    history = histories(studio, request).get(which)
    if history is None:
        raise HTTPException(404)
    try:
        return which, history, history.act(int(number))
    except ParentguideError:
        raise HTTPException(404) from None


def address(which: str, act: Act) -> str:
    return f"/history/{which}/{act.number}"


def days(studio: Studio, request: Request) -> list[tuple[str, list[Row]]]:
    """All acts by day, newest first."""
    rows = [row for which, history in histories(studio, request).items() for row in _rows(which, history)]
    rows.sort(key=lambda row: (row.act.when, row.act.number), reverse=True)
    return [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day)]


def _rows(which: str, history: History) -> Iterator[Row]:
    acts = list(history.acts())
    counts = in_force(acts)
    for act in acts:
        yield Row(address(which, act), act, act.name not in counts)


@dataclass(frozen=True, slots=True)
class Turns:
    """The acts that “undo” and “redo” are about, with their addresses; None where there is nothing to do."""

    undo: Row | None
    redo: Row | None


def turns(studio: Studio, request: Request, which: str, path: str = "") -> Turns:
    """What can be undone and redone in a history, or of one file in it."""
    history = histories(studio, request).get(which)
    if history is None:
        return Turns(None, None)
    acts = concerning(history.acts(), path) if path else list(history.acts())
    undo, redo = undo_target(acts), redo_target(acts)
    return Turns(
        Row(address(which, undo), undo, False) if undo else None,
        Row(address(which, redo), redo, False) if redo else None,
    )


def guide_turns(studio: Studio, request: Request, project: Project, slug: str) -> Turns:
    """What can be undone and redone of the text of one guide."""
    path = guide_path(project, slug).relative_to(project.root)
    return turns(studio, request, GUIDES, path.as_posix())


def can_reverse(history: History, act: Act) -> bool:
    """Whether the act is the one that “undo” or “redo” is about, of all acts or of the guide it changed."""
    acts = list(history.acts())
    lines = [acts, *(concerning(acts, change.path) for change in act.files if guide_of(change.path))]
    return any(act in (undo_target(line), redo_target(line)) for line in lines)


def shown_files(history: History, act: Act) -> list[Shown]:
    """The files of an act, with what putting them back would change."""
    return [_shown(history, act, change.path) for change in act.files]


def _shown(history: History, act: Act, path: str) -> Shown:
    if is_ledger(path):
        return Shown(path, problem="Approvals and remarks stay on record; they are withdrawn, not removed.")
    try:
        return Shown(path, difference(history, path, earlier_versions(history, act, path)[path]))
    except ParentguideError as error:
        return Shown(path, problem=error.problems[0].sentence)
