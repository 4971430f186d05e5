"""“Ask a colleague to check Urdu”: a file to take home, a sheet of paper, or a link behind a login."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.errors import ParentguideError
from parentguide.model.domain import INTERFACE
from parentguide.model.labels import REVIEWER_LABELS
from parentguide.model.print_names import sheet_name
from parentguide.project.pot import readable_domains
from parentguide.project.project import Project
from parentguide.review.approvals import sign_messages
from parentguide.review.judgement import language_rules
from parentguide.review.sheet_file import make_sheet, remember_sheet
from parentguide.review.shown import keep_code, shown_digests
from parentguide.review.sign_off import write_entries
from parentguide.review.status import LanguageReview, language_review
from parentguide.studio.routing import Page, Studio, redirect, user_of
from parentguide.studio.security.forms import Form
from parentguide.studio.security.invitations import DAYS, INVITED_PATH
from parentguide.studio.services.block_words import field_names, shown_words
from parentguide.studio.services.build_queue import Step
from parentguide.studio.services.chosen_language import language_of, review_of
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.paper_sheet import PaperAnswer, paper_answer
from parentguide.studio.services.returned_sheet import BroughtBack, read_sheet, take_sheet
from parentguide.studio.services.reviewer import paper_reviewer
from parentguide.studio.services.school_store import school_of

_TYPED = ("kind", "role", "name", "public", "date", "code")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REVIEW = "review"  # the sheet for a pen


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page says after a form. ``at`` is the way that the form belongs to: file, paper or link."""

    at: str = ""
    trouble: str = ""
    back: BroughtBack | None = None
    paper: PaperAnswer | None = None
    typed: Form | None = None
    link: str = ""


def get_invite(studio: Studio, request: Request) -> Response:
    return _page(studio, request, review_of(studio.workspace.project(), request), _Shown())


def _page(studio: Studio, request: Request, review: LanguageReview, shown: _Shown) -> Response:
    project = studio.workspace.project()
    language = review.language
    titles = guide_titles(project)
    job = studio.queue.job(user_of(request), request.query_params.get("sheet", ""))
    invitations = studio.invitations.of_language(language.tag) if studio.invitations else ()
    return studio.pages.page(
        request,
        "invite.html",
        422 if shown.trouble else 200,
        language=language,
        shown=shown,
        typed={key: shown.typed.line(key) for key in _TYPED} if shown.typed else {},
        guides=[(slug, titles[slug]) for slug in project.ready_slugs if slug in titles],
        count=len(review.messages),
        job=job,
        ahead=studio.queue.ahead(job) if job else 0,
        has_links=studio.invitations is not None,
        invitations=[(one, _day(one.made), _day(one.ends)) for one in invitations],
        days=DAYS,
        kinds=REVIEWER_LABELS,
        today=date.today().isoformat(),
        editable=studio.workspace.changeable,
        words_of=_words_of(project),
    )


def _words_of(project: Project) -> Any:
    """Stored words as pieces to show."""
    names = field_names(project)
    return lambda text: shown_words(text, names)


def _day(seconds: int) -> str:
    when = datetime.fromtimestamp(seconds, UTC).astimezone()
    return f"{when.day} {when:%B %Y}"


def get_workbook(studio: Studio, request: Request) -> Response:
    """The workbook to take home, with the words as they are now."""
    project = studio.workspace.project()
    made = make_sheet(project, language_of(project, request))
    remember_sheet(project, made)
    name = f"review-{made.review.language.tag}.xlsx"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made.workbook, media_type=_XLSX, headers=headers)


def post_workbook(studio: Studio, request: Request, form: Form) -> Response:
    """Take the answers of a workbook that came back, and say what each changed."""
    review = review_of(studio.workspace.project(), request)
    try:
        answers, name = read_sheet(form.files.get("file"))
        with studio.workspace.locked_project() as project:
            back = take_sheet(project, review.language, answers, name, form, request)
    except ParentguideError as error:
        return _page(studio, request, review, _Shown("file", error.sentences, typed=form))
    return _page(studio, request, review, _Shown("file", back=back))


def post_sheet(studio: Studio, request: Request, form: Form) -> Response:
    """Begin to make the sheet for a pen, and lead to the page that shows how far it is."""
    project = studio.workspace.project()
    language = language_of(project, request)
    slug = form.line("guide")
    if slug not in project.ready_slugs:
        raise HTTPException(404)
    school = school_of(studio.user_files(request))

    def work(step: Step) -> None:
        studio.previews.file(school, slug, language.tag, _REVIEW)
        step(f"{slug}/{language.tag}/{_REVIEW}.pdf")

    job = studio.queue.submit(user_of(request), 1, work, slug)
    return redirect(f"/translations/{language.tag}/invite", sheet=job.id)


def get_sheet_progress(studio: Studio, request: Request) -> Response:
    """How far the sheet is, for the page's script."""
    job = studio.queue.job(user_of(request), request.query_params.get("sheet", ""))
    return JSONResponse(studio.queue.progress(job))


def get_sheet(studio: Studio, request: Request) -> Response:
    """The sheet for a pen. What it shows is remembered, so that its code says later which words it had."""
    project = studio.workspace.project()
    language = language_of(project, request)
    slug = request.query_params.get("guide", "")
    if slug not in project.ready_slugs:
        raise HTTPException(404)
    data = studio.previews.file(school_of(studio.user_files(request)), slug, language.tag, _REVIEW)
    shown = language_review(project, language, (slug, INTERFACE)).messages
    keep_code(project.locales, language, shown_digests(shown))
    headers = {"content-disposition": f'inline; filename="{sheet_name(slug, language.tag, _REVIEW)}"'}
    return Response(data, media_type="application/pdf", headers=headers)


def take_paper(studio: Studio, request: Request, form: Form) -> Response:
    """Approve the words that a sheet of paper showed, as somebody checked it with a pen."""
    with studio.workspace.locked_project() as project:
        review = review_of(project, request)
        language = review.language
        nothing = PaperAnswer()
        try:
            signer = paper_reviewer(form, request)
            sheet = paper_answer(project, review, form.text("code"))
        except ParentguideError as error:
            trouble = "Write what they do, such as “teacher”." if not form.line("role") else f"{error}"
            return _page(studio, request, review, _Shown("paper", trouble, paper=nothing, typed=form))
        if not form.text("read"):
            trouble = "Tick the box if they have read every message on the sheet."
            return _page(studio, request, review, _Shown("paper", trouble, paper=nothing, typed=form))
        if sheet.refused or not sheet.to_sign:
            trouble = "Nothing was approved. " + (
                "Correct these first." if sheet.refused else "All that the sheet shows is approved already."
            )
            return _page(studio, request, review, _Shown("paper", trouble, paper=sheet, typed=form))
        rules = language_rules(project, language)
        write_entries(project, language, sign_messages(language, sheet.to_sign, signer, rules))
        review = language_review(Project(project.root), language, readable_domains(project))
    return _page(studio, request, review, _Shown("paper", paper=replace(sheet, done=True)))


def post_link(studio: Studio, request: Request, form: Form) -> Response:
    """Make a link for one colleague. It is shown once, on this page only."""
    review = review_of(studio.workspace.project(), request)
    invitations = studio.invitations
    if invitations is None:
        raise HTTPException(404)
    try:
        token = invitations.invite(review.language.tag, form.line("name"), user_of(request))
    except ParentguideError as error:
        return _page(studio, request, review, _Shown("link", error.sentences, typed=form))
    address = f"{studio.settings.own_address}{INVITED_PATH}#{token}"
    return _page(studio, request, review, _Shown("link", link=address))


def take_back_link(studio: Studio, request: Request, form: Form) -> Response:
    """End an invitation, and the visit of whoever used it."""
    language = language_of(studio.workspace.project(), request)
    if studio.invitations is None:
        raise HTTPException(404)
    studio.invitations.take_back(language.tag, form.line("invitation"))
    return redirect(f"/translations/{language.tag}/invite", done="link-back")


def already_in(studio: Studio, request: Request) -> Response:
    """Somebody with a login opened a link: they need none."""
    return redirect("/translations", done="no-link-needed")


PAGES = (
    Page("/translations/{tag}/invite", get_invite),
    Page("/translations/{tag}/workbook", get_workbook, post_workbook),
    Page("/translations/{tag}/sheet", post=post_sheet),
    Page("/translations/{tag}/sheet.pdf", get_sheet),
    Page("/translations/{tag}/sheet-progress", get_sheet_progress),
    Page("/translations/{tag}/paper", post=take_paper),
    Page("/translations/{tag}/link", post=post_link),
    Page("/translations/{tag}/link-back", post=take_back_link),
    Page(INVITED_PATH, already_in),
)
