"""The files that translators of one guide work with, brought up to date or made where they are missing."""

from collections.abc import Iterable
from pathlib import Path

from parentguide.infra.files import read_bytes
from parentguide.model.language import Language
from parentguide.project.project import Project
from parentguide.translation import po


def catalogs_for(
    project: Project, domain: str, pot: bytes, languages: Iterable[Language] | None = None
) -> dict[Path, bytes]:
    """The PO files that are missing or old, with their new bytes; ``pot`` is the domain's POT file.

    No translation is lost. ``languages``: all of the project, if there are any. Raises our errors for a
    broken file.
    """
    if languages is None:
        listed = (project.locales / "languages.toml").exists()
        languages = project.languages.values() if listed else ()
    files = {}
    for language in languages:
        if language.is_source:
            continue
        path = project.catalog_path(language, domain)
        before = read_bytes(path) if path.exists() else None
        merged = po.merge(pot, before, language.locale, path)
        if merged != before:
            files[path] = merged
    return files
