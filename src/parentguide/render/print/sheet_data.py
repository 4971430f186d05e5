"""Editions and schools -> the data that Typst templates read, in the form of ``sheet_types``.

Decisions: docs/decisions/0006-no-break-spaces-in-numbers.md, docs/decisions/0019-qr-codes-with-zxing.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import zxingcpp

from parentguide.infra.fonts import LATIN, NO_BREAK, SPACED, name_fonts, space_family
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.facts import CAPTION_FIELDS, MESSAGE_FIELDS, PHONES
from parentguide.model.guide import Block, BulletList, Callout, Heading, Paragraph, Phrase, Quotation, Segment
from parentguide.model.language import Language
from parentguide.model.output import Edition, Typeface
from parentguide.render.l10n import captioned, format_day, spoken_english
from parentguide.render.print.school_types import LinkData, QrData, SchoolData
from parentguide.render.print.sheet_types import (
    BlockData,
    CoveredFont,
    EditionData,
    FieldRun,
    LanguageData,
    SegmentData,
    SheetData,
    TextRun,
)
from parentguide.schools.accent import DEFAULT
from parentguide.schools.drawable import on_sheets

# Typst's names for the media types of logos.
_LOGO_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
_NOT_LATIN = "[^0-9A-Za-z+@]"
# Roles as schools write them, in small letters and without punctuation. Two roles of one person are none.
_SAFEGUARDING = r"(designated )?(safeguarding|child protection)"
_ROLES = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("deputy", rf"d ?dsl|deputy (dsl|{_SAFEGUARDING} (lead|officer))( d?dsl| d dsl)?"),
        ("lead", rf"dsl|{_SAFEGUARDING} (lead|officer)( dsl)?"),
        ("head", r"head ?teacher|head|principal|acting head ?teacher|executive head ?teacher"),
        (
            "governor",
            r"(link |chair )?(safeguarding|child protection) (link )?governor|governor for safeguarding",
        ),
        ("family", r"(parent and )?family (support|liaison|link) (worker|officer|advis[eo]r)"),
    )
)


def sheet_data(edition: Edition) -> SheetData:
    """The data of a sheet that shows the guide block by block."""
    return {**edition_data(edition), "blocks": [block_data(b, edition) for b in edition.guide.blocks]}


def with_all_blocks(edition: Edition) -> Edition:
    """The edition with the blocks for all schools, and names in place of the numbers that its school does
    not give."""
    named = {name: FieldValue("text", f"{{{name}}}") for name in PHONES | MESSAGE_FIELDS | CAPTION_FIELDS}
    return replace(edition, guide=edition.whole, fields=named | dict(edition.fields))


def edition_data(edition: Edition) -> EditionData:
    """What every sheet of the edition reads but the guide's blocks, the sizes, and the school's details."""
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
        "latin-leading": language.latin_leading,
        "name-fonts": fonts_for_names([edition.typeface], edition.language.print.fonts),
        "mono": edition.mono,
        # The accent is the school's, but it colours headings all over the sheet: Typst can only
        # reuse its layout for a school with the same colour.
        "accent": (edition.school.colour or DEFAULT).light,
        "interface": dict(edition.interface),
        **language_data(language, edition.typeface),
    }


def school_data(edition: Edition) -> SchoolData:
    """What a sheet shows of the school."""
    school, language = on_sheets(edition.school), edition.language
    return {
        "name": school.name,
        "first-leaf-only": school.first_leaf_only,
        "logo-format": None if school.logo is None else _LOGO_FORMATS[school.logo.media_type],
        "website": _value(school.website),
        "policy": _value(school.policy),
        "date": _day(school.dated, language.locale) if school.dated else "",
        "team": [
            {
                "name": person.name,
                "role": person.role,
                "known-role": known_role(person.role),
                "phone": _value(person.phone),
                "email": _value(person.email),
            }
            for person in school.team
        ],
        "local": [
            {
                "name": contact.name,
                "values": [_link(value) for value in contact.values],
                "speaks": contact.speaks(language.tag) and not language.is_source,
            }
            for contact in school.local_contacts
        ],
        "qr": qr_data(edition.address),
    }


def known_role(written: str) -> str:
    """The role that a school means, if sheets have a translation of it (``role-of`` in ``school.typ``):
    ``deputy``, ``lead``, ``head``, ``governor`` or ``family``; else empty."""
    words = re.sub(r"[^a-z]+", " ", written.casefold()).strip()
    return next((name for name, pattern in _ROLES if pattern.fullmatch(words)), "")


def fonts_for_names(typefaces: Iterable[Typeface | None], own: Iterable[str] = ()) -> list[str | CoveredFont]:
    """The fonts of names and other details in any script: first those that were made for the sheet, then
    those of its language, ``own``."""
    every = [typeface for typeface in typefaces if typeface]
    made = sorted({typeface.family for typeface in every if not typeface.is_subset})
    spaces = [CoveredFont(name=space_family(font), covers="\u00a0") for font in NO_BREAK]
    return [*spaces, *_with_subsets(dict.fromkeys((LATIN, *made, *own, *name_fonts())), every)]


def _with_subsets(families: Iterable[str], typefaces: Iterable[Typeface]) -> Iterator[str]:
    """``families``, each after the small fonts that have some of its characters."""
    made = [typeface for typeface in typefaces if typeface.is_subset]
    for family in families:
        yield from sorted({typeface.family for typeface in made if typeface.face == family})
        yield family


def language_data(language: Language, typeface: Typeface | None = None) -> LanguageData:
    """How a language is typeset: its fonts in order, size, direction."""
    style = language.print
    spaces = [CoveredFont(name=space_family(font), covers=" ") for font in style.fonts[:1] if font in SPACED]
    fonts: list[str | CoveredFont] = [*spaces, *style.fonts]
    if language.script == "Arab":
        # Numbers and names in Latin letters are set in the Latin font, not in a naskh's own.
        fonts = [*(CoveredFont(name=font, covers=_NOT_LATIN) for font in style.fonts), LATIN]
    if typeface and typeface.is_subset:
        fonts = [*spaces, *_with_subsets(style.fonts, [typeface])]
    elif typeface:
        # A mark that the typeface does not have comes from the Latin font.
        fonts = [CoveredFont(name=typeface.family, covers=_NOT_LATIN), LATIN, *fonts]
    return {
        "lang": language.tag.split("-", maxsplit=1)[0],
        "region": style.region,
        "direction": language.direction,
        "fonts": fonts,
        "scale": (typeface or style).scale,
        "leading": (typeface or style).leading,
        "features": dict(style.features),
        "marked": {word: list(parts) for word, parts in typeface.marked.items()} if typeface else {},
    }


def qr_data(address: str) -> QrData | None:
    """The address as a QR code (ISO/IEC 18004) in SVG, with its quiet zone; None for an empty address.

    Error correction level M can still be read with 15 per cent of it smudged, as by a copier.
    """
    if not address:
        return None
    return {
        "svg": _qr_svg(address),
        "address": address,
        "shown": re.sub(r"^https?://", "", address).rstrip("/"),
    }


# Several sheets show the same address: kept for more of them than a batch has schools. A code takes 20 kB.
@lru_cache(maxsize=128)
def _qr_svg(address: str) -> str:
    svg = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg()
    # Typst does not accept the XML declaration and the document type.
    return svg[svg.index("<svg") :]


def _value(value: FieldValue | None) -> LinkData | None:
    return None if value is None else _link(value)


def _link(value: FieldValue) -> LinkData:
    return {"shown": on_paper(value), "href": value.href}


def on_paper(value: FieldValue) -> str:
    """The value with no-break spaces, which keep the groups of a number together and in order.

    A no-break space is a common separator, so the whole number is one run for the
    Unicode Bidirectional Algorithm (W4); with plain spaces PDFium reads its groups
    from the last to the first in right-to-left text. Words without a link, such as the address of a
    place, may break over lines.
    """
    if value.kind == "text":
        return value.shown
    return value.shown.replace(" ", "\u00a0")


def _day(day: date, locale: str) -> str:
    """A date that does not break over two lines."""
    return format_day(day, locale).replace(" ", "\u00a0")


def block_data(block: Block, edition: Edition) -> BlockData:
    """One block of the guide; its ``kind`` is what the templates ask for."""
    match block:
        case Heading():
            return {
                "kind": block.kind,
                "level": block.level,
                "segment": segment_data(block.segment, edition),
                "leaf": block.begins_leaf,
            }
        case Paragraph():
            return {
                "kind": block.kind,
                "segment": segment_data(block.segment, edition),
                "policy": block.is_policy,
            }
        case BulletList():
            return {
                "kind": block.kind,
                "items": [segment_data(item, edition) for item in block.items],
                "ordered": block.ordered,
            }
        case Phrase():
            return {
                "kind": block.kind,
                "spoken": spoken_english(block.english, edition.language),
                "segment": segment_data(block.segment, edition),
            }
        case Quotation():
            return {
                "kind": block.kind,
                "caption": segment_data(captioned(block, edition.language), edition),
                "documents": block.documents_line,
                "english": list(block.english),
                "help": [segment_data(part, edition) for part in block.help],
            }
        case Callout():
            return {
                "kind": block.kind,
                "variant": block.variant,
                "blocks": [block_data(inner, edition) for inner in block.blocks],
            }


def segment_data(segment: Segment, edition: Edition) -> SegmentData:
    """A segment as runs of words, bold and values."""
    return {
        "id": segment.id,
        "english": segment.lang != edition.language.tag,
        "runs": [
            {"kind": "strong", "runs": [_run(part, edition.fields) for part in run.runs]}
            if isinstance(run, markup.Strong)
            else _run(run, edition.fields)
            for run in markup.parse(segment.text)
        ],
    }


def _run(run: markup.Text | markup.Placeholder, fields: Mapping[str, FieldValue]) -> TextRun | FieldRun:
    if isinstance(run, markup.Text):
        return {"kind": "text", "text": run.text}
    return {"kind": "field", **_link(fields[run.name])}
