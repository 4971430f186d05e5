"""``parentguide print``: how many copies it reads, what it writes, and what it says."""

from pathlib import Path

import pytest

from parentguide.build import print_run as library
from parentguide.build.print_run import Copies, PrintRequest, PrintRun
from parentguide.project.project import Project
from tests.unit.cli.run import Ran, run


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[PrintRequest]:
    """The requests that reach the library, which answers with a PDF without sheets."""
    seen: list[PrintRequest] = []

    def answer(_: Project, request: PrintRequest, __: object) -> PrintRun:
        seen.append(request)
        return PrintRun(f"%PDF of {request.sheet}".encode(), (), sides=6, blank=2)

    monkeypatch.setattr(library, "print_run", answer)
    return seen


def print_(root: Path, *arguments: object) -> Ran:
    return run("print", "--project", root, "-o", root / "evening.pdf", *arguments)


def test_copies_for_each_language(small: Path, requests: list[PrintRequest]) -> None:
    ran = print_(
        small, "-l", "ur=12", "--language", "pl", "--copies", "30", "--leaf", "1", "-e", "signs", "--mono"
    )
    assert ran.code == 0, ran.said
    (request,) = requests
    assert request.copies == (Copies("ur", 12), Copies("pl", 30))
    assert (request.sheet, request.first_leaf, request.mono) == ("signs", True, True)
    assert (small / "evening.pdf").read_bytes() == b"%PDF of signs"
    assert "6 sides, 2 of them blank: 3 leaves when both sides are printed" in ran.out
    assert "it has no tags. Give families the single files to read on a screen" in ran.out


def test_the_school_chooses_the_languages(small: Path, requests: list[PrintRequest]) -> None:
    (small / "school.toml").write_text('name = "Ash School"\nlanguages = ["ur", "pl"]\n', "utf-8")
    print_(small, "--school", small / "school.toml", "--copies", 2)
    assert requests[0].copies == (Copies("ur", 2), Copies("pl", 2))
    assert requests[0].school.name == "Ash School"


def test_everything_that_is_wrong_is_said_at_once(small: Path, requests: list[PrintRequest]) -> None:
    (small / "evening.pdf").write_bytes(b"of somebody")
    ran = print_(small, "-l", "pl=many", "-l", "=", "-l", "xx=3", "-e", "web")
    assert (ran.code, requests) == (66, [])
    for text in ("“pl=many”", "“=”", "language “xx”", "sheet “web”", "already exists"):
        assert text in ran.said
    assert (small / "evening.pdf").read_bytes() == b"of somebody"


def test_an_existing_file_is_kept_with_force(small: Path, requests: list[PrintRequest]) -> None:
    (small / "evening.pdf").write_bytes(b"of somebody")
    ran = print_(small, "-l", "pl", "--force")
    assert "The earlier file is kept as" in ran.out
    assert {p.read_bytes() for p in small.glob("evening*.pdf")} == {b"of somebody", b"%PDF of handout"}
    again = print_(small, "-l", "pl", "--force")
    assert "Nothing has changed" in again.out
    assert len([*small.glob("evening*.pdf")]) == 2


def test_the_file_is_a_pdf(small: Path, requests: list[PrintRequest]) -> None:
    ran = run("print", "--project", small, "-l", "pl", "-o", small / "evening.docx")
    assert (ran.code, requests) == (66, [])
    assert "Give a name that ends in .pdf" in ran.said


def test_nothing_is_printed_without_a_language(small: Path, requests: list[PrintRequest]) -> None:
    ran = print_(small)
    assert (ran.code, requests) == (66, [])
    assert "no language is chosen" in ran.said
