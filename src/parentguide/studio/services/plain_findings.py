"""What the automatic checks find, in sentences for somebody who checks a translation.

The command line shows codes, and remedies for people who edit files. A checker edits words only.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parentguide.checks.translation.numbers import numbers_in
from parentguide.errors import SourceError
from parentguide.model import markup
from parentguide.model.language import Language
from parentguide.studio.services.block_words import name_of

# By code: what is wrong and what to do. {said} is what the check says, {quoted} what it quotes.
_SENTENCES: Mapping[str, tuple[str, str]] = {
    "PG501": ("There is no translation yet.", "Write it."),
    "PG521": ("These are still the English words.", "Write them in {language}."),
    "PG523": ("A web or email address is not as in the English.", "Copy it letter for letter."),
    "PG531": ("{quoted} is not in the letters of {language}.", "Only names stay as they are in English."),
    "PG532": ("{quoted} has letters of two alphabets.", "Type the word again."),
    "PG541": ("Some letters are typed in parts.", "Type the words again."),
    "PG542": ("There is a character that nobody can see.", "Type the words around it again."),
    "PG543": (
        "There is a space at the beginning or the end, two spaces together, or a new line.",
        "Leave one space between words.",
    ),
    "PG544": ("A character cannot be printed: {quoted}.", "Use another one."),
    "PG545": ("{said}.", "{hint}"),
    "PG546": ("There are marks of a web page: {quoted}.", "Delete them: families would read them."),
    "PG551": ("It {said}.", "End it with the mark of {language}."),
    "PG552": ("There is a space before a punctuation mark.", "Delete the space."),
    "PG553": ("Brackets are not in pairs: {quoted}.", "Write both or none."),
    "PG554": ("{said}.", "Write the quotation marks {quotes}."),
    "PG555": ("{said}.", "Write the digits that the other blocks have."),
    "PG556": (
        "A stroke straight after a number looks like another digit.",
        "Write a word or a semicolon between them.",
    ),
    "PG561": ("{said}.", "Delete one, unless {language} doubles the word on purpose."),
    "PG572": ("It has {said}.", "Look whether a sentence is missing."),
    "PG582": ("{said}.", "Use words that do not blame or shame anybody."),
    "PG583": ("It {said}.", "{hint}"),
    "PG584": ("{said}.", "Use other words if the reason is right here."),
}
COVERED = frozenset({*_SENTENCES, "PG511", "PG522"})
_QUOTED = re.compile("“[^”]*”")


@dataclass(frozen=True, slots=True)
class Checked:
    """The text that was checked. ``names`` says what stands for each field."""

    language: Language
    english: str
    text: str
    names: Mapping[str, str]


def sentences(checked: Checked, code: str, said: str, hint: str) -> tuple[str, str]:
    """What is wrong, and what to do, for the finding ``code`` that says ``said``.

    >>> from parentguide.project.project import Project
    >>> urdu = Project().language("ur")
    >>> sentences(Checked(urdu, "Call {nspcc}", "x", {"nspcc": "999"}), "PG511", "{nspcc} lost", "")
    ('The number 999 is missing.', 'Put it where it belongs.')
    """
    if code == "PG511":
        return _markup(checked, said)
    if code == "PG522":
        return _numbers(checked)
    if code not in _SENTENCES:
        return f"{said[:1].upper()}{said[1:]}.", hint
    quoted = ", ".join(_QUOTED.findall(said))
    problem, remedy = (
        part.format(
            said=said, quoted=quoted, hint=hint, language=checked.language.english_name,
            quotes="…".join(checked.language.quotes),
        )
        for part in _SENTENCES[code]
    )  # fmt: skip
    return problem[:1].upper() + problem[1:], remedy


def _numbers(checked: Checked) -> tuple[str, str]:
    wanted, found = numbers_in(checked.english), numbers_in(checked.text)
    lost, added = sorted((wanted - found).elements()), sorted((found - wanted).elements())
    said = [f"The number {number} is missing." for number in lost]
    said += [
        f"The number {number} is there too often."
        if number in wanted
        else f"The number {number} is not in the English."
        for number in added
    ]
    return " ".join(said), "Write each number of the English once, in figures."


def _markup(checked: Checked, said: str) -> tuple[str, str]:
    try:
        runs = markup.parse(checked.text)
    except SourceError:
        return "There is a mark that means nothing here: **, { or }.", "Delete it."
    moved = list(_fields(checked))
    if moved:
        lost = any(sentence.endswith("is missing.") for sentence in moved)
        return " ".join(moved), "Put it where it belongs." if lost else "Once is enough."
    bold, wanted = sum(isinstance(run, markup.Strong) for run in runs), checked.english.count("**") // 2
    if bold > wanted:
        return (
            "There are more bold parts than in the English."
            if wanted
            else "The English has no bold words here.",
            "Take bold away: mark the words, and press Ctrl and B.",
        )
    remedy = "Make the same words bold as in the English: mark them, and press Ctrl and B."
    return ("A bold part is missing." if bold else "The bold words are missing."), remedy


def _fields(checked: Checked) -> Iterator[str]:
    wanted, found = Counter(markup.fields(checked.english)), Counter(markup.fields(checked.text))
    for name in wanted - found:
        shown = name_of(name, checked.names)
        is_number = shown.replace(" ", "").isdecimal()
        yield f"The number {shown} is missing." if is_number else f"“{shown}” is missing."
    for name in found - wanted:
        shown = name_of(name, checked.names)
        yield f"“{shown}” is there too often." if name in wanted else f"“{shown}” is not in the English."
