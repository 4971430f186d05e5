"""``make golden``: accept the shares of moved words in the sheets' text layers as they are now.

Look at the diff of ``tests/output/golden/moved-words.toml`` before you commit it.
"""

import tempfile
from pathlib import Path

from parentguide.build.api import BuildRequest, build_guides
from parentguide.project.project import Project
from tests.output.text_layer import MOVED, all_moved, as_toml


def main() -> None:
    MOVED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        build_guides(Project(), BuildRequest(), output)
        MOVED.write_text(as_toml(all_moved(output)), "utf-8")


if __name__ == "__main__":
    main()
