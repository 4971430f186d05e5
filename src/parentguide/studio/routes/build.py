"""Make the guides: start a build, and show its progress."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.build.api import BuildRequest, build_plan, plan
from parentguide.errors import IncompleteTranslationError, ProjectError
from parentguide.model.labels import STATE_LABELS
from parentguide.model.review_state import ReviewState
from parentguide.render.left_out import left_out_lines
from parentguide.studio.routes.made import results
from parentguide.studio.routing import Page, Studio, redirect, user_of
from parentguide.studio.security.forms import Form
from parentguide.studio.services.build_queue import JOBS_EACH, Job, Step
from parentguide.studio.services.gap_text import REMEDY, left_out
from parentguide.studio.services.school_store import chosen_school


def post_build(studio: Studio, request: Request, form: Form) -> Response:
    """Put a build into the queue, and lead to the page of its progress."""
    files = studio.user_files(request)
    school = chosen_school(files)
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
    if job.phase == "done":
        return results(studio, request, job.note.splitlines(), job.missing)
    return studio.pages.page(
        request,
        "progress.html",
        job=job,
        ahead=studio.queue.ahead(job),
        begun=_begun(studio, job),
    )


def _begun(studio: Studio, job: Job) -> list[str]:
    """The English names of the languages that are finished or almost."""
    languages = studio.workspace.project().languages
    return [languages[tag].english_name for tag in job.begun if tag in languages]


def get_progress_data(studio: Studio, request: Request) -> Response:
    """The progress as JSON, for the page's script."""
    job = studio.queue.job(user_of(request), request.path_params["job"])
    return JSONResponse(studio.queue.progress(job, _begun(studio, job) if job else ()))


PAGES = (
    Page("/build", post=post_build),
    Page("/builds/{job}", get_progress),
    Page("/builds/{job}/data", get_progress_data),
)
