"""What a new text of a guide would change: readability, coverage, translations and sign-offs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parentguide.checks.guide.coverage import coverage_of, left_out
from parentguide.checks.guide.readability import (
    HIGHEST_GRADE,
    LONGEST_AVERAGE,
    LONGEST_SENTENCE,
    Readability,
    body,
    measure,
    sentences,
)
from parentguide.errors import ParentguideError
from parentguide.infra.files import read_bytes
from parentguide.model.guide import Segment
from parentguide.model.statement import Statement
from parentguide.model.walk import messages
from parentguide.project.newsletter_file import kept_statements
from parentguide.project.project import GuideSource, Project
from parentguide.review.status import language_review


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of the segment ``context``. ``grade`` is its own reading grade, as a US school grade."""

    context: str
    text: str
    words: int
    grade: float

    @property
    def too_long(self) -> bool:
        return self.words > LONGEST_SENTENCE


@dataclass(frozen=True, slots=True)
class MessageChange:
    """A message whose English differs: ``before`` is empty for a new one, ``after`` for a removed one.

    ``translated`` and ``signed`` are the English names of the languages that have a translation or
    a valid sign-off of it.
    """

    context: str
    before: str
    after: str
    translated: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideDraftReport:
    """What the checks and the ledgers say of a text before it is saved as a guide.

    ``readability`` is None for a guide without running text; ``uncovered`` are sentences about
    statements of the newsletter. ``statements`` are all of them, and ``left_out`` has the number of each that
    is not covered, and whether some schools show it. ``numbers`` are the contacts as people read them, by
    name.
    """

    readability: Readability | None
    sentences: tuple[DraftSentence, ...]
    uncovered: tuple[str, ...]
    changes: tuple[MessageChange, ...]
    statements: tuple[Statement, ...] = ()
    left_out: tuple[tuple[int, bool], ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def cancels(self) -> tuple[MessageChange, ...]:
        """The changes after which a translation or an approval is of other English."""
        return tuple(change for change in self.changes if change.before and change.translated)

    @property
    def problems(self) -> tuple[str, ...]:
        """How the guide as a whole is harder to read than it may be."""
        found = []
        if self.readability and self.readability.grade > HIGHEST_GRADE:
            found.append(
                f"The reading grade is {self.readability.grade:.1f}; at most {HIGHEST_GRADE:g} is allowed."
                " Use shorter words and sentences."
            )
        if self.readability and self.readability.average > LONGEST_AVERAGE:
            found.append(
                f"Sentences have {self.readability.average:.1f} words on average; at most"
                f" {LONGEST_AVERAGE:g} are allowed. Split long sentences."
            )
        return tuple(found)


def report_on(project: Project, slug: str, draft: GuideSource) -> GuideDraftReport:
    """Compares ``draft`` with the guide ``slug`` of ``project``. Raises our errors for broken files."""
    segments = list(body(draft.guide.blocks))
    statements = kept_statements(read_bytes(draft.newsletter_path), draft.newsletter_path)
    return GuideDraftReport(
        readability=measure(segment.text for segment in segments) if segments else None,
        sentences=tuple(_sentences(segments)),
        uncovered=tuple(f"{finding.message}. {finding.hint}" for finding in coverage_of(draft)),
        statements=statements,
        left_out=tuple((one.number, bool(found)) for one, found in left_out(draft, statements)),
        changes=_changes(project, slug, draft),
        numbers={contact.name: contact.value.shown for contact in project.contacts},
    )


def _sentences(segments: Iterable[Segment]) -> Iterator[DraftSentence]:
    for segment in segments:
        for words in sentences(segment.text):
            text = " ".join(words)
            yield DraftSentence(segment.id, text, len(words), measure([text]).grade)


def _changes(project: Project, slug: str, draft: GuideSource) -> tuple[MessageChange, ...]:
    """The messages that differ from the saved guide, in the draft's order; removed ones last.

    None if the saved guide cannot be read: then nothing was shown that a change could affect.
    """
    try:
        before = {context: message.english for context, message in project.source_messages(slug).items()}
    except ParentguideError:
        return ()
    after = {segment.id: segment.text for segment in messages(draft.guide)}
    changed = [
        context for context in dict.fromkeys([*after, *before]) if before.get(context) != after.get(context)
    ]
    affected = _affected_languages(project, slug) if changed else {}
    return tuple(
        MessageChange(
            context, before.get(context, ""), after.get(context, ""), *affected.get(context, ((), ()))
        )
        for context in changed
    )


def _affected_languages(project: Project, slug: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each message the languages that translate it, and those where it has a valid sign-off."""
    translated: dict[str, list[str]] = {}
    signed: dict[str, list[str]] = {}
    for language in project.complete_languages.values():
        for message in language_review(project, language, (slug,)).messages:
            if message.shown:
                translated.setdefault(message.context, []).append(language.english_name)
            if message.valid_sign_offs:
                signed.setdefault(message.context, []).append(language.english_name)
    return {context: (tuple(names), tuple(signed.get(context, ()))) for context, names in translated.items()}
