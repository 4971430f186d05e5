"""Bytes that are needed later, on the disk instead of in memory."""

from collections.abc import Hashable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from types import TracebackType

from parentguide.errors import ProjectError


class Spool:
    """A temporary file that keeps the bytes of many keys. Safe to use from several threads.

    The file is made when it is first needed, in ``folder`` or in the nearest folder above it that exists: the
    system's folder for temporary files may be in memory. The system removes it when it is closed, or when
    the program is killed. :meth:`put` and :meth:`get` raise :class:`ProjectError` if the disk is full or
    cannot be used; what was kept before then stays.
    """

    def __init__(self, folder: Path) -> None:
        whole = folder.absolute()
        self._folder = next((place for place in (whole, *whole.parents) if place.is_dir()), whole)
        self._file: FileIO | None = None
        self._places: dict[Hashable, tuple[int, int]] = {}
        self._end = 0
        self._lock = Lock()

    def put(self, key: Hashable, data: bytes) -> None:
        """Keep ``data`` under ``key``, in the place of what was kept there before."""
        with self._lock:
            try:
                if self._file is None:
                    # Without a buffer: bytes in one would be lost, and be tried again, when the disk is full.
                    self._file = TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 - see __exit__
                self._file.seek(self._end)
                rest = memoryview(data)
                while rest:
                    rest = rest[self._file.write(rest) :]
            except OSError as error:
                raise self._failure(error) from None
            self._places[key] = (self._end, len(data))
            self._end += len(data)

    def get(self, key: Hashable) -> bytes:
        """The bytes of ``key``. Raises :class:`KeyError` if nothing is kept under it."""
        with self._lock:
            start, size = self._places[key]
            found = bytearray()
            try:
                if self._file is not None:
                    self._file.seek(start)
                    while len(found) < size and (some := self._file.read(size - len(found))):
                        found += some
            except OSError as error:
                raise self._failure(error) from None
            if len(found) < size:
                raise self._failure(OSError("the file is shorter than it was"))
            return bytes(found)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _failure(self, error: OSError) -> ProjectError:
        return ProjectError(
            f"cannot keep finished files here for a moment: {error.strerror or error}",
            path=self._folder,
            remedy="Check the free space, or choose another folder with --out.",
        )
