"""Joins Studio's parts: all addresses, and one place where errors end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from parentguide.errors import ParentguideError
from parentguide.studio.routes import (
    build,
    changes,
    editor,
    home,
    languages,
    newsletter,
    preview,
    school,
    selection,
)
from parentguide.studio.routing import USUAL_LIMIT, Page, Studio
from parentguide.studio.security.forms import RefusedFormError
from parentguide.studio.security.middleware import Refusal, SecurityMiddleware, TooLargeError
from parentguide.studio.services.build_queue import BuildQueue
from parentguide.studio.services.preview_cache import PreviewCache, RecentDrafts
from parentguide.studio.services.workspace import Workspace
from parentguide.studio.settings import Settings
from parentguide.studio.templating import Templates

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *school.PAGES,
    *selection.PAGES,
    *preview.PAGES,
    *build.PAGES,
    *languages.PAGES,
    *newsletter.PAGES,
    *editor.PAGES,
)
_STATUS = {
    404: ("There is no such page", "Go back to the start."),
    405: ("This page takes no form", "Go back to the start."),
}


def create_app(settings: Settings) -> ASGIApp:
    """Studio as an ASGI application, for any server. Raises our errors for an unusable folder."""
    workspace = Workspace(settings.workspace, settings.project_root)
    workspace.project()
    studio = Studio(
        settings,
        workspace,
        Templates(settings),
        BuildQueue(),
        PreviewCache(workspace),
        RecentDrafts(),
        RecentDrafts(),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        studio.queue.close()

    def refused_form(request: Request, error: Exception) -> Response:
        assert isinstance(error, RefusedFormError)
        return studio.pages.refusal(error.refusal)

    def too_large(request: Request, error: Exception) -> Response:
        assert isinstance(error, TooLargeError)
        size = f"{error.limit / 1_000_000:g} MB"
        refusal = Refusal(
            413, "That is too large", f"Send a file of {size} at the most. Nothing was changed."
        )
        return studio.pages.refusal(refusal)

    def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, ParentguideError)
        return studio.pages.error(request, error)

    def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title, advice = _STATUS.get(error.status_code, ("This did not work", "Go back to the start."))
        return studio.pages.refusal(Refusal(error.status_code, title, advice))

    def unexpected(request: Request, error: Exception) -> Response:
        refusal = Refusal(
            500,
            "Something went wrong inside Studio",
            "Nothing that was saved is lost. Go back and try again; what went wrong stands in the window"
            " that Studio was started from.",
        )
        return studio.pages.refusal(refusal)

    routes = [*(page.route(studio) for page in PAGES), *(static(name, studio) for name in home.STATIC)]
    if settings.watch:
        routes.append(changes.route(workspace))
    app = Starlette(
        routes=routes,
        exception_handlers={
            RefusedFormError: refused_form,
            TooLargeError: too_large,
            ParentguideError: ours,
            HTTPException: http,
            Exception: unexpected,
        },
        lifespan=lifespan,
    )
    limits = {page.path: page.limit for page in PAGES}
    return SecurityMiddleware(app, settings, studio.pages.refusal, lambda path: limits.get(path, USUAL_LIMIT))


def static(name: str, studio: Studio) -> Route:
    """One of the few files that a page loads: each has a route of its own, so no path is looked up."""

    async def endpoint(_: Request) -> Response:
        data = (studio.pages.folder / name).read_bytes()
        return Response(data, media_type=home.STATIC[name])

    return Route(f"/static/{name}", endpoint, methods=["GET"])
