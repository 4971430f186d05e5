"""The words in the column “Your answer” that are an answer: those of the drop-down, and their synonyms.

Any other word is no answer: the row is listed, and a person decides. So “no”, “n” and “x” are left out on
purpose: “no” may mean “no change” (and “yes” in some languages), and an x may tick or cross out.
"""

import re
import unicodedata
from collections.abc import Mapping

from parentguide.review.sheet_writer import LABELS, VERDICTS

# What people type in place of the drop-down's English words, by the word of Answer.verdict.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    # “Right” was the drop-down's word in earlier sheets.
    "right": ("right", "ok", "okay", "o.k", "yes", "y", "good", "fine", "✓", "✔", "☑", "✅"),
    "change": (
        "change",
        "need a change",
        "needs change",
        "needs changing",
        "wrong",
        "incorrect",
        "not right",
    ),
    "unsure": ("unsure", "don't know", "do not know", "i don't know", "i am not sure", "i'm not sure", "?"),
}
CONSENT = frozenset(("✓", "✔", "☑", "✅", "yes", "y"))
NO_CONSENT = frozenset(("–", "-", "—", "no", "n"))
_QUOTES = str.maketrans("’‘`´", "''''")


def plain(text: str) -> str:
    """An answer or a heading without what does not count: case, full stops at the end, form of the spaces.

    >>> plain("  OK. ")
    'ok'
    """
    # U+FE0F asks for the coloured form of a character such as ✔.
    folded = unicodedata.normalize("NFKC", text).replace("\ufe0f", "").translate(_QUOTES).casefold()
    spaced = re.sub(r"\s*/\s*", " / ", " ".join(folded.split()))
    return re.sub(r"(?<=.)[\s.!,;:।۔]+$", "", spaced)


def answer_words(own: Mapping[str, str]) -> Mapping[str, str]:
    """The word of ``Answer.verdict`` for each accepted answer, in the form that :func:`plain` gives.

    ``own`` has the labels of the drop-down by msgctxt, in the reviewer's language or in both languages
    (“Correct / Dobrze”). The drop-down's own words win over a synonym.
    """
    words = {plain(text): verdict for verdict, texts in SYNONYMS.items() for text in texts}
    for context in VERDICTS:
        verdict, english, label = context.removeprefix("review."), LABELS[context], own.get(context, "")
        only_own = label.removeprefix(f"{english} / ")
        for text in (english, only_own, f"{english} / {only_own}", f"{only_own} / {english}"):
            if text.strip():
                words[plain(text)] = verdict
    return words


def consents(text: str) -> bool | None:
    """Whether the reviewer agreed that families see the name; None for words that are no answer to that."""
    said = plain(text)
    if said in CONSENT:
        return True
    return False if not said or said in NO_CONSENT else None
