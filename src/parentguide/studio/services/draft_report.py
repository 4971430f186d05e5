"""What can be said of a guide while it is being written, before anything is saved."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from parentguide.build.api import BuildRequest, plan, render
from parentguide.checks.guide.coverage import coverage_of
from parentguide.checks.guide.readability import (
    HIGHEST_GRADE,
    LONGEST_AVERAGE,
    LONGEST_SENTENCE,
    Readability,
    body,
    measure,
    sentences,
)
from parentguide.errors import SourceError
from parentguide.infra.atomic import write_file
from parentguide.model.school import School
from parentguide.model.walk import extract
from parentguide.project.front_matter import FrontMatter, parse_front_matter
from parentguide.project.pot import pot_bytes
from parentguide.project.project import INTERFACE, GuideSource, Project
from parentguide.review.status import language_review


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the guide: ``grade`` is that of its words alone, as a US school grade."""

    block: str
    text: str
    words: int
    grade: float

    @property
    def too_long(self) -> bool:
        return self.words > LONGEST_SENTENCE


@dataclass(frozen=True, slots=True)
class Change:
    """A block whose English is new: ``before`` is empty where it is added, ``after`` where it goes.

    ``translated`` and ``signed`` are the English names of the languages that have it.
    """

    block: str
    before: str
    after: str
    translated: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A guide's text as it would be saved, and what follows from it."""

    readability: Readability | None
    sentences: tuple[Sentence, ...]
    uncovered: tuple[str, ...]
    changes: tuple[Change, ...]
    page: bytes

    @property
    def problems(self) -> tuple[str, ...]:
        """Where the whole is harder to read than a guide may be."""
        found = []
        if self.readability and self.readability.grade > HIGHEST_GRADE:
            found.append(
                f"The reading grade is {self.readability.grade:.1f}; {HIGHEST_GRADE:g} is the most."
                " Use shorter words and sentences."
            )
        if self.readability and self.readability.average > LONGEST_AVERAGE:
            found.append(
                f"A sentence has {self.readability.average:.1f} words on average; {LONGEST_AVERAGE:g} is the"
                " most. Split long sentences."
            )
        return tuple(found)


def plain_names(front: FrontMatter, path: Path) -> None:
    """Raises :class:`SourceError` where the head of a guide names a file of another folder."""
    for key, name in (("newsletter", front.newsletter), ("definition", front.definition)):
        if name and (Path(name).name != name or "\\" in name or ":" in name or name.startswith(".")):
            raise SourceError(
                f"“{key}: {name}” is no plain file name",
                path=path,
                line=1,
                remedy="Name a file that lies beside guide.md, such as newsletter.txt.",
            )


@contextmanager
def apart(project: Project, slug: str, text: str) -> Iterator[Project]:
    """A project with one guide only, in English, with ``text`` as its words; gone afterwards.

    Raises :class:`SourceError` for a text that cannot be read as a guide.
    """
    folder = project.locales / "en" / slug
    plain_names(parse_front_matter(text, folder / "guide.md"), folder / "guide.md")
    with tempfile.TemporaryDirectory(prefix="parentguide-studio-") as name:
        locales = Path(name) / "locales"
        shutil.copytree(folder, locales / "en" / slug)
        write_file(locales / "en" / slug / "guide.md", text.encode("utf-8"))
        for file in ("languages.toml", "contacts.toml", f"{INTERFACE}.pot"):
            shutil.copyfile(project.locales / file, locales / file)
        trial = Project(Path(name))
        trial.templates = project.templates
        yield trial


def look(project: Project, slug: str, text: str, school: School) -> Draft:
    """Everything that can be said of ``text`` as the guide ``slug``. Raises our errors."""
    with apart(project, slug, text) as trial:
        source = trial.guide_source(slug)
        segments = list(body(source.guide.blocks))
        page = next(iter(render(plan(trial, BuildRequest(("en",), ("web",), school, jobs=1))))).content
        return Draft(
            readability=measure(segment.text for segment in segments) if segments else None,
            sentences=tuple(_sentences((segment.id, segment.text) for segment in segments)),
            uncovered=tuple(f"{finding.message}. {finding.hint}" for finding in coverage_of(source)),
            changes=changes(project, slug, source),
            page=page,
        )


def _sentences(blocks: Iterable[tuple[str, str]]) -> Iterator[Sentence]:
    for block, text in blocks:
        for words in sentences(text):
            grade = measure([" ".join(words)]).grade
            yield Sentence(block, " ".join(words), len(words), grade)


def changes(project: Project, slug: str, source: GuideSource) -> tuple[Change, ...]:
    """What is other than in the template that translators work from, block by block."""
    before = {context: message.english for context, message in project.source_messages(slug).items()}
    after = {segment.id: segment.text for segment in extract(source.guide.blocks)}
    lost = _work(project, slug)
    return tuple(
        Change(block, before.get(block, ""), after.get(block, ""), *lost.get(block, ((), ())))
        for block in dict.fromkeys([*after, *before])
        if before.get(block) != after.get(block)
    )


def _work(project: Project, slug: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each block the languages that have it translated, and those where it is signed."""
    translated: dict[str, list[str]] = {}
    signed: dict[str, list[str]] = {}
    for language in project.languages.values():
        for message in language_review(project, language, (slug,)).messages:
            if message.shown:
                translated.setdefault(message.context, []).append(language.english_name)
            if message.valid_sign_offs:
                signed.setdefault(message.context, []).append(language.english_name)
    return {block: (tuple(names), tuple(signed.get(block, ()))) for block, names in translated.items()}


def template_of(project: Project, slug: str, text: str) -> bytes:
    """The template for translators that goes with ``text``."""
    with apart(project, slug, text) as trial:
        shutil.copyfile(project.pot_path(slug), trial.pot_path(slug))
        return pot_bytes(trial, slug)
