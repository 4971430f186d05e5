"""The glossary's terms, forbidden words, and the note beside the translated definition."""

import pytest

from parentguide.checks.finding import Severity
from parentguide.checks.translation.terms import check_forbidden, check_mark, check_terms
from parentguide.model.language import Language
from parentguide.translation.glossary import Forbidden, Glossary, Term
from tests.unit.checks.samples import ARABIC, CHINESE, POLISH, catalog, catalog_codes, language, message

CONSENT = Term("consent", "zgoda (the noun) / zgadzać się", ("przyzwolenie",), "It is legal language.")
NOTE = Term("not the official text", "to nie jest tekst oficjalny", (), "the mark")
TURKISH = language("tr")


def terms(term: Term, english: str, text: str, of: Language = POLISH) -> list[str]:
    found = check_terms(catalog([message(english, text, of)], of, Glossary((term,))))
    return [problem.message for _, problem in found]


@pytest.mark.parametrize(
    ("english", "text"),
    [
        ("**Consent** means yes.", "Bez zgody nie."),
        ("Consents", "Nie zgadza się."),
        ("Consenting means yes.", "To znaczy tak."),
        ("Nonconsent", "To znaczy tak."),
    ],
)
def test_an_inflected_term_is_found_and_another_word_needs_none(english: str, text: str) -> None:
    assert terms(CONSENT, english, text) == []


def test_a_missing_term_is_reported() -> None:
    [said] = terms(CONSENT, "Consent means yes.", "To znaczy tak.")
    assert said.startswith("the English has “consent”, and the translation has nothing like “zgoda")


def test_a_rejected_translation_in_its_place_is_named_with_the_reason() -> None:
    texts = [message("Consent means yes.", "Przyzwolenia nie ma.")]
    [(_, problem)] = check_terms(catalog(texts, glossary=Glossary((CONSENT,))))
    assert problem.code == "PG581"
    assert "the rejected “przyzwolenie” instead of “zgoda" in problem.message
    assert "It is legal language." in problem.hint


def test_a_rejected_word_beside_the_term_is_not_a_finding() -> None:
    assert terms(CONSENT, "Consent means yes.", "Zgoda to przyzwolenie.") == []


def test_of_a_text_without_spaces_two_characters_in_a_row_count() -> None:
    term = Term("child sexual abuse", "儿童性侵害", (), "usual")
    assert terms(term, "It is child sexual abuse.", "这是对儿童的性侵害。", CHINESE) == []
    assert len(terms(term, "It is child sexual abuse.", "这是。", CHINESE)) == 1
    assert terms(Term("abuse", "（x）", (), "no words are left"), "abuse", "这是。", CHINESE) == []


def test_an_article_that_changes_after_a_preposition_does_not_count() -> None:
    perpetrator = Term("perpetrator", "الجاني", (), "usual")
    assert terms(perpetrator, "Tell the perpetrator.", "قل للجاني.", ARABIC) == []
    assert len(terms(perpetrator, "Tell the perpetrator.", "قل للجاني.", language("fa", "Arab"))) == 1


def test_upper_case_of_turkish_is_folded() -> None:
    assert terms(Term("exploitation", "istismar", (), "usual"), "exploitation", "İSTİSMAR", TURKISH) == []


@pytest.mark.parametrize(
    ("of", "text", "found"),
    [
        (POLISH, "To prostytutka.", [("test", "PG582")]),
        (POLISH, "To Prostytutka.", [("test", "PG582")]),
        (POLISH, "To nieprostytutka.", []),
        (POLISH, "To dziecko.", []),
        (CHINESE, "这是prostytut。", [("test", "PG582")]),
        (CHINESE, "这prostytut是。", [("test", "PG582")]),
    ],
)
def test_a_forbidden_word_is_known_by_its_beginning(
    of: Language, text: str, found: list[tuple[str, str]]
) -> None:
    glossary = Glossary(forbidden=(Forbidden("prostytut", "it blames a child"),))
    assert catalog_codes(check_forbidden, catalog([message("x", text, of)], of, glossary)) == found


def test_the_note_must_say_that_the_definition_is_not_the_official_text() -> None:
    right = message("Not official.", "Uwaga: to nie jest tekst oficjalny.", context="definition.help")
    wrong = message("Not official.", "Uwaga: to jest tekst oficjalny.", context="definition.help")
    other = message("x", "x", context="other")
    glossary = Glossary((NOTE,))
    assert list(check_mark(catalog([right, other], glossary=glossary))) == []
    [(found, problem)] = check_mark(catalog([wrong, other], glossary=glossary))
    assert (found, problem.code, problem.severity) == (wrong, "PG583", Severity.ERROR)
    assert "Use the term" in problem.hint
    # No message needs the term itself: the note is checked word by word instead.
    assert list(check_terms(catalog([wrong], glossary=glossary))) == []


@pytest.mark.parametrize(("in_progress", "severity"), [(True, Severity.WARNING), (False, Severity.ERROR)])
def test_without_the_term_a_language_in_progress_is_warned(in_progress: bool, severity: Severity) -> None:
    of = language("cy", in_progress=in_progress)
    note = message("Not official.", "Nid y testun swyddogol.", of, "definition.help")
    [(_, problem)] = check_mark(catalog([note], of))
    assert (problem.code, problem.severity) == ("PG583", severity)
    assert "Add a term" in problem.hint


def test_a_wrong_note_is_an_error_even_in_progress() -> None:
    of = language("cy", in_progress=True)
    note = message("Not official.", "Y testun swyddogol.", of, "definition.help")
    [(_, problem)] = check_mark(catalog([note], of, Glossary((NOTE,))))
    assert problem.severity is Severity.ERROR
