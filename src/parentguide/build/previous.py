"""The build that a folder holds, and the proof that a folder and its files are a build's.

Nothing in a target folder is trusted without its digest: a file is a build's if it has the digest that
the manifest in the folder, or the user's cache folder, has for its path. The folder is a build's if it
has our note, or if at least one file is.

Decision: docs/decisions/0040-target-folders.md.
"""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.atomic import safe_path, write_file
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import read_bytes, read_text
from parentguide.infra.json_text import parse_json
from parentguide.infra.zip_errors import ZIP_ERRORS
from parentguide.model.output import Artifact, LeftOut

MANIFEST = "manifest.json"
NOTE = "ABOUT-THIS-FOLDER.txt"
# A build recognises a folder as its own by this line of the note.
_MARKER = b"[parentguide output folder]"
# The repository has the same file in output/, so that a build does not change what git tracks.
NOTE_BYTES = (
    _MARKER
    + b"""

parentguide writes the finished guides into this folder.
Open README-FIRST.html for what each file is for.

Do not edit the files here: the next build replaces them. It leaves other
files in this folder alone. The first line of this note tells parentguide
that the folder is its own, so please keep the note.
"""
)
# In the place of a file's digest: the file could not be made. Reason and remedy follow, a line each.
_LEFT_OUT = "left out"
# The name under which the cache folder has the archive's digest: no file of a build can have it.
ARCHIVE = "../zip"
# Files that Windows and macOS put into folders on their own.
_OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("guide", "language", "edition", "path", "sha256")

Digests = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class PreviousBuild:
    """The build in a folder.

    ``digests`` has, by path, two digests: of what a file was made from, and of the file. ``proofs`` has,
    by path, the digests of the files that builds wrote there. ``manifest`` and ``note`` are the bytes of
    these files; they are empty if the folder has none. ``foreign`` is a file in a folder that is not a
    build's. ``archive`` is the digest of the ZIP file beside it if that is a build's;
    ``foreign_archive``: it is not.
    """

    root: Path
    digests: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    proofs: Digests = field(default_factory=dict)
    note: bytes = b""
    manifest: bytes = b""
    foreign: str = ""
    archive: str = ""
    foreign_archive: bool = False

    @property
    def note_changed(self) -> bool:
        """Whether a person has changed the note."""
        return bool(self.note) and digest_of(self.note) not in self.proofs[NOTE]

    def content(self, path: str, inputs_digest: str) -> bytes | None:
        """The file's bytes if it has the same inputs and nobody has changed it since; else None."""
        before, file_digest = self.digests.get(path, ("", ""))
        if self.foreign or before != inputs_digest:
            return None
        data = plain_bytes(self.root, path)
        return data if data is not None and digest_of(data) == file_digest else None

    def left_out(self, path: str, inputs_digest: str) -> tuple[str, str] | None:
        """Why the file could not be made from the same inputs, and what to do; None if that is not known."""
        before, found = self.digests.get(path, ("", ""))
        head, *reason = found.split("\n")
        return (reason[0], reason[1]) if (before, head) == (inputs_digest, _LEFT_OUT) else None


def digest_of(data: bytes) -> str:
    """The SHA-256 digest of a file's bytes, in hexadecimal."""
    return sha256(data).hexdigest()


def plain_bytes(root: Path, path: str) -> bytes | None:
    """The bytes of a file below ``root``; None if it is missing, or a link is on the way to it."""
    whole = root
    try:
        for part in safe_path(path).parts:
            whole /= part
            if whole.is_symlink():
                return None
        return read_bytes(whole)
    except (OSError, ProjectError):
        return None


def read_previous_build(root: Path, archive: bool = False) -> PreviousBuild:
    """The build in ``root``; an empty one if there is none, with ``foreign`` if the folder is not a build's.

    ``archive``: also look at the ZIP file beside it.
    """
    manifest = plain_bytes(root, MANIFEST) or b""
    note = plain_bytes(root, NOTE) or b""
    stored = _stored_digests(root)
    proofs: dict[str, set[str]] = {path: {now} for path, (_, now) in stored.items() if _DIGEST.fullmatch(now)}
    rows = _rows(manifest)
    for path, found in rows.items():
        proofs.setdefault(path, set()).add(found)
    if rows or not manifest.strip(b"\0"):
        # A build makes all of it, and after a power cut it may be empty.
        proofs.setdefault(MANIFEST, set()).add(digest_of(manifest))
    proofs[NOTE] = {digest_of(NOTE_BYTES), digest_of(NOTE_BYTES.replace(b"\n", b"\r\n"))}
    frozen = {path: frozenset(found) for path, found in proofs.items()}
    marked = note.removeprefix(b"\xef\xbb\xbf").startswith(_MARKER)
    zip_file = root.with_name(f"{root.name}.zip")
    zip_bytes = plain_bytes(root.parent, zip_file.name) if archive else None
    ours = zip_bytes is not None and archive_is_ours(zip_bytes, frozen.get(ARCHIVE, frozenset()))
    return PreviousBuild(
        root,
        stored,
        frozen,
        note if marked else b"",
        manifest,
        "" if marked or _any_proved(root, frozen) else _first_file(root),
        digest_of(zip_bytes) if zip_bytes is not None and ours else "",
        archive and not ours and (zip_file.exists() or zip_file.is_symlink()),
    )


def _any_proved(root: Path, proofs: Digests) -> bool:
    for path, found in proofs.items():
        if path not in (MANIFEST, NOTE, ARCHIVE):
            data = plain_bytes(root, path)
            if data is not None and digest_of(data) in found:
                return True
    return False


def _first_file(root: Path) -> str:
    """The first name in the folder, without those that the system makes; empty for an empty folder."""
    try:
        return min((path.name for path in root.iterdir() if path.name not in _OF_THE_SYSTEM), default="")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ProjectError(
            f"cannot be read: {error.strerror or error}",
            path=root,
            remedy="Choose another folder with --out.",
        ) from None


def _rows(manifest: bytes) -> dict[str, str]:
    """The digests of the files by path; empty unless every row has the form that a build writes."""
    try:
        rows = parse_json(manifest.decode("utf-8"))["artifacts"]
        if isinstance(rows, list) and all(map(_is_ours, rows)):
            return {row["path"]: row["sha256"] for row in rows}
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return {}


def _is_ours(row: Any) -> bool:
    """Whether a row of a manifest has the form that builds of all versions have written."""
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in _TEXTS):
        return False
    if not isinstance(row.get("bytes"), int) or not _DIGEST.fullmatch(row["sha256"]):
        return False
    try:
        parts = safe_path(row["path"]).parts
    except ProjectError:
        return False
    folders = (row["guide"], row["language"]) if row["guide"] else ()
    return parts[:-1] == folders and str(PurePosixPath(*parts)) == row["path"]


def archive_seal(digests: Mapping[str, str]) -> bytes:
    """The comment of a build's ZIP file: a digest of the paths and digests of its files. It shows that nobody
    has changed or added one, where the cache does not know the file."""
    listed = json.dumps(sorted(digests.items()))
    return b"parentguide " + digest_of(listed.encode("utf-8")).encode("ascii")


def archive_is_ours(data: bytes, known: Iterable[str]) -> bool:
    """Whether a ZIP file is a build's: its digest is known, it has the seal of its files, or it has just the
    files of its manifest, as those of earlier versions."""
    if digest_of(data) in known:
        return True
    try:
        with ZipFile(BytesIO(data)) as archive:
            if archive.comment.startswith(b"parentguide "):
                names = archive.namelist()
                digests = {name: digest_of(archive.read(name)) for name in names}
                return len(names) == len(digests) and archive.comment == archive_seal(digests)
            rows = _rows(archive.read(MANIFEST))
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            return (
                bool(rows)
                and set(sizes) == {*rows, MANIFEST}
                and all(digest_of(archive.read(path)) == found for path, found in rows.items())
            )
    except (KeyError, *ZIP_ERRORS):
        return False


def _stored_digests(root: Path) -> dict[str, tuple[str, str]]:
    """The digests by path; empty if they cannot be read, so that all files are made again."""
    try:
        table = parse_json(read_text(cache_path(root, "json")))
        return {str(path): (str(before), str(now)) for path, (before, now) in table.items()}
    except (ParentguideError, ValueError, AttributeError, TypeError):
        return {}


def store_digests(
    root: Path,
    artifacts: Iterable[Artifact],
    digests: Mapping[str, str],
    left_out: Iterable[LeftOut],
    others: Mapping[str, str],
) -> None:
    """Keep the digests of a build's files and of ``others``, such as its archive, for the next build; and why
    files could not be made.

    A cache that cannot be written is not an error.
    """
    table = {a.path: (a.inputs_digest, digests[a.path]) for a in artifacts}
    table |= {path: ("", found) for path, found in others.items()}
    for file in left_out:
        table[file.path] = (file.inputs_digest, "\n".join([_LEFT_OUT, file.reason, file.remedy]))
    with suppress(ProjectError):
        write_file(cache_path(root, "json"), json.dumps(table).encode("utf-8"))
