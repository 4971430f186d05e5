"""Put earlier versions of files back. That is an act too, so it can be undone.

An earlier guide brings its POT file and catalogs up to date, as any save does: what was translated since
is kept. An earlier catalog is merged with the present guide. A ledger is never put back: it holds other
people's acts (:mod:`parentguide.review.undo`).

Decision: docs/decisions/0036-history-of-plain-files.md.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import safe_path, write_files
from parentguide.infra.files import decoded
from parentguide.infra.history import History
from parentguide.infra.history_acts import Act
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.pot import domains, pot_bytes
from parentguide.project.project import Project
from parentguide.project.recorded import recorded, write_recorded
from parentguide.project.revise import revised_files
from parentguide.translation import po

_GUIDE = re.compile(rf"locales/{SOURCE_LOCALE}/([^/]+)/guide\.md")
_CATALOG = re.compile(r"locales/([^/]+)/LC_MESSAGES/([^/]+)\.po")
_LEDGER = ".ledger.jsonl"
_CONTEXT_LINES = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """What putting a file back would change. ``lines`` are those of a unified diff from the present to the
    earlier text, without its head; empty for equal files and for files that are not text."""

    path: str
    before_exists: bool
    now_exists: bool
    lines: tuple[str, ...]
    same: bool


def is_ledger(path: str) -> bool:
    return path.endswith(_LEDGER)


def guide_of(path: str) -> str:
    """The name of the guide whose ``guide.md`` is at ``path``; empty for any other file."""
    match = _GUIDE.fullmatch(path)
    return match[1] if match else ""


def domain_of(path: str) -> str:
    """The domain of a catalog or a POT file; empty for any other file."""
    match = _CATALOG.fullmatch(path) or re.fullmatch(r"locales/()([^/]+)\.pot", path)
    return match[2] if match else ""


def difference(history: History, path: str, earlier: bytes | None) -> Difference:
    """What would change if ``earlier`` were put back at ``path``."""
    present = history.present(path)
    return Difference(
        path,
        earlier is not None,
        present is not None,
        _changed_lines(present, earlier, Path(path)),
        present == earlier,
    )


def _changed_lines(present: bytes | None, earlier: bytes | None, path: Path) -> tuple[str, ...]:
    try:
        old, new = (decoded(data or b"", path).splitlines() for data in (present, earlier))
    except ParentguideError:
        return ()
    return tuple(unified_diff(old, new, n=_CONTEXT_LINES, lineterm=""))[2:]


def earlier_versions(history: History, act: Act, only: str = "") -> dict[str, bytes | None]:
    """The files of an act as they were before it, or ``only`` one of them, but no ledgers.

    Raises :class:`ProjectError` for a file that the act did not change, and for a ledger.
    """
    if only and is_ledger(only):
        raise ProjectError(
            "a ledger is not put back: it has other people's acts, and each counts for exactly its words",
            path=history.root / only,
            remedy="“parentguide review withdraw” takes an approval back, and keeps both on record.",
        )
    if only and act.file(only) is None:
        listed = ", ".join(change.path for change in act.files)
        raise ProjectError(f"act {act.number} did not change “{only}”", remedy=f"It changed: {listed}.")
    names = [only] if only else [change.path for change in act.files if not is_ledger(change.path)]
    return {name: history.earlier(act, name) for name in names}


def put_back(history: History, versions: Mapping[str, bytes | None], what: str) -> tuple[str, ...]:
    """Put files back as ``versions`` has them, in one act called ``what``; returns the paths that changed.

    A guide's catalogs are brought up to date even if the guide itself is as it was: an interruption can
    leave them behind.
    Raises :class:`ProjectError` if nothing would change, and our other errors for a guide or catalog that
    cannot be used; nothing is written then.
    """
    guides = _guides(history, versions)
    # These follow the guide, and may have translations that were made since.
    follows = {name for name in versions if domain_of(name) in guides}
    plain = {name: data for name, data in versions.items() if name not in follows and not guide_of(name)}
    plain |= {
        name: data for name, data in versions.items() if guide_of(name) and guide_of(name) not in guides
    }
    ready = _up_to_date(history.root, plain)
    project = Project(history.root)
    revised = [revised_files(project, slug, text) for slug, text in guides.items()]
    # Written in this order: an interruption never shows new English beside an old translation.
    after = {_name(history, path): data for files in revised for path, data in files.items()} | ready
    changed = tuple(name for name, data in after.items() if history.present(name) != data)
    if not changed:
        raise ProjectError("nothing has to be put back: the files are as they were")
    with recorded(history.root, what):
        for files in revised:
            write_recorded(history.root, what, files)
        write_versions(history, ready)
    return changed


def _name(history: History, path: Path) -> str:
    return path.relative_to(history.root).as_posix()


def _guides(history: History, versions: Mapping[str, bytes | None]) -> dict[str, str]:
    """The texts of the guides among ``versions`` that exist now and did before."""
    return {
        guide_of(name): decoded(data, history.root / name)
        for name, data in versions.items()
        if guide_of(name) and data is not None and history.present(name) is not None
    }


def _up_to_date(root: Path, versions: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """``versions`` with each catalog merged with the present guide."""
    ready = dict(versions)
    for name, data in versions.items():
        match = _CATALOG.fullmatch(name)
        if match and data is not None:
            project = Project(root)
            if match[2] in domains(project):
                ready[name] = po.merge(pot_bytes(project, match[2]), data, match[1], root / name)
    return ready


def write_versions(
    history: History, versions: Mapping[str, bytes | None], *, reverses: str = "", what: str = ""
) -> None:
    """Write files with exactly these bytes, or remove them, in one act. The templates come first, so that
    an interruption never shows new English beside an old translation."""
    names = sorted(versions, key=lambda name: (not name.endswith(".pot"), not guide_of(name), name))
    with recorded(history.root, what, (history.root / name for name in names), reverses=reverses):
        write_files(
            {history.root / safe_path(name): data for name in names if (data := versions[name]) is not None}
        )
        for name in names:
            if versions[name] is None:
                _remove(history.root / safe_path(name))


def _remove(path: Path) -> None:
    """Remove a file, and the folder of a guide that is then empty."""
    try:
        path.unlink(missing_ok=True)
        if path.parent.parent.name == SOURCE_LOCALE and not _holds(path.parent):
            path.parent.rmdir()
    except OSError as error:
        raise ProjectError(
            f"cannot be removed: {error.strerror or error}", path=path, remedy="Close it if it is open."
        ) from None


def _holds(folder: Path) -> Sequence[Path]:
    return [*folder.iterdir()] if folder.is_dir() else [folder]


def concerning(acts: Iterable[Act], path: str) -> list[Act]:
    """The acts that changed the file ``path``."""
    return [act for act in acts if act.file(path) is not None]
