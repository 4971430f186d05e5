"""The page of one message: read it, approve it, correct it, or say what is wrong.

The form carries the digest of the texts it was made from. If they have changed since, nothing is
written; the page then shows the old and the new text, and what the reviewer typed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.model import markup
from parentguide.model.labels import RECORD_LABELS
from parentguide.model.language import Language
from parentguide.project.pot import readable_domains
from parentguide.project.project import Project
from parentguide.review.approvals import withdrawal
from parentguide.review.judgement import language_rules
from parentguide.review.sheet_import import RowOutcome
from parentguide.review.sign_off import write_entries
from parentguide.review.status import LanguageReview, MessageReview, language_review
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services import message_review
from parentguide.studio.services.message_review import SubmittedReview
from parentguide.studio.services.reviewer import renewed, reviewer_of


def address(language: Language, message: MessageReview) -> str:
    return f"/translations/{language.tag}/{quote(message.domain)}/{quote(message.context)}"


def after(review: LanguageReview, message: MessageReview | None) -> MessageReview | None:
    """The next message that nobody has approved, from the first one after the last; None if there is none."""
    start = review.messages.index(message) + 1 if message in review.messages else 0
    line = [*review.messages[start:], *review.messages[:start]]
    return next((one for one in line if not one.valid_sign_offs and one is not message), None)


def _found(project: Project, request: Request) -> tuple[LanguageReview, MessageReview]:
    language = project.languages.get(request.path_params["tag"])
    if language is None or language.is_source:
        raise HTTPException(404)
    review = language_review(project, language, readable_domains(project))
    wanted = (request.path_params["domain"], request.path_params["context"])
    message = next((one for one in review.messages if (one.domain, one.context) == wanted), None)
    if message is None:
        raise HTTPException(404)
    return review, message


def show(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    review, message = _found(project, request)
    return renewed(_page(studio, request, project, review, message), request, review.language)


def take(studio: Studio, request: Request, form: Form) -> Response:
    said = SubmittedReview(
        form.text("action"),
        message_review.clean(form.text("text")),
        message_review.clean(form.text("comment")),
        form.text("words"),
        form.all("request"),
    )
    with studio.workspace.locked_project() as project:
        review, message = _found(project, request)
        if said.words != message.words:
            seen = form.text("seen")
            return _page(studio, request, project, review, message, said, seen=seen, status=409)
        reviewer = reviewer_of(request, review.language)
        trouble = message_review.form_error(message, said)
        if reviewer is None:
            trouble = (
                "Say who you are: open “Who checks” in the list of all messages. Studio asks again for"
                " each language, and after 30 minutes without use."
            )
        if trouble or reviewer is None:
            return _page(studio, request, project, review, message, said, trouble=trouble, status=422)
        rules = language_rules(project, review.language)
        result = message_review.judged(review, message, said, reviewer, rules)
        if result.outcome is RowOutcome.REFUSED or result.entry is None:
            trouble = (
                f"This cannot be approved: {result.reason}. Correct the translation, or press “Not sure” to"
                " keep it as a suggestion."
            )
            return _page(studio, request, project, review, message, said, trouble=trouble, status=422)
        write_entries(project, review.language, [result.entry])
        review, message = _found(project, request)
    following = after(review, message)
    target = address(review.language, following) if following else f"/translations/{review.language.tag}"
    done = redirect(target, done=message_review.outcome_word(result.outcome))
    return renewed(done, request, review.language)


def take_back(studio: Studio, request: Request, form: Form) -> Response:
    """Withdraw one act on this message. The ledger keeps both the act and the withdrawal."""
    with studio.workspace.locked_project() as project:
        review, message = _found(project, request)
        reviewer = reviewer_of(request, review.language)
        act = next((one for one in message.acts.in_force if one.id == form.text("act")), None)
        if reviewer is None or act is None:
            trouble = (
                "Say who you are before you take something back." if act else "It was taken back already."
            )
            return _page(studio, request, project, review, message, trouble=trouble, status=422)
        entry = withdrawal(message, [act], review.language.locale, reviewer)
        write_entries(project, review.language, [entry])
    done = redirect(address(review.language, message), done="withdrawn")
    return renewed(done, request, review.language)


def check(studio: Studio, request: Request, form: Form) -> Response:
    """What the checks find in the text that somebody is typing. Writes nothing."""
    project = studio.workspace.project()
    review, message = _found(project, request)
    rules = language_rules(project, review.language)
    text = message_review.clean(form.text("text"))
    found = message_review.findings(review.language, message.context, message.english, text, rules)
    return JSONResponse([asdict(finding) for finding in found])


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
    put_back = project.back_translation(language)
    text = message.translation if said is None else said.text
    rules = language_rules(project, language)
    return studio.pages.page(
        request,
        "message.html",
        status,
        language=language,
        message=message,
        note=project.source_messages(message.domain)[message.context].note,
        fields=_fields(project, message.english),
        back=put_back.current(review.words).get(message.context, ""),
        back_origin=put_back.origin,
        text=text,
        comment="" if said is None else said.comment,
        findings=message_review.findings(language, message.context, message.english, text, rules),
        **_position(review, message),
        reviewer=reviewer_of(request, language),
        address=address(language, message),
        in_force=frozenset(record.id for record in message.acts.in_force),
        editable=studio.workspace.editable,
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


def _fields(project: Project, english: str) -> Mapping[str, str]:
    """What each placeholder of a text is replaced with."""
    values = {contact.name: contact.value.shown for contact in project.contacts}
    return {
        name: values.get(name, "a name, number or date") for name in dict.fromkeys(markup.fields(english))
    }


_PATH = "/translations/{tag}/{domain}/{context}"
PAGES = (
    Page(f"{_PATH}/check", post=check),
    Page(f"{_PATH}/withdraw", post=take_back),
    Page(_PATH, show, take),
)
