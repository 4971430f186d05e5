"""Data does not change between stages: every dataclass of the program is frozen."""

import ast
from pathlib import Path

from tests.apart import apart

SOURCE = Path(__file__).parents[2] / "src" / "parentguide"
# What changes while one function or object works on it, and never leaves it.
CHANGING = {
    "translation/po/lines.py": 2,
    "build/parts.py": 1,
    "infra/ods.py": 1,
    "newsletter/pdf_limits.py": 1,
    "newsletter/pdf_tags.py": 2,
    "studio/services/build_queue.py": 1,
}


def _not_frozen(path: Path) -> int:
    """The number of dataclasses in a module that are not frozen."""
    count = 0
    for node in ast.walk(ast.parse(path.read_bytes())):
        for decorator in node.decorator_list if isinstance(node, ast.ClassDef) else ():
            name = decorator.func if isinstance(decorator, ast.Call) else decorator
            if isinstance(name, ast.Name) and name.id == "dataclass":
                keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
                frozen = {k.arg: k.value for k in keywords}.get("frozen")
                count += not (isinstance(frozen, ast.Constant) and frozen.value is True)
    return count


def test_every_dataclass_is_frozen_but_those_that_are_named() -> None:
    found = apart(lambda: {p: _not_frozen(p) for p in SOURCE.rglob("*.py")})
    changing = {p.relative_to(SOURCE).as_posix(): count for p, count in found.items() if count}
    assert changing == CHANGING
