"""Plain text: the guide to read aloud, and the school's text message to families."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol, TypeAlias, TypedDict

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from parentguide.errors import LayoutError
from parentguide.infra.template_errors import template_errors
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
from parentguide.model.language import Language
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.model.walk import for_two_readers
from parentguide.render.l10n import captioned, format_day, spoken_english

# Left-to-right isolate and its end (UAX #9, 2.4.1). In plain text only they keep the groups of a
# phone number in order inside right-to-left words.
_ISOLATE, _END = "\u2066", "\u2069"
# What the office replaces, where the school's file does not say it.
LINK_PLACE, SCHOOL_PLACE = "[LINK]", "[SCHOOL]"
# What messaging services for schools accept, in characters.
LONGEST_MESSAGE = 300


class PlainMessage(str):
    """A message of the interface in plain text, with its ``english``."""

    __slots__ = ("english",)
    english: str


class Translate(Protocol):
    """gettext's ``pgettext``: msgctxt, English and the values of placeholders -> the message."""

    def __call__(self, context: str, english: str, **fields: str | date) -> PlainMessage: ...


class Numbered(TypedDict):
    """A segment with its number."""

    number: int
    text: str


class LineData(Numbered):
    """A heading, or a line: a paragraph or the item of a list."""

    kind: str


class PhraseData(LineData):
    """A sentence to show, with its English."""

    english: str


class AddressData(TypedDict):
    """The address of the Safeguarding Policy, below the paragraph about it."""

    kind: str
    text: str


class QuotationData(TypedDict):
    """The official definition: its caption, the titles of the documents in English, the English, and the
    numbered translation."""

    kind: str
    caption: Numbered
    documents: str
    english: tuple[str, ...]
    parts: list[Numbered]


class CalloutData(TypedDict):
    """The blocks of a callout."""

    kind: str
    variant: str
    blocks: "list[TextBlock]"


TextBlock: TypeAlias = LineData | PhraseData | AddressData | QuotationData | CalloutData


class ReadAloudContext(TypedDict):
    """What ``read-aloud.txt`` is rendered with; ``team`` has a line for each person and contact."""

    language: Language
    incomplete: bool
    school: School
    day: str
    pgettext: Translate
    isolate: Callable[[str], str]
    blocks: list[TextBlock]
    team: list[str]


class MessageContext(TypedDict):
    """What ``message.txt`` is rendered with: the guide's own ``message``, empty if it has none, and what a
    message is made of without it. ``school`` is a name, or :data:`SCHOOL_PLACE`; ``link`` is an address, or
    :data:`LINK_PLACE`."""

    message: str
    school: str
    title: str
    link: str


class _PlainText:
    """One template of ``templates/text``."""

    name: str
    template_folder = "text"

    def __init__(self, templates: Path) -> None:
        environment = Environment(
            loader=FileSystemLoader(templates / "text"),
            autoescape=False,  # noqa: S701 - the output is plain text, which has no markup
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        )
        self._folder = templates / "text"
        with template_errors(self._folder, f"{self.name}.txt"):
            self._template = environment.get_template(f"{self.name}.txt")

    def _rendered(self, context: ReadAloudContext | MessageContext) -> str:
        with template_errors(self._folder, f"{self.name}.txt"):
            return self._template.render(context)

    def makes(self, edition: Edition) -> bool:
        return True

    def file_name(self, guide: str, tag: str) -> str:
        return f"{self.name}.txt"


class ReadAloud(_PlainText):
    """The whole guide, for an interpreter to read out; numbered as the bilingual sheet is."""

    name = "read-aloud"

    def render(self, edition: Edition) -> bytes:
        words = PlainWords(edition)
        context: ReadAloudContext = {
            "language": edition.language,
            "incomplete": edition.incomplete,
            "school": edition.school,
            "day": words.day(edition.school.dated) if edition.school.dated else "",
            "pgettext": words.interface,
            "isolate": words.isolate,
            "blocks": list(words.blocks(for_two_readers(edition.guide.blocks))),
            "team": list(words.team(edition.school)),
        }
        return self._rendered(context).encode("utf-8")


class TextMessage(_PlainText):
    """A text message with the link to the guide, or with a place for it if the school gives no address."""

    name = "message"

    def render(self, edition: Edition) -> bytes:
        words = PlainWords(edition)
        # The link has no isolates: a phone would take the last one for a part of the address.
        link = edition.address or LINK_PLACE
        school = words.isolate(edition.school.name or SCHOOL_PLACE)
        message = edition.guide.words_for("message")
        context: MessageContext = {
            "message": words.filled(message.text, {"school": school, "link": link}) if message else "",
            "school": school,
            "title": markup.plain(edition.guide.title),
            "link": link,
        }
        text = self._rendered(context)
        if len(text) > LONGEST_MESSAGE:
            raise LayoutError(
                f"the message in {edition.language.english_name} has {len(text)} characters;"
                f" a messaging service takes {LONGEST_MESSAGE}",
                remedy="Shorten the address of your guides, your school's name, or the guide's message.",
            )
        return text.encode("utf-8")


def _written(fields: Mapping[str, str | date], locale: str) -> dict[str, str]:
    return {name: format_day(v, locale) if isinstance(v, date) else v for name, v in fields.items()}


class PlainWords:
    """The words of one edition as plain text."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._numbers = edition.numbers
        self._values = {name: self._shown(value) for name, value in edition.fields.items()}

    def interface(self, context: str, english: str, **fields: str | date) -> PlainMessage:
        """The message in this language, or in English if it is not translated. Dates are written in full."""
        own = self._edition.interface.get(context, english)
        result = PlainMessage(markup.filled(own, _written(fields, self._edition.language.locale)))
        result.english = markup.filled(english, _written(fields, "en_GB"))
        return result

    def isolate(self, text: str) -> str:
        """Left-to-right words, isolated if the text around them is right to left."""
        return f"{_ISOLATE}{text}{_END}" if self._edition.language.direction == "rtl" else text

    def day(self, day: date) -> str:
        return format_day(day, self._edition.language.locale)

    def _shown(self, value: FieldValue) -> str:
        return self.isolate(value.shown)

    def _numbered(self, segment: Segment, before: str = "") -> Numbered:
        return {"number": self._numbers[segment.id], "text": before + self.filled(segment.text)}

    def filled(self, text: str, more: Mapping[str, str] | None = None) -> str:
        """``text`` without marks, with the values of its placeholders and of those in ``more``."""
        return markup.filled(markup.plain(text), {**self._values, **(more or {})})

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[TextBlock]:
        """The blocks as the template shows them; each item of a list is a line."""
        for block in blocks:
            match block:
                case Heading():
                    yield {"kind": block.kind, **self._numbered(block.segment)}
                case Paragraph():
                    yield {"kind": "line", **self._numbered(block.segment)}
                    policy = self._edition.school.policy
                    if block.is_policy and policy:
                        yield {"kind": "address", "text": self._shown(policy)}
                case BulletList():
                    for step, item in block.with_steps:
                        yield {"kind": "step" if step else "line", **self._numbered(item, step)}
                case Phrase():
                    english = spoken_english(block.english, self._edition.language)
                    yield {"kind": block.kind, "english": english, **self._numbered(block.segment)}
                case Quotation():
                    yield {
                        "kind": block.kind,
                        "caption": self._numbered(captioned(block, self._edition.language)),
                        "documents": block.documents_line,
                        "english": block.english,
                        "parts": []
                        if self._edition.language.is_source
                        else [self._numbered(part) for part in block.help],
                    }
                case Callout():
                    yield {
                        "kind": block.kind,
                        "variant": block.variant,
                        "blocks": list(self.blocks(block.blocks)),
                    }

    def team(self, school: School) -> Iterator[str]:
        """A line for each person, for the school's website, and for each local contact."""
        for person in school.team:
            parts = [person.name, person.role, *(v.shown for v in (person.phone, person.email) if v)]
            yield self.isolate(" · ".join(part for part in parts if part))
        if school.website:
            yield self._shown(school.website)
        language = self._edition.language
        for contact in school.local_contacts:
            line = self.isolate(" · ".join((contact.name, *(value.shown for value in contact.values))))
            spoken = not language.is_source and contact.speaks(language.tag)
            yield f"{line} · {language.own_name}" if spoken else line
