"""The page and the table that list all schools of a trust, beside the folders of the schools."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from parentguide.build.batch import SchoolResult
from parentguide.build.previous import digest_of, plain_bytes
from parentguide.build.publish import kept_aside
from parentguide.build.target import target_folder
from parentguide.errors import ParentguideError, ProjectError
from parentguide.infra.aside import free_name
from parentguide.infra.atomic import write_file, write_files
from parentguide.infra.cache_dir import cache_path
from parentguide.infra.files import read_text
from parentguide.infra.json_text import parse_json
from parentguide.infra.permissions import make_readable
from parentguide.project.project import Project
from parentguide.render.web.contexts import SchoolsContext
from parentguide.render.web.look import Look

INDEX = "schools.html"
RESULTS = "schools.csv"
_HEADINGS = ["place", "folder", "name", "files made", "files as they were", "problem", "left out"]
# The byte order mark tells Excel that the file is UTF-8.
_BOM = b"\xef\xbb\xbf"
# What the files of all versions contain: so they are recognised without the cache folder.
_CONTENT = {
    INDEX: b"<title>Guides for parents: all schools</title>",
    RESULTS: _BOM + ",".join(_HEADINGS[:-1]).encode(),
}


def check_folder(out: Path, table: Path, force: bool) -> Path:
    """The absolute path of the folder for all schools.

    Raises :class:`ProjectError` where no folder can be, and if it has a file ``schools.html`` or
    ``schools.csv`` that is not a build's; with ``force``, only if that is the ``table`` of schools itself.
    """
    whole = target_folder(out)
    for name in (INDEX, RESULTS):
        path = whole / name
        if path.exists() and table.exists() and path.samefile(table):
            raise ProjectError(
                f"the table of schools is where the results are written, as {name}",
                path=table,
                remedy="Move or rename it, or choose another folder with --out.",
            )
        if not force and (path.exists() or path.is_symlink()) and not _recognised(whole, name):
            raise ProjectError(
                "parentguide did not make this file",
                path=path,
                remedy="Rename it, or choose another folder with --out. Or add --force: the file gets another"
                " name with today's date.",
            )
    return whole


def _recognised(out: Path, name: str) -> bool:
    """Whether a build made the file, though somebody may have changed it since."""
    data = plain_bytes(out, name)
    return data is not None and (_CONTENT[name] in data or digest_of(data) in _stored(out, name))


def write_index(project: Project, results: Sequence[SchoolResult], out: Path) -> list[Path]:
    """Write ``schools.html`` and ``schools.csv``, which list the result of each school.

    Files of these names that no build made, or that somebody changed, get another place, which is returned.
    """
    look = Look(project.templates)
    ordered = sorted(results, key=lambda result: result.entry.name.casefold())
    context: SchoolsContext = {"results": ordered}
    files = {INDEX: look.render("schools.html", context), RESULTS: _table(results)}
    moved = [kept for name in files if (kept := _keep(out, name)) is not None]
    # The digests come first, and those of the present files stay: so the next command knows the old files
    # and the new ones, whenever this one is stopped.
    digests = {name: sorted({digest_of(data), *_present(out, name)}) for name, data in files.items()}
    write_file(cache_path(out, "schools.json"), json.dumps(digests).encode())
    write_files({out / name: data for name, data in files.items()})
    make_readable(out, files)
    return moved


def _present(out: Path, name: str) -> set[str]:
    data = plain_bytes(out, name)
    return set() if data is None else {digest_of(data)}


def _keep(out: Path, name: str) -> Path | None:
    """Move a file aside unless it is as a build wrote it; the new path."""
    path = out / name
    data = plain_bytes(out, name)
    known = data is not None and digest_of(data) in _stored(out, name)
    if known or not (path.exists() or path.is_symlink()):
        return None
    kept = kept_aside(out) / name
    kept = free_name(kept, "changed") if kept.exists() else kept
    try:
        kept.parent.mkdir(exist_ok=True)
        path.rename(kept)
    except OSError as error:
        raise ProjectError(
            f"cannot be moved to {kept}: {error.strerror or error}",
            path=path,
            remedy="Close it if it is open elsewhere, or choose another folder with --out.",
        ) from None
    return kept


def _stored(out: Path, name: str) -> list[str]:
    """The digests of the file as builds wrote it."""
    try:
        return [str(digest) for digest in parse_json(read_text(cache_path(out, "schools.json")))[name]]
    except (ParentguideError, ValueError, KeyError, TypeError):
        return []


def _table(results: Sequence[SchoolResult]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_HEADINGS)
    for result in results:
        entry = result.entry
        missing = " ".join(result.missing)
        row = (entry.place, entry.folder, entry.name, result.made, result.kept, result.error, missing)
        table.writerow([_no_formula(cell) for cell in row])
    return _BOM + text.getvalue().encode()


def _no_formula(cell: str | int) -> str | int:
    """The cell in a form that a spreadsheet program does not read as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell
