"""A block that covers no statement names its source, and facts are verified by a person."""

from pathlib import Path

import pytest

from parentguide.checks.guide.sources import check_sources, not_verified
from parentguide.errors import SourceError
from tests.unit.checks.samples import GUIDE, small_project


def test_a_block_without_statement_and_source_is_found(tmp_path: Path) -> None:
    guide = GUIDE + '\n{#more}\nThere is more.\n\n{#law source="an Act"}\nThe law says so.\n'
    [finding] = check_sources(small_project(tmp_path, guide))
    assert (finding.code, finding.line) == ("PG301", 14)
    assert "“more”" in finding.message


def with_fact(verified_on: str) -> str:
    return f'{GUIDE}\n{{#law source="an Act" verified_on="{verified_on}"}}\nThe law says so.\n'


def test_a_fact_that_nobody_has_verified_is_listed(tmp_path: Path) -> None:
    project = small_project(tmp_path, with_fact("not yet"))
    assert list(not_verified(project).values()) == [["law"]]
    assert list(check_sources(project)) == []


def test_a_fact_that_was_verified_long_ago_is_found(tmp_path: Path) -> None:
    project = small_project(tmp_path, with_fact("2020-01-31"))
    assert not_verified(project) == {}
    [finding] = check_sources(project)
    assert (finding.code, "an Act" in finding.message) == ("PG603", True)


@pytest.mark.parametrize("written", ["", "yesterday", "2026-13-01", "31.01.2026"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(SourceError, match=r"is not a day"):
        list(check_sources(small_project(tmp_path, with_fact(written))))
