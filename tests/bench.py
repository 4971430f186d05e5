"""``make bench``: how fast the guides are made, beside WeasyPrint and Chromium on the same words, in one run.

Prints tables of seconds and ratios; it never fails, because time on a busy machine proves
nothing. ``--sheets 10000`` shows whether memory stays flat over so many handouts.
"""

import argparse
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from parentguide.build import Request, plan
from parentguide.formats.handout import Handout
from parentguide.model import Edition, School
from parentguide.project import Project

ROUNDS = 3
CHROMIUM_SAMPLE = 4
COMMAND = str(Path(sys.executable).with_name("parentguide"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=1000, help="handouts to set in one process")
    parser.add_argument("--schools", type=int, default=100, help="the most schools of a trust")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        print(f"{os.cpu_count()} cores, {len(Project().languages)} languages\n")
        pages = _whole_builds(work)
        ours = _handouts(given.sheets)
        _others(pages, ours)
        _languages(work)
        _schools(work, given.schools)


def seconds(job: Callable[[], object], rounds: int = 1) -> float:
    """The shortest of some runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def run(*words: object) -> None:
    # A cache of its own, so that every build is a first one.
    with tempfile.TemporaryDirectory() as cache:
        subprocess.run(
            [str(word) for word in words],
            check=True,
            capture_output=True,
            env={**os.environ, "XDG_CACHE_HOME": cache},
        )


def _whole_builds(work: Path) -> list[Path]:
    """Everything from a cold start, and the four editions that families get; the pages that were made."""
    families = [part for name in ("web", "handout", "large-print", "bilingual") for part in ("-e", name)]

    def build(*more: str) -> None:
        shutil.rmtree(work / "output", ignore_errors=True)
        run(COMMAND, "build", "--out", work / "output", *more)

    some = seconds(lambda: build(*families), ROUNDS)
    everything = seconds(build, ROUNDS)
    files = [path for path in (work / "output").rglob("*") if path.is_file()]
    print("Process start included, nothing made before:")
    print(f"  page, handout, large print, bilingual sheet   {some:6.2f} s")
    each = f"{everything / len(files) * 1000:.1f} ms a file"
    print(f"  every edition, {len(files):4} files                    {everything:6.2f} s  ({each})\n")
    return sorted((work / "output").glob("*/*/index.html"))


def _handouts(count: int) -> float:
    """Handouts of many schools on all cores with the fonts loaded once; seconds a sheet."""
    project = Project()
    editions = plan(project, Request(editions=("handout",))).editions
    handout = Handout(project.templates)
    each = max(1, count // len(editions))

    def work(edition: Edition) -> None:
        for number in range(each):
            handout.render(replace(edition, school=School(f"School {number}")))

    for edition in editions:
        handout.render(replace(edition, school=School("S")))
    before = _megabytes()
    with ThreadPoolExecutor() as pool:
        took = seconds(lambda: list(pool.map(work, editions)))
    done = each * len(editions)
    print(f"Handouts of {each} schools in {len(editions)} languages, one process:")
    memory = f"memory {before} MB before, {_megabytes()} MB after"
    print(f"  {done} in {took:.1f} s: {done / took:.0f} a second; {memory}\n")
    return took / done


def _megabytes() -> int:
    """Resident memory (Linux); 0 elsewhere."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def _others(pages: Sequence[Path], ours: float) -> None:
    weasy = (
        "import sys; from weasyprint import HTML\n"
        "for page in sys.argv[1:]: HTML(filename=page).write_pdf(pdf_variant='pdf/ua-1')"
    )
    print("The pages' words printed by others, process start included:")
    took = seconds(lambda: run(sys.executable, "-c", weasy, *pages)) / len(pages)
    print(f"  WeasyPrint   {took * 1000:7.0f} ms a sheet, {took / ours:5.1f} times ours")
    browser = shutil.which("chromium")
    if browser is None:
        print("  Chromium     not installed\n")
        return
    sample = pages[:: max(1, len(pages) // CHROMIUM_SAMPLE)][:CHROMIUM_SAMPLE]

    def printed() -> None:
        for page in sample:
            with tempfile.TemporaryDirectory() as profile:
                run(
                    browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                    "--disable-background-networking", f"--print-to-pdf={profile}/x.pdf", page.as_uri(),
                )  # fmt: skip

    took = seconds(printed) / len(sample)
    print(f"  Chromium     {took * 1000:7.0f} ms a sheet, {took / ours:5.1f} times ours\n")


def _languages(work: Path) -> None:
    tags = [tag for tag, language in Project().languages.items() if not language.is_source]
    print("Languages, every edition, from a cold start:")
    for count in _steps(len(tags)):
        chosen = [part for tag in tags[:count] for part in ("-l", tag)]
        out = work / f"languages-{count}"
        took = seconds(partial(run, COMMAND, "build", "--out", out, *chosen))
        print(f"  {count:4}  {took:6.2f} s")
    print()


def _schools(work: Path, most: int) -> None:
    print("Schools of a trust, all languages, page and handout:")
    for count in _steps(most):
        table = work / f"{count}.csv"
        with table.open("w", encoding="utf-8", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(["name", "website", "guides", "team_1_name", "team_1_role", "team_1_phone"])
            for number in range(count):
                site = f"www.s{number}.sch.uk"
                rows.writerow(
                    [f"School {number}", site, f"{site}/guides", "A. B.", "Safeguarding lead", "01462 000000"]
                )
        out = work / f"schools-{count}"
        editions = ("-e", "web", "-e", "handout")
        took = seconds(partial(run, COMMAND, "schools", "build", table, *editions, "--out", out))
        files = sum(path.is_file() for path in out.rglob("*"))
        print(f"  {count:4}  {took:6.1f} s  {files:6} files, {files / took:5.0f} a second")
        shutil.rmtree(out)


def _steps(most: int) -> Iterator[int]:
    """1, 10, 100 … and ``most``."""
    count = 1
    while count < most:
        yield count
        count *= 10
    yield most


if __name__ == "__main__":
    main()
