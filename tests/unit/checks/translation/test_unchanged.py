"""A translation that is the English text."""

import pytest

from parentguide.checks.translation.unchanged import check_unchanged
from tests.unit.checks.samples import codes


@pytest.mark.parametrize(
    ("text", "found"), [("Listen", ["PG521"]), (" LISTEN ", ["PG521"]), ("Posłuchaj", [])]
)
def test_unchanged(text: str, found: list[str]) -> None:
    assert codes(check_unchanged, "Listen", text) == found
