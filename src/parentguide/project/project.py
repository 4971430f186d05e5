"""A project on disk: finds and reads its content and templates.

A project is a folder with ``locales/`` and, if it has its own design, ``templates/``. The default
project is inside the installed program (``parentguide/content``); in a checkout it is the checkout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.files import decoded, read_bytes, read_text, resolved
from parentguide.infra.parse_cache import ParseCache
from parentguide.model.contact import Contact
from parentguide.model.domain import INTERFACE
from parentguide.model.guide import Definition, Guide
from parentguide.model.guide_state import GuideState
from parentguide.model.language import SOURCE_LOCALE, Language
from parentguide.model.school import same_speech
from parentguide.project.contacts_file import parse_contacts
from parentguide.project.definition_file import parse_definition
from parentguide.project.front_matter import FrontMatter
from parentguide.project.guide_file import front_matter_of, parse_guide
from parentguide.project.guide_state import read_state
from parentguide.project.languages_file import parse_digits, parse_languages
from parentguide.project.scripts_file import parse_scripts
from parentguide.project.settings_file import ProjectSettings, parse_settings
from parentguide.project.source_messages import (
    extract_messages,
    files_of,
    guide_origin,
    interface_origin,
)
from parentguide.project.withdrawn_file import Withdrawn, parse_withdrawn
from parentguide.translation import po
from parentguide.translation.back_translation import BackTranslation, parse_back_translation
from parentguide.translation.po import Message

_PACKAGE = Path(__file__).parents[1]


def default_root() -> Path:
    """The folder of the default project."""
    installed = _PACKAGE / "content"
    return installed if installed.is_dir() else _PACKAGE.parents[1]


@dataclass(frozen=True)
class GuideSource:
    """A guide in English, with its front matter, its definition and its folder."""

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
    """Reads the content of one folder. Raises :class:`ParentguideError`, never ``OSError``.

    A project reads languages, contacts, guides and their messages once and keeps them: make a new one after
    the files have changed. It reads catalogs and back-translations each time. With the ``parse_cache`` of
    an earlier project of the same folder, only files with other bytes are parsed again.

    ``root`` is the folder, ``locales`` and ``templates`` are folders in it; a project without templates
    uses those of the default project. Raises :class:`ProjectError` for a folder without ``locales``.
    """

    def __init__(self, root: Path | None = None, parse_cache: ParseCache | None = None) -> None:
        self.root = resolved(root or default_root())
        self.locales = self.root / "locales"
        if not self.locales.is_dir():
            raise ProjectError(
                "there is no folder “locales” here",
                path=self.root,
                remedy="Give --project the folder that holds locales/, or leave --project out.",
            )
        self._sources: dict[str, GuideSource] = {}
        self._source_messages: dict[str, dict[str, Message]] = {}
        self._parse_cache = parse_cache or ParseCache()
        # What a command works on, if not on everything (guide_choice.py): names of guides, and tags.
        self.named_guides: tuple[str, ...] = ()
        self.named_languages: tuple[str, ...] = ()
        own = self.root / "templates"
        self.templates = own if own.is_dir() else default_root() / "templates"
        # The project's own fonts, which no package brings.
        fonts = self.root / "fonts"
        self.fonts = (fonts,) if fonts.is_dir() else ()

    @property
    def is_installed_copy(self) -> bool:
        """Whether this is the content inside the program's package, which commands must not edit."""
        return self.root.is_relative_to(_PACKAGE)

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """Every language by its BCP 47 tag, in the order of ``languages.toml``."""
        return self.read_languages(read_bytes(self.locales / "languages.toml"))

    def read_languages(self, data: bytes) -> dict[str, Language]:
        """The same for the bytes of another ``languages.toml``."""
        path = self.locales / "languages.toml"
        digits_path, scripts_path = self.own_or_ours("digits.toml"), self.own_or_ours("scripts.toml")
        digits, scripts = read_bytes(digits_path), read_bytes(scripts_path)

        def parse() -> dict[str, Language]:
            zeros = parse_digits(decoded(digits, digits_path), digits_path)
            styles = parse_scripts(decoded(scripts, scripts_path), scripts_path)
            leadings = {script: style.leading for script, style in styles.items() if style.leading}
            return parse_languages(decoded(data, path), zeros, path, leadings)

        return self._parse_cache.get_or_parse(path, (data, digits, scripts), parse)

    def own_or_ours(self, name: str) -> Path:
        """The project's file of this name, which it needs only for what ours does not list; or ours."""
        own = self.locales / name
        return own if own.exists() else default_root() / "locales" / name

    @cached_property
    def complete_languages(self) -> Mapping[str, Language]:
        """The languages that guides are built in: all but those in progress, by tag."""
        return {tag: language for tag, language in self.languages.items() if not language.in_progress}

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """The national helplines, in the order of ``contacts.toml``."""
        path = self.locales / "contacts.toml"
        return parse_contacts(read_text(path), path)

    @cached_property
    def settings(self) -> ProjectSettings:
        """How the project wants its guides to be built; the defaults if it has no ``settings.toml``."""
        path = self.locales / "settings.toml"
        return parse_settings(read_text(path), path) if path.exists() else ProjectSettings()

    def withdrawn_path(self, slug: str) -> Path:
        """The list of a guide's withdrawn sentences, whether or not it exists."""
        return self.locales / SOURCE_LOCALE / slug / "withdrawn.toml"

    def withdrawn(self, slug: str) -> tuple[Withdrawn, ...]:
        """The sentences of a guide that may not be shown any more."""
        path = self.withdrawn_path(slug)
        return parse_withdrawn(read_text(path), path) if path.exists() else ()

    @cached_property
    def slugs(self) -> tuple[str, ...]:
        """The folder names of all guides, sorted."""
        return tuple(sorted(path.parent.name for path in self.locales.glob(f"{SOURCE_LOCALE}/*/guide.md")))

    @cached_property
    def states(self) -> Mapping[str, GuideState]:
        """The state of every guide by its folder name, also of a guide that is broken."""
        return {slug: self._read_state(slug) for slug in self.slugs}

    def _read_state(self, slug: str) -> GuideState:
        path = self.locales / SOURCE_LOCALE / slug / "guide.md"
        try:
            data = read_bytes(path)
        except ProjectError:
            # Whatever reads the guide says why it cannot be read.
            return GuideState.READY
        return self._parse_cache.get_or_parse(path.with_name("state"), (data,), lambda: read_state(data))

    @cached_property
    def ready_slugs(self) -> tuple[str, ...]:
        """The folder names of the guides that may go out to families, sorted."""
        return tuple(slug for slug in self.slugs if self.states[slug] is GuideState.READY)

    @property
    def unready_slugs(self) -> tuple[str, ...]:
        """The folder names of the guides that are being written, sorted."""
        return tuple(slug for slug in self.slugs if slug not in self.ready_slugs)

    @property
    def chosen_slugs(self) -> tuple[str, ...]:
        """The guides that a build or a check works on: the named ones, or all that are ready."""
        return self.named_guides or self.ready_slugs

    @property
    def chosen_languages(self) -> Mapping[str, Language]:
        """The languages that a check works on: the named ones, or all, by tag."""
        wanted = self.named_languages or tuple(self.languages)
        return {tag: language for tag, language in self.languages.items() if tag in wanted}

    def guide_source(self, slug: str) -> GuideSource:
        """One guide in English. Raises :class:`SourceError` with every mistake of ``guide.md``, and
        :class:`ProjectError` for a file that cannot be read."""
        if slug not in self._sources:
            self._sources[slug] = self._read_source(slug)
        return self._sources[slug]

    def _read_source(self, slug: str) -> GuideSource:
        folder = self.locales / SOURCE_LOCALE / slug
        path = folder / "guide.md"
        data = read_bytes(path)
        text = decoded(data, path)
        front = front_matter_of(text, slug, path)
        definition_path = folder / front.definition
        of_definition = read_bytes(definition_path) if front.definition else b""

        def parse() -> GuideSource:
            definition = None
            if front.definition:
                definition = parse_definition(decoded(of_definition, definition_path), definition_path)
            return GuideSource(parse_guide(text, slug, definition, path), front, definition, folder)

        return self._parse_cache.get_or_parse(path, (data, of_definition), parse)

    def pot_path(self, domain: str) -> Path:
        """The POT file of a domain, whether or not it exists."""
        return self.locales / f"{domain}.pot"

    def source_messages(self, domain: str) -> dict[str, Message]:
        """The messages of a domain by msgctxt, as the guide or the templates now have them.

        Raises :class:`SourceError` with every mistake of the guide or the templates.
        """
        if domain not in self._source_messages:
            origin = (
                interface_origin(self.templates)
                if domain == INTERFACE
                else guide_origin(self.guide_source(domain).folder, domain)
            )
            files = files_of(origin)
            if domain != INTERFACE:
                # The definition has messages too.
                files += tuple(sorted(origin.folder.glob("*.toml")))
            data = tuple(read_bytes(path) for path in files)
            self._source_messages[domain] = self._parse_cache.get_or_parse(
                origin.folder / "messages", (str(files).encode(), *data), lambda: extract_messages(origin)
            )
        return self._source_messages[domain]

    def back_translation_path(self, language: Language) -> Path:
        """The back-translation of a language, whether or not it exists."""
        return self.locales / language.locale / "back-translation.json"

    def back_translation(self, language: Language) -> BackTranslation:
        """The language's back-translation into English; empty if there is no file."""
        path = self.back_translation_path(language)
        return parse_back_translation(read_text(path), path) if path.exists() else BackTranslation()

    def catalog_path(self, language: Language, domain: str) -> Path:
        """The PO file of a language and domain, whether or not it exists."""
        return self.locales / language.locale / "LC_MESSAGES" / f"{domain}.po"

    def catalog(self, language: Language, domain: str) -> Mapping[str, Message]:
        """The messages of a PO file by msgctxt; empty if there is no file."""
        path = self.catalog_path(language, domain)
        # Read each time, because commands write catalogs and then read them.
        return self._messages(path) if path.exists() else {}

    def catalog_notice(self, language: Language, domain: str) -> str:
        """What a person should know of how a PO file's bytes are read; empty for most files."""
        path = self.catalog_path(language, domain)
        return po.charset_notice(read_bytes(path), path) if path.exists() else ""

    def _messages(self, path: Path) -> dict[str, Message]:
        data = read_bytes(path)
        return self._parse_cache.get_or_parse(path, (data,), lambda: po.read_catalog(data, path))

    def tags_of(self, languages: Iterable[str]) -> tuple[str, ...]:
        """The tags of our languages for those that a school chose: “pa” is Panjabi in both scripts.

        Raises :class:`ProjectError` for a language that there is none for.
        """
        return tuple(dict.fromkeys(ours for tag in languages for ours in self._tags_of(tag)))

    def _tags_of(self, tag: str) -> Sequence[str]:
        if tag not in self.languages:
            scripts = [ours for ours in self.languages if same_speech(tag, ours)]
            if scripts:
                return scripts
        return [self.language(tag).tag]

    def language(self, tag: str) -> Language:
        """The language of a BCP 47 tag; “_” is read as “-”. Raises :class:`ProjectError` if it is unknown."""
        found = self.languages.get(tag) or self.languages.get(tag.replace("_", "-"))
        if found:
            return found
        raise ProjectError(
            f"there is no language “{tag}”",
            path=self.locales / "languages.toml",
            remedy=f"Choose from: {', '.join(self.languages)}.",
        )
