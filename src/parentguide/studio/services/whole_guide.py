"""A translation as one page for a checker: all blocks of a guide in order, in sections by heading."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import assert_never

from parentguide.model import markup
from parentguide.model.domain import INTERFACE
from parentguide.model.guide import Block as GuideBlock
from parentguide.model.guide import BulletList, Callout, Guide, Heading, Paragraph, Phrase, Quotation, Segment
from parentguide.model.language import Language
from parentguide.model.walk import blocks_in
from parentguide.project.project import Project
from parentguide.render.l10n import spoken_english
from parentguide.review.judgement import Fuzzy, language_rules
from parentguide.review.status import LanguageReview, MessageReview, language_review
from parentguide.studio.services.block_words import Shown, field_names, name_of, shown_words
from parentguide.studio.services.interface_places import Standing, standings
from parentguide.studio.services.message_review import MessageFinding, findings

_OTHER = "Other words"
_ELSEWHERE = "The same guide in other places"
_PLACES = {"message": "The text message to families", "signs": "The sheet with signs", "poster": "The poster"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message is in its guide. ``kind`` is the look of a block; ``where`` says more in words.
    ``standing`` says where a message of the interface stands."""

    context: str
    kind: str
    section: str
    where: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One message as a checker sees it. ``state`` is a key of :data:`STATES`.

    ``back`` is what the translation says in English, and ``beside`` the words of the other language that a
    checker looks at. Both are empty where there are none. ``findings`` are those that nobody has accepted.
    """

    message: MessageReview
    place: Place
    state: str
    note: str
    english: Sequence[Shown]
    words: Sequence[Shown]
    back: Sequence[Shown]
    beside: Sequence[Shown]
    findings: Sequence[MessageFinding]

    @property
    def anchor(self) -> str:
        """The id of the block on the page."""
        return anchor_of(self.message)

    @property
    def version(self) -> str:
        """Tells the words, the state and the records of the block from earlier ones."""
        return version_of(self.message)


def anchor_of(message: MessageReview) -> str:
    """The id of a message's block on the page."""
    return f"block-{message.domain}-{message.context}"


def version_of(message: MessageReview) -> str:
    """A short digest of the words, the state and the records of a message."""
    parts = (message.place, state_of(message), *(record.id for record in message.records))
    return sha256(" ".join(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks from one heading to the next."""

    title: str
    blocks: Sequence[Block]

    @property
    def waiting(self) -> int:
        return sum(block.state != "right" for block in self.blocks)


# By state: what a checker reads, and the sign before it.
STATES: Mapping[str, tuple[str, str]] = {
    "right": ("Correct", "✓"),
    "asked": ("Needs a change", "?"),
    "changed": ("The English changed", "↻"),
    "stale": ("Changed since it was checked", "↻"),
    "missing": ("Not translated", "–"),
    "error": ("Has an error", "!"),
    "draft": ("Not checked yet", "○"),
}


def state_of(message: MessageReview) -> str:
    """The state of a message, as a key of :data:`STATES`."""
    if message.open_requests:
        return "asked"
    if message.valid_sign_offs:
        return "right"
    if not message.translation.strip():
        return "missing"
    if message.earlier is not None:
        return "changed"
    if message.withheld is not None and not isinstance(message.withheld, Fuzzy):
        return "error"
    return "stale" if message.outdated else "draft"


def sections(
    project: Project,
    review: LanguageReview,
    domain: str,
    sister: Language | None = None,
    only: frozenset[str] | None = None,
    page_order: Sequence[str] = (),
) -> list[Section]:
    """The sections of one guide, or of the interface. ``sister``: another translation to see beside it.

    ``only``: the contexts of the blocks that are wanted; all without it. ``page_order``: the messages of the
    interface that a page shows, from its top to its end.
    """
    by_context = {message.context: message for message in review.messages if message.domain == domain}
    found: dict[str, list[Block]] = {}
    make = _Maker(project, review, domain, sister)
    for place in _places(project, domain, by_context, page_order):
        message = by_context.get(place.context)
        if message is not None and (only is None or place.context in only):
            found.setdefault(place.section, []).append(make.block(message, place))
    return [Section(title, blocks) for title, blocks in found.items()]


def blocks_of(
    project: Project, review: LanguageReview, messages: Iterable[MessageReview], sister: Language | None
) -> list[Block]:
    """The blocks of some messages, which may be of several guides."""
    wanted: dict[str, set[str]] = {}
    for message in messages:
        wanted.setdefault(message.domain, set()).add(message.context)
    return [
        block
        for domain, contexts in wanted.items()
        for section in sections(project, review, domain, sister, frozenset(contexts))
        for block in section.blocks
    ]


def sisters(project: Project, language: Language) -> tuple[Sequence[Language], Sequence[Language]]:
    """What somebody may see beside ``language``: translations in the same script, and the others."""
    rest = [one for one in project.languages.values() if not one.is_source and one.tag != language.tag]
    rest.sort(key=lambda one: one.english_name)
    same = [one for one in rest if one.script == language.script]
    return same, [one for one in rest if one.script != language.script]


class _Maker:
    """Makes blocks; what all blocks of a page share is read once."""

    def __init__(
        self, project: Project, review: LanguageReview, domain: str, sister: Language | None
    ) -> None:
        self._names = field_names(project)
        self._language = review.language
        self._rules = language_rules(project, review.language)
        words = {m.context: m.translation for m in review.messages if m.domain == domain}
        self._back = project.back_translation(review.language).current(words)
        self._notes = project.source_messages(domain)
        beside = language_review(project, sister, (domain,)) if sister else None
        self._beside = beside.words if beside else {}

    def block(self, message: MessageReview, place: Place) -> Block:
        found = findings(message, self._language, message.translation, self._rules, self._names)
        return Block(
            message=message,
            place=replace(place, where=spoken_english(place.where, self._language)),
            state=state_of(message),
            note=_plain(self._notes[message.context].note, self._names),
            english=shown_words(spoken_english(message.english, self._language), self._names),
            words=shown_words(message.translation, self._names),
            back=shown_words(self._back.get(message.context, ""), self._names),
            beside=shown_words(self._beside.get(message.context, ""), self._names),
            findings=[one for one in found if not one.looked_at and one.code != "PG501"],
        )


def _plain(note: str, names: Mapping[str, str]) -> str:
    """A note for translators as one line, with what a checker sees in the place of fields."""
    shown = {name: f"“{name_of(name, names)}”" for name in markup.fields(note)}
    return markup.filled(markup.plain(note), shown).replace("\n", " ")


def _places(
    project: Project, domain: str, known: Mapping[str, MessageReview], page_order: Sequence[str]
) -> Iterator[Place]:
    if domain == INTERFACE:
        for one in standings(project.source_messages(INTERFACE).values(), page_order):
            yield Place(one.context, "label", one.section, standing=one)
        return
    guide = project.guide_source(domain).guide
    seen = set()
    for place in _places_in(guide):
        if place.context not in seen:
            seen.add(place.context)
            yield place
    yield from (Place(context, "label", _OTHER) for context in known if context not in seen)


def _places_in(guide: Guide) -> Iterator[Place]:
    section = guide.title
    for block in blocks_in(guide.blocks):
        if isinstance(block, Heading):
            section = block.segment.text.replace("**", "")
        for segment, kind, where in _segments(block):
            yield Place(segment.id, kind, section, where)
    for words in guide.elsewhere:
        yield Place(words.segment.id, "label", _ELSEWHERE, _PLACES[words.place])


def _segments(block: GuideBlock) -> Iterator[tuple[Segment, str, str]]:
    """The segments of one block, each with its look and what to say of it."""
    match block:
        case Heading():
            yield block.segment, "title" if block.level == 1 else "heading", ""
        case Paragraph():
            yield block.segment, "paragraph", ""
        case BulletList():
            yield from ((item, "step" if block.ordered else "item", "") for item in block.items)
        case Phrase():
            yield block.segment, "quotation", f"Families show this in English: “{block.english}”"
        case Quotation():
            yield block.caption, "label", "Above the official definition"
            for part in block.help:
                yield part, "quotation", "The official definition. Its English stays on the page."
        case Callout():
            return  # its blocks come after it
        case _:
            assert_never(block)
