"""Atomic writes: whole files, the permissions of the process, and archives that are always the same."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from stat import S_ISREG
from zipfile import ZipFile

import pytest

from parentguide.errors import ProjectError
from parentguide.infra.atomic import safe_path, write_file, write_synced, zip_bytes


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b" / "page.html", b"one")
    write_file(tmp_path / "a" / "b" / "page.html", b"two")
    assert (tmp_path / "a" / "b" / "page.html").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["page.html"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no umask")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o027, 0o640), (0o077, 0o600)])
def test_a_file_gets_the_permissions_that_the_umask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda n: write_file(tmp_path / f"{n}.txt", b"x"), range(40)))
        after = os.umask(mask)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {mode}
    assert after == mask, "writing leaves the umask of the process alone"


def test_the_bytes_are_on_the_disk_before_the_file_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.toml"
    path.write_bytes(b"old")
    seen: list[tuple[int, bytes]] = []

    def fsync(handle: int) -> None:
        if S_ISREG(os.fstat(handle).st_mode):
            seen.append((os.fstat(handle).st_size, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    write_file(path, b"the new one")
    assert seen == [(len(b"the new one"), b"old")]
    assert path.read_bytes() == b"the new one"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.toml"
    write_file(path, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectError, match="cannot be written: No space left") as caught:
        write_file(path, b"new")
    assert caught.value.path == path
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"a file")
    with pytest.raises(ProjectError, match="cannot be written"):
        write_file(tmp_path / "folder" / "page.html", b"x")


def test_an_existing_file_or_link_is_never_written_through(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    for name in ("secret", "link"):
        with pytest.raises(FileExistsError):
            write_synced(tmp_path / name, b"x")
    assert (tmp_path / "secret").read_bytes() == b"mine"


def test_the_same_files_give_the_same_archive_in_any_order() -> None:
    files = [("b/two.txt", b"2"), ("a.txt", b"1")]
    data = zip_bytes(files)
    assert data == zip_bytes(reversed(files))
    with ZipFile(BytesIO(data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == dict(files)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../up", "a/../../up", "a\\b", "C:/x", "c:x"])
def test_a_path_outside_the_output_folder_is_refused(name: str) -> None:
    with pytest.raises(ProjectError, match="is not a path below the output folder"):
        safe_path(name)


def test_a_path_below_the_output_folder_is_kept() -> None:
    assert safe_path("cse/pl/index.html") == Path("cse", "pl", "index.html")
