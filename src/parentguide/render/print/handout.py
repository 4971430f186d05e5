"""The handout: two sides of A4, in the largest type that fits.

Spacing is reduced before the type size, and the type is never smaller than 12 pt.

Decision: docs/decisions/0001-fit-type-before-spacing.md.
"""

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from parentguide.errors import LayoutError
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Guide
from parentguide.model.output import Edition
from parentguide.model.school import Colour, Logo, Person, School
from parentguide.model.walk import extract
from parentguide.render.print.sheet import Sheet, Step, TooLong, as_json, sheet_files
from parentguide.render.print.sheet_data import sheet_data
from parentguide.render.print.sheet_types import HandoutData
from parentguide.schools.details import longest_details

SIDES = 2
# Type sizes in points: 14 is UK clear print, 12 its minimum.
SIZES = (14.0, 13.75, 13.5, 13.25, 13.0, 12.75, 12.5, 12.25, 12.0)
# Spacings from generous to tight. With less space the official text gets a little smaller and the
# margin narrower; 10 mm is more than any copier leaves unprinted.
SPACINGS = (
    {"leading": 0.65, "gap": 0.85, "item": 0.65, "above": 1.20, "inset": 0.60, "edge": 13.0, "quote": 0.95},
    {"leading": 0.58, "gap": 0.75, "item": 0.58, "above": 1.05, "inset": 0.50, "edge": 13.0, "quote": 0.92},
    {"leading": 0.51, "gap": 0.66, "item": 0.51, "above": 0.90, "inset": 0.40, "edge": 13.0, "quote": 0.89},
    {"leading": 0.45, "gap": 0.57, "item": 0.45, "above": 0.74, "inset": 0.32, "edge": 12.0, "quote": 0.86},
    {"leading": 0.42, "gap": 0.50, "item": 0.42, "above": 0.66, "inset": 0.28, "edge": 11.0, "quote": 0.86},
    {"leading": 0.42, "gap": 0.46, "item": 0.42, "above": 0.60, "inset": 0.24, "edge": 10.0, "quote": 0.86},
)
# Short values in place of a school's own, to find how little room its details can take.
_SHORT = FieldValue("url", "x", "https://x")
_DAY = date(2026, 1, 1)
_DOT = Logo(b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', "image/svg+xml", "x", (1, 1))
STEPS = tuple(tuple(Step(size=size, **spacing) for spacing in SPACINGS) for size in SIZES)
TIGHTEST = len(SPACINGS) - 1
# A step as its position in SIZES and in SPACINGS.
Position: TypeAlias = tuple[int, int]


def first_fit(count: int, fits: Callable[[int], bool], near: int = 0) -> int | None:
    """The first of ``count`` choices that fits, where each needs less room than the one before; None
    if none fits.

    The search begins at ``near`` with growing strides and goes on by bisection. The result does not
    depend on ``near``, only the number of calls of ``fits``.
    """
    below, found = -1, count
    at, stride = near, 1
    while found - below > 1:
        if fits(at):
            found = at
        else:
            below = at
        if below >= 0 and found < count:
            at = (below + found) // 2
        else:
            at = min(below + stride, count - 1) if below >= 0 else max(found - stride, 0)
            stride *= 2
    return found if found < count else None


class _LastWords(threading.local):
    """The words of a thread's last edition as JSON, for each colour.

    A thread makes the same edition for one school after another, and the colour is all that the
    words have of a school.
    """

    def __init__(self) -> None:
        self._words: Edition | None = None
        self._json: dict[Colour | None, bytes] = {}

    def json(self, edition: Edition) -> bytes:
        """The data of the edition's handout as JSON."""
        words, colour = replace(edition, school=School()), edition.school.colour
        if words != self._words:
            self._words, self._json = words, {}
        if colour not in self._json:
            data: HandoutData = {**sheet_data(edition), "sides": SIDES}
            self._json[colour] = as_json(data)
        return self._json[colour]


class _Attempts:
    """The handouts of one edition in different steps; each is made once."""

    def __init__(self, make: Callable[[Position], bytes | TooLong]) -> None:
        self._make = make
        self._made: dict[Position, bytes | TooLong] = {}

    def sheet(self, step: Position) -> bytes | TooLong:
        """The sheet in this step."""
        if step not in self._made:
            self._made[step] = self._make(step)
        return self._made[step]

    def fits(self, step: Position) -> bool:
        return isinstance(self.sheet(step), bytes)

    def largest_size(self, largest: int, guide: Guide) -> int | None:
        """The position of the first size from ``largest`` that fits in the tightest spacing."""
        count = len(SIZES) - largest
        first = self.sheet((largest, TIGHTEST))
        near = min(_sizes_too_large(guide, first), count - 1) if isinstance(first, TooLong) else 0
        smaller = first_fit(count, lambda index: self.fits((largest + index, TIGHTEST)), near)
        return None if smaller is None else largest + smaller

    def widest_spacing(self, size: int) -> int:
        """The position of the first spacing that fits in this size, in which the tightest fits."""
        # If larger type does not fit even in the tightest spacing, there is little room to spare.
        near = TIGHTEST - 1 if size else TIGHTEST - 2
        spacing = first_fit(len(SPACINGS), lambda index: self.fits((size, index)), near)
        return TIGHTEST if spacing is None else spacing


class Handout(Sheet):
    """The sheet that a school hands out."""

    name = "handout"

    def __init__(self, templates: Path) -> None:
        super().__init__(templates)
        # The step that fits the outline of a school, where the search for the school's own sheet
        # begins. It depends only on the guide and on which details the school gives, so a sheet is
        # the same whichever school was first. At worst, two threads find the same step.
        self._fits: dict[tuple[str, School], Position] = {}
        self._words = _LastWords()

    def render(self, edition: Edition) -> bytes:
        """The PDF with the largest type that fits, and then the widest spacing.

        Raises :class:`LayoutError` with the first block too many if not even the smallest type and
        spacing fit, with the school's optional details left out.
        """
        made: bytes | TooLong = b""
        for school in _with_fewer_details(edition.school):
            made = self._fitted(replace(edition, school=school))
            if isinstance(made, bytes):
                return made
        assert isinstance(made, TooLong)
        raise self._too_long(edition, made.block)

    def _too_long(self, edition: Edition, block: str) -> LayoutError:
        """The error for a sheet that does not fit: it names the words that are too many."""
        problem = (
            f"the handout in {edition.language.english_name} does not fit {SIDES} sides at {SIZES[-1]:g} pt"
        )
        nobody = replace(edition, school=School(colour=edition.school.colour))
        if isinstance(self._compile(nobody, (len(SIZES) - 1, TIGHTEST)), TooLong):
            return LayoutError(
                f"{problem}: the block “{block}” is the first on side {SIDES + 1}",
                remedy="Shorten the longest blocks of the guide or translation.",
            )
        *_, shown = _with_fewer_details(edition.school)
        return LayoutError(
            f"{problem} with the details of the school",
            remedy=f"Shorten these, or leave one of them out: {'; '.join(longest_details(shown))}.",
        )

    def _fitted(self, edition: Edition) -> bytes | TooLong:
        outline = replace(edition, school=_outline(edition.school))
        if outline == edition:
            return self._search(edition, (0, 0))[1]
        key = (sha256(self._words.json(outline)).hexdigest(), outline.school)
        if key not in self._fits:
            self._fits[key] = self._search(outline, (0, 0))[0]
        return self._search(edition, self._fits[key])[1]

    def _search(self, edition: Edition, start: Position) -> tuple[Position, bytes | TooLong]:
        """The first step from ``start`` that fits, and its sheet; if none fits, the last step."""
        attempts = _Attempts(lambda step: self._compile(edition, step))
        if start != (0, 0) and attempts.fits(start):
            return start, attempts.sheet(start)
        size = attempts.largest_size(start[0], edition.guide)
        step = (len(SIZES) - 1, TIGHTEST) if size is None else (size, attempts.widest_spacing(size))
        return step, attempts.sheet(step)

    def _compile(self, edition: Edition, step: Position) -> bytes | TooLong:
        files = sheet_files(self._words.json(edition), STEPS[step[0]][step[1]], edition)
        return self.typesetter.compile(files, edition.language.english_name, [edition.typeface])


def _sizes_too_large(guide: Guide, over: TooLong) -> int:
    """An estimate of how many steps the type is too large, from the share of the text that is too much.

    The room that text takes grows with the square of its size. Pictures and frames do not shrink,
    so the estimate is a third higher.
    """
    lengths = [(segment.id, len(segment.text)) for segment in extract(guide.blocks)]
    contexts = [context for context, _ in lengths]
    if over.block not in contexts:
        return 1
    too_much = sum(length for _, length in lengths[contexts.index(over.block) :])
    share = too_much / max(1, sum(length for _, length in lengths))
    return max(1, round((1 - math.sqrt(1 - share)) * SIZES[0] / (SIZES[0] - SIZES[1]) * 1.3))


def _with_fewer_details(school: School) -> Iterator[School]:
    """The school, then without details that parents also find on the page and on the school's website:
    first the policy's address, then the QR code of the page."""
    yield school
    if school.policy:
        yield replace(school, policy=None)
    if school.guides:
        yield replace(school, policy=None, guides=None)


def _outline(school: School) -> School:
    """The school with each of its texts one letter long: its sheet needs the same room or less."""

    def text(given: str) -> str:
        return "x" if given else ""

    def value(given: FieldValue | None) -> FieldValue | None:
        return _SHORT if given else None

    return replace(
        school,
        name=text(school.name),
        website=value(school.website),
        guides=value(school.guides),
        team=tuple(Person(text(p.name), text(p.role), value(p.phone), value(p.email)) for p in school.team),
        local_contacts=tuple(
            replace(contact, name="x", values=(_SHORT,) * len(contact.values), out_of_hours=None)
            for contact in school.local_contacts
        ),
        # All logos have the same height.
        logo=_DOT if school.logo else None,
        colour=None,
        policy=value(school.policy),
        dated=_DAY if school.dated else None,
        # What follows from these is part of the guide.
        headteacher=None,
        new_training=False,
        policy_updated=False,
        report_remove=False,
    )
