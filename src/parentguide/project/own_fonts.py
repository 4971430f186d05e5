"""The project's own fonts: the files in ``fonts/``, and ``fonts/fonts.toml``, which says what they are.

[[font]]
file = "NotoNastaliqUrdu-Regular.ttf"
family = "Noto Nastaliq Urdu"
version = "2.0"
licence = "OFL-1.1"
sha256 = "…"
added_on = 2026-11-28
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from parentguide.errors import ParentguideError, Problem, ProjectError, SourceError
from parentguide.fonts.font_file import FontFile, read_font, try_font
from parentguide.fonts.lexicon import belongs_to_word
from parentguide.infra.atomic import write_files
from parentguide.infra.files import read_bytes, read_text
from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml, toml_value
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.project.recorded import recorded

FOLDER = "fonts"
LIST = "fonts.toml"
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_HEAD = "# The project's own fonts: “parentguide fonts add” and “fonts remove” write this file.\n"


@dataclass(frozen=True, slots=True)
class OwnFont:
    """One font file. ``licence`` is an SPDX identifier, or what the font says of its licence;
    ``confirmed``: a person has said that this licence allows what we do."""

    file: str
    family: str
    version: str
    licence: str
    sha256: str
    added_on: date
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class _FontsFile:
    font: tuple[OwnFont, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenFont:
    """A font that somebody gives: the name of its file, for messages, and its bytes."""

    name: str
    data: bytes


def own_fonts(project: Project) -> tuple[OwnFont, ...]:
    """What ``fonts.toml`` says; nothing if there is none. Raises :class:`SourceError` with every mistake."""
    path = project.root / FOLDER / LIST
    if not path.is_file():
        return ()
    return structure(parse_toml(read_text(path), path), _FontsFile, path).font


def add_fonts(
    project: Project, given: Sequence[GivenFont], *, licence_allows: bool = False, today: date | None = None
) -> tuple[OwnFont, ...]:
    """Check fonts, and store them with their records: all of them or none.

    ``licence_allows``: a person has read the licence, and it allows the font in a PDF, and changes. A file
    of the same typeface and weight is replaced. Raises :class:`SourceError` with every mistake of every file.
    """
    wanted = wanted_families(project)
    problems: list[Problem] = []
    read: dict[str, tuple[FontFile, bytes]] = {}
    for font in given:
        try:
            found = read_font(font.data)
            _refuse_unsuitable(found, font, wanted, project, licence_allows=licence_allows)
        except ParentguideError as error:
            problems += error.at(Path(font.name)).problems
        else:
            read[found.name] = found, font.data
    if problems:
        raise SourceError.of(problems)
    return _store(project, read, today or date.today())


def remove_fonts(project: Project, name: str) -> tuple[OwnFont, ...]:
    """Remove the files of a typeface, or one file, and their records; what was removed.

    Raises :class:`ProjectError` if the project has none of this name.
    """
    folder = project.root / FOLDER
    with recorded(project.root, f"Remove the font {name}", [folder / LIST, *_files(folder)]):
        records = own_fonts(project)
        gone = tuple(r for r in records if name.casefold() in (r.family.casefold(), r.file.casefold()))
        if not gone:
            listed = ", ".join(sorted({r.family for r in records})) or "none"
            raise ProjectError(f"the project has no font “{name}”", path=folder, remedy=f"It has: {listed}.")
        _refuse_bold_alone([record for record in records if record not in gone])
        _write(folder, [record for record in records if record not in gone], {})
        for record in gone:
            _unlink(folder / Path(record.file).name)
    return gone


def wanted_families(project: Project) -> Mapping[str, tuple[Language, ...]]:
    """The typefaces that languages ask for (``print.faces``), each with these languages."""
    found: dict[str, tuple[Language, ...]] = {}
    for language in project.languages.values():
        for face in language.print.faces:
            found[face.family] = (*found.get(face.family, ()), language)
    return found


def letters_of(project: Project, language: Language) -> frozenset[str]:
    """The letters and marks of the language's script in its translations."""
    found: set[str] = set()
    for domain in domains(project):
        for message in project.catalog(language, domain).values():
            found.update(message.text)
    return frozenset(char for char in found if belongs_to_word(char, language.script))


def damaged_fonts(project: Project) -> Iterator[Problem]:
    """What is wrong in the folder: a file that is missing, has changed, or is not in the list."""
    folder = project.root / FOLDER
    records = {record.file: record for record in own_fonts(project)}
    for path in _files(folder):
        record = records.pop(path.name, None)
        if record is None:
            yield Problem("is not in fonts.toml", f"Run “parentguide fonts add {path}”.", path=path)
        elif sha256(read_bytes(path)).hexdigest() != record.sha256:
            yield Problem("has changed since it was added", f"Run “parentguide fonts add {path}”.", path=path)
    for name in records:
        yield Problem(
            "is missing", f"Add the file again, or run “parentguide fonts remove {name}”.", path=folder / name
        )


def _refuse_unsuitable(
    font: FontFile,
    given: GivenFont,
    wanted: Mapping[str, tuple[Language, ...]],
    project: Project,
    *,
    licence_allows: bool,
) -> None:
    """Raises :class:`SourceError` with everything that keeps the font out."""
    problems = []
    if not font.licence and not licence_allows:
        said = f"it says: “{font.licence_text}”" if font.licence_text else "it does not say which it has"
        problems.append(
            Problem(
                f"its licence is none of those that we know; {said}",
                "Read the licence. If it allows the font in a PDF, and changes of it, add"
                " --licence-allows-embedding (in Studio: tick the box).",
            )
        )
    languages = wanted.get(font.family, ())
    if not languages:
        listed = ", ".join(f"{family} ({_names(tongues)})" for family, tongues in sorted(wanted.items()))
        problems.append(
            Problem(
                f"no language asks for the typeface “{font.family}”",
                f"These are asked for: {listed}. To use another, add it to print.faces in languages.toml.",
            )
        )
    for language in languages:
        letters = letters_of(project, language)
        missing = sorted(letters - font.characters)
        if missing:
            shown = " ".join(missing[:20])
            problems.append(
                Problem(
                    f"has no {shown} for {language.english_name}", "Get the whole font, not a part of it."
                )
            )
        else:
            try_font(given.data, letters, language.tag.partition("-")[0], language.script)
    if problems:
        raise SourceError.of(problems)


def _store(project: Project, read: Mapping[str, tuple[FontFile, bytes]], today: date) -> tuple[OwnFont, ...]:
    folder = project.root / FOLDER
    families = ", ".join(sorted({font.family for font, _ in read.values()}))
    with recorded(
        project.root, f"Add the font {families}", [folder / LIST, *(folder / name for name in read)]
    ):
        new = [
            OwnFont(
                name,
                font.family,
                font.version,
                font.licence or font.licence_text or "not said in the font",
                sha256(data).hexdigest(),
                today,
                confirmed=not font.licence,
            )
            for name, (font, data) in sorted(read.items())
        ]
        kept = [record for record in own_fonts(project) if record.file not in read]
        records = sorted([*kept, *new], key=lambda record: record.file)
        _refuse_bold_alone(records)
        _write(folder, records, {folder / name: data for name, (_, data) in read.items()})
    return tuple(new)


def _refuse_bold_alone(records: Iterable[OwnFont]) -> None:
    """A typeface without its regular face would set everything in bold."""
    files: dict[str, list[str]] = {}
    for record in records:
        files.setdefault(record.family, []).append(Path(record.file).stem)
    alone = [family for family, names in files.items() if all(name.endswith("-Bold") for name in names)]
    if alone:
        raise SourceError(
            f"only the bold face of {', '.join(alone)} would be there",
            remedy="Give the file of Regular too, at the same time, or remove the whole typeface.",
        )


def _write(folder: Path, records: Sequence[OwnFont], files: Mapping[Path, bytes]) -> None:
    if records:
        write_files({**files, folder / LIST: _list_text(records).encode("utf-8")})
    else:
        _unlink(folder / LIST)


def _list_text(records: Sequence[OwnFont]) -> str:
    lines = [_HEAD]
    for record in records:
        lines += ["[[font]]"]
        for key in ("file", "family", "version", "licence", "sha256", "added_on"):
            lines.append(f"{key} = {toml_value(getattr(record, key))}")
        if record.confirmed:
            lines.append("confirmed = true")
        lines.append("")
    return "\n".join(lines)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectError(
            f"cannot be removed: {error.strerror or error}",
            path=path,
            remedy="Close the programs that use it, then try again.",
        ) from None


def _names(languages: Iterable[Language]) -> str:
    return ", ".join(language.english_name for language in languages)
