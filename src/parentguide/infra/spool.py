"""Bytes that are needed later, on the disk instead of in memory."""

from collections.abc import Hashable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from types import TracebackType

from parentguide.errors import ProjectError


class Spool:
    """A temporary file that keeps the bytes of many keys. Safe to use from several threads.

    The system removes the file when it is closed, or when the program is killed. It is made in ``folder``,
    or in the nearest folder above it that exists: what is kept there needs the room there anyway, and the
    system's folder for temporary files may be in memory. All methods raise :class:`ProjectError` if the
    disk is full or cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        whole = folder.absolute()
        self._folder = next((place for place in (whole, *whole.parents) if place.is_dir()), whole)
        self._places: dict[Hashable, tuple[int, int]] = {}
        self._lock = Lock()
        try:
            self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed in __exit__
        except OSError as error:
            raise self._failure(error) from None

    def put(self, key: Hashable, data: bytes) -> None:
        """Keep ``data`` under ``key``, in the place of what was kept there before."""
        with self._lock:
            try:
                start = self._file.seek(0, 2)
                self._file.write(data)
            except OSError as error:
                raise self._failure(error) from None
            self._places[key] = (start, len(data))

    def get(self, key: Hashable) -> bytes:
        """The bytes of ``key``. Raises :class:`KeyError` if nothing is kept under it."""
        with self._lock:
            start, size = self._places[key]
            try:
                self._file.seek(start)
                return self._file.read(size)
            except OSError as error:
                raise self._failure(error) from None

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _failure(self, error: OSError) -> ProjectError:
        return ProjectError(
            f"cannot keep finished files here for a moment: {error.strerror or error}",
            path=self._folder,
            remedy="Check the free space, or choose another folder with --out.",
        )
