"""Write what a checker answers on one block or on a section, and undo it. The content is locked meanwhile."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from parentguide.errors import ProjectError
from parentguide.infra.history_acts import number_of
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.review.approvals import refusals, sign_messages, withdrawal
from parentguide.review.judgement import language_rules
from parentguide.review.sheet_import import RowOutcome
from parentguide.review.sign_off import Reviewer, write_entries
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.review.undo import reverse
from parentguide.studio.services import message_review
from parentguide.studio.services.block_words import field_names
from parentguide.studio.services.message_review import SubmittedReview

WHO = (
    "Say who you are, at “Who checks” above the list of all blocks. Studio asks for each language, and again"
    " after 30 minutes without use."
)
_CHANGED = "These words were changed while you were reading. Read them as they are now, then answer."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer. ``trouble`` says why nothing was approved; empty if all went well.

    ``word`` is a key of :data:`parentguide.studio.templating.DONE`. ``act`` is the number of the act in the
    history; 0 if nothing was written. ``is_stale``: the words were others than the checker saw.
    """

    word: str = ""
    trouble: str = ""
    act: int = 0
    is_stale: bool = False


def answer(
    project: Project,
    review: LanguageReview,
    message: MessageReview,
    said: SubmittedReview,
    reviewer: Reviewer | None,
) -> Outcome:
    """Write the answer ``said`` on ``message``. Raises our errors for files that cannot be written."""
    if said.words != message.words:
        return Outcome(trouble=_CHANGED, is_stale=True)
    trouble = message_review.form_error(message, said)
    if reviewer is None or trouble:
        return Outcome(trouble=WHO if reviewer is None else trouble)
    rules = language_rules(project, review.language)
    result = message_review.judged(review, message, said, reviewer, rules)
    if result.outcome is RowOutcome.REFUSED or result.entry is None:
        text = said.text if said.text and said.action != "accept" else message.translation
        found = message_review.findings(message, review.language, text, rules, field_names(project))
        trouble = f"This cannot be saved as correct. {message_review.refusal(found, result.reason)}"
        kept = message_review.kept_suggestion(message, said, result, reviewer)
        if kept is not None:
            write_entries(project, review.language, [kept])
        if said.action == "correct":
            trouble += " Your words are kept as a suggestion."
        return Outcome(trouble=trouble, act=last_act(project) if kept else 0)
    write_entries(project, review.language, [result.entry])
    return Outcome(message_review.outcome_word(result.outcome), act=last_act(project))


def take_back(
    project: Project, review: LanguageReview, message: MessageReview, act_id: str, reviewer: Reviewer | None
) -> Outcome:
    """Withdraw one record on ``message``. The ledger keeps both."""
    act = next((one for one in message.acts.in_force if one.id == act_id), None)
    if act is None:
        return Outcome(trouble="It was taken back already.")
    if reviewer is None:
        return Outcome(trouble=WHO)
    write_entries(project, review.language, [withdrawal(message, [act], review.language.locale, reviewer)])
    return Outcome("withdrawn", act=last_act(project))


@dataclass(frozen=True, slots=True)
class SectionOutcome:
    """``signed`` are the messages that were approved; ``said`` says how many, and why others were not."""

    signed: Sequence[MessageReview]
    said: str
    act: int = 0


def approve_seen(
    project: Project, review: LanguageReview, seen: Collection[str], reviewer: Reviewer | None
) -> SectionOutcome:
    """Approve the messages whose digests (``MessageReview.place``) are in ``seen``, and no others.

    What has changed since it was seen, has an open request or an error, or is approved already, is left.
    """
    if reviewer is None:
        return SectionOutcome((), WHO)
    found = [message for message in review.messages if message.place in seen]
    left = {"changed while you were reading": len(set(seen) - {message.place for message in found})}
    waiting = [message for message in found if not message.valid_sign_offs]
    asked = [message for message in waiting if message.open_requests]
    rules = language_rules(project, review.language)
    rest = [message for message in waiting if not message.open_requests]
    refused = {refusal.message.context for refusal in refusals(review.language, rest, rules)}
    to_sign = [message for message in rest if message.context not in refused]
    left |= {"with a request that nobody has answered": len(asked), "with an error": len(refused)}
    if to_sign:
        write_entries(project, review.language, sign_messages(review.language, to_sign, reviewer, rules))
    said = "Nothing was saved as correct." if not to_sign else f"{_blocks(len(to_sign))} saved as correct."
    said += "".join(f" Left: {_blocks(count)} {why}." for why, count in left.items() if count)
    return SectionOutcome(to_sign, said, last_act(project) if to_sign else 0)


def _blocks(count: int) -> str:
    return "1 block" if count == 1 else f"{count} blocks"


def undo(project: Project, review: LanguageReview, act: int, reviewer: Reviewer | None) -> Outcome:
    """Undo an act of this language: words are put back, and what was recorded is withdrawn."""
    if reviewer is None:
        return Outcome(trouble=WHO)
    history = history_of(project.root)
    try:
        found = history.act(act)
        own = f"locales/{review.language.locale}/"
        if not all(change.path.startswith(own) for change in found.files):
            return Outcome(trouble="This was not done here. “History” undoes it.")
        reverse(history, found, reviewer)
    except ProjectError:
        return Outcome(
            trouble="Somebody has changed these words since, so this cannot be undone here. Take single"
            " answers back below their block."
        )
    return Outcome("undone", act=last_act(project))


def last_act(project: Project) -> int:
    """The number of the newest act; 0 without a history."""
    return max(map(number_of, history_of(project.root).names()), default=0)
