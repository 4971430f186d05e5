"""Paragraphs, headings and list items out of lines in reading order.

In running text a line ends where the next word would not have fitted. A line that ends earlier was
ended on purpose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parentguide.newsletter.passages import Role
from parentguide.newsletter.pdf_measure import Measure
from parentguide.newsletter.pdf_values import Line

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")
_LIST_LINE = re.compile(r"[;:](?:\s+(?:and|or))?$")
_STARTS = re.compile(r"[\"“‘'(\[]?[A-Z0-9£@]|cc\b")
# A line of a signature or a contact: nothing but a telephone number or an address.
_CONTACT = re.compile(
    r"(?:(?:tel|telephone|phone|e-?mail)\b[.:]?\s*)?(?:[\d+][\d ()]{8,}|\S+@\S+|www\.\S+|https?:\S+)", re.I
)
_MOST_HEADING_WORDS = 20
_LEAST_CAPITALS = 4  # characters
_MOST_PITCH = 1.22  # usual pitches between two lines of one paragraph
_GOES_ON = re.compile(r"\b(?:on|at|to|or|and|via|by|is|ring|call|phone|email|visit|see|text|website)$", re.I)
_MOST_CONTACT_WORDS = 8
_NEAR = 5  # lines above and below
_LEAST_AFTER_COMMA = 0.5  # of the column is white after “Yours sincerely,”


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of one paragraph, heading, item or table row.

    ``right`` is the edge of its column. ``cells`` are those of a row. ``opens``: it stands first on a page or
    in a column, so that it may be the rest of the paragraph before it.
    """

    lines: tuple[Line, ...]
    right: float
    role: Role | None = None
    doubt: str = ""
    cells: tuple[tuple[Line, ...], ...] = ()
    opens: bool = False

    @property
    def size(self) -> float:
        return self.lines[0].size


@dataclass(frozen=True, slots=True)
class Edges:
    """The left and right edge of a column in points. ``block``: its lines are one block by their tags."""

    left: float
    right: float
    block: bool = False


def paragraphs(lines: Sequence[Line], edges: Edges, measure: Measure) -> list[Paragraph]:
    """``lines`` are those of one column from the top, or of one block of a tagged PDF."""
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        near = edges if edges.block else _near(lines, index, edges)
        if groups and not _begins(groups[-1], line, near, measure):
            groups[-1].append(line)
        else:
            groups.append([line])
    roles = [_role(group, measure) for group in groups]
    if not edges.block:
        roles = _hanging_items(groups, roles)
    return [Paragraph(tuple(group), edges.right, role) for group, role in zip(groups, roles, strict=True)]


def _near(lines: Sequence[Line], index: int, edges: Edges) -> Edges:
    """The edges around one line: its column may be narrower here than elsewhere on the page."""
    around = lines[max(0, index - _NEAR) : index + _NEAR]
    right = max(line.right for line in around)
    at_edge = sum(right - line.right < 0.5 * line.size for line in around)
    return Edges(edges.left, right) if at_edge > 2 else edges


def _begins(group: Sequence[Line], line: Line, edges: Edges, measure: Measure) -> bool:
    """Whether ``line`` begins a paragraph of its own."""
    last = group[-1]
    if line.mark or _is_contact(last, line):
        return True
    if edges.block:
        if line.base >= last.base:
            return False  # the block goes on in the next column
        return _ended_on_purpose(last, line, edges, measure, least=0.3)
    pitch = last.base - line.base
    larger = max(last.size, line.size)
    ended, fits = bool(_SENTENCE_END.search(last.text)), _fits(last, line, edges)
    return (
        not 0 < pitch <= _MOST_PITCH * measure.pitch(larger)
        or abs(last.size - line.size) > 0.07 * larger
        or (_changes_weight(group, line) and (ended or fits))
        or (_is_outdented(group, line) and (ended or fits or _is_left_of_mark(group, line)))
        or (_is_indented(group, line, edges) and ended)
        or (_is_in_capitals(group) and not line.text.isupper() and fits)
        or _ended_on_purpose(last, line, edges, measure, least=0.2)
    )


def _is_in_capitals(group: Sequence[Line]) -> bool:
    return all(line.text.isupper() and len(line.text) > _LEAST_CAPITALS for line in group)


def _is_contact(last: Line, line: Line) -> bool:
    """Whether a line is a telephone number or address below a name, rather than the rest of a sentence."""
    if len(last.text.split()) > _MOST_CONTACT_WORDS or last.text[-1:] in ",:(–-":
        return False
    return bool(_CONTACT.fullmatch(line.text)) and not _GOES_ON.search(last.text)


def _changes_weight(group: Sequence[Line], line: Line) -> bool:
    return line.bold != group[-1].bold and all(x.bold == group[-1].bold for x in group)


def _is_left_of_mark(group: Sequence[Line], line: Line) -> bool:
    return bool(group[0].mark) and line.left < group[0].mark_left - 0.5 * line.size


def _spare(last: Line, line: Line, edges: Edges) -> float:
    """The white that the first word of ``line`` would have left at the end of ``last``; less than 0: none."""
    room = edges.right - last.right
    if _is_centred(last, edges) and abs(last.left - line.left) > 1:
        room += last.left - edges.left
    return room - 0.25 * last.size - line.first_width


def _fits(last: Line, line: Line, edges: Edges) -> bool:
    return _spare(last, line, edges) > 0.35 * last.size


def _is_centred(line: Line, edges: Edges) -> bool:
    middle = (edges.left + edges.right) / 2
    return line.left > edges.left + line.size and abs((line.left + line.right) / 2 - middle) < 4


def _ended_on_purpose(last: Line, line: Line, edges: Edges, measure: Measure, *, least: float) -> bool:
    """Whether ``last`` ends early. ``least`` is the share of the column that has to be white."""
    if not _fits(last, line, edges):
        return False
    ended = bool(_SENTENCE_END.search(last.text))
    starts = bool(_STARTS.match(line.text))
    wide = _spare(last, line, edges) > least * (edges.right - edges.left)
    if _LIST_LINE.search(last.text) or (ended and starts):
        return wide or not edges.block
    if measure.is_large(last.size) and measure.is_large(line.size):
        return False
    if last.text.endswith((",", "-", "–", "/")):
        least = _LEAST_AFTER_COMMA
        wide = _spare(last, line, edges) > least * (edges.right - edges.left)
    return starts and wide


def _is_outdented(group: Sequence[Line], line: Line) -> bool:
    """Whether a line stands left of the words of an item, or left of the later lines of a hanging indent."""
    first = group[0]
    if first.mark:
        return line.left < first.left - 0.6 * line.size
    return (
        len(group) > 1
        and group[1].left > first.left + 0.8 * line.size
        and line.left < group[1].left - 0.6 * line.size
    )


def _is_indented(group: Sequence[Line], line: Line, edges: Edges) -> bool:
    if _is_centred(line, edges) or _is_centred(group[-1], edges):
        return False
    return line.left > min(x.left for x in group) + 0.8 * line.size and len(group) > 1


def _role(group: Sequence[Line], measure: Measure) -> Role | None:
    """The role that the look of the lines makes sure; None leaves it to the stage after."""
    if group[0].mark:
        return Role.ITEM
    text = " ".join(line.text for line in group)
    short = len(text.split()) <= _MOST_HEADING_WORDS and not text.endswith((".", ",", ";", "”"))
    if short and all(measure.is_large(line.size) for line in group) and any(map(str.isalpha, text)):
        return Role.HEADING
    return None


def _hanging_items(groups: Sequence[Sequence[Line]], roles: list[Role | None]) -> list[Role | None]:
    """Two or more paragraphs in a row with a hanging indent are list items whose marks are pictures."""
    hanging = [
        role is None and len(group) > 1 and all(x.left > group[0].left + 0.8 * x.size for x in group[1:])
        for group, role in zip(groups, roles, strict=True)
    ]
    result = list(roles)
    for index, is_hanging in enumerate(hanging):
        beside = (index and hanging[index - 1]) or (index + 1 < len(hanging) and hanging[index + 1])
        if is_hanging and beside:
            result[index] = Role.ITEM
    return result
