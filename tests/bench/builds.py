"""Our own builds: from a cold start, many sheets in one process, and the time of each part."""

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
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
from parentguide.render.print import sheet
from parentguide.render.print.handout import Handout
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


def many_handouts(count: int, tags: Sequence[str]) -> Many:
    """Handouts of many schools in the languages ``tags`` on all cores, with the fonts loaded."""
    project = Project()
    editions = plan(project, BuildRequest(tuple(tags), formats=("handout",))).editions
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
