"""The typefaces of printed sheets: what each language uses, and what would be better."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parentguide.fonts.faces import first_found
from parentguide.model.language import Language, PrintFace
from parentguide.project.project import Project


@dataclass(frozen=True, slots=True)
class LanguageFonts:
    """The typeface that a language's sheets use. ``made``: a font is made of it for each build.

    ``better`` is the first typeface that the language asks for, if it is not here.
    """

    language: Language
    typeface: str
    made: bool
    better: PrintFace | None


def language_fonts(project: Project) -> Iterator[LanguageFonts]:
    """Of each language, in the order of ``languages.toml``. Raises :class:`LayoutError` for a broken font."""
    for language in project.languages.values():
        yield fonts_of(project, language)


def fonts_of(project: Project, language: Language) -> LanguageFonts:
    """Of one language. Raises :class:`LayoutError` for a broken font."""
    style = language.print
    found = first_found(style.faces, project.fonts)
    used = found[0] if found else None
    better = style.faces[0] if style.faces and style.faces[0] is not used else None
    return LanguageFonts(language, used.family if used else style.fonts[0], used is not None, better)


@dataclass(frozen=True, slots=True)
class BetterFont:
    """A typeface that is not here, and the languages that would be set in it."""

    face: PrintFace
    languages: tuple[Language, ...]

    @property
    def names(self) -> str:
        """The languages in English."""
        return " and ".join(language.english_name for language in self.languages)

    @property
    def sentence(self) -> str:
        """What it is for, and where it is free."""
        where = f", free from {self.face.get}" if self.face.get else ""
        licence = f" ({self.face.licence})" if self.face.licence else ""
        return f"{self.names} would be better in {self.face.family}{where}{licence}."


def better_fonts(found: Sequence[LanguageFonts]) -> tuple[BetterFont, ...]:
    """The typefaces that are not here, each with its languages."""
    by_family: dict[str, tuple[PrintFace, list[Language]]] = {}
    for entry in found:
        if entry.better:
            by_family.setdefault(entry.better.family, (entry.better, []))[1].append(entry.language)
    return tuple(BetterFont(face, tuple(languages)) for face, languages in by_family.values())
