"""What the program keeps in memory: parsed files, compiled templates, and the stamp of a folder."""

import asyncio
import os
import shutil
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

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


def test_an_unchanged_file_is_parsed_once(root: Path) -> None:
    """Two projects with the same readings share the parsed objects."""
    readings = ParseCache()
    one, two = Project(root, readings), Project(root, readings)
    assert two.languages is one.languages
    assert two.guide_source("cse") is one.guide_source("cse")
    assert two.source_messages("cse") is one.source_messages("cse")
    assert two.catalog(two.language("pl"), "cse") is one.catalog(one.language("pl"), "cse")


def test_a_changed_file_is_the_only_one_parsed_again(root: Path) -> None:
    readings = ParseCache()
    one = Project(root, readings)
    kept = {tag: one.catalog(one.language(tag), "cse") for tag in ("pl", "ur")}
    path = one.catalog_path(one.language("pl"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"call": "Nowe słowa"}, path))
    two = Project(root, readings)
    assert two.catalog(two.language("ur"), "cse") is kept["ur"]
    assert two.catalog(two.language("pl"), "cse") is not kept["pl"]
    assert polish(two) == {c: m.text for c, m in kept["pl"].items()} | {"call": "Nowe słowa"}


def test_a_changed_guide_is_parsed_again(root: Path) -> None:
    readings = ParseCache()
    path = Project(root, readings).guide_source("cse").path
    path.write_text(path.read_text("utf-8").replace("Who to call", "Who to ring"), "utf-8")
    assert "Who to ring" in repr(Project(root, readings).guide_source("cse").guide)


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


def test_a_broken_file_is_read_again(root: Path) -> None:
    readings = ParseCache()
    path = Project(root).catalog_path(Project(root).language("pl"), "cse")
    good = path.read_bytes()
    path.write_bytes(b'msgid "\n')
    for _ in range(2):
        with pytest.raises(CatalogError):
            polish(Project(root, readings))
    path.write_bytes(good)
    assert polish(Project(root, readings)) == polish(Project(root))


class Counting(Environment):
    """Jinja's environment; counts the templates that it compiles."""

    compiled = 0

    def compile(self, *words: Any, **named: Any) -> Any:
        Counting.compiled += 1
        return super().compile(*words, **named)


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many templates were compiled in this test."""
    monkeypatch.setattr(Counting, "compiled", 0)
    return lambda: Counting.compiled


def test_a_template_is_compiled_once_for_the_same_text(tmp_path: Path, count: Callable[[], int]) -> None:
    compiled, path = CompiledTemplates(), tmp_path / "page.html"

    def shown() -> str:
        environment = Counting(loader=FileSystemLoader(tmp_path), bytecode_cache=compiled, autoescape=True)
        return environment.get_template("page.html").render(word="a & b")

    path.write_text("first {{ word }}", "utf-8")
    assert shown() == "first a &amp; b"
    state = path.stat()
    path.write_text("other {{ word }}", "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert shown() == "other a &amp; b", "the new text has the size and time of the old one"
    assert count() == 2
    assert shown() == "other a &amp; b"
    assert count() == 2


def test_the_oldest_compiled_templates_are_dropped(count: Callable[[], int]) -> None:
    """A process that runs for weeks keeps its last templates only."""
    compiled, many = CompiledTemplates(), 1_000

    def shown(number: int) -> str:
        loader = DictLoader({"page": str(number)})
        return Counting(loader=loader, bytecode_cache=compiled, autoescape=True).get_template("page").render()

    assert [shown(number) for number in range(many)] == [str(number) for number in range(many)]
    assert count() == many
    shown(many - 1)
    assert count() == many, "the last template was dropped"
    shown(0)
    assert count() == many + 1, "the first template is still kept"


def edited(path: Path) -> None:
    """Other words of the same length."""
    path.write_bytes(path.read_bytes().replace(b"English", b"ENGLISH", 1))


def touched_in_place(path: Path) -> None:
    """The same file with the same size; only its time is new."""
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))


def replaced(path: Path) -> None:
    """A new file of the same size and time in its place, as some editors save."""
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


def test_the_stamp_changes_with_a_new_file_in_a_subfolder(root: Path) -> None:
    workspace = Workspace(root)
    before = workspace.stamp()
    (root / "locales" / "pl" / "LC_MESSAGES" / "new.po").write_bytes(b"")
    assert workspace.stamp() != before


@pytest.mark.skipif(os.name != "posix", reason="a link needs rights on Windows")
def test_the_stamp_ignores_a_broken_link(root: Path) -> None:
    (root / "locales" / "broken").symlink_to(root / "nowhere")
    assert Workspace(root).stamp()


def test_studio_answers_without_a_delayed_acknowledgement() -> None:
    """Nagle's algorithm and delayed acknowledgements together would add 40 ms to each answer."""

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

    # A browser of another test may have an event loop in this thread, so this test uses a new thread.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(nodelay())).result(30)
