"""Building again: only what changed, always whole, never two at once."""

import errno
import json
import multiprocessing
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import parentguide
from parentguide import BuildRequest, Project, School, build_guides
from parentguide.build import publish
from parentguide.build.incremental import NOTE
from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import write_file
from parentguide.project.project import default_root

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
    """The files that a build wrote anew: by their inode's time they cannot be told, so by bytes."""
    return {name for name, data in tree(out).items() if before.get(name) != data}


def test_a_second_build_with_nothing_changed_does_nothing(tmp_path: Path) -> None:
    first = build_guides(Project(), SMALL, tmp_path / "o")
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "o").rglob("*")}
    second = build_guides(Project(), SMALL, tmp_path / "o")
    assert (first.kept, second.made, second.kept) == (0, 0, first.made)
    assert second.nothing_new
    assert stamps == {p: p.stat().st_mtime_ns for p in (tmp_path / "o").rglob("*")}


def test_a_changed_message_makes_its_language_anew_and_no_other(copy: Path, tmp_path: Path) -> None:
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
    # Its own four, and the two pages for all languages.
    assert built.made == 6


def test_a_changed_template_makes_anew_what_uses_it(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "o"
    request = BuildRequest(("pl",), ("web", "message", "handout"))
    build_guides(Project(copy), request, out)
    with (copy / "templates" / "print" / "handout.typ").open("a", encoding="utf-8") as stream:
        stream.write("// nothing\n")
    built = build_guides(Project(copy), request, out)
    # The handout; and not the page, as the sheet's size and pages came out the same.
    assert (built.made, built.kept) == (1, 4)


def test_a_file_that_somebody_changed_is_made_anew(tmp_path: Path) -> None:
    build_guides(Project(), SMALL, tmp_path / "o")
    before = tree(tmp_path / "o")
    (tmp_path / "o/cse/pl/index.html").write_text("<p>mine</p>", "utf-8")
    (tmp_path / "o/cse/ur/message.txt").unlink()
    assert build_guides(Project(), SMALL, tmp_path / "o").made == 2
    assert tree(tmp_path / "o") == before


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    (out / "cse" / "notes.txt").write_text("mine", "utf-8")
    inode = out.stat().st_ino
    build_guides(Project(), BuildRequest(("pl",), ("message",)), out)
    names = set(tree(out))
    assert names == {NOTE, "cse/notes.txt", "cse/pl/message.txt", "manifest.json"}
    assert out.stat().st_ino == inode, "a folder that holds other things is not exchanged"


EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("message"), st.sampled_from(["title", "lead", "call"]), st.sampled_from("abc")),
        st.tuples(st.just("template"), st.sampled_from(["page.html", "style.css"]), st.sampled_from("abc")),
        st.tuples(st.just("school"), st.just(""), st.sampled_from("abc")),
        st.tuples(st.just("languages"), st.just(""), st.sampled_from(["pl", "ur", "pl,ur", "en,pl,ur"])),
        st.tuples(st.just("spoil"), st.sampled_from(["cse/pl/index.html", "index.html"]), st.just("")),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_building_what_changed_gives_what_a_clean_build_gives(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    root, out = folder / "mine", folder / "out"
    shutil.copytree(default_root() / "locales", root / "locales")
    shutil.copytree(default_root() / "templates", root / "templates")
    original = Project(root).catalog(Project(root).language("pl"), "cse")
    path = Project(root).catalog_path(Project(root).language("pl"), "cse")
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
        elif kind == "spoil" and (out / where).exists():
            (out / where).write_text("spoiled", "utf-8")
        request = BuildRequest(tags, ("web", "message", "fragment"), school, allow_incomplete=True)
        build_guides(Project(root), request, out)
        build_guides(Project(root), request, folder / f"clean-{number}")
        assert tree(out) == tree(folder / f"clean-{number}")
    shutil.rmtree(folder)


def _build(out: Path, name: str) -> None:
    build_guides(Project(), BuildRequest(("pl", "so"), ("web", "message", "fragment"), School(name)), out)


def test_killed_at_any_moment_the_old_or_the_new_stands_whole(tmp_path: Path) -> None:
    out = tmp_path / "o"
    whole = {}
    for name in ("A", "B"):
        start = time.perf_counter()
        _build(tmp_path / name, name)
        took = time.perf_counter() - start
        whole[name] = {k: sha256(v).hexdigest() for k, v in tree(tmp_path / name).items()}
    _build(out, "A")
    random.seed(20261124)
    context = multiprocessing.get_context("fork")
    seen, killed = set(), 0
    for turn in range(100):
        wanted = "AB"[turn % 2]
        process = context.Process(target=_build, args=(out, wanted))
        process.start()
        process.join(random.uniform(0.02, 2 * took))  # noqa: S311 - a moment, not a secret
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.join()
        stands = {k: sha256(v).hexdigest() for k, v in tree(out).items()}
        found = [name for name in whole if whole[name] == stands]
        assert found, "neither the old nor the new"
        seen.add(found[0])
    assert seen == {"A", "B"}
    assert killed >= 20
    _build(out, "A")
    assert tree(out) == tree(tmp_path / "A")
    assert {p.name for p in tmp_path.iterdir()} == {"o", "A", "B"}, "nothing is left of killed builds"


def test_a_change_of_places_that_was_cut_in_two_is_undone(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    before = tree(out)
    out.replace(tmp_path / ".o.parentguide-old-x")
    with publish.locked(out):
        assert tree(out) == before


def test_without_an_exchange_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    build_guides(Project(), BuildRequest(("pl",), ("message",)), out)
    assert set(tree(out)) == {NOTE, "cse/pl/message.txt", "manifest.json"}
    assert {p.name for p in tmp_path.iterdir()} == {"o"}


def test_a_full_disk_leaves_the_last_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "o"
    build_guides(Project(), SMALL, out)
    before = tree(out)
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "manifest.json":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ProjectError, match="No space left"):
        build_guides(Project(), BuildRequest(("so",), ("message",)), out)
    assert tree(out) == before
    assert {p.name for p in tmp_path.iterdir()} == {"o"}


def test_two_builds_at_once_wait_or_are_refused(tmp_path: Path) -> None:
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


def test_it_is_a_library(tmp_path: Path) -> None:
    assert all(getattr(parentguide, name) for name in parentguide.__all__)
    with pytest.raises(AttributeError):
        _ = parentguide.nothing
    with pytest.raises(ParentguideError):
        build_guides(Project(), BuildRequest(("xx",)), tmp_path / "o")
    assert not (tmp_path / "o").exists()
    # A plan is made once and built for each school, in threads of a server.
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
def test_threads_that_write_at_once_leave_the_mask_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mask is read by setting it: two that did so at once left every file open to all."""
    real = os.umask

    def slow(mask: int) -> int:
        before = real(mask)
        time.sleep(0.002)  # another thread may go on here
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
