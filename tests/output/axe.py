"""axe-core, with every rule on, in a page that is open."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

_TOOLS = Path(__file__).parents[1] / "tools" / "node_modules"
# Only what is read comes back: axe also keeps the HTML of every element that passes each rule.
_RUN = """() => axe.run(document, {
  rules: Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}])),
  resultTypes: ['violations', 'incomplete'],
}).then(found => ({
  violations: found.violations.map(rule => [rule.id, rule.nodes[0].html]),
  incomplete: found.incomplete.map(rule => rule.id),
}))"""


@dataclass(frozen=True)
class Findings:
    """The rules that the page breaks, each with an element, and those that axe leaves to a person."""

    violations: list[Any]
    incomplete: list[str]


def tool(relative: str) -> Path:
    """A file of an npm package. Skips where it is missing; in CI that is a failure."""
    path = _TOOLS / relative
    if path.exists():
        return path
    if os.environ.get("CI"):
        pytest.fail(f"{relative} is not installed, and in CI nothing skips")
    pytest.skip(f"{relative} is not installed: run make test with npm")


@cache
def _source() -> str:
    return tool("axe-core/axe.min.js").read_text("utf-8")


def findings(page: Page) -> Findings:
    """What axe finds in ``page`` at its present width and colour scheme."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    return Findings(**page.evaluate(_RUN))


def violations(page: Page) -> list[Any]:
    """The rules that ``page`` breaks, each with one element."""
    return findings(page).violations
