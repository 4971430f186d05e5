"""Build: start a build, show its progress, and download the finished files."""

import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from parentguide.build.api import BuildRequest, archive_path, build_plan, plan
from parentguide.build.previous import MANIFEST
from parentguide.errors import IncompleteTranslationError, ProjectError
from parentguide.infra.atomic import safe_path
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.model.labels import STATE_LABELS
from parentguide.model.review_state import ReviewState
from parentguide.project.project import Project
from parentguide.render.left_out import left_out_lines
from parentguide.studio.routes.school import school_of
from parentguide.studio.routes.selection import FORMAT_LABELS
from parentguide.studio.routing import Page, Studio, redirect, user_of
from parentguide.studio.security.forms import Form
from parentguide.studio.services.build_queue import JOBS_EACH, Job, Step
from parentguide.studio.services.gap_text import REMEDY, left_out
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.workspace import UserFiles


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One finished file, as the manifest names it. ``size`` is in bytes; ``language`` is a tag, or empty
    for a file for all languages."""

    path: str
    format: str
    language: str
    size: int

    @property
    def label(self) -> str:
        return FORMAT_LABELS.get(self.format, self.format) if self.language else self.path

    @property
    def download_name(self) -> str:
        """The name to save it under. Only PDF files have names of their own in each language."""
        name = self.path.rpartition("/")[2]
        return name if not self.language or name.endswith(".pdf") else f"{self.language}-{name}"


def _built_files(files: UserFiles) -> list[BuiltFile]:
    """The files of the last build; none before the first."""
    path = files.output / MANIFEST
    if not path.exists():
        return []
    try:
        rows = parse_json(read_text(path))["artifacts"]
        return [BuiltFile(row["path"], row["edition"], row["language"], int(row["bytes"])) for row in rows]
    except (ValueError, KeyError, TypeError):
        raise ProjectError(
            "the list of finished files cannot be read", path=path, remedy="Make the guides again."
        ) from None


def get_build(studio: Studio, request: Request) -> Response:
    files = studio.user_files(request)
    school = school_of(files)
    project = studio.workspace.project()
    chosen = [project.languages[tag] for tag in project.tags_of(school.languages)]
    titles = guide_titles(project)
    formats = [label for name, label in FORMAT_LABELS.items() if not school.formats or name in school.formats]
    return studio.pages.page(
        request,
        "build.html",
        school=school,
        chosen=chosen or list(project.complete_languages.values()),
        ready=[titles[slug] for slug in project.ready_slugs],
        unready=[titles[slug] for slug in project.unready_slugs],
        names=formats,
        levels={state: label for state, label in STATE_LABELS.items() if state is not ReviewState.DRAFT},
        earlier=bool(_built_files(files)),
    )


def post_build(studio: Studio, request: Request, form: Form) -> Response:
    """Put a build into the queue, and lead to the page of its progress."""
    files = studio.user_files(request)
    school = school_of(files)
    level = form.text("require")
    build_request = BuildRequest(
        languages=school.languages,
        formats=school.formats,
        school=school,
        mono=bool(form.text("mono")),
        require=ReviewState(level) if level in STATE_LABELS else ReviewState.DRAFT,
        jobs=JOBS_EACH,
    )
    project = studio.workspace.project()
    if not project.ready_slugs:
        raise ProjectError(
            "no guide is ready", remedy="Finish one at “Write a guide”, and mark it there as ready."
        )
    planned = plan(project, build_request)
    if not planned.editions:
        raise IncompleteTranslationError(
            "there is nothing to make: no chosen translation is complete and checked as far as you ask",
            remedy=REMEDY,
        )

    def work(step: Step) -> list[str]:
        return left_out_lines(build_plan(planned, files.output, True, step).left_out)

    note = "\n".join(left_out(planned.refused))
    job = studio.queue.submit(user_of(request), planned.count, work, note)
    return redirect(f"/builds/{job.id}")


def get_progress(studio: Studio, request: Request) -> Response:
    job = studio.queue.job(user_of(request), request.path_params["job"])
    if job is None:
        return studio.pages.page(request, "build-gone.html", 404)
    return studio.pages.page(
        request,
        "progress.html",
        job=job,
        ahead=studio.queue.ahead(job),
        files=_files_by_language(studio, request, job),
    )


def _files_by_language(studio: Studio, request: Request, job: Job) -> list[tuple[str, list[BuiltFile]]]:
    """The finished files by the English name of their language: files for all languages first, then
    English."""
    if job.phase != "done":
        return []
    project: Project = studio.workspace.project()
    groups: dict[str, list[BuiltFile]] = {}
    for file in _built_files(studio.user_files(request)):
        known = project.languages.get(file.language)
        groups.setdefault(known.english_name if known else file.language, []).append(file)
    return sorted(groups.items(), key=lambda group: (group[0] != "", group[0] != "English", group[0]))


def get_progress_data(studio: Studio, request: Request) -> Response:
    """The progress as JSON, for the page's script."""
    job = studio.queue.job(user_of(request), request.path_params["job"])
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


def get_archive(studio: Studio, request: Request) -> Response:
    """All files of the last build as one ZIP file."""
    files = studio.user_files(request)
    path = archive_path(files.output)
    if not path.exists():
        raise ProjectError("there is no archive yet", remedy="Make the guides first.")
    name = re.sub(r"[^a-z0-9]+", "-", school_of(files).name.lower()).strip("-")
    return FileResponse(path, media_type="application/zip", filename=f"guides-{name or 'for-parents'}.zip")


def get_file(studio: Studio, request: Request) -> Response:
    """One file of the last build. Only paths that its manifest names are looked up."""
    files = studio.user_files(request)
    wanted = request.path_params["path"]
    file = next((one for one in _built_files(files) if one.path == wanted), None)
    if file is None:
        raise HTTPException(404)
    path = files.output / safe_path(file.path)
    if not path.is_file():
        raise ProjectError("this file no longer exists", remedy="Make the guides again.")
    return FileResponse(path, media_type="application/octet-stream", filename=file.download_name)


PAGES = (
    Page("/build", get_build, post_build),
    Page("/builds/{job}", get_progress),
    Page("/builds/{job}/data", get_progress_data),
    Page("/download/guides.zip", get_archive),
    Page("/download/file/{path:path}", get_file),
)
