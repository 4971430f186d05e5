"""``parentguide check``, ``quality`` and ``status``."""

import json
import subprocess
from pathlib import Path

import pytest

from parentguide.checks import check_count
from parentguide.project.project import Project
from parentguide.translation import po
from tests.unit.cli.run import run


@pytest.fixture
def broken(small: Path) -> Path:
    """The small project with a Polish message that lost its number."""
    project = Project(small)
    path = project.catalog_path(project.language("pl"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"call-nspcc": "Zadzwoń."}, path))
    return small


def test_a_good_project(small: Path) -> None:
    ran = run("check", "--project", small)
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith(f"{check_count()} checks: 0 errors, ")


def test_errors_are_counted_and_give_the_exit_code(broken: Path) -> None:
    ran = run("check", "--project", broken)
    assert ran.code == 1
    assert "call-nspcc" in ran.out
    assert "checks: 0 errors" not in ran.out


def test_json(broken: Path) -> None:
    ran = run("check", "--json", "--project", broken)
    assert ran.code == 1
    assert "call-nspcc" in json.dumps(json.loads(ran.out))


def test_annotations_for_github(broken: Path) -> None:
    ran = run("check", "--github", "--project", broken)
    assert ran.code == 1
    assert any(line.startswith("::error ") for line in ran.out.splitlines())


def test_only_what_is_new_since_a_revision(broken: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        identity = ["-c", "user.name=Test", "-c", "user.email=test@school.example"]
        subprocess.run(["git", *identity, *command], cwd=broken, check=True, capture_output=True)
    ran = run("check", "--project", broken, "--changed")
    assert ran.code == 0, "the error is in the last commit already"
    assert "0 errors, 0 warnings." in ran.out
    ran = run("check", "--project", broken, "--changed", "nowhere")
    assert ran.code == 66


def test_quality_writes_its_table(small: Path) -> None:
    path = small / "locales" / "QUALITY.md"
    plain = path.with_name("PLAINNESS.md")
    path.unlink()
    plain.unlink(missing_ok=True)
    ran = run("quality", "--project", small)
    assert ran.out == f"{path.resolve()}: written\n{plain.resolve()}: written\n"
    rows = [
        line for line in path.read_text("utf-8").partition("\n## ")[0].splitlines() if line.startswith("| ")
    ]
    assert [row.split(" | ")[1] for row in rows[1:]] == ["pl", "ur"]


def test_status_has_a_row_for_each_language(broken: Path) -> None:
    project = Project(broken)
    path = project.catalog_path(project.language("ur"), "cse")
    path.write_bytes(po.with_translations(path.read_bytes(), {"title": ""}, path))
    lines = [line.split() for line in run("status", "--project", broken).out.splitlines()]
    rows = {line[0]: line for line in lines if line and line[0] in ("en", "pl", "ur")}
    speakers = [project.languages[tag].speakers for tag in ("pl", "ur")]
    assert speakers[0] > speakers[1], "Polish has more speakers"
    assert "1" in rows["pl"]
    assert f"{speakers[0]:,}" in rows["pl"]
    assert "Latn" in rows["pl"]
    assert {"Arab", "rtl", "2"} <= set(rows["ur"])
    assert rows["en"][-1] == "original"
