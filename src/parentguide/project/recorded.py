"""The one door for changes: ``with recorded(root, "Save the guide", paths)`` keeps the earlier versions.

Everything that commands and Studio change in a project or beside a school's file goes through here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from parentguide.errors import ParentguideError
from parentguide.infra.actor import actor
from parentguide.infra.atomic import write_files
from parentguide.infra.files import read_text
from parentguide.infra.history import History, Limits
from parentguide.infra.recording import Recording
from parentguide.project.settings_file import parse_settings

# The acts that go on in this context, by root: an act within an act is part of it.
_OPEN: ContextVar[tuple[tuple[Path, Recording], ...]] = ContextVar("open", default=())


def history_of(root: Path) -> History:
    """The history of a folder, with the limits of its ``locales/settings.toml`` if there is one."""
    path = root / "locales" / "settings.toml"
    limits = Limits()
    # A broken settings file is reported by whatever builds or checks the project.
    with suppress(ParentguideError):
        if path.is_file():
            settings = parse_settings(read_text(path), path)
            limits = Limits(settings.history_megabytes, settings.history_acts)
    return History(root, limits)


@contextmanager
def recorded(
    root: Path, what: str, paths: Iterable[Path] = (), *, who: str = "", reverses: str = ""
) -> Iterator[None]:
    """Keep the present bytes of ``paths``, which are below ``root``; what happens inside is one act.

    ``paths`` may have files that stay as they are, and must have every file that is written or removed.
    ``what`` says in plain words what is done, ``who`` by whom; without it, the account of the present
    :func:`~parentguide.infra.actor.actor`. Raises :class:`ProjectError` before anything is changed, if an
    earlier version cannot be kept.
    """
    root = root.resolve()
    outer = next((recording for open_root, recording in _OPEN.get() if open_root == root), None)
    if outer is not None:
        outer.keep(paths)
        yield
        return
    history = history_of(root)
    with history.locked():
        present = actor()
        recording = Recording.begin(history, what, present.how, who or present.who, reverses)
        recording.keep(paths)
        token = _OPEN.set((*_OPEN.get(), (root, recording)))
        try:
            yield
        finally:
            _OPEN.reset(token)
            recording.finish()


def write_recorded(root: Path, what: str, files: Mapping[Path, bytes], *, who: str = "") -> None:
    """Write files below ``root`` as :func:`~parentguide.infra.atomic.write_files` does, as one act.

    Raises :class:`ProjectError`; then no file is changed.
    """
    with recorded(root, what, files, who=who):
        write_files(files)
