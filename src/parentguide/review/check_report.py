"""What the school's check page shows of each message: texts, back-translation, state and findings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from parentguide.checks.translation.message import TranslatedMessage
from parentguide.model.output import ReviewedMessage
from parentguide.review.judgement import LanguageRules, judge
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.translation.back_translation import BackTranslation


# Without slots, so that the messages can be kept. They are not a field: two reports are equal, and
# have the same digest, if they were made from the same.
@dataclass(frozen=True)
class CheckReport(Sequence[ReviewedMessage]):
    """A language's messages in the order of the templates, checked only when somebody reads one.

    So a build that keeps an unchanged page runs no check for it. The comments of reviewers are not
    among the messages, because the page may be on a public website.
    """

    review: LanguageReview
    back_translation: BackTranslation
    rules: LanguageRules

    def __len__(self) -> int:
        return len(self.review.messages)

    @overload
    def __getitem__(self, index: int) -> ReviewedMessage: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[ReviewedMessage]: ...
    def __getitem__(self, index: int | slice) -> ReviewedMessage | Sequence[ReviewedMessage]:
        return self._messages[index]

    @cached_property
    def _messages(self) -> tuple[ReviewedMessage, ...]:
        back = self.back_translation.current(self.review.words)
        return tuple(
            self._reviewed(message, back.get(message.context, "")) for message in self.review.messages
        )

    def _reviewed(self, message: MessageReview, back: str) -> ReviewedMessage:
        return ReviewedMessage(
            domain=message.domain,
            context=message.context,
            english=message.english,
            translation=message.translation,
            back=back,
            back_origin=self.back_translation.messages[message.context].origin if back else "",
            state=message.state,
            signed=tuple((record.signature, record.date) for record in message.valid_sign_offs),
            changed=bool(message.outdated),
            doubted=bool(message.open_requests),
            findings=tuple(self._findings(message)),
            newer_english=message.newer_english,
        )

    def _findings(self, message: MessageReview) -> Iterator[str]:
        translated = TranslatedMessage(
            self.review.language, message.context, message.english, message.translation
        )
        for problem, reason in judge(translated, rules=self.rules).findings():
            sentence = f"{problem.code}: {problem.message.removesuffix('.')}."
            yield f"{sentence} Looked at: {reason}" if reason else sentence
