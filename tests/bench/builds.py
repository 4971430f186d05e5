"""Our own builds: from a cold start, many sheets in one process, and the time of each part."""

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from parentguide.build.api import BuildRequest, plan
from parentguide.build.parts import BuildJob
from parentguide.build.run import render, render_all
from parentguide.infra.typst_pool import compile_document
from parentguide.model.output import Artifact
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print import sheet
from tests.bench.clock import COMMAND, megabytes, peak, run, seconds

FAMILIES = ("web", "handout", "large-print", "bilingual")
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole build: seconds, files, and the most megabytes of memory."""

    families: float
    everything: float
    files: int
    memory: int


def whole_build(work: Path, tags: Sequence[str]) -> Whole:
    """All editions in the languages ``tags`` from a cold start, and the four editions for families."""
    out = work / "output"
    languages = [part for tag in tags for part in ("-l", tag)]

    def build(*editions: str) -> list[str]:
        shutil.rmtree(out, ignore_errors=True)
        names = [part for name in editions for part in ("-e", name)]
        return [COMMAND, "build", "--out", str(out), *languages, *names]

    families = seconds(lambda: run(*build(*FAMILIES)), ROUNDS)
    memory = peak(*build())
    everything = seconds(lambda: run(*build()), ROUNDS)
    files = sum(path.is_file() for path in out.rglob("*"))
    return Whole(families, everything, files, memory)


@dataclass(frozen=True, slots=True)
class Many:
    """Handouts in one process: their number, the seconds, and megabytes of memory in between."""

    sheets: int
    took: float
    memory: tuple[int, ...]

    @property
    def each(self) -> float:
        return self.took / self.sheets


def many_handouts(count: int, tags: Sequence[str], templates: Path | None = None) -> Many:
    """Handouts of many schools in the languages ``tags`` on all cores, as a trust's build makes them, with
    the fonts loaded; ``templates`` is a folder with others than those of the project."""
    project = Project()
    project.templates = templates or project.templates
    made = plan(project, BuildRequest(tuple(tags), formats=("handout",)))
    each = max(1, count // len(made.editions))
    list(render(made))
    jobs = [BuildJob(made.for_school(School(f"School {number}"), ())) for number in range(each)]
    memory = [megabytes()]

    def work() -> None:
        for _ in render_all(jobs, _without_content):
            memory.append(megabytes())

    took = seconds(work)
    quarter = max(1, len(memory) // 4)
    return Many(each * len(made.editions), took, tuple(memory[::quarter]))


def plain_handouts(work: Path, count: int, tags: Sequence[str]) -> Many:
    """Sheets with the guide's text as plain paragraphs and lists. They show the least time that Typst needs
    for the text. They have no labels, frames, columns, pictures or footers."""
    folder = work / "plain"
    shutil.copytree(Project().templates, folder)
    shutil.copy(Path(__file__).with_name("plain.typ"), folder / "print" / "handout.typ")
    return many_handouts(count, tags, folder)


def _without_content(_number: int, artifact: Artifact) -> Artifact:
    """A trust's build keeps finished files on the disk."""
    return replace(artifact, content=b"")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a build: its seconds, those of them in Typst, and how often Typst was called."""

    name: str
    took: float
    typst: float = 0.0
    compiles: int = 0


def where_time_goes(tags: Sequence[str]) -> Iterator[Part]:
    """The parts of a cold build of the editions for families, one after another on one core."""
    yield Part(
        "Python, imports", seconds(lambda: run(sys.executable, "-c", f"import {plan.__module__}"), ROUNDS)
    )
    yield Part(
        "reading guides and catalogs", seconds(lambda: plan(Project(), BuildRequest(tuple(tags))), ROUNDS)
    )
    for name in FAMILIES:
        yield _edition(name, tags)


def _edition(name: str, tags: Sequence[str]) -> Part:
    made = plan(Project(), BuildRequest(tuple(tags), (name,), jobs=1))
    calls: list[float] = []
    compile_ = compile_document

    def timed(*words: Any, **named: Any) -> bytes:
        start = time.perf_counter()
        try:
            return compile_(*words, **named)
        finally:
            calls.append(time.perf_counter() - start)

    with mock.patch.object(sheet, "compile_document", timed):
        took = seconds(lambda: list(render(made)))
    return Part(name, took, sum(calls), len(calls))
