"""The work of a build in parts: some schools' editions of one guide in one language, and some formats.

The work is ordered by language, then by format, then by school. Typst keeps the layout of about its last
ten sheets, for all threads together: in this order they are the same sheet in the same language, so that most
of the layout is reused for the next school.

Decision: docs/decisions/0017-sheets-as-functions-of-school.md.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from parentguide.build.incremental import EditionDigests, combined, digest
from parentguide.build.plan import BuildPlan
from parentguide.build.previous import PreviousBuild
from parentguide.errors import LayoutError, ParentguideError, Problem
from parentguide.infra.pdf_pages import page_count
from parentguide.model.output import Artifact, Download, Edition, LeftOut
from parentguide.render import FOR_FAMILIES, Format

# The number of schools in one part. Several threads make the parts of a language at the same time.
SCHOOLS_IN_PART = 10


@dataclass(frozen=True, slots=True)
class BuildJob:
    """A plan, and the previous build in its folder."""

    plan: BuildPlan
    earlier: PreviousBuild = field(default_factory=lambda: PreviousBuild(Path()))


@dataclass(slots=True)
class Progress:
    """The state of one school's edition: the files made so far and those that could not be made, or the
    error that stopped it.

    ``words`` is the digest of the edition.
    """

    number: int
    edition: Edition
    earlier: PreviousBuild
    words: str
    artifacts: list[Artifact] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    downloads: tuple[Download, ...] = ()
    error: ParentguideError | None = None


# What is done with each file as soon as it is made: the number of its job is given too.
Keep = Callable[[int, Artifact], Artifact]


def keep_in_memory(_number: int, artifact: Artifact) -> Artifact:
    return artifact


@dataclass(frozen=True, slots=True)
class Part:
    """Editions of one guide in one language, of which one thread makes the files of ``makers``.

    ``digests`` are those of all editions of the language. ``is_last``: no later part has files of these
    editions.
    """

    editions: Sequence[Progress]
    makers: Sequence[Format]
    digests: EditionDigests
    is_last: bool = True


def parts_in_order(jobs: Sequence[BuildJob], makers: Sequence[Format]) -> Iterator[Part]:
    """All parts of the work, in the order in which threads take them: of parts with the same editions, the
    files of the later ones may link to those of the earlier ones.

    The first sheet of a language takes ten times as long as the next ones, which reuse its layout. So one
    thread makes the first sheet of a stage while another makes the last part of the stage before.
    """
    waiting: Part | None = None
    for first, *others in _stages(jobs, makers):
        yield first
        if waiting:
            yield waiting
        waiting = others.pop() if others else None
        yield from others
    if waiting:
        yield waiting


def _stages(jobs: Sequence[BuildJob], makers: Sequence[Format]) -> Iterator[list[Part]]:
    """The parts with the same language and format. For few schools, one part has all formats."""
    for group in _by_language(jobs):
        digests = EditionDigests()
        if not makers or len(group) < 2 * SCHOOLS_IN_PART:
            yield [Part(group, makers, digests)]
            continue
        starts = [0, *range(1, len(group), SCHOOLS_IN_PART)]
        divided = [group[start:end] for start, end in zip(starts, [*starts[1:], len(group)], strict=True)]
        for maker in makers:
            yield [Part(some, (maker,), digests, maker is makers[-1]) for some in divided]


def _by_language(jobs: Sequence[BuildJob]) -> list[list[Progress]]:
    """The editions of all jobs, grouped by guide and language."""
    groups: dict[tuple[str, str], list[Progress]] = {}
    for number, job in enumerate(jobs):
        for edition in job.plan.editions:
            group = groups.setdefault((edition.guide.slug, edition.language.tag), [])
            group.append(Progress(number, edition, job.earlier, words=""))
    return list(groups.values())


def make_part(part: Part, plan: BuildPlan, keep: Keep, before: Future[None] | None) -> None:
    """Make all files of a part; ``before`` is the earlier part with the same editions, if there is one."""
    if before:
        # Threads take the parts in their order, so that one has been begun.
        before.result()
    for progress in part.editions:
        if not progress.words:
            progress.words = part.digests.digest(progress.edition)
    for maker in part.makers:
        for progress in part.editions:
            if progress.error is None and maker.makes(progress.edition):
                try:
                    _advance(progress, maker, plan.digests[maker], keep)
                except ParentguideError as error:
                    progress.error = error


def _advance(progress: Progress, maker: Format, format_digest: str, keep: Keep) -> None:
    """Make the next file of an edition, or reuse the previous build's; or note that it cannot be made."""
    edition = progress.edition
    slug, language = edition.guide.slug, edition.language
    name = maker.file_name(slug, language.tag)
    path = f"{slug}/{language.tag}/{name}"
    inputs_digest = combined(format_digest, progress.words, digest(progress.downloads))
    content, reused = made_or_kept(
        progress.earlier,
        path,
        inputs_digest,
        lambda: maker.render(replace(edition, downloads=progress.downloads)),
    )
    if isinstance(content, Problem):
        problem = (content.text, content.remedy)
        place = (slug, language.tag, language.english_name)
        progress.left_out.append(LeftOut(maker.name, path, *problem, *place, inputs_digest))
        return
    pages = page_count(content)
    artifact = Artifact(
        format=maker.name,
        path=path,
        content=content,
        guide=slug,
        language=language.tag,
        direction=language.direction,
        status=edition.status,
        pages=pages,
        inputs_digest=inputs_digest,
        states=edition.states,
        earlier=edition.earlier,
        reused=reused,
    )
    progress.artifacts.append(keep(progress.number, artifact))
    if maker.name in FOR_FAMILIES:
        progress.downloads += (Download(maker.name, name, len(content), pages),)


def made_or_kept(
    earlier: PreviousBuild, path: str, inputs_digest: str, make: Callable[[], bytes]
) -> tuple[bytes | Problem, bool]:
    """A file's bytes, or why it cannot be made; and whether the bytes are those of the earlier build."""
    before = earlier.content(path, inputs_digest)
    if before is not None:
        return before, True
    known = earlier.left_out(path, inputs_digest)
    if known is not None:
        return Problem(*known), False
    try:
        return make(), False
    except LayoutError as error:
        return error.problems[0], False
