"""The note in the output folder: how a build recognises its own folder."""

import json
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from parentguide.build.api import BuildRequest, archive_path, build_guides
from parentguide.build.previous import MANIFEST, NOTE, NOTE_BYTES, read_previous_build
from parentguide.errors import ProjectError
from parentguide.project.project import Project

ROOT = Path(__file__).parents[3]
REQUEST = BuildRequest(("pl",), ("message",), archive=True)
FILES = {"cse/pl/message.txt", MANIFEST, NOTE}


def build(out: Path, request: BuildRequest = REQUEST) -> bool:
    """Whether the build made a file."""
    return not build_guides(Project(), request, out).nothing_new


def names(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def note_only(out: Path, text: bytes = NOTE_BYTES) -> Path:
    out.mkdir()
    (out / NOTE).write_bytes(text)
    return out


def test_the_repository_has_the_note_that_a_build_writes() -> None:
    assert (ROOT / "output" / NOTE).read_bytes().replace(b"\r\n", b"\n") == NOTE_BYTES
    assert NOTE_BYTES.isascii()


def test_git_ignores_everything_else_in_the_folder() -> None:
    def ignored(path: str) -> bool:
        command = ["git", "check-ignore", "--quiet", "--no-index", path]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode > 1:
            pytest.skip("this is not a git checkout")
        return done.returncode == 0

    assert not ignored(f"output/{NOTE}")
    assert all(map(ignored, ("output/index.html", "output/cse/pl/index.html", "output.zip")))


def test_a_build_writes_the_note_beside_its_files_and_not_into_manifest_or_zip(tmp_path: Path) -> None:
    out = tmp_path / "o"
    assert build(out)
    assert names(out) == FILES
    assert (out / NOTE).read_bytes() == NOTE_BYTES
    rows = json.loads((out / MANIFEST).read_text("utf-8"))["artifacts"]
    assert [row["path"] for row in rows] == ["cse/pl/message.txt"]
    with ZipFile(archive_path(out)) as archive:
        assert set(archive.namelist()) == {f"Other files/{name}" for name in FILES - {NOTE}}


def test_a_folder_with_only_the_note_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = note_only(tmp_path / "o")
    before = out.stat().st_ino
    build(out)
    assert names(out) == FILES
    assert out.stat().st_ino != before


def test_the_note_survives_the_next_builds(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build(out)
    assert not build(out)
    assert build(out, BuildRequest(("so",), ("message",)))
    assert names(out) == {"cse/so/message.txt", MANIFEST, NOTE}


def test_a_folder_of_an_earlier_version_is_recognised_and_gets_the_note(tmp_path: Path) -> None:
    out = tmp_path / "o"
    build(out)
    (out / NOTE).unlink()
    before = out.stat().st_ino
    assert not build(out), "the note alone does not make files again"
    assert names(out) == FILES
    (out / NOTE).unlink()
    build(out, BuildRequest(("so",), ("message",)))
    assert names(out) == {"cse/so/message.txt", MANIFEST, NOTE}
    assert out.stat().st_ino != before


def test_an_older_note_is_recognised_and_brought_up_to_date(tmp_path: Path) -> None:
    out = note_only(tmp_path / "o", b"[parentguide output folder]\r\nAn older text.\r\n")
    build(out)
    assert (out / NOTE).read_bytes() == NOTE_BYTES
    (out / NOTE).write_bytes(b"[parentguide output folder]\nAn older text.\n")
    assert not build(out)
    assert (out / NOTE).read_bytes() == NOTE_BYTES


def test_files_of_others_beside_the_note_are_left_alone(tmp_path: Path) -> None:
    out = note_only(tmp_path / "o")
    (out / "mine.txt").write_text("mine", "utf-8")
    before = out.stat().st_ino
    build(out)
    assert names(out) == {*FILES, "mine.txt"}
    assert out.stat().st_ino == before, "a folder with other files is not exchanged"


@pytest.mark.parametrize("place", ["file", "folder"])
def test_somebody_elses_file_of_that_name_is_not_overwritten(tmp_path: Path, place: str) -> None:
    out = tmp_path / "o"
    if place == "file":
        note_only(out, b"My own words")
    else:
        (out / NOTE).mkdir(parents=True)
    before = names(out)
    with pytest.raises(
        ProjectError, match=f"parentguide did not make what is in this folder, such as “{NOTE}”"
    ):
        build(out)
    assert names(out) == before


def test_a_page_of_somebody_else_beside_the_note_is_moved_aside(tmp_path: Path) -> None:
    out = note_only(tmp_path / "o")
    (out / "cse" / "pl").mkdir(parents=True)
    (out / "cse" / "pl" / "message.txt").write_text("mine", "utf-8")
    (kept,) = build_guides(Project(), REQUEST, out).moved
    assert names(out) == FILES
    assert kept.read_text("utf-8") == "mine"
    assert out not in kept.parents, "what is uploaded has no file of somebody else"


@pytest.mark.parametrize("text", ["{", "[]", '{"artifacts": [{}]}', "\udcff"])
def test_a_manifest_that_is_not_ours_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert read_previous_build(tmp_path).foreign == MANIFEST
    with pytest.raises(ProjectError, match=f"parentguide did not make .* “{MANIFEST}”"):
        build(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "o").write_text("mine", "utf-8")
    with pytest.raises(ProjectError, match="is a file, not a folder"):
        build(tmp_path / "o")


def test_make_clean_keeps_the_note(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    out = tmp_path / "output"
    build(out)
    (out / ".parentguide-left").mkdir()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert [path.name for path in out.iterdir()] == [NOTE]
