"""A Studio for the tests, in this process or on a real socket, and the people who visit it."""

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from starlette.testclient import TestClient

from parentguide.project.pot import domains
from parentguide.project.project import Project, default_root
from parentguide.review.status import LanguageReview, language_review
from parentguide.studio.app import create_app
from parentguide.studio.security.opening import OpeningToken
from parentguide.studio.security.sessions import new_session
from parentguide.studio.server import listening, make_server
from parentguide.studio.settings import USUAL_PORT, Settings
from tests.output.axe import violations
from tests.profile import quick

KEY = b"k" * 32
PUBLIC = "https://guides.example.org"
# How long a page may wait for a build, in milliseconds: a busy machine is not an error.
LONGEST = 300_000
_PEER = ("127.0.0.1", 50_000)
# The languages that most tests of Studio need: one of each direction and two to choose from.
LANGUAGES = ("en", "ur", "pl", "so")
# Where pages are checked: narrow and wide, dark and light; in CI each with each.
EVERY_LOOK = [(width, scheme) for width in (320, 1280) for scheme in ("dark", "light")]
LOOKS = [(320, "dark"), (1280, "light")] if quick() else EVERY_LOOK


def _when_ready(act: Callable[..., Any]) -> Callable[..., Any]:
    """An act of Playwright that waits for the scripts of the page.

    Playwright acts as soon as an element is there, which may be before the page's scripts have run.
    """

    @wraps(act)
    def acting(self: Locator, *given: Any, **more: Any) -> Any:
        self.first.wait_for(state="attached")
        self.page.wait_for_load_state("domcontentloaded")
        return act(self, *given, **more)

    return acting


for _name in ("click", "check", "uncheck", "fill", "focus", "press", "select_option", "set_input_files"):
    setattr(Locator, _name, _when_ready(getattr(Locator, _name)))


@dataclass
class Visitor:
    """Somebody with a cookie jar of their own; ``headers`` go with every request."""

    settings: Settings
    client: httpx2.Client
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.settings.public_address or f"http://127.0.0.1:{self.settings.port}"

    def open(self) -> "Visitor":
        """With the cookie of somebody who has opened Studio."""
        self.client.cookies.set(self.settings.cookie_name, new_session("", time.time()).cookie(KEY))
        return self

    def get(self, path: str, **more: Any) -> httpx2.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.get(path, headers=headers, **{"follow_redirects": True, **more})

    def token(self) -> str:
        """What each form of this visit carries."""
        return found(r'name="form-token" value="([^"]+)"', self.get("/school").text)

    def post(self, path: str, data: Any = None, *, token: str | None = None, **more: Any) -> httpx2.Response:
        headers = {"Origin": self.origin, **self.headers, **more.pop("headers", {})}
        fields = {"form-token": self.token() if token is None else token, **(data or {})}
        return self.client.post(path, data=fields, headers=headers, follow_redirects=False, **more)


@dataclass(frozen=True)
class Running:
    """A Studio that runs. ``new_client`` makes a client with an empty cookie jar."""

    settings: Settings
    new_client: Callable[[], httpx2.Client]

    @property
    def workspace(self) -> Path:
        return self.settings.workspace

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def visitor(self, **headers: str) -> Visitor:
        """Somebody who has not opened Studio yet."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Visitor(self.settings, self.new_client(), named)


def settings_for(folder: Path, **more: Any) -> Settings:
    return Settings(folder, 0, KEY, **more)


def behind_proxy(folder: Path, **more: Any) -> Settings:
    return settings_for(folder, public_address=PUBLIC, login_header="X-Remote-User", **more)


@contextmanager
def in_process(settings: Settings) -> Iterator[Running]:
    """The Studio of ``settings`` without a socket. An unexpected exception reaches the test."""
    settings = replace(settings, port=settings.port or USUAL_PORT)
    app = create_app(settings)
    base = settings.public_address or f"http://127.0.0.1:{settings.port}"
    with ExitStack() as stack:
        first = stack.enter_context(TestClient(app, base, client=_PEER))

        def new_client() -> httpx2.Client:
            client = TestClient(app, base, client=_PEER)
            stack.callback(client.close)
            client.portal = first.portal  # all clients share one event loop
            return client

        yield Running(settings, new_client)


@contextmanager
def serving(settings: Settings, opening: OpeningToken | None = None) -> Iterator[Running]:
    """The Studio of ``settings`` on a free port, for browsers and for what only a socket can send."""
    door = listening(settings.host, settings.port)
    settings = replace(settings, port=door.getsockname()[1])
    server = make_server(settings, opening)
    thread = Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    wait_until(lambda: server.started or not thread.is_alive())
    assert thread.is_alive()
    try:
        with clients_of(settings.port) as new_client:
            yield Running(settings, new_client)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def clients_of(port: int) -> Iterator[Callable[[], httpx2.Client]]:
    """Makes clients of the Studio on a port, and closes them in the end."""
    with ExitStack() as stack:

        def new_client() -> httpx2.Client:
            # Neither certificates nor a proxy: to load them takes longer than most requests.
            client = httpx2.Client(
                base_url=f"http://127.0.0.1:{port}",
                timeout=120,
                trust_env=False,
                verify=False,
            )
            return stack.enter_context(client)

        yield new_client


def wait_until(condition: Callable[[], bool], seconds: float = 300) -> None:
    """Wait until something has happened; ``seconds`` only ends a test that would hang."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


def found(pattern: str, text: str) -> str:
    """The first group of a pattern that the text must have."""
    match = re.search(pattern, text)
    assert match is not None, f"no {pattern}"
    return match[1]


def version(page: str) -> str:
    """Which saved state a form was made from, as the page's form says it."""
    return found(r'name="version" value="(\w+)"', page)


def finished(visitor: Visitor, address: str) -> str:
    """The page of a build that has ended."""
    wait_until(lambda: bool(visitor.get(f"{address}/data").json()["ended"]))
    return visitor.get(address).text


def copy_words(work: Path, tags: tuple[str, ...] = LANGUAGES) -> Path:
    """The program's words in a workspace of their own, with some languages only."""
    whole = Project()
    folders = {whole.language(tag).locale for tag in tags}
    unwanted = {path.name for path in whole.locales.iterdir() if path.is_dir()} - folders
    shutil.copytree(whole.locales, work / "locales", ignore=lambda _, names: unwanted & {*names})
    table = work / "locales" / "languages.toml"
    head, *sections = re.split(r"^(?=\[)", table.read_text("utf-8"), flags=re.MULTILINE)
    wanted = [section for section in sections if section[1:].partition("]")[0] in tags]
    table.write_text("".join([head, *wanted]), "utf-8")
    return work


def review_of(work: Path, tag: str) -> LanguageReview:
    """What was said of each message of a language, in all domains."""
    project = Project(work)
    return language_review(project, project.language(tag), domains(project))


def shipped(relative: str) -> Path:
    """A file of the words that come with the program."""
    return default_root() / "locales" / relative


def opened(browser: Browser, studio: Running, width: int = 1280, **more: Any) -> Page:
    """A browser's page that has opened Studio."""
    page = browser.new_page(viewport={"width": width, "height": 800}, **more)
    cookie = new_session("", time.time()).cookie(KEY)
    page.context.add_cookies(
        [{"name": studio.settings.cookie_name, "value": cookie, "url": studio.address, "sameSite": "Strict"}]
    )
    page.goto(studio.address)
    return page


def is_accessible(page: Page) -> None:
    """In each look: no violation of any rule, and nothing that has to be scrolled to the side."""
    page.wait_for_load_state("load")
    before: ViewportSize | None = page.viewport_size
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert violations(page) == [], (page.url, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width, scheme)
    if before is not None:
        page.set_viewport_size(before)
    page.emulate_media(color_scheme="dark" if dark else "light")
