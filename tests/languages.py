"""The languages that tests walk over, and what a build plans for each.

A quick run takes a sample: English, one language of each script, and each language whose files
differ from the branch ``main``, so that a translator's own words are always tested in full.

Decision: docs/decisions/0025-tests-in-profiles.md.
"""

import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import pytest

from parentguide.build.api import BuildRequest, plan
from parentguide.model.guide import Quotation, Segment
from parentguide.model.language import Language
from parentguide.model.output import Edition
from parentguide.model.walk import blocks_in, extract
from parentguide.project.project import Project
from parentguide.render.l10n import captions_of
from tests.profile import quick

PROJECT = Project()
Key = tuple[str, str]


@cache
def editions() -> dict[Key, Edition]:
    """Every edition of the project by slug and tag; planned once a process, on first use."""
    return {(e.guide.slug, e.language.tag): e for e in plan(PROJECT, BuildRequest()).editions}


def shown_segments(edition: Edition) -> list[Segment]:
    """The segments of an edition's text as readers see them: with the month in each caption and, in English,
    with the official words once."""
    quotations = [block for block in blocks_in(edition.guide.blocks) if isinstance(block, Quotation)]
    captions = captions_of(edition.guide, edition.language)
    helps = {part.id for block in quotations for part in block.help if edition.language.is_source}
    segments = extract(edition.guide.blocks)
    return [captions.get(segment.id, segment) for segment in segments if segment.id not in helps]


def one_of_each_script(languages: Iterable[Language]) -> list[Language]:
    """The first language of each script."""
    return list({language.script: language for language in reversed([*languages])}.values())


def changed_locales() -> set[str]:
    """The folders below ``locales/`` with files that differ from ``main``; none where git cannot tell."""
    try:
        base = _git("merge-base", "HEAD", "main").strip()
        names = _git("diff", "--name-only", base, "--", "locales").splitlines()
    except (OSError, subprocess.CalledProcessError):
        return set()
    return {parts[1] for name in names if len(parts := PurePosixPath(name).parts) > 2}


def _git(*arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(PROJECT.root), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def _sample() -> list[Language]:
    languages = [*PROJECT.complete_languages.values()]
    changed = changed_locales()
    chosen = {"en", "pl", "ur", *(language.tag for language in one_of_each_script(languages))}
    return [v for v in languages if v.tag in chosen or v.locale in changed]


EVERY = [*PROJECT.complete_languages.values()]
LANGUAGES = _sample() if quick() else EVERY
# Pages differ in structure in three ways only (test_pages_have_three_structures).
STRUCTURES = [PROJECT.languages[tag] for tag in ("en", "pl", "ur")]


def parameters(languages: Iterable[Language]) -> list[Any]:
    """Values for ``@pytest.mark.parametrize("edition", …, indirect=True)``: each guide in each language."""
    chosen = [*languages]
    return [
        pytest.param((slug, language.tag), id=f"{slug}-{language.tag}")
        for slug in PROJECT.slugs
        for language in chosen
    ]


EDITIONS = parameters(LANGUAGES)
TRANSLATED = parameters(language for language in LANGUAGES if not language.is_source)
EACH_SCRIPT = parameters(one_of_each_script(EVERY))
EACH_SCRIPT_TRANSLATED = parameters(one_of_each_script(v for v in EVERY if not v.is_source))
EACH_STRUCTURE = parameters(STRUCTURES)
