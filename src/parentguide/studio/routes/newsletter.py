"""Begin a guide from a newsletter: its text, the statements in it, and the new guide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, ProjectError
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.file_text import text_of
from parentguide.newsletter.limits import checked_length
from parentguide.newsletter.statements import read_statements
from parentguide.project.new_guide import OfficialSource, new_guide
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form

_UPLOAD_LIMIT = 10_000_000  # bytes
_TEXT_LIMIT = 1_000_000  # bytes
_LONGEST_SOURCE = 300  # characters
_FIELDS = ("slug", "source", "published", "compared")


@dataclass(frozen=True, slots=True)
class _Newsletter:
    """A newsletter's text, and the statements in it where it can be read; else ``problem`` says why not."""

    text: str = ""
    statements: Sequence[Statement] = ()
    problem: str = ""

    @property
    def quotes(self) -> bool:
        """Whether it quotes official words."""
        return any(statement.kind is StatementKind.QUOTATION for statement in self.statements)


def get_newsletter(studio: Studio, request: Request) -> Response:
    return _page(studio, request, _Newsletter())


def post_newsletter(studio: Studio, request: Request, form: Form) -> Response:
    """Show the statements of the text that was pasted, or of the file that was sent."""
    return _page(studio, request, _read(form))


def post_new_guide(studio: Studio, request: Request, form: Form) -> Response:
    """Create the guide; all of it or nothing."""
    newsletter, slug = _read(form), form.line("slug")
    fields = {name: form.line(name) for name in _FIELDS}
    if newsletter.problem:
        return _page(studio, request, newsletter, fields)
    try:
        official = _official_source(form) if newsletter.quotes else None
        with studio.workspace.locked_project() as project:
            new_guide(project, slug, newsletter.statements, official=official)
    except ParentguideError as error:
        return _page(studio, request, replace(newsletter, problem=error.sentences), fields)
    return redirect(f"/write/{slug}", done="new")


def _read(form: Form) -> _Newsletter:
    """The newsletter of a form. Its text is parsed here and nowhere else in a request."""
    text = form.text("text")
    upload = form.files.get("file")
    try:
        text = text_of(upload.data) if upload else checked_length(text)
        return _Newsletter(text, read_statements(text))
    except ParentguideError as error:
        return _Newsletter(text, problem=error.sentences)


def _official_source(form: Form) -> OfficialSource:
    """What the form says of the official words. Raises :class:`ProjectError`."""
    source = form.line("source")
    if not source or len(source) > _LONGEST_SOURCE or re.search(r"[\x00-\x1f]", source):
        raise ProjectError(
            "the newsletter quotes official words", remedy="Write who published them, and where."
        )
    try:
        published = date.fromisoformat(form.line("published"))
    except ValueError:
        raise ProjectError("the date is missing", remedy="Write when the words were published.") from None
    if published > date.today():
        raise ProjectError(f"{published} is in the future", remedy="Write when the words were published.")
    if not form.text("compared"):
        raise ProjectError(
            "the quoted words have not been compared",
            remedy="Compare them letter for letter with what was published, then tick the box.",
        )
    return OfficialSource(source, published)


def _page(
    studio: Studio, request: Request, newsletter: _Newsletter, fields: Mapping[str, str] | None = None
) -> Response:
    return studio.pages.page(
        request,
        "newsletter.html",
        422 if newsletter.problem else 200,
        text=newsletter.text,
        statements=newsletter.statements,
        quoted=newsletter.quotes,
        fields=fields or dict.fromkeys(_FIELDS, ""),
        editable=studio.workspace.editable,
        trouble=newsletter.problem,
    )


PAGES = (
    Page("/newsletter", get_newsletter, post_newsletter, _UPLOAD_LIMIT),
    Page("/newsletter/begin", post=post_new_guide, limit=_TEXT_LIMIT),
)
