"""The pictures beside the words of the interface: each shows a message on the page or on a sheet."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.studio.routing import Page, Studio
from parentguide.studio.security.middleware import PLACE_POLICY
from parentguide.studio.services.chosen_language import language_of


def get_page_part(studio: Studio, request: Request) -> Response:
    """The part of the page around a message, for a frame that runs no scripts."""
    language = language_of(studio.workspace.project(), request)
    part = studio.places.page_part(language, request.path_params["context"])
    if part is None:
        raise HTTPException(404)
    headers = {"content-security-policy": PLACE_POLICY}
    return Response(part, media_type="text/html; charset=utf-8", headers=headers)


def get_sheet_part(studio: Studio, request: Request) -> Response:
    """The part of a sheet around a message as PNG. A sheet that cannot be set has no picture."""
    try:
        language = language_of(studio.workspace.project(), request)
        part = studio.places.sheet_part(language, request.path_params["context"])
    except ParentguideError:
        part = None
    if part is None:
        raise HTTPException(404)
    return Response(part, media_type="image/png")


PAGES = (
    Page("/translations/{tag}/places/{context}/page", get_page_part),
    Page("/translations/{tag}/places/{context}/sheet.png", get_sheet_part),
)
