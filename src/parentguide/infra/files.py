"""Read files, with this program's errors."""

from pathlib import Path

from parentguide.errors import ProjectError, SourceError


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises :class:`ProjectError` if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ProjectError(
            f"cannot be read: {error.strerror or error}",
            path=path,
            remedy="Check the name, and that you may open the file.",
        ) from None


def read_text(path: Path) -> str:
    """The file's text. Raises :class:`ProjectError`, and :class:`SourceError` if it is not UTF-8."""
    return decoded(read_bytes(path), path)


def decoded(data: bytes, path: Path) -> str:
    """The text of ``data``, the bytes of ``path``. Raises :class:`SourceError` unless it is UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8 at byte {error.start}", path=path, remedy="Save the file as UTF-8."
        ) from None
