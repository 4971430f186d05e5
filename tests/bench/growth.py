"""The time for more languages, more schools and a longer guide."""

import csv
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from parentguide.build.api import BuildRequest, plan
from parentguide.build.run import render
from parentguide.project.project import Project
from tests.bench.clock import COMMAND, peak, run, seconds

_LENGTHS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """A count, the seconds for it, and the most megabytes of memory (0: not measured)."""

    count: int
    took: float
    memory: int = 0


def languages(work: Path, tags: Sequence[str]) -> Iterator[Point]:
    """All editions of the first languages of ``tags``, from a cold start."""
    for count in (*range(1, len(tags), max(1, len(tags) // 4)), len(tags)):
        chosen = [part for tag in tags[:count] for part in ("-l", tag)]
        out = work / f"languages-{count}"
        yield Point(count, seconds(partial(run, COMMAND, "build", "--out", out, *chosen)))
        shutil.rmtree(out)


def schools(work: Path, most: int, tags: Sequence[str]) -> Iterator[Point]:
    """Page and handout in the languages ``tags`` for the schools of a trust."""
    languages = [part for tag in tags for part in ("-l", tag)]
    count = 1
    while True:
        table, out = work / f"{count}.csv", work / f"schools-{count}"
        _write(table, count)
        command = (COMMAND, "schools", "build", table, "-e", "web", "-e", "handout", "--out", out, *languages)
        start = time.perf_counter()
        memory = peak(*command)
        took = time.perf_counter() - start
        shutil.rmtree(out)
        yield Point(count, took, memory)
        if count >= most:
            return
        count = min(count * 10, most)


def _write(table: Path, count: int) -> None:
    with table.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["name", "website", "guides", "team_1_name", "team_1_role", "team_1_phone"])
        for number in range(count):
            site = f"www.s{number}.sch.uk"
            rows.writerow(
                [f"School {number}", site, f"{site}/guides", "A. B.", "Safeguarding lead", "01462 000000"]
            )


def length(tags: Sequence[str]) -> Iterator[Point]:
    """A guide as long as ours, and longer ones: page, large print and bilingual sheet."""
    made = plan(Project(), BuildRequest(tuple(tags), ("web", "large-print", "bilingual")))
    for times in _LENGTHS:
        editions = tuple(
            replace(
                edition,
                guide=replace(edition.guide, blocks=edition.guide.blocks * times),
                whole=replace(edition.whole, blocks=edition.whole.blocks * times),
                english=replace(edition.english, blocks=edition.english.blocks * times),
            )
            for edition in made.editions
        )
        longer = replace(made, editions=editions)
        yield Point(times, seconds(lambda longer=longer: list(render(longer))))  # type: ignore[misc]
