"""``make golden``: accept pages and text layers as they are now. Look at them, and at the diff, first."""

import re
import tempfile
from pathlib import Path

from parentguide.build.api import BuildRequest, build_guides
from parentguide.project.project import Project
from tests.text_layer import MOVED, all_moved, as_toml

# The sizes of the sheets change with every change of a sheet, and have a test of their own.
_SIZES = re.compile(r'(<span class="facts">).*?(</span>)')
TAGS = ("en", "ar", "bn", "zh-Hans")


def without_sizes(page: str) -> str:
    """A page as it is compared: what it says of the files beside it left out."""
    return _SIZES.sub(r"\1…\2", page)


def main() -> None:
    golden = Path(__file__).parent / "golden"
    golden.mkdir(exist_ok=True)
    project = Project()
    with tempfile.TemporaryDirectory() as folder:
        build_guides(project, BuildRequest(), Path(folder) / "output")
        MOVED.write_text(as_toml(all_moved(Path(folder) / "output")), "utf-8")
        for slug in project.slugs:
            for tag in TAGS:
                page = Path(folder) / "output" / slug / tag / "index.html"
                (golden / f"{slug}-{tag}.html").write_text(without_sizes(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
