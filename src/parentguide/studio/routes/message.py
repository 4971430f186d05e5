"""One piece of a translation: read it, sign it, correct it, or say what is wrong.

Its form carries the digest of the words that it was made from. If they have changed since,
nothing is written: the page comes again with both, and with what was typed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.checks.catalog.runner import accepted_findings
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.sheet_import import RowOutcome
from parentguide.review.sign_off import write_entries
from parentguide.review.status import LanguageReview, MessageReview, language_review
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services import message_review
from parentguide.studio.services.message_review import SubmittedReview
from parentguide.studio.services.reviewer import reviewer_of


def address(language: Language, message: MessageReview) -> str:
    return f"/translations/{language.tag}/{quote(message.domain)}/{quote(message.context)}"


def after(review: LanguageReview, message: MessageReview | None) -> MessageReview | None:
    """The next piece that nobody has signed, round to the first; None where all are signed."""
    start = review.messages.index(message) + 1 if message in review.messages else 0
    line = [*review.messages[start:], *review.messages[:start]]
    return next((one for one in line if not one.valid_sign_offs and one is not message), None)


def _found(project: Project, request: Request) -> tuple[LanguageReview, MessageReview]:
    language = project.languages.get(request.path_params["tag"])
    if language is None or language.is_source:
        raise HTTPException(404)
    review = language_review(project, language, domains(project))
    wanted = (request.path_params["domain"], request.path_params["context"])
    message = next((one for one in review.messages if (one.domain, one.context) == wanted), None)
    if message is None:
        raise HTTPException(404)
    return review, message


def show(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    review, message = _found(project, request)
    return _page(studio, request, project, review, message)


def take(studio: Studio, request: Request, form: Form) -> Response:
    said = SubmittedReview(
        form.text("action"),
        message_review.clean(form.text("text")),
        message_review.clean(form.text("comment")),
        form.text("words"),
    )
    with studio.workspace.locked_project() as project:
        review, message = _found(project, request)
        if said.words != message.words:
            seen = form.text("seen")
            return _page(studio, request, project, review, message, said, seen=seen, status=409)
        reviewer = reviewer_of(request)
        trouble = message_review.form_error(message, said)
        if reviewer is None:
            trouble = "Say first who you are: open “Who checks” in the list of all pieces."
        if trouble or reviewer is None:
            return _page(studio, request, project, review, message, said, trouble=trouble, status=422)
        accepted = accepted_findings(project, review.language)
        result = message_review.judged(review, message, said, reviewer, accepted)
        if result.outcome is RowOutcome.REFUSED or result.entry is None:
            trouble = (
                f"This cannot be signed: {result.reason}. Mend the words, or press “Not sure” to keep them"
                " as a suggestion."
            )
            return _page(studio, request, project, review, message, said, trouble=trouble, status=422)
        write_entries(project, review.language, [result.entry])
        review, message = _found(project, request)
    following = after(review, message)
    target = address(review.language, following) if following else f"/translations/{review.language.tag}"
    signed = result.outcome in (RowOutcome.SIGNED, RowOutcome.CORRECTED)
    # A wish for other words takes back what was signed on the same day (see MessageReview.standing).
    late = signed and not message.valid_sign_offs
    return redirect(target, done="late" if late else message_review.outcome_word(result.outcome))


def check(studio: Studio, request: Request, form: Form) -> Response:
    """What the checks say of words that are being typed; nothing is written."""
    project = studio.workspace.project()
    review, message = _found(project, request)
    accepted = accepted_findings(project, review.language)
    text = message_review.clean(form.text("text"))
    found = message_review.findings(review.language, message.context, message.english, text, accepted)
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
    place = review.messages.index(message)
    text = message.translation if said is None else said.text
    accepted = accepted_findings(project, language)
    return studio.pages.page(
        request,
        "piece.html",
        status,
        language=language,
        message=message,
        note=project.source_messages(message.domain)[message.context].note,
        fields=_fields(project, message.english),
        back=put_back.current(review.words).get(message.context, ""),
        back_origin=put_back.origin,
        text=text,
        comment="" if said is None else said.comment,
        findings=message_review.findings(language, message.context, message.english, text, accepted),
        number=place + 1,
        count=len(review.messages),
        previous=address(language, review.messages[place - 1]) if place else "",
        following=address(language, review.messages[place + 1]) if place + 1 < len(review.messages) else "",
        left=sum(not one.valid_sign_offs for one in review.messages),
        reviewer=reviewer_of(request),
        editable=studio.workspace.editable,
        trouble=trouble,
        conflict=status == 409,
        seen=seen,
        latest=max(message.records, key=lambda record: record.date, default=None),
    )


def _fields(project: Project, english: str) -> Mapping[str, str]:
    """What the named fields of a text are filled with."""
    values = {contact.name: contact.value.shown for contact in project.contacts}
    return {
        name: values.get(name, "a name, number or date") for name in dict.fromkeys(markup.fields(english))
    }


_PATH = "/translations/{tag}/{domain}/{context}"
PAGES = (
    Page(f"{_PATH}/check", post=check),
    Page(_PATH, show, take),
)
