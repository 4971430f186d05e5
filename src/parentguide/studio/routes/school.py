"""The page of the school's details, saved as ``school.toml``."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.errors import ParentguideError, SchoolFileError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text, write_text
from parentguide.model.school import School
from parentguide.project.guide_choice import known_guide
from parentguide.project.recorded import recorded
from parentguide.schools.logo import read_logo
from parentguide.schools.school_file import file_reader_beside, parse_school, read_school
from parentguide.studio.routing import Page, Studio, redirect, session_id
from parentguide.studio.security.forms import Form, Upload
from parentguide.studio.security.middleware import PREVIEW_POLICY
from parentguide.studio.services import school_form
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.school_form import Row, SchoolFormData
from parentguide.studio.services.workspace import UserFiles

_LIMIT = 1_000_000  # bytes: a logo of 200 kB, and the fields
_LOGO_NAMES = {"image/png": "logo.png", "image/jpeg": "logo.jpg", "image/svg+xml": "logo.svg"}
_CHANGED = (
    "Somebody changed the details in another window. The form below has your details. Press “Save” to"
    " replace theirs."
)


def school_of(files: UserFiles) -> School:
    """The school as it is saved; an empty one before that. Raises :class:`SchoolFileError`."""
    return read_school(files.school_file) if files.school_file.exists() else School()


def saved_form(files: UserFiles) -> SchoolFormData:
    """What ``school.toml`` says, as a form. Raises :class:`SchoolFileError` for a broken file."""
    if not files.school_file.exists():
        return SchoolFormData({})
    return school_form.form_data_of(read_text(files.school_file), files.school_file)


def save_form(files: UserFiles, entered: SchoolFormData) -> None:
    """Write ``school.toml``. A file that the form could not read, and so does not contain, is kept under
    another name."""
    folder = files.folder.resolve()
    with recorded(folder, "Save the school's details", [folder / files.school_file.name]):
        if not entered.before and files.school_file.exists():
            write_file(files.folder / "school-before-studio.toml", files.school_file.read_bytes())
        write_text(files.school_file, entered.text())


def _version(files: UserFiles) -> str:
    """Tells whether ``school.toml`` is still the one that a form was made from."""
    return sha256(files.school_file.read_bytes()).hexdigest() if files.school_file.exists() else "none"


def get_school(studio: Studio, request: Request) -> Response:
    files = studio.user_files(request)
    problem = ""
    try:
        entered = saved_form(files)
    except ParentguideError as error:
        entered = SchoolFormData({})
        problem = f"{error.sentences} Or fill in the form: it makes a new file, and keeps the old one."
    draft = _kept_draft(files)
    if draft:
        entered = replace(entered, values={**entered.values, **draft})
    return _page(studio, request, entered, school_form.problems(entered) if draft else {}, problem)


def _kept_draft(files: UserFiles) -> dict[str, str]:
    with suppress(ParentguideError):
        if files.draft_file.exists():
            return school_form.form_data_of_json(read_text(files.draft_file))
    return {}


def post_school(studio: Studio, request: Request, form: Form) -> Response:
    """Save the details, unless one cannot be used or the file has changed; then keep them as a draft."""
    files = studio.user_files(request)
    try:
        before = saved_form(files)
    except ParentguideError:
        before = SchoolFormData({})
    entered = replace(before, values=_typed(form))
    problems = school_form.problems(entered)
    upload = form.files.get("logo")
    if form.text("remove-logo"):
        entered = replace(entered, logo="")
    elif upload is not None:
        name, problem = _logo_name(upload)
        problems |= {"logo": problem} if problem else {}
        entered = entered if problem else replace(entered, logo=name)
    if problems or form.text("version") != _version(files):
        write_file(files.draft_file, entered.as_json().encode("utf-8"))
        if problems:
            return _page(studio, request, entered, problems, status=422)
        # Whoever saves now replaces what somebody else saved: each row is about the entry at its place.
        entered = replace(entered, values={**entered.values, **before.was()})
        return _page(studio, request, entered, {}, _CHANGED, status=409)
    _save(files, entered, upload)
    return redirect("/guides" if form.text("go-on") else "/school", done="school")


def _typed(form: Form) -> dict[str, str]:
    rows = (*school_form.TEAM, *school_form.LOCAL)
    was = [name for row in rows if (name := school_form.was_name(row)) in form.fields]
    return {name: form.line(name) for name in (*(box.name for box in school_form.FIELDS), *was)}


def post_school_draft(studio: Studio, request: Request, form: Form) -> Response:
    """Keep what is being typed for :func:`get_school_page`, without what cannot be used. No file is
    written."""
    values = _typed(form)
    wrong = school_form.problems(SchoolFormData(values))
    # An entry of “help near you” with a mistake is left out whole.
    rows = {box.name for row in school_form.LOCAL if any(b.name in wrong for b in row) for box in row}
    usable = {name: value for name, value in values.items() if name not in wrong and name not in rows}
    files = studio.user_files(request)
    text = SchoolFormData(usable, _saved_logo(files)).text()
    school = parse_school(text, files.school_file, file_reader_beside(files.school_file))
    studio.school_drafts.keep(session_id(request), school)
    return JSONResponse({"wrong": sorted(wrong)})


def _saved_logo(files: UserFiles) -> str:
    with suppress(ParentguideError):
        school_of(files)
        return saved_form(files).logo
    return ""


def get_school_page(studio: Studio, request: Request) -> Response:
    """The first guide's English page with what is being typed, or with what is saved."""
    draft = studio.school_drafts.get(session_id(request)) if request.query_params.get("now") else None
    project = studio.workspace.project()
    school = draft or school_of(studio.user_files(request))
    slug = next(iter(guide_titles(project)), "")
    data = studio.previews.file(school, known_guide(project, slug), "en", "web")
    headers = {"content-security-policy": PREVIEW_POLICY}
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def _save(files: UserFiles, entered: SchoolFormData, upload: Upload | None) -> None:
    """Write the logo first: a file that names a missing picture would be refused."""
    folder = files.folder.resolve()
    with recorded(folder, "Save the school's details", [folder / name for name in _LOGO_NAMES.values()]):
        if upload is not None and entered.logo in _LOGO_NAMES.values():
            write_file(files.folder / entered.logo, upload.data)
        parse_school(entered.text(), files.school_file, file_reader_beside(files.school_file))
        save_form(files, entered)
    files.draft_file.unlink(missing_ok=True)


def _logo_name(upload: Upload) -> tuple[str, str]:
    """The name to save a logo under, and why it cannot be used. The upload's own name is ignored."""
    try:
        logo = read_logo(upload.data, "")
    except SchoolFileError as error:
        return "", error.problems[0].sentence
    return _LOGO_NAMES[logo.media_type], ""


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
        whole=school_form.WHOLE,
        team=school_form.TEAM,
        was_name=school_form.was_name,
        local=school_form.LOCAL,
        shown=opened,
        trouble=problem,
        version=_version(files),
        kept_draft=files.draft_file.exists(),
    )


def _open_rows(rows: tuple[Row, ...], entered: SchoolFormData) -> int:
    """How many rows of boxes are open: up to the last one in use, and one more."""
    used = [number for number, row in enumerate(rows, 1) if not entered.is_empty(row)]
    return min(len(rows), max(used, default=0) + 1)


PAGES = (
    Page("/school", get_school, post_school, _LIMIT),
    Page("/school/try", post=post_school_draft),
    Page("/school/page", get_school_page),
)
