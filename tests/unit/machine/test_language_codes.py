"""Codes of providers: a rule, and exceptions that the rule needs."""

import pytest

from parentguide.errors import SourceError
from parentguide.machine.language_codes import ProviderCodes, find_code, parse_codes, provider_codes
from parentguide.machine.providers import PROVIDERS

WITH_CODES = [provider.name for provider in PROVIDERS if not provider.knows_every_language]


@pytest.mark.parametrize(
    ("tag", "known", "code"),
    [
        ("pl", ("pl",), "pl"),
        ("pt-PT", ("pt", "pt-pt"), "pt-pt"),  # the case does not matter
        ("pt-PT", ("pt",), "pt"),
        ("fa-AF", ("fa", "prs"), "prs"),  # CLDR: prs is fa-AF
        ("fa-AF", ("fa-IR", "prs-AF"), "prs-AF"),
        ("he", ("iw",), "iw"),  # CLDR: iw is he
        ("es", ("eng", "spa"), "spa"),  # ISO 639-3
        ("es", ("es-AR", "es-ES"), "es-ES"),  # CLDR: es is most likely es-ES
        ("ps", ("ps-PK", "pt-PT"), "ps-PK"),  # the only region
        ("en", ("en-AU", "en-GB"), None),  # two regions, neither the likely one
        ("zh-Hans", ("zh",), "zh"),
        ("zh-Hant", ("zh",), None),  # zh alone is zh-Hans
        ("zh-Hant", ("zh-CN", "zh-TW"), "zh-TW"),
        ("zh-HK", ("zh",), None),  # Hong Kong writes zh-Hant
        ("pa-Guru", ("pa",), "pa"),
        ("pa-Arab", ("pa", "pa-IN"), None),
        ("zz", ("pl",), None),
        ("-", ("pl",), None),
    ],
)
def test_the_rule_finds_the_code_that_means_the_tag(
    tag: str, known: tuple[str, ...], code: str | None
) -> None:
    assert find_code(tag, ProviderCodes(known)) == code


def test_an_exception_comes_before_the_rule() -> None:
    codes = ProviderCodes(("fa", "ku"), {"fa-AF": "", "ckb": "ku"})
    assert find_code("fa-AF", codes) is None
    assert find_code("ckb", codes) == "ku"
    assert find_code("fa", codes) == "fa"


@pytest.mark.parametrize("name", WITH_CODES)
def test_each_exception_is_needed_and_names_a_known_code(name: str) -> None:
    codes = provider_codes(name)
    assert codes.known
    for tag, code in codes.exceptions.items():
        assert code in ("", *codes.known)
        assert find_code(tag, ProviderCodes(codes.known)) != (code or None), f"{tag}: the rule suffices"


@pytest.mark.parametrize("name", WITH_CODES)
def test_each_provider_knows_english(name: str) -> None:
    assert find_code("en", provider_codes(name))


def test_mistakes_in_the_table_are_reported_all_at_once() -> None:
    with pytest.raises(SourceError) as raised:
        parse_codes('[google]\nknown = "pl"\nexeptions = {}\n[libre.exceptions]\nfa = 7\n')
    assert {problem.loc for problem in raised.value.problems} >= {
        ("google", "known"),
        ("libre", "exceptions", "fa"),
    }
    assert len(raised.value.problems) == 3
