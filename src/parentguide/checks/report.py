"""Findings as text for people, as JSON for programs, and as annotations for GitHub."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from parentguide.checks.finding import Finding


def text_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Two lines for each finding: the place with the problem, and what to do."""
    for finding in findings:
        place = f"{finding.path}:{finding.line}" if finding.line else f"{finding.path}"
        yield f"{place}: {finding.severity} {finding.code}: {finding.message}"
        yield f"    {finding.hint}"


def json_report(findings: Iterable[Finding]) -> str:
    """A JSON array of the fields of :class:`Finding`; ``path`` with forward slashes."""
    rows = [{**asdict(finding), "path": finding.path.as_posix()} for finding in findings]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def github_lines(findings: Iterable[Finding]) -> Iterator[str]:
    """Workflow commands of GitHub Actions: ``::error file=…,line=…,title=…::message``."""
    for finding in findings:
        place = f"file={_property(str(finding.path))}" + (f",line={finding.line}" if finding.line else "")
        message = _escaped(f"{finding.message}. {finding.hint}")
        yield f"::{finding.severity} {place},title={finding.code}::{message}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
