"""Bytes that are kept on the disk for a while."""

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from parentguide.errors import ProjectError
from parentguide.infra.spool import Spool


def test_bytes_come_back_by_their_key_whatever_the_order(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool:
        spool.put("a", b"first")
        spool.put(("b", 2), b"")
        assert spool.get("a") == b"first"
        spool.put("c", b"third")
        spool.put("a", b"another")
        assert (spool.get("c"), spool.get(("b", 2)), spool.get("a")) == (b"third", b"", b"another")
        with pytest.raises(KeyError):
            spool.get("d")


def test_threads_do_not_mix_their_bytes(tmp_path: Path) -> None:
    with Spool(tmp_path) as spool, ThreadPoolExecutor(8) as pool:

        def there_and_back(number: int) -> bool:
            data = bytes([number % 256]) * (1 + 37 * number % 5000)
            spool.put(number, data)
            return spool.get(number) == data

        assert all(pool.map(there_and_back, range(400)))


def test_nothing_is_left_in_the_folder_nor_made_above_it(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    with Spool(folder) as spool:
        spool.put("a", b"1")
        assert spool.get("a") == b"1"
    assert list(tmp_path.rglob("*")) == []


class _Full:
    """A file on a disk that gets full after a few bytes."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._at = 0

    def seek(self, at: int) -> int:
        self._at = at
        return at

    def write(self, data: memoryview) -> int:
        if self._at >= 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        some = bytes(data[:3])
        self._data[self._at : self._at + 3] = some
        self._at += len(some)
        return len(some)

    def read(self, size: int) -> bytes:
        found = bytes(self._data[self._at : self._at + min(2, size)])
        self._at += len(found)
        return found

    def close(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_a_clear_error_and_what_was_kept_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parentguide.infra.spool.TemporaryFile", lambda **_: _Full())
    with Spool(tmp_path) as spool:
        spool.put("a", b"12345")
        with pytest.raises(ProjectError, match="No space left on device") as caught:
            spool.put("b", b"1234567")
        assert "--out" in str(caught.value)
        assert spool.get("a") == b"12345"
        spool.put("c", b"789")
        assert (spool.get("c"), spool.get("a")) == (b"789", b"12345")
        with pytest.raises(KeyError):
            spool.get("b")


def test_a_folder_that_may_not_be_written_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("parentguide.infra.spool.TemporaryFile", refused)
    with Spool(tmp_path) as spool, pytest.raises(ProjectError, match="Permission denied"):
        spool.put("a", b"1")
