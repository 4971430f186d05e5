"""Check a newsletter's pieces: join, split, change what they are, leave out and take in, undo and redo.

What the code calls a statement is a “piece” on these pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import SourceError
from parentguide.model.statement import PART_OF_LETTER, StatementKind
from parentguide.newsletter.corrections import (
    LONGEST_REASON,
    Action,
    Correction,
    Piece,
    entry_of,
    usual_place,
)
from parentguide.newsletter.passages import LeftOut
from parentguide.project.first_text import suggested_title
from parentguide.project.known_contacts import contacts_of
from parentguide.project.short_name import short_name
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form, small_number
from parentguide.studio.services.newsletter_words import (
    HOW_TO_SPLIT,
    KIND_LABELS,
    REASONS,
    REDO,
    UNDO,
    described,
    place_of,
    rows_of,
    said_of,
)
from parentguide.studio.services.newsletter_work import GuideFields, NewsletterWork, keep, known_work, locked

_LONGEST_FIELD = 1_000  # characters that are kept of what is typed; what is too long is told later
_GONE = (
    "This newsletter is not being checked any more: its guide was created, it was discarded, or you began"
    " with another one."
)
_STALE = (
    "This newsletter was changed in another window, so your last step was not done. Below is how it is now."
)
# What a form's field “step” says besides the names of actions, “undo” and “redo”.
_TICK = "tick"
# Steps that a page of their own asks about.
_ASKED = (Action.SPLIT, Action.LEAVE_OUT, Action.TAKE_IN)


def own_work(studio: Studio, request: Request) -> NewsletterWork | Response:
    """The newsletter of the address; the page that says why not if it is another, or there is none."""
    known, work = known_work(studio.user_files(request))
    if work is not None and work.id == request.path_params["id"]:
        return work
    return studio.pages.page(request, "newsletter.html", 404, text="", trouble=_GONE, known=known, work=work)


def present_work(studio: Studio, request: Request, form: Form) -> NewsletterWork | Response:
    """The newsletter of the address, if the form was made from its present state; else the page to show."""
    work = own_work(studio, request)
    if isinstance(work, Response) or form.line("version") == str(work.version):
        return work
    return pieces_page(studio, request, work, trouble=_STALE, typed=guide_fields(form, work), status=409)


def guide_fields(form: Form, work: NewsletterWork) -> GuideFields:
    """What was typed to make the guide; what was saved before, for a form without these fields.

    A title or a short name that the program proposed is not kept: it follows the pieces.
    """
    if not any(name in form.fields for name in ("title", "name")):
        return work.fields
    typed = GuideFields(**{one.name: form.line(one.name)[:_LONGEST_FIELD] for one in fields(GuideFields)})
    if typed.title == title_for(work, GuideFields()):
        typed = replace(typed, title="")
    return replace(typed, name="") if typed.name == form.line("made") else typed


def address(work: NewsletterWork, number: int = 0, did: str = "") -> str:
    """The page of a newsletter, opened at the piece ``number`` after the step ``did``."""
    number = min(number, len(work.pieces.pieces))
    return f"/newsletter/{work.id}" + (f"?at={number}&did={did}#piece-{number}" if number else "")


def get_pieces(studio: Studio, request: Request) -> Response:
    work = own_work(studio, request)
    return work if isinstance(work, Response) else pieces_page(studio, request, work)


def post_step(studio: Studio, request: Request, form: Form) -> Response:
    """Do one step, or undo or redo one."""
    files, step = studio.user_files(request), form.line("step")
    with locked(files):
        work = present_work(studio, request, form)
        if isinstance(work, Response):
            return work
        if step in (UNDO, REDO):
            moved = work.latest if step == UNDO else work.undone
            changed = work.moved(-1 if step == UNDO else 1)
        else:
            try:
                moved = _correction(work, form)
                changed = work.with_step(moved)
            except SourceError as error:
                return _refused_step(studio, request, work, form, error)
        if changed is not work:
            keep(files, changed)
    did = step if step in (UNDO, REDO) else "step"
    # With nothing to undo, the page stays as it is and says so.
    return redirect(address(changed, _shown_at(moved) if moved else 1, did if moved else f"no-{did}"))


def _shown_at(step: Correction) -> int:
    return step.place + 1 if step.action is Action.TAKE_IN else step.number


def _correction(work: NewsletterWork, form: Form) -> Correction:
    """The step of a form: its name, the piece's number and perhaps more, such as “kind:7:heading”.

    Raises :class:`SourceError` for anything else.
    """
    name, number, words = (*form.line("step").split(":", 2), "", "")[:3]
    at, place = _whole(number), _whole(form.line("place"))
    if name == _TICK:
        pieces = work.pieces.pieces
        is_out = 0 < at <= len(pieces) and bool(pieces[at - 1].left_out)
        return (
            Correction(Action.KEEP, at) if is_out else Correction(Action.LEAVE_OUT, at, words=PART_OF_LETTER)
        )
    if name not in set(Action):
        raise SourceError("this step is not known", remedy="Use the buttons of the page.")
    match Action(name):
        case Action.KIND:
            place = 0
        case Action.CONFIRM:
            place, words = _whole(words), ""
        case Action.LEAVE_OUT:
            place, words = 0, form.text("reason") or words
        case Action.SPLIT:
            piece = entry_of(work.pieces.pieces, at)
            place, words = place_of(piece, form.text("words"), _whole(form.line("at"))), ""
        case Action.TAKE_IN:
            entry = entry_of(work.pieces.left_out, at)
            place, words = place if "place" in form.fields else usual_place(work.pieces, entry), ""
        case _:
            place, words = 0, ""
    return Correction(Action(name), at, place, words)


def _whole(text: str) -> int:
    """A number of a form; -1 for anything else, which no piece has."""
    number = small_number(text)
    return -1 if number is None else number


def _refused_step(
    studio: Studio, request: Request, work: NewsletterWork, form: Form, error: SourceError
) -> Response:
    """The page that asked, with what is missing; the list for a step that no page asks about."""
    name, _, number = form.line("step").partition(":")
    at = _whole(number)
    if name in set(_ASKED) and _is_possible(work, Action(name), at):
        trouble = error.sentences
        if name == Action.TAKE_IN:
            trouble = f"Write a number from 0 to {len(work.pieces.pieces)}."
        return _asking_page(studio, request, work, Action(name), at, trouble, form.line("reason"))
    return pieces_page(studio, request, work, trouble=error.sentences, status=422)


def _is_possible(work: NewsletterWork, action: Action, number: int) -> bool:
    pieces = work.pieces
    return 1 <= number <= len(pieces.left_out if action is Action.TAKE_IN else pieces.pieces)


def get_asking(studio: Studio, request: Request) -> Response:
    """The page that asks where to split a piece, why to leave it out, or where to take something in."""
    name, number = request.path_params["action"], _whole(request.query_params.get("number", ""))
    if name not in set(_ASKED):
        raise HTTPException(404)
    work = own_work(studio, request)
    if isinstance(work, Response):
        return work
    if request.query_params.get("version") != str(work.version) or not _is_possible(
        work, Action(name), number
    ):
        return pieces_page(studio, request, work, trouble=_STALE, status=409)
    return _asking_page(studio, request, work, Action(name), number)


def _asking_page(
    studio: Studio,
    request: Request,
    work: NewsletterWork,
    action: Action,
    number: int,
    trouble: str = "",
    reason: str = "",
) -> Response:
    pieces = work.pieces
    entries: Sequence[Piece | LeftOut] = pieces.left_out if action is Action.TAKE_IN else pieces.pieces
    entry = entries[number - 1]
    return studio.pages.page(
        request,
        "newsletter-step.html",
        422 if trouble else 200,
        work=work,
        action=action,
        number=number,
        entry=entry,
        how=HOW_TO_SPLIT,
        reasons=REASONS,
        place=usual_place(pieces, entry) if isinstance(entry, LeftOut) else 0,
        most=len(pieces.pieces),
        reason=reason,
        longest=LONGEST_REASON,
        trouble=trouble,
    )


def pieces_page(
    studio: Studio,
    request: Request,
    work: NewsletterWork,
    *,
    trouble: str = "",
    problems: Mapping[str, str] | None = None,
    typed: GuideFields | None = None,
    status: int = 200,
) -> Response:
    """The list of all pieces, what is left out, and the form to write the guide; ``problems`` by field."""
    found, project = work.pieces, studio.workspace.project()
    kept = [piece for piece in found.pieces if not piece.left_out]
    shown = typed or work.fields
    made = short_name(title_for(work, shown), project.slugs)
    return studio.pages.page(
        request,
        "newsletter-pieces.html",
        status,
        work=work,
        rows=rows_of(found.pieces, contacts_of(project)),
        kept=len(kept),
        left_out=found.left_out,
        quoted=any(piece.kind is StatementKind.QUOTATION for piece in kept),
        labels=KIND_LABELS,
        said=said_of(work, request.query_params.get("did", "")),
        latest=described(work.latest),
        undone=described(work.undone),
        at=_whole(request.query_params.get("at", "")),
        fields=replace(shown, title=title_for(work, shown), name=shown.name or made),
        made=made,
        editable=studio.workspace.changeable,
        trouble=trouble,
        problems=problems or {},
    )


def title_for(work: NewsletterWork, typed: GuideFields) -> str:
    """What the guide is about: as the person typed it, else the newsletter's subject."""
    statements = work.pieces.statements
    left_out = work.pieces.reasons
    return typed.title or suggested_title([s for s in statements if s.number not in left_out] or statements)


PAGES = (
    Page("/newsletter/{id}", get_pieces, post_step),
    Page("/newsletter/{id}/{action}", get_asking),
)
