"""The third step: which pages and sheets to make; the choice is kept in ``school.toml``."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from parentguide.render import FORMAT_NAMES
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.guide_titles import guide_titles
from parentguide.studio.services.school_store import save_form, saved_form
from parentguide.studio.services.sheet_kinds import USUAL, purposes

_WHAT = "Choose pages and sheets"
# The boxes of the handout, and what the form sends for each.
_HANDOUT = {"first_leaf_only": ("leaf", "first"), "a5_handout": ("paper", "a5")}


def get_sheets(studio: Studio, request: Request) -> Response:
    entered = saved_form(studio.user_files(request))
    handout = {name for name in _HANDOUT if entered.get(name)}
    return _page(studio, request, entered.formats or USUAL, handout, {})


def post_sheets(studio: Studio, request: Request, form: Form) -> Response:
    files = studio.user_files(request)
    formats = tuple(name for name in FORMAT_NAMES if name in form.all("format"))
    handout = {name for name, (field, value) in _HANDOUT.items() if form.text(field) == value}
    if not formats:
        return _page(studio, request, (), handout, {"format": "Tick at least one page or sheet."})
    before = saved_form(files)
    values = {**before.values, **{name: "yes" if name in handout else "" for name in _HANDOUT}}
    save_form(files, replace(before, formats=formats, values=values), _WHAT)
    return redirect("/make") if form.text("go-on") else redirect("/sheets", done="sheets")


def _page(
    studio: Studio,
    request: Request,
    chosen: Collection[str],
    handout: Collection[str],
    problems: Mapping[str, str],
) -> Response:
    project = studio.workspace.project()
    tags = saved_form(studio.user_files(request)).languages
    other = next((tag for tag in tags if tag in project.complete_languages and tag != "en"), "pl")
    return studio.pages.page(
        request,
        "sheets.html",
        422 if problems else 200,
        purposes=list(purposes()),
        chosen=chosen,
        handout=handout,
        problems=problems,
        slug=next(iter(guide_titles(project)), ""),
        other=other,
        only_english=tags == ("en",),
    )


PAGES = (Page("/sheets", get_sheets, post_sheets),)
