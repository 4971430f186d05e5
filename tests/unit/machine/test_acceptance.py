"""What rejects a machine's answer."""

import pytest

from parentguide.machine.acceptance import accepted_text
from parentguide.machine.errors import RejectedAnswerError
from parentguide.machine.placeholders import protect
from parentguide.model.language import Language, PrintStyle

POLISH = Language("pl", "Polish", "polski", "ltr", "Latn", PrintStyle(("Source Sans 3",)), quotes="„”")
ENGLISH = "Call {police} **now** if a child is in danger."


def check(answer: object, source: str = ENGLISH, known: dict[str, str] | None = None) -> str:
    """Accept the words of ``answer``, which names spans as they are, not as tokens."""
    protected = protect(source, "cse/call")
    if isinstance(answer, str):
        for number, span in enumerate((*protected.spans, "")):
            token = f"QX{protected.first + number}XQ"
            answer = answer.replace(span, token, 1) if span else f"{answer} {token}"
    return accepted_text(answer, protected, source, "call", POLISH, known or {})


def test_a_good_answer_is_accepted() -> None:
    text = "Zadzwoń na {police} **teraz**, jeśli dziecko jest w niebezpieczeństwie."
    assert check(text) == text


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Zadzwoń na {police} **teraz**, jeśli dziecko jest &bdquo;w&rdquo; niebezpieczeństwie.", "„w”"),
        (
            "Zadzwoń na {police} **teraz** &amp; natychmiast, jeśli dziecko go potrzebuje.",
            "teraz** & natychmiast",
        ),
        ("Zadzwoń na {police} **teraz**, jeśli dziecko jest w&nbsp;niebezpieczeństwie.", "jest w niebez"),
        ("Zadzwoń na {police} **teraz**, je&#347;li dziecko jest w niebezpiecze&#x144;stwie.", "jeśli"),
    ],
)
def test_entities_of_an_answer_are_undone_before_it_is_judged(answer: str, text: str) -> None:
    assert text in check(answer)


@pytest.mark.parametrize(
    "answer",
    [
        # Undone once, it still has an entity; and a tag is no entity.
        "Zadzwoń na {police} **teraz**, jeśli dziecko jest &amp;quot;w&amp;quot; niebezpieczeństwie.",
        "Zadzwoń na {police} **teraz**, jeśli &lt;b&gt;dziecko&lt;/b&gt; jest w niebezpieczeństwie.",
        "Zadzwoń na {police} **teraz**, jeśli <b>dziecko</b> jest w niebezpieczeństwie.",
        "Zadzwoń na {police} **teraz**, jeśli _dziecko_ jest w niebezpieczeństwie.",
    ],
)
def test_marks_that_are_left_reject_the_answer(answer: str) -> None:
    with pytest.raises(RejectedAnswerError, match="PG546"):
        check(answer)


def test_entities_that_the_source_is_about_stay() -> None:
    assert check("Napisz teraz &amp; tutaj.", "Write &amp; here now.") == "Napisz teraz &amp; tutaj."


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "the provider gave nothing"),
        (7, "the provider gave nothing"),
        ("<html><body>{police} ** **</body></html>", "a page or a warning"),
        ("MYMEMORY WARNING: {police} ** **", "a page or a warning"),
        ("{police} ** **.", "no words"),
        (ENGLISH, "gave the source text back"),
        ("Zadzwoń {police} **" + "bardzo " * 60 + "teraz**.", "times as long as the source text"),
        ("Звони {police} **сейчас**, если ребёнок в опасности прямо сейчас.", "PG5"),
    ],
)
def test_a_bad_answer_is_rejected_with_a_reason(answer: object, reason: str) -> None:
    with pytest.raises(RejectedAnswerError, match=reason):
        check(answer)


def test_blank_answers_are_rejected() -> None:
    protected = protect(ENGLISH, "cse/call")
    with pytest.raises(RejectedAnswerError, match="gave nothing"):
        accepted_text("   ", protected, ENGLISH, "call", POLISH, {})


def test_a_long_text_needs_a_long_answer() -> None:
    source = "A child who is in danger needs the help of an adult at once."
    with pytest.raises(RejectedAnswerError, match=r"0\.1 times as long"):
        check("Dziecko.", source)
    assert check("Stój.", "Halt at once now.") == "Stój."


def test_the_text_of_another_message_is_rejected() -> None:
    known = {"Other words.": "Zadzwoń teraz.", "call now.": "Dzwoń."}
    with pytest.raises(RejectedAnswerError, match=r"it is the text of another message: “Other words\.”"):
        check("zadzwoń teraz.", "Call now.", known)
    assert check("Dzwoń.", "Call now.", known) == "Dzwoń."


def test_markup_that_the_source_does_not_have_is_rejected() -> None:
    with pytest.raises(RejectedAnswerError):
        check("Zadzwoń {other} teraz.", "Call now please.")
