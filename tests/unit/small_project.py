"""A project with one small guide of its own, so that no test depends on the words of real guides."""

import shutil
from pathlib import Path

from parentguide.model.domain import INTERFACE
from parentguide.newsletter.statements import read_statements
from parentguide.project.guide_acts import mark_ready
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project, default_root
from parentguide.translation import po

SLUG = "online-safety"
LETTER = """Online safety

We want every child to be safe online. Please read this letter with care.

- Children can be afraid to tell.
"""
# The context and English of the text that tests change.
CONTEXT = "children-can-be-afraid"
ENGLISH = "Children can be afraid to tell."
TAG = "pl"
POLISH = (
    "Bezpieczeństwo w internecie",
    "Chcemy, aby każde dziecko było bezpieczne w internecie. Prosimy uważnie przeczytać ten list.",
    "Dzieci mogą bać się o tym powiedzieć.",
    "Bezpieczeństwo w internecie. Od {school}, dla wszystkich rodziców: poradnik. W Twoim języku: {link}",
)


def small_project(root: Path) -> Project:
    """A guide of three texts and a text message, each with a Polish translation."""
    locales = root / "locales"
    locales.mkdir(parents=True)
    for name in ("languages.toml", f"{INTERFACE}.pot"):
        shutil.copyfile(default_root() / "locales" / name, locales / name)
    # Without contacts the guide has no box of whom to call: it stays small.
    new_guide(Project(root), SLUG, read_statements(LETTER))
    shutil.copyfile(default_root() / "locales" / "contacts.toml", locales / "contacts.toml")
    mark_ready(Project(root), SLUG)
    for made in locales.glob(f"*/LC_MESSAGES/{SLUG}.po"):
        # Only Polish has begun.
        shutil.rmtree(made.parents[1])
    project = Project(root)
    path = project.catalog_path(project.language(TAG), SLUG)
    catalog = po.merge(project.pot_path(SLUG).read_bytes(), None, project.language(TAG).locale, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        po.with_translations(catalog, dict(zip(project.source_messages(SLUG), POLISH, strict=True)), path)
    )
    return project
