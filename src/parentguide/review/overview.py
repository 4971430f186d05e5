"""What the school's check page shows of each message: words, meaning, state and findings."""

from collections.abc import Iterator, Mapping, Sequence

from parentguide.backtranslation import BackTranslation
from parentguide.checks.accepted import Accepted
from parentguide.checks.translation import PAIR_CHECKS
from parentguide.checks.translation.pair import Pair
from parentguide.model import Language, ReviewedMessage
from parentguide.review.states import LanguageReview, MessageReview


def overview(
    review: LanguageReview, put_back: BackTranslation, accepted: Sequence[Accepted]
) -> tuple[ReviewedMessage, ...]:
    """Each message in the order of the templates.

    ``put_back`` is what the words say in English. ``accepted`` are findings
    that were looked at: they are shown with the reason. What reviewers wrote is not shown,
    as the page may lie on a public website.
    """
    back = put_back.current(review.words)
    reasons = {(entry.code, entry.context): entry.reason for entry in accepted}
    return tuple(
        ReviewedMessage(
            domain=message.domain,
            context=message.context,
            english=message.english,
            translation=message.translation,
            back=back.get(message.context, ""),
            back_origin=put_back.messages[message.context].origin if message.context in back else "",
            state=message.state,
            signed=tuple((record.signature, record.date) for record in message.standing),
            changed=bool(message.voided),
            doubted=bool(message.wishes),
            findings=tuple(_findings(message, review.language, reasons)),
        )
        for message in review.messages
    )


def _findings(
    message: MessageReview, language: Language, reasons: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    pair = Pair(language, message.context, message.english, message.translation)
    for check in PAIR_CHECKS:
        for problem in check(pair):
            reason = reasons.get((problem.code, message.context))
            accepted = f" Looked at: {reason}" if reason else ""
            yield f"{problem.code}: {problem.message}.{accepted}".replace("..", ".")
