"""PG1xx: a block covers each statement of the newsletter, or the guide excludes it with a reason.

A block that depends on the school's file covers a statement only together with the blocks that the other
schools show. Words outside the guide's text cover nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from parentguide.checks.finding import Finding, Severity
from parentguide.infra.files import read_bytes
from parentguide.model.guide import Segment
from parentguide.model.statement import Statement
from parentguide.model.walk import extract, messages
from parentguide.newsletter.digest import is_digest_of, newsletter_digest
from parentguide.project.newsletter_file import kept_statements
from parentguide.project.project import GuideSource, Project


def check_coverage(project: Project) -> Iterator[Finding]:
    for slug in project.chosen_slugs:
        yield from coverage_of(project.guide_source(slug))


def coverage_of(source: GuideSource) -> Iterator[Finding]:
    """What is wrong between one guide and the statements of its newsletter.

    Raises :class:`ParentguideError` for a newsletter that cannot be read.
    """
    data = read_bytes(source.newsletter_path)
    yield from _newsletter_changed(source, data)
    statements = {s.number: s for s in kept_statements(data, source.newsletter_path)}
    yield from _unknown_numbers(source, statements)
    yield from _not_covered(source, statements)


def _newsletter_changed(source: GuideSource, data: bytes) -> Iterator[Finding]:
    if not is_digest_of(source.front.newsletter_sha256, data):
        yield Finding(
            "PG104",
            Severity.ERROR,
            source.path,
            1,
            "the newsletter is not the one that the statement numbers were written for",
            "Compare the numbers with “parentguide read”, fix covers=… and exclude,"
            f" then write newsletter_sha256: {newsletter_digest(data)}",
        )


def _unknown_numbers(source: GuideSource, statements: Mapping[int, Statement]) -> Iterator[Finding]:
    for segment in messages(source.guide):
        for number in segment.covers:
            if number not in statements:
                yield Finding(
                    "PG102",
                    Severity.ERROR,
                    source.path,
                    segment.line,
                    f"“{segment.id}” covers statement {number}, which the newsletter does not have",
                    f"The newsletter has statements 1 to {len(statements)}; see “parentguide read”.",
                )
    for number in sorted(set(source.guide.excluded) - set(statements)):
        yield Finding(
            "PG103",
            Severity.ERROR,
            source.path,
            1,
            f"statement {number} is excluded, but the newsletter does not have it",
            "Delete the line below exclude.",
        )


def left_out(
    source: GuideSource, statements: Iterable[Statement]
) -> Iterator[tuple[Statement, list[Segment]]]:
    """The statements that the guide neither covers for each school nor excludes, with the segments that
    cover them for some schools."""
    covering: dict[int, list[Segment]] = {}
    for segment in extract(source.guide.blocks):
        for number in segment.covers:
            covering.setdefault(number, []).append(segment)
    for statement in statements:
        found = covering.get(statement.number, [])
        if statement.number not in source.guide.excluded and not _is_for_all(found):
            yield statement, found


def _not_covered(source: GuideSource, statements: Mapping[int, Statement]) -> Iterator[Finding]:
    for statement, found in left_out(source, statements.values()):
        number = statement.number
        names = ", ".join(f"“{segment.id}”" for segment in found)
        yield Finding(
            "PG101",
            Severity.ERROR,
            source.newsletter_path,
            statement.line,
            f"only some schools show {names}, which covers statement {number}: “{statement.text[:60]}”"
            if found
            else f"no block of the guide covers statement {number}: “{statement.text[:60]}”",
            f'Write covers="{number}" also at a block that the other schools show (unless="…").'
            if found
            else f'Write covers="{number}" at the block that says it, or exclude it with a reason.',
        )


def _is_for_all(segments: Sequence[Segment]) -> bool:
    """Whether each school shows one of the segments at least, whatever its file says."""
    names = sorted({name for segment in segments for name in (*segment.when, *segment.unless)})
    choices = chain.from_iterable(combinations(names, count) for count in range(len(names) + 1))
    return all(any(segment.is_for(facts) for segment in segments) for facts in choices)
