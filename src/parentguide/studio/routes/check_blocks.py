"""The page with all blocks of a translation: what it shows, and what its script sends.

Each answer to the script is JSON: ``rows`` has the blocks that changed, as markup by their ids; ``said`` is
what to say; ``act`` is what “Undo” takes back, 0 if nothing was written. ``trouble`` says why an answer was
not taken, and is empty if it was; ``who``: because nobody has said who checks.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.errors import ParentguideError
from parentguide.model.domain import INTERFACE
from parentguide.model.labels import RECORD_LABELS
from parentguide.model.language import Language
from parentguide.project.language_files import read_glossary
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.status import LanguageReview, MessageReview
from parentguide.studio.routes.message import PATH, address, found, submitted
from parentguide.studio.routing import Page, Studio
from parentguide.studio.security.forms import Form, small_number
from parentguide.studio.security.invitations import is_invited
from parentguide.studio.services import answering
from parentguide.studio.services.answering import Outcome
from parentguide.studio.services.block_words import field_names, name_of, shown_words
from parentguide.studio.services.chosen_language import review_of
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.reviewer import renewed, reviewer_of
from parentguide.studio.services.whole_guide import STATES, blocks_of, sections, sisters, state_of
from parentguide.studio.templating import DONE
from parentguide.translation.style_notes import style_notes


def whole_guide_values(
    studio: Studio, project: Project, request: Request, review: LanguageReview
) -> dict[str, Any]:
    """What the page shows of one part: a guide, or the interface. The address names it."""
    parts = list(review.parts)
    wanted = request.query_params.get("part", "")
    part = wanted if wanted in parts else parts[0]
    sister = _sister(project, request, review.language, request.query_params.get("beside", ""))
    order = studio.places.page_order(review.language) if part == INTERFACE else ()
    return {
        "part": part,
        "sections": sections(project, review, part, sister, page_order=order),
        "sisters": ((), ()) if is_invited(request) else sisters(project, review.language),
        "notes": style_notes(read_glossary(project, review.language)),
        **_block_values(project, review.language, sister),
    }


def _block_values(project: Project, language: Language, sister: Language | None) -> dict[str, Any]:
    names = field_names(project)
    return {
        "language": language,
        "sister": sister,
        "block_states": STATES,
        "shown": partial(shown_words, names=names),
        "field_label": partial(name_of, names=names),
        "block_address": address,
        "record_labels": RECORD_LABELS,
        "back_origin": project.back_translation(language).origin,
    }


def _sister(project: Project, request: Request, language: Language, tag: str) -> Language | None:
    """The language with ``tag``, to see beside ``language``. An invitation opens no other language."""
    if is_invited(request):
        return None
    found_language = project.languages.get(tag)
    is_other = found_language is not None and not found_language.is_source and tag != language.tag
    return found_language if is_other else None


def answer_block(studio: Studio, request: Request, form: Form) -> Response:
    """An answer on one block, or one record taken back."""
    domain = request.path_params["domain"]
    with studio.workspace.locked_project() as project:
        if domain not in domains(project):
            raise HTTPException(404)
        review, message = found(project, request, (domain,))
        reviewer = reviewer_of(request, review.language)
        try:
            if form.text("action") == "withdraw":
                outcome = answering.take_back(project, review, message, form.text("act"), reviewer)
            else:
                outcome = answering.answer(project, review, message, submitted(form), reviewer)
        except ParentguideError as error:
            outcome = Outcome(trouble=error.sentences)
        review, message = found(project, request, (domain,))
        rows = rows_of(studio, request, project, review, [message], form.text("beside"))
    said = DONE.get(outcome.word, "").removesuffix(" Here is the next block.")
    status = 409 if outcome.is_stale else 422 if outcome.trouble else 200
    return _told(request, review.language, rows, said, outcome.act, outcome.trouble, status)


def approve_section(studio: Studio, request: Request, form: Form) -> Response:
    """Approve the blocks of a section that were on screen: the form has the digest of each."""
    with studio.workspace.locked_project() as project:
        review = review_of(project, request)
        reviewer = reviewer_of(request, review.language)
        done = answering.approve_seen(project, review, form.all("seen"), reviewer)
        after = review_of(project, request)
        signed = {(message.domain, message.context) for message in done.signed}
        changed = [message for message in after.messages if (message.domain, message.context) in signed]
        rows = rows_of(studio, request, project, after, changed, form.text("beside"))
    status = 200 if done.signed else 422
    return _told(
        request, review.language, rows, done.said, done.act, "" if done.signed else done.said, status
    )


def undo(studio: Studio, request: Request, form: Form) -> Response:
    """Undo the last act of this page. The form has its number."""
    with studio.workspace.locked_project() as project:
        review = review_of(project, request)
        reviewer = reviewer_of(request, review.language)
        outcome = answering.undo(project, review, small_number(form.line("act")) or 0, reviewer)
        before = {(m.domain, m.context): (m.words, m.records) for m in review.messages}
        review = review_of(project, request)
        changed = [m for m in review.messages if before.get((m.domain, m.context)) != (m.words, m.records)]
        rows = rows_of(studio, request, project, review, changed, form.text("beside"))
    status = 422 if outcome.trouble else 200
    return _told(request, review.language, rows, "It is undone.", 0, outcome.trouble, status)


def end(studio: Studio, request: Request) -> Response:
    """What is checked now, what is open, and what families will see."""
    project = studio.workspace.project()
    review = review_of(project, request)
    parts = [
        (title, part, _counts(part.messages), [m for m in part.messages if state_of(m) != "right"])
        for title, part in _titled(project, review)
    ]
    page = studio.pages.page(
        request,
        "check-end.html",
        language=review.language,
        review=review,
        parts=parts,
        block_states=STATES,
        state_of=state_of,
        shown_in=partial(shown_words, names=field_names(project)),
        family_words=_family_words(review),
    )
    return renewed(page, request, review.language)


def _titled(project: Project, review: LanguageReview) -> list[tuple[str, LanguageReview]]:
    titles = guide_titles(project)
    return [
        (titles.get(domain, "Buttons, notices and sheets"), part) for domain, part in review.parts.items()
    ]


def _counts(messages: Iterable[MessageReview]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for message in messages:
        state = state_of(message)
        counts[state] = counts.get(state, 0) + 1
    return counts


def _family_words(review: LanguageReview) -> MessageReview | None:
    """The notice on the pages for families about the state of the translation."""
    partly = review.reviewed.partly
    context = "status.partly" if partly else f"status.{review.state}"
    return next((message for message in review.messages if message.context == context), None)


def rows_of(
    studio: Studio,
    request: Request,
    project: Project,
    review: LanguageReview,
    messages: Iterable[MessageReview],
    beside: str,
) -> dict[str, str]:
    """The blocks of some messages as markup, by their ids."""
    sister = _sister(project, request, review.language, beside)
    values = _block_values(project, review.language, sister)
    return {
        block.anchor: studio.pages.part(
            request,
            "check-block.html",
            block=block,
            reviewer=reviewer_of(request, review.language),
            editable=True,
            **values,
        )
        for block in blocks_of(project, review, messages, sister)
    }


def _told(
    request: Request,
    language: Language,
    rows: Mapping[str, str],
    said: str,
    act: int,
    trouble: str,
    status: int,
) -> Response:
    told = {"rows": rows, "said": said, "act": act, "trouble": trouble, "who": trouble == answering.WHO}
    return renewed(JSONResponse(told, status), request, language)


PAGES = (
    Page("/translations/{tag}/section", post=approve_section),
    Page("/translations/{tag}/undo", post=undo),
    Page("/translations/{tag}/end", end),
    Page(f"{PATH}/row", post=answer_block),
)
