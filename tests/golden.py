"""``make golden``: accept pages and text layers as they are now. Look at them, and at the diff, first."""

import re
import tempfile
from pathlib import Path

from parentguide.build.api import BuildRequest, build_guides
from parentguide.project.project import Project

GOLDEN = Path(__file__).parent / "golden"
TAGS = ("en", "ar", "bn", "zh-Hans")
# The sizes of the sheets change with every change of a sheet, and have a test of their own.
_SIZES = re.compile(r'(<span class="facts">).*?(</span>)')
_MAIN = re.compile(r"<main\b.*?</main>\n", re.DOTALL)


def golden_part(page: str) -> str:
    """The ``<main>`` of a page, without the sizes of the files beside it."""
    found = _MAIN.search(page)
    assert found is not None, "the page has no <main>"
    return _SIZES.sub(r"\1…\2", found[0])


def golden_path(slug: str, tag: str) -> Path:
    """Where the accepted page of a guide in a language is."""
    return GOLDEN / f"{slug}-{tag}.html"


def main() -> None:
    from tests.text_layer import MOVED, all_moved, as_toml

    GOLDEN.mkdir(exist_ok=True)
    project = Project()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        build_guides(project, BuildRequest(), output)
        MOVED.write_text(as_toml(all_moved(output)), "utf-8")
        for slug in project.slugs:
            for tag in TAGS:
                page = (output / slug / tag / "index.html").read_text("utf-8")
                golden_path(slug, tag).write_text(golden_part(page), "utf-8")


if __name__ == "__main__":
    main()
