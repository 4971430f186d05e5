"""Which words PDF readers extract in another order than the catalog has, where they guess at the order.

A PDF holds glyphs from left to right; in which direction the words run is the reader's guess. Letters
and digits are extracted exactly. At some marks beside Latin letters or digits, at quotation marks,
and where a line has English beside it, readers guess wrong, and their guesses differ.

``moved-words.toml`` lists the share of moved words of each sheet. It holds no words, and the tests allow
some more, so that a changed translation needs no new list; a changed font, template or Typst may.

Decision: docs/decisions/0007-known-moves-of-words.md.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2

from parentguide.model.output import Edition
from tests.languages import editions
from tests.output.sheets import (
    KINDS,
    RIGHT_TO_LEFT,
    SAMPLE,
    messages,
    pdfium_text,
    pdftotext,
    sheet,
    sheets,
    squeezed,
)

READERS = ("pdfium", "poppler")
MOVED = Path(__file__).parent / "golden" / "moved-words.toml"
# Shares in percent by language tag, reader and kind of sheet.
Shares = dict[str, dict[str, dict[str, float]]]
# Where the language's column is on a page, from left to right, as a part of its width. The
# columns of the review sheet run in the direction of the language.
_COLUMNS = {"bilingual": (0.525, 1.0), "review": (0.509, 0.764)}
_FROM_LEFT = {"review": (0.236, 0.491)}
# poppler extracts this mark one letter late, in every word that has it.
_NON_JOINER = "\u200c"


SHEETS_GUESSED = sheets(p for p in SAMPLE if p.values[0][1] in RIGHT_TO_LEFT)


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


def _as_read(words: str, reader: str) -> str:
    return squeezed(words if reader == "pdfium" else words.replace(_NON_JOINER, ""))


def breaks(words: str, text: str, reader: str) -> Iterator[str]:
    """Where ``words`` do not continue in ``text``: a word and its next, or a word that is not there."""
    exact: list[str] = []
    for word in words.split():
        if _as_read(" ".join([*exact, word]), reader) in text:
            exact.append(word)
        elif _as_read(word, reader) in text:
            yield f"{exact[-1]} {word}" if exact else word
            exact = [word]
        else:
            yield word
            exact = []


def moved(output: Path, edition: Edition, kind: str, reader: str) -> dict[str, list[str]]:
    """The breaks of each message of a sheet."""
    text = read(sheet(output, edition, kind), kind, reader)
    return {name: [*breaks(words, text, reader)] for name, words in messages(edition, kind)}


def word_count(edition: Edition, kind: str) -> int:
    return sum(len(words.split()) for _, words in messages(edition, kind))


def all_moved(output: Path) -> Shares:
    """The share of moved words of every right-to-left language's sheets."""
    shares: Shares = {}
    for language in sorted(RIGHT_TO_LEFT):
        mine = [edition for (_, tag), edition in editions().items() if tag == language]
        for reader in READERS:
            for kind in KINDS:
                breaks_found = sum(
                    len(found) for e in mine for found in moved(output, e, kind, reader).values()
                )
                share = 100 * breaks_found / sum(word_count(e, kind) for e in mine)
                shares.setdefault(language, {}).setdefault(reader, {})[kind] = round(share, 1)
    return shares


def as_toml(shares: Shares) -> str:
    """A table for each language, a line for each reader."""
    text = "# Made by “make golden”: the share of words, in percent, that a PDF reader moves on each sheet.\n"
    for tag, of_tag in sorted(shares.items()):
        text += f"\n[{tag}]\n"
        for reader, of_reader in of_tag.items():
            text += (
                f"{reader} = {{ {', '.join(f'{kind} = {share}' for kind, share in of_reader.items())} }}\n"
            )
    return text
