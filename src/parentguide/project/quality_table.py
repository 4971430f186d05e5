"""``locales/QUALITY.md``: what is known of each translation, from the data in its folder.

The table is made from ``languages.toml`` (the translator's confidence) and ``revision.toml`` (errors
found by a second and third reader, by MQM severity). It has nothing that a changed translation
would change: ``parentguide status`` and ``parentguide review status`` show what changes often.
"""

from collections import Counter
from pathlib import Path

from parentguide.infra.files import read_text
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.project.revision_file import SEVERITIES, parse_revision

_HEADER = """# What is known of each translation

Made by `parentguide quality` from the data in each language's folder; do not edit it. The errors were
found by a blind back-translation and a comparison, both made by AI language models: they find errors, and
approve nothing. “Left” is the number of errors that were found and not fixed. `parentguide review status`
shows what bilingual people have checked.

| language | tag | confidence | critical | major | minor | left |
|---|---|---|---|---|---|---|
"""


def quality_path(project: Project) -> Path:
    """Where the table is written."""
    return project.locales / "QUALITY.md"


def quality_table(project: Project) -> str:
    """The file's text, with a row for each translation in the order of ``languages.toml``.

    Raises :class:`SourceError` for a ``revision.toml`` of another shape.
    """
    rows = [_row(project, language) for language in project.languages.values() if not language.is_source]
    return _HEADER + "\n".join(rows) + "\n"


def _row(project: Project, language: Language) -> str:
    if language.in_progress:
        # Nobody has looked for errors yet, and zeros would say that there are none.
        return f"| {' | '.join([language.english_name, language.tag, 'in progress', *['–'] * 4])} |"
    path = project.locales / language.locale / "revision.toml"
    findings = parse_revision(read_text(path), path) if path.exists() else ()
    severities = Counter(finding.severity for finding in findings)
    cells = [
        language.english_name,
        language.tag,
        language.confidence or "not stated",
        *(str(severities[severity]) for severity in SEVERITIES),
        str(sum(not finding.after for finding in findings)),
    ]
    return f"| {' | '.join(cells)} |"
