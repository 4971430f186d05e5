"""Why a translation is not made, in words for an office that knows no catalogs. Pure."""

from collections import Counter
from collections.abc import Iterable

from parentguide.build.api import Gap
from parentguide.model.labels import STATE_LABELS

REMEDY = "Have it checked or completed at “Check translations”, or choose other languages."


def left_out(gaps: Iterable[Gap]) -> list[str]:
    """A line for each language, such as “Urdu: 2 pieces are missing; 1 piece waits for a person”."""
    by_language: dict[str, Counter[str]] = {}
    for gap in gaps:
        counts = by_language.setdefault(gap.language.english_name, Counter())
        counts.update(_reason(reason) for reason in gap.reasons.values())
    return [
        f"{name}: " + "; ".join(_counted(count, reason) for reason, count in sorted(counts.items()))
        for name, counts in sorted(by_language.items())
    ]


def _reason(reason: str) -> str:
    if reason in STATE_LABELS:
        return STATE_LABELS[reason]
    return reason if reason in ("missing", "fuzzy") else "broken"


def _counted(count: int, reason: str) -> str:
    pieces = "1 piece" if count == 1 else f"{count} pieces"
    if reason == "fuzzy":
        waits = "waits" if count == 1 else "wait"
        return f"{pieces} {waits} for a person"
    if reason == "draft":
        reason = "not checked by anybody"
    elif reason in STATE_LABELS.values():
        reason = f"only {reason}"
    return f"{pieces} {'is' if count == 1 else 'are'} {reason}"
