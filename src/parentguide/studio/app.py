"""The ASGI application: routes, middleware and the pages of errors."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from parentguide.render.tokens import read_tokens
from parentguide.studio.ended_visit import LONGEST_FORM, EndedVisit
from parentguide.studio.error_pages import exception_handlers
from parentguide.studio.routes import (
    build,
    cards,
    changes,
    check_blocks,
    closing,
    contacts,
    editor,
    fonts,
    guides,
    history,
    home,
    invite,
    language_choice,
    languages,
    look,
    made,
    newsletter,
    pieces,
    places,
    present,
    school,
    sheet_choice,
)
from parentguide.studio.routing import USUAL_LIMIT, Page, Studio
from parentguide.studio.security.invitations import Invitations
from parentguide.studio.security.invited_only import InvitedOnly
from parentguide.studio.security.middleware import (
    BodyLimit,
    ConcurrencyLimit,
    ProxyIdentity,
    SameOrigin,
    SecurityHeaders,
)
from parentguide.studio.security.opening import OpeningToken
from parentguide.studio.security.session_cookie import SessionCookie
from parentguide.studio.services.build_queue import BuildQueue
from parentguide.studio.services.lifetime import Lifetime
from parentguide.studio.services.place_pictures import PlacePictures
from parentguide.studio.services.presence import Presence
from parentguide.studio.services.preview_cache import PreviewCache, RecentDrafts
from parentguide.studio.services.upload_turns import UploadTurns
from parentguide.studio.services.workspace import Workspace
from parentguide.studio.settings import Settings
from parentguide.studio.signs_of_life import SignsOfLife, end_when_nobody_is_there
from parentguide.studio.templating import Templates

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *school.PAGES,
    *language_choice.PAGES,
    *sheet_choice.PAGES,
    *look.PAGES,
    *build.PAGES,
    *made.PAGES,
    *invite.PAGES,
    *present.PAGES,
    *languages.PAGES,
    *check_blocks.PAGES,
    *places.PAGES,
    *newsletter.PAGES,
    *pieces.PAGES,
    *cards.PAGES,
    *editor.PAGES,
    *guides.PAGES,
    *contacts.PAGES,
    *history.PAGES,
    *fonts.PAGES,
    *closing.PAGES,
)
INVITATIONS = ".studio-invitations.json"
_STATIC_FILES = {
    "studio.css": "text/css",
    "check.css": "text/css",
    "cards.css": "text/css",
    "places.css": "text/css",
    "studio.js": "text/javascript",
    "steps.js": "text/javascript",
    "check.js": "text/javascript",
    "places.js": "text/javascript",
    "check-page.js": "text/javascript",
    "check-answers.js": "text/javascript",
    "check-editor.js": "text/javascript",
    "check-words.js": "text/javascript",
    "check-seen.js": "text/javascript",
    "check-present.js": "text/javascript",
    "invited.js": "text/javascript",
    "cards.js": "text/javascript",
    "cards-move.js": "text/javascript",
    "newsletter.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def create_app(
    settings: Settings, opening: OpeningToken | None = None, lifetime: Lifetime | None = None
) -> ASGIApp:
    """Studio as an ASGI application, for any server, which ``opening`` opens on one's own computer.

    ``lifetime`` hears of each request, and says when Studio has to end. Raises our errors for a folder
    that cannot be used.
    """
    workspace = Workspace(settings.workspace, settings.project_root)
    workspace.project()
    previews = PreviewCache(workspace)
    studio = Studio(
        settings=settings,
        workspace=workspace,
        pages=Templates(settings),
        queue=BuildQueue(),
        lifetime=None if settings.behind_proxy else lifetime or Lifetime(),
        uploads=UploadTurns(),
        previews=previews,
        places=PlacePictures(workspace, previews),
        school_drafts=RecentDrafts(),
        school_saves=RecentDrafts(),
        guide_drafts=RecentDrafts(),
        presence=Presence(),
        invitations=Invitations(settings.workspace / INVITATIONS, settings.key)
        if settings.behind_proxy
        else None,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = None
        if studio.lifetime is not None and not settings.stay_open:
            watching = asyncio.create_task(end_when_nobody_is_there(studio.lifetime, studio.queue))
        yield
        if watching is not None:
            watching.cancel()
        studio.queue.close()

    app = Starlette(
        routes=_routes(studio), exception_handlers=exception_handlers(studio.pages), lifespan=lifespan
    )
    app.state.settings = settings
    return _secured(app, studio, opening or OpeningToken())


def _secured(app: ASGIApp, studio: Studio, opening: OpeningToken) -> ASGIApp:
    """``app`` behind the middleware, innermost first.

    It is wrapped by hand, because Starlette's own list of middleware is inside its handler of
    unexpected errors, whose page needs the security headers too.
    """
    settings, pages, refusal_page = studio.settings, studio.pages, studio.pages.refusal
    limits = {page.path: page.limit for page in PAGES}
    app = BodyLimit(app, lambda path: limits.get(path, USUAL_LIMIT))
    app = ConcurrencyLimit(app, refusal_page)
    ended = BodyLimit(EndedVisit(pages), lambda _: LONGEST_FORM)
    invited = None
    if studio.invitations is not None:
        only = InvitedOnly(app, settings, refusal_page, studio.invitations, pages.invited)
        invited = SameOrigin(only, settings, refusal_page)
    app = SessionCookie(app, settings, refusal_page, opening, pages.opening, pages.opened, ended)
    app = SameOrigin(app, settings, refusal_page)
    app = ProxyIdentity(app, settings, refusal_page, invited)
    if studio.lifetime is not None:
        app = SignsOfLife(app, studio.lifetime)
    return SecurityHeaders(app)


def _routes(studio: Studio) -> list[Route]:
    routes = [page.route(studio) for page in PAGES]
    routes += [_static_route(studio.pages, name, kind) for name, kind in _STATIC_FILES.items()]
    routes.append(_tokens_route(studio.pages))
    return [*routes, changes.route(studio.workspace)] if studio.settings.watch else routes


def _static_route(pages: Templates, name: str, media_type: str) -> Route:
    """A file that pages load. Each has a route of its own, so that no path from outside is looked up."""

    async def endpoint(_: Request) -> Response:
        return Response((pages.folder / name).read_bytes(), media_type=media_type)

    return Route(f"/static/{name}", endpoint, methods=["GET"])


def _tokens_route(pages: Templates) -> Route:
    """The colours that Studio shares with pages and sheets."""

    async def endpoint(_: Request) -> Response:
        return Response(read_tokens(pages.folder.parent).css(), media_type="text/css")

    return Route("/static/tokens.css", endpoint, methods=["GET"])
