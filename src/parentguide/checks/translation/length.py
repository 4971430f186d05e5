"""PG571: a translation far longer or shorter than its language's others.

Each language has its own measure: the middle of the ratios of all its messages to the
English. A text of half of that, or of twice, has lost something or gained something.
"""

from collections.abc import Iterator
from statistics import median

from parentguide.checks.finding import Severity
from parentguide.checks.translation.pair import Pair, Problem
from parentguide.checks.translation.whole import Whole
from parentguide.inline import FIELD

# Labels of a few words vary too much to say anything.
_SHORTEST = 40
_LEAST, _MOST = 0.5, 1.9


def check_lengths(whole: Whole) -> Iterator[tuple[Pair, Problem]]:
    # A field is as long in every language, and would outweigh the words of a short label.
    measured = [
        (pair, len(FIELD.sub("", pair.text)) / length)
        for pair in whole.pairs
        if (length := len(FIELD.sub("", pair.english))) >= _SHORTEST
    ]
    if not measured:
        return
    usual = median(ratio for _, ratio in measured)
    for pair, ratio in measured:
        if not _LEAST <= ratio / usual <= _MOST:
            yield (
                pair,
                Problem(
                    "PG571",
                    Severity.WARNING,
                    f"{ratio / usual:.1f} times as long as this language's texts are beside the English",
                    "Look whether something is missing, or was added.",
                ),
            )
