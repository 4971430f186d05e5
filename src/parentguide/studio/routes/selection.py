"""The page where languages and formats are chosen; the choice is kept in ``school.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from parentguide.model.labels import FORMAT_FILES
from parentguide.model.language import Language
from parentguide.render import FORMAT_NAMES
from parentguide.studio.routes.home import review_states
from parentguide.studio.routes.school import save_form, saved_form
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form

# What an office calls each format, in the order that it wants them.
FORMAT_LABELS: Mapping[str, str] = {
    "web": "Web pages",
    "handout": "Handout",
    "signs": "Signs for the wall",
    "large-print": "Large print",
    "bilingual": "Bilingual sheet",
    "cards": "Interpreter cards",
    "poster": "Poster",
    "read-aloud": "Text to read aloud",
    "message": "Text message",
    "fragment": "Text for your own web page",
    "review": "Sheet for a checker with a pen",
    "check": "Page for you: what the translation says",
}
_POSTER = "For the wall: a parent points to their language."


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language to choose. ``state`` is its review state, or “original” for English."""

    language: Language
    state: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FormatRow:
    """A format to choose. ``about`` says what it is for."""

    name: str
    label: str
    about: str
    chosen: bool


def _language_rows(studio: Studio, chosen: tuple[str, ...]) -> list[LanguageRow]:
    """English first, then by English name. No choice means all."""
    project = studio.workspace.project()
    states = [(language, "original") for language in project.languages.values() if language.is_source]
    states += [(language, str(s)) for language, s in review_states(project) if not language.in_progress]
    return [LanguageRow(language, state, not chosen or language.tag in chosen) for language, state in states]


def _format_rows(chosen: tuple[str, ...]) -> list[FormatRow]:
    """The formats in the order of :data:`FORMAT_LABELS`. No choice means all."""
    return [
        FormatRow(
            name,
            label,
            FORMAT_FILES[name][1] if name in FORMAT_FILES else _POSTER,
            not chosen or name in chosen,
        )
        for name, label in FORMAT_LABELS.items()
        if name in FORMAT_NAMES
    ]


def get_selection(studio: Studio, request: Request) -> Response:
    entered = saved_form(studio.user_files(request))
    return _page(studio, request, entered.languages, entered.formats, {})


def post_selection(studio: Studio, request: Request, form: Form) -> Response:
    project, files = studio.workspace.project(), studio.user_files(request)
    tags = tuple(tag for tag in project.complete_languages if tag in form.all("language"))
    formats = tuple(name for name in FORMAT_NAMES if name in form.all("format"))
    problems = {"language": "Choose at least one language."} if not tags else {}
    problems |= {"format": "Choose at least one sheet or page."} if not formats else {}
    if problems:
        return _page(studio, request, tags or ("",), formats or ("",), problems)
    # “All” is saved as no choice, so that it includes languages that are added later.
    entered = replace(
        saved_form(files),
        languages=() if len(tags) == len(project.complete_languages) else tags,
        formats=() if len(formats) == len(FORMAT_NAMES) else formats,
    )
    save_form(files, entered)
    return redirect("/preview" if form.text("go-on") else "/guides", done="choice")


def _page(
    studio: Studio,
    request: Request,
    tags: tuple[str, ...],
    formats: tuple[str, ...],
    problems: Mapping[str, str],
) -> Response:
    return studio.pages.page(
        request,
        "guides.html",
        422 if problems else 200,
        rows=_language_rows(studio, tags),
        formats=_format_rows(formats),
        problems=problems,
    )


PAGES = (Page("/guides", get_selection, post_selection),)
