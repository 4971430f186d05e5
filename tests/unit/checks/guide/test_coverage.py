"""Each statement of the newsletter is covered or excluded."""

from hashlib import sha256
from pathlib import Path

import pytest

from parentguide.checks.guide.coverage import check_coverage, coverage_of
from tests.unit.checks.samples import GUIDE, small_project


@pytest.mark.parametrize(
    ("guide", "front", "found"),
    [
        (GUIDE, "", []),
        (GUIDE.replace('covers="2"', 'source="x"'), "", [("PG101", "newsletter.txt", 3)]),
        (GUIDE.replace('covers="2"', 'source="x"'), "exclude:\n  2: It is said elsewhere.\n", []),
        (GUIDE.replace('covers="2"', 'covers="2 3"'), "", [("PG102", "guide.md", 11)]),
        (GUIDE, "exclude:\n  7: It is said elsewhere.\n", [("PG103", "guide.md", 1)]),
    ],
)
def test_coverage(tmp_path: Path, guide: str, front: str, found: list[tuple[str, str, int]]) -> None:
    project = small_project(tmp_path, guide, front)
    assert [(f.code, f.path.name, f.line) for f in check_coverage(project)] == found


def test_another_newsletter_is_reported_with_its_digest(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    source = project.guide_source("small")
    source.newsletter_path.write_text("Staying safe\n\nPlease talk to us all.\n", "utf-8")
    [finding] = coverage_of(source)
    assert finding.code == "PG104"
    digest = sha256(source.newsletter_path.read_bytes()).hexdigest()
    assert finding.hint.endswith(f"newsletter_sha256: {digest}")


def _part(number: int, condition: str) -> str:
    return f'{{#part-{number} covers="2" {condition}}}\nTalk to us.\n\n'


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (['when="council"'], ["PG101"]),
        (['unless="council"'], ["PG101"]),
        (['when="council"', 'unless="headteacher"'], ["PG101"]),
        (['when="council headteacher"', 'unless="council"'], ["PG101"]),
        (['when="council"', 'unless="council"'], []),
        (["", 'unless="council"'], []),
    ],
)
def test_a_statement_is_covered_for_every_school_or_not_at_all(
    tmp_path: Path, conditions: list[str], found: list[str]
) -> None:
    guide = GUIDE.replace('covers="2"', 'source="x"') + "\n"
    guide += "".join(_part(number, condition) for number, condition in enumerate(conditions))
    findings = list(check_coverage(small_project(tmp_path, guide)))
    assert [finding.code for finding in findings] == found
    assert all(finding.message.startswith("only some schools show “part-0”") for finding in findings)


def test_words_elsewhere_cover_no_statement(tmp_path: Path) -> None:
    guide = GUIDE.replace('covers="2"', 'source="x"')
    guide += '\n::: elsewhere\n{#wall .poster covers="2"}\nTalk to us.\n:::\n'
    assert [finding.code for finding in check_coverage(small_project(tmp_path, guide))] == ["PG101"]
