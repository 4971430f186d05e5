"""Glossaries are read whole, or refused with the key that is wrong."""

from pathlib import Path

import pytest

from parentguide.errors import Loc, SourceError
from parentguide.model.style_notes import NotedQuestion
from parentguide.translation.glossary import (
    MOST_QUESTIONS,
    Forbidden,
    Glossary,
    Style,
    Term,
    Trap,
    Watch,
    parse_glossary,
)

HERE = Path("glossary.toml")
FILE = """\
language = "pl"

[style]
address = "Pan or Pani"
notes = "Plain words."

[[term]]
english = "consent"
term = "zgoda"
rejected = ["przyzwolenie"]
reason = "usual"
instrument = "Kodeks karny"

[[term]]
english = "helpline"
term = "telefon zaufania"
rejected = []
reason = "its own name"

[[forbidden]]
word = "prostytut"
reason = "it blames a child"

[[watch]]
kind = "excluded"
words = ["wydal"]
unless = ["na jakiś czas"]
reason = "It is for ever."

[[trap]]
about = "care"
advice = "Name a home."

[[question]]
context = "title"
question = "Is it clear?"
why = "It was coined."
"""


QUESTION = '[[question]]\ncontext = "x"\nquestion = "y"\nwhy = "z"\n'


def test_terms_and_forbidden_words_are_read() -> None:
    assert parse_glossary(FILE, HERE) == Glossary(
        (
            Term("consent", "zgoda", ("przyzwolenie",), "usual", "Kodeks karny"),
            Term("helpline", "telefon zaufania", (), "its own name"),
        ),
        (Forbidden("prostytut", "it blames a child"),),
        (Watch("excluded", "It is for ever.", ("wydal",), unless=("na jakiś czas",)),),
        (Trap("care", "Name a home."),),
        (NotedQuestion("title", "Is it clear?", "It was coined."),),
        Style("Pan or Pani", notes="Plain words."),
    )


def test_an_empty_file_is_an_empty_glossary() -> None:
    assert parse_glossary("", HERE) == Glossary()


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ('"pl"', "pl", [()]),
        ("language =", "langauge =", [()]),
        ("address =", "adress =", [("style",)]),
        ('[style]\naddress = "Pan or Pani"\nnotes', "style", [("style",)]),
        ('term = "telefon', 'trem = "telefon', [("term", 1, "term"), ("term", 1)]),
        ('rejected = ["przyzwolenie"]', 'rejected = "przyzwolenie"', [("term", 0, "rejected")]),
        ('reason = "it blames a child"', "", [("forbidden", 0, "reason")]),
        ("word =", "words =", [("forbidden", 0, "word"), ("forbidden", 0)]),
        ("[[term]]", "[[terms]]", [()]),
        ('kind = "excluded"', 'kind = "odd"', [("watch", 0, "kind")]),
        ('words = ["wydal"]\n', "", [("watch", 0)]),
        ('words = ["wydal"]', 'needs = ["wydal"]', [("watch", 0)]),
        ('words = ["wydal"]', 'words = ["wydal"]\nneeds = ["x"]\nenglish = "y"', [("watch", 0)]),
        ('words = ["wydal"]', 'words = ["wydal", " "]', [("watch", 0, "words")]),
        ('advice = "Name a home."', "", [("trap", 0, "advice")]),
        ('why = "It was coined."', "", [("question", 0, "why")]),
        ('why = "It was coined."', 'why = "It was coined."\n' + QUESTION * MOST_QUESTIONS, [("question",)]),
    ],
)
def test_every_mistake_is_reported_with_its_place(old: str, new: str, places: list[Loc]) -> None:
    with pytest.raises(SourceError) as caught:
        parse_glossary(FILE.replace(old, new), HERE)
    assert [problem.loc for problem in caught.value.problems] == places
    assert {problem.path for problem in caught.value.problems} == {HERE}
    assert all(problem.remedy for problem in caught.value.problems)
