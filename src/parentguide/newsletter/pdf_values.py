"""What the stages of the PDF reader hand to each other. Positions are in points, from the bottom left."""

from dataclasses import dataclass

NO_TAG = -1


@dataclass(frozen=True, slots=True)
class Word:
    """Characters drawn side by side, without a space between them.

    ``base`` is the height of the baseline. ``tag`` is the number of the marked content (ISO 32000-1,
    14.6) that draws the word, and :data:`NO_TAG` if there is none. ``symbol``: its font holds symbols
    such as Wingdings. ``artifact``: the file marks it as not part of the text (14.8.2.2).
    ``glued``: no space lies between it and the word before.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    symbol: bool = False
    tag: int = NO_TAG
    artifact: bool = False
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn shape or picture: a rule, a frame, a background, a bullet."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, or the part of it that lies in one column.

    ``size`` is that of most of its letters. ``first_width`` is the width of its first word. ``mark`` is
    the list mark before it, without which ``text`` is, and ``mark_left`` the place where the mark begins.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    first_width: float = 0
    mark: str = ""
    mark_left: float = 0
    tagged: bool = False

    @property
    def top(self) -> float:
        return self.base + 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.base - 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Element:
    """A block of a tagged PDF: its ``kind`` (``H``, ``P``, ``LI``, ``CELL``, ``NOTE``) and content.

    ``cell`` is (table, row, column) from 0, for all blocks inside a table.
    """

    kind: str
    tags: tuple[int, ...]
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The drawn cells of a table: ``levels`` from the top, ``uprights`` from the left, and outer edges."""

    levels: tuple[float, ...]
    uprights: tuple[float, ...]

    def holds(self, line: Line) -> bool:
        middle = line.base + 0.3 * line.size
        inside = self.levels[-1] < middle < self.levels[0]
        return inside and self.uprights[0] - 3 < line.left < self.uprights[-1]

    def cell(self, line: Line) -> tuple[int, int]:
        """The row and column of a line, from 0."""
        middle = line.base + 0.3 * line.size
        row = sum(middle < level for level in self.levels[1:-1])
        column = sum(line.left + 1 > upright for upright in self.uprights[1:-1])
        return row, column


@dataclass(frozen=True, slots=True)
class Page:
    """What one page draws, turned so that most of its text is level.

    ``turned`` words stand at a right angle to the others. ``hidden`` is text that a reader of the page
    does not see, ``slanted`` is text at another angle, such as a watermark.
    """

    number: int
    bottom: float
    top: float
    words: tuple[Word, ...]
    turned: tuple[Word, ...] = ()
    boxes: tuple[Box, ...] = ()
    elements: tuple[Element, ...] = ()
    grids: tuple[Grid, ...] = ()
    hidden: str = ""
    slanted: str = ""
