"""Which act “undo” takes back and which “redo” makes again. Pure functions of the acts.

An undo is an act that reverses another; a redo is one that reverses an undo. So both are in the history,
and an undone act can always be made again until somebody changes something else.
"""

from collections.abc import Iterable, Iterator

from parentguide.infra.history_acts import Act


def undo_target(acts: Iterable[Act]) -> Act | None:
    """The newest act that is in force and reverses no other; None if there is none. ``acts`` are newest
    first, all of a history or those that concern one file."""
    return next((act for act in _in_force(acts) if not act.reverses), None)


def redo_target(acts: Iterable[Act]) -> Act | None:
    """The undo that “redo” takes back; None if nothing was undone, or something was changed since."""
    found = list(acts)
    undone = {act.name for act in found if not act.reverses}
    for act in _in_force(found):
        if not act.reverses:
            return None
        if act.reverses in undone:
            return act
    return None


def in_force(acts: Iterable[Act]) -> frozenset[str]:
    """The names of the acts that nobody has undone."""
    return frozenset(act.name for act in _in_force(acts))


def _in_force(acts: Iterable[Act]) -> Iterator[Act]:
    """The acts that no later act in force reverses."""
    reversed_: set[str] = set()
    for act in acts:
        if act.name in reversed_:
            continue
        if act.reverses:
            reversed_.add(act.reverses)
        yield act
