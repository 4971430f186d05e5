"""The page of the school's details, saved as ``school.toml``."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.errors import ParentguideError, SchoolFileError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text
from parentguide.model.school import School
from parentguide.schools.logo import read_logo
from parentguide.schools.school_file import file_reader_beside, parse_school, read_school
from parentguide.studio.routing import Page, Studio, go, visit
from parentguide.studio.security.forms import Form, Upload
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services import school_form
from parentguide.studio.services.school_form import SchoolFormData
from parentguide.studio.services.workspace import UserFiles

_LIMIT = 1_000_000  # a logo of 200 kB, and the fields
_LOGO_NAMES = {"image/png": "logo.png", "image/jpeg": "logo.jpg", "image/svg+xml": "logo.svg"}
_CHANGED = (
    "Somebody changed the details in another window. Below are yours. Press “Save” to put them in the place"
    " of theirs."
)


def school_of(desk: UserFiles) -> School:
    """The school as it is saved; an empty one before that. Raises :class:`SchoolFileError`."""
    return read_school(desk.school_file) if desk.school_file.exists() else School()


def saved(desk: UserFiles) -> SchoolFormData:
    """What ``school.toml`` says, as a form. Raises :class:`SchoolFileError` for a broken file."""
    if not desk.school_file.exists():
        return SchoolFormData({})
    return school_form.form_data_of(read_text(desk.school_file), desk.school_file)


def version(desk: UserFiles) -> str:
    """Tells whether ``school.toml`` is still the one that a form was made from."""
    return sha256(desk.school_file.read_bytes()).hexdigest() if desk.school_file.exists() else "none"


def show(studio: Studio, request: Request) -> Response:
    desk = studio.desk(request)
    trouble = ""
    try:
        entered = saved(desk)
    except ParentguideError as error:
        entered = SchoolFormData({})
        trouble = f"{error.sentences} Or fill in the form: it makes a new file, and keeps the old one."
    draft = _kept_draft(desk)
    if draft:
        entered = replace(entered, values={**entered.values, **draft})
    return _page(studio, request, entered, school_form.problems(entered) if draft else {}, trouble)


def _kept_draft(desk: UserFiles) -> dict[str, str]:
    with suppress(ParentguideError):
        if desk.draft_file.exists():
            return school_form.form_data_of_json(read_text(desk.draft_file))
    return {}


def take(studio: Studio, request: Request, form: Form) -> Response:
    desk = studio.desk(request)
    values = {box.name: form.line(box.name) for box in school_form.FIELDS}
    try:
        before = saved(desk)
    except ParentguideError:
        before = SchoolFormData({})
    entered = replace(before, values=values)
    problems = school_form.problems(entered)
    picture = form.files.get("logo")
    if form.text("remove-logo"):
        entered = replace(entered, logo="")
    elif picture is not None:
        name, problem = _logo_name(picture)
        problems |= {"logo": problem} if problem else {}
        entered = entered if problem else replace(entered, logo=name)
    if problems or form.text("version") != version(desk):
        write_file(desk.draft_file, entered.as_json().encode("utf-8"))
        trouble = "" if problems else _CHANGED
        return _page(studio, request, entered, problems, trouble, status=422 if problems else 409)
    _save(desk, entered, picture)
    return go("/guides" if form.text("go-on") else "/school", done="school")


def attempt(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed for :func:`look`, without what cannot be used. No file is written."""
    values = {box.name: form.line(box.name) for box in school_form.FIELDS}
    wrong = school_form.problems(SchoolFormData(values))
    # An entry of “help near you” with a mistake is left out whole.
    rows = {box.name for row in school_form.LOCAL if any(b.name in wrong for b in row) for box in row}
    usable = {name: value for name, value in values.items() if name not in wrong and name not in rows}
    entered = SchoolFormData(usable, _saved_logo(studio.desk(request)))
    path = studio.desk(request).school_file
    studio.trials.keep(visit(request), parse_school(entered.text(), path, file_reader_beside(path)))
    return JSONResponse({"wrong": sorted(wrong)})


def _saved_logo(desk: UserFiles) -> str:
    with suppress(ParentguideError):
        school_of(desk)
        return saved(desk).logo
    return ""


def look(studio: Studio, request: Request) -> Response:
    """The first guide's page in English with what is being typed, or with what is saved."""
    school = studio.trials.get(visit(request)) if request.query_params.get("now") else None
    project = studio.workspace.project()
    data = studio.previews.file(school or school_of(studio.desk(request)), project.slugs[0], "en", "web")
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def _save(desk: UserFiles, entered: SchoolFormData, picture: Upload | None) -> None:
    """Write the logo first: a file that names a missing picture would be refused."""
    text = entered.text()
    if picture is not None and entered.logo in _LOGO_NAMES.values():
        write_file(desk.folder / entered.logo, picture.data)
    parse_school(text, desk.school_file, file_reader_beside(desk.school_file))
    keep_broken_file(desk, entered)
    write_file(desk.school_file, text.encode("utf-8"))
    desk.draft_file.unlink(missing_ok=True)


def keep_broken_file(desk: UserFiles, entered: SchoolFormData) -> None:
    """Keep a copy of a file that the form could not read, and so does not contain."""
    if not entered.before and desk.school_file.exists():
        write_file(desk.folder / "school-before-studio.toml", desk.school_file.read_bytes())


def _logo_name(picture: Upload) -> tuple[str, str]:
    """The name to save a picture under, and why it cannot be used; the name it came with is ignored."""
    try:
        logo = read_logo(picture.data, "")
    except SchoolFileError as error:
        return "", error.problems[0].sentence
    return _LOGO_NAMES[logo.media_type], ""


def _page(
    studio: Studio,
    request: Request,
    entered: SchoolFormData,
    problems: Mapping[str, str],
    trouble: str = "",
    status: int = 200,
) -> Response:
    desk = studio.desk(request)
    shown = {"team": _wanted(school_form.TEAM, entered), "local": _wanted(school_form.LOCAL, entered)}
    return studio.pages.page(
        request,
        "school.html",
        status,
        entered=entered,
        problems=problems,
        labels=school_form.labels(),
        whole=school_form.WHOLE,
        team=school_form.TEAM,
        local=school_form.LOCAL,
        shown=shown,
        trouble=trouble,
        version=version(desk),
        kept_draft=desk.draft_file.exists(),
    )


def _wanted(rows: tuple[tuple[school_form.FormField, ...], ...], entered: SchoolFormData) -> int:
    """How many rows stand open: those in use, and one."""
    used = [number for number, row in enumerate(rows, 1) if any(entered.get(f.name) for f in row)]
    return min(len(rows), max(used, default=0) + 1)


PAGES = (
    Page("/school", show, take, _LIMIT),
    Page("/school/try", take=attempt),
    Page("/school/page", look),
)
