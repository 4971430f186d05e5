"""``locales/QUALITY.md``: what is known of each translation, from the data beside it.

Read are ``languages.toml`` (the confidence of whoever translated), ``revision.toml`` (errors
found by a second and third pair of eyes, by MQM severity) and the catalogs.
"""

import re
from collections import Counter
from pathlib import Path
from typing import Any

from parentguide.infra.files import read_text
from parentguide.infra.toml import parse_toml
from parentguide.model.language import Language
from parentguide.project.pot import domains
from parentguide.project.project import Project
from parentguide.review.status import language_review
from parentguide.translation import po

_HEADER = """# What is known of each translation

Made by `parentguide quality` from the data in each language's folder; do not edit it. “Draft” means that
no bilingual person has checked it. The errors were found by a blind back-translation and a comparison,
both made by AI language models: they find errors, and approve nothing. “Left” are errors that were found
and not mended. A Han character counts as a word.

| language | tag | messages | words | state | confidence | critical | major | minor | left |
|---|---|---|---|---|---|---|---|---|---|
"""
# Words between spaces; in Han text, which has none, characters.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+")
_SEVERITIES = ("critical", "major", "minor")


def quality_table(project: Project) -> str:
    """The file's text, a row a language in the order of ``languages.toml``."""
    rows = [_row(project, language) for language in project.languages.values() if not language.is_source]
    return _HEADER + "\n".join(rows) + "\n"


def _row(project: Project, language: Language) -> str:
    folder = project.locales / language.locale
    texts = [
        text
        for domain in domains(project)
        for text in po.catalog_status(
            project.source_messages(domain), project.catalog(language, domain)
        ).ready.values()
    ]
    words = sum(len(_WORD.findall(text)) for text in texts)
    findings = _table(folder / "revision.toml").get("finding", [])
    severities = Counter(finding["severity"] for finding in findings)
    left = sum(not finding.get("after") for finding in findings)
    cells = [
        language.english_name,
        language.tag,
        str(len(texts)),
        str(words),
        language_review(project, language, domains(project)).state,
        language.confidence or "not stated",
        *(str(severities[severity]) for severity in _SEVERITIES),
        str(left),
    ]
    return f"| {' | '.join(cells)} |"


def _table(path: Path) -> dict[str, Any]:
    return parse_toml(read_text(path), path) if path.exists() else {}
