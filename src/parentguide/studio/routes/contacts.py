"""Who to call: the numbers and addresses of all guides, and the day on which each was checked."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from parentguide.errors import ParentguideError
from parentguide.project.contact_acts import mark_verified
from parentguide.project.contacts_file import stale_contacts
from parentguide.studio.routing import Page, Studio, redirect
from parentguide.studio.security.forms import Form
from parentguide.studio.services.guide_work import with_own_copy


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


def _page(studio: Studio, request: Request, trouble: str = "") -> Response:
    project = studio.workspace.project()
    return studio.pages.page(
        request,
        "contacts.html",
        422 if trouble else 200,
        contacts=project.contacts,
        due={contact.name for contact in stale_contacts(project.contacts, date.today())},
        today=date.today(),
        editable=studio.workspace.changeable,
        trouble=trouble,
    )


PAGES = (Page("/contacts", get_contacts), Page("/contacts/{name}", post=post_contact))
