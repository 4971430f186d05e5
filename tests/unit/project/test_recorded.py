"""Every module that writes files of a project keeps their earlier versions."""

import ast
from pathlib import Path

import pytest

import parentguide

PACKAGE = Path(parentguide.__file__).parent
WRITERS = {"write_file", "write_files", "write_text"}
RECORDERS = {"recorded", "write_recorded"}
# What these write is no content of a project.
OTHERS = {
    "cli/components.py": "a page to look at, with --out",
    "cli/print_run.py": "a PDF for a printer",
    "cli/review.py": "a review sheet; an earlier one is kept beside it",
    "machine/answer_cache.py": "the user's cache folder",
    "project/forget_name.py": "the history itself",
    "project/history_health.py": "the history itself",
    "review/shown.py": "the user's cache folder",
    "studio/services/newsletter_work.py": "a newsletter that is being corrected, before there is a guide",
    "studio/security/invitations.py": "who may open a language, in the user's folder",
    "studio/services/typed_blocks.py": "what somebody types, before it is saved",
    "studio/services/guide_work.py": "what somebody types, before it is saved",
}


def called(path: Path) -> set[str]:
    tree = ast.parse(path.read_bytes())
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


MODULES = [
    path
    for folder in ("cli", "machine", "project", "review", "schools", "studio")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
    if called(path) & WRITERS
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_that_writes_records(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    assert bool(called(path) & RECORDERS) is not (name in OTHERS), name


def test_the_exceptions_still_write() -> None:
    assert set(OTHERS) <= {path.relative_to(PACKAGE).as_posix() for path in MODULES}
