"""``make golden``: accept the pages as they are now. Look at them, and at the diff, first."""

import tempfile
from pathlib import Path

from parentguide.build import Request, build_guides
from parentguide.project import Project

TAGS = ("en", "ar", "bn", "zh-Hans")


def main() -> None:
    golden = Path(__file__).parent / "golden"
    golden.mkdir(exist_ok=True)
    project = Project()
    with tempfile.TemporaryDirectory() as folder:
        build_guides(project, Request(), Path(folder) / "output")
        for slug in project.slugs:
            for tag in TAGS:
                page = Path(folder) / "output" / slug / tag / "index.html"
                (golden / f"{slug}-{tag}.html").write_bytes(page.read_bytes())


if __name__ == "__main__":
    main()
