"""What the open page of a translation hears of others, while it is visible: who is where, what they saved."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from parentguide.studio.routes.check_blocks import rows_of
from parentguide.studio.routing import Page, Studio, session_id
from parentguide.studio.security.forms import Form
from parentguide.studio.services.chosen_language import review_of
from parentguide.studio.services.reviewer import reviewer_of
from parentguide.studio.services.whole_guide import anchor_of, version_of

_LONGEST = 200  # characters of a name that a page sends


def post_present(studio: Studio, request: Request, form: Form) -> Response:
    """Where this page is, and what it does not know yet. Writes nothing, and does not renew the sitting.

    The form has ``page`` (a random name), ``block`` (the id of a block, or empty), ``stamp`` (of the last
    answer) and ``version`` for each block that the page shows: its id, a space and its version. The answer
    has ``others`` (names by the id of a block), ``stamp``, and ``rows``: the blocks that are others now.
    """
    tag = str(request.path_params["tag"])
    page = f"{session_id(request)} {form.line('page')[:_LONGEST]}"
    stamp, project = studio.workspace.current()
    rows = {}
    if form.line("stamp") != stamp:
        review = review_of(project, request)
        shown = dict(one.split(" ", 1) for one in form.all("version") if " " in one)
        changed = [
            message
            for message in review.messages
            if (anchor := anchor_of(message)) in shown and shown[anchor] != version_of(message)
        ]
        rows = rows_of(studio, request, project, review, changed, form.text("beside"))
    language = project.languages.get(tag)
    reviewer = reviewer_of(request, language) if language is not None else None
    if reviewer is not None:
        who = reviewer.name or f"Somebody else ({reviewer.role})"
        studio.presence.say(page, tag, form.line("block")[:_LONGEST], who)
    return JSONResponse({"others": studio.presence.others(page, tag), "stamp": stamp, "rows": rows})


PAGES = (Page("/translations/{tag}/present", post=post_present),)
