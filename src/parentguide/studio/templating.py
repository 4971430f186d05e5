"""Studio's pages, rendered with Jinja2. Text is always escaped; pages have no inline scripts or styles."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from parentguide.errors import ParentguideError
from parentguide.model.labels import STATUS_LABELS
from parentguide.project.project import default_root
from parentguide.render.tokens import read_tokens
from parentguide.render.web.drawings import Drawings
from parentguide.studio.security.forms import Form
from parentguide.studio.security.invitations import is_invited
from parentguide.studio.security.refusals import Refusal, own_path
from parentguide.studio.security.sessions import Session
from parentguide.studio.settings import Settings

# The steps of “Make guides for our families”: address and name.
STEPS = (
    ("/school", "School"),
    ("/languages", "Languages"),
    ("/sheets", "Sheets"),
    ("/make", "Look and make"),
)
# What a page says after a change. The address has only the key.
DONE: Mapping[str, str] = {
    "school": "Your school's details are saved.",
    "languages": "Your languages are saved.",
    "sheets": "Your choice of pages and sheets is saved.",
    "copied": "Studio has copied the guides and translations into your folder, and saves your changes there.",
    "reviewer": "Thank you. You can check the translation now.",
    "signed": "Saved as correct. Here is the next block.",
    "right": "Saved as correct.",
    "corrected": "Your words are saved as correct. Here is the next block.",
    "withdrawn": "It is taken back. “History” keeps both, with the day.",
    "forgotten": "Studio has forgotten who checked.",
    "noted": "Your answer is saved. Here is the next block.",
    "kept": "Nothing was changed. The translation is as it was.",
    "link-back": "The link is taken back. It opens nothing any more.",
    "no-link-needed": "You are signed in, so you need no link. Choose the language here.",
    "guide": "The guide is saved.",
    "guide-copied": "The guide is saved. This was your first change, so Studio has copied all guides and"
    " translations into your folder; from now on you change your copy.",
    "ready": "The guide is ready: “Make guides” makes it.",
    "unready": "The guide is being written: “Make guides” leaves it out.",
    "who-to-call": "“Who to call” is in the guide, below its title.",
    "guide-doubled": "This is the copy. Give it a name of its own.",
    "guide-removed": "The guide is removed. You can put it back below.",
    "guide-returned": "The guide is back, as it was.",
    "official": "The source of the official words is saved.",
    "discarded": "The letter or newsletter is discarded.",
    "undone": "The change is undone. You can redo it.",
    "redone": "The change is made again.",
    "put-back": "The earlier version is put back. You can undo that.",
    "verified": "The day is saved. You can undo it, at “History”.",
    "contact": "The contact is added: new guides use it. You can undo that, at “History”.",
    "font": "The font is added: “Make guides” uses it.",
    "font-removed": "The font is removed. You can undo that, at “History”.",
    "new": "The guide is created. Now put each sentence in plain words.",
}


def _done(request: Request) -> str:
    """What the address says that was done; and that the words were copied at the first change."""
    query = request.query_params
    copied = DONE["copied"] if query.get("copied") == "yes" else ""
    return f"{DONE.get(query.get('done', ''), '')} {copied}".strip()


class Templates:
    """The templates in ``templates/studio`` of the program."""

    def __init__(self, settings: Settings) -> None:
        self.folder = default_root() / "templates" / "studio"
        self._settings = settings
        self._environment = Environment(
            loader=FileSystemLoader(self.folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        drawings = Drawings(default_root() / "templates")
        self._environment.globals |= {
            "states": STATUS_LABELS,
            "watch": settings.watch,
            "steps": STEPS,
            "drawing": drawings.picture,
            "icon": drawings.icon,
            "day": shown_time,
            "closable": not settings.behind_proxy,
        }

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The template ``name`` with ``values``, for the person who sent the request."""
        session: Session = request.state.session
        text = self._environment.get_template(name).render(
            csrf=session.form_token(self._settings.key),
            user=session.user,
            invited=is_invited(request),
            path=request.url.path,
            done=_done(request),
            **values,
        )
        return HTMLResponse(text, status)

    def part(self, request: Request, name: str, **values: Any) -> str:
        """A part of a page, for a script that puts it there."""
        session: Session = request.state.session
        return self._environment.get_template(name).render(
            csrf=session.form_token(self._settings.key), **values
        )

    def refusal(self, refusal: Refusal, target: str = "") -> HTMLResponse:
        """The page for a request without a session that is refused. It shows nothing of the workspace.

        ``target`` is where its button leads, unless the refusal says it.
        """
        target = target or refusal.target or "/"
        return self._without_session("refusal.html", refusal, target=target, button=refusal.button, fields=[])

    def refused_form(self, request: Request, refusal: Refusal, form: Form | None = None) -> HTMLResponse:
        """The page for a request that is refused, with what was typed, to send again."""
        values = {**self._way_back(request, refusal), **_typed(request, form)}
        if getattr(request.state, "session", None) is None:
            return self._without_session("refusal.html", refusal, **values)
        return self.page(request, "refusal.html", refusal.status, refusal=refusal, **values)

    def opening(self) -> HTMLResponse:
        """The page that asks for the code that Studio's window shows."""
        return self._without_session("open.html")

    def opened(self) -> HTMLResponse:
        """The page after the opening token, which leads on by itself."""
        return self._without_session("opened.html")

    def invited(self) -> HTMLResponse:
        """The page that takes the code of an invitation."""
        return self._without_session("invited.html")

    def closed(self) -> HTMLResponse:
        """The page after “Close Studio”. It brings its style along, which Studio cannot send any more."""
        style = read_tokens(self.folder.parent).css() + (self.folder / "studio.css").read_text("utf-8")
        text = self._environment.get_template("closed.html").render(style=style)
        digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"
        return HTMLResponse(text, headers={"content-security-policy": policy})

    def error(self, request: Request, error: ParentguideError, status: int = 422) -> HTMLResponse:
        """The page for one of our errors: what is wrong, where, and what to do, with what was typed."""
        return self.page(
            request,
            "error.html",
            status,
            problem=error.problem,
            place=place(error),
            remedy=error.remedy,
            **self._way_back(request),
            **_typed(request, getattr(request.state, "form", None)),
        )

    def _without_session(self, name: str, refusal: Refusal | None = None, **values: Any) -> HTMLResponse:
        """A page for somebody whom Studio does not know: the menu is left out."""
        values = {
            "csrf": "",
            "user": "",
            "invited": False,
            "path": "",
            "done": "",
            "refusal": refusal,
            **values,
        }
        text = self._environment.get_template(name).render(**values)
        return HTMLResponse(text, refusal.status if refusal is not None else 200)

    def _way_back(self, request: Request, refusal: Refusal | None = None) -> dict[str, str]:
        """Where the button of a page leads that says why something did not work."""
        if refusal is not None and refusal.target:
            return {"target": refusal.target, "button": refusal.button}
        before = urlsplit(request.headers.get("referer", ""))
        is_own = f"{before.scheme}://{before.netloc}" in self._settings.origins
        # The same address again would answer the same.
        if not is_own or (request.method != "POST" and before.path == request.url.path):
            return {"target": "/", "button": "Go to the start of Studio"}
        target = own_path(before.path, before.query)
        return {"target": target, "button": refusal.button if refusal is not None else "Go back"}


def _typed(request: Request, form: Form | None) -> dict[str, object]:
    """What was typed in a form that is refused, and where it can be sent again."""
    action = own_path(request.url.path)
    return {"fields": form.typed if form else [], "has_file": bool(form and form.files), "action": action}


def place(error: ParentguideError) -> str:
    """The file and line of an error. Pages do not show folders, so the file is named without its folder."""
    if error.path is None:
        return ""
    name = Path(error.path).name
    return f"{name}, line {error.line}" if error.line else name


def shown_time(when: datetime) -> str:
    """A moment as people say it, such as “today at 10:42” or “27 November 2026 at 10:42”."""
    now, when = datetime.now().astimezone(), when.astimezone()
    day = "today" if when.date() == now.date() else f"{when.day} {when:%B %Y}"
    return f"{day} at {when:%H:%M}"
