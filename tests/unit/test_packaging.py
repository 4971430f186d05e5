"""The declared dependencies: everything that is imported, nothing that is not, and exact versions."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from parentguide.infra.fonts import FONT_PACKAGES
from tests.apart import apart

ROOT = Path(__file__).parents[2]
OUR_OWN = {"parentguide", "tests", "release"}
# Declared, and imported by another package than ours.
INDIRECT = {
    "python-multipart": "Starlette reads forms with it",
}
# Declared in the extra dev, and run as programs or used by another tool.
TOOLS = {
    "import-linter": "make lint",
    "mypy": "make lint",
    "outloud": "reads PDFs aloud",
    "pdfua": "checks PDFs",
    "pytest-cov": "measures coverage",
    "pytest-xdist": "pytest -n",
    "ruff": "make lint",
    "translate-toolkit": "pofilter",
}


def normal(name: str) -> str:
    """A distribution's name in the form in which names are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def declared(*extras: str) -> frozenset[str]:
    """The distributions that pyproject.toml declares, with those of ``extras``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    entries = [*project["dependencies"], *(e for x in extras for e in project["optional-dependencies"][x])]
    return frozenset(normal(re.split(r"[\s<>=!~;\[(]", entry, maxsplit=1)[0]) for entry in entries)


def imported(files: Iterable[Path]) -> dict[str, Path]:
    """The top-level modules that the files import, ours and Python's aside, each with one file."""
    return apart(lambda: _imported(files))


def _imported(files: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in files:
        for node in ast.walk(ast.parse(path.read_bytes())):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                module = name.split(".")[0]
                if module not in sys.stdlib_module_names and module not in OUR_OWN:
                    found.setdefault(module, path)
    return found


@cache
def distributions(module: str) -> frozenset[str]:
    """The distributions that a module may come from; its own name if it is not installed."""
    return frozenset(map(normal, _installed().get(module, [module])))


@cache
def _installed() -> dict[str, list[str]]:
    return dict(packages_distributions())


def _source() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.py"))


def _tests(bench: bool) -> list[Path]:
    files = [p for p in (ROOT / "tests").rglob("*.py") if "node_modules" not in p.parts]
    return sorted(p for p in files if ("bench" in p.relative_to(ROOT / "tests").parts) == bench)


@pytest.mark.parametrize(
    ("files", "extras"),
    [(_source(), ()), (_tests(bench=False), ("dev",)), (_tests(bench=True), ("dev", "bench"))],
    ids=["program", "tests", "bench"],
)
def test_everything_imported_is_declared(files: list[Path], extras: tuple[str, ...]) -> None:
    assert files
    missing = {
        module: path.relative_to(ROOT).as_posix()
        for module, path in imported(files).items()
        if not distributions(module) & declared(*extras)
    }
    assert missing == {}


def _unused(entries: frozenset[str], files: list[Path], known: Iterable[str]) -> set[str]:
    used = {name for module in imported(files) for name in distributions(module)}
    return set(entries) - used - set(known)


def test_the_program_declares_nothing_that_it_does_not_use() -> None:
    known = {*INDIRECT, *map(normal, FONT_PACKAGES)}
    assert _unused(declared(), _source(), known) == set()


def test_the_extras_declare_nothing_that_is_not_used() -> None:
    types = {name for name in declared("dev") if name.startswith("types-")}
    only_dev = declared("dev") - declared()
    assert _unused(only_dev, _tests(bench=False), {*TOOLS, *types}) == set()
    assert {name.removeprefix("types-") for name in types} <= declared("dev")
    # Sphinx and WeasyPrint run in processes of their own.
    programs = {"sphinx", "weasyprint"}
    assert _unused(declared("bench") - declared(), _tests(bench=True), programs) == set()


def test_constraints_give_one_exact_version_for_everything_declared() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []
    names = [normal(line.split("==")[0]) for line in lines]
    assert len(names) == len(set(names))
    assert declared("dev", "bench") - set(names) == set()
    assert lines == sorted(lines, key=str.lower)


def test_an_import_that_is_not_declared_is_found(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "import json\n\ndef f():\n    from nowhere.to import be\n    import os, PIL.Image\n", "utf-8"
    )
    found = imported([path])
    assert set(found) == {"nowhere", "PIL"}
    assert distributions("PIL") & declared()
    assert not distributions("nowhere") & declared("dev", "bench")
