"""The findings of the checks in plain words: every check has a sentence, and none shows a code."""

import re
from pathlib import Path

import pytest

import parentguide.checks.translation
from parentguide.checks.translation.message import TranslatedMessage
from parentguide.project.project import Project
from parentguide.review.judgement import judge, language_rules
from parentguide.studio.services.block_words import field_names
from parentguide.studio.services.plain_findings import COVERED, Checked, sentences

PROJECT = Project()
POLISH = PROJECT.language("pl")
# These checks compare a message with all others of its language, so no page of a checker runs them.
OF_ALL_MESSAGES = {"PG533", "PG571", "PG581"}


def said(english: str, text: str) -> str:
    """All that the checks say of a Polish text, as a checker reads it."""
    checked = Checked(POLISH, english, text, field_names(PROJECT))
    status = judge(TranslatedMessage(POLISH, "x", english, text), rules=language_rules(PROJECT, POLISH))
    found = [(problem.code, problem.message, problem.hint) for problem, _ in status.findings()]
    if status.withheld is not None:
        found.insert(0, ("PG511", str(status.withheld), ""))
    return " ".join(" ".join(sentences(checked, *one)) for one in found)


def test_every_check_of_one_message_has_a_sentence() -> None:
    folder = Path(parentguide.checks.translation.__file__).parent
    codes = {
        code for path in folder.glob("*.py") for code in re.findall(r'"(PG\d+)"', path.read_text("utf-8"))
    }
    assert codes - OF_ALL_MESSAGES <= COVERED


@pytest.mark.parametrize(
    ("english", "text", "wanted"),
    [
        ("Call {police_emergency}.", "Zadzwoń.", "The number 999 is missing."),
        ("From {school}.", "Od szkoły.", "“the school’s name” is missing."),
        ("Call {nspcc}.", "Zadzwoń {nspcc} {nspcc}.", "“0808 800 5000” is there too often."),
        ("Call.", "Zadzwoń {nspcc}.", "“0808 800 5000” is not in the English."),
        ("**Now** call.", "Teraz zadzwoń.", "The bold words are missing."),
        ("**Now** **call**.", "**Teraz** zadzwoń.", "A bold part is missing."),
        ("Now call.", "**Teraz** zadzwoń.", "The English has no bold words here."),
        ("**Now** call.", "**Teraz** **zadzwoń**.", "There are more bold parts than in the English."),
        ("Now call.", "Teraz {zadzwoń.", "There is a mark that means nothing here"),
        ("Wait 24 hours.", "Czekaj dobę.", "The number 24 is missing."),
        ("Wait 24 hours.", "Czekaj 24 24.", "The number 24 is there too often."),
        ("Wait.", "Czekaj 7.", "The number 7 is not in the English."),
        ("Wait.", "Wait.", "These are still the English words. Write them in Polish."),
        ("Wait.", "Czekaj", "It ends with no mark, but the English ends with full stop."),
        ("Wait.", "Czekaj  tu.", "two spaces together"),
        ("Wait.", "Чekaj tu.", "has letters of two alphabets"),
        ("Wait.", "<b>Czekaj</b>.", "marks of a web page: “<b>”, “</b>”. Delete them"),
        ("Wait.", "Czekaj (tu.", "Brackets are not in pairs: “(”, “)”."),
    ],
)
def test_a_sentence_says_where_the_fault_is(english: str, text: str, wanted: str) -> None:
    found = said(english, text)
    assert wanted in found
    assert not re.search(r"PG\d|\{[a-z_]+\}|toml|accept the finding", found)
