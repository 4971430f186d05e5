"""The handout: two sides of A4 as a tagged PDF, set by Typst.

The guide goes in as JSON, never as markup, so no text can become code. The largest
of a list of measured steps that fits two sides is used: spacing gives way before type,
and type never goes below 12 pt.
"""

import json
import re
from collections.abc import Mapping
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
class Step:
    """One way to set the sheet. ``size`` is in points, all else in ems of it.

    ``quote`` is the size of the official definition beside the body.
    """

    size: float
    leading: float
    gap: float
    item: float
    above: float
    inset: float
    quote: float


def _steps() -> tuple[Step, ...]:
    """From the roomiest to the tightest: at each type size, spacing gives way first."""
    roomy = (0.62, 0.72, 0.62, 1.15, 0.55, 0.95)
    middle = (0.52, 0.58, 0.50, 0.90, 0.42, 0.90)
    tight = (0.42, 0.46, 0.40, 0.70, 0.30, 0.86)
    sizes = (14, 13.5, 13, 12.5, 12)
    return tuple(Step(size, *spacing) for size in sizes for spacing in (roomy, middle, tight))


STEPS = _steps()


class Handout:
    """Sets one handout; holds nothing but where the templates are."""

    name = "handout"

    def __init__(self, templates: Path) -> None:
        self._template = templates / "print" / "handout.typ"

    def file_name(self, guide: str, tag: str) -> str:
        return f"{guide}-{tag}-{self.name}.pdf"

    def render(self, edition: Edition) -> bytes:
        """The PDF at the first step that fits. Raises :class:`LayoutError` if none does."""
        data = edition_data(edition)
        low, high = 0, len(STEPS) - 1
        best: bytes | None = None
        # Each step needs no more room than the one before, so halving finds the first that fits.
        while low <= high:
            middle = (low + high) // 2
            pdf = self._compile(data, STEPS[middle])
            if pdf is None:
                low = middle + 1
            else:
                best, high = pdf, middle - 1
        if best is None:
            raise LayoutError(
                f"the handout in {edition.language.english_name} does not fit {SIDES} sides at 12 pt",
                remedy="Shorten the longest blocks of the guide or of its translation"
                " (see “parentguide status”), or the school's details.",
            )
        return best

    def _compile(self, data: Mapping[str, Any], step: Step) -> bytes | None:
        """The PDF, or None if it needs more than :data:`SIDES` sides."""
        payload = json.dumps({**data, "step": asdict(step)}, ensure_ascii=False, sort_keys=True)
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
