"""Whether a history is sound: acts can be read, earlier versions are undamaged, and it is not too large."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.infra.history import NEW, OLD, History
from parentguide.infra.history_acts import ACT_FILE, Act, act_text, read_act
from parentguide.project.recorded import history_of

_REPAIR = "Run “parentguide doctor --repair”."


@dataclass(frozen=True, slots=True)
class HistoryFinding:
    """Something that is wrong, what to do, and how the program repairs it."""

    problem: str
    remedy: str
    repair: Callable[[], None]


def history_findings(root: Path) -> Iterator[HistoryFinding]:
    """What is wrong with the history of a folder; nothing if there is none."""
    history = history_of(root)
    for name in history.names():
        try:
            act = read_act(history.folder / name)
        except ParentguideError as error:
            problem = f"{history.folder / name}: {error.problem}; its earlier versions cannot be put back"
            yield HistoryFinding(problem, f"{_REPAIR} It removes this act.", _removal(history, name))
            continue
        if not act.finished:
            problem = f"{history.folder / name}: was interrupted, or goes on now"
            yield HistoryFinding(problem, _REPAIR, history.settle)
        yield from _damaged(history, act)
    for prefix in (NEW, OLD):
        for path in history.folder.glob(f"{prefix}*"):
            yield HistoryFinding(f"{path}: is left of an interrupted act", _REPAIR, history.settle)
    yield from _too_large(history)


def _damaged(history: History, act: Act) -> Iterator[HistoryFinding]:
    for change in act.files:
        try:
            history.earlier(act, change.path)
        except ParentguideError as error:
            yield HistoryFinding(
                f"{history.folder / act.name / change.path}: {error.problem}",
                f"{_REPAIR} It removes this version; the others stay.",
                _without(history, act, change.path),
            )


def _too_large(history: History) -> Iterator[HistoryFinding]:
    size, acts, limits = history.size(), len(history.names()), history.limits
    if size > limits.megabytes * 1_000_000 and acts > 1:
        problem = f"{history.folder}: takes {size / 1e6:.0f} MB; the limit is {limits.megabytes}"
        yield HistoryFinding(problem, f"{_REPAIR} It removes the oldest acts.", history.prune)
    elif acts > limits.acts:
        problem = f"{history.folder}: has {acts} acts; the limit is {limits.acts}"
        yield HistoryFinding(problem, f"{_REPAIR} It removes the oldest acts.", history.prune)


def _removal(history: History, name: str) -> Callable[[], None]:
    def repair() -> None:
        with history.locked():
            history.remove(name)
            history.remove_unshared()

    return repair


def _without(history: History, act: Act, path: str) -> Callable[[], None]:
    def repair() -> None:
        with history.locked():
            # Other files of the act may have been repaired before.
            present = read_act(history.folder / act.name)
            files = tuple(change for change in present.files if change.path != path)
            text = act_text(replace(present, files=files))
            write_file(history.folder / act.name / ACT_FILE, text.encode("utf-8"))

    return repair
