"""Glossaries are read whole, or refused with the key that is wrong."""

from pathlib import Path

import pytest

from parentguide.errors import SourceError
from parentguide.translation.glossary import Forbidden, Glossary, Term, parse_glossary

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
"""


def test_terms_and_forbidden_words_are_read() -> None:
    assert parse_glossary(FILE, HERE) == Glossary(
        (
            Term("consent", "zgoda", ("przyzwolenie",), "usual", "Kodeks karny"),
            Term("helpline", "telefon zaufania", (), "its own name"),
        ),
        (Forbidden("prostytut", "it blames a child"),),
    )


def test_an_empty_file_is_an_empty_glossary() -> None:
    assert parse_glossary("", HERE) == Glossary()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"pl"', "pl", "not TOML"),
        ("language =", "langauge =", "glossary.toml: unknown key “langauge”"),
        ("address =", "adress =", "[style]: unknown key “adress”"),
        ('[style]\naddress = "Pan or Pani"\nnotes', "style", "“style” is not a table"),
        ('term = "telefon', 'trem = "telefon', "term, entry 2: unknown key “trem”"),
        ('term = "telefon zaufania"\n', "", "term, entry 2: “term” is missing"),
        ('rejected = ["przyzwolenie"]', 'rejected = "przyzwolenie"', "term, entry 1: “rejected” is"),
        ('reason = "it blames a child"', "", "forbidden, entry 1: “reason” is missing"),
        ("word =", "words =", "forbidden, entry 1: unknown key “words”"),
        ("[[forbidden]]", "[forbidden]", "“forbidden” is not a list of tables"),
        ('language = "pl"', "term = [1]", "“term” is not a list of tables"),
    ],
)
def test_a_file_of_another_shape_is_refused(old: str, new: str, problem: str) -> None:
    text = FILE.replace(old, new)
    if new == "term = [1]":
        text = new
    with pytest.raises(SourceError) as caught:
        parse_glossary(text, HERE)
    assert caught.value.problem.startswith(problem)
    assert caught.value.path == HERE
    assert caught.value.remedy
