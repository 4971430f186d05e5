"""``make bench``: all measurements in one run, printed, and with ``--write`` in docs/SPEED.md.

Nothing fails for being slow: time on a busy machine proves nothing.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from parentguide.project.project import Project
from tests.bench import builds, growth, others
from tests.bench.report import plot, table

DOCS = Path(__file__).parents[2] / "docs"
# What the project aims at, on two cores; see the figures that it has.
AIMS = {"weasyprint": 10, "sphinx": 10, "chromium": 50, "rate": 100, "cold": 3.0, "memory": 400}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sheets", type=int, default=10_000, help="handouts to set in one process")
    parser.add_argument("--schools", type=int, default=1_000, help="the most schools of a trust")
    parser.add_argument("--write", action="store_true", help="write docs/SPEED.md and its plot")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        picture = (DOCS if given.write else Path(folder)) / "growth.svg"
        for part in _measured(Path(folder), picture, given.sheets, given.schools):
            print(part, flush=True)
            parts.append(part)
    if given.write:
        (DOCS / "SPEED.md").write_text("\n".join(parts), "utf-8")


def _measured(work: Path, picture: Path, sheets: int, most: int) -> Iterator[str]:
    yield (
        "# How fast the guides are made\n\n"
        f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}, on {os.cpu_count()} cores, with"
        f" {len(Project().languages)} languages. All in one run, so that the numbers can be compared with"
        " each other; they say little beside those of another machine.\n"
    )
    whole = builds.whole_build(work)
    yield "## A whole build from a cold start, start of the program included\n\n" + table(
        ["", "seconds", "aim"],
        [
            (
                "page, handout, large print and bilingual sheet",
                f"{whole.families:.2f}",
                f"{AIMS['cold']:.0f}",
            ),
            (f"every edition ({whole.files} files)", f"{whole.everything:.2f}", ""),
            ("every edition, a file", f"{whole.everything / whole.files:.4f}", ""),
            ("most memory, every edition (MB)", whole.memory, f"under {AIMS['memory']}"),
        ],
    )
    many = builds.many_handouts(sheets)
    yield "## Handouts of many schools in one process\n\n" + table(
        ["", "", "aim"],
        [
            ("sheets", many.sheets, ""),
            ("sheets a second", f"{1 / many.each:.0f}", AIMS["rate"]),
            ("memory on the way (MB)", ", ".join(map(str, many.memory)), "flat"),
        ],
    )
    yield "## Beside other programs, on the same words\n\n" + table(
        ["", "milliseconds", "times ours", "aim"], _beside(work, whole, many.each)
    )
    yield "## Where the time of a cold build goes\n\n" + table(
        ["on one core", "seconds", "of them in Typst", "calls of Typst"],
        ((p.name, f"{p.took:.2f}", f"{p.typst:.2f}", p.compiles) for p in builds.where_time_goes()),
    )
    by_language = list(growth.languages(work))
    by_school = list(growth.schools(work, most))
    by_length = list(growth.length())
    plot(
        picture,
        [("languages", by_language), ("schools", by_school), ("times the guide's length", by_length)],
    )
    yield "## As it grows\n\n![Seconds over languages, schools and length of the guide](growth.svg)\n"
    yield table(["languages, every edition", "seconds"], ((p.count, f"{p.took:.2f}") for p in by_language))
    yield table(
        [f"schools, {len(Project().languages)} languages, page and handout", "seconds", "most memory (MB)"],
        ((p.count, f"{p.took:.1f}", p.memory or "") for p in by_school),
    )
    yield table(
        ["times the guide's length, page, large print and bilingual sheet", "seconds"],
        ((p.count, f"{p.took:.1f}") for p in by_length),
    )


def _beside(work: Path, whole: builds.Whole, sheet: float) -> Iterator[tuple[str, str, str, object]]:
    page = builds.page(work)
    yield "our handout, many in one process", f"{sheet * 1000:.1f}", "1", ""
    yield "our page, a cold build of all", f"{page * 1000:.1f}", "1", ""
    weasy = others.weasyprint(whole.pages)
    yield "WeasyPrint, a sheet", f"{weasy * 1000:.0f}", f"{weasy / sheet:.0f}", AIMS["weasyprint"]
    sphinx = others.sphinx(work)
    yield "Sphinx, a page", f"{sphinx * 1000:.0f}", f"{sphinx / page:.0f}", AIMS["sphinx"]
    chromium = others.chromium(whole.pages)
    if chromium is not None:
        yield "Chromium, a sheet", f"{chromium * 1000:.0f}", f"{chromium / sheet:.0f}", AIMS["chromium"]


if __name__ == "__main__":
    main()
