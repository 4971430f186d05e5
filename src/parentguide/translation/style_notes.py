"""A glossary -> the notes that its readers see first."""

from parentguide.model.style_notes import NotedTerm, StyleNotes
from parentguide.translation.glossary import Glossary, Watch

_HEADINGS = ("address", "gender", "digits", "punctuation", "notes")


def style_notes(glossary: Glossary) -> StyleNotes:
    """Questions, traps (also those that a check looks for), remarks and terms, in the glossary's order."""
    return StyleNotes(
        glossary.questions,
        (
            *((trap.about, trap.advice) for trap in glossary.traps),
            *((watch.kind, _advice(watch)) for watch in glossary.watches),
        ),
        tuple(
            (name.capitalize(), str(remark))
            for name in _HEADINGS
            if (remark := getattr(glossary.style, name)) is not None
        ),
        tuple(NotedTerm(one.english, one.term, one.rejected, one.reason) for one in glossary.terms),
    )


def _advice(watch: Watch) -> str:
    joined = ", " if watch.words else " or "
    words = joined.join(f"“{word}”" for word in watch.words or watch.needs)
    where = f" for “{watch.english}”" if watch.english else ""
    said = f"Avoid {words}" if watch.words else f"Say {words}"
    return f"{said}{where}: {watch.reason}"
