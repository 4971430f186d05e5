"""The current reviewer, kept in a signed cookie of this browser."""

from collections.abc import Mapping
from datetime import date

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.labels import REVIEWER_LABELS
from parentguide.model.review_state import ReviewState
from parentguide.review.sign_off import Reviewer, checked_reviewer
from parentguide.studio.security.forms import Form
from parentguide.studio.security.sessions import LONGEST, SIGNER_OPTIONS
from parentguide.studio.settings import Settings

_COOKIE = "parentguide-reviewer"
_FIELDS = ("kind", "role", "name", "public")


def reviewer_of(request: Request) -> Reviewer | None:
    """The reviewer of this browser; None where nobody has filled in the form, or the cookie is not valid."""
    try:
        fields = _serializer(request).loads(request.cookies.get(_COOKIE, ""), max_age=LONGEST)
        return _reviewer(fields)
    except (BadData, ParentguideError):
        return None


def reviewer_from(form: Form) -> Reviewer:
    """The reviewer that a form describes. Raises :class:`ProjectError` with what to do."""
    return _reviewer({name: form.line(name) for name in _FIELDS})


def _reviewer(fields: Mapping[str, str]) -> Reviewer:
    today = date.today()
    kind = fields["kind"] if fields["kind"] in REVIEWER_LABELS else ReviewState.CHECKED
    public = bool(fields["public"])
    return checked_reviewer(kind, fields["role"], fields["name"], public=public, on=today, today=today)


def remember(response: Response, request: Request, form: Form) -> Response:
    """Keep the form's answers in a cookie for :data:`LONGEST` seconds."""
    settings: Settings = request.app.state.settings
    value = _serializer(request).dumps({name: form.line(name) for name in _FIELDS})
    response.set_cookie(
        _COOKIE, str(value), LONGEST, secure=settings.secure, httponly=True, samesite="strict"
    )
    return response


def _serializer(request: Request) -> URLSafeTimedSerializer:
    """Signs for the present user only: a cookie of somebody else is not valid."""
    settings: Settings = request.app.state.settings
    return URLSafeTimedSerializer(
        settings.key, salt=f"reviewer\0{request.state.user}", signer_kwargs=SIGNER_OPTIONS
    )
