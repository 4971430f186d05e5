"""Who may ask Studio for anything: host, origin, token, form token, size, and paths."""

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.studio.security.sessions import LONGEST, new_session, read_session
from parentguide.studio.settings import checked_public_address, signing_key
from tests.studio.app import KEY, Running, Visitor, behind_proxy, in_process, serving, settings_for

PAGES = ("/", "/school", "/languages", "/sheets", "/make", "/translations", "/translations/ur/cse/title")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with in_process(settings_for(tmp_path_factory.mktemp("studio"))) as running:
        yield running


@pytest.fixture
def visitor(studio: Running) -> Visitor:
    return studio.visitor().open()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A Studio on a socket, for requests that no client library would send."""
    with serving(settings_for(tmp_path_factory.mktemp("served"))) as running:
        yield running


@pytest.fixture(scope="module")
def cookie(served: Running) -> str:
    """The header line of a browser that has opened the Studio on a socket."""
    jar = served.visitor().open().client.cookies.jar
    return "Cookie: " + "; ".join(f"{one.name}={one.value}" for one in jar)


def raw(studio: Running, request: str) -> str:
    """The first line of the answer to a request that is sent as it is written."""
    with socket.create_connection(("127.0.0.1", studio.settings.port), timeout=120) as line:
        line.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        return line.recv(4096).decode("latin-1").splitlines()[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_needs_the_token_and_has_the_strict_headers(
    studio: Running, visitor: Visitor, path: str
) -> None:
    forged = {"Cookie": f"parentguide-studio-{studio.settings.port}=1.x.y"}
    for headers in ({}, forged):
        refused = studio.visitor().get(path, headers=headers)
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
        assert not re.search(r"<script>|<style|\son\w+=|\sstyle=", answer.text)


def test_the_server_does_not_name_itself(served: Running) -> None:
    page = served.visitor().open().get("/school")
    assert page.status_code == 200
    assert "server" not in page.headers


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""]
)
def test_another_host_is_refused(visitor: Visitor, host: str) -> None:
    """A page whose name was made to point here (DNS rebinding) gets nothing."""
    answer = visitor.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Guides for parents" not in answer.text


def test_two_hosts_or_none_are_refused(served: Running) -> None:
    good = f"Host: 127.0.0.1:{served.settings.port}\n"
    for hosts in ("", good + "Host: evil.example\n", "Host: evil.example\n" + good):
        assert " 400 " in raw(served, f"GET / HTTP/1.1\n{hosts}\n")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1", "http://localhost", None]
)
def test_a_form_of_another_page_changes_nothing(
    studio: Running, visitor: Visitor, origin: str | None
) -> None:
    fields = {"form-token": visitor.token(), "name": "Evil", "version": "none"}
    headers = {"Origin": origin} if origin is not None else {}
    answer = visitor.client.post("/school", data=fields, headers=headers, follow_redirects=False)
    assert answer.status_code == 403
    assert not (studio.workspace / "school.toml").exists()


def test_a_form_needs_its_token(studio: Running, visitor: Visitor) -> None:
    other = studio.visitor().open().token()
    assert other != visitor.token()
    for token in ("", "x", other):
        for path in ("/school", "/school/save", "/languages", "/sheets", "/build", "/translations/ur/who"):
            assert visitor.post(path, {"name": "Evil", "version": "none"}, token=token).status_code == 403
    assert not (studio.workspace / "school.toml").exists()
    assert not (studio.workspace / "locales").exists()


def test_a_body_that_is_not_a_form_is_refused(visitor: Visitor) -> None:
    for kind in ("application/json", "text/plain", ""):
        headers = {"Origin": visitor.origin, "Content-Type": kind}
        answer = visitor.client.post("/school", content=b'{"name": "Evil"}', headers=headers)
        assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(visitor: Visitor, method: str) -> None:
    answer = visitor.client.request(method, "/school")
    assert answer.status_code in (403, 405)


def test_too_much_is_refused_with_its_limit(served: Running) -> None:
    visitor = served.visitor().open()
    token = visitor.token()
    said = visitor.post("/languages", {"language": "x" * 600_000}, token=token)
    assert said.status_code == 413
    assert "File too large (limit 0.5 MB)" in said.text

    def pieces() -> Iterator[bytes]:
        yield b"form-token=" + token.encode() + b"&language="
        for _ in range(80):
            yield b"&x=" + b"x" * 10_000

    headers = {"Origin": visitor.origin, "Content-Type": "application/x-www-form-urlencoded"}
    unsaid = visitor.client.post("/languages", content=pieces(), headers=headers)
    assert unsaid.status_code == 413
    many = visitor.post("/school", {f"field-{n}": "x" for n in range(2000)}, token=token)
    assert many.status_code == 400
    logo = visitor.post(
        "/school", {"version": "none"}, token=token, files={"logo": ("a.png", b"x" * 21_100_000)}
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
        "/preview/cse/xx/page",
        "/preview/nothing/ur/page",
    ],
)
def test_no_path_from_the_browser_reaches_the_files(served: Running, cookie: str, path: str) -> None:
    (served.workspace / "secret.txt").write_text("root:")
    head = f"HTTP/1.1\nHost: 127.0.0.1:{served.settings.port}\n{cookie}\n\n"
    assert " 200 " in raw(served, f"GET /school {head}")
    assert " 404 " in raw(served, f"GET {path} {head}")


def test_a_preview_may_stand_in_our_frame_and_run_nothing(visitor: Visitor) -> None:
    policy = visitor.get("/preview/cse/ur/page").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self'; sandbox")
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_session_ends_and_cannot_be_forged() -> None:
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


def test_only_the_owner_can_read_the_signing_key_and_it_lasts(tmp_path: Path) -> None:
    path = tmp_path / "state" / "studio.key"
    key = signing_key(path)
    assert len(key) == 32
    assert signing_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"short")
    assert signing_key(path) not in (b"short", key)


def test_behind_a_proxy_each_person_has_a_login_and_a_desk(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path)) as studio:
        assert studio.visitor().get("/").status_code == 401
        assert studio.visitor(X_Remote_User="").get("/").status_code == 401
        assert studio.visitor(X_Remote_User="a@b", Host="127.0.0.1").get("/").status_code == 400
        names = ("ann@school.example", "../../bob", "ann@school-example")
        people = [studio.visitor(X_Remote_User=name) for name in names]
        for person, name in zip(people, names, strict=True):
            page = person.get("/")
            assert page.status_code == 200
            assert "; Secure" in page.headers["set-cookie"]
            assert "__Host-" in page.headers["set-cookie"]
            assert person.post("/school", {"name": name, "version": "none"}).status_code == 303
        folders = sorted(path.name for path in (tmp_path / "people").iterdir())
        assert len(folders) == len(names)
        assert all(re.fullmatch(r"[a-z0-9-]+", folder) for folder in folders)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["people"]
        token = people[0].token()
        people[1].client.cookies = people[0].client.cookies
        answer = people[1].post("/school", {"name": "Evil"}, token=token)
        assert answer.status_code == 403, "somebody else's cookie"
        named = [(b"X-Remote-User", "Zoë".encode("latin-1"))]
        assert studio.new_client().get("/school", headers=named).status_code == 200
        assert len([*(tmp_path / "people").iterdir()]) == len(names) + 1
        twice = [("X-Remote-User", name) for name in names[:2]]
        assert studio.new_client().get("/", headers=twice).status_code == 401, "two logins in one request"


def test_one_person_cannot_take_all_the_room(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path, watch=True)) as studio:
        greedy = studio.visitor(X_Remote_User="greedy")
        stamp = greedy.get("/changed").json()["stamp"]
        with ThreadPoolExecutor(40) as pool:
            waiting = [pool.submit(greedy.get, f"/changed?since={stamp}") for _ in range(40)]
            other = studio.visitor(X_Remote_User="other").get("/")
            answers = [one.result().status_code for one in waiting]
        assert other.status_code == 200
        assert set(answers) == {200, 429}
        assert greedy.get("/").status_code == 200


def test_only_the_proxy_may_say_who_is_there(tmp_path: Path) -> None:
    with in_process(behind_proxy(tmp_path, proxies=("192.0.2.1",))) as studio:
        assert studio.visitor(X_Remote_User="ann").get("/").status_code == 403


@pytest.mark.parametrize(
    "written", ["http://guides.example.org", "guides.example.org", "https://", "https://x.org/studio", ""]
)
def test_the_public_address_is_https_without_a_path(written: str) -> None:
    with pytest.raises(ProjectError, match="is not an address"):
        checked_public_address(written)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "192.0.2.7"], "has no login of its own"),
        (["--behind-proxy", "http://x.example"], "is not an address for Studio"),
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
