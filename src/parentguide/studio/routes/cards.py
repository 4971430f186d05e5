"""The blocks of a guide as cards: change, add, split, join, move and remove them. See also editor.py."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.files import read_text
from parentguide.project.cards.card import card_with
from parentguide.project.cards.reading import cards_of
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.project.revise import guide_path
from parentguide.review.undo import reverse
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form, small_number
from parentguide.studio.services.card_acts import HalfSentenceError
from parentguide.studio.services.card_saves import keep_typed, unsaved_blocks, wanted_save, work_of
from parentguide.studio.services.card_told import changed_place, did, told
from parentguide.studio.services.card_view import KIND_LABELS, places_to_move, rows_of_cards, said_of
from parentguide.studio.services.guide_titles import title_of
from parentguide.studio.services.guide_work import (
    GuideDraft,
    Saving,
    forget,
    keep_rest,
    kept_draft,
    report,
    save,
    slug_of,
    with_own_copy,
)
from parentguide.studio.services.history_view import guide_turns
from parentguide.studio.services.newsletter_panel import panel_of, reasons_of, waiting_sentences
from parentguide.studio.services.typed_blocks import (
    drop_form,
    drop_forms,
    is_new,
    kept_forms,
    key_of,
    new_blocks,
)

NEW = "new"


@dataclass(frozen=True, slots=True)
class _Open:
    """The card that is open: its id, or where a new one goes. ``typed`` are the fields of a form that was
    not saved; ``trouble`` says why, and ``halves`` that a split leaves half a sentence. ``covers`` are the
    sentences that a new one is for."""

    card: str = ""
    adds: bool = False
    typed: Form | None = None
    trouble: str = ""
    halves: bool = False
    covers: tuple[int, ...] = ()


def get_cards(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    slug = slug_of(project, request)
    draft = work_of(studio, request, project, slug)
    query = request.query_params
    number = small_number(query.get("covers", ""))
    covers = () if number is None else (number,)
    card, adds = query.get("card", ""), query.get("add") == "yes"
    typed = kept_forms(studio, request, slug).get(key_of(card, adds=adds))
    opened = _Open(card, adds, typed, covers=covers)
    return _page(studio, request, project, draft, opened)


def post_cards(studio: Studio, request: Request, form: Form) -> Response:
    """Change the blocks and save the guide, or ask first; see :func:`save`. What was typed is never lost."""
    slug, action = slug_of(studio.workspace.project(), request), form.text("action")
    if action == "discard":
        forget(studio, request, slug)
        drop_forms(studio, request, slug)
        return redirect(f"/write/{slug}")
    if action == "discard-block":
        drop_form(studio, request, slug, form.line("kept"))
        return _at(f"/write/{slug}", f"card-{form.line('card')}")
    if action == "close":
        return _close(studio, request, form)
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        if action in ("undo", "redo"):
            return _turn(studio, request, project, form)
        return _do(studio, request, project, form, "guide-copied" if copied else "guide")


def _close(studio: Studio, request: Request, form: Form) -> Response:
    """Close a block. What was typed in it is kept, also by a browser without the page's script."""
    project = studio.workspace.project()
    slug, adds = slug_of(project, request), is_new(form)
    with suppress(SourceError):
        keep_typed(studio, request, project, slug, form)
    card = form.line("card")
    kept = key_of(card, adds=adds) in kept_forms(studio, request, slug)
    draft, saved = kept_draft(studio, request, slug), read_text(guide_path(project, slug))
    kept = kept or (not adds and draft is not None and card in unsaved_blocks(draft.text, saved))
    place = f"new-{card}" if adds and kept else f"card-{card}"
    return _at(f"/write/{slug}", place, **({"did": "kept", "at": place} if kept else {}))


def _at(path: str, place: str, **query: str) -> Response:
    return redirect(f"{path}{'?' if query else ''}{urlencode(query)}{'#' if place else ''}{place}")


def _do(studio: Studio, request: Request, project: Project, form: Form, outcome: str) -> Response:
    """Do what a form asks for, save, and show the card; ``outcome`` is the name of what was done."""
    slug, action = slug_of(project, request), form.text("action")
    adds = is_new(form)
    try:
        wanted = wanted_save(studio, request, project, slug, form)
    except SourceError as error:
        if "words" in form.fields:
            with suppress(SourceError):
                keep_typed(studio, request, project, slug, form)
        opened = _Open(form.line("card"), adds, form, error.sentences, isinstance(error, HalfSentenceError))
        draft = work_of(studio, request, project, slug)
        return _page(studio, request, project, draft, opened, status=422)
    changed, draft = wanted.changed, GuideDraft(wanted.changed.text, form.text("version"))
    query = {"card": changed.card} if changed.card else {}
    if not draft.is_saved:
        confirmed = form.text("confirmed")
        done = save(studio, request, project, slug, draft, confirmed, typed=wanted.typed)
        for key in wanted.forms:
            drop_form(studio, request, slug, key)
        if not done.saved:
            opened = _Open(changed.card)
            return _page(studio, request, project, done.draft, opened, done, status=done.status)
        query |= {"done": outcome, "did": did(action)}
        if action == "remove":
            query["at"] = changed_place(wanted.saved, draft.text).id
        else:
            query["at"] = changed.place or (f"card-{changed.card}" if changed.card else "")
    else:
        keep_rest(studio, request, slug, wanted.typed, draft.text)
        for key in wanted.forms:
            drop_form(studio, request, slug, key)
    if action == "add":
        query["add"] = "yes"
    card = NEW if action == "add" else changed.card
    place = changed.place or (f"card-{card}" if card else query.get("at", ""))
    if form.text("back") == "guide":
        # That page shows no blocks.
        return redirect(f"/write/{slug}/guide", **({"done": outcome} if "done" in query else {}))
    return _at(f"/write/{slug}", place, **query)


def post_look(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed as a draft. The answer is the feedback on it, for the page's script."""
    project = studio.workspace.project()
    slug = slug_of(project, request)
    try:
        changed = keep_typed(studio, request, project, slug, form)
    except SourceError as error:
        return studio.pages.page(
            request,
            "cards-findings.html",
            draft=None,
            trouble=error.sentences,
            card=None,
            reasons_left_out={},
        )
    found, trouble = report(studio, request, project, slug, changed.text)
    return studio.pages.page(
        request,
        "cards-findings.html",
        draft=found,
        trouble=trouble,
        reasons_left_out=reasons_of(changed.text),
        **said_of(card_with(cards_of(changed.text), changed.card)),
    )


def _reasons(typed: Form | None) -> dict[str, str]:
    """Why sentences are left out, as somebody typed it, by the name of the field."""
    return {name: value for name, value in typed.typed if name.startswith("reason-")} if typed else {}


def _turn(studio: Studio, request: Request, project: Project, form: Form) -> Response:
    """Undo or redo the last change of this guide, also that which made it."""
    slug, action = slug_of(project, request), form.text("action")
    here = f"/write/{slug}/guide" if form.text("back") == "guide" else f"/write/{slug}"
    found = guide_turns(studio, request, project, slug)
    row = found.undo if action == "undo" else found.redo
    if row is None:
        return redirect(here)
    typed = form if "words" in form.fields else None
    if typed:
        with suppress(SourceError):
            keep_typed(studio, request, project, slug, typed)
    draft, forms = kept_draft(studio, request, slug), kept_forms(studio, request, slug)
    if forms or (draft and draft.text != read_text(guide_path(project, slug))):
        # An earlier text of the guide would not fit to what was typed.
        opened = _Open(form.line("card"), is_new(form), typed)
        draft = work_of(studio, request, project, slug)
        return _page(studio, request, project, draft, opened, waits=action, status=409)
    path = guide_path(project, slug)
    before = read_text(path)
    try:
        reverse(history_of(studio.workspace.root), row.act)
    except ParentguideError:
        # Somebody has changed the files since: that page says what can be put back.
        return redirect(row.address)
    forget(studio, request, slug)
    done = "undone" if action == "undo" else "redone"
    if not path.exists():
        return redirect("/write", done=done)
    if form.text("back") == "guide":
        return redirect(here, done=done)
    place = changed_place(before, read_text(path))
    below = {} if place.words else {"below": "yes"}
    return _at(here, place.id, done=done, did=done, at=place.id, **below)


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    draft: GuideDraft,
    opened: _Open,
    saving: Saving | None = None,
    *,
    waits: str = "",
    status: int = 200,
) -> Response:
    """``waits`` is the “undo” or “redo” that waits for what was typed to be saved or discarded."""
    slug = slug_of(project, request)
    found, trouble = report(studio, request, project, slug, draft.text)
    try:
        cards = cards_of(draft.text)
    except SourceError as error:
        cards, trouble = (), trouble or error.sentences
    reasons = reasons_of(draft.text)
    panel = panel_of(reasons, cards, found)
    card = card_with(cards, opened.card)
    forms = kept_forms(studio, request, slug)
    news = new_blocks(forms)
    return studio.pages.page(
        request,
        "cards.html",
        status,
        slug=slug,
        version=draft.version,
        unsaved=not draft.is_saved or bool(forms),
        unsaved_cards=unsaved_blocks(draft.text, read_text(guide_path(project, slug))) | set(forms),
        news=news,
        lost={key: one for key, one in forms.items() if card_with(cards, one.line("card")) is None},
        waits=waits,
        told=told(request.query_params, cards, news) if status == HTTPStatus.OK else None,
        copied=request.query_params.get("done") == "guide-copied",
        asked=saving.report if saving else None,
        rows=rows_of_cards(cards, {one.name: one.value.shown for one in project.contacts}),
        title=title_of(project, slug),
        opened=opened,
        panel=panel,
        reasons_left_out=reasons,
        marks=set(card.covers if card and not opened.adds else opened.covers),
        reasons=defaultdict(str, _reasons(opened.typed)),
        waiting=waiting_sentences(panel),
        places=places_to_move(cards, opened.card) if card and not opened.adds else [],
        shown={one.id for one in cards if one.has_words},
        typed=opened.typed if opened.typed is not None and "words" in opened.typed.fields else None,
        kinds=KIND_LABELS,
        draft=found,
        trouble=trouble,
        theirs=saving.theirs if saving else "",
        asks=saving.asks if saving else "",
        turns=guide_turns(studio, request, project, slug),
        **said_of(card if card and card.has_words and not opened.adds else None),
    )


PAGES = (
    Page("/write/{slug}", get_cards, post_cards),
    Page("/write/{slug}/card", post=post_look),
)
