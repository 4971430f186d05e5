"""The front matter of guide.md."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.project.front_matter import FrontMatter, parse_front_matter


def parsed(yaml: str) -> FrontMatter:
    return parse_front_matter(f"---\n{yaml}\n---\nWords", Path("guide.md"))


def test_all_keys() -> None:
    assert parsed(
        "title: 'Safe: at home'\nnewsletter: n.txt\nnewsletter_sha256: 12\ndefinition: d.toml\n"
        "exclude:\n  3: a greeting\n"
    ) == FrontMatter("Safe: at home", "n.txt", "12", "d.toml", {3: "a greeting"})


def test_empty_keys_that_may_be_empty() -> None:
    assert parsed("title: a\nnewsletter: b\nnewsletter_sha256:\ndefinition:\nexclude:") == FrontMatter(
        "a", "b"
    )


@pytest.mark.parametrize(
    ("yaml", "wanted"),
    [
        ("newsletter: b", [(1, "title", "is missing")]),
        ("title: ' '\nnewsletter: b", [(2, "title", "it has no text")]),
        ("title: 3\nnewsletter: b", [(2, "title", "it has no text")]),
        ("title: a\nnewsletter: b\ntitel: c", [(1, "", "unknown key “titel”")]),
        ("title: a\nnewsletter: b\nexclude: [1]", [(4, "exclude", "it does not give a reason")]),
        ("title: a\nnewsletter: b\nexclude:\n  1: ''", [(4, "exclude", "it does not give a reason")]),
        ("titel: a", [(1, "title", "is missing"), (1, "newsletter", "is missing"), (1, "", "unknown key")]),
        ("- a", [(1, "", "the front matter has no keys")]),
        ("title: a: b", [(2, "", "the front matter is not YAML")]),
        ("title: \x01", [(1, "", "the front matter is not YAML")]),
    ],
)
def test_every_mistake_has_its_line_and_remedy(yaml: str, wanted: list[tuple[int, str, str]]) -> None:
    with pytest.raises(SourceError) as caught:
        parsed(yaml)
    found = caught.value.problems
    assert [problem.remedy != "" for problem in found] == [True] * len(wanted)
    for problem, (_, key, said) in zip(found, wanted, strict=True):
        assert said in problem.text
        assert problem.loc == ((key,) if key else ())
        assert problem.path == Path("guide.md")
        assert problem.line >= 1


def test_a_remedy_speaks_of_yaml() -> None:
    with pytest.raises(SourceError) as caught:
        parsed("newsletter: b")
    assert caught.value.remedy == "Write title: …."


@pytest.mark.parametrize("text", ["", "title: a", "---\ntitle: a\n", " ---\n---\n"])
def test_a_guide_without_front_matter(text: str) -> None:
    with pytest.raises(SourceError, match="does not begin with front matter") as caught:
        parse_front_matter(text)
    assert caught.value.line == 1
