"""Values that several tests of review use."""

from collections.abc import Sequence

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model.language import Language, PrintStyle
from parentguide.model.shown_words import words_digest as digest
from parentguide.review.judgement import judge
from parentguide.review.ledger import Record
from parentguide.review.status import MessageReview

POLISH = Language("pl", "Polish", "polski", "ltr", "Latn", PrintStyle(("Noto Sans",)), quotes="„”")


def message(english: str, text: str, context: str = "c") -> TranslatedMessage:
    return TranslatedMessage(POLISH, context, english, text)


def reviewed(
    english: str, text: str, records: Sequence[Record] = (), *, context: str = "c", fuzzy: bool = False
) -> MessageReview:
    return MessageReview(
        domain="cse",
        context=context,
        english=english,
        translation=text,
        words=digest(context, POLISH.locale, english, text),
        withheld=judge(message(english, text, context), fuzzy=fuzzy).withheld,
        records=tuple(records),
    )
