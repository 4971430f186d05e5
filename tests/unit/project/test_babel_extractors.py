"""The extractors, called as Babel calls them."""

import io
from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.project.babel_extractors import extract_guide, extract_typst


def guide(path: Path) -> list[tuple[str, str]]:
    with path.open("rb") as file:
        return [row[2] for row in extract_guide(file, (), (), {})]


def test_segments_of_a_guide_and_of_its_definition(small: Path) -> None:
    path = small / "locales" / "en" / "cse" / "guide.md"
    rows = guide(path)
    contexts = [context for context, _ in rows]
    assert contexts[0] == "title"
    assert {"definition-1", "call"} <= set(contexts)


def test_a_guide_with_windows_line_ends(small: Path) -> None:
    path = small / "locales" / "en" / "cse" / "guide.md"
    before = guide(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert guide(path) == before


def test_a_guide_without_a_definition_and_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text('---\ntitle: a\nnewsletter: b\n---\n\n{#title note="Short"}\n# A\n\n{#b}\nB\n', "utf-8")
    with path.open("rb") as file:
        assert list(extract_guide(file, (), (), {})) == [
            (7, "pgettext", ("title", "A"), ["Short"]),
            (10, "pgettext", ("b", "B"), []),
        ]


def test_a_guide_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_bytes(b"\xff")
    with pytest.raises(SourceError, match="not UTF-8"):
        guide(path)


def test_calls_in_a_typst_template() -> None:
    text = (
        b'// NOTE: first\n// NOTE: second\n\n#tr("a", "say \\"hello\\"") #both("b", "B")\n'
        b'#let x = 1\n#tr("c",\n"C") #tr( "d" , "D" )\n'
    )
    assert list(extract_typst(io.BytesIO(text), (), (), {})) == [
        (4, "pgettext", ("a", 'say "hello"'), ["first", "second"]),
        (4, "pgettext", ("b", "B"), ["first", "second"]),
        (7, "pgettext", ("d", "D"), []),
    ]
