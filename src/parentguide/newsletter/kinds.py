"""What the lines of a text are that nothing marks: headings, paragraphs, or items of a list without marks.

What is above and below a line says more than the line. Where blank lines part the text, lines without one
between them are a list. Each guess that may be wrong says why.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from parentguide.model.statement import StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.headings import looks_like_heading

_LIST_WITHOUT_MARKS = "a list without marks"
_HEADING_OR_ITEM = "a short line that may be a heading or an item"
_HEADING_OR_PARAGRAPH = "a short line that may be a heading or a paragraph"
_LONG, _TWO_SENTENCES = 160, 100  # characters
_INNER_SENTENCE_END = re.compile(r"[.!?]\s+[A-Z]")
_LEAST_LIST = 4  # headings one below the other: so many are a list with a heading
_SPACED_SHARE = 0.3
_LIST_KINDS = (StatementKind.ITEM, StatementKind.ROW, StatementKind.QUOTATION)


def with_kinds(drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    """The drafts, with a kind for each that is a guess."""
    guesses = [draft for draft in drafts if draft.is_guess]
    spaced = sum(draft.has_gap for draft in guesses) >= len(guesses) * _SPACED_SHARE
    # Below it are the close and the signature of a letter only.
    last_of_text = max((i for i, draft in enumerate(drafts, 1) if not draft.suggest), default=0)
    result: list[StatementDraft] = []
    for block in _blocks(drafts, spaced=spaced):
        end = block.stop
        above = result[-1] if result else None
        below = drafts[end] if end < last_of_text else None
        lines = drafts[block.start : end]
        if not lines[0].is_guess:
            result += lines
        elif spaced and len(lines) == 1:
            result.append(_single(lines[0], below))
        elif spaced:
            result += _block(lines, above, below)
        else:
            result += _sequence(lines, below)
    return _lists_with_gaps(result)


def _blocks(drafts: Sequence[StatementDraft], *, spaced: bool) -> Iterator[range]:
    """Drafts that are judged together: guesses without a blank line between them, or without others."""
    start = 0
    for index in range(1, len(drafts) + 1):
        if (
            index == len(drafts)
            or drafts[index].is_guess != drafts[start].is_guess
            or not drafts[start].is_guess
            or (spaced and drafts[index].has_gap)
        ):
            yield range(start, index)
            start = index


def _heading(draft: StatementDraft, unsure: str = "") -> StatementDraft:
    return replace(draft, kind=StatementKind.HEADING, unsure=unsure)


def _paragraph(draft: StatementDraft, unsure: str = "") -> StatementDraft:
    return replace(draft, kind=StatementKind.PARAGRAPH, unsure=unsure)


def _item(draft: StatementDraft, unsure: str = _LIST_WITHOUT_MARKS) -> StatementDraft:
    return replace(draft, kind=StatementKind.ITEM, unsure=unsure)


def _may_be_heading(draft: StatementDraft) -> bool:
    return draft.kind is StatementKind.HEADING or looks_like_heading(draft.first)


def _is_long(draft: StatementDraft) -> bool:
    """Whether the draft is a paragraph rather than an item of a list."""
    text = draft.first
    return len(text) > _LONG or (len(text) > _TWO_SENTENCES and bool(_INNER_SENTENCE_END.search(text)))


def _introduces(draft: StatementDraft | None) -> bool:
    """Whether a list may begin right below the draft."""
    return draft is not None and (draft.kind is StatementKind.HEADING or draft.last.endswith(":"))


def _single(draft: StatementDraft, below: StatementDraft | None) -> StatementDraft:
    """A line with blank lines around it. A heading has something below it that is not left out."""
    if not _may_be_heading(draft):
        return _paragraph(draft)
    if below is None:
        return _paragraph(draft, "" if draft.first.endswith(":") else _HEADING_OR_PARAGRAPH)
    if draft.first.endswith(":"):
        if below.kind in _LIST_KINDS or (below.is_guess and not below.has_gap):
            return _paragraph(draft)
        return _heading(draft, _HEADING_OR_PARAGRAPH)
    return _heading(draft)


def _block(
    lines: Sequence[StatementDraft], above: StatementDraft | None, below: StatementDraft | None
) -> list[StatementDraft]:
    """Lines without a blank line between them, in a text that has blank lines."""
    first, rest = lines[0], lines[1:]
    if first.first.endswith(":"):
        return [_paragraph(first), *_list(rest, introduced=True, below=below)]
    heads = _may_be_heading(first) and (
        first.first.endswith("?") or not _introduces(above) or all(map(_is_long, rest))
    )
    if heads:
        unsure = "" if all(map(_is_long, rest)) else _HEADING_OR_ITEM
        return [_heading(first, unsure), *_list(rest, introduced=True, below=below)]
    return _list(lines, introduced=_introduces(above), below=below)


def _list(
    lines: Sequence[StatementDraft], *, introduced: bool, below: StatementDraft | None
) -> list[StatementDraft]:
    """The lines as items, unless they are long, or one line only."""
    result: list[StatementDraft] = []
    for is_long, group in groupby(lines, key=_is_long):
        block = list(group)
        if is_long:
            result += map(_paragraph, block)
        elif len(block) == 1:
            follows_line = below if block[0] is lines[-1] else lines[0]
            result.append(_single(block[0], follows_line) if len(lines) > 1 else _paragraph(block[0]))
        elif len(block) == 2 and not introduced:
            result += [_paragraph(line, _LIST_WITHOUT_MARKS) for line in block]
        else:
            result += map(_item, block)
    return result


def _sequence(lines: Sequence[StatementDraft], below: StatementDraft | None) -> list[StatementDraft]:
    """Lines of a text without blank lines. Short lines below a heading or a colon are a list."""
    result: list[StatementDraft] = []
    for is_short, group in groupby(lines, key=_is_short_line):
        block = list(group)
        if not is_short:
            result += map(_paragraph, block)
            continue
        is_last = block[-1] is lines[-1]
        has_text_below = not is_last or below is not None
        introduced = bool(result) and result[-1].last.endswith(":")
        result += _short_lines(block, introduced=introduced, has_text_below=has_text_below)
    return result


def _is_short_line(draft: StatementDraft) -> bool:
    text = draft.first
    if draft.kind is StatementKind.HEADING or (_may_be_heading(draft) and not text.endswith(":")):
        return True
    return not text.endswith((".", ":", "!", "?", "”")) and not _is_long(draft) and text[:1].islower()


def _short_lines(
    lines: Sequence[StatementDraft], *, introduced: bool, has_text_below: bool
) -> list[StatementDraft]:
    """Short lines one below the other, between paragraphs."""
    if introduced:
        ends_with_heading = has_text_below and len(lines) > 2 and _may_be_heading(lines[-1])
        items = lines[:-1] if ends_with_heading else lines
        return [*map(_item, items), *(_heading(line, _HEADING_OR_ITEM) for line in lines[len(items) :])]
    if len(lines) == 1:
        line = lines[0]
        if has_text_below and _may_be_heading(line):
            return [_heading(line)]
        return [_paragraph(line, _HEADING_OR_PARAGRAPH)]
    if len(lines) < _LEAST_LIST and all(map(_may_be_heading, lines)):
        unsure = "" if len(lines) == 2 and has_text_below else _HEADING_OR_ITEM
        return [_heading(line, unsure) for line in lines]
    first, *rest = lines
    if not _may_be_heading(first):
        return [_item(line) for line in lines]
    ends_with_heading = has_text_below and _may_be_heading(rest[-1])
    items = rest[:-1] if ends_with_heading else rest
    return [
        _heading(first, _HEADING_OR_ITEM),
        *map(_item, items),
        *(_heading(line, _HEADING_OR_ITEM) for line in rest[len(items) :]),
    ]


def _lists_with_gaps(drafts: Sequence[StatementDraft]) -> list[StatementDraft]:
    """Headings one below the other that only their look made headings: four or more are a list."""
    result: list[StatementDraft] = []
    for is_short, group in groupby(drafts, key=lambda d: d.is_guess and d.kind is StatementKind.HEADING):
        block = list(group)
        if is_short and len(block) >= _LEAST_LIST:
            result += _short_lines(block, introduced=_introduces_list(result), has_text_below=True)
        else:
            result += block
    return result


def _introduces_list(above: Sequence[StatementDraft]) -> bool:
    return bool(above) and above[-1].last.endswith(":")
