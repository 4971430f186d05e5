"""Repeated builds: they make only what changed, leave no half-made folder, and never run twice at once."""

import ctypes
import errno
import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parentguide
from parentguide import BuildRequest, Project, School, build_guides
from parentguide.build import publish
from parentguide.build.previous import NOTE
from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.parse_cache import ParseCache
from parentguide.infra.permissions import write_public_file
from parentguide.project.project import default_root
from tests.fuzzing import fuzz
from tests.profile import cases

SMALL = BuildRequest(("pl", "ur"), ("web", "message", "read-aloud"))


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "mine"
    shutil.copytree(default_root() / "locales", root / "locales")
    shutil.copytree(default_root() / "templates", root / "templates")
    return root


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def made(before: Mapping[str, bytes], out: Path) -> set[str]:
    """The files whose bytes a build changed. The time of a file does not tell: a build copies files too."""
    return {name for name, data in tree(out).items() if before.get(name) != data}


def test_a_second_build_with_nothing_changed_does_nothing(tmp_path: Path) -> None:
    first = build_guides(Project(), SMALL, tmp_path / "o")
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "o").rglob("*")}
    second = build_guides(Project(), SMALL, tmp_path / "o")
    assert (first.kept, second.made, second.kept) == (0, 0, first.made)
    assert second.nothing_new
    assert stamps == {p: p.stat().st_mtime_ns for p in (tmp_path / "o").rglob("*")}


def test_a_changed_message_rebuilds_its_language_only(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    request = BuildRequest(("pl", "so", "ur"), ("web", "message", "read-aloud", "handout"))
    build_guides(Project(copy), request, out)
    before = tree(out)
    project = Project(copy)
    path = project.catalog_path(project.language("pl"), "cse")
    title = project.catalog(project.language("pl"), "cse")["lead"].text
    change(path, title, f"{title} Tak.")
    built = build_guides(Project(copy), request, out)
    assert made(before, out) == {
        "manifest.json",
        *(f"cse/pl/{name}" for name in ("index.html", "read-aloud.txt", "cse-pl-handout.pdf")),
    }
    # Four files of the language, and the two pages for all languages.
    assert built.made == 6


def test_a_changed_template_rebuilds_the_files_that_use_it(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    request = BuildRequest(("pl",), ("web", "message", "handout"))
    build_guides(Project(copy), request, out)
    with (copy / "templates" / "print" / "handout.typ").open("a", encoding="utf-8") as stream:
        stream.write("// nothing\n")
    built = build_guides(Project(copy), request, out)
    # The handout only: the page states its size and number of pages, and these are the same.
    assert (built.made, built.kept) == (1, 4)


def test_a_file_that_somebody_changed_is_rebuilt(tmp_path: Path) -> None:
    build_guides(Project(), SMALL, tmp_path / "o")
    before = tree(tmp_path / "o")
    (tmp_path / "o/cse/pl/index.html").write_text("<p>mine</p>", "utf-8")
    (tmp_path / "o/cse/ur/message.txt").unlink()
    assert build_guides(Project(), SMALL, tmp_path / "o").made == 2
    assert tree(tmp_path / "o") == before


def test_a_build_keeps_files_of_others(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    (out / "cse" / "notes.txt").write_text("mine", "utf-8")
    inode = out.stat().st_ino
    build_guides(Project(), BuildRequest(("pl",), ("message",)), out)
    names = set(tree(out))
    assert names == {NOTE, "cse/notes.txt", "cse/pl/message.txt", "manifest.json"}
    assert out.stat().st_ino == inode, "a folder with other files is exchanged"


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("message"), st.sampled_from(["title", "lead", "call"]), st.sampled_from("abc")),
        st.tuples(st.just("template"), st.sampled_from(["page.html", "style.css"]), st.sampled_from("abc")),
        st.tuples(st.just("school"), st.just(""), st.sampled_from("abc")),
        st.tuples(st.just("languages"), st.just(""), st.sampled_from(["pl", "ur", "pl,ur", "en,pl,ur"])),
        st.tuples(st.just("damage"), st.sampled_from(["cse/pl/index.html", "index.html"]), st.just("")),
    ),
    min_size=1,
    max_size=6,
)


@fuzz(15)
@given(edits=EDITS)
def test_a_repeated_build_equals_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    root, out = folder / "mine", folder / "out"
    shutil.copytree(default_root() / "locales", root / "locales")
    shutil.copytree(default_root() / "templates", root / "templates")
    readings = ParseCache()
    project = Project(root, readings)
    original = project.catalog(project.language("pl"), "cse")
    path = project.catalog_path(project.language("pl"), "cse")
    school = School()
    tags: tuple[str, ...] = ("pl", "ur")
    now = {c: original[c].text for c in ("title", "lead", "call")}
    for number, (kind, where, what) in enumerate([("none", "", ""), *edits]):
        if kind == "message":
            text = path.read_text("utf-8")
            new = f"{original[where].text} {what}"
            path.write_text(text.replace(f'msgstr "{now[where]}"', f'msgstr "{new}"'), "utf-8")
            now[where] = new
        elif kind == "template":
            comment = f"{{#- {what} -#}}" if where.endswith("html") else f"/* {what} */"
            with (root / "templates/web" / where).open("a", encoding="utf-8") as stream:
                stream.write(comment)
        elif kind == "school":
            school = School(f"School {what}")
        elif kind == "languages":
            tags = tuple(what.split(","))
        elif kind == "damage" and (out / where).exists():
            (out / where).write_text("damaged", "utf-8")
        request = BuildRequest(tags, ("web", "message", "fragment"), school, allow_incomplete=True)
        build_guides(Project(root, readings), request, out)
        build_guides(Project(root, readings), request, folder / f"clean-{number}")
        assert tree(out) == tree(folder / f"clean-{number}")
    shutil.rmtree(folder)


def _build(out: Path, name: str, on_progress: Callable[[str], None] | None = None) -> None:
    request = BuildRequest(("pl", "so"), ("web", "message", "fragment"), School(name))
    build_guides(Project(), request, out, on_progress)


def digests(root: Path) -> dict[str, str]:
    return {name: sha256(data).hexdigest() for name, data in tree(root).items()}


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_first_file(out: Path) -> None:
    """The process dies when the first file is finished."""
    _build(out, "B", die)


def before_the_last_file(out: Path) -> None:
    """The process dies when the new folder lacks only its last file, the manifest."""
    write = write_public_file

    def fatal(path: Path, data: bytes) -> None:
        if path.name == "manifest.json":
            die()
        write(path, data)

    with mock.patch.object(publish, "write_public_file", fatal):
        _build(out, "B")


def between_two_renames(out: Path) -> None:
    """The process dies when the old folder is moved away and the new one is not yet in its place."""
    replace = Path.replace

    def fatal(path: Path, target: Path) -> Path:
        if target.name == out.name and not target.exists():
            die()
        return replace(path, target)

    with mock.patch.object(ctypes, "CDLL", no_library), mock.patch.object(Path, "replace", fatal):
        _build(out, "B")


def no_library(*_: object) -> None:
    """No function of the system exchanges two folders in one step."""
    raise OSError


@pytest.mark.skipif(os.name != "posix", reason="Windows has no fork")
@pytest.mark.parametrize("build", [at_first_file, before_the_last_file, between_two_renames])
def test_a_killed_build_leaves_the_last_build(tmp_path: Path, build: Callable[[Path], None]) -> None:
    out = tmp_path / "o"
    _build(out, "A")
    before = tree(out)
    process = multiprocessing.get_context("fork").Process(target=build, args=(out,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert out.exists() is (build is not between_two_renames)
    with publish.locked(out):
        assert tree(out) == before
    assert {p.name for p in tmp_path.iterdir()} == {"o"}, "the killed build left files"
    _build(out, "B")
    _build(tmp_path / "clean", "B")
    assert tree(out) == tree(tmp_path / "clean")


@pytest.mark.slow
def test_builds_killed_at_random_moments_leave_the_old_or_the_new_build(tmp_path: Path) -> None:
    out = tmp_path / "o"
    whole = {}
    for name in ("A", "B"):
        start = time.perf_counter()
        _build(tmp_path / name, name)
        took = time.perf_counter() - start
        whole[name] = digests(tmp_path / name)
    _build(out, "A")
    random.seed(20261124)
    context = multiprocessing.get_context("fork")
    seen, killed, turns = set(), 0, cases(100)
    for turn in range(turns):
        process = context.Process(target=_build, args=(out, "BA"[turn % 2]))
        process.start()
        process.join(random.uniform(0.02, 2 * took))  # noqa: S311 - a moment, not a secret
        if process.is_alive():
            process.kill()
            killed += 1
        process.join()
        found = [name for name in whole if whole[name] == digests(out)]
        assert found, "neither the old build nor the new one"
        seen.add(found[0])
    assert seen == {"A", "B"}
    assert killed >= turns / 5
    _build(out, "A")
    assert tree(out) == tree(tmp_path / "A")
    assert {p.name for p in tmp_path.iterdir()} == {"o", "A", "B"}, "killed builds left files"


def test_a_build_without_an_exchange_of_folders_uses_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", no_library)
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    build_guides(Project(), BuildRequest(("pl",), ("message",)), out)
    assert set(tree(out)) == {NOTE, "cse/pl/message.txt", "manifest.json"}
    assert {p.name for p in tmp_path.iterdir()} == {"o"}


def test_a_full_disk_leaves_the_last_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    before = tree(out)
    write = write_public_file

    def full(path: Path, data: bytes) -> None:
        if path.name == "manifest.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write(path, data)

    monkeypatch.setattr(publish, "write_public_file", full)
    with pytest.raises(ProjectError, match="No space left"):
        build_guides(Project(), BuildRequest(("so",), ("message",)), out)
    assert tree(out) == before
    assert {p.name for p in tmp_path.iterdir()} == {"o"}


def test_builds_of_the_same_folder_wait_or_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "o"
    with publish.locked(out), pytest.raises(ProjectError, match="another build"), publish.locked(out, 0.1):
        pass
    errors: list[ParentguideError] = []

    def work(name: str) -> None:
        try:
            _build(out, name)
        except ParentguideError as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ABAB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    rows = json.loads((out / "manifest.json").read_text("utf-8"))["artifacts"]
    for row in rows:
        assert sha256((out / row["path"]).read_bytes()).hexdigest() == row["sha256"]


def test_the_package_is_a_library_for_threads_of_a_server(tmp_path: Path) -> None:
    assert all(getattr(parentguide, name) for name in parentguide.__all__)
    with pytest.raises(AttributeError):
        _ = parentguide.nothing
    with pytest.raises(ParentguideError):
        build_guides(Project(), BuildRequest(("xx",)), tmp_path / "o")
    assert not (tmp_path / "o").exists()
    # A server makes a plan once and builds it for each school in a thread.
    plan = parentguide.plan(Project(), SMALL)
    results = {}

    def work(name: str) -> None:
        parentguide.build_plan(plan.for_school(School(name), ("pl",)), tmp_path / name)
        results[name] = tree(tmp_path / name)

    threads = [threading.Thread(target=work, args=(f"School {n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, files in results.items():
        build_guides(Project(), BuildRequest(("pl",), SMALL.formats, School(name)), tmp_path / "alone")
        assert files == tree(tmp_path / "alone")
        shutil.rmtree(tmp_path / "alone")
    assert len(results) == 6


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such mask")
def test_threads_that_write_files_keep_the_mask_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process can read its mask only by setting it. Two threads that do so at once may lose the mask."""
    real = os.umask

    def slow(mask: int) -> int:
        before = real(mask)
        time.sleep(0.002)  # another thread may continue here
        return before

    before = real(0o027)
    monkeypatch.setattr(os, "umask", slow)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: write_file(tmp_path / f"{n}.txt", b"x"), range(80)))
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o640}
        assert real(0o027) == 0o027
    finally:
        real(before)
