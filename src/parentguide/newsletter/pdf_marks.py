"""List marks at the start of a line of a PDF: bullets, letters of symbol fonts, dashes, numbers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parentguide.newsletter.pdf_values import Box, Line, Word

_BULLETS = "•‣◦▪▫■□●○∙·*►▸▶➢➤→⇒❖◆◇★☆✓✔✗✘☐☑☒❑❒»›⁃⦁"
# Codes of bullets in Wingdings and Symbol, which arrive as letters where the font's name is lost.
_SYMBOL_LETTERS = set("oØ§üž¨ðÜ×¤Ÿ")
_DASHES = set("-‐‑–—")
_VARIANTS = re.compile("[\ufe0e\ufe0f\u200d\u20e3]")
_STUCK = re.compile(f"([{re.escape(_BULLETS.replace('*', '').replace('·', ''))}\uf000-\uf0ff])(?=[^\\W_])")
_ORDINAL = re.compile(r"(?:\(?(?P<number>\d{1,2})[.)]|\(?(?P<roman>[ivx]{1,5})[.)]|\(?(?P<letter>[a-z])[.)])")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_FARTHEST = 5.0  # type sizes between a mark and its words


def split_mark(words: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """The list mark that ``words`` begin with, and the words without it; no mark is ``""``.

    A dash or a number may also be part of a sentence: see :func:`settle_marks`.
    """
    first = words[0]
    stuck = _STUCK.match(first.text)
    if stuck:
        return stuck[1], (replace(first, text=first.text[1:]), *words[1:])
    if first.symbol and _is_symbol(first.text):
        return first.text, words[1:]
    if len(words) > 1 and words[1].glued and not first.symbol and words[1].left - first.right < 1:
        return "", words
    if first.text == "§" and len(words) > 1 and words[1].text[:1].isdigit():
        return "", words  # a section of an Act
    if _is_bullet(first.text) or first.text in _DASHES or _ORDINAL.fullmatch(first.text):
        return first.text, words[1:]
    return "", words


def _is_symbol(text: str) -> bool:
    return len(text) == 1 and (not text.isalnum() or text in _SYMBOL_LETTERS or text in "vqnluwp")


def _is_bullet(text: str) -> bool:
    if text in _BULLETS or text in _SYMBOL_LETTERS:
        return True
    bare = _VARIANTS.sub("", text)
    return bool(bare) and len(bare) <= 3 and all(_is_picture(char) for char in bare)


def _is_picture(char: str) -> bool:
    """A private code of a symbol font, or a dingbat, arrow, shape or emoji."""
    code = ord(char)
    if 0xE000 <= code <= 0xF8FF:
        return True
    return unicodedata.category(char) in ("So", "Sk") and (0x2190 <= code <= 0x2BFF or code >= 0x1F000)


def is_only_mark(text: str) -> bool:
    """Whether a whole line is a list mark, whose words stand beside it."""
    return _is_bullet(text) or text in _DASHES or bool(_ORDINAL.fullmatch(text))


def attach_marks(lines: Sequence[Line], boxes: Sequence[Box]) -> list[Line]:
    """Give each mark that stands by itself, or is drawn as a shape, to the line on its right.

    ``lines`` are those of one page, sorted from the top, and on one height from the left.
    """
    small = [box for box in boxes if 1 < box.width < 14 and 1 < box.height < 14]
    small.sort(key=lambda box: -box.bottom)
    found: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            if _beside(waiting, line):
                found.append(replace(line, mark=waiting.text, mark_left=waiting.left))
                waiting = None
                continue
            found.append(waiting)
            waiting = None
        if not line.mark and is_only_mark(line.text):
            waiting = line
        else:
            found.append(line)
    if waiting is not None:
        found.append(waiting)
    return _with_shapes(found, small)


def _beside(mark: Line, line: Line) -> bool:
    """A mark of its own font or size need not stand on quite the same baseline."""
    level = abs(mark.base - line.base) < 0.4 * max(line.size, mark.size)
    return level and not line.mark and -1 < line.left - mark.right < _FARTHEST * line.size


def _with_shapes(lines: list[Line], small: Sequence[Box]) -> list[Line]:
    if not small:
        return lines
    rows: dict[int, list[Box]] = {}
    for box in small:
        rows.setdefault(round(box.bottom / 10), []).append(box)
    result = []
    for line in lines:
        row = round(line.base / 10)
        near = [box for key in (row - 1, row, row + 1) for box in rows.get(key, ())[:50]]
        drawn = [box for box in near if not line.mark and _is_drawn_mark(box, line)]
        result.append(replace(line, mark="•", mark_left=drawn[0].left) if drawn else line)
    return result


def _is_drawn_mark(box: Box, line: Line) -> bool:
    small = 0.15 * line.size < box.height < 0.95 * line.size and 0.5 < box.width / box.height < 2
    level = line.base - 0.15 * line.size < box.bottom and box.top < line.base + 0.95 * line.size
    return small and level and 0 < line.left - box.right < 2.5 * line.size


@dataclass(frozen=True, slots=True)
class _Step:
    """The place of a number or letter in its list: ``kind`` tells 1. from a) and (a)."""

    kind: str
    value: int


def settle_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines in reading order; a dash or number that is part of a sentence goes back to its text.

    Numbers and letters of a list count up from its first; a dash is a mark if the newsletter has another.
    """
    dashes = Counter(line.mark for line in lines if line.mark in _DASHES)
    accepted = _counted([(_steps(line.mark), round(line.mark_left / 6)) for line in lines])
    accepted -= _numbers_of_headings(lines, accepted)
    result = []
    for index, line in enumerate(lines):
        keep = True
        if line.mark in _DASHES:
            keep = dashes[line.mark] > 1
        elif _ORDINAL.fullmatch(line.mark):
            keep = index in accepted
        result.append(line if keep else without_mark(line))
    return result


def _numbers_of_headings(lines: Sequence[Line], accepted: set[int]) -> set[int]:
    """The numbers that count headings: their lines stand out from the line below.

    A whole list in bold type has its numbers one below the other, so it does not.
    """
    numbers = {index for index in accepted if lines[index].mark.strip("().").isdigit()}
    below = {index: lines[index + 1] for index in numbers if index + 1 < len(lines)}
    standing = {index for index, line in below.items() if _stands_out(lines[index], line)}
    if not standing or len(standing) * 2 < len(numbers):
        return set()
    sample = lines[min(standing)]
    return {i for i in numbers if lines[i].bold == sample.bold and abs(lines[i].size - sample.size) < 0.5}


def _stands_out(line: Line, below: Line) -> bool:
    if below.mark or line.text.endswith((".", ",", ";")):
        return False
    return (line.bold and not below.bold) or line.size > 1.12 * below.size


def without_mark(line: Line) -> Line:
    """The line with its mark as the first word of its text."""
    text = f"{line.mark} {line.text}".strip()
    return replace(line, text=text, left=line.mark_left, mark="", first_width=line.size)


def _steps(mark: str) -> tuple[_Step, ...]:
    """What a mark may count: “i)” is a letter or a roman number."""
    match = _ORDINAL.fullmatch(mark)
    if not match:
        return ()
    bare = mark.strip("().")
    shape = mark.replace(bare, "")
    if bare.isdigit():
        return (_Step(f"1{shape}", int(bare)),)
    steps = [_Step(f"a{shape}", ord(bare) - 96)] if len(bare) == 1 else []
    if bare in _ROMAN:
        steps.append(_Step(f"i{shape}", _ROMAN.index(bare) + 1))
    return tuple(steps)


def _counted(marks: Sequence[tuple[tuple[_Step, ...], int]]) -> set[int]:
    """The indexes of the marks that count up 1, 2, … with at least one other mark of their list.

    Each mark has its steps and its indent: a list inside a list counts by itself.
    """
    lists: dict[tuple[str, int], list[int]] = {}
    accepted: set[int] = set()
    for index, (steps, indent) in enumerate(marks):
        for step in steps:
            run = _list_of(lists, step, indent)
            if run is None:
                continue
            run.append(index)
            lists[(step.kind, indent)] = run
            if len(run) > 1:
                accepted.update(run[-2:])
    return accepted


def _list_of(lists: dict[tuple[str, int], list[int]], step: _Step, indent: int) -> list[int] | None:
    """The list that ``step`` goes on with: at its indent, else in another column. 1 begins a list."""
    own = lists.get((step.kind, indent), [])
    if step.value == len(own) + 1:
        return own
    if step.value == 1:
        return []
    others = (run for (kind, _), run in lists.items() if kind == step.kind and len(run) + 1 == step.value)
    return next(others, None)
