"""PG571: a translation far longer or shorter than its language's others.

Each language has its own measure: the middle of the ratios of all its messages to the
English. A text of half of that, or of twice, has lost something or gained something.
"""

from collections.abc import Iterator
from statistics import median

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.markup import PLACEHOLDER

# Labels of a few words vary too much to say anything.
_SHORTEST = 40
_LEAST, _MOST = 0.5, 1.9


def check_lengths(whole: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    # A field is as long in every language, and would outweigh the words of a short label.
    measured = [
        (pair, len(PLACEHOLDER.sub("", pair.text)) / length)
        for pair in whole.pairs
        if (length := len(PLACEHOLDER.sub("", pair.english))) >= _SHORTEST
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
