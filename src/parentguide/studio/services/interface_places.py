"""Where each message of the interface stands, as the templates that use it tell: what a checker reads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from parentguide.translation.po import Message

PAGE = "web"
# What the picture of a message shows, by the template that is told by its name: a page or a sheet. The first
# in this order is the place that tells most, and the order is that of the sections.
_TEMPLATES: Mapping[str, Sequence[str]] = {
    PAGE: ("web/page.html", "web/parts.html", "web/blocks.html"),
    "handout": (
        "print/handout.typ",
        "print/blocks.typ",
        "print/school.typ",
        "print/common.typ",
        "print/ending.typ",
    ),
    "signs": ("print/signs.typ",),
    "large-print": ("print/large-print.typ",),
    "bilingual": ("print/bilingual.typ",),
    "cards": ("print/cards.typ",),
    "poster": ("print/poster.typ",),
    "review": ("print/review.typ",),
}
# Templates that are not a place of their own: what to say of them.
_ALSO: Mapping[str, str] = {
    "print/blocks.typ": "printed sheets",
    "print/school.typ": "printed sheets",
    "print/common.typ": "printed sheets",
    "print/ending.typ": "printed sheets",
    "print/handout.typ": "the handout",
    "print/signs.typ": "the signs for the wall",
    "print/large-print.typ": "the sheet in large print",
    "print/bilingual.typ": "the sheet in two languages",
    "print/cards.typ": "the interpreter cards",
    "print/poster.typ": "the poster",
    "print/review.typ": "the sheet for a checker",
    "text/read-aloud.txt": "the text to read aloud",
    "text/message.txt": "the text message",
    "web/fragment.html": "the text for the school’s own web page",
}
_SECTIONS: Mapping[str, str] = {
    PAGE: "The page",
    "handout": "The handout",
    "signs": "The signs for the wall",
    "large-print": "The sheet in large print",
    "bilingual": "The sheet in two languages",
    "cards": "The interpreter cards",
    "poster": "The poster",
    "review": "The sheet for a checker",
    "": "On no page or sheet",
}
# When families see a message, for those that they do not always see. A name that ends in a dot stands for
# all messages that begin with it, but for those that are named.
ONLY_WHEN: Mapping[str, str] = {
    "status.draft": "Only until somebody has checked the translation.",
    "status.tag": "Only until somebody has checked the translation.",
    "status.date": "Only until all words are checked.",
    "status.partly": "Only while some of the words are checked, and others are not.",
    "status.tag-partly": "Only while some of the words are checked, and others are not.",
    "status.who": "Only when all words are checked.",
    "status.checked": "Only when somebody who speaks both languages has checked all words.",
    "status.professional": "Only when professional translators have made and checked the translation.",
    "status.tested": "Only when families have tested the translation.",
    "status.incomplete": "Only when some words are not translated.",
    "nav.skip": "Only for people who use the keyboard or a screen reader.",
    "listen.start": "Only on a phone or computer that has a voice for the language.",
    "listen.stop": "Only while the page is read aloud, in the place of “Listen”.",
    "share.copy": "Only in a browser that lets a page copy.",
    "share.copied": "Only for a moment, in the place of “Copy the link”.",
    "team.": "Only when the school says who is there for families.",
    "team.website": "Only when the school says that it has a website.",
    "team.local": "Only when the school names organisations near it.",
    "role.": "Only when the school names somebody who does this.",
    "qr.scan": "Only when the school says where its guides are on the web.",
    "download.": "Only when the school makes this file.",
    "download.title": "Only when the school makes files to download.",
    "purpose.": "Only when the school makes this file.",
}
_NOWHERE = "No page or sheet of this version shows these words."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message stands. ``sheet`` is :data:`PAGE`, the format of the sheet in the picture, or empty:
    then ``said`` says why there is no picture. Otherwise ``said`` names other places, and says when families
    see the message."""

    context: str
    sheet: str
    said: str

    @property
    def section(self) -> str:
        """The heading above the messages that stand there."""
        return _SECTIONS[self.sheet]

    @property
    def is_page(self) -> bool:
        return self.sheet == PAGE


def standings(messages: Iterable[Message], page_order: Sequence[str] = ()) -> list[Standing]:
    """The standing of each message, in the order of their places: the page from its top to its end, by
    ``page_order``, then each sheet."""
    found = [standing_of(message) for message in messages]
    at = {context: number for number, context in enumerate(page_order)}
    sheets = list(_SECTIONS)
    found.sort(key=lambda one: (sheets.index(one.sheet), at.get(one.context, len(at)) if one.is_page else 0))
    return found


def standing_of(message: Message) -> Standing:
    """Where one message stands."""
    used = [_short(place) for place in message.places]
    sheet = next((name for name, files in _TEMPLATES.items() if not set(files).isdisjoint(used)), "")
    own = _TEMPLATES.get(sheet, ())
    also = dict.fromkeys(_ALSO[place] for place in used if place in _ALSO and place not in own)
    said = []
    if sheet == "handout" and not set(used).isdisjoint(own[1:]):
        said.append("Also on other printed sheets.")
    if also:
        said.append(f"{'Also on' if sheet else 'Only on'} {_listed(list(also))}.")
    elif not sheet:
        said.append(_NOWHERE)
    said.append(_only_when(message.context))
    return Standing(message.context, sheet, " ".join(filter(None, said)))


def _short(place: str) -> str:
    """A template's folder and name, such as ``print/cards.typ``."""
    return "/".join(PurePosixPath(place).parts[-2:])


def _only_when(context: str) -> str:
    group = f"{context.partition('.')[0]}."
    return ONLY_WHEN.get(context, ONLY_WHEN.get(group, ""))


def _listed(names: Collection[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
