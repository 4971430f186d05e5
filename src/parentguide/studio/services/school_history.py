"""Undo and redo for the school's details alone, without the list of all changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from parentguide.infra.history import History
from parentguide.infra.history_acts import Act
from parentguide.infra.history_order import redo_target, undo_target
from parentguide.project.put_back import concerning
from parentguide.project.recorded import history_of
from parentguide.review.undo import reverse
from parentguide.studio.services.workspace import UserFiles


@dataclass(frozen=True, slots=True)
class SchoolTurns:
    """The changes of the details that “undo” and “redo” are about; None where there is nothing to do."""

    history: History
    undo: Act | None
    redo: Act | None

    def reverse(self, *, redo: bool) -> None:
        """Undo or redo; nothing if there is nothing to do. Raises
        :class:`~parentguide.errors.ProjectError` for a file that was changed since in another way."""
        self.history.settle()
        act = self.redo if redo else self.undo
        if act is not None:
            reverse(self.history, act)


def school_turns(files: UserFiles) -> SchoolTurns:
    """What can be undone and redone of a person's details."""
    history = history_of(files.folder.resolve())
    acts: Sequence[Act] = concerning(history.acts(), files.school_file.name)
    return SchoolTurns(history, undo_target(acts), redo_target(acts))
