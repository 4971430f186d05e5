"""Writing a guide: its text, the page beside it, and what would follow, before it is saved."""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_bytes, read_text
from parentguide.newsletter.file_text import checked_length
from parentguide.project.project import Project
from parentguide.studio.routes.school import school_of
from parentguide.studio.routing import Page, Studio, go, visit
from parentguide.studio.security.forms import Form
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services import draft_report
from parentguide.studio.services.draft_report import Draft
from parentguide.studio.templating import place
from parentguide.translation import po


def overview(studio: Studio, request: Request) -> Response:
    """All guides; one that cannot be read is listed too, so that it can be mended."""
    project = studio.workspace.project()
    rows = []
    for slug in project.slugs:
        title = slug
        with suppress(ParentguideError):
            title = project.guide_source(slug).guide.title
        rows.append((slug, title))
    return studio.pages.page(request, "guides-to-write.html", rows=rows, editable=studio.workspace.editable)


def _path(project: Project, request: Request) -> tuple[str, Path]:
    slug = request.path_params["slug"]
    if slug not in project.slugs:
        raise HTTPException(404)
    return slug, project.locales / "en" / slug / "guide.md"


def _version(text: str) -> str:
    """Tells whether a guide is still the one that a form was made from."""
    return sha256(text.encode("utf-8")).hexdigest()


def _kept(studio: Studio, request: Request, slug: str) -> Path:
    """Where a text waits that was typed and not saved."""
    return studio.desk(request).folder / f".studio-guide-{slug}.json"


def show(studio: Studio, request: Request) -> Response:
    project = studio.workspace.project()
    slug, path = _path(project, request)
    saved = read_text(path)
    text, version = saved, _version(saved)
    with suppress(ParentguideError, ValueError, KeyError, TypeError):
        kept = _kept(studio, request, slug)
        if kept.exists():
            table = json.loads(read_text(kept))
            text, version = str(table["text"]), str(table["version"])
    return _page(studio, request, project, text, version, restored=text != saved)


def take(studio: Studio, request: Request, form: Form) -> Response:
    """Save the guide, if it can be read and nobody has saved another since; else keep what was typed."""
    text, version = _typed(form), form.text("version")
    if form.text("action") == "discard":
        slug, _ = _path(studio.workspace.project(), request)
        _kept(studio, request, slug).unlink(missing_ok=True)
        return go(f"/write/{slug}")
    with studio.workspace.changing_words() as project:
        slug, path = _path(project, request)
        saved = read_text(path)
        if _version(saved) != version:
            _keep(studio, request, slug, text, version)
            return _page(studio, request, project, text, _version(saved), theirs=saved, status=409)
        try:
            draft_report.look(project, slug, text, school_of(studio.desk(request)))
            save(project, slug, path, text)
        except ParentguideError:
            _keep(studio, request, slug, text, version)
            return _page(studio, request, project, text, version, status=422)
    _kept(studio, request, slug).unlink(missing_ok=True)
    return go(f"/write/{slug}", done="guide")


def _typed(form: Form) -> str:
    """The text with one line end at its foot, as an editor leaves it."""
    return checked_length(form.text("text")).rstrip("\n") + "\n"


def _keep(studio: Studio, request: Request, slug: str, text: str, version: str) -> None:
    table = json.dumps({"text": text, "version": version}, ensure_ascii=False)
    write_file(_kept(studio, request, slug), table.encode("utf-8"))


def save(project: Project, slug: str, path: Path, text: str) -> None:
    """The template, the guide, then each language's catalog.

    In this order, whatever happens in between: a translation made for other English than the
    template's is not shown, so no page ever has a sentence beside the translation of another.
    """
    messages = draft_report.template_of(project, slug, text)
    write_file(project.pot_path(slug), messages)
    write_file(path, text.encode("utf-8"))
    for language in project.languages.values():
        catalog = project.catalog_path(language, slug)
        if not language.is_source and catalog.exists():
            old = read_bytes(catalog)
            data = po.merge(messages, old, language.locale, catalog)
            if data != old:
                write_file(catalog, data)


def look(studio: Studio, request: Request, form: Form) -> Response:
    """The same without saving: for the script, as a piece of the page."""
    project = studio.workspace.project()
    slug, _ = _path(project, request)
    text = _typed(form)
    if _version(text) != form.text("version"):
        _keep(studio, request, slug, text, form.text("version"))
    draft, trouble = _draft(studio, request, project, slug, text)
    return studio.pages.page(request, "findings.html", draft=draft, trouble=trouble)


def preview(studio: Studio, request: Request) -> Response:
    """The page of the text that was looked at last in this visit."""
    project = studio.workspace.project()
    slug, path = _path(project, request)
    data = studio.drafts.get(f"{visit(request)} {slug}")
    if data is None:
        data = draft_report.look(project, slug, read_text(path), school_of(studio.desk(request))).page
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def _draft(
    studio: Studio, request: Request, project: Project, slug: str, text: str
) -> tuple[Draft | None, str]:
    """What is to be said of the text, or why it cannot be read."""
    try:
        draft = draft_report.look(project, slug, text, school_of(studio.desk(request)))
    except ParentguideError as error:
        where = f"{place(error)}: " if error.line else ""
        return None, f"{where}{error.sentences}"
    studio.drafts.keep(f"{visit(request)} {slug}", draft.page)
    return draft, ""


def _page(
    studio: Studio,
    request: Request,
    project: Project,
    text: str,
    version: str,
    *,
    theirs: str = "",
    restored: bool = False,
    status: int = 200,
) -> Response:
    slug, _ = _path(project, request)
    draft, trouble = _draft(studio, request, project, slug, text)
    return studio.pages.page(
        request,
        "write.html",
        status,
        slug=slug,
        text=text,
        version=version,
        draft=draft,
        trouble=trouble,
        theirs=theirs,
        restored=restored,
        editable=studio.workspace.editable,
    )


PAGES = (
    Page("/write", overview),
    Page("/write/{slug}", show, take),
    Page("/write/{slug}/look", take=look),
    Page("/write/{slug}/page", preview),
)
