"""What “parentguide doctor” looks at, one subject after the other. Every finding is listed, none raised."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from filelock import FileLock, Timeout

from parentguide.build.previous import NOTE, digest_of, plain_bytes, read_previous_build
from parentguide.errors import ParentguideError
from parentguide.infra.cache_dir import cache_folder, cache_path
from parentguide.infra.files import read_bytes
from parentguide.infra.fonts import font_folders
from parentguide.infra.leftovers import leftovers_in, sweep_now
from parentguide.newsletter.digest import is_digest_of, newsletter_digest
from parentguide.project.history_health import history_findings
from parentguide.project.language_fonts import better_fonts, language_fonts
from parentguide.project.own_fonts import FOLDER, damaged_fonts
from parentguide.project.pot import pot_bytes, ready_domains
from parentguide.project.project import Project, default_root
from parentguide.review.status import ledger
from parentguide.schools.school_file import read_school
from parentguide.translation import po

_OLDEST_PYTHON = (3, 11)
_FONT_FILES = {".ttf", ".otf", ".ttc"}
_PINNED = re.compile(r"([A-Za-z0-9._-]+)==([^\s;]+)")
_WANTED = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*([^;]*)")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what to do. ``repair`` repairs it, if the program can."""

    problem: str
    remedy: str
    repair: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One line of the doctor: what was looked at, how much of it there is, and what is wrong."""

    name: str
    what: str
    findings: tuple[Finding, ...]


def examine(root: Path, out: Path) -> Iterator[Subject]:
    """Look at the installation, the project in ``root`` and the finished guides in ``out``."""
    yield _subject("Python", f"{sys.version_info.major}.{sys.version_info.minor}", _python)
    yield _subject("Packages", "versions", _packages)
    yield _subject("Fonts", "files of the font packages", _fonts)
    yield _subject("Own fonts", str(root / FOLDER), lambda: _own_fonts(Project(root)))
    yield _subject("Folders", str(root), lambda: _folders(root))
    yield _subject("Locks", str(cache_folder()), lambda: _locks(root, out))
    yield _subject("Leftovers", "of interrupted writes", lambda: _leftovers(root))
    yield _subject("Templates", "files", lambda: _templates(Project(root)))
    yield _subject("Guides", "text, newsletter and its digest", lambda: _guides(Project(root)))
    yield _subject("Catalogs", "of all languages", lambda: _catalogs(Project(root)))
    yield _subject("Ledgers", "of all languages, with digests", lambda: _ledgers(Project(root)))
    yield _subject("School", "school.toml", lambda: _school(root))
    yield _subject("History", "earlier versions", lambda: _history(root))
    yield _subject("Finished guides", str(out), lambda: _output(out))


def _subject(name: str, what: str, look: Callable[[], Iterable[Finding]]) -> Subject:
    findings: list[Finding] = []
    try:
        findings += look()
    except ParentguideError as error:
        findings += _of_error(error)
    except Exception as error:  # noqa: BLE001 - whatever is broken, the other subjects are looked at
        findings.append(Finding(f"cannot be looked at: {error}", "Please report this."))
    return Subject(name, what, tuple(findings))


def _of_error(error: ParentguideError) -> list[Finding]:
    found = []
    for problem in error.problems:
        place = f"{problem.path}:{problem.line}: " if problem.line else f"{problem.path}: "
        found.append(Finding(f"{place if problem.path else ''}{problem.text}", problem.remedy))
    return found


def _tried(look: Callable[[], object]) -> list[Finding]:
    """What is wrong with one file, as reading it says."""
    try:
        look()
    except ParentguideError as error:
        return _of_error(error)
    return []


def _python() -> Iterator[Finding]:
    if sys.version_info < _OLDEST_PYTHON:
        yield Finding("this Python is too old", "Install Python 3.11 or newer.")


def _packages() -> Iterator[Finding]:
    """The packages that this program needs, and in a checkout the versions that it is tested with."""
    exact = _constraints()
    for entry in metadata.requires("parentguide") or ():
        match = _WANTED.match(entry)
        if match is None or "extra ==" in entry:
            continue
        name, wanted = match[1], match[2].strip()
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield Finding(f"{name} is not installed", "Install parentguide again with pip.")
            continue
        tested = exact.get(_normal(name), "")
        if not _fits(version, wanted):
            yield Finding(f"{name} {version} is not {wanted}", "Install parentguide again with pip.")
        elif tested and _numbers(version) != _numbers(tested):
            yield Finding(f"{name} is {version}, tested with {tested}", "Install with constraints.txt.")


def _constraints() -> dict[str, str]:
    path = default_root() / "constraints.txt"
    text = path.read_text("utf-8") if path.is_file() else ""
    return {_normal(name): version for name, version in _PINNED.findall(text)}


def _normal(name: str) -> str:
    """A distribution's name as names are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _fits(version: str, wanted: str) -> bool:
    """Whether a version is what pyproject.toml asks for; only ``==``, ``>=`` and ``<`` are used there."""
    for operator, limit in re.findall(r"(==|>=|<)\s*([^,\s]+)", wanted):
        found, bound = _numbers(version), _numbers(limit)
        if operator == "==" and found != bound:
            return False
        if (operator == ">=" and found < bound) or (operator == "<" and found >= bound):
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _fonts() -> Iterator[Finding]:
    for folder in font_folders():
        files = [path for path in folder.rglob("*") if path.suffix.lower() in _FONT_FILES]
        if not files:
            yield Finding(f"{folder}: has no fonts", "Install parentguide again with pip.")
        for path in files:
            if path.stat().st_size == 0:
                yield Finding(f"{path}: is empty", "Install parentguide again with pip.")


def _own_fonts(project: Project) -> Iterator[Finding]:
    for problem in damaged_fonts(project):
        yield Finding(f"{problem.path}: {problem.text}", problem.remedy)


def better(root: Path) -> list[str]:
    """Languages that would be better with another typeface: that is not wrong, so it is no finding."""
    try:
        return [font.sentence for font in better_fonts(list(language_fonts(Project(root))))]
    except ParentguideError:
        # The subjects list what is broken.
        return []


def _folders(root: Path) -> Iterator[Finding]:
    project = Project(root)
    if project.is_installed_copy:
        return
    for folder in (project.root, project.locales, *filter(Path.is_dir, project.locales.iterdir())):
        if not os.access(folder, os.W_OK | os.X_OK):
            yield Finding(f"{folder}: cannot be written", "Check the permissions of this folder.")


def _locks(root: Path, out: Path) -> Iterator[Finding]:
    """The system releases a lock when its program ends, however it ends: so a lock means that one runs."""
    places = {"guides": root / "locales", "history": root / ".history", "finished guides": out}
    for name, place in places.items():
        try:
            with FileLock(cache_path(place, "lock"), timeout=0):
                pass
        except Timeout:
            yield Finding(f"another program is changing the {name} now", "Wait until it is done.")


def _leftovers(root: Path) -> Iterator[Finding]:
    for path in leftovers_in(root / "locales") + leftovers_in(root / ".history"):
        yield Finding(
            f"{path}: is left of an interrupted write",
            "Run “parentguide doctor --repair”.",
            lambda path=path: sweep_now(path.parent),  # type: ignore[misc]
        )


def _templates(project: Project) -> Iterator[Finding]:
    for path in sorted((default_root() / "templates").rglob("*")):
        own = project.templates / path.relative_to(default_root() / "templates")
        if path.is_file() and path.parent.name != "studio":
            if not own.is_file():
                yield Finding(f"{own}: is missing", "Copy it from the program's templates.")
            elif not own.stat().st_size and path.stat().st_size:
                yield Finding(f"{own}: is empty", "Copy it from the program's templates.")


def _guides(project: Project) -> Iterator[Finding]:
    yield from _tried(lambda: (project.languages, project.contacts, project.settings))
    for slug in project.ready_slugs:
        problems = _tried(lambda slug=slug: (project.guide_source(slug), project.withdrawn(slug)))  # type: ignore[misc]
        yield from problems
        if not problems:
            source = project.guide_source(slug)
            data = read_bytes(source.newsletter_path)
            if not is_digest_of(source.front.newsletter_sha256, data):
                yield Finding(
                    f"{source.newsletter_path}: is not the newsletter that the guide was written for",
                    "Compare the numbers with “parentguide read”, then write newsletter_sha256:"
                    f" {newsletter_digest(data)}",
                )


def _catalogs(project: Project) -> Iterator[Finding]:
    for domain in ready_domains(project):
        template = pot_bytes(project, domain)
        if plain_bytes(project.locales, project.pot_path(domain).name) != template:
            yield Finding(f"{project.pot_path(domain)}: is old", "Run “parentguide extract”.")
        for language in project.languages.values():
            path = project.catalog_path(language, domain)
            if language.is_source or not path.exists():
                continue
            problems = _tried(lambda: project.catalog(language, domain))  # noqa: B023 - called at once
            yield from problems
            if not problems:
                data = read_bytes(path)
                if po.merge(template, data, language.locale, path) != data:
                    yield Finding(f"{path}: is not up to date", "Run “parentguide update”.")


def _ledgers(project: Project) -> Iterator[Finding]:
    for language in project.languages.values():
        for domain in ready_domains(project) if not language.is_source else ():
            yield from _tried(lambda: ledger(project, language, domain))  # noqa: B023 - called at once


def _school(root: Path) -> list[Finding]:
    path = root / "school.toml"
    return _tried(lambda: read_school(path)) if path.exists() else []


def _history(root: Path) -> Iterator[Finding]:
    for found in history_findings(root):
        yield Finding(found.problem, found.remedy, found.repair)


def _output(out: Path) -> Iterator[Finding]:
    if not out.is_dir():
        return
    build = read_previous_build(out)
    if build.foreign:
        yield Finding(f"{out}: has files of somebody else ({build.foreign})", "Choose another --out.")
        return
    if not build.note:
        yield Finding(f"{out / NOTE}: is missing", "Run “parentguide build”: it writes the note again.")
    for path, digests in build.proofs.items():
        data = plain_bytes(out, path)
        if path != NOTE and data is not None and digest_of(data) not in digests:
            yield Finding(f"{out / path}: was changed or damaged", "Run “parentguide build” again.")
