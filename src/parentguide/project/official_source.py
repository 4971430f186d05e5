"""Where the official words of a guide come from, as a person says it, and ``definition.toml`` of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parentguide.errors import Problem, ProjectError
from parentguide.infra.toml import toml_value
from parentguide.model.statement import Statement
from parentguide.project.front_matter_edits import quoted_value

LONGEST_SOURCE = 300  # characters of each value
_ASKED = {
    "document": "Write the title of the document that has the official words.",
    "publisher": "Write who published the official words.",
    "address": "Write the web address where the words are, or where the document can be had.",
    "published": "Write when the words were published.",
}


@dataclass(frozen=True, slots=True)
class OfficialSource:
    """Who published the official words that a newsletter quotes, where, and when; ``documents`` are the
    titles of the documents that have them. Families see these, the ``publisher`` and the ``address``."""

    source: str
    published: date
    documents: tuple[str, ...] = ()
    publisher: str = ""
    address: str = ""


def official_source(
    document: str, publisher: str, address: str, published: str, *, is_compared: bool, today: date
) -> OfficialSource:
    """The source of what a person typed. Raises :class:`ProjectError` with all that is missing or wrong,
    each with the name of the value in ``loc``."""
    problems: list[Problem] = []
    for name, value in (("document", document), ("publisher", publisher), ("address", address)):
        if not value or len(value) > LONGEST_SOURCE or re.search(r"[\x00-\x1f\x7f]", value):
            what = "is missing" if not value else "is too long, or has signs that cannot be printed"
            problems.append(Problem(what, _ASKED[name], (name,)))
    day = _day(published)
    if day is None:
        problems.append(Problem("is missing", _ASKED["published"], ("published",)))
    elif day > today:
        problems.append(Problem(f"{day} is in the future", _ASKED["published"], ("published",)))
    if not is_compared:
        remedy = "Compare them letter for letter with what was published, then tick the box."
        problems.append(Problem("are not compared", remedy, ("compared",)))
    if problems or day is None:
        raise ProjectError.of(problems)
    return OfficialSource(f"{publisher}: {document}, {address}", day, (document,), publisher, address)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def definition_text(quoted: Sequence[Statement], official: OfficialSource | None) -> str:
    """The text of ``definition.toml``; without ``official`` its first lines are comments to fill in."""
    paragraphs = "".join(f"  {quoted_value(s.text)},\n" for s in quoted)
    if official is None:
        head = (
            "# The official wording, word for word. Only you know where it comes from: fill in\n"
            "# the lines below and take off their # marks. Nothing is built before that.\n"
            '# edition = "2017-02"\n# source = "who published it, and where"\n'
            "# published = 2017-02-01\n# verified_on = 2017-02-01\n"
        )
    else:
        titles = "".join(f"  {toml_value(title)},\n" for title in official.documents)
        head = (
            "# The official wording, word for word. When it changes, change it here.\n"
            f"edition = {toml_value(f'{official.published:%Y-%m}')}\n"
            f"source = {toml_value(official.source)}\n"
            f"published = {official.published}\nverified_on = {date.today()}\n"
            + (f"documents = [\n{titles}]\n" if titles else "")
            + (f"publisher = {toml_value(official.publisher)}\n" if official.publisher else "")
            + (f"address = {toml_value(official.address)}\n" if official.address else "")
        )
    return f"{head}paragraphs = [\n{paragraphs}]\n"
