"""Typst's compilers are used again, and an earlier sheet does not change a later one.

Each test has a folder of its own, for which the process has no compiler yet.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pypdfium2
import pytest
import typst

from parentguide.build.api import BuildRequest, plan
from parentguide.infra.fonts import MOST_SETS
from parentguide.infra.typst_pool import POOL, compile_document
from parentguide.model.school import School
from parentguide.project.project import Project
from parentguide.render.print.handout import Handout

PROJECT = Project()


@pytest.fixture
def made() -> Callable[[], int]:
    """Counts the compilers that the pool has made since the test began."""
    before = POOL.made
    return lambda: POOL.made - before


def sheet(source: str, root: Path, **files: str) -> bytes:
    """A PDF whose source may read ``files``: the file ``word.txt`` for the argument ``word``."""
    given = {f"{name}.txt": content.encode() for name, content in files.items()}
    return compile_document(f'#set text(font: "Source Sans 3")\n{source}'.encode(), root, given, format="pdf")


def text(source: str, root: Path, **files: str) -> str:
    return read(sheet(source, root, **files))


def read(pdf: bytes) -> str:
    """The text of the PDF. Only one thread at a time may use PDFium."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return str(document[0].get_textpage().get_text_range()).strip()


def test_many_sheets_share_one_compiler(made: Callable[[], int], tmp_path: Path) -> None:
    """A process can make 65,535 compilers at most and never frees their memory."""
    templates = tmp_path / "templates"
    shutil.copytree(PROJECT.templates, templates)
    (edition,) = plan(PROJECT, BuildRequest(("pl",), ("handout",))).editions
    for number in range(5):
        # Each preview and each build makes a new Handout.
        Handout(templates).render(replace(edition, school=School(f"School {number}")))
    assert made() == 1


def test_threads_make_at_most_one_compiler_each(made: Callable[[], int], tmp_path: Path) -> None:
    together = Barrier(3)

    def work(number: int) -> list[bytes]:
        together.wait(30)
        return [sheet(f'{number} #read("word.txt")', tmp_path, word=f"w{turn}") for turn in range(20)]

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(work, range(3)))
    assert [[read(pdf) for pdf in sheets] for sheets in found] == [
        [f"{number} w{turn}" for turn in range(20)] for number in range(3)
    ]
    assert 1 <= made() <= 3


def test_a_sheet_does_not_see_files_of_an_earlier_sheet(made: Callable[[], int], tmp_path: Path) -> None:
    shown = '#read("word.txt")'
    assert text(shown, tmp_path, word="one") == "one"
    with pytest.raises(typst.TypstError, match="not found"):
        text(shown, tmp_path)
    assert text(shown, tmp_path, word="two") == "two"
    assert made() == 1


def test_a_given_file_hides_a_file_of_the_folder(made: Callable[[], int], tmp_path: Path) -> None:
    """A project's own folder of templates may have a file with the same name."""
    (tmp_path / "word.txt").write_text("in the folder", "utf-8")
    shown = '#read("word.txt")'
    assert [text(shown, tmp_path, word="given"), text(shown, tmp_path)] == ["given", "in the folder"]
    assert made() == 1


def test_a_changed_template_is_read_again(made: Callable[[], int], tmp_path: Path) -> None:
    template = tmp_path / "part.typ"
    for word in ("first", "second"):
        template.write_text(f'#let word = "{word}"', "utf-8")
        assert text('#import "part.typ": word\n#word', tmp_path) == word
    assert made() == 1


def test_a_compiler_survives_a_broken_sheet(made: Callable[[], int], tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(typst.TypstError, match="too long"):
            text('#panic("too long")', tmp_path)
    assert text("whole", tmp_path) == "whole"
    assert made() == 1


def test_a_broken_compiler_is_not_used_again(
    made: Callable[[], int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Broken:
        def compile(self, *_words: object, **_named: object) -> bytes:
            raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(typst, "Compiler", lambda **_: Broken())
        with pytest.raises(MemoryError):
            text("x", tmp_path)
    assert text("x", tmp_path) == "x"
    assert made() == 2, "the broken one and another"


def test_folders_do_not_share_a_compiler(made: Callable[[], int], tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.typ").write_text(f'#let word = "{name}"', "utf-8")
        assert text('#import "part.typ": word\n#word', tmp_path / name) == name
    assert made() == 2


def test_sheets_with_fonts_of_their_own_share_a_compiler(made: Callable[[], int], tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    for folder in (one, two, three):
        folder.mkdir()

    def sheet_with(*more: Path) -> None:
        compile_document(b'#set text(font: "Source Sans 3")\nx', tmp_path, {}, more, format="pdf")

    with POOL.together((one, two)):
        sheet_with(one)
        assert made() == 1
        # Studio previews a page without any such font, and makes another build, at the same time.
        with POOL.together(()), POOL.together((three,)):
            sheet_with(two)
            sheet_with()
            assert made() == 1
            sheet_with(three)
            assert made() == 2
        sheet_with(one, two)
        sheet_with()
    assert made() == 2


def test_threads_that_begin_together_load_the_fonts_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    loaded: list[object] = []
    load = typst.Fonts

    def counted(**options: Any) -> Any:
        loaded.append(options)
        return load(**options)

    monkeypatch.setattr(typst, "Fonts", counted)
    together = Barrier(4)
    folder = tmp_path / "more"
    folder.mkdir()

    def work(_number: int) -> None:
        together.wait(30)
        compile_document(b"", tmp_path, {}, (folder,), format="pdf")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert len(loaded) == 1


def test_compilers_not_used_for_the_longest_time_are_forgotten(
    made: Callable[[], int], tmp_path: Path
) -> None:
    roots = [tmp_path / str(number) for number in range(MOST_SETS + 1)]
    for root in roots:
        root.mkdir()
        sheet("x", root)
    assert made() == MOST_SETS + 1
    sheet("x", roots[-1])
    assert made() == MOST_SETS + 1
    sheet("x", roots[0])
    assert made() == MOST_SETS + 2


_READ = """
import sys
from parentguide.build.api import BuildRequest, plan
from parentguide.build.run import render
from parentguide.project.project import Project

def read():
    return next(int(line.split()[1]) for line in open("/proc/self/io") if line.startswith("rchar:"))

planned = plan(Project(), BuildRequest(("zh-Hans", "zh-Hant"), tuple(sys.argv[1:])))
before = read()
list(render(planned))
print(read() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="this system does not count the bytes read")
def test_sheets_in_chinese_do_not_read_the_whole_font() -> None:
    """33 MB, for each face. Typst reads it also for what no reader sees, such as a side of an early pass."""
    formats = ["handout", "signs", "large-print", "bilingual", "cards", "review", "poster"]
    command = [sys.executable, "-c", _READ, *formats]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=600)
    assert int(result.stdout) < 20_000_000
