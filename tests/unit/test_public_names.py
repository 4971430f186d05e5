"""The names that programs import from ``parentguide``."""

import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import parentguide


@pytest.mark.parametrize("name", parentguide.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(parentguide, name).__module__.startswith("parentguide.")
    assert name in dir(parentguide)


@pytest.mark.parametrize(
    ("old", "new"), [("Request", "BuildRequest"), ("Plan", "BuildPlan"), ("Built", "BuildResult")]
)
def test_earlier_names_still_work(old: str, new: str) -> None:
    assert getattr(parentguide, old) is getattr(parentguide, new)


def test_other_names_do_not_exist() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = parentguide.nothing


def test_importing_the_package_imports_no_module_of_it() -> None:
    code = "import sys, parentguide; print([m for m in sys.modules if m.startswith('parentguide.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    match = re.search(r"As a library::\n\n((?:    .*\n|\n)+)", parentguide.__doc__ or "")
    assert match
    (tmp_path / "school.toml").write_text('name = "Ash School"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    exec(textwrap.dedent(match[1]), {})  # noqa: S102
    made, rest = capsys.readouterr().out.split(" ", 1)
    rows = json.loads((tmp_path / "output" / "manifest.json").read_text("utf-8"))["artifacts"]
    assert int(made) == len(rows)
    assert rest == "files made, 0 up to date\n"
    assert "Ash School" in (tmp_path / "output" / "cse" / "pl" / "index.html").read_text("utf-8")
