"""Our own builds: from a cold start, many sheets in one process, and where the time goes."""

import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

from parentguide.build.api import BuildRequest, plan
from parentguide.build.run import render
from parentguide.infra.typst_pool import compile_document
from parentguide.model.output import Edition
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print.handout import Handout
from tests.bench.clock import COMMAND, megabytes, peak, run, seconds

FAMILIES = ("web", "handout", "large-print", "bilingual")
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole build: seconds, files, megabytes at the most, and the pages that it made."""

    families: float
    everything: float
    files: int
    memory: int
    pages: tuple[Path, ...]


def whole_build(work: Path) -> Whole:
    """Everything from a cold start, and the four editions that families get."""
    out = work / "output"

    def build(*editions: str) -> list[str]:
        shutil.rmtree(out, ignore_errors=True)
        return [COMMAND, "build", "--out", str(out), *(part for name in editions for part in ("-e", name))]

    families = seconds(lambda: run(*build(*FAMILIES)), ROUNDS)
    memory = peak(*build())
    everything = seconds(lambda: run(*build()), ROUNDS)
    files = sum(path.is_file() for path in out.rglob("*"))
    return Whole(families, everything, files, memory, tuple(sorted(out.glob("*/*/index.html"))))


def page(work: Path) -> float:
    """Seconds a page, where a cold build makes pages alone."""
    out = work / "pages"

    def build() -> None:
        shutil.rmtree(out, ignore_errors=True)
        run(COMMAND, "build", "--out", out, "--edition", "web")

    return seconds(build, ROUNDS) / len(Project().languages)


@dataclass(frozen=True, slots=True)
class Many:
    """Handouts in one process: how many, in which time, and memory in megabytes on the way."""

    sheets: int
    took: float
    memory: tuple[int, ...]

    @property
    def each(self) -> float:
        return self.took / self.sheets


def many_handouts(count: int) -> Many:
    """Handouts of many schools on all cores, the fonts loaded once."""
    project = Project()
    editions = plan(project, BuildRequest(formats=("handout",))).editions
    handout = Handout(project.templates)
    each = max(1, count // len(editions))
    memory = []

    def work(edition: Edition) -> None:
        for number in range(each):
            handout.render(replace(edition, school=School(f"School {number}")))
        memory.append(megabytes())

    for edition in editions:
        handout.render(replace(edition, school=School("S")))
    memory.append(megabytes())
    with ThreadPoolExecutor() as pool:
        took = seconds(lambda: list(pool.map(work, editions)))
    quarter = max(1, len(memory) // 4)
    return Many(each * len(editions), took, tuple(memory[::quarter]))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a build: its seconds, those of them in Typst, and how often Typst was called."""

    name: str
    took: float
    typst: float = 0.0
    compiles: int = 0


def where_time_goes() -> Iterator[Part]:
    """The parts of a cold build of what families get, one after the other on one core."""
    yield Part(
        "Python, imports", seconds(lambda: run(sys.executable, "-c", "import parentguide.build.api"), ROUNDS)
    )
    yield Part("reading guides and catalogs", seconds(lambda: plan(Project(), BuildRequest()), ROUNDS))
    for name in FAMILIES:
        yield _edition(name)


def _edition(name: str) -> Part:
    made = plan(Project(), BuildRequest(formats=(name,), jobs=1))
    calls: list[float] = []
    compile_ = compile_document

    def timed(*words: Any, **named: Any) -> bytes:
        start = time.perf_counter()
        try:
            return compile_(*words, **named)
        finally:
            calls.append(time.perf_counter() - start)

    with mock.patch("parentguide.render.print.sheet.compile_document", timed):
        took = seconds(lambda: list(render(made)))
    return Part(name, took, sum(calls), len(calls))
