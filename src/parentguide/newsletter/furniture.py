"""Running heads, page numbers, and addresses and dates of printed pages: not part of a page's text.

A line that other lines repeat is a running head only at the edge of a page, beside a page
number or at an end of the text, or where it cuts a sentence in two.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from parentguide.newsletter.lines import Line, ends_sentence
from parentguide.newsletter.passages import LeftOut

_PAGE_NUMBER = re.compile(
    r"(?:[-–—|]\s*)?(?:(?:page|p\s?a\s?g\s?e)\s*[|:]?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|\d{1,4}\s*\|\s*(?:page|p\s?a\s?g\s?e)|\d{1,4}\s*(?:of|/)\s*\d{1,4}|[-–—|]\s*\d{1,4}\s*[-–—|])"
    r"(?:\s*[-–—|])?",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\d{1,3}")
_PRINTED_ADDRESS = re.compile(
    r"(?:https?://|file://|www\.)\S+\s+(?:page\s+)?\d{1,3}\s*(?:/|of)\s*\d{1,3}", re.I
)
_PRINTED_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{2,4},?\s+\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\s.*)?", re.I
)
_ADDRESS = re.compile(r"(?:https?://|file://)\S+")
_DIGITS = re.compile(r"\d+")
_NO_WORDS = re.compile(r"[\W_]+")
_LONGEST_HEAD = 120  # characters
_MOST_PAGES = 500  # a line that is there more often is not a running head
_LEAST_LINE = 30  # characters; a shorter line is not one that a page's end cut
_PAGE_NUMBER_REASON, _PRINTED_REASON = "page number", "address or date of a printed page"
_HEAD_REASON, _RULE_REASON = "running head", "line without words"


def without_furniture(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[LeftOut, ...]]:
    """The lines without furniture, and what was left out; a sentence that it cut in two is whole again."""
    reasons = _reasons(lines)
    if not any(line.text and index not in reasons for index, line in enumerate(lines)):
        # Nothing but repeated lines: they are the newsletter.
        return tuple(lines), ()
    left_out = tuple(
        LeftOut(f"{line.mark} {line.text}".strip(), reason, line.number)
        for line, reason in ((lines[index], reason) for index, reason in sorted(reasons.items()))
    )
    return tuple(_joined(lines, reasons)), left_out


def _reasons(lines: Sequence[Line]) -> dict[int, str]:
    """Why each line that is furniture is left out, by its index."""
    reasons = {
        index: reason
        for index, line in enumerate(lines)
        if line.text and (reason := _sure_reason(line)) is not None
    }
    reasons |= _bare_numbers(lines)
    return reasons | _heads(lines, reasons)


def _sure_reason(line: Line) -> str | None:
    text = line.text
    if len(text) > _LONGEST_HEAD or line.is_row:
        return None
    if _DIGITS.search(text):
        if _PAGE_NUMBER.fullmatch(f"{line.mark} {text}".strip()):
            return _PAGE_NUMBER_REASON
        is_printed = _PRINTED_ADDRESS.fullmatch(text) or _PRINTED_DATE.fullmatch(text)
        return _PRINTED_REASON if is_printed else None
    return _RULE_REASON if text.isascii() and _NO_WORDS.fullmatch(text) and not line.mark else None


def _bare_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """Numbers alone on their lines that count up by one from page to page."""
    numbers = [
        (index, int(line.text))
        for index, line in enumerate(lines)
        if _BARE_NUMBER.fullmatch(line.text) and not line.mark
    ]
    values = [value for _, value in numbers]
    if len(values) < 2 or values != list(range(values[0], values[0] + len(values))) or values[0] > 2:
        return {}
    return dict.fromkeys((index for index, _ in numbers), _PAGE_NUMBER_REASON)


def _heads(lines: Sequence[Line], reasons: dict[int, str]) -> dict[int, str]:
    """Lines with the same words, digits apart, that are all at the edge of a page."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.text and not (line.mark or line.is_row) and len(line.text) <= _LONGEST_HEAD:
            places[_DIGITS.sub("#", line.text).casefold()].append(index)
    repeated = {
        index
        for indices in places.values()
        if 1 < len(indices) <= _MOST_PAGES and not _is_prose(lines[indices[0]])
        for index in indices
    }
    at_edge = _at_edge(lines, reasons, repeated)
    found: dict[int, str] = {}
    for indices in places.values():
        if indices[0] not in repeated:
            continue
        cuts = any(_cuts_a_sentence(lines, index) for index in indices)
        if cuts or (reasons and all(index in at_edge for index in indices)):
            is_address = _ADDRESS.match(lines[indices[0]].text)
            found |= dict.fromkeys(indices, _PRINTED_REASON if is_address else _HEAD_REASON)
    return found


def _is_prose(line: Line) -> bool:
    return line.text.endswith(",") or _is_finished(line)


def _is_finished(line: Line) -> bool:
    return ends_sentence(line.text) or line.text.endswith((":", ";"))


def _at_edge(lines: Sequence[Line], reasons: dict[int, str], repeated: set[int]) -> set[int]:
    """Which of the ``repeated`` lines are beside furniture or an end of the text, one or several of them."""
    found: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        beside = True
        for index in order:
            if lines[index].blank:
                continue
            if beside and index in repeated:
                found.add(index)
            beside = index in reasons or (beside and index in repeated)
    return found


def _cuts_a_sentence(lines: Sequence[Line], index: int) -> bool:
    above = _neighbour(lines, index, -1)
    below = _neighbour(lines, index, 1)
    return (
        above is not None
        and below is not None
        and not (below.mark or above.is_row or below.is_row)
        and below.text[:1].islower()
        and len(above.text) >= max(len(lines[index].text), _LEAST_LINE)
        and not _is_finished(above)
    )


def _neighbour(lines: Sequence[Line], index: int, step: int) -> Line | None:
    """The next line with words above (``step`` -1) or below (1), at most three lines away."""
    for other in range(index + step, index + 4 * step, step):
        if 0 <= other < len(lines) and lines[other].text:
            return lines[other]
    return None


def _joined(lines: Sequence[Line], reasons: dict[int, str]) -> Iterator[Line]:
    """The lines without furniture. Where it cut a sentence in two, the blank lines around it go too."""
    kept: list[Line] = []
    above: Line | None = None
    removed = False
    for index, line in enumerate(lines):
        if index in reasons:
            removed = reasons[index] != _RULE_REASON or removed
            kept.append(line._replace(text="", mark=""))
        elif line.blank:
            kept.append(line)
        else:
            if removed and above is not None and _goes_on(above, line):
                yield line._replace(continues=True)
            else:
                yield from kept
                yield line
            above, removed, kept = line, False, []
    yield from kept


def _goes_on(above: Line, below: Line) -> bool:
    """Whether a sentence that a page's end cut goes on in ``below``."""
    if below.mark or below.is_row or above.is_row or _is_finished(above):
        return False
    return below.text[:1].islower() or above.text.endswith("-") or len(above.text) >= _LEAST_CUT


# A line without an end that is at least so long (characters) is no heading, so its sentence goes on.
_LEAST_CUT = 60
