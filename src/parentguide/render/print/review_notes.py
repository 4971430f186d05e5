"""What the printed review sheet says before its rows: first questions, and the style and terms in brief.

``STYLE.md`` has more of it; here it takes no more than two sides.
"""

from collections.abc import Mapping
from typing import TypedDict

from parentguide.model.style_notes import StyleNotes, in_brief
from parentguide.render.print.review_types import ReviewNote, ReviewQuestion, ReviewTerm
from parentguide.schools.drawable import drawable

_MOST_TRAPS, MOST_TERMS = 8, 24
_LONGEST_REMARK, _LONGEST_TERM, _LONGEST_REASON = 260, 60, 80


class ReviewNotes(TypedDict):
    """The part of the sheet's data that comes before the rows."""

    questions: list[ReviewQuestion]
    notes: list[ReviewNote]
    terms: list[ReviewTerm]


def review_notes(notes: StyleNotes, numbers: Mapping[str, int]) -> ReviewNotes:
    """The notes without characters that no font has; ``numbers`` are those of the sheet's rows by context."""
    remarks = (*notes.traps[:_MOST_TRAPS], *notes.style)
    return {
        "questions": [
            {
                "about": _about(one.context, numbers),
                "question": drawable(one.question),
                "why": drawable(one.why),
            }
            for one in notes.questions
        ],
        "notes": [
            {"name": name[:1].upper() + name[1:], "said": drawable(in_brief(said, _LONGEST_REMARK))}
            for name, said in remarks
        ],
        "terms": [
            {
                "english": in_brief(term.english, _LONGEST_TERM),
                "term": drawable(in_brief(term.term, _LONGEST_TERM)),
                "reason": drawable(in_brief(term.reason, _LONGEST_REASON)),
            }
            for term in notes.terms[:MOST_TERMS]
        ],
    }


def _about(context: str, numbers: Mapping[str, int]) -> str:
    """Which row; "" for a question about all rows, or about a message of another guide."""
    return f"No. {numbers[context]}" if context in numbers else ""
