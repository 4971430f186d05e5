"""Findings for people, for programs and for GitHub."""

import json
from pathlib import Path

from parentguide.checks.finding import Finding, Severity
from parentguide.checks.report import github_lines, json_report, text_lines

FINDING = Finding("PG999", Severity.ERROR, Path("a:b,c.po"), 7, "50% wrong\nhere", "Fix it.")
WITHOUT_LINE = Finding("PG998", Severity.WARNING, Path("b.po"), 0, "odd", "Look.")


def test_text_has_the_place_and_what_to_do() -> None:
    assert list(text_lines([FINDING, WITHOUT_LINE])) == [
        "a:b,c.po:7: error PG999: 50% wrong\nhere",
        "    Fix it.",
        "b.po: warning PG998: odd",
        "    Look.",
    ]


def test_json_has_every_field() -> None:
    assert json.loads(json_report([FINDING])) == [
        {
            "code": "PG999",
            "severity": "error",
            "path": "a:b,c.po",
            "line": 7,
            "message": "50% wrong\nhere",
            "hint": "Fix it.",
        }
    ]
    assert json_report([]) == "[]"


def test_github_lines_are_escaped() -> None:
    assert list(github_lines([FINDING, WITHOUT_LINE])) == [
        "::error file=a%3Ab%2Cc.po,line=7,title=PG999::50%25 wrong%0Ahere. Fix it.",
        "::warning file=b.po,title=PG998::odd. Look.",
    ]
