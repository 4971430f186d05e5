"""The fourth step: look at the page and at each sheet in each language, as pictures, and then make them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.infra.pdf_pages import page_count
from parentguide.model.labels import FORMAT_LABELS, STATE_LABELS
from parentguide.model.language import Language
from parentguide.model.print_names import sheet_name
from parentguide.model.review_state import ReviewState
from parentguide.model.school import School
from parentguide.project.guide_choice import known_guide
from parentguide.project.project import Project
from parentguide.studio.routing import Page, Studio
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services.built_files import is_out_of_date
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.school_store import chosen_school, school_of
from parentguide.studio.services.sheet_kinds import IN_ORDER, SHEETS

_PAGE_VIEWS = {"phone": "Page on a phone", "desktop": "Page on a desktop"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page shows: a guide, a language of those chosen, and the page or a sheet."""

    slug: str
    language: Language
    view: str
    large: bool

    def address(self, **other: str) -> str:
        """The address of this, or of the same with other values."""
        values = {"guide": self.slug, "language": self.language.tag, "view": self.view}
        values |= {"size": "large"} if self.large else {}
        return f"/make?{urlencode({**values, **other})}"


def get_make(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    school = chosen_school(studio.user_files(request))
    languages = _chosen_languages(project, school)
    titles = guide_titles(project)
    shown = _shown(request, project, languages, list(titles))
    views = _views(school, shown.language)
    is_page = shown.view in _PAGE_VIEWS
    sides, problem = 0, ""
    try:
        name = "web" if is_page else shown.view
        sides = page_count(studio.previews.file(school, shown.slug, shown.language.tag, name))
    except ParentguideError as error:
        problem = error.sentences
    at = languages.index(shown.language)
    return studio.pages.page(
        request,
        "make.html",
        shown=shown,
        languages=languages,
        previous=languages[at - 1] if at else None,
        next=languages[at + 1] if at + 1 < len(languages) else None,
        slugs=list(titles.items()),
        views=views,
        is_page=is_page,
        sides=sides,
        trouble=problem,
        school=school,
        ready=[titles[slug] for slug in project.ready_slugs],
        unready=[titles[slug] for slug in project.unready_slugs],
        labels=[kind.label for kind in IN_ORDER if kind.name in school.formats],
        levels={state: label for state, label in STATE_LABELS.items() if state is not ReviewState.DRAFT},
        drafts=[language for language in languages if not language.is_source],
        made=studio.user_files(request).output.is_dir(),
        changed=is_out_of_date(studio.user_files(request)),
    )


def _shown(request: Request, project: Project, languages: list[Language], slugs: list[str]) -> _Shown:
    """What the address asks for; the first of each where it asks for nothing that there is."""
    query = request.query_params
    language = next((one for one in languages if one.tag == query.get("language")), languages[0])
    slug = query.get("guide", "")
    slug = slug if slug in slugs else known_guide(project, next(iter(slugs), ""))
    view = query.get("view", "")
    known = view in _PAGE_VIEWS or (view in SHEETS and not (view == "bilingual" and language.is_source))
    return _Shown(slug, language, view if known else "phone", query.get("size") == "large")


def _views(school: School, language: Language) -> dict[str, str]:
    """The page, then the sheets that the school chose, then the others."""
    sheets = sorted(SHEETS, key=lambda name: name not in school.formats)
    views = {**_PAGE_VIEWS, **{name: FORMAT_LABELS[name] for name in sheets}}
    if language.is_source:
        del views["bilingual"]
    return views


def _chosen_languages(project: Project, school: School) -> list[Language]:
    """The languages that the school chose; English where it chose none that there are."""
    chosen = [language for tag, language in project.languages.items() if tag in school.languages]
    return chosen or [project.languages["en"]]


def get_web_page(studio: Studio, request: Request) -> Response:
    """The web page itself, for a frame that may not run scripts or follow links."""
    slug, tag, school = _requested(studio, request)
    data = studio.previews.file(school, slug, tag, "web")
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def get_picture(studio: Studio, request: Request) -> Response:
    """One side of a sheet as PNG."""
    slug, tag, school = _requested(studio, request)
    data = studio.previews.picture(school, slug, tag, _sheet(request), int(request.path_params["side"]))
    return Response(data, media_type="image/png")


def get_sheet(studio: Studio, request: Request) -> Response:
    """The sheet as PDF, before anything is built."""
    slug, tag, school = _requested(studio, request)
    name = _sheet(request)
    data = studio.previews.file(school, slug, tag, name)
    # Not as a download: the browser opens it, and prints it.
    headers = {"content-disposition": f'inline; filename="{sheet_name(slug, tag, name)}"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _requested(studio: Studio, request: Request) -> tuple[str, str, School]:
    """The guide and language of the address, and the school of the person who asks.

    Raises 404 for a guide or language that does not exist.
    """
    project, path = studio.workspace.project(), request.path_params
    if path["slug"] not in project.slugs or path["tag"] not in project.languages:
        raise HTTPException(404)
    return path["slug"], path["tag"], school_of(studio.user_files(request))


def _sheet(request: Request) -> str:
    name = str(request.path_params["sheet"])
    if name not in SHEETS:
        raise HTTPException(404)
    return name


PAGES = (
    Page("/make", get_make),
    Page("/preview/{slug}/{tag}/page", get_web_page),
    Page("/preview/{slug}/{tag}/{sheet}.pdf", get_sheet),
    Page("/preview/{slug}/{tag}/{sheet}/{side:int}.png", get_picture),
)
