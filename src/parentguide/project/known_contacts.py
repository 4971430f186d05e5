"""Phone numbers and addresses in a newsletter's words, and which of the project's contacts each is.

A new guide has a placeholder for each contact, so that only ``contacts.toml`` has the number. A number or an
address that is not a contact stays as it is, and the person is told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from parentguide.errors import InvalidValueError
from parentguide.model.contact import Contact
from parentguide.model.statement import LEAVE_OUT, Statement, StatementKind
from parentguide.project.project import Project
from parentguide.schools.values import parse_helpline

# Digits in groups, as people write them, with the code of a country or without.
_PHONE = re.compile(r"(?<![\w£€$+(])(?:\+|\()?\d(?:[ ()./\u00a0\u2010-\u2015-]{0,3}\d){2,14}(?![\w%])")
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>“”\"]+[^\s<>“”\"’'.,;:!?)\]]", re.IGNORECASE)
_LEAST_DIGITS = 7  # of a number that is one wherever it stands; 999 or 116 123 could be a count of something
_MAY_BE_CALLED = re.compile(
    r"\b(?:call|ring|dial|phone|telephone|tel|text|police|helpline|emergency)", re.IGNORECASE
)
_LEADS_TO = re.compile(
    r"(?:^|\b(?:call|ring|dial|phone|telephone|tel|text|on|to|or|police|helpline|emergency)\b|[:–—-])"
    r"(?: (?:on|at|the police on|the police at))?[\s:.,(–—-]*$",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\s+(?:[a-z]{3,}s|people|children|per\b|of\b)(?<!always)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A number or an address in ``text[start:end]``. ``contact`` is the name of the contact that it is,
    empty for one that is not in ``contacts.toml``."""

    start: int
    end: int
    words: str
    contact: str = ""


def mentions(text: str, contacts: Sequence[Contact]) -> tuple[Mention, ...]:
    """The numbers and addresses of a text in their order; none overlaps another."""
    names = {_key(contact.value.href): contact.name for contact in contacts}
    found: list[Mention] = []
    for start, end, key in sorted(_candidates(text), key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1].end:
            found.append(Mention(start, end, text[start:end], names.get(key, "")))
    return tuple(found)


def unknown_mentions(text: str, contacts: Sequence[Contact]) -> tuple[str, ...]:
    """The numbers and web addresses of a text that are none of the contacts, each once. Mail addresses cannot
    be contacts, so they are not among them."""
    found = (one.words for one in mentions(text, contacts) if not one.contact and "@" not in one.words)
    return tuple(dict.fromkeys(found))


def contacts_of(project: Project) -> tuple[Contact, ...]:
    """The contacts of a project; none for one that has no ``contacts.toml``."""
    return project.contacts if (project.locales / "contacts.toml").exists() else ()


def unknown_of(project: Project, statements: Iterable[Statement]) -> list[tuple[int, str]]:
    """Each number or address of the statements that is no contact, with the statement's number.

    Those that the reader suggests to leave out, and official words, are not counted.
    """
    contacts = contacts_of(project)
    return [
        (statement.number, words)
        for statement in statements
        if statement.suggest != LEAVE_OUT and statement.kind is not StatementKind.QUOTATION
        for words in unknown_mentions(statement.text, contacts)
    ]


def _candidates(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each number or address begins and ends, and the address of a link to it."""
    for match in _WEB.finditer(text):
        yield match.start(), match.end(), _key(match[0])
    for match in _EMAIL.finditer(text):
        yield match.start(), match.end(), _key(f"mailto:{match[0]}")
    for match in _PHONE.finditer(text):
        if sum(char.isdigit() for char in match[0]) < _LEAST_DIGITS and not _is_called(text, match):
            continue
        try:
            # A bracket before the number may be one of the sentence.
            value = parse_helpline(match[0] if ")" in match[0] else match[0].lstrip("("))
        except InvalidValueError:
            continue
        start = match.start() + (match[0].startswith("(") and ")" not in match[0])
        yield start, match.end(), _key(value.href)


def _is_called(text: str, match: re.Match[str]) -> bool:
    """Whether a short number is one to call: “ring 101”, but not “101 children” or “page 101”."""
    before, after = text[: match.start()], text[match.end() :]
    return bool(_MAY_BE_CALLED.search(text) and _LEADS_TO.search(before) and not _COUNTS.match(after))


def _key(href: str) -> str:
    """What is the same in two ways to write one number or address."""
    key = re.sub(r"^(?:https?://)?(?:www\.)?", "", href.lower()).rstrip("/")
    return re.sub(r"^tel:\+44", "tel:0", key)
