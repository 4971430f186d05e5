"""The pages and sheets by purpose: what each is for, and which of them most schools need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parentguide.model.labels import FORMAT_LABELS
from parentguide.render import FORMAT_NAMES


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A page or a sheet to choose. ``name`` is the format's, ``about`` says what it is for. ``icon`` is its
    drawing; empty for a PDF, whose first side can be shown."""

    name: str
    about: str
    icon: str = ""

    @property
    def label(self) -> str:
        return FORMAT_LABELS[self.name]


_WEBSITE = (
    SheetKind("web", "For phones. They can read themselves aloud.", "globe"),
    SheetKind("message", "A short message to families, with the link.", "call"),
    SheetKind("fragment", "To paste into a page that you have.", "link"),
)
_HAND_OUT = (
    SheetKind("handout", "Everything a parent needs, on A4."),
    SheetKind("large-print", "The same for people who do not see well."),
)
_WALL = (
    SheetKind("signs", "The possible signs as pictures, and who to call, on A3."),
    SheetKind("poster", "All your languages: a parent points to theirs."),
)
_MEETINGS = (
    SheetKind("bilingual", "English and the language side by side."),
    SheetKind("cards", "To cut out: a parent shows one to ask for help."),
    SheetKind("read-aloud", "For somebody who reads it to parents.", "file-read-aloud"),
)
_CHECKERS = (
    SheetKind("review", "To check a translation with a pen.", "file-bilingual"),
    SheetKind("check", "For the office: what a translation says, put back into English.", "file-bilingual"),
)
# By purpose, in the order in which an office thinks of them.
PURPOSES: Mapping[str, tuple[SheetKind, ...]] = {
    "On your website": _WEBSITE,
    "To hand out": _HAND_OUT,
    "For the wall": _WALL,
    "For interpreters and meetings": _MEETINGS,
    "For people who check a translation": _CHECKERS,
}
# What is ticked before a school has chosen.
USUAL = ("web", "handout", "signs")
# The order in which sheets are shown and counted.
IN_ORDER: tuple[SheetKind, ...] = tuple(kind for kinds in PURPOSES.values() for kind in kinds)
SHEETS: tuple[str, ...] = tuple(kind.name for kind in IN_ORDER if not kind.icon)


def purposes() -> Iterator[tuple[str, list[SheetKind]]]:
    """The purposes with the kinds that this version makes."""
    for purpose, kinds in PURPOSES.items():
        made = [kind for kind in kinds if kind.name in FORMAT_NAMES]
        if made:
            yield purpose, made
