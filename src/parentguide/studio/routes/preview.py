"""The preview: the web page as a phone and a desktop show it, and each sheet as pictures."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.infra.pdf_pages import page_count
from parentguide.model.language import Language
from parentguide.model.school import School
from parentguide.project.guide_choice import known_guide
from parentguide.project.project import Project
from parentguide.studio.routes.school import school_of
from parentguide.studio.routes.selection import FORMAT_LABELS
from parentguide.studio.routing import Page, Studio
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services.guide_titles import guide_titles

_PAGE_VIEWS = {"phone": "Page on a phone", "desktop": "Page on a desktop"}
_SHEETS = ("handout", "signs", "large-print", "bilingual", "cards")


def get_preview(studio: Studio, request: Request) -> Response:
    project, school = studio.workspace.project(), school_of(studio.user_files(request))
    languages = _chosen_languages(project, school)
    tag = request.query_params.get("language")
    language = next((one for one in languages if one.tag == tag), languages[0])
    titles = guide_titles(project)
    slug = request.query_params.get("guide", "")
    slug = slug if slug in titles else known_guide(project, next(iter(titles), ""))
    views = {**_PAGE_VIEWS, **{name: FORMAT_LABELS[name] for name in _SHEETS}}
    if language.is_source:
        del views["bilingual"]
    view = request.query_params.get("view", "")
    view = view if view in views else "phone"
    sides, problem = 0, ""
    try:
        data = studio.previews.file(school, slug, language.tag, "web" if view in _PAGE_VIEWS else view)
        sides = page_count(data)
    except ParentguideError as error:
        problem = error.sentences
    return studio.pages.page(
        request,
        "preview.html",
        language=language,
        languages=languages,
        slug=slug,
        slugs=list(titles.items()),
        view=view,
        views=views,
        is_page=view in _PAGE_VIEWS,
        sides=sides,
        trouble=problem,
    )


def _chosen_languages(project: Project, school: School) -> list[Language]:
    """The languages that the school chose; all where it chose none of them."""
    chosen = [language for tag, language in project.languages.items() if tag in school.languages]
    return chosen or list(project.complete_languages.values())


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
    headers = {"content-disposition": f'attachment; filename="{slug}-{tag}-{name}.pdf"'}
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
    if name not in _SHEETS:
        raise HTTPException(404)
    return name


PAGES = (
    Page("/preview", get_preview),
    Page("/preview/{slug}/{tag}/page", get_web_page),
    Page("/preview/{slug}/{tag}/{sheet}.pdf", get_sheet),
    Page("/preview/{slug}/{tag}/{sheet}/{side:int}.png", get_picture),
)
