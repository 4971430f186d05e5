"""Long texts of every kind that people give are read behind limits, with the same results and errors; the
worst short ones cost little."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from parentguide.errors import ParentguideError, SchoolFileError, SourceError
from parentguide.infra import limited as limits
from parentguide.infra import limited_worker
from parentguide.infra.json_text import parse_json
from parentguide.infra.spreadsheet_rows import spreadsheet_sheets
from parentguide.infra.toml import parse_toml
from parentguide.infra.yaml_text import parse_yaml
from parentguide.model.shown_words import words_digest
from parentguide.newsletter.reading import read_newsletter, read_pasted
from parentguide.newsletter.statements_file import FIRST_LINE
from parentguide.project.guide_file import parse_guide
from parentguide.project.newsletter_file import kept_statements
from parentguide.review.ledger import Kind, Record, ledger_bytes, read_ledger
from parentguide.schools.school_file import parse_school
from parentguide.schools.school_text import revised_school_text
from parentguide.schools.spreadsheet import read_schools
from parentguide.schools.table_header import heading_score
from parentguide.translation import po
from parentguide.translation.po import merging

HERE = Path("given.file")
FRONT = "---\ntitle: T\nnewsletter: n.txt\n---\n"
HEADER = 'msgid ""\nmsgstr ""\n\n'
A_TO_Z = ".".join("abcdefghijklmnopqrstuvwxyz")


def filled(unit: str, length: int, before: str = "", after: str = "") -> str:
    return before + unit * ((length - len(before) - len(after)) // len(unit)) + after


def numbered(form: str, length: int, before: str = "") -> str:
    """``form`` with the numbers from 0, until the text has ``length`` characters."""
    return before + "".join(form % n for n in range((length - len(before)) // len(form % 10_000)))


def schools(text: str) -> object:
    sheets = spreadsheet_sheets(text.encode(), HERE, heading_score)
    return [(row.number, dict(row.cells)) for row in sheets[0].rows()]


def ledger(text: str) -> object:
    return read_ledger(text.encode(), "pl", HERE)


def records(length: int) -> str:
    record = Record(
        context="title",
        kind=Kind.CHECKED,
        role="Teacher",
        date=date(2026, 11, 23),
        english="Do not share",
        translation="Nie",
        digest=words_digest("title", "pl", "Do not share", "Nie"),
    )
    lines = ledger_bytes([record], ["title"]).decode()
    return lines + lines.splitlines(keepends=True)[-1] * (length // len(lines))


@dataclass(frozen=True)
class Kinds:
    """A reader; the length up to which it reads in the program; long texts of ``good`` and ``bad`` words;
    and the ``worst`` texts that are known, as functions of a length."""

    read: Callable[[str], object]
    short: int
    good: str
    bad: str
    worst: dict[str, Callable[[int], str]]


KINDS = {
    "toml": Kinds(
        lambda text: parse_toml(text, HERE, SchoolFileError),
        60_000,
        numbered("k%d = [2026-01-02, 2026-01-02T03:04:05Z, 1.5, '“ł”', {a = true}]\n", 200_000),
        numbered("k%d = 1\n", 200_000) + "k1 =",
        {
            "lists": lambda n: filled("1,", n, "a=[", "]"),
            "inline tables": lambda n: filled("{a=1},", n, "a=[", "]"),
            "deep lists": lambda n: filled("[" * 28 + "]" * 28 + ",", n, "a=[", "]"),
            "dotted keys": lambda n: numbered(A_TO_Z + "%d=1\n", n),
            "tables": lambda n: numbered("[a.t%d]\n", n),
            "quotes": lambda n: filled('""', n, 'a="""'),
        },
    ),
    "json": Kinds(
        parse_json,
        500_000,
        filled('{"a": [1, 2.5, null, true, "ł\\n"]},', 700_000, "[", "1]"),
        filled("1,", 700_000, "[", "x]"),
        {
            "lists": lambda n: filled("[],", n, "[", "1]"),
            "deep lists": lambda n: filled("[" * 28 + "]" * 28 + ",", n, "[", "1]"),
            "halves": lambda n: filled("\\ud83d\\ude00", n, '["', '"]'),
            "quotes": lambda n: filled('"', n, "["),
        },
    ),
    "yaml": Kinds(
        lambda text: parse_yaml(text, HERE, "the front matter", 2),
        5_000,
        numbered("k%d: [2026-01-02, 2026-01-02T03:04:05Z, 1.5, ł, {a: yes}]\n", 12_000),
        numbered("k%d: 1\n", 12_000) + "x: y: z",
        {
            "flow": lambda n: filled("a,", n, "a: [", "]"),
            "deep lists": lambda n: filled("[" * 15 + "]" * 15 + ",", n, "a: [", "]"),
            "pairs": lambda n: filled("{a: 1},", n, "a: !!pairs [", "]"),
            "merges": lambda n: filled("<<: [{a: 1},{a: 2}]\n", n),
        },
    ),
    "po": Kinds(
        lambda text: po.read_catalog(text.encode(), HERE),
        100_000,
        numbered('#, fuzzy\n#| msgid "b"\nmsgctxt "c%d"\nmsgid "a"\nmsgstr "ł"\n\n', 200_000, HEADER),
        numbered('msgctxt "c%d"\nmsgid "a"\nmsgstr "b"\n\n', 200_000, HEADER) + 'msgid "a\n',
        {
            "content types": lambda n: filled("Content-Type: ", n, 'msgid "x'),
            "charsets": lambda n: filled("Content-Type: charset", n, 'msgid ""\nmsgstr "'),
            "messages": lambda n: numbered('msgid "%d"\nmsgstr ""\n', n),
            "mistakes": lambda n: filled("x\n", n),
            "lines of one message": lambda n: filled('""\n', n, 'msgctxt "c"\nmsgid "a"\nmsgstr ""\n'),
            "earlier English": lambda n: filled('#| ""\n', n, '#| msgid "\n', 'msgid "a"\nmsgstr ""\n'),
            "earlier English in comments": lambda n: filled('# | "" \n', n, '# | msgid "" x\n'),
            "open earlier English": lambda n: filled("# | a\n", n, '# | msgid "\n'),
        },
    ),
    "csv": Kinds(
        schools,
        50_000,
        numbered("Ash %d,ł,\n", 100_000, "name,town\n"),
        numbered("Ash %d\n", 100_000, "name\n") + '"x"y\n',
        {
            "cells": lambda n: filled("a,", n),
            "rows": lambda n: filled("a\n", n),
            "lines": lambda n: filled("\n", n),
            "delimiters": lambda n: filled(",;\t|", n),
            "quotes": lambda n: filled('"', n),
        },
    ),
    "text": Kinds(
        lambda text: read_newsletter(text.encode()),
        20_000,
        numbered("Talk to your child about ł %d.\n\n", 50_000),
        filled("a\n", 100_000),
        {
            "lines": lambda n: filled("a\n", n),
            "quotes": lambda n: filled("“a\n", n * 3 // 5),
            "pages": lambda n: filled("Head\nx y.\n\f", n),
            "items": lambda n: filled("- a\n", n),
        },
    ),
    "statements": Kinds(
        lambda text: kept_statements(text.encode(), HERE.with_suffix(".tsv")),
        20_000,
        numbered("paragraph\tTalk %d\n", 50_000, FIRST_LINE + "\n"),
        numbered("paragraph\tTalk %d\n", 50_000, FIRST_LINE + "\n") + "odd\tx\n",
        {"mistakes": lambda n: filled("a\n", n), "statements": lambda n: filled("paragraph\ta\n", n)},
    ),
    "guide": Kinds(
        lambda text: parse_guide(text, "cse", None, HERE),
        20_000,
        numbered("{#i%d}\nTalk **now**.\n\n", 60_000, FRONT + "{#title}\n# T\n\n"),
        numbered("{#i%d}\nTalk.\n\n", 60_000, FRONT + "{#title}\n# T\n\n") + "{#i1}\nAgain.\n",
        {
            "stars": lambda n: filled("**a *b ", n, FRONT),
            "quotes": lambda n: filled("> > > a\n", n, FRONT),
            "paragraphs": lambda n: filled("a\n\n", n, FRONT),
            "pictures": lambda n: filled("![", n, FRONT),
            "items": lambda n: filled("- a\n", n, FRONT),
        },
    ),
    "ledger": Kinds(
        ledger,
        200_000,
        records(300_000),
        records(300_000) + "{",
        {"names": lambda n: filled('{"context":""}\n', n), "records": records},
    ),
}
WORST = [(kind, name) for kind, kinds in KINDS.items() for name in kinds.worst]


def outcome(read: Callable[[str], object], text: str) -> object:
    """The value, or the kind and words of the error."""
    try:
        return read(text)
    except (ParentguideError, ValueError) as error:
        return type(error), str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_text_gives_the_same_in_a_worker(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = KINDS[kind]
    assert min(len(kinds.good), len(kinds.bad)) > kinds.short
    found = [outcome(kinds.read, text) for text in (kinds.good, kinds.bad)]
    monkeypatch.setattr(limited_worker, "INSIDE", True)
    assert found == [outcome(kinds.read, text) for text in (kinds.good, kinds.bad)]
    assert not isinstance(found[0], tuple) or not isinstance(found[0][0], type)
    assert isinstance(found[1], tuple)
    assert issubclass(found[1][0], ParentguideError | ValueError)


@pytest.mark.parametrize("kind", KINDS)
def test_only_long_texts_go_to_a_worker(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds, sent = KINDS[kind], []

    def limited(function: Callable[..., object], data: str | bytes, *args: object, **_: object) -> object:
        sent.append(len(data))
        return function(data, *args)

    monkeypatch.setattr(limits, "limited", limited)
    outcome(kinds.read, next(iter(kinds.worst.values()))(kinds.short))
    assert not sent
    outcome(kinds.read, kinds.good)
    assert sent
    assert sent[0] > kinds.short


@pytest.mark.parametrize(("kind", "name"), WORST)
def test_the_worst_short_text_costs_a_bounded_number_of_calls(kind: str, name: str) -> None:
    """The calls of Python and C functions, which do not depend on the computer: 15 million of them take
    some seconds."""
    kinds, calls = KINDS[kind], 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    text = kinds.worst[name](kinds.short)
    assert 0.8 * kinds.short < len(text.encode()) <= kinds.short
    sys.setprofile(count)
    try:
        outcome(kinds.read, text)
    finally:
        sys.setprofile(None)
    assert calls < 15_000_000


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), WORST)
def test_the_worst_short_text_costs_little_time(kind: str, name: str) -> None:
    start = time.process_time()
    outcome(KINDS[kind].read, KINDS[kind].worst[name](KINDS[kind].short))
    # On the computer where the lengths were chosen, all take under 0.6 seconds.
    assert time.process_time() - start < 5


def test_a_header_of_a_catalog_with_many_charsets_is_read_once() -> None:
    """120 kB took five seconds, and four times as long when twice as long."""
    text = filled("Content-Type: ", 1_900_000, 'msgid "x')
    start = time.process_time()
    assert po.charset_notice(text.encode(), HERE) == ""
    assert time.process_time() - start < 20


def test_a_merge_looks_at_each_message_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, fits = [], merging._fits
    monkeypatch.setattr(merging, "_fits", lambda *pair: looked.append(pair) or fits(*pair))  # type: ignore[func-returns-value]
    catalog = numbered('msgctxt "c%d"\nmsgid "a"\nmsgstr "b"\n\n', 90_000, HEADER).encode()
    assert po.merge(catalog, catalog, "pl", HERE).count(b'msgstr "b"') == catalog.count(b"msgctxt")
    assert len(looked) == catalog.count(b"msgctxt")


def test_a_pasted_text_is_read_as_a_file_is() -> None:
    for text in (KINDS["text"].good, "Talk to your child."):
        assert read_pasted(text) == read_newsletter(text.encode())


def test_statements_that_are_far_too_many_are_refused_as_a_text_is() -> None:
    with pytest.raises(SourceError, match="200,000 lines, far more than a newsletter"):
        kept_statements(b"paragraph\ta\n" * 200_000, Path("statements.tsv"))


def test_a_revision_of_a_school_file_is_made_in_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short file can keep tomlkit busy for a minute."""
    sent = []
    monkeypatch.setattr(
        "parentguide.schools.school_text.limited",
        lambda function, *args: sent.append(function) or function(*args),  # type: ignore[func-returns-value]
    )
    assert parse_school(revised_school_text('name = "Ash"\n', {"name": "Oak"})).name == "Oak"
    assert sent


@pytest.mark.slow
@pytest.mark.parametrize("system", [True, False], ids=["system", "watched"])
def test_texts_that_pass_a_limit_are_refused_with_one_message(
    system: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``watched``: without the limits of the system, as on Windows and macOS."""
    limits.end_workers()
    if not system:
        without = "import parentguide.infra.limited_worker as w; w._set_limits = lambda *_: None; w.run()"
        monkeypatch.setattr(limits, "_WORKER", without)
    # The texts differ, because one that was refused is not read again.
    table = tmp_path / f"{system}.csv"
    table.write_text("name," + filled("a,", 9_000_000), "utf-8")
    try:
        with pytest.raises(SourceError, match=r"\.csv: this file takes too much time or memory"):
            read_schools(table)
        with pytest.raises(SourceError, match="too much time or memory"):
            revised_school_text(numbered(A_TO_Z + "%d=1\n", 30_000), {"name": table.name})
    finally:
        monkeypatch.undo()
        limits.end_workers()
