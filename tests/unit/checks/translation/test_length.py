"""Translations that are far longer or shorter than the others of their language."""

from parentguide.checks.translation.length import check_lengths
from tests.unit.checks.samples import catalog, catalog_codes, message

ENGLISH = "If you are worried, please talk to us. You do not need proof. {nspcc}"
USUAL = "Jeśli się martwisz, porozmawiaj z nami. Nie musisz mieć dowodów. {nspcc}"


def test_a_text_far_too_short_or_too_long_is_found() -> None:
    usual = [message(ENGLISH, USUAL, context=f"usual-{number}") for number in range(9)]
    short = message(ENGLISH, USUAL[:20], context="short")
    long = message(ENGLISH, USUAL * 2, context="long")
    found = catalog_codes(check_lengths, catalog([*usual, short, long]))
    assert found == [("short", "PG571"), ("long", "PG571")]


def test_a_short_label_is_not_measured() -> None:
    usual = [message(ENGLISH, USUAL)] * 10
    assert (
        list(check_lengths(catalog([*usual, message("Print {nspcc} " * 3, "Wydrukuj tę stronę" * 9)]))) == []
    )


def test_a_language_with_few_messages_has_no_usual_length() -> None:
    usual = [message(ENGLISH, USUAL)] * 8
    assert list(check_lengths(catalog([*usual, message(ENGLISH, "Nie.")]))) == []
