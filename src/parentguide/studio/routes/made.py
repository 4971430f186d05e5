"""What was made: the page after a build, and everything that can be downloaded from it."""

import re
from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from parentguide.build.api import archive_path
from parentguide.build.print_run import MOST_COPIES, Copies, PrintRequest, print_run
from parentguide.build.print_run import SHEETS as PRINTED
from parentguide.errors import ParentguideError, ProjectError
from parentguide.model.labels import FORMAT_LABELS
from parentguide.render.left_out import left_out_line
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import small_number
from parentguide.studio.services.build_queue import JOBS_EACH
from parentguide.studio.services.built_files import (
    Built,
    BuiltFile,
    is_out_of_date,
    last_build,
    path_of,
    readable_names,
    zipped,
)
from parentguide.studio.services.school_store import school_of

_NOTHING = ProjectError("no guides have been made yet", remedy="Make them first.")


def get_made(studio: Studio, request: Request) -> Response:
    """The last build, also after Studio was started again."""
    built = last_build(studio.user_files(request))
    if not built.files:
        return redirect("/make")
    missing = [left_out_line(reason, remedy) for reason, remedy in built.left_out]
    return results(studio, request, [], missing)


def results(studio: Studio, request: Request, refused: Sequence[str], missing: Sequence[str]) -> Response:
    """The page of the last build. ``refused`` says which languages were left out, ``missing`` which files
    could not be made."""
    files = studio.user_files(request)
    built = last_build(files)
    return studio.pages.page(
        request,
        "made.html",
        built=built,
        languages=_languages(studio, built),
        for_all=built.of(""),
        refused=refused,
        missing=missing,
        messages=_messages(studio, request, built),
        sheets=[(name, FORMAT_LABELS[name]) for name in built.sheets() if name in PRINTED],
        most=MOST_COPIES,
        changed=is_out_of_date(files),
        drafts=any(tag != "en" for tag in built.tags),
    )


def _languages(studio: Studio, built: Built) -> list[tuple[str, str, list[BuiltFile]]]:
    """Tag, English name and files of each language: English first, then by name."""
    known = studio.workspace.project().languages
    names = {tag: known[tag].english_name if tag in known else tag for tag in built.tags}
    ordered = sorted(names, key=lambda tag: (tag != "en", names[tag]))
    return [(tag, names[tag], built.of(tag)) for tag in ordered]


def _messages(studio: Studio, request: Request, built: Built) -> list[tuple[str, str, str]]:
    """The short message of each guide in each language that was made: tag, language and text."""
    files = studio.user_files(request)
    found = []
    for tag, name, made in _languages(studio, built):
        for file in made:
            if file.format == "message":
                try:
                    found.append((tag, name, path_of(files, file).read_text("utf-8").strip()))
                except (ParentguideError, UnicodeError):
                    continue
    return found


def get_archive(studio: Studio, request: Request) -> Response:
    """All files of the last build as one ZIP file."""
    files = studio.user_files(request)
    path = archive_path(files.output)
    if not path.exists():
        raise _NOTHING
    return FileResponse(path, media_type="application/zip", filename=f"guides-{_school(studio, request)}.zip")


def _school(studio: Studio, request: Request) -> str:
    """The school's name as a part of a file's name."""
    name = school_of(studio.user_files(request)).name.lower()
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "for-parents"


def get_language(studio: Studio, request: Request) -> Response:
    """The files of one language as a ZIP file with names that people can read."""
    files, tag = studio.user_files(request), request.path_params["tag"]
    chosen = [row for row in _languages(studio, last_build(files)) if row[0] == tag]
    if not chosen:
        raise HTTPException(404)
    _, name, made = chosen[0]
    headers = {"content-disposition": f'attachment; filename="guides-{_school(studio, request)}-{tag}.zip"'}
    data = zipped(files, readable_names(name, made))
    return Response(data, media_type="application/zip", headers=headers)


def get_print(studio: Studio, request: Request) -> Response:
    """One PDF with all copies of a sheet, each language on leaves of its own."""
    query = request.query_params
    project, school = studio.workspace.project(), school_of(studio.user_files(request))
    numbers = [(tag, query.get(f"copies-{tag}", "").strip()) for tag in project.languages]
    asked = [(tag, number) for tag, number in numbers if number not in ("", "0")]
    wrong = [tag for tag, number in asked if small_number(number) is None]
    if wrong:
        names = ", ".join(project.languages[tag].english_name for tag in wrong)
        raise ProjectError(f"the number of copies is not a number: {names}", remedy="Write it in digits: 30.")
    made = print_run(
        project,
        PrintRequest(
            tuple(Copies(tag, int(number)) for tag, number in asked),
            query.get("sheet", "handout"),
            school,
            first_leaf=school.first_leaf_only,
            a5=school.a5_handout,
            mono=bool(query.get("mono")),
            jobs=JOBS_EACH,
        ),
    )
    name = f"{_school(studio, request)}-{query.get('sheet', 'handout')}-to-print.pdf"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made.content, media_type="application/pdf", headers=headers)


def get_file(studio: Studio, request: Request) -> Response:
    """One file of the last build. Only paths that its manifest names are looked up."""
    files = studio.user_files(request)
    wanted = request.path_params["path"]
    file = next((one for one in last_build(files).files if one.path == wanted), None)
    if file is None:
        raise HTTPException(404)
    return FileResponse(
        path_of(files, file), media_type="application/octet-stream", filename=file.download_name
    )


PAGES = (
    Page("/made", get_made),
    Page("/download/guides.zip", get_archive),
    Page("/download/language/{tag}.zip", get_language),
    Page("/download/print.pdf", get_print),
    Page("/download/file/{path:path}", get_file),
)
