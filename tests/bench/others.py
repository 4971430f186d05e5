"""Our program and other programs on the same words, each comparison under the same conditions."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import escape

from parentguide.build.api import BuildRequest, plan
from parentguide.project.project import Project
from tests.bench import builds
from tests.bench.clock import COMMAND, run, seconds
from tests.bench.worker import html_page

_WEASYPRINT = """import sys
from weasyprint import HTML
for page in sys.argv[1:]:
    HTML(filename=page).write_pdf(page + ".pdf", pdf_variant="pdf/ua-1")"""
_CORES = os.cpu_count() or 1
_CHROMIUM_SHEETS = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds for each file of our program and of another one, and what was compared."""

    what: str
    program: str
    ours: float
    other: float

    @property
    def times(self) -> float:
        return self.other / self.ours


def comparisons(work: Path, tags: Sequence[str], many: builds.Many, schools: int) -> Iterator[Comparison]:
    """All comparisons, in the languages ``tags``.

    ``many`` are the handouts of our program for many schools; WeasyPrint sets sheets for ``schools`` schools.
    """
    yield Comparison(
        f"one school: a sheet in each of {len(tags)} languages, one after another in one process,"
        " fonts loaded",
        "WeasyPrint",
        _each("parentguide", 1, [tags]),
        _each("weasyprint", 1, [tags]),
    )
    yield Comparison(
        f"many schools: sheets in each of {len(tags)} languages on {_CORES} cores, fonts loaded"
        " (ours in one process, theirs a process a core)",
        "WeasyPrint",
        many.each,
        _each("weasyprint", schools, [share for share in _shares(tags) if share]),
    )
    yield Comparison(
        f"many schools: a handout in each of {len(tags)} languages on {_CORES} cores, in one process. The"
        " other document has the guide's text in the same size, as plain paragraphs and lists. It has no"
        " labels, frames, columns, pictures or footers, and nothing after the guide",
        "the plainest document in Typst",
        many.each,
        builds.plain_handouts(work, many.sheets, tags).each,
    )
    pages = _written(work / "sheets", tags)
    handouts = _build(work, "handout", tags)
    whole = f"a whole build: sheets from a cold start on {_CORES} cores"
    yield Comparison(f"{whole}, {_CORES} processes", "WeasyPrint", handouts, _weasyprint(pages))
    chromium = _chromium(pages)
    if chromium is not None:
        yield Comparison(f"{whole}, a process a sheet", "Chromium", handouts, chromium)
    yield Comparison(
        f"a whole build: web pages from a cold start on {_CORES} cores, a process a language",
        "Sphinx",
        _build(work, "web", tags),
        _sphinx(work, tags),
    )


def _shares(items: Sequence[str]) -> list[Sequence[str]]:
    """The items in as many parts as there are cores."""
    return [items[number::_CORES] for number in range(_CORES)]


def _each(program: str, schools: int, shares: Sequence[Sequence[str]]) -> float:
    """Seconds a sheet; each share of the languages is a process, and all run at the same time."""

    def one(tags: Sequence[str]) -> tuple[int, float]:
        count, took = run(sys.executable, "-m", "tests.bench.worker", program, schools, *tags).split()
        return int(count), float(took)

    with ThreadPoolExecutor(len(shares)) as pool:
        found = list(pool.map(one, shares))
    return max(took for _, took in found) / sum(count for count, _ in found)


def _build(work: Path, edition: str, tags: Sequence[str]) -> float:
    """Seconds a file of our program from a cold start."""
    out = work / f"ours-{edition}"
    languages = [part for tag in tags for part in ("-l", tag)]
    return seconds(lambda: run(COMMAND, "build", "--out", out, "-e", edition, *languages)) / len(tags)


def _written(folder: Path, tags: Sequence[str]) -> list[Path]:
    """The sheets as HTML files, for programs that read files."""
    folder.mkdir()
    project = Project()
    pages = []
    for edition in plan(project, BuildRequest(tuple(tags), ("handout",))).editions:
        pages.append(folder / f"{edition.guide.slug}-{edition.language.tag}.html")
        pages[-1].write_text(html_page(project, edition), "utf-8")
    return pages


def _weasyprint(pages: Sequence[Path]) -> float:
    """Seconds a sheet, start of the processes included; a process a core."""
    shares = [pages[number::_CORES] for number in range(_CORES)]

    def printed() -> None:
        with ThreadPoolExecutor(_CORES) as pool:
            list(pool.map(lambda share: run(sys.executable, "-c", _WEASYPRINT, *share), shares))

    return seconds(printed) / len(pages)


def _chromium(pages: Sequence[Path]) -> float | None:
    """Seconds a sheet for some of the pages; its command line prints one page a process."""
    browser = shutil.which("chromium")
    if browser is None:
        return None
    count = _CHROMIUM_SHEETS * _CORES
    sample = pages[:: max(1, len(pages) // count)][:count]

    def one(page: Path) -> None:
        with tempfile.TemporaryDirectory() as profile:
            run(
                browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                "--disable-background-networking", f"--print-to-pdf={profile}/x.pdf", page.as_uri(),
            )  # fmt: skip

    def printed() -> None:
        with ThreadPoolExecutor(_CORES) as pool:
            list(pool.map(one, sample))

    return seconds(printed) / len(sample)


def _sphinx(work: Path, tags: Sequence[str]) -> float:
    """Seconds a page for the text of the guides through Sphinx and gettext."""
    project = Project()
    source = work / "sphinx"
    source.mkdir()
    (source / "conf.py").write_text('project = "guide"\nlocale_dirs = ["locales"]\n', "utf-8")
    messages = [m for slug in project.slugs for m in project.source_messages(slug).values()]
    title, *others = [message.english for message in messages]
    text = "\n\n".join([f"{title}\n{'=' * len(title)}", *others])
    (source / "index.rst").write_text(text + "\n", "utf-8")
    languages = [project.language(tag) for tag in tags]
    for language in languages:
        if language.is_source:
            continue
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

    def one(number: int) -> None:
        language = languages[number]
        out = work / "sphinx-html" / language.tag
        run(sys.executable, "-m", "sphinx", "-q", "-D", f"language={language.locale}", source, out)

    def built() -> None:
        # The first build compiles the catalogs of all languages for the others.
        one(0)
        with ThreadPoolExecutor(_CORES) as pool:
            list(pool.map(one, range(1, len(languages))))

    return seconds(built) / len(languages)
