"""``locales/PLAINNESS.md``: sentence and word length of each translation, and its longest sentences.

``parentguide quality`` renews it, and ``parentguide check`` never calls it out of date: any corrected word
would make it so, and a translator has to run nothing.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from parentguide.checks.plainness import Plainness, plainness, running_text
from parentguide.infra.files import read_text
from parentguide.model.language import Language
from parentguide.project.plainness_file import Measure, parse_plainness
from parentguide.project.project import Project

_LONGEST = 10
_SHOWN = 90  # characters of a sentence
_HEADER = """# How long sentences and words are

Made by `parentguide quality` from the running text of the guides (no headings, no official quotation); do not
edit it. It shows the words at that time. The figures are for translators: a long sentence is often one to
split. Languages differ, so compare a language with its own measure where there is one, not with English.

A sentence of Chinese has no words that spaces separate: its characters are counted.

| language | tag | words a sentence | letters a word | longest | measure | value | which means |
|---|---|---|---|---|---|---|---|
"""


def plainness_path(project: Project) -> Path:
    """Where the table is written."""
    return project.locales / "PLAINNESS.md"


def measures_of(project: Project) -> Mapping[str, Measure]:
    """The published measures by language tag; none without ``plainness.toml``.

    Raises :class:`SourceError` with every mistake.
    """
    path = project.own_or_ours("plainness.toml")
    return parse_plainness(read_text(path), path) if path.exists() else {}


def plainness_table(project: Project) -> str:
    """The file's text: English first, then each translation in the order of ``languages.toml``."""
    measures = measures_of(project)
    measured = {
        tag: plainness(running_text(project, language), language, measures.get(tag))
        for tag, language in project.languages.items()
        if not language.in_progress
    }
    return "".join(_lines(project.languages, measured, measures))


def _lines(
    languages: Mapping[str, Language], measured: Mapping[str, Plainness], measures: Mapping[str, Measure]
) -> Iterator[str]:
    yield _HEADER
    for tag, found in measured.items():
        yield _row(languages[tag], found, measures.get(tag))
    used = [measures[tag] for tag in measured if tag in measures]
    if used:
        yield "\n## Sources of the measures\n\n"
        yield from (f"- {measure.name}: {measure.source}.\n" for measure in used)
    yield "\n## The longest sentences\n"
    for tag, found in measured.items():
        if not languages[tag].is_source and found.sentences:
            yield f"\n### {languages[tag].english_name} ({tag})\n\n"
            for one in found.longest(_LONGEST):
                yield f"- {one.length}, `{one.context}`: {_shortened(one.text)}\n"


def _row(language: Language, found: Plainness, measure: Measure | None) -> str:
    longest = max((one.length for one in found.sentences), default=0)
    unit = "" if language.word_spaces else " characters"
    cells = [
        language.english_name,
        language.tag,
        f"{found.length:.1f}{unit}",
        f"{found.letters:.1f}" if language.word_spaces else "–",
        f"{longest}{unit}",
    ]
    if measure and found.sentences:
        value = found.value(measure)
        cells += [measure.name, f"{value:.1f}", measure.meaning(value) or "–"]
    else:
        cells += ["–"] * 3
    return f"| {' | '.join(cells)} |\n"


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
