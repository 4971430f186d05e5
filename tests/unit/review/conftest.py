"""A small project for the tests of review: the shipped guide in English and Polish."""

import shutil
from pathlib import Path

import pytest

from parentguide.project.project import Project, default_root
from parentguide.translation import po

WRONG_NUMBER = "0800 111 111"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of the project; a test may write to it."""
    source, target = default_root() / "locales", tmp_path / "project" / "locales"
    target.mkdir(parents=True)
    for folder in ("en", "pl"):
        shutil.copytree(source / folder, target / folder)
    for file in source.iterdir():
        if file.is_file() and file.name not in ("QUALITY.md", "languages.toml"):
            shutil.copy(file, target)
    tables = (source / "languages.toml").read_text("utf-8").split("\n[")
    kept = [
        table for table in tables if table.partition("]")[0].strip('["').partition(".")[0] in ("en", "pl")
    ]
    (target / "languages.toml").write_text("\n[".join(["", *kept]).lstrip("\n"), "utf-8")
    return tmp_path / "project"


def translate(root: Path, texts: dict[str, str], *, fuzzy: bool = False, domain: str = "cse") -> None:
    """Put texts into the Polish catalog, by msgctxt."""
    project = Project(root)
    path = project.catalog_path(project.language("pl"), domain)
    path.write_bytes(po.with_translations(path.read_bytes(), texts, path, fuzzy=fuzzy))


def polish(root: Path, context: str) -> str:
    project = Project(root)
    return project.catalog(project.language("pl"), "cse")[context].text


def break_nspcc(root: Path) -> None:
    """The fault of the critique: a wrong number in place of the placeholder for the helpline's."""
    text = polish(root, "call-nspcc")
    assert "{nspcc}" in text
    translate(root, {"call-nspcc": text.replace("{nspcc}", WRONG_NUMBER)})
