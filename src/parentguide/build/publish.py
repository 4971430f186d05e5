"""Publish a build atomically: readers see the old build or the new one, never a mix.

All files are first written into a temporary folder, and are on the disk. If the target holds only files
of an earlier build, the two folders are then exchanged in one step (Linux: ``renameat2`` with
``RENAME_EXCHANGE``; macOS: ``renamex_np`` with ``RENAME_SWAP``; elsewhere two renames). If the target
holds other files too, they are left alone, and the files of the build are moved in one by one. The
archive follows at once. :func:`locked` undoes or finishes what a killed build began.

Decisions: docs/decisions/0008-exchange-folders.md, docs/decisions/0040-target-folders.md.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType

from parentguide.build.exchange import Exchange, Record, folders_of
from parentguide.build.previous import ARCHIVE, PreviousBuild, digest_of
from parentguide.build.target import in_use_as
from parentguide.errors import ProjectError
from parentguide.infra.atomic import safe_path, sync_folder
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import resolved
from parentguide.infra.leftovers import IN_USE, locked_folder, release, shortened, take_over
from parentguide.infra.locks import process_lock
from parentguide.infra.permissions import PUBLIC_FOLDER, make_public_folder, write_public_file

LONGEST_WAIT = 60  # seconds
# More threads do not make the disk faster: 400 files of 100 kB take 0.04 s without fsync, 0.09 s with it
# in 8 threads, 0.19 s in one.
_WRITERS = 8
_ASIDE = "changed files"


@contextmanager
def locked(root: Path, longest_wait: float = LONGEST_WAIT) -> Iterator[list[Path]]:
    """Keep other builds on this machine out of ``root``, and undo or finish what a killed build began.

    The lock is the operating system's, which releases it when a process is killed. The value is a list of
    files of a person that the killed build had found, and that are now aside. Raises
    :class:`ProjectError` after ``longest_wait`` seconds.
    """
    whole = resolved(root)
    # The lock file is not beside the target, where somebody would copy it to the website.
    with process_lock(cache_path(root, "lock"), longest_wait, _busy(root)):
        yield _recover(whole)


def _busy(root: Path) -> ProjectError:
    return ProjectError(
        "another build is writing there",
        path=root,
        remedy="Wait until it is done, or choose another folder with --out.",
    )


def publish(
    root: Path,
    files: Mapping[str, bytes],
    earlier: PreviousBuild,
    archive: bytes | None = None,
    aside: Path | None = None,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> list[Path]:
    """Replace the build ``earlier`` in ``root`` by ``files``; keys are relative paths with ``/``.

    ``archive`` becomes the ZIP file beside the folder. Files that a person changed, and that are in the
    way, go to the folder ``aside``; returns their new paths. ``digests`` are those that the caller has
    computed already. Raises :class:`ProjectError`; ``root`` is then unchanged. Call it within
    :func:`locked`.
    """
    whole = root.resolve()
    files = {safe_path(name).as_posix(): data for name, data in files.items()}
    names = {name: digests.get(name) or digest_of(data) for name, data in files.items()}
    new_parents = [folder for folder in (whole.parent, *whole.parent.parents) if not folder.exists()]
    try:
        make_public_folder(whole.parent)
        beside = os.access(whole.parent, os.W_OK)
        record = Record(
            name=whole.name,
            files=names,
            proofs={path: sorted(found) for path, found in earlier.proofs.items() if path != ARCHIVE},
            archive_proofs=_archive_proofs(earlier),
            new_folders=sorted(folder for folder in folders_of(names) if not (whole / folder).exists()),
            aside=str(aside or (kept_aside(whole) if beside else whole / _ASIDE)),
            one_by_one=not beside or not (earlier.foreign or _holds_only(whole, {*names, *earlier.proofs})),
            keep=bool(earlier.foreign),
        )
        if record.keep and not beside:
            raise ProjectError(
                "you may not rename this folder", path=root, remedy="Choose another folder with --out."
            )
        if record.one_by_one:
            make_public_folder(whole)
            _refuse_blocked(whole, names)
        return _publish(whole, files, record, archive, whole.parent if beside else whole)
    except OSError as error:
        raise ProjectError(
            f"cannot be written: {error.strerror or error}",
            path=Path(error.filename) if isinstance(error.filename, str) else root,
            remedy="Close open files there, check the free space, or choose another folder with --out.",
        ) from None
    finally:
        for folder in new_parents:
            with suppress(OSError):
                folder.rmdir()  # only if it is still empty


def _publish(
    root: Path, files: Mapping[str, bytes], record: Record, archive: bytes | None, place: Path
) -> list[Path]:
    """Write the files into a new folder in ``place``, and exchange it with ``root``."""
    prefix = _prefix(root)
    staging, handle = locked_folder(lambda: place / f"{prefix}{token_hex(8)}")
    exchange = Exchange(root, staging, record)
    saved = False
    try:
        _write(exchange.new, files, root)
        if archive is not None:
            write_public_file(exchange.archive, archive)
        exchange.save()
        saved = True
        exchange.run()
    finally:
        if saved:
            with suppress(OSError):
                exchange.recover()
        _close(exchange, handle)
    return exchange.moved


def _close(exchange: Exchange, handle: int) -> None:
    """Remove the folder of an exchange, unless there is something in it that the next command must see to."""
    if exchange.old.exists():
        os.close(handle)
    else:
        release(exchange.staging, handle)


def _archive_proofs(earlier: PreviousBuild) -> list[str]:
    """The digests of archives of builds: the one in place, if it was recognised, and the last one made."""
    known = set(earlier.proofs.get(ARCHIVE, ()))
    if earlier.archive:
        known.add(earlier.archive)
    return sorted(known)


def kept_aside(root: Path) -> Path:
    """The folder beside ``root`` for files in it that a person changed."""
    whole = root.resolve()
    return whole.with_name(f"{shortened(whole.name)} ({_ASIDE} {date.today()})")


def _prefix(root: Path) -> str:
    return f".{shortened(root.name)}.parentguide-build-"


def _recover(root: Path) -> list[Path]:
    """Undo or finish an interrupted exchange, and remove what a killed build left."""
    moved: list[Path] = []
    build = re.compile(rf"{re.escape(_prefix(root))}[0-9a-f]{{16}}")
    for parent in (root.parent, root):
        for path in _entries(parent):
            if build.fullmatch(path.name):
                moved += _recover_one(root, path)
    _recover_earlier(root)
    return moved


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _recover_one(root: Path, staging: Path) -> list[Path]:
    try:
        handle = take_over(staging / IN_USE)
    except FileNotFoundError:
        # A program was stopped before it made the lock, or after it removed it.
        with suppress(OSError):
            staging.rmdir()
        return []
    except OSError:
        return []
    if handle is None:
        raise _busy(root)  # a program on another computer
    exchange = Exchange.read(root, staging)
    if exchange is None:
        release(staging, handle)
        return []
    if exchange.record.name != root.name:
        os.close(handle)  # another folder, whose name begins like this one's
        return []
    try:
        exchange.recover()
    except OSError as error:
        raise ProjectError(
            f"what a stopped build left cannot be put in order: {error.strerror or error}",
            path=staging,
            remedy="Close open files there, and check the free space.",
        ) from None
    finally:
        _close(exchange, handle)
    return exchange.moved


def _recover_earlier(root: Path) -> None:
    """The same for what builds of versions before December 2026 left; they wrote no record."""
    start = f".{root.name}.parentguide-"
    kept = [path for path in _entries(root.parent) if path.name.startswith(f"{start}old-")]
    if kept and not root.exists():
        kept.pop().replace(root)
    new = [path for path in _entries(root.parent) if path.name.startswith(f"{start}new-")]
    inside = [path for path in _entries(root) if re.fullmatch(r"\.parentguide-[0-9a-f]{16}", path.name)]
    for left in (*kept, *new, *inside):
        shutil.rmtree(left, ignore_errors=True)
    unfinished = re.compile(rf"\.{re.escape(root.name)}\.zip\.[0-9a-f]{{16}}")
    for path in _entries(root.parent):
        if unfinished.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _holds_only(root: Path, paths: set[str]) -> bool:
    """Whether the folder is missing, or has only the files ``paths``, and may be exchanged."""
    if in_use_as(root):
        return False
    folders = folders_of(paths)
    for place, inside, names in os.walk(root):
        here = Path(place).relative_to(root)
        for name in inside:
            if (Path(place, name)).is_symlink() or (here / name).as_posix() not in folders:
                return False
        for name in names:
            path = Path(place, name)
            if path.is_symlink() or not path.is_file() or (here / name).as_posix() not in paths:
                return False
    return True


def _refuse_blocked(root: Path, names: Mapping[str, str]) -> None:
    """Raise :class:`ProjectError` if a folder, a link or a file is where a folder or file has to be."""
    blocked = sorted(
        {folder for folder in folders_of(names) if _is_blocked(root / folder, file=False)}
        | {name for name in names if _is_blocked(root / name, file=True)}
    )
    if blocked:
        raise ProjectError(
            f"something else has the name of a file or folder that this build makes: {', '.join(blocked)}",
            path=root,
            remedy="Rename it or move it away, or choose another folder with --out.",
        )


def _is_blocked(path: Path, file: bool) -> bool:
    try:
        return path.is_symlink() or (path.exists() and not (path.is_file() if file else path.is_dir()))
    except NotADirectoryError:
        return False  # the folder above is named already


def _write(folder: Path, files: Mapping[str, bytes], like: Path) -> None:
    """Write the files, and return when they are on the disk. The folder gets the permissions of ``like``."""
    folder.mkdir()
    folders = [folder / name for name in folders_of(files)]
    for one in folders:
        make_public_folder(one)
    with ThreadPoolExecutor(_WRITERS) as pool:
        for _ in pool.map(write_public_file, map(folder.joinpath, files), files.values()):
            pass
    for one in (*folders, folder):
        sync_folder(one)
    folder.chmod(like.stat().st_mode & 0o7777 if like.is_dir() else PUBLIC_FOLDER)
