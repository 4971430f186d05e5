"""The history: what was changed, by whom and when; undo, redo, and putting an earlier version back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.infra.history import History
from parentguide.infra.history_acts import Act
from parentguide.project.put_back import earlier_versions, put_back
from parentguide.review.sign_off import Reviewer, checked_reviewer
from parentguide.review.undo import has_records, reverse
from parentguide.studio.routing import Page, Studio, redirect, user_of
from parentguide.studio.security.forms import Form
from parentguide.studio.services.history_view import (
    GUIDES,
    SCHOOL,
    Row,
    address,
    can_reverse,
    chosen,
    days,
    histories,
    shown_files,
    turns,
)
from parentguide.studio.templating import place


def get_history(studio: Studio, request: Request) -> Response:
    which = GUIDES if GUIDES in histories(studio, request) else SCHOOL
    return studio.pages.page(
        request,
        "history.html",
        days=days(studio, request),
        turns=turns(studio, request, which),
    )


def get_act(studio: Studio, request: Request) -> Response:
    """An act, and what undoing it or putting its earlier versions back would change."""
    which, history, act = chosen(studio, request)
    return _page(studio, request, which, history, act)


def post_act(studio: Studio, request: Request, form: Form) -> Response:
    """Undo or redo the act, or put back the earlier version of one file or of all."""
    which, history, act = chosen(studio, request)
    try:
        history.settle()
        act = history.act(act.number)
        with _locked(studio, which):
            if form.text("action") == "reverse":
                reverse(history, act, _reviewer(form, request))
                return redirect("/history", done="redone" if act.reverses else "undone")
            versions = earlier_versions(history, act, form.text("file"))
            put_back(history, versions, f"Put back the version before {act.moment}")
    except ParentguideError as error:
        return _page(studio, request, which, history, act, error)
    return redirect("/history", done="put-back")


@contextmanager
def _locked(studio: Studio, which: str) -> Iterator[None]:
    """Guides are locked against changes by others; a school's file has one person."""
    if which != GUIDES:
        yield
        return
    with studio.workspace.locked_project():
        yield


def _reviewer(form: Form, request: Request) -> Reviewer | None:
    """Who takes records back; None where nobody has said so."""
    role, today = form.line("role"), date.today()
    if not role:
        return None
    return checked_reviewer(
        "checked", role, "", public=False, on=today, today=today, account=user_of(request)
    )


def _trouble(error: ParentguideError) -> str:
    """An error in the words of this page: its remedies are not commands."""
    if "--role" in error.remedy:
        return "Write what you do, such as “teacher”."
    where = f"{place(error)}: " if error.path else ""
    if "put-back" in error.remedy:
        return f"{where}{error.problem}. You can put single files back below."
    return f"{where}{error.sentences}"


def _page(
    studio: Studio,
    request: Request,
    which: str,
    history: History,
    act: Act,
    error: ParentguideError | None = None,
) -> Response:
    trouble = ""
    if error is not None:
        trouble = _trouble(error)
    return studio.pages.page(
        request,
        "act.html",
        422 if error else 200,
        act=act,
        row=Row(address(which, act), act, undone=False),
        address=address(which, act),
        files=shown_files(history, act),
        can_reverse=can_reverse(history, act),
        has_records=has_records(act),
        trouble=trouble,
    )


PAGES = (
    Page("/history", get_history),
    Page("/history/{which}/{number:int}", get_act, post_act),
)
