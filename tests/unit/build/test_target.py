"""A build changes only a folder that is new, empty or its own, and nothing of a person's is lost."""

import json
import os
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from parentguide.build.api import BuildRequest, BuildResult, archive_path, build_guides
from parentguide.build.previous import MANIFEST, NOTE
from parentguide.errors import ProjectError
from parentguide.project.project import Project
from tests.faults import files

REQUEST = BuildRequest(("pl",), ("message",))
ZIP = BuildRequest(("pl",), ("message",), archive=True)
FORCE = BuildRequest(("pl",), ("message",), archive=True, force=True)
MESSAGE = "cse/pl/message.txt"
links = pytest.mark.skipif(os.name != "posix", reason="Windows makes links for administrators only")


def build(out: Path, request: BuildRequest = REQUEST) -> BuildResult:
    return build_guides(Project(), request, out)


def row(path: str, data: bytes, **others: object) -> dict[str, object]:
    guide, language = (*path.split("/"), "", "")[:2] if path.count("/") == 2 else ("", "")
    digest = sha256(data).hexdigest()
    return {
        "guide": guide,
        "language": language,
        "direction": "",
        "edition": "poster",
        "path": path,
        "status": "",
        "bytes": len(data),
        "sha256": digest,
        **others,
    }


@pytest.mark.parametrize("name", ["poster.pdf", "README-FIRST.html", "index.html", "notes/mine.txt"])
def test_a_folder_with_a_file_of_somebody_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "o" / name).parent.mkdir(parents=True)
    (tmp_path / "o" / name).write_text("mine", "utf-8")
    before = files(tmp_path)
    with pytest.raises(ProjectError, match="parentguide did not make what is in this folder"):
        build(tmp_path / "o", ZIP)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "rows",
    [
        [{"path": "thesis.txt"}],
        [{"path": "thesis.txt", "sha256": sha256(b"mine").hexdigest()}],
        [row("thesis.txt", b"another")],
        [row("../thesis.txt", b"mine")],
        [row("a/thesis.txt", b"mine")],
    ],
)
def test_a_manifest_proves_nothing_without_our_form_and_digests(
    tmp_path: Path, rows: list[dict[str, object]]
) -> None:
    out = tmp_path / "o"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", "utf-8")
    (out / MANIFEST).write_text(json.dumps({"artifacts": rows}), "utf-8")
    before = files(tmp_path)
    with pytest.raises(ProjectError, match="parentguide did not make"):
        build(out)
    assert files(tmp_path) == before


def test_a_file_that_the_manifest_names_with_another_digest_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build(out)
    (out / "thesis.txt").write_text("mine", "utf-8")
    table = json.loads((out / MANIFEST).read_text("utf-8"))
    table["artifacts"].append(row("thesis.txt", b"another"))
    (out / MANIFEST).write_text(json.dumps(table), "utf-8")
    (kept,) = build(out).moved
    assert kept.read_text("utf-8") == "mine"


def test_a_file_that_somebody_changed_is_moved_beside_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build(out)
    right = (out / MESSAGE).read_bytes()
    for words in ("first", "second"):
        (out / MESSAGE).write_text(words, "utf-8")
        (kept,) = build(out).moved
        assert kept.read_text("utf-8") == words
        assert (out / MESSAGE).read_bytes() == right
        assert set(files(out)) == {"cse/", "cse/pl/", MESSAGE, MANIFEST, NOTE}
    # A changed file that the next build does not make is not lost either.
    (out / MESSAGE).write_text("third", "utf-8")
    (kept,) = build(out, BuildRequest(("so",), ("message",))).moved
    assert kept.read_text("utf-8") == "third"
    assert not (out / MESSAGE).exists()


@links
def test_files_empty_folders_and_links_of_a_person_stay(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "o", tmp_path / "elsewhere"
    build(out)
    elsewhere.mkdir()
    (out / "empty").mkdir()
    (out / "photos").symlink_to(elsewhere)
    (out / "cse" / "mine.txt").write_text("mine", "utf-8")
    assert build(out, BuildRequest(("so",), ("message",))).moved == ()
    assert (out / "empty").is_dir()
    assert (out / "photos").is_symlink()
    assert (out / "cse" / "mine.txt").read_text("utf-8") == "mine"
    assert not (out / "cse" / "pl").exists(), "an empty folder of the earlier build stays"
    assert (out / "cse" / "so" / "message.txt").exists()


@links
def test_a_link_where_a_file_has_to_be_is_not_written_through(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "o", tmp_path / "elsewhere"
    build(out)
    elsewhere.mkdir()
    (out / "cse" / "so").symlink_to(elsewhere)
    with pytest.raises(ProjectError, match=r"something else has the name .*: cse/so"):
        build(out, BuildRequest(("so",), ("message",)))
    assert (out / MESSAGE).exists()
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("text", [b"", b"\0" * 300, b'{"artifacts": ['])
def test_a_manifest_that_a_power_cut_damaged_does_not_stop_the_next_build(
    tmp_path: Path, text: bytes
) -> None:
    out = tmp_path / "o"
    build(out)
    before = files(out)
    (out / MANIFEST).write_bytes(text)
    build(out)
    assert files(out) == before


def test_force_renames_the_folder_and_the_archive_of_somebody_else(tmp_path: Path) -> None:
    out = tmp_path / "o"
    out.mkdir()
    (out / "index.html").write_text("mine", "utf-8")
    archive_path(out).write_bytes(b"my zip")
    moved = build(out, FORCE).moved
    assert {path.read_bytes() for path in moved if path.is_file()} == {b"my zip"}
    (folder,) = (path for path in moved if path.is_dir())
    assert (folder / "index.html").read_text("utf-8") == "mine"
    assert set(files(out)) == {"cse/", "cse/pl/", MESSAGE, MANIFEST, NOTE}


def test_an_archive_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build(out, ZIP)
    with ZipFile(archive_path(out), "a") as archive:
        archive.writestr("mine.txt", "mine")
    before = files(tmp_path)
    with pytest.raises(ProjectError, match="did not make this file, or somebody has changed it"):
        build(out, ZIP)
    assert files(tmp_path) == before


def test_the_current_folder_is_refused_or_keeps_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    build(Path())
    assert tmp_path.stat().st_ino == before
    assert (tmp_path / MESSAGE).exists()
    other = tmp_path / "other"
    (other / "empty").mkdir(parents=True)
    monkeypatch.chdir(other)
    with pytest.raises(ProjectError, match="did not make what is in this folder"):
        build(Path())
    with pytest.raises(ProjectError, match="you are working in this folder"):
        build(Path(), FORCE)
    assert (other / "empty").is_dir()


@pytest.mark.parametrize(
    ("out", "message"),
    [
        (Path("/"), "the whole disk"),
        (Path("x" * 300), "the name of the folder is too long"),
        (Path("x" * 230), "the name of the folder is too long"),
        (Path("file"), "is a file, not a folder"),
        (Path("file/below/that"), "is a file, not a folder"),
        (Path("loop/o"), "round in a circle"),
        (Path("a\0b"), "this cannot be a folder"),
    ],
)
@links
def test_what_cannot_be_a_folder_has_a_clear_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: Path, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine", "utf-8")
    Path("loop").symlink_to("loop")
    with pytest.raises(ProjectError, match=message):
        build(out)


def test_the_home_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    with pytest.raises(ProjectError, match="your home folder"):
        build(tmp_path)
