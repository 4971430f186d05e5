"""Who reviews: asked once, kept in a cookie of this browser, and checked each time it is used."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.labels import REVIEWER_LABELS
from parentguide.model.review_state import ReviewState
from parentguide.review.sign_off import Reviewer, checked_reviewer
from parentguide.studio.security.forms import Form
from parentguide.studio.security.sessions import LONGEST

_COOKIE = "parentguide-reviewer"
_ASKED = ("kind", "role", "name", "public")


def reviewer_of(request: Request) -> Reviewer | None:
    """Who reviews in this browser; None where nobody has said so, or it is no use."""
    try:
        table = json.loads(urlsafe_b64decode(request.cookies.get(_COOKIE, "")))
        return _reviewer(*(str(table[key]) for key in _ASKED))
    except (ValueError, KeyError, TypeError, ParentguideError):
        return None


def reviewer_from(form: Form) -> Reviewer:
    """Who reviews, from the form. Raises :class:`ProjectError` with what to do."""
    return _reviewer(*(form.line(key) for key in _ASKED))


def _reviewer(kind: str, role: str, name: str, public: str) -> Reviewer:
    today = date.today()
    kind = kind if kind in REVIEWER_LABELS else ReviewState.CHECKED
    return checked_reviewer(kind, role, name, public=bool(public), on=today, today=today)


def remember(response: Response, form: Form, *, secure: bool) -> Response:
    """Keep the answers for this browser's next pages."""
    table = {key: form.line(key) for key in _ASKED}
    value = urlsafe_b64encode(json.dumps(table).encode("utf-8")).decode("ascii")
    response.set_cookie(_COOKIE, value, LONGEST, secure=secure, httponly=True, samesite="strict")
    return response
