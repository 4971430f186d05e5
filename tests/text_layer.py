"""What readers of PDF give back, word by word, punctuation and all, where they guess at the order.

A PDF holds glyphs from left to right; which way the words run is the reader's guess. Letters
and digits come back exactly. At some marks beside Latin letters or digits, at quotation marks,
and where a line has English beside it, readers guess wrong, and each guesses otherwise. pdfium
takes the marks of Gurmukhi for right-to-left ones too, and turns its lines round.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2

from parentguide.model.output import Edition
from tests.test_sheets import (
    EDITIONS,
    KINDS,
    RIGHT_TO_LEFT,
    messages,
    pdfium_text,
    pdftotext,
    sheet,
    squeezed,
)

READERS = ("pdfium", "poppler")
GUESSED = RIGHT_TO_LEFT | {e.language.tag for e in EDITIONS if e.language.script == "Guru"}
SHEETS_GUESSED = [(e, kind) for e in EDITIONS for kind in KINDS if e.language.tag in GUESSED]
MOVED = Path(__file__).parent / "golden" / "moved-words.toml"
# Where the words of the language stand on a side, from left to right, as a part of its width. The
# columns of the review sheet run the way of the language.
_COLUMNS = {"bilingual": (0.525, 1.0), "review": (0.495, 0.71)}
_FROM_LEFT = {"review": (0.29, 0.505)}
# poppler gives this mark back one letter late, in every word that has it.
_NON_JOINER = "\u200c"


@cache
def read(path: Path, kind: str, reader: str) -> str:
    """The text of the language's column, without white space."""
    with pypdfium2.PdfDocument(path) as document:
        width, _ = document[0].get_size()
    columns = _COLUMNS if path.parent.name in RIGHT_TO_LEFT else _COLUMNS | _FROM_LEFT
    left, right = (width * edge for edge in columns.get(kind, (0.0, 1.0)))
    if reader == "pdfium":
        return squeezed(pdfium_text(path, left, right))
    return squeezed(pdftotext(path, left, right)).replace(_NON_JOINER, "")


def _asked(words: str, reader: str) -> str:
    return squeezed(words if reader == "pdfium" else words.replace(_NON_JOINER, ""))


def _breaks(words: str, text: str, reader: str) -> Iterator[str]:
    """Where ``words`` do not go on in ``text``: a word with the next, or a word that is not there."""
    exact: list[str] = []
    for word in words.split():
        if _asked(" ".join([*exact, word]), reader) in text:
            exact.append(word)
        elif _asked(word, reader) in text:
            yield f"{exact[-1]} {word}" if exact else word
            exact = [word]
        else:
            yield word
            exact = []


def moved(output: Path, edition: Edition, kind: str, reader: str) -> set[str]:
    """What a reader does not give back as it stands in the catalog: words, or two that are apart."""
    text = read(sheet(output, edition, kind), kind, reader)
    return {place for _, words in messages(edition, kind) for place in _breaks(words, text, reader)}


def all_moved(output: Path) -> dict[str, dict[str, list[str]]]:
    """The same of all sheets, by tag and reader."""
    found: dict[str, dict[str, set[str]]] = {}
    for edition, kind in SHEETS_GUESSED:
        of_tag = found.setdefault(edition.language.tag, {reader: set() for reader in READERS})
        for reader in READERS:
            of_tag[reader] |= moved(output, edition, kind, reader)
    return {tag: {reader: sorted(of[reader]) for reader in READERS} for tag, of in found.items()}


def as_toml(found: dict[str, dict[str, list[str]]]) -> str:
    """A table a language, a word a line."""
    text = "# Made by “make golden”: what readers of PDF do not give back as it stands in the catalog.\n"
    for tag, of_tag in sorted(found.items()):
        text += f"\n[{tag}]\n"
        for reader, words in of_tag.items():
            lines = "".join(f"  {json.dumps(word, ensure_ascii=False)},\n" for word in words)
            text += f"{reader} = [\n{lines}]\n"
    return text
