"""The line about tests that were left out."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.left_out import TOOLS, line, missing

ROOT = Path(__file__).parents[2]


def test_nothing_is_said_where_everything_is_installed() -> None:
    assert line(missing(lambda _: True)) == ""


def test_one_line_names_the_tests_and_the_packages() -> None:
    said = line(missing(lambda name: name not in ("chromium", "pdftotext", "soffice")))
    assert said == (
        "Left out: pages in a browser (chromium), text in PDFs (pdftotext)."
        " To run them, install these packages (Debian's names): chromium poppler-utils"
    )


def test_a_machine_without_programs_is_told_all_packages_of_a_full_run(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.left_out", "--packages"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    always = {tool.package for tool in TOOLS if not tool.name.startswith("/")}
    assert always <= set(done.stdout.split()) <= {tool.package for tool in TOOLS}
    assert done.stdout.count("\n") == 1


def test_every_program_that_a_test_asks_for_is_in_the_table() -> None:
    """A test is skipped without the program that it needs, so the line must name the program."""
    asked = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        if "node_modules" not in path.parts
        for name in re.findall(r"\bneed\(\s*\"([^\"]+)\"", path.read_text("utf-8"))
    }
    assert asked
    assert asked <= {tool.name for tool in TOOLS}
