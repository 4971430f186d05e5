"""Setting a sheet with Typst: a guide as plain data in, a tagged PDF out.

The guide goes in as JSON, never as markup, so no text can become code. A language's words, the
sizes of type and a school's details go in as files of their own: Typst remembers what it read
and laid out in its last few calls, and takes over whatever does not depend on a file that
is another now.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
import zxingcpp

from parentguide.errors import LayoutError
from parentguide.infra.fonts import LATIN
from parentguide.infra.typst_pool import compile_document
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import (
    Block,
    BulletList,
    Callout,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.language import SOURCE_LOCALE, Language
from parentguide.model.output import Edition
from parentguide.render.l10n import format_day, format_month, spoken_english
from parentguide.schools.accent import DEFAULT

_TOO_MANY = re.compile(r"TOO-MANY-SIDES:(\d+):([\w-]*)")
# Typst's words for a character that no font of the text has (PDF/UA-1 forbids it).
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed with font `"(.+?)"`')
# The files that a template reads.
WORDS, SIZES, SCHOOL, LOGO = "edition.json", "step.json", "school.json", "logo.json"
# Typst's names for what a logo may be.
_LOGO_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_NOT_LATIN = "[^0-9A-Za-z+@]"


@dataclass(frozen=True, slots=True)
class Step:
    """A type size in points, the room between things in ems, and the paper's edge in millimetres."""

    size: float
    leading: float
    gap: float
    item: float
    above: float
    inset: float
    edge: float = 13.0
    quote: float = 1.0


@dataclass(frozen=True, slots=True)
class TooLong:
    """The sheet has more sides than it may; ``block`` is the id of the first one too many."""

    sides: int
    block: str


class Typesetter:
    """One Typst template, whose function ``compose`` makes a sheet for a school."""

    def __init__(self, templates: Path, name: str) -> None:
        self.name = name
        self._folder = templates / "print"

    def compile(self, files: Mapping[str, bytes], shown: str) -> bytes | TooLong:
        """The PDF, under Typst's own enforcement of PDF/UA-1.

        ``files`` are those that the template reads, by their names (:func:`sheet_files`), and
        ``shown`` is what an error calls the sheet. Raises :class:`LayoutError` for a character
        that no font of the language has, and for a template that is broken.
        """
        main = f'#import "{self.name}.typ": compose\n#compose(json("{SCHOOL}"))\n'
        try:
            return compile_document(
                main.encode("ascii"), self._folder, files, format="pdf", pdf_standards="ua-1"
            )
        except typst.TypstError as error:
            too_many = _TOO_MANY.search(str(error))
            if too_many:
                return TooLong(int(too_many[1]), too_many[2])
            whole = {**json.loads(files[WORDS]), "school": json.loads(files[SCHOOL])}
            raise _layout_error(f"the {self.name} sheet in {shown}", str(error), whole) from None


def as_json(data: Any) -> bytes:
    """``data`` as JSON for a template: the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8")


def sheet_files(words: bytes, step: Step, edition: Edition) -> dict[str, bytes]:
    """What a sheet's template reads: ``words``, which is :func:`edition_data` as JSON, the
    sizes, and the details and logo of the edition's school."""
    files = {WORDS: words, SIZES: as_json(asdict(step)), SCHOOL: as_json(school_data(edition))}
    logo = edition.school.logo
    return files if logo is None else {**files, LOGO: _numbers(logo.data)}


# One logo stands on several sheets.
@lru_cache(maxsize=64)
def _numbers(data: bytes) -> bytes:
    """``data`` byte by byte as JSON: Typst takes no file from us that is not text."""
    return as_json(list(data))


def _layout_error(sheet: str, problem: str, data: Mapping[str, Any]) -> LayoutError:
    """What Typst says, with the block it says it of."""
    missing = _NO_GLYPH.search(problem)
    if not missing:
        return LayoutError(f"{sheet} cannot be set: {problem}", remedy="Mend the template.")
    text, font = missing.groups()
    places = dict.fromkeys(name for name, words in _texts(data, "the interface") if text in words)
    blocks = " and ".join(places)
    return LayoutError(
        f"{sheet}: no font has “{text}” ({_code_points(text)}), which stands in {blocks or 'it'};"
        f" the last font asked was {font}",
        remedy="Write it otherwise, or choose a font in languages.toml that has it.",
    )


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


def _texts(data: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a sheet's data, with the id of the block it stands in."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, Mapping):
        inner = f"the block “{data['id']}”" if "id" in data and "runs" in data else place
        for value in data.values():
            yield from _texts(value, inner)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, place)


class Sheet:
    """What the sheets of one guide in one language have in common."""

    name: str
    template_folder = "print"

    def __init__(self, templates: Path) -> None:
        self.typesetter = Typesetter(templates, self.name)

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return f"{guide}-{tag}-{self.name}.pdf"

    def set_whole(self, edition: Edition, data: Mapping[str, Any], step: Step) -> bytes:
        """The PDF of a sheet whose size is fixed, with ``data`` for all but the school.

        Raises :class:`LayoutError`, also for one that is too long.
        """
        shown = edition.language.english_name
        made = self.typesetter.compile(sheet_files(as_json(data), step, edition), shown)
        if isinstance(made, TooLong):
            raise LayoutError(
                f"the {self.name} sheet in {shown} takes {made.sides} sides",
                remedy="Shorten what stands on it.",
            )
        return made


def edition_data(edition: Edition) -> dict[str, Any]:
    """Everything a print template needs but the sizes and the school's own, as plain data for JSON."""
    language = edition.language
    return {
        "title": markup.plain(edition.guide.title),
        "english-name": language.english_name,
        "own-name": language.own_name,
        "is-source": language.is_source,
        "review": language.review,
        "reviewer": language.reviewer,
        "partly": language.partly,
        "dated": _day(language.dated, language.locale) if language.dated else "",
        "dated-english": _day(language.dated, "en_GB") if language.dated else "",
        "incomplete": edition.incomplete,
        "latin-fonts": [LATIN],
        "mono": edition.mono,
        # The school's, but it colours headings all over the sheet: only what schools of one
        # colour have in common can be taken over from one to the next.
        "accent": (edition.school.colour or DEFAULT).light,
        "interface": dict(edition.interface),
        "blocks": [block_data(block, edition) for block in edition.guide.blocks],
        **language_data(language),
    }


def school_data(edition: Edition) -> dict[str, Any]:
    """What a sheet shows of the school, as plain data for JSON."""
    school, language = edition.school, edition.language
    return {
        "name": school.name,
        "logo-format": None if school.logo is None else _LOGO_FORMATS[school.logo.media_type],
        "website": _value(school.website),
        "policy": _value(school.policy),
        "date": _day(school.dated, language.locale) if school.dated else "",
        "team": [
            {
                "name": person.name,
                "role": person.role,
                "phone": _value(person.phone),
                "email": _value(person.email),
            }
            for person in school.team
        ],
        "local": [
            {
                "name": contact.name,
                "value": _value(contact.value),
                "speaks": contact.speaks(language.tag) and not language.is_source,
            }
            for contact in school.local_contacts
        ],
        "qr": qr_data(edition.address),
    }


def language_data(language: Language) -> dict[str, Any]:
    """How a language is set: its fonts in order, size, direction."""
    style = language.print
    return {
        "lang": language.tag.split("-", maxsplit=1)[0],
        "region": style.region,
        "direction": language.direction,
        # Numbers and names in Latin letters are set in the Latin font, not in a naskh's own.
        "fonts": [{"name": font, "covers": _NOT_LATIN} for font in style.fonts] + [LATIN]
        if language.script == "Arab"
        else list(style.fonts),
        "scale": style.scale,
        "leading": style.leading,
        "features": dict(style.features),
    }


def qr_data(address: str) -> dict[str, str] | None:
    """The address as a QR code (ISO/IEC 18004) in SVG, with its quiet zone; None without one.

    Level M still reads with 15 per cent of it smudged, as by a copier.
    """
    if not address:
        return None
    return {
        "svg": _qr_svg(address),
        "address": address,
        "shown": re.sub(r"^https?://", "", address).rstrip("/"),
    }


# One address stands on several sheets.
@lru_cache(maxsize=1024)
def _qr_svg(address: str) -> str:
    svg = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg()
    # Without the XML declaration and document type, which Typst does not want.
    return svg[svg.index("<svg") :]


def _value(value: FieldValue | None) -> dict[str, str] | None:
    return None if value is None else {"shown": _on_paper(value), "href": value.href}


def _on_paper(value: FieldValue) -> str:
    """The value with no-break spaces: they hold a number's groups together, and in order.

    A no-break space is a common separator, so the whole number is one run for the
    Unicode Bidirectional Algorithm (W4); with plain spaces pdfium reads its groups out
    from the last to the first in right-to-left text.
    """
    return value.shown.replace(" ", "\u00a0")


def _day(day: date, locale: str) -> str:
    """A date that is not broken over two lines."""
    return format_day(day, locale).replace(" ", "\u00a0")


def block_data(block: Block, edition: Edition) -> dict[str, Any]:
    """One block as data; its kind is what the templates ask for."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "segment": segment_data(block.segment, edition)}
        case Paragraph():
            return {"kind": "paragraph", "segment": segment_data(block.segment, edition)}
        case BulletList():
            return {"kind": "list", "items": [segment_data(item, edition) for item in block.items]}
        case Phrase():
            return {
                "kind": "phrase",
                "spoken": spoken_english(block.english, edition.language),
                "segment": segment_data(block.segment, edition),
            }
        case Quotation():
            return {
                "kind": "quotation",
                "month": format_month(block.published, edition.language.locale),
                "month-english": format_month(block.published, SOURCE_LOCALE),
                "english": list(block.english),
                "help": [segment_data(part, edition) for part in block.help],
            }
        case Callout():
            return {
                "kind": "callout",
                "callout": block.kind,
                "blocks": [block_data(inner, edition) for inner in block.blocks],
            }


def segment_data(segment: Segment, edition: Edition) -> dict[str, Any]:
    return {
        "id": segment.id,
        "english": segment.lang != edition.language.tag,
        "runs": [_run(run, edition.fields) for run in markup.parse(segment.text)],
    }


def _run(run: markup.Run, fields: Mapping[str, FieldValue]) -> dict[str, Any]:
    match run:
        case markup.Text():
            return {"kind": "text", "text": run.text}
        case markup.Strong():
            return {"kind": "strong", "runs": [_run(part, fields) for part in run.runs]}
        case markup.Placeholder():
            value = fields[run.name]
            return {"kind": "field", "shown": _on_paper(value), "href": value.href}
