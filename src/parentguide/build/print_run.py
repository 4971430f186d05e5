"""A print run: one PDF for a printer, with as many copies of a sheet as each language needs.

The pages are joined without their tags, so the file is for paper only. On a screen, families read the single
files of a build.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from parentguide.build.api import keep_codes
from parentguide.build.parts import BuildJob
from parentguide.build.plan import BuildPlan, BuildRequest, plan, refusal_remedy
from parentguide.build.run import make_files
from parentguide.errors import (
    IncompleteTranslationError,
    LayoutError,
    ParentguideError,
    Problem,
    ProjectError,
)
from parentguide.infra.pdf_copies import printed_pdf
from parentguide.model.labels import FORMAT_LABELS
from parentguide.model.language import Language
from parentguide.model.output import LeftOut
from parentguide.model.print_run import SheetCopies, sides_of
from parentguide.model.review_state import ReviewState
from parentguide.model.school import School
from parentguide.project.guide_choice import guides_to_build, narrowed
from parentguide.project.project import Project
from parentguide.project.usual_languages import check_usual_languages
from parentguide.render import FORMATS

# The kinds of sheets that a print run can have: those with a PDF for each language.
SHEETS: tuple[str, ...] = tuple(kind.name for kind in FORMATS if kind.template_folder == "print")
MOST_COPIES = 1_000
# PDFium takes a second for 5,000 sides and half a minute for 28,000.
MOST_SIDES = 10_000


@dataclass(frozen=True, slots=True)
class Copies:
    """How many copies are printed in a language. ``tag`` is BCP 47; a tag such as “pa” means several."""

    tag: str
    number: int


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print: ``copies`` in the order of the languages on paper, and the name of a format, ``sheet``.

    The rest is as in :class:`~parentguide.build.plan.BuildRequest`.
    """

    copies: tuple[Copies, ...]
    sheet: str = "handout"
    school: School = School()
    guides: tuple[str, ...] = ()
    first_leaf: bool = False
    a5: bool = False
    mono: bool = False
    allow_incomplete: bool = False
    require: ReviewState = ReviewState.DRAFT
    jobs: int = 0


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet of a print run: its language and guide, its number of ``pages``, and how many ``copies``."""

    language: Language
    guide: str
    pages: int
    copies: int


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A finished print run: the PDF, its sheets in order, and its numbers of sides, of which ``blank`` are
    blank. The PDF has no tags."""

    content: bytes
    sheets: tuple[PrintedSheet, ...]
    sides: int
    blank: int


def print_run(
    project: Project, request: PrintRequest, on_progress: Callable[[str], None] | None = None
) -> PrintRun:
    """Make the sheets that ``request`` asks for, and one PDF with all their copies. Nothing is written.

    Each copy begins on a leaf of its own. The same request gives the same bytes. ``on_progress`` is called
    with the path of each sheet that is made. Raises a :class:`~parentguide.errors.ParentguideError` with
    everything that is wrong: all of it with the request, or else all sheets that cannot be printed.
    """
    problems = request_problems(project, request)
    if problems:
        raise ProjectError.of(problems)
    copies = {tag: one.number for one in request.copies for tag in project.tags_of([one.tag])}
    made = plan(project, _build_request(request, tuple(copies)))
    done = make_files(BuildJob(made), on_progress)
    unprinted = [*_gaps(made), *_missing(made, done.left_out, request.sheet)]
    if unprinted:
        raise _refusal(made, done.left_out).of(unprinted)
    keep_codes(made)
    order = list(copies)
    # Within a language, guides keep their order.
    files = sorted(done.artifacts, key=lambda file: order.index(file.language))
    sheets = [SheetCopies(file.pages, copies[file.language]) for file in files]
    if sum((sheet.pages + sheet.pages % 2) * sheet.copies for sheet in sheets) > MOST_SIDES:
        raise ProjectError(
            f"these are more than {MOST_SIDES:,} sides", remedy="Print fewer languages or copies at a time."
        )
    sides = sides_of(sheets)
    languages = {language.tag: language for language in made.languages}
    label = FORMAT_LABELS[request.sheet]
    title = f"{label}: {', '.join(f'{languages[tag].english_name} ({n})' for tag, n in copies.items())}"
    content = printed_pdf(
        [file.content for file in files], sides, title, languages[order[0]].lang or order[0]
    )
    return PrintRun(
        content,
        tuple(
            PrintedSheet(languages[file.language], file.guide, file.pages, copies[file.language])
            for file in files
        ),
        sides=len(sides),
        blank=sum(side.page is None for side in sides),
    )


def request_problems(project: Project, request: PrintRequest) -> list[Problem]:
    """Everything that is wrong with a request, before any sheet is made."""
    problems = []
    if request.sheet not in SHEETS:
        problems.append(
            Problem(f"there is no sheet “{request.sheet}” to print", f"Choose from: {', '.join(SHEETS)}.")
        )
    if not request.copies:
        problems.append(
            Problem("nothing to print: no language is chosen", "Name one, with a number of copies.")
        )
    seen: set[str] = set()
    for one in request.copies:
        if not 1 <= one.number <= MOST_COPIES:
            problems.append(
                Problem(f"{one.tag}: {one.number} copies", f"Choose a number from 1 to {MOST_COPIES:,}.")
            )
        tags = _caught(lambda tag=one.tag: project.tags_of([tag]), problems)  # type: ignore[misc]
        problems += [
            Problem(f"{tag} is named twice", "Name each language once.") for tag in tags if tag in seen
        ]
        seen.update(tags)
    _caught(lambda: guides_to_build(narrowed(project, request.guides)), problems)
    try:
        check_usual_languages(project, request.school)
    except ParentguideError as error:
        problems += error.problems
    return problems


def _caught(ask: Callable[[], Sequence[str]], problems: list[Problem]) -> Sequence[str]:
    """The answer; empty if there is none, and why is then in ``problems``."""
    try:
        return ask()
    except ParentguideError as error:
        problems += error.problems
        return ()


def _build_request(request: PrintRequest, tags: tuple[str, ...]) -> BuildRequest:
    return BuildRequest(
        languages=tags,
        formats=(request.sheet,),
        school=request.school,
        allow_incomplete=request.allow_incomplete,
        mono=request.mono,
        first_leaf=request.first_leaf,
        a5=request.a5,
        require=request.require,
        jobs=request.jobs,
        guides=request.guides,
    )


def _gaps(made: BuildPlan) -> Iterable[Problem]:
    for gap in made.refused:
        yield Problem(str(gap), refusal_remedy([gap]))


def _missing(made: BuildPlan, left_out: Sequence[LeftOut], sheet: str) -> Iterable[Problem]:
    """The sheets that could not be made, and the languages that have none of this kind."""
    for file in left_out:
        yield Problem(f"{file.language_name} [{file.language}]: {file.reason}", file.remedy)
    (maker,) = made.makers
    for edition in made.editions:
        if not maker.makes(edition):
            language = edition.language
            yield Problem(
                f"{language.english_name} [{language.tag}] has no sheet “{sheet}”",
                "Leave it out, or choose another sheet.",
            )


def _refusal(made: BuildPlan, left_out: Sequence[LeftOut]) -> type[ParentguideError]:
    """The class of the error, which decides the exit code: as that of a build."""
    if made.refused:
        return IncompleteTranslationError
    return LayoutError if left_out else ProjectError
