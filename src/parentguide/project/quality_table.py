"""``locales/QUALITY.md``: what is known of each translation, from the data in its folder.

The tables are made from ``languages.toml`` (the translator's confidence) and ``revision.toml`` (what up to
five readings found, by MQM severity and type). They have nothing that a changed translation would
change: ``parentguide status`` and ``parentguide review status`` show what changes often.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from parentguide.infra.files import read_text
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.project.revision_file import (
    DIMENSIONS,
    NOT_STATED,
    READINGS,
    SEVERITIES,
    Revision,
    parse_revision,
)

_HEADER = """# What is known of each translation

Made by `parentguide quality` from the data in each language's folder; do not edit it. Each reading is a
blind back-translation, which somebody else compared with the English. **All readers were AI language
models and none was a human**: they find errors, and approve nothing. `parentguide review status` shows
what bilingual people have checked.

The three numbers of a reading are its critical, major and minor errors (severities of MQM), as the readers
gave them; “–” means that the reading was not made, “at least” that only what was changed is recorded.
“Fluency” is the last reading's, from 1 to 5. “Refused” errors were weighed and the words kept, with a
reason in `revision.toml`. “Left” errors were found and not fixed.

"""
_TYPES = """
## Errors by type

The types are dimensions of MQM, in all languages together.

"""
_NAMES = ("first", "second", "third", "fourth", "fifth")
_OF_ALL, _OF_SOME = 4, 5
_NOT_MADE = "–"


def quality_path(project: Project) -> Path:
    """Where the table is written."""
    return project.locales / "QUALITY.md"


def read_revision(project: Project, language: Language) -> Revision | None:
    """What the language's readings found; None without a file.

    Raises :class:`SourceError` with every mistake.
    """
    path = project.locales / language.locale / "revision.toml"
    return parse_revision(read_text(path), path) if path.exists() else None


def quality_table(project: Project) -> str:
    """The file's text, with a row for each translation in the order of ``languages.toml``.

    Raises :class:`SourceError` for a ``revision.toml`` of another shape.
    """
    languages = [language for language in project.languages.values() if not language.is_source]
    revisions = {
        language.tag: revision
        for language in languages
        if not language.in_progress and (revision := read_revision(project, language)) is not None
    }
    rows = [_row(language, revisions.get(language.tag)) for language in languages]
    heads = ("language", "tag", "confidence", *_heads(), "fluency", "refused", "left")
    return _HEADER + "\n".join([*_top(heads), *rows, ""]) + _types(revisions) + _last(revisions)


def _row(language: Language, revision: Revision | None) -> str:
    if language.in_progress:
        # Nobody has looked for errors yet, and zeros would say that there are none.
        return _line(language.english_name, language.tag, "in progress", *[_NOT_MADE] * (len(READINGS) + 3))
    revision = revision or Revision()
    last = revision.reading(_last_number(revision))
    return _line(
        language.english_name,
        language.tag,
        language.confidence or NOT_STATED,
        *(_counts(revision, number) for number in READINGS),
        str(last.fluency) if last else _NOT_MADE,
        str(sum(finding.decision == "refused" for finding in revision.findings)),
        str(sum(finding.left for finding in revision.findings)),
    )


def _counts(revision: Revision, number: int) -> str:
    """“0 / 2 / 27”: the reading's critical, major and minor errors.

    Of the second reading, what was changed was recorded before the readings were: those are not all errors.
    """
    found = Counter(finding.severity for finding in revision.found_by(number))
    if not found and revision.reading(number) is None:
        return _NOT_MADE
    counts = " / ".join(str(found[severity]) for severity in SEVERITIES)
    return counts if number == min(READINGS) or revision.reading(number) else f"at least {counts}"


def _types(revisions: Mapping[str, Revision]) -> str:
    found = Counter(
        (finding.dimension, finding.reading)
        for revision in revisions.values()
        for finding in revision.findings
    )
    made = {number: any(_made(revision, number) for revision in revisions.values()) for number in READINGS}
    kinds = [kind for kind in (*DIMENSIONS, NOT_STATED) if any(found[kind, number] for number in READINGS)]
    rows = [
        _line(kind, *(str(found[kind, number]) if made[number] else _NOT_MADE for number in READINGS))
        for kind in kinds
    ]
    return _TYPES + "\n".join([*_top(("type", *_heads())), *rows, ""]) if rows else ""


def _last(revisions: Mapping[str, Revision]) -> str:
    """The last readings in one paragraph; "" before the fourth was made."""
    fourth = [(revision, _OF_ALL) for revision in revisions.values() if revision.reading(_OF_ALL)]
    if not fourth:
        return ""
    said = (
        "\nThe fourth reading was made by others, after what the third found was weighed, of"
        f" {len(fourth)} of {len(revisions)} languages: {_said(fourth)}."
    )
    fifth = [(revision, _OF_SOME) for revision in revisions.values() if revision.reading(_OF_SOME)]
    if not fifth:
        return f"{said}\n"
    last = [(revision, _last_number(revision)) for revision, _ in fourth]
    return (
        f"{said} After its errors were fixed, others again made a fifth reading of the whole text of"
        f" {len(fifth)} languages: {_said(fifth)}. The last reading of each language: {_said(last)}.\n"
    )


def _said(readings: Sequence[tuple[Revision, int]]) -> str:
    """What these readings, each of a language and by its number, found together."""
    found = Counter(f.severity for revision, number in readings for f in revision.found_by(number))
    fluency = [record.fluency for revision, number in readings if (record := revision.reading(number))]
    return (
        f"{found['critical']} critical, {found['major']} major and {found['minor']} minor errors, or"
        f" {found['minor'] / len(readings):.1f} minor a language; the lowest fluency is {min(fluency)}"
    )


def _last_number(revision: Revision) -> int:
    """The number of the last reading that was made."""
    return _OF_SOME if revision.reading(_OF_SOME) else _OF_ALL


def _heads() -> list[str]:
    return [f"{_NAMES[number - 1]} reading" for number in READINGS]


def _top(heads: Sequence[str]) -> tuple[str, str]:
    """The first two lines of a table."""
    return _line(*heads), f"|{'---|' * len(heads)}"


def _made(revision: Revision, number: int) -> bool:
    return revision.reading(number) is not None or bool(revision.found_by(number))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
