"""The first step: the school's details, saved as ``school.toml`` as they are typed."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from secrets import token_urlsafe

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from parentguide.errors import ParentguideError
from parentguide.model.guide import Callout, Heading, Paragraph
from parentguide.model.school import Colour
from parentguide.project.guide_choice import known_guide
from parentguide.project.project import Project
from parentguide.schools.accent import DEFAULT
from parentguide.schools.logo_upload import prepare_logo
from parentguide.schools.school_file import file_reader_beside, parse_school
from parentguide.studio.routing import AutoSave, Page, Studio, redirect, session_id
from parentguide.studio.security.forms import Form
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services import school_form
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.school_form import Row, SchoolFormData
from parentguide.studio.services.school_history import school_turns
from parentguide.studio.services.school_store import (
    keep_draft,
    kept_draft,
    logo_path,
    readable_form,
    save_details,
    saved_form,
    saved_logo,
    school_of,
    shown_colours,
    version_of,
)
from parentguide.studio.services.workspace import UserFiles

_LIMIT = 21_000_000  # bytes: a logo as a camera or a designer gives it, and the fields
_ROWS = (*school_form.TEAM, *school_form.LOCAL)
_CHANGED = (
    "Somebody changed the details in another window. The form below has your details. Press “Save” to"
    " replace theirs."
)


def get_school(studio: Studio, request: Request) -> Response:
    files = studio.user_files(request)
    problem = ""
    try:
        entered = saved_form(files)
    except ParentguideError as error:
        entered = SchoolFormData({})
        problem = f"{error.sentences} Or fill in the form: it makes a new file, and keeps the old one."
    draft = kept_draft(files)
    if draft:
        entered = replace(entered, values={**entered.values, **draft})
    return _page(studio, request, entered, school_form.problems(entered) if draft else {}, problem)


def post_school(studio: Studio, request: Request, form: Form) -> Response:
    """Save the details, unless one cannot be used or the file has changed; then keep them as a draft."""
    files = studio.user_files(request)
    before = readable_form(files)
    meanwhile = _meanwhile(studio, request, form)
    is_current = meanwhile is not None
    before, problems = _with_logo(files, before, form) if is_current else (before, {})
    entered = _entered(form, before, meanwhile or {})
    problems |= school_form.problems(entered)
    if problems or not is_current:
        keep_draft(files, entered)
        if problems:
            return _page(studio, request, entered, problems, status=422)
        # Whoever saves now replaces what somebody else saved: each row is about the entry at its place.
        entered = replace(entered, values={**entered.values, **before.was()})
        return _page(studio, request, entered, {}, _CHANGED, status=409)
    save_details(files, entered)
    if form.text("go-on"):
        return redirect("/languages")
    if form.text("logo-only"):
        return RedirectResponse("/school#logo-field", 303)
    return redirect("/school", done="school")


def _with_logo(files: UserFiles, before: SchoolFormData, form: Form) -> tuple[SchoolFormData, dict[str, str]]:
    """The saved details after the logo was replaced or removed, and why it cannot be used. A logo is saved
    by itself, so that a mistake in another box does not lose it."""
    upload = form.files.get("logo")
    if form.text("remove-logo"):
        return replace(before, logo=""), {}
    if upload is None:
        return before, {}
    try:
        logo = prepare_logo(upload.data)
    except ParentguideError as error:
        return before, {"logo": error.problems[0].sentence}
    save_details(files, replace(before, logo=f"logo.{logo.suffix}"), logo.data)
    return saved_form(files), {}


def post_save(studio: Studio, request: Request, form: Form) -> Response:
    """Save what can be used of what is being typed, and keep the rest as a draft; the answer is JSON.

    ``saved`` is the time, ``wrong`` the sentence for each box that cannot be used, ``version`` and ``was``
    replace the form's hidden fields.
    """
    files = studio.user_files(request)
    before = readable_form(files)
    meanwhile = _meanwhile(studio, request, form)
    entered = _entered(form, before, meanwhile or {})
    if meanwhile is None:
        keep_draft(files, entered)
        return JSONResponse({"changed": "Somebody changed the details in another window."}, 409)
    wrong = school_form.problems(entered)
    usable = replace(entered, values=school_form.without(entered, before, wrong))
    if school_form.problems(usable):
        keep_draft(files, entered)
        return JSONResponse({"saved": "", "wrong": wrong, "version": version_of(files), "was": {}})
    if usable.text() != before.text() or not before.before:
        save_details(files, usable)
    if wrong:
        keep_draft(files, entered)
    else:
        files.draft_file.unlink(missing_ok=True)
    now, was = version_of(files), school_form.rows_of(entered, saved_form(files))
    studio.school_saves.keep(_page_id(request, form), AutoSave(form.text("version"), now, was))
    saved = f"{datetime.now().astimezone():%H:%M}"
    return JSONResponse({"saved": saved, "wrong": wrong, "version": now, "was": was})


def _meanwhile(studio: Studio, request: Request, form: Form) -> Mapping[str, str] | None:
    """None if somebody else has changed the file since the form was made from it. If only the same page has,
    by a save of which it does not know the answer yet, the hidden fields of that answer."""
    version, now = form.text("version"), version_of(studio.user_files(request))
    if version == now:
        return {}
    last = studio.school_saves.get(_page_id(request, form))
    return last.was if last and (last.before, last.after) == (version, now) else None


def _page_id(request: Request, form: Form) -> str:
    """Tells one window of a browser from another."""
    return f"{session_id(request)}/{form.text('page')[:20]}"


def _entered(
    form: Form, before: SchoolFormData, meanwhile: Mapping[str, str] | None = None
) -> SchoolFormData:
    """What the form says; boxes of other pages stay as they were."""
    was = [name for row in _ROWS if (name := school_form.was_name(row)) in form.fields]
    typed = {name: form.line(name) for name in (*(box.name for box in school_form.FIELDS), *was)}
    typed |= {name: value for name, value in (meanwhile or {}).items() if name in typed}
    typed |= {name: before.get(name) for name in school_form.ON_SHEETS}
    if form.text("use-colour"):
        typed["colour"] = form.line("use-colour")
    return replace(before, values=typed)


def post_try(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed for :func:`get_school_page`, without what cannot be used. No file is
    written."""
    files = studio.user_files(request)
    typed = SchoolFormData(_entered(form, readable_form(files)).values)
    wrong = school_form.problems(typed)
    values = school_form.without(typed, SchoolFormData({}), wrong)
    text = SchoolFormData(values, saved_logo(files)).text()
    school = parse_school(text, files.school_file, file_reader_beside(files.school_file))
    studio.school_drafts.keep(session_id(request), school)
    return JSONResponse({"wrong": wrong, "colour": _shades(school.colour)})


def _shades(colour: Colour | None) -> dict[str, str]:
    """The colour as families see it, on a light and on a dark page."""
    shown = colour or DEFAULT
    return {"given": shown.given, "light": shown.light, "dark": shown.dark}


def post_undo(studio: Studio, request: Request, form: Form) -> Response:
    """Undo the last change of the details, or redo it."""
    files = studio.user_files(request)
    school_turns(files).reverse(redo=bool(form.text("redo")))
    files.draft_file.unlink(missing_ok=True)
    return redirect("/school", done="redone" if form.text("redo") else "undone")


def get_logo(studio: Studio, request: Request) -> Response:
    """The logo that is saved, as the guides show it."""
    path = logo_path(studio.user_files(request))
    if path is None:
        raise HTTPException(404)
    logo = school_of(studio.user_files(request)).logo
    if logo is None:
        return FileResponse(path)
    return Response(logo.small or logo.data, media_type="image/png" if logo.small else logo.media_type)


def get_school_page(studio: Studio, request: Request) -> Response:
    """The first guide's English page with what is being typed, or with what is saved."""
    draft = studio.school_drafts.get(session_id(request)) if request.query_params.get("now") else None
    project = studio.workspace.project()
    school = draft or school_of(studio.user_files(request))
    data = studio.previews.file(school, _guide(project), "en", "web")
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def _guide(project: Project) -> str:
    return known_guide(project, next(iter(guide_titles(project)), ""))


def _places(project: Project) -> Mapping[str, str]:
    """Where the page shows the team and the policy: ids of its elements."""

    def found() -> Iterator[tuple[str, str]]:
        for block in project.guide_source(_guide(project)).guide.blocks:
            if isinstance(block, Callout) and block.variant == "school":
                first = next((one for one in block.blocks if isinstance(one, Heading | Paragraph)), None)
                if first is not None:
                    yield "team", first.segment.id
            elif isinstance(block, Paragraph) and block.is_policy:
                yield "policy", block.segment.id

    try:
        return dict(found())
    except ParentguideError:
        return {}


def _page(
    studio: Studio,
    request: Request,
    entered: SchoolFormData,
    problems: Mapping[str, str],
    problem: str = "",
    status: int = 200,
) -> Response:
    files = studio.user_files(request)
    opened = {"team": _open_rows(school_form.TEAM, entered), "local": _open_rows(school_form.LOCAL, entered)}
    return studio.pages.page(
        request,
        "school.html",
        status,
        entered=entered,
        problems=problems,
        labels=school_form.labels(),
        whole={box.name: box for box in school_form.WHOLE},
        team=school_form.TEAM,
        was_name=school_form.was_name,
        local=school_form.LOCAL,
        shown=opened,
        trouble=problem,
        version=version_of(files),
        page_id=token_urlsafe(9),
        kept_draft=files.draft_file.exists(),
        has_logo=logo_path(files) is not None,
        places={"team": "", "policy": "", **_places(studio.workspace.project())},
        shades=_shades(_colour(files)),
        turns=school_turns(files),
        logo_colours=shown_colours(files),
        problems_in=lambda *names: any(name.startswith(names) for name in problems),
    )


def _colour(files: UserFiles) -> Colour | None:
    with suppress(ParentguideError):
        return school_of(files).colour
    return None


def _open_rows(rows: tuple[Row, ...], entered: SchoolFormData) -> int:
    """How many rows of boxes are in use."""
    used = [number for number, row in enumerate(rows, 1) if not entered.is_empty(row)]
    return max(used, default=0)


PAGES = (
    Page("/school", get_school, post_school, _LIMIT),
    Page("/school/save", post=post_save),
    Page("/school/try", post=post_try),
    Page("/school/undo", post=post_undo),
    Page("/school/logo", get_logo),
    Page("/school/page", get_school_page),
)
