"""PG571: a translation that is far longer or shorter than the other translations of its language.

Each language has its own measure: the median of the ratios of its messages' lengths to the
English. A text of half that ratio, or twice, has probably lost or gained something.
"""

from collections.abc import Iterator
from statistics import median

from parentguide.checks.finding import Severity
from parentguide.checks.translation.catalog import LanguageCatalog
from parentguide.checks.translation.message import Problem, TranslatedMessage
from parentguide.model.markup import PLACEHOLDER

# The length of shorter labels varies too much. In characters.
_SHORTEST = 40
_LEAST, _MOST = 0.5, 1.9
# The median of fewer messages says little about a language that is half translated.
_FEWEST = 10


def check_lengths(catalog: LanguageCatalog) -> Iterator[tuple[TranslatedMessage, Problem]]:
    # A placeholder is as long in every language, so it would hide the words of a short message.
    ratios = [
        (message, len(PLACEHOLDER.sub("", message.text)) / length)
        for message in catalog.messages
        if (length := len(PLACEHOLDER.sub("", message.english))) >= _SHORTEST
    ]
    if len(ratios) < _FEWEST:
        return
    usual = median(ratio for _, ratio in ratios)
    for message, ratio in ratios:
        if not _LEAST <= ratio / usual <= _MOST:
            yield (
                message,
                Problem(
                    "PG571",
                    Severity.WARNING,
                    f"{ratio / usual:.1f} times as long as translations into this language usually are",
                    "Look whether something is missing or was added.",
                ),
            )
