"""What the school's check page shows of each message: words, meaning, state and findings."""

from collections.abc import Iterator, Mapping, Sequence

from parentguide.checks.accepted_file import Accepted
from parentguide.checks.translation import MESSAGE_CHECKS
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model.language import Language
from parentguide.model.output import ReviewedMessage
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.translation.back_translation import BackTranslation


def reviewed_messages(
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
            signed=tuple((record.signature, record.date) for record in message.valid_sign_offs),
            changed=bool(message.outdated),
            doubted=bool(message.open_requests),
            findings=tuple(_findings(message, review.language, reasons)),
        )
        for message in review.messages
    )


def _findings(
    message: MessageReview, language: Language, reasons: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    pair = TranslatedMessage(language, message.context, message.english, message.translation)
    for check in MESSAGE_CHECKS:
        for problem in check(pair):
            reason = reasons.get((problem.code, message.context))
            accepted = f" Looked at: {reason}" if reason else ""
            yield f"{problem.code}: {problem.message}.{accepted}".replace("..", ".")
