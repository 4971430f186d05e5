"""The text of a guide with its markup: its page, and what a save would change. See also cards.py."""

from starlette.requests import Request
from starlette.responses import Response

from parentguide.infra.files import read_text
from parentguide.newsletter.limits import checked_length
from parentguide.project.project import Project
from parentguide.project.revise import guide_path
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services.guide_preview import preview_guide
from parentguide.studio.services.guide_titles import title_of
from parentguide.studio.services.guide_work import (
    GuideDraft,
    forget,
    keep,
    kept_draft,
    page_key,
    report,
    save,
    slug_of,
    version_of,
    with_own_copy,
)
from parentguide.studio.services.history_view import guide_turns
from parentguide.studio.services.school_store import school_of


def get_text(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    slug = slug_of(project, request)
    saved = read_text(guide_path(project, slug))
    draft = kept_draft(studio, request, slug) or GuideDraft(saved, version_of(saved))
    return _page(studio, request, project, draft, restored=draft.text != saved)


def post_text(studio: Studio, request: Request, form: Form) -> Response:
    """Save the guide, or ask first; see :func:`save`."""
    draft, slug = _draft_of(form), slug_of(studio.workspace.project(), request)
    if form.text("action") == "discard":
        forget(studio, request, slug)
        return redirect(f"/write/{slug}/text")
    copied = with_own_copy(studio)
    with studio.workspace.locked_project() as project:
        done = save(studio, request, project, slug, draft, form.text("confirmed"))
        if not done.saved:
            return _page(
                studio, request, project, done.draft, theirs=done.theirs, asks=done.asks, status=done.status
            )
    return redirect(f"/write/{slug}/text", done="guide-copied" if copied else "guide")


def post_draft(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed as a draft. The answer is the feedback on it, for the page's script."""
    project = studio.workspace.project()
    slug, draft = slug_of(project, request), _draft_of(form)
    if not draft.is_saved:
        keep(studio, request, slug, draft)
    found, problem = report(studio, request, project, slug, draft.text)
    return studio.pages.page(request, "findings.html", draft=found, trouble=problem)


def get_guide_page(studio: Studio, request: Request) -> Response:
    """The page of the text that this session typed last; that of the saved guide before any."""
    project = studio.workspace.project()
    slug = slug_of(project, request)
    page = studio.guide_drafts.get(page_key(request, slug))
    if page is None:
        saved = read_text(guide_path(project, slug))
        page = preview_guide(project, slug, saved, school_of(studio.user_files(request))).page
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


def _draft_of(form: Form) -> GuideDraft:
    """What a form says; the text ends with one line end, as an editor leaves it."""
    return GuideDraft(checked_length(form.text("text")).rstrip("\n") + "\n", form.text("version"))


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    draft: GuideDraft,
    *,
    theirs: str = "",
    restored: bool = False,
    asks: str = "",
    status: int = 200,
) -> Response:
    slug = slug_of(project, request)
    found, problem = report(studio, request, project, slug, draft.text)
    return studio.pages.page(
        request,
        "write.html",
        status,
        slug=slug,
        title=title_of(project, slug),
        text=draft.text,
        version=draft.version,
        draft=found,
        trouble=problem,
        theirs=theirs,
        restored=restored,
        asks=asks,
        turns=guide_turns(studio, request, project, slug),
    )


PAGES = (
    Page("/write/{slug}/text", get_text, post_text),
    Page("/write/{slug}/look", post=post_draft),
    Page("/write/{slug}/page", get_guide_page),
)
