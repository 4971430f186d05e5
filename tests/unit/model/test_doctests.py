"""The examples in docstrings are right."""

import doctest
from types import ModuleType

import pytest

from parentguide.model import markup, school
from parentguide.render import l10n


@pytest.mark.parametrize("module", [markup, school, l10n], ids=lambda module: module.__name__)
def test_examples_in_docstrings_are_right(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
