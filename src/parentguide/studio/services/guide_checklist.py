"""What a guide needs before it is ready, each thing ticked from facts, with the place where it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parentguide.checks.finding import Finding
from parentguide.checks.guide.readability import HIGHEST_GRADE, LONGEST_AVERAGE, LONGEST_SENTENCE
from parentguide.checks.readiness import contacts_of, old_contacts, reasons_against
from parentguide.errors import ParentguideError
from parentguide.model.guide import Definition
from parentguide.project.project import GuideSource, Project
from parentguide.review.guide_draft import GuideDraftReport, report_on
from parentguide.review.guide_rows import guide_row

# The codes of findings by the item that they belong to; all others are the last item's.
_SENTENCES, _OFFICIAL, _READING, _CONTACTS = ("PG1",), ("PG2",), ("PG4",), ("PG601",)
_EMERGENCY = ("PG604",)
_OWN = (*_SENTENCES, *_OFFICIAL, *_READING, *_CONTACTS, *_EMERGENCY)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing. ``said`` are the facts, ``href`` and ``link`` lead to where it is done. A guide may be ready
    while one that is not ``required`` is open."""

    name: str
    done: bool
    said: str
    href: str
    link: str
    required: bool = True


def checklist(project: Project, slug: str, *, is_typing: bool) -> list[Item]:
    """The items of a guide. ``is_typing``: somebody typed words that are not saved yet.

    One item only for a guide that cannot be read.
    """
    try:
        source = project.guide_source(slug)
        report = report_on(project, slug, source)
        found = reasons_against(project, slug)
    except ParentguideError as error:
        return [_unreadable(slug, error)]
    items = [
        _sentences(slug, source, report, _of(found, _SENTENCES)),
        _reading(slug, report, _of(found, _READING)),
        _emergency(slug, _of(found, _EMERGENCY)),
        _contacts(project, slug, source, _of(found, _CONTACTS)),
        _official(slug, source, _of(found, _OFFICIAL)),
    ]
    if source.definition is not None:
        items.append(_compared(source.definition))
    others = [finding for finding in found if not finding.code.startswith(_OWN)]
    if others:
        said = " ".join(f"{finding.message[:1].upper()}{finding.message[1:]}." for finding in others)
        items.append(Item("Nothing else is wrong", False, said, f"/write/{slug}", "Open the blocks"))
    if is_typing:
        said = "What you typed last is not saved yet."
        items.append(Item("All that you typed is saved", False, said, f"/write/{slug}", "Save or discard it"))
    return [*items, _languages(project, slug)]


def open_items(items: Iterable[Item]) -> list[Item]:
    """What has to be done before the guide is ready."""
    return [item for item in items if item.required and not item.done]


def _of(found: Iterable[Finding], codes: tuple[str, ...]) -> list[Finding]:
    return [finding for finding in found if finding.code.startswith(codes)]


def _unreadable(slug: str, error: ParentguideError) -> Item:
    path = error.problems[0].path
    said = " ".join(problem.sentence for problem in error.problems)
    if path is not None and path.name.startswith("definition"):
        name = "The source of the official words is given"
        return Item(name, False, "Nobody has said yet who published them, and when.", "#official", "Give it")
    return Item("The guide can be read", False, said, f"/write/{slug}/text", "Correct it in the text")


def _sentences(slug: str, source: GuideSource, report: GuideDraftReport, found: Sequence[Finding]) -> Item:
    total, out = len(report.statements), len(source.guide.excluded)
    waiting = [str(number) for number, _ in report.left_out]
    said = f"{total} sentences: {total - out - len(waiting)} in blocks, {out} left out with a reason."
    if waiting:
        said += f" Without a block or a reason: {', '.join(waiting)}."
    elif found:
        said = " ".join(f"{finding.message[:1].upper()}{finding.message[1:]}." for finding in found)
    place = f"#sentence-{waiting[0]}" if waiting else "#letter-title"
    return Item(
        "Every sentence of the letter or newsletter has its place",
        not found,
        said,
        f"/write/{slug}{place}",
        "See them beside the blocks",
    )


def _reading(slug: str, report: GuideDraftReport, found: Sequence[Finding]) -> Item:
    long = [sentence for sentence in report.sentences if sentence.too_long]
    said = "The guide has no running text."
    if report.readability:
        said = (
            f"Reading grade {report.readability.grade:.1f}, at most {HIGHEST_GRADE:g};"
            f" {report.readability.average:.1f} words in a sentence on average, at most {LONGEST_AVERAGE:g}."
        )
    href, link = f"/write/{slug}", "Open the blocks"
    if long:
        count = "1 sentence has" if len(long) == 1 else f"{len(long)} sentences have"
        said += f" {count} more than {LONGEST_SENTENCE} words."
        href, link = f"{href}?card={long[0].context}#card-{long[0].context}", "Open the first long one"
    elif found:
        hardest = max(report.sentences, key=lambda sentence: sentence.grade).context
        href, link = f"{href}?card={hardest}#card-{hardest}", "Open the hardest block"
    return Item("It is easy to read", not found, said, href, link)


def _emergency(slug: str, found: Sequence[Finding]) -> Item:
    name = "Families see at once whom to call in danger"
    if not found:
        said = "A box “Who to call” has the emergency number."
        return Item(name, True, said, f"/write/{slug}", "Open the blocks")
    said = "No box “Who to call” has the emergency number. Studio can put it in."
    return Item(name, False, said, "#who-to-call", "Put it in")


def _contacts(project: Project, slug: str, source: GuideSource, found: Sequence[Finding]) -> Item:
    shown, old = contacts_of(project, source), old_contacts(project, slug)
    if not shown:
        said = "The guide shows no number or address of the list."
    elif old:
        said = f"Over a year ago: {', '.join(contact.who or contact.name for contact in old)}."
    else:
        first = min(contact.verified_on for contact in shown)
        said = f"The guide shows {len(shown)}; the earliest was verified on {first.day} {first:%B %Y}."
    name = "Numbers and addresses were verified within a year"
    return Item(name, not found, said, "/contacts", "Who to call")


def _official(slug: str, source: GuideSource, found: Sequence[Finding]) -> Item:
    name, definition = "The source of the official words is given", source.definition
    if definition is None:
        return Item(name, True, "The guide quotes no official words.", f"/write/{slug}", "Open the blocks")
    said = f"{definition.source}, {definition.published.day} {definition.published:%B %Y}."
    if found:
        said += " The words differ from those in the newsletter: ask whoever looks after the files."
    done = bool(definition.source.strip()) and not found
    return Item(name, done, said, "#official", "Correct it")


def _compared(definition: Definition) -> Item:
    """Only who compared the words ticks it: a day alone is what a box ticked in passing leaves."""
    day = f"{definition.verified_on.day} {definition.verified_on:%B %Y}"
    if definition.compared_by:
        said, link = f"{definition.compared_by}, {day}.", "See it"
    else:
        said, link = f"The day on record is {day}. Nobody has said who compared them.", "Say who"
    name = "Somebody has compared the official words letter by letter"
    return Item(name, bool(definition.compared_by), said, "#official", link, required=False)


def _languages(project: Project, slug: str) -> Item:
    row = guide_row(project, slug)
    said = (
        f"Whole in {row.translated} of {row.languages} languages. A guide may be ready in English first: each"
        " language gets it when it is translated."
    )
    return Item(
        "Languages",
        row.translated == row.languages,
        said,
        "/translations",
        "See the translations",
        required=False,
    )
