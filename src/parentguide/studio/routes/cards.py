"""The blocks of a guide as cards: change, add, split, join, move and remove them. See also editor.py."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.files import read_text
from parentguide.model.language import SOURCE_LOCALE
from parentguide.newsletter.limits import checked_length
from parentguide.project.cards import edits
from parentguide.project.cards.card import USUAL, Card, Kind, card_with
from parentguide.project.cards.reading import cards_of
from parentguide.project.cards.rows import one_line
from parentguide.project.cards.writing import with_cards
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.project.revise import guide_path
from parentguide.review.undo import reverse
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.card_view import KIND_LABELS, ease, hard_to_read, ids_had, rows_of_cards
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

Cards: TypeAlias = tuple[Card, ...]
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
NEW = "new"


@dataclass(frozen=True, slots=True)
class _Open:
    """The card that is open: its id, or where a new one goes. ``typed`` are the fields of a form that was
    not saved; ``trouble`` says why."""

    card: str = ""
    adds: bool = False
    typed: Form | None = None
    trouble: str = ""


def get_cards(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    slug = slug_of(project, request)
    draft = _work(studio, request, project, slug)
    query = request.query_params
    return _page(studio, request, project, draft, _Open(query.get("card", ""), query.get("add") == "yes"))


def post_cards(studio: Studio, request: Request, form: Form) -> Response:
    """Change the blocks and save the guide, or ask first; see :func:`save`. What was typed is never lost."""
    slug, action = slug_of(studio.workspace.project(), request), form.text("action")
    if action == "discard":
        forget(studio, request, slug)
        return redirect(f"/write/{slug}")
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        if action in ("undo", "redo"):
            return _turn(studio, request, project, slug, action)
        return _do(studio, request, project, form, "guide-copied" if copied else "guide")


def _do(studio: Studio, request: Request, project: Project, form: Form, did: str) -> Response:
    """Do what a form asks for, save, and show the card; ``did`` is what the page then says."""
    slug, action = slug_of(project, request), form.text("action")
    draft = _work(studio, request, project, slug)
    try:
        text, identity = _changed(project, slug, draft.text, form)
    except SourceError as error:
        opened = _Open(form.line("card"), action == "insert", form, error.sentences)
        return _page(studio, request, project, draft, opened, status=422)
    draft, query = GuideDraft(text, form.text("version")), {"card": identity}
    if not draft.is_saved:
        done = save(studio, request, project, slug, draft, form.text("confirmed"))
        if not done.saved:
            opened = _Open(identity)
            return _page(studio, request, project, done.draft, opened, done, status=done.status)
        query["done"] = did
    forget(studio, request, slug)
    if action == "add":
        query["add"] = "yes"
    place = f"#card-{NEW if action == 'add' else identity}" if identity else ""
    return redirect(f"/write/{slug}?{urlencode(query)}{place}")


def post_look(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed as a draft. The answer is the feedback on it, for the page's script."""
    project = studio.workspace.project()
    slug = slug_of(project, request)
    draft = _work(studio, request, project, slug)
    try:
        text, identity = _changed(project, slug, draft.text, form, keeps=True)
    except SourceError as error:
        return studio.pages.page(
            request, "cards-findings.html", draft=None, trouble=error.sentences, card=None
        )
    typed = GuideDraft(text, form.text("version"))
    if not typed.is_saved and form.text("action") != "insert":
        keep(studio, request, slug, typed)
    found, trouble = report(studio, request, project, slug, text)
    return studio.pages.page(
        request,
        "cards-findings.html",
        draft=found,
        trouble=trouble,
        **_said(card_with(cards_of(text), identity)),
    )


def _said(card: Card | None) -> dict[str, Any]:
    return {"card": card, "ease": ease(card) if card else "", "hard": hard_to_read(card) if card else ""}


def _work(studio: Studio, request: Request, project: Project, slug: str) -> GuideDraft:
    """What was typed last and is not saved; else the saved guide."""
    saved = read_text(guide_path(project, slug))
    return kept_draft(studio, request, slug) or GuideDraft(saved, version_of(saved))


def _changed(project: Project, slug: str, text: str, form: Form, *, keeps: bool = False) -> tuple[str, str]:
    """The text after what a form asks for, and the id of the card to show next. With ``keeps`` the words of
    the form count, and no other action.

    Raises :class:`SourceError` for what cannot be done.
    """
    action, identity = form.text("action"), form.line("card")
    if action == "all":
        # What was typed before, as it is.
        return text, identity
    cards, written = cards_of(text), checked_length(form.text("words"))
    if action == "insert":
        kind = _kind(form.text("kind"), Kind.PARAGRAPH)
        cards, identity = edits.add_after(cards, identity, kind, one_line(written), ids_had(project, slug))
        return with_cards(text, _with_fields(cards, identity, form)), identity
    if "words" in form.fields:
        cards = edits.change_words(cards, identity, written)
        card = card_with(cards, identity)
        if card and card.is_usual:
            cards = edits.change_kind(cards, identity, _kind(form.text("kind"), card.kind))
        cards = _with_fields(cards, identity, form)
    if not keeps:
        cards, identity = _ACTIONS.get(action, _only_saved)(cards, identity, written, ids_had(project, slug))
    return with_cards(text, cards), identity


def _with_fields(cards: Cards, identity: str, form: Form) -> Cards:
    """Note, sentences and source as the form says them."""
    cards = edits.change_note(cards, identity, form.text("note"))
    if "listed" in form.fields:
        # Without the list, nobody has ticked or unticked anything.
        numbers = [int(n) for n in form.all("covers") if n.isascii() and n.isdigit() and len(n) < 7]
        cards = edits.change_covers(cards, identity, numbers)
    return edits.change_source(cards, identity, form.text("source"))


def _kind(name: str, usual: Kind) -> Kind:
    return Kind(name) if name in set(USUAL) else usual


_Action: TypeAlias = Callable[[Cards, str, str, frozenset[str]], tuple[Cards, str]]


def _only_saved(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return cards, identity


def _split(cards: Cards, identity: str, written: str, taken: frozenset[str]) -> tuple[Cards, str]:
    """The page's script puts an empty line where the cursor is; without it a person does."""
    gap = _EMPTY_LINE.search(written.strip())
    if gap is None:
        raise SourceError(
            "Studio does not know where the second block begins",
            remedy="Put the cursor there; or leave an empty line before it, then press “Split here” again.",
        )
    return edits.split_at(cards, identity, len(one_line(written.strip()[: gap.start()])), taken)


def _join(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.join_with_next(cards, identity), identity


def _up(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.move(cards, identity, -1), identity


def _down(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.move(cards, identity, 1), identity


def _remove(cards: Cards, identity: str, _: str, __: frozenset[str]) -> tuple[Cards, str]:
    return edits.remove(cards, identity), ""


_ACTIONS: Mapping[str, _Action] = {
    "split": _split,
    "join": _join,
    "up": _up,
    "down": _down,
    "remove": _remove,
}


def _turn(studio: Studio, request: Request, project: Project, slug: str, action: str) -> Response:
    """Undo or redo the last save of this guide."""
    found = turns(studio, request, GUIDES, _path(slug))
    row = found.undo if action == "undo" else found.redo
    if row is None:
        return redirect(f"/write/{slug}")
    try:
        reverse(history_of(studio.workspace.root), row.act)
    except ParentguideError:
        # Somebody has changed the files since: that page says what can be put back.
        return redirect(row.address)
    forget(studio, request, slug)
    return redirect(f"/write/{slug}", done="undone" if action == "undo" else "redone")


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
    card = card_with(cards, opened.card)
    return studio.pages.page(
        request,
        "cards.html",
        status,
        slug=slug,
        version=draft.version,
        unsaved=not draft.is_saved,
        rows=rows_of_cards(cards, {one.name: one.value.shown for one in project.contacts}),
        opened=opened,
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
