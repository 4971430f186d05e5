"""The second step: which languages to make; the choice is kept in ``school.toml``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from parentguide.model.language import Language
from parentguide.studio.routes.home import review_states
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.school_store import save_form, saved_form

_WHAT, _USUAL_WHAT = "Choose languages", "Choose languages, and your usual languages"


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language to choose. ``state`` is its review state, or “original” for English; ``known_as`` are other
    names that people type."""

    language: Language
    state: str
    chosen: bool
    usual: bool
    known_as: str


def get_languages(studio: Studio, request: Request) -> Response:
    entered = saved_form(studio.user_files(request))
    chosen = entered.languages or ("en",)
    if request.query_params.get("tick") == "usual":
        chosen = (*chosen, *entered.usual)
    return _page(studio, request, chosen, {})


def post_languages(studio: Studio, request: Request, form: Form) -> Response:
    project, files = studio.workspace.project(), studio.user_files(request)
    tags = tuple(tag for tag in project.complete_languages if tag in form.all("language"))
    if not tags:
        return _page(studio, request, (), {"language": "Tick at least one language."})
    entered, what = replace(saved_form(files), languages=tags), _WHAT
    if form.text("usual"):
        entered, what = replace(entered, usual=tuple(tag for tag in tags if tag != "en")), _USUAL_WHAT
    save_form(files, entered, what)
    return redirect("/sheets" if form.text("go-on") else "/languages", done="languages")


def _rows(studio: Studio, chosen: Collection[str], usual: Sequence[str]) -> list[LanguageRow]:
    """English first, then the usual languages in their order, then the others by English name."""
    project = studio.workspace.project()
    states = [(language, "original") for language in project.languages.values() if language.is_source]
    states += [(language, str(s)) for language, s in review_states(project) if not language.in_progress]
    places = {tag: place for place, tag in enumerate(("en", *usual))}
    states.sort(key=lambda row: places.get(row[0].tag, len(places)))
    return [
        LanguageRow(
            language, state, language.tag in chosen, language.tag in usual, " ".join(language.aliases)
        )
        for language, state in states
    ]


def _page(studio: Studio, request: Request, chosen: Collection[str], problems: Mapping[str, str]) -> Response:
    usual = saved_form(studio.user_files(request)).usual
    return studio.pages.page(
        request,
        "languages.html",
        422 if problems else 200,
        rows=_rows(studio, chosen, usual),
        usual=[tag for tag in usual if tag in studio.workspace.project().languages],
        problems=problems,
        counted=None,
        list_problem="",
    )


PAGES = (Page("/languages", get_languages, post_languages),)
