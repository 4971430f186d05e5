"""The list of guides: which are ready, and marking one as ready or as being written."""

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.checks.readiness import reasons_against
from parentguide.errors import ParentguideError
from parentguide.model.guide_state import GuideState
from parentguide.project.guide_acts import mark_ready, mark_unready
from parentguide.project.project import Project
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.guide_titles import title_of


def get_guides(studio: Studio, request: Request) -> Response:
    """All guides; one that cannot be read is listed too, so that it can be fixed."""
    return _page(studio, request)


def post_state(studio: Studio, request: Request, form: Form) -> Response:
    """Mark a guide as ready, unless its checks find errors, or as being written."""
    slug = str(request.path_params["slug"])
    with studio.workspace.locked_project() as project:
        if slug not in project.slugs:
            raise HTTPException(404)
        if form.text("state") != GuideState.READY:
            mark_unready(project, slug)
            return redirect("/write", done="unready")
        reasons = _reasons(project, slug)
        if reasons:
            return _page(studio, request, slug, reasons, 422)
        mark_ready(project, slug)
    return redirect("/write", done="ready")


def _reasons(project: Project, slug: str) -> list[str]:
    """Why a guide is not ready, in sentences."""
    try:
        return [f"{found.message}. {found.hint}" for found in reasons_against(project, slug)]
    except ParentguideError as error:
        return [problem.sentence for problem in error.problems]


def _page(
    studio: Studio, request: Request, refused: str = "", reasons: Iterable[str] = (), status: int = 200
) -> Response:
    project = studio.workspace.project()
    rows = [
        (slug, title_of(project, slug), project.states[slug] is GuideState.READY) for slug in project.slugs
    ]
    return studio.pages.page(
        request,
        "guides-to-write.html",
        status,
        rows=rows,
        editable=studio.workspace.changeable,
        refused=refused,
        reasons=list(reasons),
    )


PAGES = (Page("/write", get_guides), Page("/write/{slug}/state", post=post_state))
