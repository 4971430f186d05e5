"""The handout: A4 over 14 pt, or A5 over 12 pt, in two leaves, on as many sides as its words need.

Decision: docs/decisions/0045-sides-follow-type.md.
"""

import threading
from dataclasses import replace
from pathlib import Path

from parentguide.model.output import Edition
from parentguide.model.school import Colour, School
from parentguide.render.print.sheet import Sheet, Typesetter, as_json
from parentguide.render.print.sheet_data import sheet_data


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
            self._json[colour] = as_json(sheet_data(edition))
        return self._json[colour]


class Handout(Sheet):
    """The sheet that a school hands out."""

    name = "handout"

    def __init__(self, templates: Path) -> None:
        super().__init__(templates)
        self._on_a5 = Typesetter(templates, self.name, sizes=f"{self.name}-a5")
        self._words = _LastWords()

    def render(self, edition: Edition) -> bytes:
        """The PDF. Raises :class:`LayoutError` for a character that no font has."""
        typesetter = self._on_a5 if edition.school.a5_handout else self.typesetter
        return self.set_whole(edition, self._words.json(edition), typesetter)
