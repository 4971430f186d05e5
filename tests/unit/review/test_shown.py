"""Codes: which words a sheet showed, also after some of them changed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parentguide.cli.main import main
from parentguide.errors import ProjectError
from parentguide.model.shown_words import code_of, typed_code
from parentguide.project.project import Project
from parentguide.review.shown import digests_of, keep_code, present_codes, seen, shown_digests
from parentguide.review.status import LanguageReview, language_review
from tests.unit.review.conftest import polish, translate

DOMAINS = ("cse", "interface")


def review(root: Path) -> LanguageReview:
    project = Project(root)
    return language_review(project, project.language("pl"), DOMAINS)


def run(root: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, [*arguments, "--project", str(root)], input=typed)


def part(root: Path, domain: str) -> str:
    return code_of(shown_digests(review(root).parts[domain].messages))


@pytest.mark.parametrize(
    "typed", ["K7QXM-2P9DA", "k7qxm2p9da", " K7QXM 2P9DA ", "K7QXM–2P9DA", "(K7QXM-2P9DA)"]
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert typed_code(typed) == "K7QXM-2P9DA"


def test_letters_that_look_like_digits_are_those_digits() -> None:
    assert typed_code("OI2LU-00000") == "0121V-00000"


@pytest.mark.parametrize("typed", ["", "K7QXM", "K7QXM-2P9DAA", "yes", "K7QXM-2P9D!"])
def test_what_is_not_a_code_is_none(typed: str) -> None:
    assert typed_code(typed) == ""


def test_a_code_of_the_present_words_needs_no_memory(root: Path) -> None:
    now = review(root)
    for code, digests in present_codes(now).items():
        assert digests_of(Project(root), now, code) == digests


def test_the_guide_alone_is_signed_by_the_code_of_the_guide_alone(root: Path) -> None:
    done = run(root, "review", "sign", "pl", "--role", "teacher", "--code", part(root, "cse"))
    assert done.exit_code == 0
    signed = {m.domain for m in review(root).messages if m.valid_sign_offs}
    assert signed == {"cse"}
    assert "Not signed:" in done.output


def test_a_sheet_that_is_remembered_tells_what_changed(root: Path) -> None:
    before = review(root)
    digests = shown_digests(before.messages)
    keep_code(Project(root).locales, before.language, digests)
    translate(root, {"title": f"{polish(root, 'title')} dziś"})
    now = review(root)
    found = seen(now, digests_of(Project(root), now, code_of(digests)))
    assert [refusal.message.context for refusal in found.left_out] == ["title"]
    assert len(found.messages) == len(now.messages) - 1


def test_a_code_that_nobody_knows_is_refused(root: Path) -> None:
    with pytest.raises(ProjectError, match="no sheet in Polish with the code ZZZZZ-ZZZZZ"):
        digests_of(Project(root), review(root), "ZZZZZ-ZZZZZ")


def test_a_remembered_list_that_was_edited_is_not_believed(root: Path, tmp_path: Path) -> None:
    from parentguide.review import shown

    now = review(root)
    path = shown._register(Project(root).locales, now.language)
    path.write_text(json.dumps({"ZZZZZ-ZZZZZ": [now.messages[0].place]}), "utf-8")
    with pytest.raises(ProjectError, match="is known here"):
        digests_of(Project(root), now, "ZZZZZ-ZZZZZ")


def test_without_a_code_the_command_asks_and_nothing_is_signed_without_yes(root: Path) -> None:
    asked = run(root, "review", "sign", "pl", "--role", "teacher", typed="no\n")
    assert asked.exit_code != 0
    assert f"This would sign {len(review(root).messages)} messages" in asked.output
    silent = run(root, "review", "sign", "pl", "--role", "teacher")
    assert silent.exit_code == 66
    assert "--code" in silent.output
    assert not [m for m in review(root).messages if m.records]


def test_yes_signs_what_is_there(root: Path) -> None:
    assert run(root, "review", "sign", "pl", "--role", "teacher", typed="yes\n").exit_code == 0
    assert review(root).state == "checked"


def test_the_same_words_in_two_guides_have_two_codes(root: Path) -> None:
    now = review(root)
    digests = {message.place for message in now.messages}
    other = LanguageReview(now.language, tuple(m for m in now.messages if m.domain == "cse"))
    assert code_of(digests) != code_of(message.place for message in other.messages)


def test_requests_are_answered_and_approvals_taken_back_on_the_command_line(root: Path) -> None:
    only = ("--only", "title", "--role", "teacher")
    assert run(root, "review", "sign", "pl", *only).exit_code == 0
    assert run(root, "review", "answer", "pl", *only, "--comment", "c").exit_code == 66
    taken = run(root, "review", "withdraw", "pl", *only, "--yes")
    assert "approved (bilingual speaker)" in taken.output
    listed = run(root, "review", "history", "pl", "--only", "title").output
    assert "taken back" in listed
    (act,) = [line.split()[2].rstrip(":") for line in listed.splitlines() if "takes something back" in line]
    assert run(root, "review", "withdraw", "pl", *only, "--act", act, "--yes").exit_code == 0
    title = next(m for m in review(root).messages if m.context == "title")
    assert title.state == "checked"
    assert run(root, "review", "withdraw", "pl", *only, "--act", "0" * 16, "--yes").exit_code == 66
    assert "Nothing was written" in run(root, "review", "withdraw", "pl", *only, typed="n\n").output
