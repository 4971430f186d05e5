"""What a sheet that somebody checked on paper can approve now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from parentguide.project.project import Project
from parentguide.review.approvals import Refusal, refusals
from parentguide.review.judgement import LanguageRules, language_rules
from parentguide.review.shown import digests_of, seen
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.studio.services.block_words import field_names
from parentguide.studio.services.message_review import findings, refusal


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """``to_sign`` are the messages that the sheet shows as they are now and that nobody has approved yet.

    ``refused`` has those of them that nobody may sign, ``left_out`` the messages that the sheet does not
    show or whose words have changed since. ``done``: the approvals are recorded.
    """

    to_sign: tuple[MessageReview, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left_out: tuple[Refusal, ...] = ()
    done: bool = False


def paper_answer(project: Project, review: LanguageReview, code: str) -> PaperAnswer:
    """What the sheet with the code ``code`` can approve. Raises :class:`ProjectError` for an unknown code."""
    found = seen(review, digests_of(project, review, code))
    to_sign = tuple(message for message in found.messages if not message.valid_sign_offs)
    rules, names = language_rules(project, review.language), field_names(project)
    refused = tuple(
        replace(one, reasons=(_plain_reason(one, review, rules, names),))
        for one in refusals(review.language, to_sign, rules)
    )
    return PaperAnswer(to_sign, refused, found.left_out)


def _plain_reason(
    refused: Refusal, review: LanguageReview, rules: LanguageRules, names: Mapping[str, str]
) -> str:
    message = refused.message
    return refusal(
        findings(message, review.language, message.translation, rules, names), "; ".join(refused.reasons)
    )
