"""contacts.toml, definition.toml, languages.toml and digits.toml: values, and all mistakes at once."""

from collections.abc import Callable
from datetime import date

import pytest

from parentguide.errors import ParentguideError, SourceError
from parentguide.project.contacts_file import parse_contacts, stale_contacts
from parentguide.project.definition_file import parse_definition
from parentguide.project.languages_file import parse_digits, parse_languages

CONTACT = 'kind = "phone"\nshown = "0808 800 5000"\nsource = "nspcc.org.uk"\nverified_on = 2026-01-31\n'
DEFINITION = 'edition = "1"\nsource = "a"\npublished = 2017-02-01\nverified_on = 2026-01-01\n'
LANGUAGE = 'english_name = "Polish"\nown_name = "polski"\ndirection = "ltr"\nscript = "Latn"\n'
PRINT = 'print.fonts = ["Source Sans 3"]\n'
ZEROS = {"latn": "0", "deva": "०"}


def problems(parse: Callable[[], object]) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(SourceError) as caught:
        parse()
    error: ParentguideError = caught.value
    assert all(problem.remedy for problem in error.problems)
    return [(problem.loc, problem.text) for problem in error.problems]


def test_contacts() -> None:
    link = 'kind = "url"\nshown = "ceop.police.uk"\nhref = "https://www.ceop.police.uk/"\n'
    phone, url = parse_contacts(f"[nspcc]\n{CONTACT}[ceop]\n{link}{CONTACT[CONTACT.index('source') :]}")
    assert (phone.name, phone.value.shown, phone.value.href) == (
        "nspcc",
        "0808 800 5000",
        "tel:08088005000",
    )
    assert (url.value.kind, url.value.shown, url.value.href) == (
        "url",
        "ceop.police.uk",
        "https://www.ceop.police.uk/",
    )
    assert phone.verified_on == date(2026, 1, 31)


def test_mistakes_of_contacts() -> None:
    text = f"[Nspcc]\n{CONTACT}[police]\n{CONTACT.replace('0808 800 5000', 'call us')}"
    found = problems(lambda: parse_contacts(text))
    assert [loc for loc, _ in found] == [("Nspcc",), ("police", "shown")]
    assert found[0][1] == "is not a name that guides can use"


def test_a_contact_is_stale_after_a_year_and_a_day() -> None:
    contacts = parse_contacts(f"[nspcc]\n{CONTACT}")
    assert stale_contacts(contacts, date(2027, 2, 1)) == ()
    assert stale_contacts(contacts, date(2027, 2, 2)) == contacts


def test_definition() -> None:
    definition = parse_definition(DEFINITION + 'paragraphs = ["One.", "Two."]')
    assert (definition.edition, definition.paragraphs) == ("1", ("One.", "Two."))


@pytest.mark.parametrize(
    ("paragraphs", "loc"), [("[]", ("paragraphs",)), ('["One.", " "]', ("paragraphs", 1))]
)
def test_an_empty_definition(paragraphs: str, loc: tuple[str | int, ...]) -> None:
    assert problems(lambda: parse_definition(f"{DEFINITION}paragraphs = {paragraphs}")) == [(loc, "is empty")]


def test_languages() -> None:
    text = (
        f'[en]\n{LANGUAGE}{PRINT}[hi]\n{LANGUAGE}{PRINT}dated = 2026-11-23\ndigits = "deva"\nspeakers = 5\n'
    )
    languages = parse_languages(text + 'status = "in-progress"\nquotes = "„”"\n', ZEROS)
    english, hindi = languages.values()
    assert (english.tag, english.review, english.dated) == ("en", "original", None)
    assert (hindi.lang, hindi.spoken_as, hindi.voices) == ("hi", "Polish", ("hi",))
    assert (hindi.zero, hindi.review, hindi.in_progress, hindi.speakers) == ("०", "draft", True, 5)


def test_mistakes_inside_tables_of_languages() -> None:
    text = f'[pl]\n{LANGUAGE}{PRINT}quotes = "“"\nspeakers = -1\n[ur]\n{LANGUAGE}{PRINT}speakers = true\n'
    found = problems(lambda: parse_languages(text, ZEROS))
    assert found == [
        (("pl", "quotes"), "'“' is not two marks"),
        (("pl", "speakers"), "-1 is not a number of people"),
        (("ur", "speakers"), "True is not a number of people"),
    ]


def test_mistakes_that_no_single_value_shows() -> None:
    found = problems(lambda: parse_languages(f'[pl]\n{LANGUAGE}{PRINT}digits = "roman"\n', ZEROS))
    assert found == [(("pl", "digits"), "“roman” is not known"), (("pl", "dated"), "is missing")]


def test_the_distance_of_lines_is_that_of_the_script_where_a_language_has_none() -> None:
    face = 'print.faces = [{ family = "A" }, { family = "B", leading = 2.0 }]\n'
    dated = "dated = 2026-11-23\n"
    text = f"[en]\n{LANGUAGE}{PRINT}[pl]\n{LANGUAGE}{PRINT}{face}{dated}[vi]\n{LANGUAGE}{PRINT}{dated}"
    languages = parse_languages(text + "print.leading = 1.45\n", ZEROS, None, {"Latn": 1.35})
    assert [language.print.leading for language in languages.values()] == [1.35, 1.35, 1.45]
    assert [face.leading for face in languages["pl"].print.faces] == [1.35, 2.0]
    assert languages["vi"].latin_leading == 1.35


@pytest.mark.parametrize("leading", ["0.5", "-1.4", "14"])
def test_a_distance_of_lines_that_cannot_be_read_is_refused(leading: str) -> None:
    text = f"[en]\n{LANGUAGE}{PRINT}print.leading = {leading}\n"
    found = problems(lambda: parse_languages(text, ZEROS))
    assert found == [(("en", "print", "leading"), f"{leading} is not a distance of lines")]


def test_digits() -> None:
    assert parse_digits('latn = "0"\ndeva = "०"\n') == ZEROS
    found = problems(lambda: parse_digits('a = "1"\nb = "00"\nc = "x"\nlatn = "0"\n'))
    assert [loc for loc, _ in found] == [("a",), ("b",), ("c",)]
