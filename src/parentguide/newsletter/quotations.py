"""Long quotations in a newsletter, such as the official definition."""

import re
from collections.abc import Iterator, Sequence

from parentguide.model.statement import StatementKind
from parentguide.newsletter.drafts import StatementDraft
from parentguide.newsletter.lines import Line, ends_sentence

_CLOSING_MARKS = {"“": "”", '"': '"', "„": "“"}
_LEAST_WORDS = 15


def quotation_end(lines: Sequence[Line], index: int) -> int | None:
    """The index of the line that closes a long quotation opened at ``index``; None if there is none."""
    opening = lines[index]
    closing = _CLOSING_MARKS.get(opening.text[:1])
    if closing is None or opening.mark:
        return None
    count = 0
    for end in range(index, len(lines)):
        text = lines[end].text
        body = text[1:] if end == index else text
        count += len(body.split())
        if closing in body:
            closes_line = re.fullmatch(f"[^{closing}]*{closing}[.,;]?", body)
            return end if closes_line and count >= _LEAST_WORDS else None
    return None


def quotation_drafts(lines: Sequence[Line]) -> Iterator[StatementDraft]:
    """The paragraphs of a quotation that fills ``lines``, without its two quotation marks."""
    texts = [f"{line.mark} {line.text}" if line.mark else line.text for line in lines]
    texts[0] = texts[0][1:].lstrip()
    texts[-1] = re.sub(r"[”\"“][.,;]?$", "", texts[-1]).rstrip()
    width = max(len(text) for text in texts)
    number, parts = lines[0].number, list[str]()
    for position, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if text:
            parts.append(text)
        following = texts[position + 1] if position + 1 < len(texts) else ""
        if not text or (following and _ends_paragraph(text, following, width)):
            if parts:
                yield StatementDraft(StatementKind.QUOTATION, number, tuple(parts))
            number, parts = line.number + 1, []
    if parts:
        yield StatementDraft(StatementKind.QUOTATION, number, tuple(parts))


def _ends_paragraph(text: str, following: str, width: int) -> bool:
    """Whether ``text`` ends a sentence and its line ends early, before a line that begins with a capital."""
    first = following.split(" ", 1)[0]
    return ends_sentence(text) and first[:1].isupper() and len(text) + 1 + len(first) <= width
