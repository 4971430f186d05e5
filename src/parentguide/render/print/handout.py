"""The handout: two sides of A4. The largest type that fits them is used: spacing gives way
before type, and type never goes below 12 pt."""

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from parentguide.errors import LayoutError
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Guide
from parentguide.model.output import Edition
from parentguide.model.school import Colour, Logo, Person, School
from parentguide.model.walk import extract
from parentguide.render.print.sheet import Sheet, Step, TooLong, as_json, edition_data, sheet_files

SIDES = 2
# Sizes in points: 14 for clear print, never under 12 (see content standards in CONTRIBUTING).
SIZES = (14.0, 13.75, 13.5, 13.25, 13.0, 12.75, 12.5, 12.25, 12.0)
# The room between things, from generous to close; the official text gets a little smaller, and
# the edge of the paper nearer. 10 mm is more than any copier leaves unprinted.
SPACINGS = (
    {"leading": 0.65, "gap": 0.85, "item": 0.65, "above": 1.20, "inset": 0.60, "edge": 13.0, "quote": 0.95},
    {"leading": 0.58, "gap": 0.75, "item": 0.58, "above": 1.05, "inset": 0.50, "edge": 13.0, "quote": 0.92},
    {"leading": 0.51, "gap": 0.66, "item": 0.51, "above": 0.90, "inset": 0.40, "edge": 13.0, "quote": 0.89},
    {"leading": 0.45, "gap": 0.57, "item": 0.45, "above": 0.74, "inset": 0.32, "edge": 12.0, "quote": 0.86},
    {"leading": 0.42, "gap": 0.50, "item": 0.42, "above": 0.66, "inset": 0.28, "edge": 11.0, "quote": 0.86},
    {"leading": 0.42, "gap": 0.46, "item": 0.42, "above": 0.60, "inset": 0.24, "edge": 10.0, "quote": 0.86},
)
# What stands for a school's own details where only the room they take at the least is wanted.
_SHORT = FieldValue("url", "x", "https://x")
_DAY = date(2026, 1, 1)
_DOT = Logo(b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', "image/svg+xml", "x", (1, 1))
STEPS = tuple(tuple(Step(size=size, **spacing) for spacing in SPACINGS) for size in SIZES)


def first_fit(count: int, fits: Callable[[int], bool], near: int = 0) -> int | None:
    """The first of ``count`` choices, each needing less room than the one before, that fits.

    ``near`` is where it is looked for first; from there in growing strides, then by halves. What
    is found does not depend on it.
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
    """The words of a thread's last edition as JSON, in each colour: a thread makes one edition
    for school after school, and of a school only its colour is among them."""

    def __init__(self) -> None:
        self._words: Edition | None = None
        self._json: dict[Colour | None, bytes] = {}

    def json(self, edition: Edition) -> bytes:
        words, colour = replace(edition, school=School()), edition.school.colour
        if words != self._words:
            self._words, self._json = words, {}
        if colour not in self._json:
            self._json[colour] = as_json(edition_data(edition) | {"sides": SIDES})
        return self._json[colour]


class Handout(Sheet):
    """The sheet that a school hands out."""

    name = "handout"

    def __init__(self, templates: Path) -> None:
        super().__init__(templates)
        # Where the fitting of a school's sheet begins: the step that fits the outline of the
        # school. It depends on nothing but the guide and what kinds of details the school
        # gives, so the same sheet comes out whichever school was first; two threads may at
        # worst find it twice.
        self._fits: dict[tuple[str, School], tuple[int, int]] = {}
        self._words = _LastWords()

    def render(self, edition: Edition) -> bytes:
        """The PDF with the largest type that fits, and then the most room between things.

        Raises :class:`LayoutError` naming the first block too many if not even the
        smallest type and spacing fit a school without what may give way.
        """
        made: bytes | TooLong = b""
        for school in _giving_way(edition.school):
            made = self._fitted(replace(edition, school=school))
            if isinstance(made, bytes):
                return made
        assert isinstance(made, TooLong)
        raise LayoutError(
            f"the handout in {edition.language.english_name} does not fit {SIDES} sides at"
            f" {SIZES[-1]:g} pt: the block “{made.block}” is the first on side {SIDES + 1}",
            remedy="Shorten the longest blocks of the guide or translation, or the school's details.",
        )

    def _fitted(self, edition: Edition) -> bytes | TooLong:
        outline = replace(edition, school=_outline(edition.school))
        if outline == edition:
            return self._search(edition, (0, 0))[1]
        key = (sha256(self._words.json(outline)).hexdigest(), outline.school)
        if key not in self._fits:
            self._fits[key] = self._search(outline, (0, 0))[0]
        return self._search(edition, self._fits[key])[1]

    def _compile(self, edition: Edition, step: tuple[int, int]) -> bytes | TooLong:
        files = sheet_files(self._words.json(edition), STEPS[step[0]][step[1]], edition)
        return self.typesetter.compile(files, edition.language.english_name)

    def _search(self, edition: Edition, start: tuple[int, int]) -> tuple[tuple[int, int], bytes | TooLong]:
        """The first step from ``start`` that fits, and the sheet in it; if none does, the last."""
        made: dict[tuple[int, int], bytes | TooLong] = {}

        def fits(size: int, spacing: int) -> bool:
            if (size, spacing) not in made:
                made[size, spacing] = self._compile(edition, (size, spacing))
            return isinstance(made[size, spacing], bytes)

        tightest = len(SPACINGS) - 1
        if start != (0, 0) and fits(*start):
            return start, made[start]
        fits(start[0], tightest)
        largest, sizes = made[start[0], tightest], len(SIZES) - start[0]
        near = min(_sizes_too_large(edition.guide, largest), sizes - 1) if isinstance(largest, TooLong) else 0
        smaller = first_fit(sizes, lambda index: fits(start[0] + index, tightest), near)
        if smaller is None:
            last = (len(SIZES) - 1, tightest)
            return last, made[last]
        size = start[0] + smaller
        # Where larger type does not fit at its closest, there is little room to spare.
        near = tightest - 1 if size else tightest - 2
        spacing = first_fit(len(SPACINGS), lambda index: fits(size, index), near)
        step = (size, tightest if spacing is None else spacing)
        return step, made[step]


def _sizes_too_large(guide: Guide, over: TooLong) -> int:
    """About how many steps the type is too large, from how much of the guide's text is too much.

    The room that text takes grows with the square of its size; what stands beside it does not
    shrink, so that it takes a third more.
    """
    lengths = [(segment.id, len(segment.text)) for segment in extract(guide.blocks)]
    contexts = [context for context, _ in lengths]
    if over.block not in contexts:
        return 1
    too_much = sum(length for _, length in lengths[contexts.index(over.block) :])
    share = too_much / max(1, sum(length for _, length in lengths))
    return max(1, round((1 - math.sqrt(1 - share)) * SIZES[0] / (SIZES[0] - SIZES[1]) * 1.3))


def _giving_way(school: School) -> Iterator[School]:
    """The school, and then without what a parent finds on the page and the school's website too:
    the policy's address, then the code that leads to the page."""
    yield school
    if school.policy:
        yield replace(school, policy=None)
    if school.guides:
        yield replace(school, policy=None, guides=None)


def _outline(school: School) -> School:
    """The school with each of its texts one letter long: a sheet of it takes as much room, or less."""
    return replace(
        school,
        name=school.name and "x",
        website=school.website and _SHORT,
        guides=school.guides and _SHORT,
        team=tuple(
            Person(person.name and "x", person.role and "x", person.phone and _SHORT, person.email and _SHORT)
            for person in school.team
        ),
        local_contacts=tuple(replace(contact, name="x", value=_SHORT) for contact in school.local_contacts),
        # All logos are set at one height.
        logo=school.logo and _DOT,
        colour=None,
        policy=school.policy and _SHORT,
        dated=school.dated and _DAY,
    )
