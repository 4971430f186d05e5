"""The build as users see it: its files, the manifest, refusals, and no partial results."""

import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.build.api import BuildRequest, build_guides
from parentguide.build.previous import NOTE
from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.project.project import Project
from parentguide.render import FORMAT_NAMES
from tests.languages import editions


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def copy(tmp_path: Path, project: Project) -> Path:
    """A copy of the project that a test may change."""
    root = tmp_path / "mine"
    shutil.copytree(project.locales, root / "locales")
    shutil.copytree(project.templates, root / "templates")
    return root


def test_the_manifest_describes_every_file(output: Path, project: Project) -> None:
    rows = json.loads((output / "manifest.json").read_text("utf-8"))["artifacts"]
    only_translated = {"bilingual", "cards", "review", "check"}
    assert {(r["guide"], r["language"], r["edition"]) for r in rows if r["guide"]} == {
        (slug, tag, edition)
        for slug in project.slugs
        for tag in project.complete_languages
        for edition in FORMAT_NAMES
        if edition != "poster" and not (tag == "en" and edition in only_translated)
    }
    files = {str(p.relative_to(output).as_posix()) for p in output.rglob("*") if p.is_file()}
    assert {row["path"] for row in rows} | {"manifest.json", NOTE} == files
    for row in rows:
        data = (output / row["path"]).read_bytes()
        assert (len(data), sha256(data).hexdigest()) == (row["bytes"], row["sha256"])
        if row["guide"]:
            language = project.languages[row["language"]]
            assert (row["direction"], row["status"]) == (language.direction, language.review)
            assert row["path"].startswith(f"{row['guide']}/{language.tag}/")
        assert bool(row["pages"]) == row["path"].endswith(".pdf")


def test_every_draft_is_marked_as_a_draft(output: Path, project: Project) -> None:
    for row in json.loads((output / "manifest.json").read_text("utf-8"))["artifacts"]:
        if row["edition"] == "web" and row["status"] == "draft":
            page = (output / row["path"]).read_text("utf-8")
            notice = project.catalog(project.languages[row["language"]], "interface")["status.draft"].text
            assert notice in page
            assert "No bilingual reader has checked it yet." in page


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """In two processes that hash strings differently."""
    languages = [argument for tag in ("en", "ar", "zh-Hans") for argument in ("-l", tag)]
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        environment = os.environ | {"PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path / f"cache-{seed}")}
        command = [sys.executable, "-c", "from parentguide.cli.main import main; main()", "build", *languages]
        subprocess.run([*command, "--out", str(out)], env=environment, check=True, capture_output=True)
        made.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert made[0].keys() == made[1].keys()
    assert [path for path, data in made[0].items() if made[1][path] != data] == []


def test_a_language_and_an_edition_can_be_chosen(tmp_path: Path) -> None:
    code, text = run("build", "-l", "zh-Hans", "-e", "web", "--out", tmp_path / "o")
    assert code == 0
    assert str(tmp_path / "o" / "index.html") in text
    names = {p.name for p in (tmp_path / "o").rglob("*") if p.is_file()}
    assert names == {NOTE, "README-FIRST.html", "index.html", "manifest.json"}


def test_an_incomplete_language_is_refused_by_name_and_the_rest_is_built(copy: Path, tmp_path: Path) -> None:
    po = copy / "locales" / "pl" / "LC_MESSAGES" / "cse.po"
    text = po.read_text("utf-8")
    start = text.index('msgctxt "fact-consent"')
    po.write_text(text[:start].rstrip("\n") + "\n#, fuzzy\n" + text[start:], "utf-8")
    code, said = run("build", "-l", "pl", "-l", "so", "-e", "web", "--project", copy, "--out", tmp_path / "o")
    assert code == 3
    assert "Polish" in said
    assert "fuzzy: fact-consent" in said
    assert not (tmp_path / "o" / "cse" / "pl").exists()
    assert (tmp_path / "o" / "cse" / "so" / "index.html").exists()
    code, said = run(
        "build", "-l", "pl", "-e", "web", "--project", copy, "--out", tmp_path / "p", "--allow-incomplete"
    )
    page = (tmp_path / "p" / "cse" / "pl" / "index.html").read_text("utf-8")
    assert code == 0
    assert '<p id="fact-consent" lang="en" dir="ltr">It can be sexual abuse' in page
    rows = json.loads((tmp_path / "p" / "manifest.json").read_text("utf-8"))["artifacts"]
    assert rows[0]["status"] == "incomplete"


def test_a_translation_that_lost_a_number_is_never_shown(copy: Path, tmp_path: Path) -> None:
    po = copy / "locales" / "so" / "LC_MESSAGES" / "cse.po"
    lines = po.read_text("utf-8").split("\n")
    index = next(i for i, row in enumerate(lines) if row.startswith("msgstr") and "{police_emergency}" in row)
    lines[index] = lines[index].replace("{police_emergency}", "")
    po.write_text("\n".join(lines), "utf-8")
    code, said = run("build", "-l", "so", "--project", copy, "--out", tmp_path / "o")
    assert code == 3
    assert "{police_emergency} lost" in said
    assert not (tmp_path / "o").exists()


def test_a_folder_with_a_page_that_we_did_not_make_is_left_unchanged(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", "utf-8")
    with pytest.raises(ProjectError, match="did not make"):
        build_guides(Project(), BuildRequest(("en",), ("web",)), tmp_path)
    assert (tmp_path / "index.html").read_text("utf-8") == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_of_an_earlier_build_is_removed_and_other_files_stay(tmp_path: Path) -> None:
    run("build", "-l", "pl", "-l", "so", "-e", "web", "--out", tmp_path)
    (tmp_path / "notes.txt").write_text("keep", "utf-8")
    run("build", "-l", "so", "-e", "web", "--out", tmp_path)
    assert not (tmp_path / "cse" / "pl" / "index.html").exists()
    assert (tmp_path / "notes.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "-l", "xx"], "there is no language “xx”"),
        (["build", "-e", "scroll"], "there is no format “scroll”"),
        (["build", "--school", "nowhere.toml"], "cannot be read"),
        (["read", "nowhere.txt"], "cannot be read"),
        (["status", "--project", "nowhere"], "no folder “locales”"),
    ],
)
def test_a_wrong_command_prints_one_clear_message(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text = run(*arguments)
    assert code not in (0, 1)
    assert said in text
    assert "What to do:" in text
    assert list(tmp_path.iterdir()) == []


def test_a_new_guide_covers_its_newsletter(copy: Path, project: Project) -> None:
    newsletter = project.guide_source("cse").newsletter_path
    code, text = run("new", "letter", "--from", newsletter, "--project", copy)
    assert code == 0, text
    definition = copy / "locales" / "en" / "letter" / "definition.toml"
    definition.write_text(
        re.sub("^# (?=edition|source|published|verified_on)", "", definition.read_text("utf-8"), flags=re.M),
        "utf-8",
    )
    mine = Project(copy)
    from parentguide.checks.guide.coverage import check_coverage
    from parentguide.checks.guide.definition import check_definition

    assert [
        f for f in (*check_coverage(mine), *check_definition(mine)) if f.path.parent.name == "letter"
    ] == []
    assert run("new", "letter", "--from", newsletter, "--project", copy)[0] != 0, "nothing is overwritten"
    assert run("extract", "--project", copy)[0] == 0
    assert (copy / "locales" / "letter.pot").exists()


def test_only_translations_mention_an_interpreter() -> None:
    for edition in editions().values():
        variants = {getattr(block, "variant", "") for block in edition.guide.blocks}
        assert ("interpreter" in variants) is not edition.language.is_source, edition.language.tag


def test_every_command_has_help() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert getattr(parameter, "help", ""), f"{name} {parameter.name}"


@pytest.mark.slow
def test_the_wheel_builds_the_same_guides_from_any_folder(
    output: Path, tmp_path: Path, project: Project
) -> None:
    """Built, installed into an empty environment, and run in another process and folder."""
    # Nothing of this checkout may be on the path.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PYTHONHASHSEED"] = "3"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    root = project.root
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(tmp_path), str(root)], check=True)
    wheel = next(tmp_path.glob("parentguide-*.whl"))
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "env")], check=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [str(scripts / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install",
         "-c", str(root / "constraints.txt"), str(wheel)], check=True,
    )  # fmt: skip
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    command = str(scripts / "parentguide")
    subprocess.run([command, "build"], cwd=elsewhere, env=environment, check=True, capture_output=True)
    made = elsewhere / "output"
    files = [p.relative_to(output) for p in sorted(output.rglob("*")) if p.is_file()]
    assert [f for f in files if (made / f).read_bytes() != (output / f).read_bytes()] == []
    assert len([p for p in made.rglob("*") if p.is_file()]) == len(files)
    refused = subprocess.run(
        [command, "extract"], cwd=elsewhere, env=environment, capture_output=True, text=True, check=False
    )
    assert refused.returncode != 0
    assert "not to be edited" in refused.stderr
