"""Starting a guide from a newsletter: its text, the statements found in it, and the scaffold."""

import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.toml import toml_value
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.file_text import MOST_TEXT, checked_length, text_of
from parentguide.newsletter.statements import read_statements
from parentguide.project.new_guide import new_guide
from parentguide.project.pot import pot_bytes
from parentguide.project.project import Project
from parentguide.studio.routing import Page, Studio, go
from parentguide.studio.security.forms import Form

_LIMIT = 10_000_000
LONGEST_NAME = 60
_COMMENTED = ("edition", "source", "published", "verified_on")


@dataclass(frozen=True, slots=True)
class Official:
    """Who published the official words that a newsletter quotes, and when."""

    source: str
    published: date


def show(studio: Studio, request: Request) -> Response:
    return _page(studio, request)


def look(studio: Studio, request: Request, form: Form) -> Response:
    """The statements of what was pasted or sent."""
    text = form.text("text")
    try:
        upload = form.files.get("file")
        text = text_of(upload.data) if upload else checked_length(text)
        read_statements(text)
    except ParentguideError as error:
        trouble = error.sentences
        return _page(studio, request, text, trouble=trouble, status=422)
    return _page(studio, request, text)


def begin(studio: Studio, request: Request, form: Form) -> Response:
    """Make the guide; all of it or nothing."""
    text, slug = form.text("text"), form.line("slug")
    fields = {name: form.line(name) for name in ("slug", "source", "published", "compared")}
    try:
        statements = read_statements(checked_length(text))
        quoted = any(statement.kind is StatementKind.QUOTATION for statement in statements)
        official = _official(form) if quoted else None
        with studio.workspace.changing_words() as project:
            make_guide(project, slug, text.encode("utf-8"), official)
    except ParentguideError as error:
        trouble = error.sentences
        return _page(studio, request, text, trouble=trouble, status=422, fields=fields)
    return go(f"/write/{slug}", done="new")


def _official(form: Form) -> Official:
    """What the form says of the official words. Raises :class:`ProjectError`."""
    source = form.line("source")
    if not source or len(source) > 300 or re.search(r"[\x00-\x1f]", source):
        raise ProjectError(
            "the newsletter quotes official words", remedy="Write who published them, and where."
        )
    try:
        published = date.fromisoformat(form.line("published"))
    except ValueError:
        raise ProjectError("the day is missing", remedy="Write when the words were published.") from None
    if published > date.today():
        raise ProjectError(f"{published} is in the future", remedy="Write when the words were published.")
    if not form.text("compared"):
        raise ProjectError(
            "the quoted words have not been compared",
            remedy="Compare them letter for letter with what was published, then tick the box.",
        )
    return Official(source, published)


def make_guide(project: Project, slug: str, newsletter: bytes, official: Official | None) -> None:
    """A new guide with its template for translators, made apart and put in place in one step.

    The template comes first: a template without a guide harms nothing, while a guide
    without one could not be shown. Raises our errors; nothing is there then.
    """
    if len(slug) > LONGEST_NAME:
        raise ProjectError(
            "the short name is too long",
            remedy=f"Use {LONGEST_NAME} letters at the most, such as online-safety.",
        )
    target = project.locales / "en" / slug
    if target.exists():
        raise ProjectError("there is such a guide already", remedy="Choose another short name.")
    with tempfile.TemporaryDirectory(dir=project.locales, prefix=".studio-") as folder:
        apart = Path(folder)
        (apart / "locales").mkdir()
        made = new_guide(Project(apart), slug, Path("newsletter.txt"), newsletter)
        if official is not None:
            _fill_in(made / "definition.toml", official)
        messages = pot_bytes(Project(apart), slug)
        write_file(project.pot_path(slug), messages)
        try:
            target.parent.mkdir(exist_ok=True)
            made.rename(target)
        except OSError as error:
            raise ProjectError(
                f"the guide cannot be put in place: {error.strerror or error}",
                remedy="Check that you may write to the folder, and the free space.",
            ) from None


def _fill_in(path: Path, official: Official) -> None:
    """The lines of ``definition.toml`` that only a person knows."""
    values = {
        "edition": toml_value(f"{official.published:%Y-%m}"),
        "source": toml_value(official.source),
        "published": str(official.published),
        "verified_on": str(date.today()),
    }
    lines = path.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    head = [f"{key} = {values[key]}" for key in _COMMENTED]
    remark = "# The official wording, word for word. When it changes, change it here."
    write_file(path, "\n".join([remark, *head, *kept, ""]).encode("utf-8"))


def _page(
    studio: Studio,
    request: Request,
    text: str = "",
    *,
    trouble: str = "",
    status: int = 200,
    fields: dict[str, str] | None = None,
) -> Response:
    statements: tuple[Statement, ...] = ()
    if text.strip() and len(text) <= MOST_TEXT:
        with suppress(ParentguideError):
            statements = read_statements(text)
    return studio.pages.page(
        request,
        "newsletter.html",
        status,
        text=text,
        statements=statements,
        quoted=any(statement.kind is StatementKind.QUOTATION for statement in statements),
        fields=fields or {"slug": "", "source": "", "published": "", "compared": ""},
        editable=studio.workspace.editable,
        trouble=trouble,
    )


PAGES = (
    Page("/newsletter", show, look, _LIMIT),
    Page("/newsletter/begin", take=begin, limit=1_000_000),
)
