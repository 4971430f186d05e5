"""The first text of a new guide's ``guide.md``: a block for every statement of its newsletter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from parentguide.errors import SourceError
from parentguide.model.contact import Contact
from parentguide.model.guide_state import GuideState
from parentguide.model.statement import LEAVE_OUT, PART_OF_LETTER, Statement, StatementKind
from parentguide.newsletter.statements_file import STATEMENTS_FILE
from parentguide.project.block_ids import new_id
from parentguide.project.cards.card import Card, Kind
from parentguide.project.cards.rows import one_line
from parentguide.project.cards.words import checked_words
from parentguide.project.front_matter_edits import quoted_value
from parentguide.project.known_contacts import mentions
from parentguide.project.who_to_call import EMERGENCY, first_boxes

_CAPTION = '{#official-words source="the source of the official words"}\nOfficial words, in English, {date}'
_CARDS = {
    StatementKind.HEADING: Kind.HEADING,
    StatementKind.PARAGRAPH: Kind.PARAGRAPH,
    StatementKind.QUOTATION: Kind.PARAGRAPH,
    StatementKind.ITEM: Kind.ITEM,
    StatementKind.ROW: Kind.ITEM,
    StatementKind.CONTACT: Kind.ITEM,
    StatementKind.STEP: Kind.STEP,
}
_SIGNS = " #+-:=~|><*_`\\\t"
_SUBJECT = re.compile(r"(?:re|subject)\s*:\s*(?=\S)", re.IGNORECASE)


def suggested(statements: Sequence[Statement]) -> dict[int, str]:
    """What the reader suggests to leave out: the number of each statement, and the reason."""
    return {s.number: PART_OF_LETTER for s in statements if s.suggest == LEAVE_OUT}


def suggested_title(statements: Sequence[Statement]) -> str:
    """The first heading, which is the subject of a letter; without one the first statement. ``statements``
    are those that the guide keeps."""
    heading = next((s.text for s in statements if s.kind is StatementKind.HEADING), statements[0].text)
    return _SUBJECT.sub("", heading)


def first_text(
    statements: Sequence[Statement],
    digest: str,
    left_out: Mapping[int, str],
    *,
    title: str = "",
    contacts: Sequence[Contact] = (),
) -> str:
    """The text of a ``guide.md`` with a block for each statement whose number is not in ``left_out``.

    ``digest`` is that of ``statements.tsv`` (:func:`~parentguide.newsletter.digest.newsletter_digest`).
    ``title`` is the guide's; empty for the newsletter's own. A number or an address that is one of the
    ``contacts`` becomes its placeholder. After the title and the paragraph below it stand the boxes of
    whom to call and of the school's team, if the emergency number is one of the contacts and the newsletter
    has no such list of its own.
    """
    kept = [s for s in statements if s.number not in left_out]
    heads = bool(kept) and kept[0].kind is StatementKind.HEADING
    shown = title or suggested_title(kept or statements)
    quoted = [s for s in kept if s.kind is StatementKind.QUOTATION]
    lines = _front_matter(left_out, shown, digest, has_definition=bool(quoted))
    used: set[str] = set()
    if heads:
        lines += [_mark(kept[0].text, used, kept[:1]), f"# {_title_words(title or kept[0].text)}", ""]
    else:
        # A guide begins with its title.
        used.add("title")
        lines += ['{#title source="written for this guide"}', f"# {_title_words(shown)}", ""]
    rest = kept[heads:]
    lead = [_block(s, used, 1, contacts) for s in rest[:1] if _is_lead(rest)]
    lines += [*lead, *_boxes(kept, used, contacts)]
    for kind, run in groupby(rest[len(lead) :], key=lambda statement: statement.kind):
        group = list(run)
        if kind is not StatementKind.QUOTATION:
            lines += _framed(kind, [_block(s, used, n, contacts) for n, s in enumerate(group, 1)])
        elif group[0] is quoted[0]:
            covers = " ".join(str(s.number) for s in quoted)
            used.update(("definition", "official-words"))
            lines += [f'{{#definition covers="{covers}"}}', "::: official", _CAPTION, ":::", ""]
    return "\n".join([*lines, *_elsewhere(shown, used)])


def _front_matter(left_out: Mapping[int, str], title: str, digest: str, *, has_definition: bool) -> list[str]:
    lines = ["---", f"title: {quoted_value(title)}", f"state: {GuideState.WRITING}"]
    lines.append(f"newsletter: {STATEMENTS_FILE}")
    lines.append(f"newsletter_sha256: {digest}")
    if has_definition:
        lines.append("definition: definition.toml")
    if left_out:
        lines += ["exclude:", *(f"  {n}: {quoted_value(left_out[n])}" for n in sorted(left_out))]
    return [*lines, "---", ""]


def _is_lead(rest: Sequence[Statement]) -> bool:
    """Whether the first statement is a paragraph of its own. A paragraph that announces a list or official
    words stays with them."""
    if not rest or rest[0].kind is not StatementKind.PARAGRAPH or rest[0].text.rstrip().endswith(":"):
        return False
    return len(rest) == 1 or rest[1].kind is not StatementKind.QUOTATION


def _boxes(kept: Sequence[Statement], used: set[str], contacts: Sequence[Contact]) -> list[str]:
    if not any(contact.name == EMERGENCY for contact in contacts):
        return []
    own = [s for s in kept if s.kind is StatementKind.CONTACT]
    listed = {mention.contact for s in own for mention in mentions(s.text, contacts)}
    return first_boxes(used, with_emergency=EMERGENCY not in listed, with_school=True)


def _framed(kind: StatementKind, blocks: Sequence[str]) -> Iterator[str]:
    """Contacts one below the other stand in one frame; other blocks stand alone."""
    if kind is StatementKind.CONTACT:
        yield from ("::: contacts", "")
    yield from blocks
    if kind is StatementKind.CONTACT:
        yield from (":::", "")


def _block(statement: Statement, used: set[str], place: int, contacts: Sequence[Contact]) -> str:
    """One statement as a block of Markdown; ``place`` is that in its list. Its id is added to ``used``."""
    mark = _mark(statement.text, used, [statement])
    words = _words(statement, contacts)
    match statement.kind:
        case StatementKind.HEADING:
            return f"{mark}\n## {words}\n"
        case StatementKind.STEP:
            indent = " " * (len(str(place)) + 2)
            return f"{place}. {mark}\n{indent}{words}\n"
        case StatementKind.ITEM | StatementKind.ROW | StatementKind.CONTACT:
            return f"- {mark}\n  {words}\n"
        case _:
            return f"{mark}\n{words}\n"


def _mark(text: str, used: set[str], covered: Sequence[Statement]) -> str:
    name = new_id(text, used)
    used.add(name)
    return f'{{#{name} covers="{" ".join(str(statement.number) for statement in covered)}"}}'


def _words(statement: Statement, contacts: Sequence[Contact]) -> str:
    """The statement's words, with the placeholder of each number and address that is known."""
    text, parts, end = statement.text, list[str](), 0
    if statement.kind is StatementKind.HEADING:
        text = text.rstrip(":")
    for mention in mentions(text, contacts):
        if mention.contact:
            parts += [_plain(text[end : mention.start]), f"{{{mention.contact}}}"]
            end = mention.end
    return _usable("".join([*parts, _plain(text[end:])]), _CARDS[statement.kind])


def _elsewhere(title: str, used: set[str]) -> list[str]:
    """The words of the guide that are not part of its text: the text message to families."""
    name = new_id("share message", used)
    mark = f'{{#{name} .message source="written for this guide"}}'
    # The names of placeholders, which are not filled in here.
    rest = "From {school}, for all parents and carers: a guide. In your language: {link}"
    words = _title_words(title)
    end = "" if words.endswith((".", "!", "?")) else "."
    message = _usable(f"{words}{end} {rest}", Kind.PARAGRAPH)
    return ["::: elsewhere", "", mark, message, "", ":::", ""]


def _title_words(title: str) -> str:
    return _usable(_plain(title.rstrip(": ")), Kind.TITLE)


def _plain(text: str) -> str:
    """Text without the marks that a guide reads as bold and as placeholders."""
    return text.replace("**", "").replace("{", "(").replace("}", ")")


def _usable(words: str, kind: Kind) -> str:
    """The words without a sign at an end that Markdown would read as a mark, such as + or a number with a
    dot. A guide's words have no escapes: families would see them."""
    for usable in _ways(one_line(words)):
        try:
            return checked_words(Card(kind, "", usable)).words
        except SourceError:
            continue
    return "…"


def _ways(words: str) -> Iterator[str]:
    yield words
    yield re.sub(r"^(\d+)[.)]\s+", r"(\1) ", words)
    yield words.strip(_SIGNS)
    yield f"({words.strip()})"
    yield re.sub(r"[^\w\s.,;:?()’-]+", " ", words).strip(_SIGNS)
