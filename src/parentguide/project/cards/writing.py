"""Cards -> ``guide.md``. Only what changed is written anew; all other bytes stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parentguide.errors import SourceError
from parentguide.project.cards.attribute_lines import attribute_lines, revised
from parentguide.project.cards.card import IN_LISTS, Card, Kind
from parentguide.project.cards.rows import Row, Rows, rows_of

_MARKER = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|(?=[\r\n]|\Z))")
_BULLET, _DELIMITER = "-", "."


def with_cards(text: str, cards: Sequence[Card]) -> str:
    """``text``, a ``guide.md``, with other cards: its blocks are then ``cards``.

    A block that is not changed keeps its bytes, and so do front matter, comments, and the blank lines
    between two blocks that are still neighbours. If items of a list with a condition of its own are moved
    apart, each gets the condition; the steps of a changed list are counted anew.
    Raises :class:`SourceError` for cards that make no guide; the message says why.
    """
    before = rows_of(text)
    known = {row.card.id: (number, row) for number, row in enumerate(before.rows)}
    parts, number, kind_stays = [before.head], -1, True
    for line in _lists(before, cards):
        at, row = known.get(line.card.id, (-2, None))
        kind_stayed, kind_stays = kind_stays, row is not None and row.card.kind is line.card.kind
        # Two items may follow without a blank line between, a paragraph and an item may not.
        if row is not None and at == number + 1 and (row.gap or (kind_stayed and kind_stays)):
            parts += row.gap
        else:
            # The last line of a file may have no end.
            parts += [before.newline] if parts[-1].endswith(("\n", "\r")) else [before.newline] * 2
        number = at
        parts.append(_written(line, row, before.newline))
    parts.append(before.tail)
    result = "".join(parts)
    _verify(result, cards)
    return result


@dataclass(frozen=True, slots=True)
class _Line:
    """A card with what it needs of its list: ``marker`` is empty where the present one is right."""

    card: Card
    marker: str = ""
    keeps_lead: bool = False


def _verify(text: str, cards: Sequence[Card]) -> None:
    """The cards read back as they are, whatever was typed. Frames are counted anew."""
    found = rows_of(text).cards
    if [_nameless(card) for card in found] != [_nameless(card) for card in cards]:
        raise SourceError(
            "these blocks cannot be written one after the other", remedy="Change them in the text instead."
        )


def _nameless(card: Card) -> Card:
    return card if card.has_words else replace(card, id="")


def _lists(before: Rows, cards: Sequence[Card]) -> Iterator[_Line]:
    """Each card, those of a list with its marker if the list has other items than before."""
    known = {row.card.id: (number, row) for number, row in enumerate(before.rows)}
    original: dict[int, list[str]] = {}
    for row in before.rows:
        original.setdefault(row.list_number, []).append(row.card.id)
    runs = list(_runs(cards, known))
    last = ""
    for at, run in enumerate(runs):
        if run[0].kind not in IN_LISTS:
            last = ""
            yield from (_Line(card) for card in run)
            continue
        first = known.get(run[0].id)
        if first and original[first[1].list_number] == [card.id for card in run] and _same_kind(run, known):
            yield from (_Line(card, keeps_lead=True) for card in run)
            last = _style(first[1])
            continue
        # Two lists that follow each other have different signs, or they would be read as one.
        style = next((_style(known[card.id][1]) for card in run if _was_same(card, known)), "")
        signs = ".)" if run[0].kind is Kind.STEP else "-*+"
        taken = last + (_first_style(runs[at + 1], known) if at + 1 < len(runs) else "")
        if not style or style in taken:
            style = next((sign for sign in signs if sign not in taken), style)
        last = style
        for count, card in enumerate(run, 1):
            if card.kind is Kind.STEP:
                yield _Line(card, f"{count}{style or _DELIMITER}")
            else:
                yield _Line(card, style or _BULLET)


def _runs(cards: Sequence[Card], known: dict[str, tuple[int, Row]]) -> Iterator[list[Card]]:
    """The cards in runs: those of one list together, all others alone."""
    run: list[Card] = []
    for card in cards:
        if run and not _continue(run[-1], card, known):
            yield run
            run = []
        run.append(card)
    if run:
        yield run


def _continue(card: Card, following: Card, known: dict[str, tuple[int, Row]]) -> bool:
    if card.kind not in IN_LISTS or following.kind is not card.kind:
        return False
    one, two = known.get(card.id), known.get(following.id)
    if not one or not two or not one[1].list_number or not two[1].list_number:
        return True
    return one[0] + 1 != two[0] or one[1].list_number == two[1].list_number


def _was_same(card: Card, known: dict[str, tuple[int, Row]]) -> bool:
    return card.id in known and known[card.id][1].card.kind is card.kind


def _same_kind(run: Sequence[Card], known: dict[str, tuple[int, Row]]) -> bool:
    return all(_was_same(card, known) for card in run)


def _first_style(run: Sequence[Card], known: dict[str, tuple[int, Row]]) -> str:
    """The sign of a list as it was written; empty for a list that is new, and for other blocks."""
    return _style(known[run[0].id][1]) if run[0].kind in IN_LISTS and _was_same(run[0], known) else ""


def _style(row: Row) -> str:
    """The bullet of a list, or the sign after its numbers."""
    return _MARKER.match(row.slice)[0].strip()[-1:]  # type: ignore[index]


def _written(line: _Line, row: Row | None, newline: str) -> str:
    card = line.card
    if not card.has_words:
        return row.slice if row else ""
    if row is None:
        return _new(line, newline)
    lead = "".join(row.lead) if line.keeps_lead else ""
    wanted = _values(card)
    if line.keeps_lead and (card.when, card.unless) == (row.card.when, row.card.unless):
        wanted |= {"when": " ".join(row.own_when), "unless": " ".join(row.own_unless)}
    if card.kind is not row.card.kind:
        return _in_other_kind(line, row, wanted, newline)
    attributes = _with_attributes(row, wanted, newline)
    before = row.before
    if card.kind is Kind.OFFICIAL and card.covers != row.card.covers:
        opening = next(number for number, text in enumerate(before) if text.lstrip().startswith(":::"))
        covers = {"covers": wanted["covers"]}
        before = (*_lines_with(before[:opening], covers, newline), *before[opening:])
    words = row.words if card.words == row.card.words else (_words_line(row, card, newline),)
    written = "".join((*before, *attributes, *words, *row.after))
    return lead + (_remarked(written, line.marker) if line.marker else written)


def _values(card: Card) -> dict[str, str]:
    """What the card's attributes have to say; those of official words are in two places."""
    return {
        "id": card.id,
        "class": " ".join(card.classes),
        "covers": " ".join(str(number) for number in card.covers),
        "when": " ".join(card.when),
        "unless": " ".join(card.unless),
        "source": card.source,
        "verified_on": card.verified_on,
        "note": card.note,
    }


def _with_attributes(row: Row, wanted: dict[str, str], newline: str) -> tuple[str, ...]:
    if row.card.kind is Kind.OFFICIAL:
        wanted = {key: value for key, value in wanted.items() if key in ("source", "note", "verified_on")}
    return _lines_with(row.attributes, wanted, newline)


def _lines_with(lines: Sequence[str], wanted: dict[str, str], newline: str) -> tuple[str, ...]:
    """Lines of attributes with other values; unchanged ones keep their bytes."""
    bare = [_bare(line) for line in lines]
    new = revised(bare, wanted)
    if new == bare:
        return tuple(lines)
    first = _prefix(lines[0]) if lines else ""
    rest = " " * len(first)
    same = [lines[number] if bare[number : number + 1] == [text] else "" for number, text in enumerate(new)]
    return tuple(
        raw or f"{rest if number else first}{text}{newline}"
        for number, (raw, text) in enumerate(zip(same, new, strict=True))
    )


def _prefix(line: str) -> str:
    """What is before a line's words: the mark of a list, or white space."""
    marker = _MARKER.match(line)
    if marker and line[marker.end() : marker.end() + 1] == "{":
        return marker[0]
    return line[: len(line) - len(line.lstrip())]


def _bare(line: str) -> str:
    return line[len(_prefix(line)) :].strip()


def _words_line(row: Row, card: Card, newline: str) -> str:
    first = row.words[0]
    prefix = first[: len(first) - len(first.lstrip())]
    hashes = re.match(r"#+[ \t]+", first.lstrip()) if card.kind in _HASHES else None
    ended = newline if re.search(r"[\r\n]\Z", row.words[-1]) else ""
    return f"{prefix}{hashes[0] if hashes else ''}{card.words}{ended}"


_HASHES = {Kind.TITLE: "#", Kind.HEADING: "##", Kind.SUBHEADING: "###"}


def _in_other_kind(line: _Line, row: Row, wanted: dict[str, str], newline: str) -> str:
    attributes = revised([_bare(text) for text in row.attributes], wanted)
    return _block(line, attributes, newline)


def _new(line: _Line, newline: str) -> str:
    return _block(line, attribute_lines(_values(line.card)), newline)


def _block(line: _Line, attributes: Sequence[str], newline: str) -> str:
    card = line.card
    hashes = f"{_HASHES[card.kind]} " if card.kind in _HASHES else ""
    lines = [*attributes, f"{hashes}{card.words}"]
    marker = f"{line.marker} " if line.marker else ""
    rest = " " * len(marker)
    return "".join(f"{rest if number else marker}{text}{newline}" for number, text in enumerate(lines))


def _remarked(written: str, marker: str) -> str:
    """An item of a list with another mark; its lines keep their place below the words of the first."""
    found = _MARKER.match(written)
    if not found or found[0].strip() == marker:
        return written
    space = found[0].lstrip()[len(found[0].strip()) :] or " "
    new = f"{marker}{space}"
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", written[found.end() :])
    old_width, rest = len(found[0].expandtabs()), []
    for line in lines[1:]:
        indent = min(len(line) - len(line.lstrip(" ")), old_width)
        rest.append(f"{' ' * len(new)}{line[indent:]}")
    return "".join((new, lines[0], *rest))
