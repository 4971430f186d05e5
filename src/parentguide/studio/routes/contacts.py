"""Who to call: the numbers and addresses of all guides, and the day on which each was checked."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.project.contact_acts import add_contact, mark_verified
from parentguide.project.contacts_file import stale_contacts
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.guide_work import with_own_copy
from parentguide.studio.services.newsletter_work import known_work

_TYPED = ("who", "shown", "source")
_LONGEST = 300  # characters


def get_contacts(studio: Studio, request: Request) -> Response:
    return _page(studio, request)


def post_contact(studio: Studio, request: Request, form: Form) -> Response:
    """Somebody has checked a number or an address today."""
    name = str(request.path_params["name"])
    copied = with_own_copy(studio)
    try:
        with studio.workspace.locked_project() as project:
            mark_verified(project, name, date.today())
    except ParentguideError as error:
        return _page(studio, request, error.sentences)
    return redirect("/contacts", done="copied" if copied else "verified")


def post_new(studio: Studio, request: Request, form: Form) -> Response:
    """Add a number or an address; somebody has checked it today."""
    typed = {name: form.line(name)[:_LONGEST] for name in _TYPED}
    copied = with_own_copy(studio)
    try:
        with studio.workspace.locked_project() as project:
            add_contact(project, typed["who"], typed["shown"], typed["source"], date.today())
    except ParentguideError as error:
        problems = {str(one.loc[0]): one.sentence for one in error.problems if one.loc}
        return _page(studio, request, "" if problems else error.sentences, typed, problems)
    return redirect("/contacts", done="copied" if copied else "contact")


def _page(
    studio: Studio,
    request: Request,
    trouble: str = "",
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> Response:
    project = studio.workspace.project()
    return studio.pages.page(
        request,
        "contacts.html",
        422 if trouble or problems else 200,
        contacts=project.contacts,
        due={contact.name for contact in stale_contacts(project.contacts, date.today())},
        today=date.today(),
        editable=studio.workspace.changeable,
        trouble=trouble,
        typed=typed or {name: request.query_params.get(name, "")[:_LONGEST] for name in _TYPED},
        problems=problems or {},
        begun=known_work(studio.user_files(request))[1],
    )


PAGES = (Page("/contacts", get_contacts, post_new), Page("/contacts/{name}", post=post_contact))
