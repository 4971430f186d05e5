"""PG52x to PG56x: what a program can see of each single translation; one check a file."""

from collections.abc import Sequence

from parentguide.checks.translation.characters import check_characters
from parentguide.checks.translation.numbers import check_numbers
from parentguide.checks.translation.pair import PairCheck
from parentguide.checks.translation.punctuation import check_punctuation
from parentguide.checks.translation.repeats import check_repeats
from parentguide.checks.translation.scripts import check_scripts
from parentguide.checks.translation.unchanged import check_unchanged

PAIR_CHECKS: Sequence[PairCheck] = (
    check_unchanged,
    check_numbers,
    check_scripts,
    check_characters,
    check_punctuation,
    check_repeats,
)

__all__ = ["PAIR_CHECKS"]
