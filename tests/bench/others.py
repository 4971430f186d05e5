"""The same words through the programs of others."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from babel.messages.pofile import escape

from parentguide.project.project import Project
from tests.bench.clock import run, seconds

_WEASYPRINT = """import sys
from weasyprint import HTML
for page in sys.argv[1:]:
    HTML(filename=page).write_pdf(pdf_variant="pdf/ua-1")"""
_SAMPLE = 4


def weasyprint(pages: Sequence[Path]) -> float:
    """Seconds a sheet for the pages printed by WeasyPrint, all in one process."""
    return seconds(lambda: run(sys.executable, "-c", _WEASYPRINT, *pages)) / len(pages)


def chromium(pages: Sequence[Path]) -> float | None:
    """Seconds a sheet for some of the pages printed by headless Chromium, a process each."""
    browser = shutil.which("chromium")
    if browser is None:
        return None
    sample = pages[:: max(1, len(pages) // _SAMPLE)][:_SAMPLE]

    def printed() -> None:
        for page in sample:
            with tempfile.TemporaryDirectory() as profile:
                run(
                    browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                    "--disable-background-networking", f"--print-to-pdf={profile}/x.pdf", page.as_uri(),
                )  # fmt: skip

    return seconds(printed) / len(sample)


def sphinx(work: Path) -> float:
    """Seconds a page for the guides' text through Sphinx and gettext: HTML, a process a language."""
    project = Project()
    source = work / "sphinx"
    source.mkdir()
    (source / "conf.py").write_text('project = "guide"\nlocale_dirs = ["locales"]\n', "utf-8")
    messages = [m for slug in project.slugs for m in project.source_messages(slug).values()]
    title, *others = [message.english for message in messages]
    text = "\n\n".join([f"{title}\n{'=' * len(title)}", *others])
    (source / "index.rst").write_text(text + "\n", "utf-8")
    languages = [language for language in project.languages.values() if not language.is_source]
    for language in languages:
        folder = source / "locales" / language.locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        entries = {
            message.english: message.text
            for slug in project.slugs
            for message in project.catalog(language, slug).values()
        }
        po = "\n\n".join(f"msgid {escape(key)}\nmsgstr {escape(value)}" for key, value in entries.items())
        (folder / "index.po").write_text(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{po}\n', "utf-8"
        )

    def built() -> None:
        for language in languages:
            out = work / "sphinx-html" / language.tag
            run(sys.executable, "-m", "sphinx", "-q", "-D", f"language={language.locale}", source, out)

    return seconds(built) / len(languages)
