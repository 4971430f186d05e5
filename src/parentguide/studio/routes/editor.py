"""The editor of a guide: its text, its page, and what a save would change. See also guides.py."""

import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.model.language import SOURCE_LOCALE
from parentguide.newsletter.limits import checked_length
from parentguide.project.project import Project
from parentguide.project.revise import guide_path, revise_guide
from parentguide.review.guide_draft import GuideDraftReport
from parentguide.studio.routing import Page, Studio, redirect, session_id
from parentguide.studio.security.forms import Form
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services.guide_preview import preview_guide
from parentguide.studio.services.history_view import GUIDES, turns
from parentguide.studio.services.school_store import school_of
from parentguide.studio.templating import place


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text that was typed. ``version`` tells which saved guide it was made from."""

    text: str
    version: str

    @property
    def is_saved(self) -> bool:
        return _version(self.text) == self.version


def get_guide(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    slug = _slug(project, request)
    saved = read_text(guide_path(project, slug))
    draft = _kept_draft(studio, request, slug) or _Draft(saved, _version(saved))
    return _page(studio, request, project, draft, restored=draft.text != saved)


def post_guide(studio: Studio, request: Request, form: Form) -> Response:
    """Save the guide, unless it cannot be read or has been saved by somebody else since; then keep the
    text as a draft. Ask first if the change affects translations or approvals."""
    draft = _draft_of(form)
    if form.text("action") == "discard":
        slug = _slug(studio.workspace.project(), request)
        _draft_path(studio, request, slug).unlink(missing_ok=True)
        return redirect(f"/write/{slug}")
    with studio.workspace.locked_project() as project:
        slug = _slug(project, request)
        saved = read_text(guide_path(project, slug))
        if _version(saved) != draft.version:
            _keep(studio, request, slug, draft)
            newer = _Draft(draft.text, _version(saved))
            return _page(studio, request, project, newer, theirs=saved, status=409)
        try:
            preview = preview_guide(project, slug, draft.text, school_of(studio.user_files(request)))
            if preview.report.cancels and form.text("confirmed") != _version(draft.text):
                _keep(studio, request, slug, draft)
                return _page(studio, request, project, draft, asks=_version(draft.text))
            revise_guide(project, slug, draft.text)
        except ParentguideError:
            _keep(studio, request, slug, draft)
            return _page(studio, request, project, draft, status=422)
    _draft_path(studio, request, slug).unlink(missing_ok=True)
    return redirect(f"/write/{slug}", done="guide")


def post_draft(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed as a draft. The answer is the feedback on it, for the page's script."""
    project = studio.workspace.project()
    slug, draft = _slug(project, request), _draft_of(form)
    if not draft.is_saved:
        _keep(studio, request, slug, draft)
    report, problem = _report(studio, request, project, slug, draft.text)
    return studio.pages.page(request, "findings.html", draft=report, trouble=problem)


def get_guide_page(studio: Studio, request: Request) -> Response:
    """The page of the text that this session typed last; that of the saved guide before any."""
    project = studio.workspace.project()
    slug = _slug(project, request)
    page = studio.guide_drafts.get(_draft_key(request, slug))
    if page is None:
        saved = read_text(guide_path(project, slug))
        page = preview_guide(project, slug, saved, school_of(studio.user_files(request))).page
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


def _slug(project: Project, request: Request) -> str:
    """The guide of the address. Raises 404 for one that does not exist."""
    slug = str(request.path_params["slug"])
    if slug not in project.slugs:
        raise HTTPException(404)
    return slug


def _version(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


def _draft_of(form: Form) -> _Draft:
    """What a form says; the text ends with one line end, as an editor leaves it."""
    return _Draft(checked_length(form.text("text")).rstrip("\n") + "\n", form.text("version"))


def _draft_key(request: Request, slug: str) -> str:
    return f"{session_id(request)} {slug}"


def _draft_path(studio: Studio, request: Request, slug: str) -> Path:
    """Where a text is kept that was typed and not saved."""
    return studio.user_files(request).folder / f".studio-guide-{slug}.json"


def _kept_draft(studio: Studio, request: Request, slug: str) -> _Draft | None:
    path = _draft_path(studio, request, slug)
    with suppress(ParentguideError, ValueError, KeyError, TypeError):
        if path.exists():
            table = parse_json(read_text(path))
            return _Draft(str(table["text"]), str(table["version"]))
    return None


def _keep(studio: Studio, request: Request, slug: str, draft: _Draft) -> None:
    table = json.dumps({"text": draft.text, "version": draft.version}, ensure_ascii=False)
    write_file(_draft_path(studio, request, slug), table.encode("utf-8"))


def _report(
    studio: Studio, request: Request, project: Project, slug: str, text: str
) -> tuple[GuideDraftReport | None, str]:
    """The report on a text, or why it cannot be read. Its page is kept for :func:`get_guide_page`."""
    try:
        preview = preview_guide(project, slug, text, school_of(studio.user_files(request)))
    except ParentguideError as error:
        where = f"{place(error)}: " if error.line else ""
        return None, f"{where}{error.sentences}"
    studio.guide_drafts.keep(_draft_key(request, slug), preview.page)
    return preview.report, ""


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    draft: _Draft,
    *,
    theirs: str = "",
    restored: bool = False,
    asks: str = "",
    status: int = 200,
) -> Response:
    slug = _slug(project, request)
    report, problem = _report(studio, request, project, slug, draft.text)
    return studio.pages.page(
        request,
        "write.html",
        status,
        slug=slug,
        text=draft.text,
        version=draft.version,
        draft=report,
        trouble=problem,
        theirs=theirs,
        restored=restored,
        asks=asks,
        editable=studio.workspace.editable,
        turns=turns(studio, request, GUIDES, f"locales/{SOURCE_LOCALE}/{slug}/guide.md"),
    )


PAGES = (
    Page("/write/{slug}", get_guide, post_guide),
    Page("/write/{slug}/look", post=post_draft),
    Page("/write/{slug}/page", get_guide_page),
)
