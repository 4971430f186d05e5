"""What every page of Studio works with, and how a page becomes a route."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from parentguide.model.school import School
from parentguide.studio.security.forms import Form, read_form
from parentguide.studio.security.sessions import Session
from parentguide.studio.services.build_queue import BuildQueue
from parentguide.studio.services.preview_cache import PreviewCache, RecentDrafts
from parentguide.studio.services.workspace import UserFiles, Workspace
from parentguide.studio.settings import Settings
from parentguide.studio.templating import Templates

USUAL_LIMIT = 500_000  # bytes of a form without a file


@dataclass(frozen=True)
class Studio:
    """One running Studio."""

    settings: Settings
    workspace: Workspace
    pages: Templates
    queue: BuildQueue
    previews: PreviewCache
    trials: RecentDrafts[School]  # of the school being typed
    drafts: RecentDrafts[bytes]  # pages of guides being written

    def desk(self, request: Request) -> UserFiles:
        """The files of whoever asks."""
        return self.workspace.desk(owner(request))


Show = Callable[[Studio, Request], Response]
Take = Callable[[Studio, Request, Form], Response]


@dataclass(frozen=True)
class Page:
    """One address: ``show`` answers who looks at it, ``take`` who sends its form, of at most
    ``limit`` bytes."""

    path: str
    show: Show | None = None
    take: Take | None = None
    limit: int = USUAL_LIMIT

    def route(self, studio: Studio) -> Route:
        """Every form's token is checked here, so that no page can forget it."""

        async def endpoint(request: Request) -> Response:
            if request.method != "POST":
                assert self.show is not None
                return await run_in_threadpool(self.show, studio, request)
            assert self.take is not None
            form = await read_form(request, studio.settings.key)
            return await run_in_threadpool(self.take, studio, request, form)

        methods = ["GET"] * (self.show is not None) + ["POST"] * (self.take is not None)
        return Route(self.path, endpoint, methods=methods)


def owner(request: Request) -> str:
    """Who is signed in at the proxy; empty on one's own computer."""
    session: Session = request.state.session
    return session.user


def visit(request: Request) -> str:
    """Tells one browser's visit from all others."""
    session: Session = request.state.session
    return f"{session.user} {session.nonce}"


def go(path: str, **query: str) -> RedirectResponse:
    """After a form: show ``path``, so that “reload” does not send the form again."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)
