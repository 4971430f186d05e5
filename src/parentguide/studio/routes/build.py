"""Building: a button, how far it is, and the finished files to download."""

import json
import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from parentguide.build import api
from parentguide.build.api import archive_path, build_plan
from parentguide.build.incremental import MANIFEST
from parentguide.errors import IncompleteTranslationError, ProjectError
from parentguide.infra.atomic import safe_path
from parentguide.infra.files import read_text
from parentguide.model.labels import STATE_LABELS
from parentguide.model.review_state import ReviewState
from parentguide.project.project import Project
from parentguide.studio.routes.school import school_of
from parentguide.studio.routes.selection import NAMES
from parentguide.studio.routing import Page, Studio, go, owner
from parentguide.studio.security.forms import Form
from parentguide.studio.services.build_queue import JOBS_EACH, Job, Step
from parentguide.studio.services.gap_text import REMEDY, left_out
from parentguide.studio.services.workspace import UserFiles


@dataclass(frozen=True, slots=True)
class Made:
    """One finished file, as the manifest names it. ``size`` in bytes, ``language`` a tag or empty."""

    path: str
    format: str
    language: str
    size: int

    @property
    def label(self) -> str:
        return NAMES.get(self.format, self.format) if self.language else self.path


def finished(desk: UserFiles) -> list[Made]:
    """The files of the last build; none before there is one."""
    path = desk.output / MANIFEST
    if not path.exists():
        return []
    try:
        table = json.loads(read_text(path))["artifacts"]
        return [Made(row["path"], row["edition"], row["language"], int(row["bytes"])) for row in table]
    except (ValueError, KeyError, TypeError):
        raise ProjectError(
            "the list of what was built cannot be read", path=path, remedy="Make the guides again."
        ) from None


def show(studio: Studio, request: Request) -> Response:
    school = school_of(studio.desk(request))
    project = studio.workspace.project()
    chosen = [t for t in project.languages if not school.languages or t in school.languages]
    return studio.pages.page(
        request,
        "build.html",
        school=school,
        chosen=[project.languages[tag] for tag in chosen],
        names=[label for name, label in NAMES.items() if not school.formats or name in school.formats],
        levels={name: words for name, words in STATE_LABELS.items() if name is not ReviewState.DRAFT},
        earlier=bool(finished(studio.desk(request))),
    )


def take(studio: Studio, request: Request, form: Form) -> Response:
    """Put a build into the queue, and lead to the page that says how far it is."""
    desk = studio.desk(request)
    school = school_of(desk)
    wanted = form.text("require")
    asked = api.BuildRequest(
        languages=school.languages,
        formats=school.formats,
        school=school,
        mono=bool(form.text("mono")),
        require=ReviewState(wanted) if wanted in STATE_LABELS else ReviewState.DRAFT,
        jobs=JOBS_EACH,
    )
    made = api.plan(studio.workspace.project(), asked)
    if not made.editions:
        raise IncompleteTranslationError(
            "there is nothing to make: no chosen translation is complete and checked as far as you ask",
            remedy=REMEDY,
        )

    def work(step: Step) -> None:
        build_plan(made, desk.output, True, step)

    note = "\n".join(left_out(made.refused))
    job = studio.queue.submit(owner(request), made.count, work, note)
    return go(f"/builds/{job.id}")


def progress(studio: Studio, request: Request) -> Response:
    job = studio.queue.job(owner(request), request.path_params["job"])
    if job is None:
        return studio.pages.page(request, "build-gone.html", 404)
    return studio.pages.page(
        request,
        "progress.html",
        job=job,
        ahead=studio.queue.ahead(job),
        files=_by_language(studio, request, job),
    )


def _by_language(studio: Studio, request: Request, job: Job) -> list[tuple[str, list[Made]]]:
    """The finished files below their language's English name; what is for all languages first."""
    if job.phase != "done":
        return []
    project: Project = studio.workspace.project()
    groups: dict[str, list[Made]] = {}
    for made in finished(studio.desk(request)):
        known = project.languages.get(made.language)
        groups.setdefault(known.english_name if known else made.language, []).append(made)
    return sorted(groups.items(), key=lambda group: (group[0] != "", group[0] != "English", group[0]))


def progress_data(studio: Studio, request: Request) -> Response:
    """The same for the script of the page."""
    job = studio.queue.job(owner(request), request.path_params["job"])
    if job is None:
        return JSONResponse({"ended": True})
    return JSONResponse(
        {
            "phase": job.phase,
            "ended": job.ended,
            "made": job.made,
            "total": job.total,
            "ahead": studio.queue.ahead(job),
        }
    )


def archive(studio: Studio, request: Request) -> Response:
    """Everything in one file."""
    desk = studio.desk(request)
    path = archive_path(desk.output)
    if not path.exists():
        raise ProjectError("there is no archive yet", remedy="Make the guides first.")
    name = re.sub(r"[^a-z0-9]+", "-", school_of(desk).name.lower()).strip("-")
    return FileResponse(path, media_type="application/zip", filename=f"guides-{name or 'for-parents'}.zip")


def one_file(studio: Studio, request: Request) -> Response:
    """One of the files that the last build names; nothing else can be asked for."""
    desk = studio.desk(request)
    wanted = request.path_params["path"]
    made = next((file for file in finished(desk) if file.path == wanted), None)
    if made is None:
        raise HTTPException(404)
    path = desk.output / safe_path(made.path)
    if not path.is_file():
        raise ProjectError("this file is not there any more", remedy="Make the guides again.")
    return FileResponse(path, media_type="application/octet-stream", filename=_file_name(made))


def _file_name(made: Made) -> str:
    """A PDF's own name; the others are called alike in each language, so it is put before."""
    name = made.path.rpartition("/")[2]
    return name if not made.language or name.endswith(".pdf") else f"{made.language}-{name}"


PAGES = (
    Page("/build", show, take),
    Page("/builds/{job}", progress),
    Page("/builds/{job}/data", progress_data),
    Page("/download/guides.zip", archive),
    Page("/download/file/{path:path}", one_file),
)
