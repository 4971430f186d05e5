"""The second step: which languages to make; the choice is kept in ``school.toml``."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.model.language import Language
from parentguide.schools.home_languages import HomeLanguages, home_languages_of_text, read_home_languages
from parentguide.studio.routes.home import review_states
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.school_store import chosen_tags, save_form, saved_form

_LIMIT = 10_500_000  # bytes: a list of all pupils, with a picture or two in the file
_WHAT, _USUAL_WHAT = "Choose languages", "Choose languages, and your usual languages"


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language to choose. ``state`` is its review state, or “original” for English; ``known_as`` are other
    names that people type; ``pupils`` counts those of a list that was given, if one was."""

    language: Language
    state: str
    chosen: bool
    known_as: str
    pupils: int = 0


def get_languages(studio: Studio, request: Request) -> Response:
    chosen = _chosen(studio, request)
    if request.query_params.get("tick") == "usual":
        chosen = (*chosen, *saved_form(studio.user_files(request)).usual)
    return _page(studio, request, chosen, {})


def _chosen(studio: Studio, request: Request) -> tuple[str, ...]:
    """The languages that are saved; English alone before that."""
    return chosen_tags(saved_form(studio.user_files(request)).languages)


def post_languages(studio: Studio, request: Request, form: Form) -> Response:
    project, files = studio.workspace.project(), studio.user_files(request)
    tags = tuple(tag for tag in project.complete_languages if tag in form.all("language"))
    if not tags:
        return _page(studio, request, (), {"language": "Tick at least one language."})
    entered, what = replace(saved_form(files), languages=tags), _WHAT
    if form.text("usual"):
        entered, what = replace(entered, usual=tuple(tag for tag in tags if tag != "en")), _USUAL_WHAT
    save_form(files, entered, what)
    return redirect("/sheets") if form.text("go-on") else redirect("/languages", done="languages")


def post_list(studio: Studio, request: Request, form: Form) -> Response:
    """Count the home languages of a list, and tick them. Nothing of it is kept, and nothing is saved yet."""
    languages, upload = studio.workspace.project().complete_languages.values(), form.files.get("file")
    try:
        if upload is not None:
            ending = Path(upload.name).suffix.lower()[:6]
            counted = read_home_languages(upload.data, Path(f"your list{ending}"), languages)
        else:
            counted = home_languages_of_text(form.text("pasted"), languages)
    except ParentguideError as error:
        return _page(studio, request, _chosen(studio, request), {}, list_problem=error.problems[0].sentence)
    tags = [row.tag for row in counted.found]
    return _page(studio, request, (*_chosen(studio, request), *tags), {}, counted=counted)


def _rows(
    studio: Studio, chosen: Collection[str], usual: Sequence[str], pupils: Mapping[str, int]
) -> list[LanguageRow]:
    """English first, then those of the list that was given, the most common first, then the usual languages,
    then the others by English name."""
    project = studio.workspace.project()
    states = [(language, "original") for language in project.languages.values() if language.is_source]
    states += [(language, str(s)) for language, s in review_states(project) if not language.in_progress]
    places = {tag: place for place, tag in enumerate(dict.fromkeys(("en", *pupils, *usual)))}
    states.sort(key=lambda row: places.get(row[0].tag, len(places)))
    return [
        LanguageRow(
            language,
            state,
            language.tag in chosen,
            " ".join(language.aliases),
            pupils.get(language.tag, 0),
        )
        for language, state in states
    ]


def _page(
    studio: Studio,
    request: Request,
    chosen: Collection[str],
    problems: Mapping[str, str],
    *,
    counted: HomeLanguages | None = None,
    list_problem: str = "",
) -> Response:
    usual = saved_form(studio.user_files(request)).usual
    pupils = {row.tag: row.count for row in counted.found} if counted else {}
    return studio.pages.page(
        request,
        "languages.html",
        422 if problems or list_problem else 200,
        rows=_rows(studio, chosen, usual, pupils),
        usual=[tag for tag in usual if tag in studio.workspace.project().languages],
        problems=problems,
        counted=counted,
        list_problem=list_problem,
    )


PAGES = (
    Page("/languages", get_languages, post_languages),
    Page("/languages/list", post=post_list, limit=_LIMIT),
)
