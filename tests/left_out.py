"""What the tests leave out because a program is missing, in one line, and how to install it.

``python3 -m tests.left_out`` prints the line for a quick run; with ``--packages`` it prints the Debian
packages that a full run still needs. Needs nothing but Python itself, so that CI can run it first.
"""

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, its Debian ``package``, and the tests that need it; ``quick``: in a quick run too."""

    name: str
    package: str
    tests: str
    quick: bool = True


TOOLS = (
    Tool("chromium", "chromium", "pages in a browser"),
    Tool("pdftotext", "poppler-utils", "text in PDFs"),
    Tool("npm", "npm", "accessibility and HTML checkers"),
    Tool("java", "default-jre-headless", "HTML checker"),
    Tool("msgfmt", "gettext", "catalogs with GNU gettext"),
    Tool("msgmerge", "gettext", "merging with GNU gettext"),
    Tool("git", "git", "changes since a commit"),
    Tool("i18nspector", "i18nspector", "catalogs with i18nspector"),
    Tool("soffice", "libreoffice-calc-nogui", "review sheets in a spreadsheet program", quick=False),
    Tool("apertium-apy", "apertium-apy", "machine translation", quick=False),
    Tool(
        "/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf",
        "fonts-noto-core",
        "fonts made for nastaliq and naskh",
        quick=False,
    ),
    # The language pair that the test translates.
    Tool("/usr/share/apertium/modes/eng-spa.mode", "apertium-eng-spa", "machine translation", quick=False),
)


def installed(name: str) -> bool:
    """Whether a program is on the PATH, or a file at an absolute path exists."""
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def missing(is_installed: Callable[[str], bool] = installed) -> list[Tool]:
    """The tools that are not installed."""
    return [tool for tool in TOOLS if not is_installed(tool.name)]


def line(tools: Iterable[Tool]) -> str:
    """One line about the tests that a quick run left out without ``tools``; empty if it left out none."""
    needed = [tool for tool in tools if tool.quick]
    if not needed:
        return ""
    tests = ", ".join(f"{tool.tests} ({tool.name})" for tool in needed)
    return f"Left out: {tests}. To run them, install these packages (Debian's names): {_packages(needed)}"


def _packages(tools: Iterable[Tool]) -> str:
    return " ".join(dict.fromkeys(tool.package for tool in tools))


if __name__ == "__main__":
    if said := _packages(missing()) if "--packages" in sys.argv else line(missing()):
        print(said)
