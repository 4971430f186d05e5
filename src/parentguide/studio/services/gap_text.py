"""Why a language is left out, in words for an office that does not know catalogs."""

from collections import Counter
from collections.abc import Iterable

from parentguide.build.api import Gap
from parentguide.model.labels import STATE_LABELS
from parentguide.model.review_state import ReviewState
from parentguide.review.judgement import BelowState, BrokenMarkup, Fuzzy, GapReason, Missing

REMEDY = "Have it checked or completed at “Check translations”, or choose other languages."


def left_out(gaps: Iterable[Gap]) -> list[str]:
    """One line for each language, such as “Urdu: 1 message is fuzzy; 2 messages are missing”."""
    by_language: dict[str, Counter[tuple[str, str]]] = {}
    for gap in gaps:
        counts = by_language.setdefault(gap.language.english_name, Counter())
        counts.update(_predicate(reason) for reason in gap.reasons.values())
    return [
        f"{name}: " + "; ".join(_counted(count, *words) for words, count in sorted(counts.items()))
        for name, counts in sorted(by_language.items())
    ]


def gap_label(reason: GapReason) -> str:
    """The state of one message with this gap, for a list of messages."""
    return _predicate(reason)[0].removeprefix("is ")


def _predicate(reason: GapReason) -> tuple[str, str]:
    """What is said of one message with this gap, and of several."""
    match reason:
        case Missing():
            return "is not translated", "are not translated"
        case Fuzzy():
            return "needs a person to check it", "need a person to check them"
        case BrokenMarkup():
            return "has an error", "have errors"
        case BelowState(ReviewState.DRAFT):
            return "is not checked by anybody", "are not checked by anybody"
        case BelowState(state):
            return f"is only {STATE_LABELS[state]}", f"are only {STATE_LABELS[state]}"


def _counted(count: int, one: str, several: str) -> str:
    return f"1 message {one}" if count == 1 else f"{count} messages {several}"
