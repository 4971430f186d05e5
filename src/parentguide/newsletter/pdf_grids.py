"""Tables whose cells are drawn: rules and frames of a page that touch and make rows and columns."""

from collections.abc import Iterable, Sequence

from parentguide.newsletter.pdf_values import Box, Grid

_MOST_BOXES = 800  # each is compared with the others, so that the time is bounded
_TOUCH = 2.0  # points between two boxes that touch
_LEAST_WIDTH, _LEAST_HEIGHT = 60.0, 18.0
_LEAST_ACROSS = 0.6  # of the width: a rule that parts two rows
_LEAST_UPRIGHT = 0.4  # of the height: a rule that parts two columns
_MOST_CELLS = 2_000


def find_grids(boxes: Iterable[Box]) -> list[Grid]:
    """The grids with at least two rows and two columns."""
    wide = [box for box in boxes if _is_part(box)][:_MOST_BOXES]
    grids = (_grid(group) for group in _touching(sorted(wide, key=lambda box: box.left)))
    return [grid for grid in grids if grid]


def _is_part(box: Box) -> bool:
    """Whether a box is large enough for a cell, or thin enough for a rule."""
    longest = max(box.width, box.height)
    return longest > 14 or (longest > 7 and min(box.width, box.height) < 2)


def _touching(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes, sorted from the left, in groups that hang together."""
    group = list(range(len(boxes)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for first, box in enumerate(boxes):
        for second in range(first + 1, len(boxes)):
            if boxes[second].left > box.right + _TOUCH:
                break
            if _touch(box, boxes[second]):
                group[root(second)] = root(first)
    found: dict[int, list[Box]] = {}
    for index, box in enumerate(boxes):
        found.setdefault(root(index), []).append(box)
    return list(found.values())


def _touch(a: Box, b: Box) -> bool:
    """Whether two boxes meet at their edges; a frame does not touch what lies well inside it."""
    apart = (
        a.left > b.right + _TOUCH or b.left > a.right + _TOUCH
        or a.bottom > b.top + _TOUCH or b.bottom > a.top + _TOUCH
    )  # fmt: skip
    return not apart and not _inside(a, b) and not _inside(b, a)


def _inside(a: Box, b: Box) -> bool:
    across = b.left + _TOUCH < a.left and a.right < b.right - _TOUCH
    return across and b.bottom + _TOUCH < a.bottom and a.top < b.top - _TOUCH


def _grid(boxes: Sequence[Box]) -> Grid | None:
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    bottom, top = min(box.bottom for box in boxes), max(box.top for box in boxes)
    if len(boxes) < 3 or right - left < _LEAST_WIDTH or top - bottom < _LEAST_HEIGHT:
        return None
    across = [(y, box.left, box.right) for box in boxes if box.width > 10 for y in (box.bottom, box.top)]
    upright = [(x, box.bottom, box.top) for box in boxes if box.height > 7 for x in (box.left, box.right)]
    levels = _edges(across, _LEAST_ACROSS * (right - left))
    uprights = _edges(upright, _LEAST_UPRIGHT * (top - bottom))
    if len(levels) < 3 or len(uprights) < 3 or len(levels) * len(uprights) > _MOST_CELLS:
        return None
    return Grid(tuple(reversed(levels)), tuple(uprights))


def _edges(pieces: Sequence[tuple[float, float, float]], least: float) -> list[float]:
    """The places, in order, where pieces at one place (within 4 points) cover at least ``least``."""
    groups: list[list[tuple[float, float, float]]] = []
    for piece in sorted(pieces):
        if groups and piece[0] - groups[-1][0][0] < 4:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [
        sum(place for place, _, _ in group) / len(group)
        for group in groups
        if covered((start, end) for _, start, end in group) >= least
    ]


def covered(pieces: Iterable[tuple[float, float]]) -> float:
    """The length that pieces of a line cover together."""
    total, reached = 0.0, float("-inf")
    for start, end in sorted(pieces):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total
