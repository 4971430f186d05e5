"""Publishing: the permissions of the folder, and what happens if a step fails."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from parentguide.build.previous import MANIFEST, PreviousBuild, digest_of
from parentguide.build.publish import locked, publish
from parentguide.errors import ProjectError

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
OLD = {"a.txt": b"1", "b/c.txt": b"2", MANIFEST: b"old"}
NEW = {"a.txt": b"3", "d.txt": b"4", MANIFEST: b"new"}


def nothing(root: Path) -> PreviousBuild:
    return PreviousBuild(root)


def build_of(root: Path, files: Mapping[str, bytes]) -> PreviousBuild:
    """A previous build in ``root`` with the digests of these files."""
    return PreviousBuild(root, proofs={path: frozenset({digest_of(data)}) for path, data in files.items()})


def content(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@posix
@pytest.mark.parametrize(("mask", "folder", "file"), [(0o022, 0o755, 0o644), (0o077, 0o755, 0o644)])
def test_everybody_may_read_a_new_folder_whatever_the_umask(
    tmp_path: Path, mask: int, folder: int, file: int
) -> None:
    before = os.umask(mask)
    try:
        publish(tmp_path / "o", OLD, nothing(tmp_path / "o"))
    finally:
        os.umask(before)
    assert (tmp_path / "o").stat().st_mode & 0o777 == folder
    assert (tmp_path / "o" / "b").stat().st_mode & 0o777 == folder
    assert (tmp_path / "o" / "a.txt").stat().st_mode & 0o777 == file


@posix
def test_an_existing_folder_keeps_its_permissions(tmp_path: Path) -> None:
    publish(tmp_path / "o", OLD, nothing(tmp_path / "o"))
    (tmp_path / "o").chmod(0o2711)
    publish(tmp_path / "o", NEW, build_of(tmp_path / "o", OLD))
    assert (tmp_path / "o").stat().st_mode & 0o7777 == 0o2711
    assert content(tmp_path / "o") == NEW


def test_files_move_in_one_by_one_where_the_folder_holds_others(tmp_path: Path) -> None:
    publish(tmp_path / "o", OLD, nothing(tmp_path / "o"))
    (tmp_path / "o" / "mine.txt").write_bytes(b"mine")
    publish(tmp_path / "o", NEW, build_of(tmp_path / "o", OLD))
    assert content(tmp_path / "o") == {**NEW, "mine.txt": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["o"]


def test_a_path_outside_the_folder_stops_the_build(tmp_path: Path) -> None:
    publish(tmp_path / "o", OLD, nothing(tmp_path / "o"))
    with pytest.raises(ProjectError, match="is not a path below"):
        publish(tmp_path / "o", {"../x": b"x"}, build_of(tmp_path / "o", OLD))
    assert content(tmp_path) == {f"o/{name}": data for name, data in OLD.items()}


def test_what_a_killed_build_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "my[o]"
    publish(out, OLD, nothing(out))
    for left in (
        tmp_path / ".my[o].parentguide-new-x",
        tmp_path / ".my[o].parentguide-old-x",
        out / f".parentguide-{'0a' * 8}",
    ):
        left.mkdir()
    (tmp_path / ".other.parentguide-new-x").mkdir()
    with locked(out):
        assert content(out) == OLD
    assert {path.name for path in tmp_path.iterdir()} == {"my[o]", ".other.parentguide-new-x"}
    assert not (out / f".parentguide-{'0a' * 8}").exists()


def test_an_unfinished_archive_of_a_killed_build_is_removed(tmp_path: Path) -> None:
    ours = tmp_path / f".output.zip.{'0a' * 8}"
    others = [tmp_path / ".output.zip.notes", tmp_path / f".other.zip.{'0a' * 8}"]
    for path in (ours, *others):
        path.touch()
    with locked(tmp_path / "output"):
        assert not ours.exists()
    assert all(path.exists() for path in others)
