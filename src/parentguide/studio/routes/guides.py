"""The list of guides, and the page of each: ready or being written, its name, a copy, and removing it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from parentguide.errors import ParentguideError, SourceError
from parentguide.infra.files import read_text
from parentguide.model.guide_state import GuideState
from parentguide.project.definition_acts import give_source
from parentguide.project.guide_acts import add_boxes, mark_ready, mark_unready, remove_guide
from parentguide.project.guide_copy import copy_guide
from parentguide.project.guide_state import with_state
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.project.revise import guide_path
from parentguide.project.title_elsewhere import title_elsewhere
from parentguide.review.undo import reverse
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.guide_checklist import checklist, open_items
from parentguide.studio.services.guide_titles import title_of
from parentguide.studio.services.guide_work import (
    GuideDraft,
    keep,
    kept_draft,
    slug_of,
    version_of,
    with_own_copy,
)
from parentguide.studio.services.history_view import guide_turns
from parentguide.studio.services.newsletter_work import known_work
from parentguide.studio.services.removed_guides import removed_guides

# What may be said of the official words besides their source and day.
_SOURCE_MORE = ("publisher", "address", "compared_by")


def get_guides(studio: Studio, request: Request) -> Response:
    """All guides; one that cannot be read is listed too, so that it can be fixed."""
    project = studio.workspace.project()
    return studio.pages.page(
        request,
        "guides-to-write.html",
        rows=[(slug, title_of(project, slug), project.states[slug]) for slug in project.slugs],
        removed=removed_guides(studio, request, project),
        editable=studio.workspace.changeable,
        begun=known_work(studio.user_files(request))[1],
    )


def get_guide(studio: Studio, request: Request) -> Response:
    return _page(studio, request, studio.workspace.project())


def post_state(studio: Studio, request: Request, form: Form) -> Response:
    """Mark a guide as ready, unless something that it needs is open, or as being written."""
    slug = slug_of(studio.workspace.project(), request)
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        slug_of(project, request)
        if form.text("state") != GuideState.READY:
            _mark_unready(studio, request, project, slug)
            return _done(f"/write/{slug}/guide", "unready", copied=copied)
        is_typing = _is_typing(studio, request, project, slug)
        if open_items(checklist(project, slug, is_typing=is_typing)):
            return _page(studio, request, project, refused=True)
        mark_ready(project, slug)
    return _done(f"/write/{slug}/guide", "ready", copied=copied)


def post_who_to_call(studio: Studio, request: Request, form: Form) -> Response:
    """Put the box with the emergency number, and that of the school's team, below the title."""

    def act(project: Project, slug: str) -> str:
        if _is_typing(studio, request, project, slug):
            remedy = "Save or discard it, then put the box in."
            raise SourceError("what you typed last is not saved yet", remedy=remedy)
        add_boxes(project, slug)
        return f"/write/{slug}/guide"

    return _change(studio, request, act, "who-to-call")


def post_copy(studio: Studio, request: Request, form: Form) -> Response:
    def act(project: Project, slug: str) -> str:
        return f"/write/{copy_guide(project, slug)}/guide"

    return _change(studio, request, act, "guide-doubled")


def post_removal(studio: Studio, request: Request, form: Form) -> Response:
    slug = slug_of(studio.workspace.project(), request)
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        remove_guide(project, slug)
    return _done("/write", "guide-removed", copied=copied)


def post_return(studio: Studio, request: Request, form: Form) -> Response:
    """Put a removed guide back."""
    slug = str(request.path_params["slug"])
    with studio.workspace.locked_project() as project:
        found = next((one for one in removed_guides(studio, request, project) if one.slug == slug), None)
        if found is None:
            raise HTTPException(404)
        try:
            reverse(history_of(studio.workspace.root), found.row.act)
        except ParentguideError:
            # Somebody has changed one of the files since: that page says what can be put back.
            return redirect(found.row.address)
    return redirect(f"/write/{slug}/guide", done="guide-returned")


def post_source(studio: Studio, request: Request, form: Form) -> Response:
    """Who published the official words, and when."""

    def act(project: Project, slug: str) -> str:
        day = _day(form.line("published"))
        if not form.line("compared"):
            remedy = "Compare them with what was published, word for word; then tick the box."
            raise SourceError("nobody has compared the official words yet", remedy=remedy)
        more = {name: " ".join(form.line(name).split()) for name in _SOURCE_MORE if name in form.fields}
        give_source(project, slug, form.line("source"), day, date.today(), more)
        return f"/write/{slug}/guide"

    return _change(studio, request, act, "official", typed=form)


def _change(
    studio: Studio,
    request: Request,
    act: Callable[[Project, str], str],
    did: str,
    typed: Form | None = None,
) -> Response:
    """Change a guide with ``act``, and go to the address that it returns; the page says why it refused."""
    slug = slug_of(studio.workspace.project(), request)
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        try:
            address = act(project, slug)
        except ParentguideError as error:
            return _page(studio, request, project, trouble=error.sentences, typed=typed)
    return _done(address, did, copied=copied)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SourceError(
            "it does not say when the official words were published", remedy="Write the day: 2017-02-28."
        ) from None


def _mark_unready(studio: Studio, request: Request, project: Project, slug: str) -> None:
    """With what somebody typed and did not save: it stays a change of this guide, not of an earlier one."""
    path = guide_path(project, slug)
    draft, saved = kept_draft(studio, request, slug), version_of(read_text(path))
    mark_unready(project, slug)
    if draft is not None and draft.version == saved:
        with suppress(SourceError):
            text = with_state(draft.text, GuideState.WRITING, path)
            keep(studio, request, slug, GuideDraft(text, version_of(read_text(path))))


def _done(path: str, did: str, *, copied: bool) -> RedirectResponse:
    """``copied``: the words were copied into the person's folder at this first change; the page says so."""
    return redirect(path, done=did, **({"copied": "yes"} if copied else {}))


def _is_typing(studio: Studio, request: Request, project: Project, slug: str) -> bool:
    draft = kept_draft(studio, request, slug)
    return draft is not None and draft.text != read_text(guide_path(project, slug))


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    *,
    refused: bool = False,
    trouble: str = "",
    typed: Form | None = None,
) -> Response:
    slug = slug_of(project, request)
    text = read_text(guide_path(project, slug))
    items = checklist(project, slug, is_typing=_is_typing(studio, request, project, slug))
    definition = None
    with suppress(ParentguideError):
        definition = project.guide_source(slug).definition
    official = {
        "source": typed.line("source") if typed else definition.source if definition else "",
        "published": typed.line("published") if typed else definition.published if definition else "",
    }
    for name in _SOURCE_MORE:
        official[name] = typed.line(name) if typed else getattr(definition, name, "")
    return studio.pages.page(
        request,
        "guide.html",
        422 if refused or trouble else 200,
        slug=slug,
        title=title_of(project, slug),
        state=project.states[slug],
        items=items,
        waiting=open_items(items),
        version=version_of(text),
        official=official,
        named_in=[card.words for card in title_elsewhere(text)],
        lacks_box=any(item.href == "#who-to-call" for item in items),
        has_official=definition is not None or any(item.href == "#official" for item in items),
        turns=guide_turns(studio, request, project, slug),
        editable=studio.workspace.changeable,
        refused=refused,
        trouble=trouble,
    )


PAGES = (
    Page("/write", get_guides),
    Page("/write/{slug}/guide", get_guide),
    Page("/write/{slug}/state", post=post_state),
    Page("/write/{slug}/who-to-call", post=post_who_to_call),
    Page("/write/{slug}/copy", post=post_copy),
    Page("/write/{slug}/removal", post=post_removal),
    Page("/write/{slug}/return", post=post_return),
    Page("/write/{slug}/source", post=post_source),
)
