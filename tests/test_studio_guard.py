"""Who may ask Studio for anything: host, origin, token, form token, size, and paths."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner

from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.studio.security.sessions import LONGEST, new_session, read_session
from parentguide.studio.settings import Settings, checked_public_address, signing_key
from tests.studio import KEY, TOKEN, Visitor, running, settings_for

PAGES = ("/", "/school", "/guides", "/preview", "/build", "/translations", "/translations/ur/cse/title")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with running(settings_for(tmp_path_factory.mktemp("studio"))) as settings:
        yield settings


@pytest.fixture
def visitor(studio: Settings) -> Visitor:
    return Visitor(studio).open()


def raw(studio: Settings, request: str) -> str:
    """The first line of the answer to a request as it stands, which no client library would send."""
    with socket.create_connection(("127.0.0.1", studio.port), timeout=120) as line:
        line.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        return line.recv(4096).decode("latin-1").splitlines()[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_needs_the_token_and_has_the_strict_headers(
    studio: Settings, visitor: Visitor, path: str
) -> None:
    for jar in ({}, {f"parentguide-studio-{studio.port}": "1.x.y"}):
        refused = requests.get(visitor.base + path, cookies=jar, timeout=120)
        assert refused.status_code == 403
        assert "Start Studio again" in refused.text
        assert "form-token" not in refused.text
    page = visitor.get(path)
    assert page.status_code == 200
    for answer in (page, refused):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers
        assert "server" not in answer.headers
        assert not re.search(r"<script>|<style|\son\w+=|\sstyle=", answer.text)


def test_the_token_becomes_a_cookie_that_no_other_site_can_use(studio: Settings) -> None:
    answer = requests.get(
        f"http://127.0.0.1:{studio.port}/open?token={TOKEN}", allow_redirects=False, timeout=120
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    for wrong in ("", "?token=", "?token=x", f"?token={TOKEN}x"):
        assert requests.get(f"http://127.0.0.1:{studio.port}/open{wrong}", timeout=120).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""]
)
def test_another_host_is_refused(visitor: Visitor, host: str) -> None:
    """A page whose name was made to point here (DNS rebinding) gets nothing."""
    answer = visitor.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Guides for parents" not in answer.text


def test_two_hosts_or_none_are_refused(studio: Settings) -> None:
    good = f"Host: 127.0.0.1:{studio.port}\n"
    for hosts in ("", good + "Host: evil.example\n", "Host: evil.example\n" + good):
        assert " 400 " in raw(studio, f"GET / HTTP/1.1\n{hosts}\n")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1", "http://localhost", None]
)
def test_a_form_of_another_page_changes_nothing(
    studio: Settings, visitor: Visitor, origin: str | None
) -> None:
    fields = {"form-token": visitor.token(), "name": "Evil", "version": "none"}
    headers = {"Origin": origin} if origin is not None else {}
    answer = visitor.jar.post(
        f"{visitor.base}/school", data=fields, headers=headers, timeout=120, allow_redirects=False
    )
    assert answer.status_code == 403
    assert not (studio.workspace / "school.toml").exists()


def test_a_form_needs_its_token(studio: Settings, visitor: Visitor) -> None:
    other = Visitor(studio).open()
    for token in ("", "x", other.token()):
        for path in ("/school", "/guides", "/build", "/translations/copy"):
            assert visitor.post(path, {"name": "Evil", "version": "none"}, token=token).status_code == 403
    assert not (studio.workspace / "school.toml").exists()
    assert not (studio.workspace / "locales").exists()


def test_a_body_that_is_no_form_is_refused(visitor: Visitor) -> None:
    for kind in ("application/json", "text/plain", ""):
        answer = visitor.jar.post(
            f"{visitor.base}/school",
            data=b'{"name": "Evil"}',
            headers={"Origin": visitor.origin, "Content-Type": kind},
            timeout=120,
        )
        assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    answer = visitor.jar.request(method, f"{visitor.base}/school", timeout=120)
    assert answer.status_code in (403, 405)


def test_too_much_is_refused_with_its_limit(studio: Settings, visitor: Visitor) -> None:
    token = visitor.token()
    said = visitor.post("/guides", {"language": "x" * 600_000}, token=token)
    assert said.status_code == 413
    assert "0.5 MB at the most" in said.text

    def pieces() -> Iterator[bytes]:
        yield b"form-token=" + token.encode() + b"&language="
        for _ in range(80):
            yield b"&x=" + b"x" * 10_000

    unsaid = visitor.jar.post(
        f"{visitor.base}/guides",
        data=pieces(),
        headers={"Origin": visitor.origin, "Content-Type": "application/x-www-form-urlencoded"},
        timeout=120,
    )
    assert unsaid.status_code == 413
    many = visitor.post("/school", {f"field-{n}": "x" for n in range(2000)}, token=token)
    assert many.status_code == 400
    logo = visitor.post(
        "/school", {"version": "none"}, token=token, files={"logo": ("a.png", b"x" * 1_100_000)}
    )
    assert logo.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/../../../pyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fpyproject.toml",
        "/static/base.html",
        "/download/file/../school.toml",
        "/download/file/..%2fschool.toml",
        "/download/file/%2fetc%2fpasswd",
        "/download/file/C:%5Cwindows%5Cwin.ini",
        "/download/file/cse/ur/..%00",
        "/translations/..%2f..%2fen/cse/title",
        "/translations/ur/..%2fur/title",
        "/translations/en/cse/title",
        "/preview/..%2f..%2fx/ur/page",
        "/preview/cse/%0d%0aSet-Cookie:x=1/handout.pdf",
        "/preview/cse%0d%0aX:1/ur/handout.pdf",
        "/preview/cse/ur/..%2fx.pdf",
        "/preview/cse/ur/check.pdf",
    ],
)
def test_no_path_from_the_browser_reaches_the_files(studio: Settings, visitor: Visitor, path: str) -> None:
    (studio.workspace / "secret.txt").write_text("root:")
    cookie = "; ".join(f"{c.name}={c.value}" for c in visitor.jar.cookies)
    host = f"127.0.0.1:{studio.port}"
    assert " 404 " in raw(studio, f"GET {path} HTTP/1.1\nHost: {host}\nCookie: {cookie}\n\n")


def test_a_preview_is_in_a_frame_of_ours_and_can_do_nothing(visitor: Visitor) -> None:
    policy = visitor.get("/preview/cse/ur/page").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'; sandbox")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_session_ends_and_cannot_be_made_up() -> None:
    session = new_session("", 1000.0)
    cookie = session.cookie(KEY)
    assert read_session(cookie, "", KEY, 1000.0 + LONGEST) == session
    assert read_session(cookie, "", KEY, 1001.0 + LONGEST) is None
    assert read_session(cookie, "", KEY, 999.0) is None
    assert read_session(cookie, "someone", KEY, 1000.0) is None
    assert read_session(cookie, "", b"other" * 8, 1000.0) is None
    assert read_session(cookie[:-1], "", KEY, 1000.0) is None
    assert read_session(f"9{cookie}", "", KEY, 1000.0) is None
    for broken in ("", ".", "..", "x.y.z", "１.2.3", "1" * 5000):
        assert read_session(broken, "", KEY, 1000.0) is None
    assert new_session("a", 1.0).form_token(KEY) != new_session("a", 1.0).form_token(KEY)


def test_the_signing_key_is_the_owner_s_alone_and_lasts(tmp_path: Path) -> None:
    path = tmp_path / "state" / "studio.key"
    key = signing_key(path)
    assert len(key) == 32
    assert signing_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"short")
    assert signing_key(path) not in (b"short", key)


def proxied(folder: Path, **more: Any) -> Settings:
    return settings_for(
        folder, public_address="https://guides.example.org", login_header="X-Remote-User", **more
    )


def test_behind_a_proxy_each_person_has_a_login_and_a_desk(tmp_path: Path) -> None:
    with running(proxied(tmp_path)) as settings:
        host = {"Host": "guides.example.org"}
        assert Visitor(settings, host).get("/").status_code == 401
        assert Visitor(settings, {**host, "X-Remote-User": ""}).get("/").status_code == 401
        assert Visitor(settings, {"X-Remote-User": "a@b"}).get("/").status_code == 400
        names = ("ann@school.example", "../../bob", "ann@school-example")
        people = [Visitor(settings, {**host, "X-Remote-User": name}) for name in names]
        for person, name in zip(people, names, strict=True):
            page = person.get("/")
            assert page.status_code == 200
            assert "; Secure" in page.headers["set-cookie"]
            assert "__Host-" in page.headers["set-cookie"]
            # The jar would not send a Secure cookie over plain HTTP; the proxy's line is HTTPS.
            cookie = page.headers["set-cookie"].partition(";")[0]
            person.headers["Cookie"] = cookie
            assert person.post("/school", {"name": name, "version": "none"}).status_code == 303
        folders = sorted(path.name for path in (tmp_path / "people").iterdir())
        assert len(folders) == 3
        assert all(re.fullmatch(r"[a-z0-9-]+", folder) for folder in folders)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["people"]
        people[1].headers["Cookie"] = people[0].headers["Cookie"]
        answer = people[1].post("/school", {"name": "Evil"}, token=people[0].token())
        assert answer.status_code == 403, "somebody else's cookie"
        twice = f"X-Remote-User: {names[0]}\nX-Remote-User: {names[1]}\n"
        assert " 401 " in raw(settings, f"GET / HTTP/1.1\nHost: guides.example.org\n{twice}\n")


def test_one_person_cannot_take_all_the_room(tmp_path: Path) -> None:
    host = {"Host": "guides.example.org"}
    with running(proxied(tmp_path, watch=True)) as settings:
        greedy = Visitor(settings, {**host, "X-Remote-User": "greedy"})
        stamp = greedy.get("/changed").json()["stamp"]
        with ThreadPoolExecutor(40) as pool:
            waiting = [pool.submit(greedy.get, f"/changed?since={stamp}") for _ in range(40)]
            other = Visitor(settings, {**host, "X-Remote-User": "other"}).get("/")
            answers = [one.result().status_code for one in waiting]
        assert other.status_code == 200
        assert set(answers) == {200, 429}
        assert greedy.get("/").status_code == 200


def test_only_the_proxy_may_say_who_is_there(tmp_path: Path) -> None:
    with running(proxied(tmp_path, proxies=("192.0.2.1",))) as settings:
        visitor = Visitor(settings, {"Host": "guides.example.org", "X-Remote-User": "ann"})
        assert visitor.get("/").status_code == 403


@pytest.mark.parametrize(
    "written", ["http://guides.example.org", "guides.example.org", "https://", "https://x.org/studio", ""]
)
def test_the_public_address_is_https_without_a_path(written: str) -> None:
    with pytest.raises(ProjectError, match="is no address"):
        checked_public_address(written)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "192.0.2.7"], "has no login of its own"),
        (["--behind-proxy", "http://x.example"], "is no address for Studio"),
        (["--workspace", "{file}"], "cannot be used"),
        (["--port", "{taken}"], "cannot listen"),
        (["--project", "{empty}"], "no folder “locales”"),
    ],
)
def test_a_studio_that_cannot_start_says_why(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        names = {
            "{file}": str(tmp_path / "file"),
            "{empty}": str(tmp_path / "empty"),
            "{taken}": str(taken.getsockname()[1]),
        }
        given = [names.get(argument, argument) for argument in arguments]
        if "--workspace" not in given:
            given += ["--workspace", str(tmp_path / "work")]
        result = CliRunner().invoke(main, ["studio", "--no-browser", *given])
    assert result.exit_code > 0
    assert said in result.output
    assert "What to do" in result.output
    assert "Traceback" not in result.output
