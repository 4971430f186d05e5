"""The first visit to each page on a slow phone."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from parentguide.build.api import BuildRequest, build_guides
from parentguide.project.project import Project
from tests.conftest import FLAGS, need
from tests.output.loading import served, visit

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """A page's milliseconds to the largest paint, its layout shift, and its compressed bytes."""

    name: str
    largest: float
    moved: float
    size: int


def first_visits(work: Path, tags: Sequence[str]) -> Iterator[Visit]:
    """The gateway and the page of each language: the shortest time and the largest shift of some visits."""
    out = work / "pages"
    build_guides(Project(), BuildRequest(tuple(tags), ("web",)), out)
    found = [out / "index.html", *sorted(out.glob("*/*/index.html"))]
    with sync_playwright() as play, served(out) as address:
        browser = play.chromium.launch(executable_path=need("chromium"), args=FLAGS)
        for path in found:
            place = path.relative_to(out)
            visits = [visit(browser, f"{address}/{place.as_posix()}") for _ in range(ROUNDS)]
            yield Visit(
                "-".join(place.parts[:-1]) or "gateway",
                min(v.largest for v in visits),
                max(v.moved for v in visits),
                len(gzip.compress(path.read_bytes())),
            )
        browser.close()
