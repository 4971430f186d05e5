"""PG52x to PG58x: the checks of translations, one file each.

:data:`MESSAGE_CHECKS` look at one message, :data:`CATALOG_CHECKS` at all messages of a language.
"""

from collections.abc import Sequence

from parentguide.checks.translation.catalog import CatalogCheck
from parentguide.checks.translation.characters import check_characters
from parentguide.checks.translation.doubled_words import check_doubled_words
from parentguide.checks.translation.foreign_markup import check_foreign_markup
from parentguide.checks.translation.glyphs import check_glyphs
from parentguide.checks.translation.length import check_lengths
from parentguide.checks.translation.message import MessageCheck
from parentguide.checks.translation.numbers import check_numbers
from parentguide.checks.translation.punctuation import check_punctuation
from parentguide.checks.translation.quotes_and_digits import check_quotes_and_digits
from parentguide.checks.translation.scripts import check_scripts
from parentguide.checks.translation.sentences import check_sentences
from parentguide.checks.translation.terms import check_forbidden, check_mark, check_terms
from parentguide.checks.translation.unchanged import check_unchanged
from parentguide.checks.translation.watched import check_watched
from parentguide.checks.translation.wrong_language import check_wrong_language
from parentguide.checks.translation.zero_width import check_zero_width

MESSAGE_CHECKS: Sequence[MessageCheck] = (
    check_unchanged,
    check_numbers,
    check_scripts,
    check_characters,
    check_zero_width,
    check_foreign_markup,
    check_punctuation,
    check_quotes_and_digits,
    check_doubled_words,
    check_sentences,
)
CATALOG_CHECKS: Sequence[CatalogCheck] = (
    check_glyphs,
    check_wrong_language,
    check_lengths,
    check_terms,
    check_forbidden,
    check_mark,
    check_watched,
)

__all__ = ["CATALOG_CHECKS", "MESSAGE_CHECKS"]
