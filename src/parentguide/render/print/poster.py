"""“Show us here which language you speak”: one side with all languages, for the front desk."""

from collections.abc import Sequence
from pathlib import Path

from parentguide.errors import LayoutError
from parentguide.infra.fonts import LATIN
from parentguide.model import markup
from parentguide.model.guide import Guide
from parentguide.model.output import Edition, Site, Typeface
from parentguide.render.print.fixed_size import find_phrase
from parentguide.render.print.school_types import PosterSchoolData
from parentguide.render.print.sheet import SCHOOL, WORDS, TooLong, Typesetter, as_json
from parentguide.render.print.sheet_data import fonts_for_names, language_data, qr_data
from parentguide.render.print.sheet_types import PosterCell, PosterData
from parentguide.render.web.page import by_english_name
from parentguide.schools.accent import DEFAULT
from parentguide.schools.drawable import on_sheets


class Poster:
    """All languages of a build in their own names and scripts, each asking for an interpreter: A3."""

    name = "poster"
    template_folder = "print"
    file_name = "poster.pdf"
    _PAPER = "a3"

    def __init__(self, templates: Path) -> None:
        self._typesetter = Typesetter(templates, self.name)

    def makes(self, site: Site) -> bool:
        return any(not edition.language.is_source for edition in site.editions)

    def render(self, site: Site) -> bytes:
        """The PDF. Raises :class:`LayoutError` for more languages than fit on the sheet."""
        by_language = {e.language.tag: e for e in site.editions if not e.language.is_source}
        languages = by_english_name([e.language for e in by_language.values()])
        typefaces = [edition.typeface for edition in site.editions]
        data: PosterData = {
            "mono": site.editions[0].mono,
            "accent": (site.school.colour or DEFAULT).light,
            "latin-fonts": [LATIN],
            "name-fonts": fonts_for_names(typefaces),
            "drafts": any(language.review == "draft" for language in languages),
            "paper": self._PAPER,
            "headlines": list(dict.fromkeys(_headline(e.english) for e in site.editions)),
            "languages": [_cell(by_language[language.tag]) for language in languages],
        }
        school: PosterSchoolData = {"name": on_sheets(site.school).name, "qr": qr_data(site.address)}
        placed = any(edition.placed for edition in site.editions)
        made = self._compile(data, school, typefaces, placed=placed)
        if isinstance(made, TooLong):
            raise LayoutError(
                f"the poster has no room for {len(languages)} languages",
                remedy="Choose the languages of your school with --language.",
            )
        return made

    def _compile(
        self,
        data: PosterData,
        school: PosterSchoolData,
        typefaces: Sequence[Typeface | None],
        *,
        placed: bool,
    ) -> bytes | TooLong:
        files = {WORDS: as_json(data), SCHOOL: as_json(school)}
        return self._typesetter.compile(files, "all languages", typefaces, placed=placed)


class SmallPoster(Poster):
    """The same on A4, for a school without an A3 printer."""

    file_name = "poster-a4.pdf"
    _PAPER = "a4"


def _headline(guide: Guide) -> str:
    words = guide.words_for("poster")
    return markup.plain(guide.title if words is None else words.text)


def _cell(edition: Edition) -> PosterCell:
    language = edition.language
    phrase = find_phrase(edition.guide.blocks)
    # A guide's title would only take room: the parent is to point to the language. English words are at the
    # top already.
    words = edition.guide.words_for("poster")
    headline = words.text if words is not None and words.lang == language.tag else ""
    return {
        "own-name": language.own_name,
        "english-name": language.english_name,
        "headline": markup.plain(headline),
        "point": edition.interface.get("poster.point", ""),
        "sentence": markup.plain(phrase.segment.text) if phrase else "",
        **language_data(language, edition.typeface),
    }
