"""What every page of Studio works with, and how a page becomes a route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from parentguide.infra.actor import Actor, acting
from parentguide.model.school import School
from parentguide.studio.security.forms import Form, read_form
from parentguide.studio.security.invitations import Invitations
from parentguide.studio.security.sessions import Session
from parentguide.studio.services.build_queue import BuildQueue
from parentguide.studio.services.lifetime import Lifetime
from parentguide.studio.services.place_pictures import PlacePictures
from parentguide.studio.services.presence import Presence
from parentguide.studio.services.preview_cache import PreviewCache, RecentDrafts
from parentguide.studio.services.upload_turns import UploadTurns
from parentguide.studio.services.workspace import UserFiles, Workspace
from parentguide.studio.settings import Settings
from parentguide.studio.templating import Templates

USUAL_LIMIT = 500_000  # bytes of a form without a file
_LARGE = 100_000  # bytes of a form that takes long to read


@dataclass(frozen=True, slots=True)
class AutoSave:
    """A save of the school's details by a page: the versions of the file before and after, and the hidden
    fields of its form (:func:`~parentguide.studio.services.school_form.rows_of`)."""

    before: str
    after: str
    was: Mapping[str, str]


@dataclass(frozen=True)
class Studio:
    """One running Studio. ``school_drafts`` and ``guide_drafts`` hold what is being typed and is not
    saved: schools by session, and pages of guides by session and guide. ``school_saves`` has the last
    automatic save of each page. ``lifetime`` is None behind a proxy, where others use Studio, and
    ``invitations`` is None without one. ``presence`` says who is at which block of a translation."""

    settings: Settings
    workspace: Workspace
    pages: Templates
    queue: BuildQueue
    lifetime: Lifetime | None
    uploads: UploadTurns
    previews: PreviewCache
    places: PlacePictures
    school_drafts: RecentDrafts[School]
    school_saves: RecentDrafts[AutoSave]
    guide_drafts: RecentDrafts[bytes]
    presence: Presence
    invitations: Invitations | None

    def user_files(self, request: Request) -> UserFiles:
        """The files of the person who sent the request."""
        return self.workspace.user_files(user_of(request))


GetHandler: TypeAlias = Callable[[Studio, Request], Response]
PostHandler: TypeAlias = Callable[[Studio, Request, Form], Response]


@dataclass(frozen=True)
class Page:
    """One address. ``get`` answers GET, ``post`` a form of at most ``limit`` bytes."""

    path: str
    get: GetHandler | None = None
    post: PostHandler | None = None
    limit: int = USUAL_LIMIT

    def route(self, studio: Studio) -> Route:
        """The token of every form is checked here, so that no page can forget it."""

        async def endpoint(request: Request) -> Response:
            if request.method != "POST":
                assert self.get is not None
                return await run_in_threadpool(self.get, studio, request)
            assert self.post is not None
            with acting(Actor(f"Studio, {request.url.path}", user_of(request))):
                if _may_have_a_file(request):
                    return await _answer_upload(studio, self.post, request)
                form = await _read(studio, request)
                return await run_in_threadpool(self.post, studio, request, form)

        methods = ["GET"] * (self.get is not None) + ["POST"] * (self.post is not None)
        return Route(self.path, endpoint, methods=methods)


async def _read(studio: Studio, request: Request) -> Form:
    """The form of a request. It is kept with the request, so that the page of an error has what was typed."""
    form = await read_form(request, studio.settings.key)
    request.state.form = form
    return form


def _may_have_a_file(request: Request) -> bool:
    """Whether the form has files, or is large, as its headers tell."""
    size = request.headers.get("content-length", "")
    is_small = size.isascii() and size.isdecimal() and int(size[:20]) <= _LARGE
    return not is_small or "multipart" in request.headers.get("content-type", "").lower()


async def _answer_upload(studio: Studio, post: PostHandler, request: Request) -> Response:
    """As any form, but in turns: see :mod:`parentguide.studio.services.upload_turns`."""
    async with studio.uploads.turn_of(user_of(request)):
        form = await _read(studio, request)
        answer = partial(post, studio, request, form)
        if form.files or form.size > _LARGE:
            return await studio.uploads.run(answer)
        return await run_in_threadpool(answer)


def user_of(request: Request) -> str:
    """The name of the person whom the proxy signed in; empty on one's own computer."""
    session: Session = request.state.session
    return session.user


def session_id(request: Request) -> str:
    """Tells one browser's session from all others."""
    session: Session = request.state.session
    return session.id


def redirect(path: str, **query: str) -> RedirectResponse:
    """The answer to a form: show ``path``, so that “reload” does not send the form again."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)
