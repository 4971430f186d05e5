"""``make bench``: our whole command against WeasyPrint on the same guides, in one run.

Prints seconds and ratios; it never fails, because time on a busy machine proves nothing.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from parentguide.project import Project

ROUNDS = 3


def best_of(rounds: int, job: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "output"
        build = [str(Path(sys.executable).with_name("parentguide")), "build", "--out", str(out)]
        everything = best_of(ROUNDS, lambda: subprocess.run(build, check=True, capture_output=True))
        sheets = best_of(
            ROUNDS,
            lambda: subprocess.run([*build, "--edition", "handout"], check=True, capture_output=True),
        )
        subprocess.run(build, check=True, capture_output=True)
        pages = sorted(out.glob("*/*/index.html"))
        script = (
            "import sys; from weasyprint import HTML\n"
            "for page in sys.argv[1:]: HTML(filename=page).write_pdf(pdf_variant='pdf/ua-1')"
        )
        weasy = best_of(
            1,
            lambda: subprocess.run(
                [sys.executable, "-c", script, *map(str, pages)], check=True, capture_output=True
            ),
        )
    count = len(Project().languages)
    print(
        f"parentguide build, {count} languages, pages and sheets, process start included: {everything:.2f} s"
    )
    print(f"parentguide build, {count} languages, sheets alone:                            {sheets:.2f} s")
    print(f"WeasyPrint, {len(pages)} PDFs of the same pages, process start included:  {weasy:.2f} s")
    print(f"WeasyPrint / sheets: {weasy / sheets:.1f}; / whole build: {weasy / everything:.1f}")


if __name__ == "__main__":
    main()
