"""The page where languages and sheets are chosen; the choice is kept in ``school.toml``."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from parentguide.infra.atomic import write_file
from parentguide.model.labels import FORMAT_FILES
from parentguide.model.language import Language
from parentguide.render import FORMAT_NAMES
from parentguide.studio.routes.home import reviews
from parentguide.studio.routes.school import keep_broken_file, saved
from parentguide.studio.routing import Page, Studio, go
from parentguide.studio.security.forms import Form

# In the order that an office wants them, with what it calls them.
NAMES = {
    "web": "Web pages",
    "handout": "Handout",
    "large-print": "Large print",
    "bilingual": "Bilingual sheet",
    "cards": "Interpreter cards",
    "poster": "Poster",
    "read-aloud": "Text to read aloud",
    "message": "Text message",
    "fragment": "Piece for your own web page",
    "review": "Sheet for a checker with a pen",
    "check": "Page for you: what the translation says",
}
_POSTER = "For the wall: a parent points to their language."


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language to choose. ``state`` is its state of review."""

    language: Language
    state: str
    chosen: bool


def rows(studio: Studio, chosen: tuple[str, ...]) -> list[LanguageRow]:
    """English first, then by English name."""
    project = studio.workspace.project()
    english = [language for language in project.languages.values() if language.is_source]
    translated = [(language, str(review.state)) for language, review in reviews(project)]
    return [
        LanguageRow(language, state, not chosen or language.tag in chosen)
        for language, state in [*((language, "original") for language in english), *translated]
    ]


def format_rows(chosen: tuple[str, ...]) -> list[tuple[str, str, str, bool]]:
    """Name, label, what it is for, and whether it is chosen."""
    return [
        (
            name,
            label,
            FORMAT_FILES[name][1] if name in FORMAT_FILES else _POSTER,
            not chosen or name in chosen,
        )
        for name, label in NAMES.items()
        if name in FORMAT_NAMES
    ]


def show(studio: Studio, request: Request) -> Response:
    entered = saved(studio.desk(request))
    return _page(studio, request, entered.languages, entered.formats)


def take(studio: Studio, request: Request, form: Form) -> Response:
    project, desk = studio.workspace.project(), studio.desk(request)
    tags = tuple(tag for tag in project.languages if tag in form.all("language"))
    names = tuple(name for name in FORMAT_NAMES if name in form.all("format"))
    problems = {"language": "Choose at least one language."} if not tags else {}
    problems |= {"format": "Choose at least one sheet or page."} if not names else {}
    if problems:
        return _page(studio, request, tags or ("",), names or ("",), problems, 422)
    # All is written as no choice, so that a language that is added later is in it.
    entered = replace(
        saved(desk),
        languages=() if len(tags) == len(project.languages) else tags,
        formats=() if len(names) == len(FORMAT_NAMES) else names,
    )
    keep_broken_file(desk, entered)
    write_file(desk.school_file, entered.text().encode("utf-8"))
    return go("/preview" if form.text("go-on") else "/guides", done="choice")


def _page(
    studio: Studio,
    request: Request,
    tags: tuple[str, ...],
    names: tuple[str, ...],
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    return studio.pages.page(
        request,
        "guides.html",
        status,
        rows=rows(studio, tags),
        formats=format_rows(names),
        problems=problems or {},
    )


PAGES = (Page("/guides", show, take),)
