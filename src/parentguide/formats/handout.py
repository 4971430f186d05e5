"""The handout: two sides of A4 as a tagged PDF, set by Typst.

The guide goes in as JSON, never as markup, so no text can become code. The largest
type that fits two sides is used: spacing gives way before type, and type never goes
below 12 pt.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst

from parentguide import inline
from parentguide.errors import LayoutError
from parentguide.formats.fonts import LATIN, fonts
from parentguide.formats.web import format_month, spoken_english
from parentguide.model import (
    Block,
    BulletList,
    Callout,
    Edition,
    FieldValue,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)

SIDES = 2
_TOO_MANY = re.compile(r"TOO-MANY-SIDES:(\d+)")
_LATIN_COVERS = {"name": LATIN, "covers": "[0-9A-Za-z+@]"}


@dataclass(frozen=True, slots=True)
class Spacing:
    """The room between things, in ems. ``quote`` is the official text's size beside the body's."""

    leading: float
    gap: float
    item: float
    above: float
    inset: float
    quote: float


# Sizes in points: 14 for clear print, never under 12 (see content standards in CONTRIBUTING).
SIZES = (14.0, 13.75, 13.5, 13.25, 13.0, 12.75, 12.5, 12.25, 12.0)
SPACINGS = (
    Spacing(leading=0.65, gap=0.85, item=0.65, above=1.20, inset=0.60, quote=0.95),
    Spacing(leading=0.58, gap=0.75, item=0.58, above=1.05, inset=0.50, quote=0.92),
    Spacing(leading=0.51, gap=0.66, item=0.51, above=0.90, inset=0.40, quote=0.89),
    Spacing(leading=0.45, gap=0.57, item=0.45, above=0.74, inset=0.32, quote=0.86),
    Spacing(leading=0.42, gap=0.50, item=0.42, above=0.66, inset=0.28, quote=0.86),
)


def first_fit(count: int, fits: Callable[[int], bool]) -> int | None:
    """The first of ``count`` choices, each needing less room than the one before, that fits."""
    found = bisect_left(range(count), True, key=fits)
    return found if found < count else None


class Handout:
    """Sets one handout; holds nothing but where the templates are."""

    name = "handout"

    def __init__(self, templates: Path) -> None:
        self._template = templates / "print" / "handout.typ"

    def file_name(self, guide: str, tag: str) -> str:
        return f"{guide}-{tag}-{self.name}.pdf"

    def render(self, edition: Edition) -> bytes:
        """The PDF with the largest type that fits, and then the most room between things.

        Raises :class:`LayoutError` if not even the smallest type and spacing fit.
        """
        data = edition_data(edition)
        made: dict[tuple[float, Spacing], bytes | None] = {}

        def fits(size: float, spacing: Spacing) -> bool:
            if (size, spacing) not in made:
                made[size, spacing] = self._compile(data, size, spacing)
            return made[size, spacing] is not None

        chosen = first_fit(len(SIZES), lambda index: fits(SIZES[index], SPACINGS[-1]))
        if chosen is None:
            raise LayoutError(
                f"the handout in {edition.language.english_name} does not fit {SIDES} sides at 12 pt",
                remedy="Shorten the longest blocks of the guide or translation, or the school's details.",
            )
        size = SIZES[chosen]
        loosest = first_fit(len(SPACINGS), lambda index: fits(size, SPACINGS[index]))
        pdf = made[size, SPACINGS[-1 if loosest is None else loosest]]
        assert pdf is not None
        return pdf

    def _compile(self, data: Mapping[str, Any], size: float, spacing: Spacing) -> bytes | None:
        """The PDF, or None if it needs more than :data:`SIDES` sides."""
        payload = json.dumps(
            {**data, "step": {"size": size, **asdict(spacing)}}, ensure_ascii=False, sort_keys=True
        )
        try:
            pdf = typst.compile(
                self._template,
                format="pdf",
                font_paths=fonts(),
                ignore_system_fonts=True,
                sys_inputs={"edition": payload},
                pdf_standards="ua-1",
            )
        except typst.TypstError as error:
            if _TOO_MANY.search(str(error)):
                return None
            raise LayoutError(
                f"the handout in {data['english-name']} cannot be set: {error}",
                remedy="Choose a font in languages.toml that has the character, or mend the template.",
            ) from None
        return bytes(pdf)


def edition_data(edition: Edition) -> dict[str, Any]:
    """Everything a print template needs, as plain data for JSON."""
    language = edition.language
    style = language.print
    latin_first = language.script == "Arab"
    school = edition.school
    return {
        "title": inline.plain(edition.guide.title),
        "author": school.name,
        "lang": language.tag.split("-", maxsplit=1)[0],
        "region": style.region,
        "direction": language.direction,
        "english-name": language.english_name,
        "own-name": language.own_name,
        "is-source": language.is_source,
        "review": language.review,
        "incomplete": edition.incomplete,
        "fonts": [_LATIN_COVERS, *style.fonts] if latin_first else list(style.fonts),
        "latin-fonts": [LATIN],
        "scale": style.scale,
        "leading": style.leading,
        "features": dict(style.features),
        "sides": SIDES,
        "interface": dict(edition.interface),
        "blocks": [_block(block, edition) for block in edition.guide.blocks],
        "school": {
            "name": school.name,
            "logo": None if school.logo is None else list(school.logo.data),
            "website": _value(school.website),
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
                {"name": contact.name, "value": _value(contact.value)} for contact in school.local_contacts
            ],
        },
    }


def _value(value: FieldValue | None) -> dict[str, str] | None:
    return None if value is None else {"shown": value.shown, "href": value.href}


def _block(block: Block, edition: Edition) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "segment": _segment(block.segment, edition)}
        case Paragraph():
            return {"kind": "paragraph", "segment": _segment(block.segment, edition)}
        case BulletList():
            return {"kind": "list", "items": [_segment(item, edition) for item in block.items]}
        case Phrase():
            return {
                "kind": "phrase",
                "spoken": spoken_english(block.english, edition.language),
                "segment": _segment(block.segment, edition),
            }
        case Quotation():
            return {
                "kind": "quotation",
                "month": format_month(block.published, edition.language.locale),
                "english": list(block.english),
                "help": [_segment(part, edition) for part in block.help],
            }
        case Callout():
            return {
                "kind": "callout",
                "callout": block.kind,
                "blocks": [_block(inner, edition) for inner in block.blocks],
            }


def _segment(segment: Segment, edition: Edition) -> dict[str, Any]:
    return {
        "id": segment.id,
        "english": segment.lang != edition.language.tag,
        "runs": [_run(run, edition.fields) for run in inline.parse(segment.text)],
    }


def _run(run: inline.Run, fields: Mapping[str, FieldValue]) -> dict[str, Any]:
    match run:
        case inline.Text():
            return {"kind": "text", "text": run.text}
        case inline.Strong():
            return {"kind": "strong", "runs": [_run(part, fields) for part in run.runs]}
        case inline.Field():
            value = fields[run.name]
            return {"kind": "field", "shown": value.shown, "href": value.href}
