"""The fonts of printed sheets: what each language uses, and font files that a school adds."""

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.fonts.font_file import MOST_BYTES
from parentguide.project.language_fonts import LanguageFonts, better_fonts, language_fonts
from parentguide.project.own_fonts import GivenFont, OwnFont, add_fonts, own_fonts, remove_fonts
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form

_LIMIT = 2 * MOST_BYTES + 100_000  # bytes: the regular and the bold face
_FILES = ("file", "bold")


def get_fonts(studio: Studio, request: Request) -> Response:
    return _page(studio, request)


def post_fonts(studio: Studio, request: Request, form: Form) -> Response:
    """Add the files that were sent, all of them or none."""
    uploads = [form.files[name] for name in _FILES if name in form.files]
    if not uploads:
        return _page(studio, request, "Choose a font file first.", 422)
    given = [GivenFont(upload.name, upload.data) for upload in uploads]
    try:
        with studio.workspace.locked_project() as project:
            add_fonts(project, given, licence_allows=bool(form.text("licence-allows")))
    except ParentguideError as error:
        return _page(studio, request, _sentences(error), 422)
    return redirect("/fonts", done="font")


def post_remove(studio: Studio, request: Request, form: Form) -> Response:
    """Remove a typeface that the project has."""
    try:
        with studio.workspace.locked_project() as project:
            remove_fonts(project, form.line("family"))
    except ParentguideError as error:
        return _page(studio, request, error.sentences, 422)
    return redirect("/fonts", done="font-removed")


def _sentences(error: ParentguideError) -> str:
    """All problems, each with the name of its file."""
    return " ".join(
        f"{f'“{problem.path.name}”: ' if problem.path else ''}{problem.sentence}"
        for problem in error.problems
    )


def _page(studio: Studio, request: Request, trouble: str = "", status: int = 200) -> Response:
    project = studio.workspace.project()
    found: list[LanguageFonts] = []
    own: tuple[OwnFont, ...] = ()
    try:
        own = own_fonts(project)
        found += language_fonts(project)
    except ParentguideError as error:
        # Somebody has put a font into the folder that cannot be used: this page says so, and removes others.
        trouble = trouble or _sentences(error)
    used = [entry for entry in found if entry.made or entry.better]
    return studio.pages.page(
        request,
        "fonts.html",
        status,
        used=used,
        families=sorted({record.family for record in own}),
        own=own,
        better=better_fonts(found),
        editable=studio.workspace.changeable,
        trouble=trouble,
        megabytes=MOST_BYTES // 1_000_000,
    )


PAGES = (Page("/fonts", get_fonts, post_fonts, _LIMIT), Page("/fonts/remove", post=post_remove))
