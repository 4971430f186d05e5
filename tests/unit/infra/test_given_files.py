"""Reading a file that somebody gives: regular files only, with a limit, once."""

import os
from pathlib import Path

import pytest

from parentguide.errors import LayoutError, ProjectError
from parentguide.infra.files import read_bytes, resolved
from parentguide.infra.font_files import refuse_damaged_fonts
from parentguide.infra.fonts import font_folders
from parentguide.infra.locks import process_lock
from parentguide.infra.permissions import make_readable

POSIX = pytest.mark.skipif(os.name != "posix", reason="no such files on Windows")
BUSY = ProjectError("busy")


def test_the_bytes_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a\0b")
    assert read_bytes(tmp_path / "a", 3) == b"a\0b"
    with pytest.raises(ProjectError, match="has more than"):
        read_bytes(tmp_path / "a", 2)


@POSIX
def test_a_pipe_and_a_device_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for name in ("pipe", "link"):
        with pytest.raises(ProjectError, match="is a pipe or device, not a file"):
            read_bytes(tmp_path / name)


@POSIX
def test_folders_loops_and_names_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for path, said in (
        (tmp_path, "is a folder, not a file"),
        (tmp_path / "loop", "cannot be read"),
        (tmp_path / ("x" * 300), "cannot be read: File name too long"),
        (tmp_path / "a\0b", "cannot be read: embedded null byte"),
    ):
        with pytest.raises(ProjectError, match=said):
            read_bytes(path)
    with pytest.raises(ProjectError, match="does not lead to a place"):
        resolved(tmp_path / "a\0b")


@POSIX
def test_a_lock_that_is_not_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(ProjectError, match="lock cannot be used"), process_lock(tmp_path / name, 1, BUSY):
            pass
    with (
        process_lock(tmp_path / "good", 1, BUSY),
        pytest.raises(ProjectError, match="busy"),
        process_lock(tmp_path / "good", 0.1, BUSY),
    ):
        pass


@POSIX
def test_files_and_folders_become_readable_below_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "a").mkdir(parents=True)
    (root / "a" / "b").write_bytes(b"")
    for path, mode in ((root / "a" / "b", 0o600), (root / "a", 0o700), (root, 0o700)):
        path.chmod(mode)
    make_readable(root, ["a/b", "missing"])
    modes = [path.stat().st_mode & 0o777 for path in (root, root / "a", root / "a" / "b")]
    assert modes == [0o700, 0o755, 0o644]


@pytest.mark.parametrize("damage", [lambda d: b"", lambda d: d[: len(d) // 2], lambda d: bytes(len(d))])
def test_damaged_fonts_are_named(tmp_path: Path, damage: object) -> None:
    whole = next(path for folder in font_folders() for path in sorted(folder.glob("*SourceSans3*")))
    (tmp_path / "whole.ttf").write_bytes(whole.read_bytes())
    refuse_damaged_fonts(tmp_path)
    (tmp_path / "bad.ttf").write_bytes(damage(whole.read_bytes()))  # type: ignore[operator]
    with pytest.raises(LayoutError, match=r"damaged: bad\.ttf"):
        refuse_damaged_fonts(tmp_path)


def test_the_installed_fonts_are_whole() -> None:
    for folder in font_folders():
        refuse_damaged_fonts(folder)
