"""The blocks of a guide as cards: change, add, split, join, move and remove them. See also editor.py."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.files import read_text
from parentguide.model.language import SOURCE_LOCALE
from parentguide.project.cards.card import Card, card_with
from parentguide.project.cards.reading import cards_of
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.project.revise import guide_path
from parentguide.review.undo import reverse
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.card_acts import changed_text
from parentguide.studio.services.card_view import (
    KIND_LABELS,
    ease,
    hard_to_read,
    places_to_move,
    rows_of_cards,
)
from parentguide.studio.services.guide_titles import title_of
from parentguide.studio.services.guide_work import (
    GuideDraft,
    Saving,
    forget,
    keep,
    kept_draft,
    report,
    save,
    slug_of,
    version_of,
    with_own_copy,
)
from parentguide.studio.services.history_view import GUIDES, turns
from parentguide.studio.services.newsletter_panel import panel_of, waiting_sentences

NEW = "new"
_DIGITS = 7  # a number of a sentence has fewer


@dataclass(frozen=True, slots=True)
class _Open:
    """The card that is open: its id, or where a new one goes. ``typed`` are the fields of a form that was
    not saved; ``trouble`` says why. ``covers`` are the sentences that a new one is for."""

    card: str = ""
    adds: bool = False
    typed: Form | None = None
    trouble: str = ""
    covers: tuple[int, ...] = ()


def get_cards(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    slug = slug_of(project, request)
    draft = _work(studio, request, project, slug)
    query = request.query_params
    wanted = query.get("covers", "")
    covers = (int(wanted),) if wanted.isascii() and wanted.isdecimal() and len(wanted) < _DIGITS else ()
    opened = _Open(query.get("card", ""), query.get("add") == "yes", covers=covers)
    return _page(studio, request, project, draft, opened)


def post_cards(studio: Studio, request: Request, form: Form) -> Response:
    """Change the blocks and save the guide, or ask first; see :func:`save`. What was typed is never lost."""
    slug, action = slug_of(studio.workspace.project(), request), form.text("action")
    if action == "discard":
        forget(studio, request, slug)
        return redirect(f"/write/{slug}")
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        if action in ("undo", "redo"):
            return _turn(studio, request, project, form)
        return _do(studio, request, project, form, "guide-copied" if copied else "guide")


def _do(studio: Studio, request: Request, project: Project, form: Form, did: str) -> Response:
    """Do what a form asks for, save, and show the card; ``did`` is what the page then says."""
    slug, action = slug_of(project, request), form.text("action")
    draft = _work(studio, request, project, slug)
    try:
        changed = changed_text(project, slug, draft.text, form)
    except SourceError as error:
        adds = action == "insert" or "adds" in form.fields
        opened = _Open(form.line("card"), adds, form, error.sentences)
        return _page(studio, request, project, draft, opened, status=422)
    draft = GuideDraft(changed.text, form.text("version"))
    query = {"card": changed.card} if changed.card else {}
    if not draft.is_saved:
        done = save(studio, request, project, slug, draft, form.text("confirmed"))
        if not done.saved:
            opened = _Open(changed.card)
            return _page(studio, request, project, done.draft, opened, done, status=done.status)
        query["done"] = did
    forget(studio, request, slug)
    if action == "add":
        query["add"] = "yes"
    card = NEW if action == "add" else changed.card
    place = changed.place or (f"card-{card}" if card else "")
    here = "/guide" if form.text("back") == "guide" else ""
    return redirect(f"/write/{slug}{here}?{urlencode(query)}{'#' if place else ''}{place}")


def post_look(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed as a draft. The answer is the feedback on it, for the page's script."""
    project = studio.workspace.project()
    slug = slug_of(project, request)
    draft = _work(studio, request, project, slug)
    try:
        changed = changed_text(project, slug, draft.text, form, keeps=True)
    except SourceError as error:
        return studio.pages.page(
            request, "cards-findings.html", draft=None, trouble=error.sentences, card=None
        )
    typed = GuideDraft(changed.text, form.text("version"))
    if not typed.is_saved and form.text("action") != "insert":
        keep(studio, request, slug, typed)
    found, trouble = report(studio, request, project, slug, changed.text)
    return studio.pages.page(
        request,
        "cards-findings.html",
        draft=found,
        trouble=trouble,
        **_said(card_with(cards_of(changed.text), changed.card)),
    )


def _said(card: Card | None) -> dict[str, Any]:
    return {"card": card, "ease": ease(card) if card else "", "hard": hard_to_read(card) if card else ""}


def _reasons(typed: Form | None) -> dict[str, str]:
    """Why sentences are left out, as somebody typed it, by the name of the field."""
    return {name: value for name, value in typed.typed if name.startswith("reason-")} if typed else {}


def _work(studio: Studio, request: Request, project: Project, slug: str) -> GuideDraft:
    """What was typed last and is not saved; else the saved guide."""
    saved = read_text(guide_path(project, slug))
    return kept_draft(studio, request, slug) or GuideDraft(saved, version_of(saved))


def _turn(studio: Studio, request: Request, project: Project, form: Form) -> Response:
    """Undo or redo the last change of this guide, also that which made it."""
    slug, action = slug_of(project, request), form.text("action")
    here = f"/write/{slug}/guide" if form.text("back") == "guide" else f"/write/{slug}"
    found = turns(studio, request, GUIDES, _path(slug))
    row = found.undo if action == "undo" else found.redo
    if row is None:
        return redirect(here)
    try:
        reverse(history_of(studio.workspace.root), row.act)
    except ParentguideError:
        # Somebody has changed the files since: that page says what can be put back.
        return redirect(row.address)
    forget(studio, request, slug)
    there = here if guide_path(project, slug).exists() else "/write"
    return redirect(there, done="undone" if action == "undo" else "redone")


def _path(slug: str) -> str:
    return f"locales/{SOURCE_LOCALE}/{slug}/guide.md"


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    draft: GuideDraft,
    opened: _Open,
    saving: Saving | None = None,
    *,
    status: int = 200,
) -> Response:
    slug = slug_of(project, request)
    found, trouble = report(studio, request, project, slug, draft.text)
    try:
        cards = cards_of(draft.text)
    except SourceError as error:
        cards, trouble = (), trouble or error.sentences
    panel = panel_of(draft.text, cards, found)
    card = card_with(cards, opened.card)
    return studio.pages.page(
        request,
        "cards.html",
        status,
        slug=slug,
        version=draft.version,
        unsaved=not draft.is_saved,
        rows=rows_of_cards(cards, {one.name: one.value.shown for one in project.contacts}),
        title=title_of(project, slug),
        opened=opened,
        panel=panel,
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
        turns=turns(studio, request, GUIDES, _path(slug)),
        **_said(card if card and card.has_words else None),
    )


PAGES = (
    Page("/write/{slug}", get_cards, post_cards),
    Page("/write/{slug}/card", post=post_look),
)
