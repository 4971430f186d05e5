"""A block that covers no statement names its source."""

from pathlib import Path

from parentguide.checks.guide.sources import check_sources
from tests.unit.checks.samples import GUIDE, small_project


def test_a_block_without_statement_and_source_is_found(tmp_path: Path) -> None:
    guide = GUIDE + '\n{#more}\nThere is more.\n\n{#law source="an Act"}\nThe law says so.\n'
    [finding] = check_sources(small_project(tmp_path, guide))
    assert (finding.code, finding.line) == ("PG301", 14)
    assert "“more”" in finding.message
