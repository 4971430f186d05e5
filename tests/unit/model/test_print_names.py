"""Names of sheets in a ZIP file: readable, different from each other, and possible on Windows."""

import re
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentguide.model.print_names import KINDS, LONGEST_PATH, SheetFile, name_for_file, print_paths
from parentguide.project.project import Project
from parentguide.render import FORMATS

PROJECT = Project()
SHEETS = tuple(kind.name for kind in FORMATS if kind.template_folder == "print")


def paths(
    languages: Mapping[str, str], guides: Mapping[str, str], kinds: tuple[str, ...] = SHEETS
) -> dict[str, str]:
    """The paths in the archive for every kind of sheet in every language of every guide."""
    return print_paths(
        [
            SheetFile(f"{slug}/{tag}/{slug}-{tag}-{kind}.pdf", kind, name, tag, slug, title)
            for (slug, title), (tag, name), kind in product(guides.items(), languages.items(), kinds)
        ]
    )


def check(named: Mapping[str, str]) -> None:
    """Raises :class:`AssertionError` unless all names are different and can be names on Windows."""
    assert len({path.casefold() for path in named.values()}) == len(named)
    for path in named.values():
        assert len(path) <= LONGEST_PATH, path
        for part in path.split("/"):
            assert part, path
            assert not re.search(r'[<>:"\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]', part), (
                path
            )
            assert part == part.strip(" "), path
            assert not part.endswith("."), path
            assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", part), path


def test_every_language_and_every_kind_of_sheet_has_a_name_of_its_own() -> None:
    languages = {tag: language.english_name for tag, language in PROJECT.languages.items()}
    named = paths(languages, {"cse": "Keeping your child safe"})
    assert len(named) == len(languages) * len(SHEETS) >= 41 * 6
    check(named)
    assert named["cse/ur/cse-ur-handout.pdf"] == "To print/Handout/Urdu – handout.pdf"
    assert (
        named["cse/ku/cse-ku-cards.pdf"]
        == "To print/Interpreter cards/Kurdish (Kurmanji) – interpreter cards.pdf"
    )


def test_every_file_of_a_language_has_a_word_for_its_kind() -> None:
    assert set(KINDS) == {kind.name for kind in FORMATS}


def test_languages_of_one_name_are_told_apart_by_their_tags() -> None:
    named = paths({"ku": "Kurdish", "ckb": "kurdish", "pl": "Polish"}, {"cse": "t"}, ("handout",))
    assert [path.rpartition("/")[2] for path in named.values()] == [
        "Kurdish (ku) – handout.pdf",
        "kurdish (ckb) – handout.pdf",
        "Polish – handout.pdf",
    ]


def test_each_of_several_guides_has_a_folder() -> None:
    named = paths(
        {"pl": "Polish"}, {"cse": "Keeping safe", "online": "Con", "two": "keeping safe"}, ("signs",)
    )
    assert [*named.values()] == [
        "To print/Keeping safe (cse)/Signs/Polish – signs.pdf",
        "To print/Con -/Signs/Polish – signs.pdf",
        "To print/keeping safe (two)/Signs/Polish – signs.pdf",
    ]
    check(named)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", fullmatch=True), st.text(max_size=60), max_size=6
    ),
    st.dictionaries(
        st.from_regex(r"[a-z]{1,9}", fullmatch=True), st.text(max_size=60), min_size=1, max_size=3
    ),
)
def test_any_names_of_languages_and_guides_can_be_names_of_files(
    languages: dict[str, str], guides: dict[str, str]
) -> None:
    check(paths(languages, guides))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("  ends with dots . . ", "ends with dots"),
        ("two\u202e \n\tlines\x00", "two lines"),
        ("e\u0301", "é"),
        ("???", ""),
        ("nul.pdf", "nul.pdf -"),
        ("x" * 50, "x" * 40),
    ],
)
def test_names_for_files(text: str, name: str) -> None:
    assert name_for_file(text, 40) == name
