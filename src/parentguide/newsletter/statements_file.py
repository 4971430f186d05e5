"""``statements.tsv``: the statements of a guide's newsletter, as a person confirmed them.

A guide names statements by their numbers, so the numbers must not change when the reader of newsletters
gets better. The file is plain: one line a statement, its kind, a tab, its words. Lines that begin with
``#`` are comments.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from parentguide.errors import Problem, SourceError
from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.cleaning import clean, single_spaced
from parentguide.newsletter.limits import checked_length, checked_lines
from parentguide.newsletter.passages import LeftOut

STATEMENTS_FILE = "statements.tsv"
FIRST_LINE = "# Statements of a newsletter"
_HEAD = f"""{FIRST_LINE}, one a line: what it is, a tab, its words.
# What it can be: {", ".join(StatementKind)}. The first line below is statement 1.
# The guide names statements by these numbers: do not add, move or delete a line.
"""
_LEFT_OUT = "#\n# Left out of the newsletter, because it is not part of its text:\n"
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_FORM = "Write what it is, a tab, and its words on one line."


def statements_text(statements: Sequence[Statement], left_out: Sequence[LeftOut] = ()) -> str:
    """The text of the file. Its end has as comments what the reader ``left_out``."""
    rows = "".join(f"{statement.kind}\t{statement.text}\n" for statement in statements)
    return _HEAD + rows + (_LEFT_OUT + "".join(map(_comment, left_out)) if left_out else "")


def _comment(left_out: LeftOut) -> str:
    place = f", page {left_out.page}" if left_out.page else f", line {left_out.line}" if left_out.line else ""
    return f"#   {single_spaced(left_out.text)} ({left_out.reason}{place})\n"


def parse_statements(text: str, path: Path | None = None) -> tuple[Statement, ...]:
    """The statements of the file, numbered from 1; ``line`` is the line of the file.

    Raises :class:`SourceError` with every line that is not a statement, for a file without statements, and
    for one that is far too long.
    """
    statements: list[Statement] = []
    problems: list[Problem] = []
    rows = checked_lines(_LINE_BREAK.split(checked_length(text.removeprefix("\ufeff"))), len(text))
    for line, row in enumerate(rows, 1):
        if not row.strip() or row.startswith("#"):
            continue
        kind, _, words = row.partition("\t")
        problem = _problem(kind, words, has_tab="\t" in row)
        if problem:
            problems.append(Problem(problem, _FORM, path=path, line=line))
            continue
        statements.append(Statement(len(statements) + 1, StatementKind(kind), words.strip(), line))
    if problems:
        raise SourceError.of(problems)
    if not statements:
        raise SourceError("there are no statements in this file", path=path, remedy=_FORM)
    return tuple(statements)


def _problem(kind: str, words: str, *, has_tab: bool) -> str:
    """What is wrong with a line; empty if nothing is."""
    if not has_tab:
        return "this line has no tab"
    if kind not in set(StatementKind):
        return f"“{single_spaced(clean(kind))[:40]}” is not one of: {', '.join(StatementKind)}"
    if not words.strip():
        return "this statement has no words"
    return "the words have a tab in them" if "\t" in words else ""
