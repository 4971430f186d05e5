"""Nobody can sign what “parentguide check” refuses, and every refused message is listed at once."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.checks import run_checks
from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.project.project import Project
from parentguide.review.approvals import keep_approvals, sign
from parentguide.review.sign_off import Reviewer, write_entries
from parentguide.review.status import language_review
from tests.unit.review.conftest import break_nspcc, polish, translate

TEACHER = Reviewer("teacher", date(2026, 11, 20))
DOMAINS = ("cse", "interface")


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def run(root: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*arguments, "--project", str(root)], input="yes\n")
    assert done.exit_code == code, done.output
    return done.output


def test_sign_refuses_a_wrong_helpline_number(root: Path) -> None:
    break_nspcc(root)
    before = files(root)
    said = run(root, "review", "sign", "pl", "--role", "teacher", code=66)
    assert "1 message in Polish" in said
    assert "“call-nspcc”: {nspcc} lost" in said
    assert files(root) == before
    assert "100 messages" not in said


def test_sign_lists_every_refused_message_with_its_reasons(root: Path) -> None:
    break_nspcc(root)
    translate(root, {"lead": f"{polish(root, 'lead')} Zadzwoń pod 112."})
    translate(root, {"title": polish(root, "title")}, fuzzy=True)
    translate(root, {"facts": ""})
    said = run(root, "review", "sign", "pl", "--role", "teacher", code=66)
    assert "4 messages in Polish" in said
    for line in (
        "“title”: the translation is marked fuzzy",
        "“lead”: PG522",
        "“call-nspcc”: {nspcc} lost",
        "“facts”: there is no translation",
    ):
        assert line in said


def test_what_is_not_refused_can_be_signed(root: Path) -> None:
    break_nspcc(root)
    said = run(root, "review", "sign", "pl", "--role", "teacher", "--only", "title", "--only", "lead")
    assert "Polish: 2 messages checked" in said
    project = Project(root)
    review = language_review(project, project.language("pl"), DOMAINS)
    assert {message.context for message in review.messages if message.valid_sign_offs} == {"title", "lead"}


@pytest.mark.parametrize(
    "text",
    [
        "Zadzwoń teraz pod 112",
        "Twoje dziecko to wagarowicz",
        "Zadzwoń do nas teraz",
        "Call us now",
        "Zadzwoń ⏚",
    ],
)
def test_sign_agrees_with_check(root: Path, text: str) -> None:
    translate(root, {"call": text})
    project = Project(root)
    language = project.language("pl")
    errors = [f for f in run_checks(project) if f.severity == "error" and "“call”" in f.message]
    if not errors:
        assert len(sign(project, language, DOMAINS, TEACHER, ["call"])) == 1
        return
    with pytest.raises(ProjectError) as refused:
        sign(project, language, DOMAINS, TEACHER, ["call"])
    assert all(finding.code in str(refused.value) for finding in errors)


def test_all_unknown_messages_are_named(root: Path) -> None:
    project = Project(root)
    with pytest.raises(ProjectError, match="“one”, “two”"):
        sign(project, project.language("pl"), DOMAINS, TEACHER, ["one", "title", "two"])


def change_english(root: Path, old: str, new: str) -> None:
    guide = root / "locales/en/cse/guide.md"
    text = guide.read_text("utf-8")
    assert text.count(old) == 1
    guide.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("command", ["keep-approvals", "wording"])
def test_approvals_are_kept_under_both_names_of_the_command(root: Path, command: str) -> None:
    run(root, "review", "sign", "pl", "--role", "parent", "--only", "do-calm")
    change_english(root, "Talk calmly with your child.", "Speak calmly with your child.")
    run(root, "extract")
    said = run(root, "review", command, "pl", "--role", "lead", code=66)
    assert "the catalog has the old English" in said
    run(root, "update", "pl")
    assert "1 sign-offs carried over" in run(root, "review", command, "pl", "--role", "lead")


def test_the_old_name_of_the_command_is_not_in_the_help() -> None:
    listed = CliRunner().invoke(main, ["review", "--help"]).output
    assert "keep-approvals" in listed
    assert "wording" not in [line.split()[0] for line in listed.splitlines() if line.startswith("  ")]


def test_an_approval_is_not_kept_if_the_new_english_has_another_number(root: Path) -> None:
    run(root, "review", "sign", "pl", "--role", "parent", "--only", "do-calm")
    change_english(root, "Talk calmly with your child.", "Talk calmly with your child 7 times.")
    run(root, "extract")
    run(root, "update", "pl")
    project = Project(root)
    with pytest.raises(ProjectError, match="“do-calm”: PG522"):
        keep_approvals(project, project.language("pl"), DOMAINS, TEACHER)


def test_of_two_guides_with_the_same_context_both_are_signed(root: Path) -> None:
    """Contexts are unique in a domain, not in a project."""
    from shutil import copy, copytree

    locales = root / "locales"
    copytree(locales / "en/cse", locales / "en/other")
    copy(locales / "cse.pot", locales / "other.pot")
    copy(locales / "pl/LC_MESSAGES/cse.po", locales / "pl/LC_MESSAGES/other.po")
    project = Project(root)
    language = project.language("pl")
    entries = sign(project, language, ("cse", "other"), TEACHER, ["title"])
    assert [entry.domain for entry in entries] == ["cse", "other"]
    write_entries(project, language, entries)
    assert len(sign(project, language, ("cse", "other"), TEACHER)) == 2 * len(project.source_messages("cse"))
