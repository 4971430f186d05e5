"""One judgement on each message: may it be shown, may it be signed, and if not, why."""

import pytest

from parentguide.project.accepted_file import Accepted
from parentguide.review import judgement
from parentguide.review.judgement import BrokenMarkup, Fuzzy, LanguageRules, Missing, judge
from parentguide.translation.glossary import Forbidden, Glossary
from tests.unit.review.factory import message


@pytest.mark.parametrize(
    ("english", "text", "fuzzy", "withheld"),
    [
        ("Phone us", "Zadzwoń", False, None),
        ("Phone us", "", False, Missing()),
        ("Phone us", "  \n", True, Missing()),
        ("Phone us", "Zadzwoń", True, Fuzzy()),
        ("Phone {nspcc}", "Zadzwoń", False, BrokenMarkup("{nspcc} lost")),
        ("Phone **us**", "Zadzwoń", False, BrokenMarkup("0 bold parts, 1 in the English")),
    ],
)
def test_a_message_is_withheld_for_one_reason(
    english: str, text: str, fuzzy: bool, withheld: judgement.GapReason | None
) -> None:
    status = judge(message(english, text), fuzzy=fuzzy)
    assert status.withheld == withheld
    assert status.displayable is (withheld is None)
    assert bool(list(status.blocking())) is (withheld is not None)


def test_a_fuzzy_message_names_its_errors_too() -> None:
    lost = judge(message("Phone {nspcc}", "Zadzwoń"), fuzzy=True)
    assert list(lost.blocking()) == ["the translation is marked fuzzy", "{nspcc} lost"]
    changed = list(judge(message("Phone 999", "Zadzwoń pod 112"), fuzzy=True).blocking())
    assert changed[0] == "the translation is marked fuzzy"
    assert changed[1].startswith("PG522")


def test_an_error_of_check_blocks_a_signature_but_does_not_withhold_the_message() -> None:
    status = judge(message("Phone 999", "Zadzwoń pod 112"))
    assert status.displayable
    assert [reason.partition(":")[0] for reason in status.blocking()] == ["PG522"]


def test_an_accepted_finding_blocks_nothing_and_keeps_its_reason() -> None:
    rules = LanguageRules((Accepted("PG522", "c", "Poland's own number."),))
    status = judge(message("Phone 999", "Zadzwoń pod 112"), rules=rules)
    assert list(status.blocking()) == []
    assert [reason for _, reason in status.findings()] == ["Poland's own number."]
    other = judge(message("Phone 999", "Zadzwoń pod 112", context="other"), rules=rules)
    assert list(other.blocking())


def test_a_word_that_the_glossary_forbids_blocks_a_signature() -> None:
    rules = LanguageRules((), Glossary((), (Forbidden("wagarowicz", "It blames the child."),)))
    text = "Twoje dziecko to wagarowicz"
    assert [r.partition(":")[0] for r in judge(message("Your child", text), rules=rules).blocking()] == [
        "PG582"
    ]
    assert list(judge(message("Your child", text)).blocking()) == []


def test_a_character_without_a_font_blocks_a_signature_in_a_language_with_rules() -> None:
    found = list(judge(message("Yes", "Tak ⏚"), rules=LanguageRules((), Glossary())).blocking())
    assert any("PG544" in reason for reason in found)


def test_a_warning_does_not_block() -> None:
    status = judge(message("I am very happy", "Bardzo bardzo się cieszę"))
    assert [problem.code for problem, _ in status.findings()] == ["PG561"]
    assert list(status.blocking()) == []


def test_no_check_runs_before_somebody_asks_for_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def spy(_: object) -> list[object]:
        ran.append("ran")
        return []

    monkeypatch.setattr(judgement, "MESSAGE_CHECKS", (spy,))
    status = judge(message("Phone us", "Zadzwoń"))
    assert status.displayable
    assert ran == []
    assert list(status.blocking()) == []
    assert ran == ["ran"]
