"""Who checks a translation at this browser now: kept in a signed cookie for one language and one sitting.

The next person at the same laptop must not approve under this person's name. So the cookie is good for
one language only, ends after half an hour without use, and ends when Studio is started again.
"""

from collections.abc import Mapping
from datetime import date, datetime

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, ProjectError
from parentguide.model.labels import REVIEWER_LABELS
from parentguide.model.language import Language
from parentguide.model.review_state import ReviewState
from parentguide.review.sign_off import Reviewer, checked_reviewer
from parentguide.studio.security.cookies import cookie_values
from parentguide.studio.security.forms import Form
from parentguide.studio.security.invitations import is_invited
from parentguide.studio.security.sessions import SIGNER_OPTIONS
from parentguide.studio.settings import Settings

SITTING = 30 * 60  # seconds without use, after which Studio asks again who checks
_COOKIE = "parentguide-reviewer"
_FIELDS = ("kind", "role", "name", "public")


def reviewer_of(request: Request, language: Language) -> Reviewer | None:
    """Who checks ``language`` at this browser; None where nobody has said so in this sitting."""
    fields = _fields(request, language)
    try:
        return None if fields is None else _reviewer(fields, request)
    except ParentguideError:
        return None


def reviewer_from(form: Form, request: Request) -> Reviewer:
    """The reviewer that a form describes. Raises :class:`ProjectError` with what to do.

    Behind a login the name is that of the account, whatever the form says: nobody can approve words
    under another name. What somebody else checked on paper is recorded by :func:`paper_reviewer`.
    """
    return _reviewer({name: form.line(name) for name in _FIELDS}, request)


def paper_reviewer(form: Form, request: Request) -> Reviewer:
    """The person who checked on paper, as the form names them. Raises :class:`ProjectError`.

    Behind a login the record also names the account that recorded it.
    """
    today = date.today()
    written = form.line("date")
    try:
        on = datetime.strptime(written, "%Y-%m-%d").date() if written else today
    except ValueError:
        raise ProjectError(f"“{written}” is not a date", remedy="Write it like 2026-11-24.") from None
    return checked_reviewer(
        kind_of(form.line("kind")),
        form.line("role"),
        form.line("name"),
        public=bool(form.line("public")),
        on=on,
        today=today,
        account=request.state.user,
    )


def _reviewer(fields: Mapping[str, str], request: Request) -> Reviewer:
    today, account = date.today(), request.state.user
    # Somebody with an invitation has no account of their own: theirs says who invited them.
    name = fields["name"] if is_invited(request) else account or fields["name"]
    return checked_reviewer(
        kind_of(fields["kind"]),
        fields["role"],
        name,
        public=bool(fields["public"]),
        on=today,
        today=today,
        account=account,
    )


def kind_of(text: str) -> str:
    """The kind of review that a form names; “checked” where it names none."""
    return text if text in REVIEWER_LABELS else ReviewState.CHECKED


def remember(response: Response, request: Request, language: Language, form: Form) -> Response:
    """Keep the form's answers for this language and sitting."""
    return _set(response, request, language, {name: form.line(name) for name in _FIELDS})


def renewed(response: Response, request: Request, language: Language) -> Response:
    """The response with the cookie for another :data:`SITTING`, if there is one: somebody is at work."""
    fields = _fields(request, language)
    return response if fields is None else _set(response, request, language, fields)


def forget(response: Response) -> Response:
    """End the sitting."""
    response.delete_cookie(_COOKIE, httponly=True, samesite="strict")
    return response


def _fields(request: Request, language: Language) -> dict[str, str] | None:
    value = next(iter(cookie_values(request.headers, _COOKIE)), "")
    try:
        found = _serializer(request, language).loads(value, max_age=SITTING)
    except (BadData, UnicodeError):
        return None
    if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in _FIELDS):
        return None
    return {name: found[name] for name in _FIELDS}


def _set(response: Response, request: Request, language: Language, fields: Mapping[str, str]) -> Response:
    settings: Settings = request.app.state.settings
    value = _serializer(request, language).dumps(dict(fields))
    response.set_cookie(
        _COOKIE, str(value), SITTING, secure=settings.secure, httponly=True, samesite="strict"
    )
    return response


def _serializer(request: Request, language: Language) -> URLSafeTimedSerializer:
    """Signs for the present user, language and run of Studio only: any other cookie is not valid."""
    settings: Settings = request.app.state.settings
    return URLSafeTimedSerializer(
        settings.key,
        salt=f"reviewer\0{request.state.user}\0{language.tag}\0{settings.run}",
        signer_kwargs=SIGNER_OPTIONS,
    )
