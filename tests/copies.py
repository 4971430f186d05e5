"""Copies of the project with a few languages, for tests that change files."""

import re
import shutil
from pathlib import Path

from parentguide.project.project import Project
from tests.languages import PROJECT


def copy_project(root: Path, *tags: str) -> Project:
    """The project's templates, and its words in these languages and in English, in the folder ``root``."""
    chosen = {"en", *tags}
    kept = {PROJECT.languages[tag].locale for tag in chosen}
    left_out = {language.locale for language in PROJECT.languages.values()} - kept
    shutil.copytree(PROJECT.templates, root / "templates")
    shutil.copytree(PROJECT.locales, root / "locales", ignore=shutil.ignore_patterns(*left_out))
    languages = root / "locales" / "languages.toml"
    head, *tables = re.split(r"(?m)^(?=\[)", languages.read_text("utf-8"))
    tables = [table for table in tables if re.split(r"[].]", table[1:])[0] in chosen]
    languages.write_text(head + "".join(tables), "utf-8")
    return Project(root)
