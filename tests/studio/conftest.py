"""What most tests of Studio share. A module that needs other languages, or a browser, has its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.studio.app import Running, Visitor, copy_words, in_process, settings_for


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace with words of its own, in English and Polish."""
    return copy_words(tmp_path / "work", ("en", "pl"))


@pytest.fixture
def studio(work: Path) -> Iterator[Running]:
    """A Studio in this process."""
    with in_process(settings_for(work)) as running:
        yield running


@pytest.fixture
def visitor(studio: Running) -> Visitor:
    """Somebody who has opened Studio."""
    return studio.visitor().open()
