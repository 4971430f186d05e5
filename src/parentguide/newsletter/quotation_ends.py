"""Where each quotation in “…” ends, with quotations inside it.

English sets a quotation of several paragraphs with an opening mark before each of them and a closing mark
after the last one (New Hart’s Rules, 9.2.3), so an opening mark may also begin the next paragraph.
"""

import re
from collections.abc import Sequence

from parentguide.newsletter.lines import Line, ends_sentence

OPENING, CLOSING = "“", "”"
_MARKS = re.compile("[“”]")
_AFTER_CLOSING = re.compile(r"”[.,;]?$|”[.,;]?\s*[(\[–—-]")

Place = tuple[int, int]  # a line's index, and a column of its text


def curly_ends(lines: Sequence[Line]) -> dict[Place, Place]:
    """For each opening mark that is closed, the place of its closing mark."""
    open_marks: list[Place] = []
    last = -1  # the line with the last opening mark at its start
    ends: dict[Place, Place] = {}
    for index, line in enumerate(lines):
        text = line.text
        if OPENING not in text and CLOSING not in text:
            continue
        for match in _MARKS.finditer(text):
            column = match.start()
            if text[column] == CLOSING:
                if open_marks:
                    ends[open_marks.pop()] = (index, column)
            elif column or not open_marks or not _reopens(lines, last, index):
                open_marks.append((index, column))
        if text[0] == OPENING:
            last = index
    return ends


def _reopens(lines: Sequence[Line], last: int, index: int) -> bool:
    """Whether the mark that begins line ``index`` begins the next paragraph of an open quotation.

    ``last`` is the line where the paragraph before it begins; between the two are only its other lines
    and list items.
    """
    if last < 0 or not _begins_paragraph(lines, index) or _quotes_a_few_words(lines[index].text):
        return False
    return not any(_begins_paragraph(lines, other) for other in range(last + 1, index))


def _begins_paragraph(lines: Sequence[Line], index: int) -> bool:
    line, above = lines[index], lines[index - 1] if index else None
    if line.blank or line.mark or line.kind == "item":
        return False
    return bool(line.kind) or above is None or above.blank or ends_sentence(above.text)


def _quotes_a_few_words(text: str) -> bool:
    """Whether the mark that begins the text is closed in it, and the sentence goes on."""
    depth = 0
    for match in _MARKS.finditer(text):
        depth += 1 if match[0] == OPENING else -1
        if depth == 0:
            return not _AFTER_CLOSING.match(text, match.start())
    return False
