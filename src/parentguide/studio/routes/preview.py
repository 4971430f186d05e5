"""The preview: the page as a phone and as a desktop shows it, and each sheet as pictures."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import IncompleteTranslationError
from parentguide.infra.pdf_pages import page_count
from parentguide.model.school import School
from parentguide.studio.routes.school import school_of
from parentguide.studio.routes.selection import NAMES
from parentguide.studio.routing import Page, Studio
from parentguide.studio.security.middleware import PREVIEW_POLICY

VIEWS = {"phone": "Page on a phone", "desktop": "Page on a desktop"}
SHEETS = ("handout", "large-print", "bilingual", "cards")


def show(studio: Studio, request: Request) -> Response:
    project, school = studio.workspace.project(), school_of(studio.desk(request))
    chosen = [
        language
        for tag, language in project.languages.items()
        if not school.languages or tag in school.languages
    ] or list(project.languages.values())
    asked = request.query_params
    language = next((one for one in chosen if one.tag == asked.get("language")), chosen[0])
    slug = asked.get("guide", "")
    slug = slug if slug in project.slugs else project.slugs[0]
    views = {**VIEWS, **{name: NAMES[name] for name in SHEETS}}
    if language.is_source:
        del views["bilingual"]
    view = asked.get("view", "")
    view = view if view in views else "phone"
    sides, trouble = 0, ""
    try:
        made = studio.previews.file(school, slug, language.tag, "web" if view in VIEWS else view)
        sides = page_count(made)
    except IncompleteTranslationError as error:
        trouble = error.sentences
    return studio.pages.page(
        request,
        "preview.html",
        language=language,
        languages=chosen,
        slug=slug,
        slugs=[(name, project.guide_source(name).guide.title) for name in project.slugs],
        view=view,
        views=views,
        is_page=view in VIEWS,
        sides=sides,
        trouble=trouble,
    )


def web_page(studio: Studio, request: Request) -> Response:
    """The page itself, for a frame: it may run nothing and lead nowhere."""
    slug, tag, school = _asked(studio, request)
    data = studio.previews.file(school, slug, tag, "web")
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def picture(studio: Studio, request: Request) -> Response:
    """One side of a sheet."""
    slug, tag, school = _asked(studio, request)
    data = studio.previews.picture(school, slug, tag, _sheet(request), int(request.path_params["side"]))
    return Response(data, media_type="image/png")


def sheet(studio: Studio, request: Request) -> Response:
    """The sheet as it is now, to look at or print before anything is built."""
    slug, tag, school = _asked(studio, request)
    name = _sheet(request)
    data = studio.previews.file(school, slug, tag, name)
    headers = {"content-disposition": f'attachment; filename="{slug}-{tag}-{name}.pdf"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _asked(studio: Studio, request: Request) -> tuple[str, str, School]:
    """The guide and language of the address, if there are such, and the school of whoever asks."""
    project, way = studio.workspace.project(), request.path_params
    if way["slug"] not in project.slugs or way["tag"] not in project.languages:
        raise HTTPException(404)
    return way["slug"], way["tag"], school_of(studio.desk(request))


def _sheet(request: Request) -> str:
    name = str(request.path_params["sheet"])
    if name not in SHEETS:
        raise HTTPException(404)
    return name


PAGES = (
    Page("/preview", show),
    Page("/preview/{slug}/{tag}/page", web_page),
    Page("/preview/{slug}/{tag}/{sheet}.pdf", sheet),
    Page("/preview/{slug}/{tag}/{sheet}/{side:int}.png", picture),
)
