"""``make bench``: prints all measurements of one run; ``--write`` also writes docs/SPEED.md.

No time is an error, because times on a busy machine prove nothing. A short run, to see that it works:
``python -m tests.bench --sheets 50 --schools 2 --languages 3 --print-schools 2``.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from parentguide.project.project import Project
from tests.bench import builds, growth, others, pages
from tests.bench.report import plot, table
from tests.output.pictures import use_project_fonts

DOCS = Path(__file__).parents[2] / "docs"
# The aims of the project, on two cores.
AIMS = {"rate": 100, "cold": 3.0, "memory": 400}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sheets", type=int, default=10_000, help="handouts to set in one process")
    parser.add_argument("--schools", type=int, default=1_000, help="the most schools of a trust")
    parser.add_argument("--languages", type=int, default=0, help="the first languages only (0: all)")
    parser.add_argument(
        "--print-schools", type=int, default=5, help="schools for which WeasyPrint sets sheets"
    )
    parser.add_argument("--write", action="store_true", help="write docs/SPEED.md and its plot")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        picture = (DOCS if given.write else Path(folder)) / "growth.svg"
        # WeasyPrint and Chromium get the fonts of our sheets.
        use_project_fonts(Path(folder))
        for part in _measured(Path(folder), picture, given):
            print(part, flush=True)
            parts.append(part)
    if given.write:
        (DOCS / "SPEED.md").write_text("\n".join(parts), "utf-8")


def _measured(work: Path, picture: Path, given: argparse.Namespace) -> Iterator[str]:
    tags = [*Project().languages][: given.languages or None]
    yield (
        "# How fast the guides are made\n\n"
        f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}, on {os.cpu_count()} cores, with"
        f" {len(tags)} languages. All numbers come from one run and can be compared with each other,"
        " but not with those of another machine.\n"
    )
    whole = builds.whole_build(work, tags)
    yield "## A whole build from a cold start, start of the program included\n\n" + table(
        ["", "seconds", "aim"],
        [
            (
                "page, handout, large print and bilingual sheet",
                f"{whole.families:.2f}",
                f"{AIMS['cold']:.0f}",
            ),
            (f"every edition ({whole.files} files)", f"{whole.everything:.2f}", ""),
            ("every edition, seconds a file", f"{whole.everything / whole.files:.4f}", ""),
            ("most memory, every edition (MB)", whole.memory, f"under {AIMS['memory']}"),
        ],
    )
    many = builds.many_handouts(given.sheets, tags)
    yield "## Handouts of many schools in one process\n\n" + table(
        ["", "", "aim"],
        [
            ("sheets", many.sheets, ""),
            ("sheets a second", f"{1 / many.each:.0f}", AIMS["rate"]),
            ("memory during the run (MB)", ", ".join(map(str, many.memory)), "flat"),
        ],
    )
    yield (
        "## Other programs on the same words\n\n"
        "A sheet is A4 and has the words and pictures of one guide in one language, in the same fonts, as"
        " PDF/UA-1 where"
        " the program can. The other programs get the words and pictures as HTML, at the same size; ours also"
        " chooses on which side each part stands. Each row has the same conditions for both programs.\n\n"
        + table(
            ["compared", "with", "ours, ms a file", "theirs, ms a file", "times ours"],
            _compared(work, tags, many, given.print_schools),
        )
    )
    yield "## The time of each part of a cold build\n\n" + table(
        ["on one core", "seconds", "of them in Typst", "calls of Typst"],
        ((p.name, f"{p.took:.2f}", f"{p.typst:.2f}", p.compiles) for p in builds.where_time_goes(tags)),
    )
    yield (
        "## How soon a family sees a page\n\n"
        "The first visit on a slow phone: a quarter of this processor's speed, 1.6 Mbit/s, 150 ms, and a"
        " server that compresses. Chromium says when the largest words were painted; nothing may move.\n\n"
        + table(
            ["page", "largest paint, ms", "layout shift", "bytes sent"],
            (
                (p.name, f"{p.largest:.0f}", f"{p.moved:.3f}", f"{p.size:,}")
                for p in pages.first_visits(work, tags)
            ),
        )
    )
    by_language = list(growth.languages(work, tags))
    by_school = list(growth.schools(work, given.schools, tags))
    by_length = list(growth.length(tags))
    plot(
        picture,
        [("languages", by_language), ("schools", by_school), ("times the guide's length", by_length)],
    )
    yield (
        "## More languages, more schools, a longer guide\n\n"
        "![Seconds over languages, schools and length of the guide](growth.svg)\n"
    )
    yield table(["languages, all editions", "seconds"], ((p.count, f"{p.took:.2f}") for p in by_language))
    yield table(
        [f"schools, {len(tags)} languages, page and handout", "seconds", "most memory (MB)"],
        ((p.count, f"{p.took:.1f}", p.memory or "") for p in by_school),
    )
    yield table(
        ["times the guide's length, page, large print and bilingual sheet", "seconds"],
        ((p.count, f"{p.took:.1f}") for p in by_length),
    )


def _compared(
    work: Path, tags: Sequence[str], many: builds.Many, schools: int
) -> Iterator[tuple[str, str, str, str, str]]:
    for found in others.comparisons(work, tags, many, schools):
        yield (
            found.what,
            found.program,
            f"{found.ours * 1000:.1f}",
            f"{found.other * 1000:.0f}",
            f"{found.times:.1f}",
        )


if __name__ == "__main__":
    main()
