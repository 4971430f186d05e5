"""Which text a button of the cards saves: that with the open block only. The rest stays a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from parentguide.errors import SourceError
from parentguide.infra.files import read_text
from parentguide.project.cards.reading import cards_of
from parentguide.project.project import Project
from parentguide.project.revise import guide_path
from parentguide.studio.routing import Studio
from parentguide.studio.security.forms import Form
from parentguide.studio.services.card_acts import Changed, changed_text
from parentguide.studio.services.guide_work import GuideDraft, keep, keep_rest, kept_draft, version_of
from parentguide.studio.services.typed_blocks import drop_form, is_new, keep_form, kept_forms, key_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be saved. ``typed`` is the text with all that was typed, ``saved`` the guide as it is;
    ``forms`` are the keys of kept forms whose words are in it."""

    changed: Changed
    typed: str
    saved: str
    forms: Sequence[str] = ()


def work_of(studio: Studio, request: Request, project: Project, slug: str) -> GuideDraft:
    """What was typed last and is not saved; else the saved guide."""
    saved = read_text(guide_path(project, slug))
    return kept_draft(studio, request, slug) or GuideDraft(saved, version_of(saved))


def wanted_save(studio: Studio, request: Request, project: Project, slug: str, form: Form) -> Wanted:
    """What a form asks to save. Raises :class:`SourceError` for what cannot be done."""
    work, saved = work_of(studio, request, project, slug), read_text(guide_path(project, slug))
    if form.text("action") == "all":
        return _all(studio, request, project, slug, form, work, saved)
    typed = changed_text(project, slug, work.text, form)
    changed = typed
    if work.text != saved and work.version == version_of(saved):
        try:
            changed = changed_text(project, slug, saved, form)
        except SourceError:
            # The block is in what was typed only: the two are saved together.
            changed = typed
    key = key_of(form.line("card"), adds=is_new(form))
    return Wanted(changed, typed.text, saved, [key] if "words" in form.fields else [])


def _all(
    studio: Studio, request: Request, project: Project, slug: str, form: Form, work: GuideDraft, saved: str
) -> Wanted:
    """What Studio has asked about, if this is the answer; else all that was typed, with new blocks."""
    card, confirmed = form.line("card"), form.text("confirmed")
    if work.asked and version_of(work.asked) == confirmed:
        return Wanted(Changed(work.asked, card), work.text, saved)
    if confirmed and version_of(work.text) == confirmed:
        return Wanted(Changed(work.text, card), work.text, saved)
    forms, changed = kept_forms(studio, request, slug), Changed(work.text, card)
    for one in forms.values():
        action = "insert" if is_new(one) else "save"
        changed = changed_text(project, slug, changed.text, Form({**one.fields, "action": (action,)}))
    return Wanted(changed, changed.text, saved, list(forms))


def keep_typed(studio: Studio, request: Request, project: Project, slug: str, form: Form) -> Changed:
    """Keep the words of a form, and give the guide with them.

    Raises :class:`SourceError` for words that no block can have; they are kept too.
    """
    if is_new(form):
        keep_form(studio, request, slug, form)
        new = Form({**form.fields, "action": ("insert",)})
        return changed_text(project, slug, work_of(studio, request, project, slug).text, new, keeps=True)
    work, saved = work_of(studio, request, project, slug), read_text(guide_path(project, slug))
    try:
        changed = changed_text(project, slug, work.text, form, keeps=True)
    except SourceError:
        keep_form(studio, request, slug, form)
        raise
    drop_form(studio, request, slug, key_of(form.line("card"), adds=False))
    version = form.text("version")
    if version == version_of(saved):
        keep_rest(studio, request, slug, changed.text, saved)
    elif changed.text != saved:
        keep(studio, request, slug, GuideDraft(changed.text, version))
    return changed


def unsaved_blocks(typed: str, saved: str) -> set[str]:
    """The ids of the blocks that differ from the saved guide, or are not in it."""
    if typed == saved:
        return set()
    try:
        before = {card.id: card for card in cards_of(saved)}
        return {card.id for card in cards_of(typed) if before.get(card.id) != card}
    except SourceError:
        return set()
