"""``make mutants``: plant small faults in the program, one at a time, and see whether the tests find them.

Each mutant changes one expression of one module, chosen by a seed that is printed: a comparison, a
condition, a number, a boolean, or what a function returns. A copy of the checkout is changed, never the
checkout. The unit tests run first; only a mutant that they miss meets the whole quick run.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "parentguide"
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
# Not copied: environments and history. The tests find everything else where it is in a checkout.
_LEFT_OUT = {".git", ".venv", ".venv-dev"}


@dataclass(frozen=True)
class Mutant:
    """One change: the text from ``start`` to ``end`` (line from 1, column in UTF-8 bytes) becomes ``new``."""

    path: Path
    start: tuple[int, int]
    end: tuple[int, int]
    new: str

    def applied(self, data: bytes) -> bytes:
        """The module's bytes with the fault in it."""
        lines = data.splitlines(keepends=True)
        before = b"".join(lines[: self.start[0] - 1]) + lines[self.start[0] - 1][: self.start[1]]
        after = lines[self.end[0] - 1][self.end[1] :] + b"".join(lines[self.end[0] :])
        return before + self.new.encode("utf-8") + after

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.start[0]}: {self.new}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(path.read_text("utf-8"))
    without_effect = {id(inner) for node in ast.walk(tree) if _is_cache(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        new = None if id(node) in without_effect else _mutated(node)
        if new is not None:
            assert isinstance(node, ast.expr | ast.stmt)
            end = (node.end_lineno or node.lineno, node.end_col_offset or 0)
            yield Mutant(path, (node.lineno, node.col_offset), end, new)


def _is_cache(node: ast.AST) -> bool:
    """``@lru_cache(maxsize=…)``: its size changes what is remembered, and no result."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lru_cache"


def _mutated(node: ast.AST) -> str | None:  # noqa: PLR0911 - one return a kind of node
    """The source of a faulty node; None where there is no fault to plant."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _OPPOSITE:
            return ast.unparse(ast.Compare(left, [_OPPOSITE[type(op)]()], [right]))
        case ast.BoolOp(op=ast.And(), values=values):
            return f"({ast.unparse(ast.BoolOp(ast.Or(), values))})"
        case ast.BoolOp(op=ast.Or(), values=values):
            return f"({ast.unparse(ast.BoolOp(ast.And(), values))})"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"({ast.unparse(operand)})"
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            return "return None"
        case ast.Constant(value=bool() as flag):
            return str(not flag)
        case ast.Constant(value=int() as number):
            return str(number + 1)
    return None


def chosen(count: int, seed: int) -> list[Mutant]:
    """``count`` mutants spread over all packages, the same for the same seed."""
    source = random.Random(seed)  # noqa: S311 - the choice of faults is not a secret
    packages: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        packages.setdefault(path.relative_to(PACKAGE).parts[0], []).append(path)
    found: list[Mutant] = []
    names = sorted(
        name for name in packages if any(mutants for p in packages[name] for mutants in mutants_of(p))
    )
    while len(found) < count:
        for name in source.sample(names, min(len(names), count - len(found))):
            every = [mutant for path in packages[name] for mutant in mutants_of(path)]
            found.append(source.choice(every))
    return found


def _found_by(folder: Path, *arguments: str) -> bool:
    """Whether a run of the tests in ``folder`` fails."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "CI": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "auto", *arguments],
        cwd=folder, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode != 0


def _left_out(folder: str, names: list[str]) -> set[str]:
    """What :func:`shutil.copytree` does not copy of a folder."""
    return {"__pycache__", *(_LEFT_OUT if Path(folder) == ROOT else ())} & set(names)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--unit-only", action="store_true", help="do not run the whole quick run")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    missed = 0
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "checkout"
        shutil.copytree(ROOT, copy, ignore=_left_out, symlinks=True)
        if _found_by(copy, "tests/unit"):
            raise SystemExit("The unit tests fail without any fault: fix them first.")
        for number, mutant in enumerate(chosen(options.count, options.seed), 1):
            target = copy / mutant.path.relative_to(ROOT)
            good = target.read_bytes()
            target.write_bytes(mutant.applied(good))
            if _found_by(copy, "tests/unit"):
                verdict = "found by make unit"
            elif not options.unit_only and _found_by(copy):
                verdict = "found by make test"
            else:
                verdict, missed = "MISSED", missed + 1
            target.write_bytes(good)
            print(f"{number:>3} {verdict}: {mutant}", flush=True)
    print(f"{options.count - missed} of {options.count} found", flush=True)


if __name__ == "__main__":
    main()
