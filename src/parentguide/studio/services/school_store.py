"""The school's details as files of one person: read, saved, and kept while they cannot be used yet."""

from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from parentguide.errors import ParentguideError
from parentguide.infra.atomic import write_file
from parentguide.infra.files import read_text, write_text
from parentguide.model.school import Colour, School
from parentguide.project.recorded import recorded
from parentguide.schools.logo_colours import logo_colours
from parentguide.schools.school_file import file_reader_beside, parse_school, read_school
from parentguide.studio.services import school_form
from parentguide.studio.services.school_form import SchoolFormData
from parentguide.studio.services.sheet_kinds import USUAL
from parentguide.studio.services.workspace import UserFiles

LOGO_NAMES = ("logo.png", "logo.jpg", "logo.svg")
_WHAT = "Save the school's details"


def school_of(files: UserFiles) -> School:
    """The school as it is saved; an empty one before that. Raises :class:`SchoolFileError`."""
    return read_school(files.school_file) if files.school_file.exists() else School()


def chosen_school(files: UserFiles) -> School:
    """The school with what Studio makes for it before anything is chosen: English, and the usual sheets."""
    school = school_of(files)
    return replace(school, languages=chosen_tags(school.languages), formats=school.formats or USUAL)


def chosen_tags(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that Studio makes for a school that chose ``languages``: English alone before it has."""
    return languages or ("en",)


def saved_form(files: UserFiles) -> SchoolFormData:
    """What ``school.toml`` says, as a form. Raises :class:`SchoolFileError` for a broken file."""
    if not files.school_file.exists():
        return SchoolFormData({})
    return school_form.form_data_of(read_text(files.school_file), files.school_file)


def readable_form(files: UserFiles) -> SchoolFormData:
    """As :func:`saved_form`; an empty form for a broken file."""
    try:
        return saved_form(files)
    except ParentguideError:
        return SchoolFormData({})


def save_form(files: UserFiles, entered: SchoolFormData, what: str = _WHAT) -> None:
    """Write ``school.toml``, unless it says the same already. A file that the form could not read, and so
    does not contain, is kept under another name."""
    folder, text = files.folder.resolve(), entered.text()
    if entered.before and entered.before == text:
        return
    with recorded(folder, what, [folder / files.school_file.name]):
        if not entered.before and files.school_file.exists():
            write_file(files.folder / "school-before-studio.toml", files.school_file.read_bytes())
        write_text(files.school_file, text)


def save_details(files: UserFiles, entered: SchoolFormData, logo: bytes | None = None) -> None:
    """Save the form, and a new ``logo``, which is written first: a file that names a missing picture would be
    refused. What was kept as a draft is removed."""
    folder = files.folder.resolve()
    with recorded(folder, _WHAT, [folder / name for name in LOGO_NAMES]):
        if logo is not None and entered.logo in LOGO_NAMES:
            write_file(files.folder / entered.logo, logo)
        parse_school(entered.text(), files.school_file, file_reader_beside(files.school_file))
        save_form(files, entered)
    files.draft_file.unlink(missing_ok=True)


def keep_draft(files: UserFiles, entered: SchoolFormData) -> None:
    """Keep what was typed and cannot be used yet, so that it is not lost."""
    write_file(files.draft_file, entered.as_json().encode("utf-8"))


def kept_draft(files: UserFiles) -> dict[str, str]:
    """What :func:`keep_draft` kept; nothing if nothing was."""
    with suppress(ParentguideError):
        if files.draft_file.exists():
            return school_form.form_data_of_json(read_text(files.draft_file))
    return {}


def version_of(files: UserFiles) -> str:
    """Tells whether ``school.toml`` is still the one that a form was made from."""
    return sha256(files.school_file.read_bytes()).hexdigest() if files.school_file.exists() else "none"


def saved_logo(files: UserFiles) -> str:
    """The name of the logo's file; empty for none, or where the details cannot be read."""
    with suppress(ParentguideError):
        school_of(files)
        return saved_form(files).logo
    return ""


def shown_colours(files: UserFiles) -> tuple[Colour, ...]:
    """Colours of the saved logo that the school may want; none where there is no logo."""
    with suppress(ParentguideError):
        logo = school_of(files).logo
        return logo_colours(logo) if logo else ()
    return ()


def logo_path(files: UserFiles) -> Path | None:
    """The file of the logo, if there is one that Studio has saved."""
    name = saved_logo(files)
    path = files.folder / name
    return path if name in LOGO_NAMES and path.is_file() else None
