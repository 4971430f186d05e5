"""What is kept from one look at the files to the next: parsed files, compiled templates, the stamp."""

import asyncio
import os
import shutil
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader

from parentguide.errors import CatalogError
from parentguide.infra.parse_cache import ParseCache
from parentguide.project.project import Project, default_root
from parentguide.render.web.template_cache import CompiledTemplates
from parentguide.studio.server import listening
from parentguide.studio.services.workspace import Workspace
from parentguide.translation import po


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(default_root() / "locales", tmp_path / "locales")
    return tmp_path


def polish(project: Project) -> dict[str, str]:
    return {c: m.text for c, m in project.catalog(project.language("pl"), "cse").items()}


def test_an_unchanged_file_is_not_parsed_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = ParseCache()
    before = Project(root, readings)
    first = (before.languages, before.guide_source("cse"), before.source_messages("cse"), polish(before))
    for function in ("parse_guide", "parse_definition", "parse_toml"):
        monkeypatch.setattr(f"parentguide.project.project.{function}", refuse)
    monkeypatch.setattr("parentguide.translation.po.read", refuse)
    again = Project(root, readings)
    assert (again.languages, again.guide_source("cse"), again.source_messages("cse"), polish(again)) == first


def refuse(*_arguments: object) -> object:
    raise AssertionError("parsed again")


def test_a_changed_file_is(root: Path) -> None:
    readings = ParseCache()
    before = Project(root, readings)
    guide, words = before.guide_source("cse"), polish(before)
    path = before.catalog_path(before.language("pl"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"call": "Nowe słowa"}, path))
    source = guide.path
    source.write_text(source.read_text("utf-8").replace("Who to call", "Who to ring"), "utf-8")
    after = Project(root, readings)
    assert polish(after) == words | {"call": "Nowe słowa"}
    assert "Who to ring" in repr(after.guide_source("cse").guide)


def test_a_changed_definition_changes_the_guide_that_quotes_it(root: Path) -> None:
    readings = ParseCache()
    source = Project(root, readings).guide_source("cse")
    assert source.front.definition
    assert source.definition is not None
    path = source.folder / source.front.definition
    text = path.read_text("utf-8")
    path.write_text(text.replace(source.definition.source, "Somebody else"), "utf-8")
    after = Project(root, readings).guide_source("cse").definition
    assert after is not None
    assert after.source == "Somebody else"


def test_what_could_not_be_read_is_tried_again(root: Path) -> None:
    readings = ParseCache()
    path = Project(root).catalog_path(Project(root).language("pl"), "cse")
    good = path.read_bytes()
    path.write_bytes(b'msgid "\n')
    for _ in range(2):
        with pytest.raises(CatalogError):
            polish(Project(root, readings))
    path.write_bytes(good)
    assert polish(Project(root, readings)) == polish(Project(root))


def test_a_template_is_compiled_once_for_the_same_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, path = CompiledTemplates(), tmp_path / "page.html"

    def shown() -> str:
        environment = Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=compiled, autoescape=True)
        return environment.get_template("page.html").render(word="a & b")

    path.write_text("first {{ word }}", "utf-8")
    assert shown() == "first a &amp; b"
    state = path.stat()
    path.write_text("other {{ word }}", "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert shown() == "other a &amp; b", "as long and as old as before, but other words"
    monkeypatch.setattr(Environment, "compile", refuse)
    assert shown() == "other a &amp; b"


def test_compiled_templates_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parentguide.render.web.template_cache._MOST", 3)
    compiled = CompiledTemplates()
    for number in range(5):
        environment = Environment(
            loader=DictLoader({"page": f"{number}"}), bytecode_cache=compiled, autoescape=True
        )
        assert environment.get_template("page").render() == f"{number}"
    assert len(compiled._kept) == 3


def edited(path: Path) -> None:
    """Other words, as long as before."""
    path.write_bytes(path.read_bytes().replace(b"English", b"ENGLISH", 1))


def touched_in_place(path: Path) -> None:
    """The same file written again with the same size: only its time is new."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))


def replaced(path: Path) -> None:
    """Another file of the same size and time in its place, as editors save."""
    state, fresh = path.stat(), path.with_name("fresh")
    fresh.write_bytes(path.read_bytes())
    os.utime(fresh, ns=(state.st_atime_ns, state.st_mtime_ns))
    fresh.replace(path)


@pytest.mark.parametrize("change", [edited, touched_in_place, replaced, Path.unlink])
def test_the_stamp_changes_with_any_file(root: Path, change: Callable[[Path], None]) -> None:
    workspace = Workspace(root)
    before = workspace.stamp()
    assert workspace.stamp() == before
    change(root / "locales" / "pl" / "LC_MESSAGES" / "cse.po")
    assert workspace.stamp() != before


def test_the_stamp_changes_with_a_new_file_deep_inside(root: Path) -> None:
    workspace = Workspace(root)
    before = workspace.stamp()
    (root / "locales" / "pl" / "LC_MESSAGES" / "new.po").write_bytes(b"")
    assert workspace.stamp() != before


@pytest.mark.skipif(os.name != "posix", reason="a link needs rights on Windows")
def test_a_link_to_nowhere_does_not_stop_the_stamp(root: Path) -> None:
    (root / "locales" / "broken").symlink_to(root / "nowhere")
    assert Workspace(root).stamp()


def test_studio_answers_without_waiting_for_an_acknowledgement() -> None:
    """Nagle's algorithm with a delayed acknowledgement would cost each answer 40 ms."""

    async def nodelay() -> int:
        found: list[int] = []

        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            made = writer.get_extra_info("socket")
            found.append(made.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        door = listening("127.0.0.1", 0)
        server = await asyncio.start_server(answer, sock=door)
        async with server:
            reader, writer = await asyncio.open_connection(*door.getsockname()[:2])
            await reader.read()
            writer.close()
        return found[0]

    # In a thread of its own: a browser of another test may keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(nodelay())).result(30)
