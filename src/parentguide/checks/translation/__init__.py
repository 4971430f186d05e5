"""PG52x to PG58x: what a program can see of the translations; one check a file.

``PAIR_CHECKS`` look at each single one, ``WHOLE_CHECKS`` at all of one language together.
"""

from collections.abc import Sequence

from parentguide.checks.translation.characters import check_characters
from parentguide.checks.translation.glyphs import check_glyphs
from parentguide.checks.translation.joiners import check_joiners
from parentguide.checks.translation.language import check_language
from parentguide.checks.translation.length import check_lengths
from parentguide.checks.translation.marks import check_marks
from parentguide.checks.translation.numbers import check_numbers
from parentguide.checks.translation.pair import PairCheck
from parentguide.checks.translation.punctuation import check_punctuation
from parentguide.checks.translation.repeats import check_repeats
from parentguide.checks.translation.scripts import check_scripts
from parentguide.checks.translation.sentences import check_sentences
from parentguide.checks.translation.terms import check_forbidden, check_mark, check_terms
from parentguide.checks.translation.unchanged import check_unchanged
from parentguide.checks.translation.whole import WholeCheck

PAIR_CHECKS: Sequence[PairCheck] = (
    check_unchanged,
    check_numbers,
    check_scripts,
    check_characters,
    check_joiners,
    check_punctuation,
    check_marks,
    check_repeats,
    check_sentences,
)
WHOLE_CHECKS: Sequence[WholeCheck] = (
    check_glyphs,
    check_language,
    check_lengths,
    check_terms,
    check_forbidden,
    check_mark,
)

__all__ = ["PAIR_CHECKS", "WHOLE_CHECKS"]
