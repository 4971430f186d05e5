"""The plain text editions: the guide to read aloud, and the school's short message."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from parentguide.errors import LayoutError
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import (
    POLICY_BLOCK,
    Block,
    BulletList,
    Callout,
    Heading,
    Paragraph,
    Phrase,
    Quotation,
    Segment,
)
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.model.walk import numbers
from parentguide.render.l10n import format_day, format_month, spoken_english

# Left-to-right isolate and its end (UAX #9, 2.4.1): plain text has no other way to keep
# the groups of a phone number in order inside right-to-left words.
_ISOLATE, _END = "\u2066", "\u2069"
LINK_PLACE = "[LINK]"
LONGEST_MESSAGE = 300


class _PlainText:
    """Renders one template of ``templates/text``."""

    name: str
    template_folder = "text"

    def __init__(self, templates: Path) -> None:
        environment = Environment(
            loader=FileSystemLoader(templates / "text"),
            autoescape=False,  # noqa: S701 - the output is plain text, where "&" is an "&"
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self._template = environment.get_template(f"{self.name}.txt")

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return f"{self.name}.txt"


class ReadAloud(_PlainText):
    """The whole guide for a voice: numbered as the bilingual sheet is."""

    name = "read-aloud"

    def render(self, edition: Edition) -> bytes:
        words = _PlainWords(edition)
        text = self._template.render(
            language=edition.language,
            incomplete=edition.incomplete,
            school=edition.school,
            day=format_day(edition.school.dated, edition.language.locale) if edition.school.dated else "",
            pgettext=words.interface,
            isolate=words.isolate,
            blocks=list(words.blocks(edition.guide.blocks)),
            team=list(words.team(edition.school)),
        )
        return text.encode("utf-8")


class TextMessage(_PlainText):
    """A text message with a place for the link, or with the link if the school gives it."""

    name = "message"

    def render(self, edition: Edition) -> bytes:
        words = _PlainWords(edition)
        text = self._template.render(pgettext=words.interface, link=edition.address or LINK_PLACE)
        if len(text) > LONGEST_MESSAGE:
            raise LayoutError(
                f"the message in {edition.language.english_name} has {len(text)} characters;"
                f" a messaging service takes {LONGEST_MESSAGE}",
                remedy="Shorten the address of your guides, or the translation of message.text.",
            )
        return text.encode("utf-8")


class PlainInterfaceText(str):
    """Words of the interface, with the English that they stand for."""

    __slots__ = ("english",)
    english: str


def _written(fields: Mapping[str, str | date], locale: str) -> dict[str, str]:
    return {name: format_day(v, locale) if isinstance(v, date) else v for name, v in fields.items()}


class _PlainWords:
    """Segments of one edition as plain text."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._numbers = numbers(edition.english.blocks)
        self._values = {name: self._shown(value) for name, value in edition.fields.items()}

    def interface(self, context: str, english: str, **fields: str | date) -> PlainInterfaceText:
        """The message in this language, or in English; days are written out."""
        own = self._edition.interface.get(context, english)
        result = PlainInterfaceText(markup.filled(own, _written(fields, self._edition.language.locale)))
        result.english = markup.filled(english, _written(fields, "en_GB"))
        return result

    def isolate(self, text: str) -> str:
        """Left-to-right words for a right-to-left text."""
        return f"{_ISOLATE}{text}{_END}" if self._edition.language.direction == "rtl" else text

    def _shown(self, value: FieldValue) -> str:
        return self.isolate(value.shown)

    def _numbered(self, segment: Segment) -> dict[str, Any]:
        text = markup.filled(markup.plain(segment.text), self._values)
        return {"number": self._numbers[segment.id], "text": text}

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Mapping[str, Any]]:
        """What the template draws; a list's items stand one by one."""
        for block in blocks:
            match block:
                case Heading():
                    yield {"kind": "heading", **self._numbered(block.segment)}
                case Paragraph():
                    yield {"kind": "line", **self._numbered(block.segment)}
                    policy = self._edition.school.policy
                    if block.segment.id == POLICY_BLOCK and policy:
                        yield {"kind": "address", "text": self._shown(policy)}
                case BulletList():
                    yield from ({"kind": "line", **self._numbered(item)} for item in block.items)
                case Phrase():
                    english = spoken_english(block.english, self._edition.language)
                    yield {"kind": "phrase", "english": english, **self._numbered(block.segment)}
                case Quotation():
                    yield {
                        "kind": "quotation",
                        "month": format_month(block.published, self._edition.language.locale),
                        "english": block.english,
                        "parts": [self._numbered(part) for part in block.help]
                        if self._is_translated()
                        else [],
                    }
                case Callout():
                    yield {
                        "kind": "callout",
                        "callout": block.kind,
                        "blocks": list(self.blocks(block.blocks)),
                    }

    def _is_translated(self) -> bool:
        return not self._edition.language.is_source

    def team(self, school: School) -> Iterator[str]:
        """A line for each person, and one for each local contact."""
        for person in school.team:
            parts = [person.name, person.role, *(v.shown for v in (person.phone, person.email) if v)]
            yield self.isolate(" · ".join(part for part in parts if part))
        if school.website:
            yield self._shown(school.website)
        language = self._edition.language
        for contact in school.local_contacts:
            line = self.isolate(f"{contact.name} · {contact.value.shown}")
            spoken = not language.is_source and contact.speaks(language.tag)
            yield f"{line} · {language.own_name}" if spoken else line
