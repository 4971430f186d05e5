"""``parentguide components``."""

import re
from pathlib import Path

from tests.unit.cli.run import run


def test_one_page_for_designers(small: Path) -> None:
    # The small project has no other languages than these.
    examples = small / "templates" / "web" / "components.toml"
    text = re.sub(r'language = "(?!(?:en|pl|ur)")[^"]*"', 'language = "pl"', examples.read_text("utf-8"))
    examples.write_text(text, "utf-8")
    out = small / "components.html"
    ran = run("components", "--project", small, "-o", out)
    assert ran.out == f"Open this: {out.resolve()}\n"
    assert out.read_text("utf-8").startswith("<!")
