"""The page of one message: read it, approve it, correct it, or say what is wrong.

The form carries the digest of the texts it was made from. If they have changed since, nothing is
written; the page then shows the old and the new text, and what the reviewer typed.
"""

import re
from dataclasses import asdict
from functools import partial
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.model import markup
from parentguide.model.domain import INTERFACE
from parentguide.model.labels import RECORD_LABELS
from parentguide.model.language import Language
from parentguide.project.pot import readable_domains
from parentguide.project.project import Project
from parentguide.review.judgement import language_rules
from parentguide.review.status import LanguageReview, MessageReview, language_review
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services import message_review
from parentguide.studio.services.answering import answer, take_back
from parentguide.studio.services.block_words import field_names, marked, name_of, shown_words
from parentguide.studio.services.chosen_language import language_of
from parentguide.studio.services.interface_places import standing_of
from parentguide.studio.services.message_review import SubmittedReview
from parentguide.studio.services.reviewer import renewed, reviewer_of


def address(language: Language, message: MessageReview) -> str:
    return f"/translations/{language.tag}/{quote(message.domain)}/{quote(message.context)}"


def after(review: LanguageReview, message: MessageReview | None) -> MessageReview | None:
    """The next message that nobody has approved, from the first one after the last; None if there is none."""
    start = review.messages.index(message) + 1 if message in review.messages else 0
    line = [*review.messages[start:], *review.messages[:start]]
    return next((one for one in line if not one.valid_sign_offs and one is not message), None)


def found(
    project: Project, request: Request, only: tuple[str, ...] = ()
) -> tuple[LanguageReview, MessageReview]:
    """The message in the address, and the review of its language: of the domains ``only``, or of all.

    Raises a 404 where there is no such message.
    """
    language = language_of(project, request)
    review = language_review(project, language, only or readable_domains(project))
    wanted = (request.path_params["domain"], request.path_params["context"])
    message = next((one for one in review.messages if (one.domain, one.context) == wanted), None)
    if message is None:
        raise HTTPException(404)
    return review, message


def submitted(form: Form) -> SubmittedReview:
    """What a form says about one message. Raises :class:`ProjectError` for words that cannot be read."""
    # The second of two spaces is a slip of a hand, not something to refuse.
    text = re.sub(" {2,}", " ", marked(form.text("runs"))) if "runs" in form.fields else form.text("text")
    has_text = "runs" in form.fields or "text" in form.fields
    return SubmittedReview(
        form.text("action"),
        message_review.clean(text) if has_text else None,
        message_review.clean(form.text("comment")),
        form.text("words"),
        form.all("request"),
    )


def show(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    review, message = found(project, request)
    return renewed(_page(studio, request, project, review, message), request, review.language)


def take(studio: Studio, request: Request, form: Form) -> Response:
    said = submitted(form)
    with studio.workspace.locked_project() as project:
        review, message = found(project, request)
        outcome = answer(project, review, message, said, reviewer_of(request, review.language))
        if outcome.trouble and not outcome.is_stale:
            review, message = found(project, request)
            return _page(studio, request, project, review, message, said, trouble=outcome.trouble, status=422)
        if outcome.is_stale:
            seen = form.text("seen")
            return _page(studio, request, project, review, message, said, seen=seen, status=409)
        review, message = found(project, request)
    following = after(review, message)
    target = address(review.language, following) if following else f"/translations/{review.language.tag}/end"
    if form.text("whole"):
        # From the page with all blocks: back to it, without a script.
        place = f"?part={quote(message.domain)}&done=right#block-{quote(message.domain)}-"
        end = following if following and following.domain == message.domain else message
        return renewed(
            redirect(f"/translations/{review.language.tag}{place}{quote(end.context)}"),
            request,
            review.language,
        )
    return renewed(redirect(target, done=outcome.word), request, review.language)


def take_back_record(studio: Studio, request: Request, form: Form) -> Response:
    """Withdraw one act on this message. The ledger keeps both the act and the withdrawal."""
    with studio.workspace.locked_project() as project:
        review, message = found(project, request)
        reviewer = reviewer_of(request, review.language)
        outcome = take_back(project, review, message, form.text("act"), reviewer)
        if outcome.trouble:
            return _page(studio, request, project, review, message, trouble=outcome.trouble, status=422)
    done = redirect(address(review.language, message), done=outcome.word)
    return renewed(done, request, review.language)


def check(studio: Studio, request: Request, form: Form) -> Response:
    """What the checks find in the text that somebody is typing. Writes nothing."""
    project = studio.workspace.project()
    review, message = found(project, request)
    rules = language_rules(project, review.language)
    text = submitted(form).text or ""
    listed = message_review.findings(message, review.language, text, rules, field_names(project))
    return JSONResponse([asdict(finding) for finding in listed])


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    review: LanguageReview,
    message: MessageReview,
    said: SubmittedReview | None = None,
    *,
    seen: str = "",
    trouble: str = "",
    status: int = 200,
) -> Response:
    language = review.language
    source = project.source_messages(message.domain)[message.context]
    put_back = project.back_translation(language)
    text = message.translation if said is None or said.text is None else said.text
    names = field_names(project)
    rules = language_rules(project, language)
    return studio.pages.page(
        request,
        "message.html",
        status,
        language=language,
        message=message,
        note=source.note,
        standing=standing_of(source) if message.domain == INTERFACE else None,
        fields={name: name_of(name, names) for name in markup.fields(message.english)},
        shown=partial(shown_words, names=names),
        back=put_back.current(review.words).get(message.context, ""),
        back_origin=put_back.origin,
        text=text,
        comment="" if said is None else said.comment,
        findings=message_review.findings(message, language, text, rules, names),
        **_position(review, message),
        reviewer=reviewer_of(request, language),
        address=address(language, message),
        in_force=frozenset(record.id for record in message.acts.in_force),
        editable=studio.workspace.changeable,
        trouble=trouble,
        conflict=status == 409,
        seen=seen,
        record_labels=RECORD_LABELS,
        latest=message.acts.records[-1] if message.records else None,
    )


def _position(review: LanguageReview, message: MessageReview) -> dict[str, object]:
    """Where the message is in its language: its number, the addresses around it, and what is left."""
    place, messages = review.messages.index(message), review.messages
    return {
        "number": place + 1,
        "count": len(messages),
        "previous": address(review.language, messages[place - 1]) if place else "",
        "following": address(review.language, messages[place + 1]) if place + 1 < len(messages) else "",
        "left": sum(not one.valid_sign_offs for one in messages),
    }


PATH = "/translations/{tag}/{domain}/{context}"
PAGES = (
    Page(f"{PATH}/check", post=check),
    Page(f"{PATH}/withdraw", post=take_back_record),
    Page(PATH, show, take),
)
