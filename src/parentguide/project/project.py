"""The rim: where words and templates lie, and reading them.

A project is a folder with ``locales/`` and, if it has its own look, ``templates/``.
The default one is inside the installed program (``parentguide/content``); in a
checkout it is the checkout itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from parentguide.errors import ProjectError, SourceError
from parentguide.infra.files import _decoded, read_bytes, read_text
from parentguide.infra.parse_cache import ParseCache
from parentguide.infra.toml import parse_toml, refuse_unknown, require
from parentguide.model.contact import Contact
from parentguide.model.guide import Definition, Guide
from parentguide.model.language import CONFIDENCE, DIGITS, SOURCE_LOCALE, Language, PrintStyle
from parentguide.model.review_state import ReviewState
from parentguide.project.contacts_file import parse_contacts
from parentguide.project.definition_file import parse_definition
from parentguide.project.guide_file import FrontMatter, parse_front_matter, parse_guide
from parentguide.translation import po
from parentguide.translation.back_translation import BackTranslation, parse_back_translation
from parentguide.translation.po import Message

INTERFACE = "interface"


_LANGUAGE_KEYS = {
    "english_name",
    "own_name",
    "script",
    "direction",
    "dated",
    "print",
    "stop",
    "quotes",
    "digits",
    "confidence",
    "confidence_reason",
    "speakers",
    "lang",
    "spoken_as",
    "voices",
    "notes",
}


_PRINT_KEYS = {"fonts", "scale", "leading", "region", "features"}


_PACKAGE = Path(__file__).parents[1]


def default_root() -> Path:
    """The content that comes with the program: in the wheel, else in the checkout."""
    installed = _PACKAGE / "content"
    return installed if installed.is_dir() else _PACKAGE.parents[1]


@dataclass(frozen=True)
class GuideSource:
    """A guide in English with the files it was read from."""

    guide: Guide
    front: FrontMatter
    definition: Definition | None
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "guide.md"

    @property
    def newsletter_path(self) -> Path:
        return self.folder / self.front.newsletter


class Project:
    """Reads the files of one folder, each once. Raises our errors, never ``OSError``.

    ``readings`` are those of an earlier look at the same folder: a file that is still the
    same is then not parsed again.
    """

    def __init__(self, root: Path | None = None, readings: ParseCache | None = None) -> None:
        self.root = (root or default_root()).resolve()
        self.locales = self.root / "locales"
        if not self.locales.is_dir():
            raise ProjectError(
                "there is no folder “locales” here",
                path=self.root,
                remedy="Give --project the folder that holds locales/, or leave --project out.",
            )
        self._sources: dict[str, GuideSource] = {}
        self._templates: dict[str, dict[str, Message]] = {}
        self._readings = readings or ParseCache()
        own = self.root / "templates"
        self.templates = own if own.is_dir() else default_root() / "templates"

    @property
    def is_installed_copy(self) -> bool:
        """Whether this is the program's own content, which commands must not edit."""
        return self.root.is_relative_to(_PACKAGE)

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """Every language by its tag, in the file's order."""
        path = self.locales / "languages.toml"
        data = read_bytes(path)
        return self._readings.get_or_parse(path, (data,), lambda: _languages(data, path))

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        path = self.locales / "contacts.toml"
        return parse_contacts(read_text(path), path)

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The names of all guides, sorted."""
        return tuple(sorted(path.parent.name for path in self.locales.glob(f"{SOURCE_LOCALE}/*/guide.md")))

    def guide_source(self, slug: str) -> GuideSource:
        """One guide in English. Raises :class:`SourceError` or :class:`ProjectError`."""
        if slug not in self._sources:
            self._sources[slug] = self._read_source(slug)
        return self._sources[slug]

    def _read_source(self, slug: str) -> GuideSource:
        folder = self.locales / SOURCE_LOCALE / slug
        path = folder / "guide.md"
        data = read_bytes(path)
        text = _decoded(data, path)
        front = parse_front_matter(text.replace("\r\n", "\n"), path)
        definition_path = folder / front.definition
        of_definition = read_bytes(definition_path) if front.definition else b""

        def parse() -> GuideSource:
            definition = None
            if front.definition:
                definition = parse_definition(_decoded(of_definition, definition_path), definition_path)
            return GuideSource(parse_guide(text, slug, definition, path), front, definition, folder)

        return self._readings.get_or_parse(path, (data, of_definition), parse)

    def pot_path(self, domain: str) -> Path:
        return self.locales / f"{domain}.pot"

    def source_messages(self, domain: str) -> dict[str, Message]:
        """The messages of a domain's POT file, as it was when first asked for."""
        if domain not in self._templates:
            self._templates[domain] = self._messages(self.pot_path(domain))
        return self._templates[domain]

    def back_translation_path(self, language: Language) -> Path:
        return self.locales / language.locale / "back-translation.json"

    def back_translation(self, language: Language) -> BackTranslation:
        """What each message says when it is put back into English; empty if nobody did."""
        path = self.back_translation_path(language)
        return parse_back_translation(read_text(path), path) if path.exists() else BackTranslation()

    def catalog_path(self, language: Language, domain: str) -> Path:
        return self.locales / language.locale / "LC_MESSAGES" / f"{domain}.po"

    def catalog(self, language: Language, domain: str) -> Mapping[str, Message]:
        """The messages of a language's PO file; none if there is no file yet."""
        path = self.catalog_path(language, domain)
        # Read again each time, since commands write catalogs and then ask for them.
        return self._messages(path) if path.exists() else {}

    def _messages(self, path: Path) -> dict[str, Message]:
        data = read_bytes(path)
        return self._readings.get_or_parse(path, (data,), lambda: po.read_catalog(data, path))

    def language(self, tag: str) -> Language:
        """The language of a BCP 47 tag. Raises :class:`ProjectError` for an unknown one."""
        found = self.languages.get(tag) or self.languages.get(tag.replace("_", "-"))
        if found:
            return found
        raise ProjectError(
            f"there is no language “{tag}”",
            path=self.locales / "languages.toml",
            remedy=f"Choose from: {', '.join(self.languages)}.",
        )


def _languages(data: bytes, path: Path) -> dict[str, Language]:
    tables = parse_toml(_decoded(data, path), path)
    return {tag: _language(tag, table, path) for tag, table in tables.items()}


def _language(tag: str, table: Any, path: Path) -> Language:
    where = f"[{tag}]"
    if not isinstance(table, dict):
        raise SourceError(f"{where} is no table", path=path, remedy="Write [tag] on a line of its own.")
    refuse_unknown(table, _LANGUAGE_KEYS, path, where)
    direction = require(table, "direction", str, path, where)
    if direction not in ("ltr", "rtl"):
        raise SourceError(f"{where}: “direction” is {direction!r}", path=path, remedy='Write "ltr" or "rtl".')
    english_name = require(table, "english_name", str, path, where)
    style = require(table, "print", dict, path, where)
    refuse_unknown(style, _PRINT_KEYS, path, f"{where} print")
    return Language(
        tag=tag,
        english_name=english_name,
        own_name=require(table, "own_name", str, path, where),
        direction="rtl" if direction == "rtl" else "ltr",
        script=require(table, "script", str, path, where),
        print=PrintStyle(
            fonts=tuple(require(style, "fonts", list, path, f"{where} print")),
            scale=float(style.get("scale", 1.0)),
            leading=float(style.get("leading", 1.0)),
            region=str(style.get("region", "")),
            features=dict(style.get("features", {})),
        ),
        lang=str(table.get("lang", "")) or tag,
        spoken_as=str(table.get("spoken_as", "")) or english_name,
        voices=tuple(table.get("voices", [tag])),
        dated=None if tag == SOURCE_LOCALE else require(table, "dated", date, path, where),
        review=ReviewState.ORIGINAL if tag == SOURCE_LOCALE else ReviewState.DRAFT,
        stop=str(table.get("stop", ".")),
        quotes=_quotes(table.get("quotes", "“”"), path, where),
        digits=_digits(table.get("digits", "latn"), path, where),
        confidence=_confidence(table.get("confidence", ""), path, where),
        confidence_reason=str(table.get("confidence_reason", "")),
        speakers=_speakers(table.get("speakers", 0), path, where),
        notes=str(table.get("notes", "")),
    )


def _quotes(value: object, path: Path, where: str) -> str:
    if not isinstance(value, str) or len(value) != 2:
        raise SourceError(f"{where}: “quotes” is {value!r}", path=path, remedy='Write both marks: "“”".')
    return value


def _digits(value: object, path: Path, where: str) -> str:
    if value not in DIGITS:
        raise SourceError(
            f"{where}: “digits” is {value!r}", path=path, remedy=f"Write one of: {', '.join(DIGITS)}."
        )
    return str(value)


def _confidence(value: object, path: Path, where: str) -> str:
    if value not in ("", *CONFIDENCE):
        raise SourceError(
            f"{where}: “confidence” is {value!r}", path=path, remedy=f"Write {', '.join(CONFIDENCE)}."
        )
    return str(value)


def _speakers(value: object, path: Path, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise SourceError(f"{where}: “speakers” is {value!r}", path=path, remedy="Write a number of people.")
    return value
