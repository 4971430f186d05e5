"""``parentguide guide list|ready|unready|remove``, and ``--guide`` and ``--language`` of other commands."""

import json
from pathlib import Path

import pytest

from parentguide.project.project import Project
from tests.unit.cli.run import run

LETTER = "Walking to school\n\nWalk with your child.\n\n- Look both ways.\n"
QUOTE = (
    "“Online abuse is any type of abuse that happens on the internet. It can happen across any device that"
    " is connected to the web, at home or at school or anywhere else that a child may be.”"
)


def begin(root: Path, slug: str = "walk", words: str = LETTER) -> None:
    letter = root / "letter.txt"
    letter.write_text(words, "utf-8")
    assert run("new", slug, "--from", letter, "--project", root).code == 0


def test_guides_are_listed_with_their_states(small: Path) -> None:
    begin(small)
    begin(small, "quoted", f"{LETTER}\n{QUOTE}\n")
    ran = run("guide", "list", "--project", small)
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if not line.startswith(" ")] == [
        "cse: Keeping your child safe from sexual exploitation (ready; translated: 2 of 2 languages)",
        "quoted: cannot be read (being written; translated: 0 of 2 languages)",
        "walk: Walking to school (being written; translated: 0 of 2 languages)",
    ]
    assert "Verified_on: is missing" in ran.out


def test_a_guide_is_marked_ready_and_built(small: Path) -> None:
    begin(small)
    assert run("guide", "ready", "walk", "--project", small).code == 0
    assert Project(small).ready_slugs == ("cse", "walk")
    ran = run("build", "--project", small, "-o", small / "out", "-l", "en", "-e", "web")
    assert ran.code == 0, ran.said
    assert "in 1 language:" in ran.out
    assert (small / "out" / "walk" / "en" / "index.html").exists()


def test_a_guide_with_errors_is_not_marked_and_all_of_them_are_listed(small: Path) -> None:
    begin(small)
    path = small / "locales" / "en" / "walk" / "guide.md"
    hard = "Notwithstanding considerable institutional responsibilities, communities " + "habitually " * 20
    text = (
        path.read_text("utf-8")
        .replace("Walk with your child.", f"{hard}{{nobody}}.")
        .replace(' covers="3"', "")
    )
    path.write_text(text, "utf-8")
    ran = run("guide", "ready", "walk", "--project", small)
    assert ran.code == 1
    for code in ("PG101", "PG301", "PG401", "PG403", "PG602"):
        assert code in ran.out
    assert Project(small).ready_slugs == ("cse",)
    assert ran.said.splitlines()[-1].startswith("Next: fix these")


def test_a_guide_whose_definition_is_not_filled_in_is_not_marked(small: Path) -> None:
    begin(small, "quoted", f"{LETTER}\n{QUOTE}\n")
    ran = run("guide", "ready", "quoted", "--project", small)
    assert ran.code == 65
    assert "definition.toml" in ran.said
    assert Project(small).ready_slugs == ("cse",)


def test_a_guide_is_removed_only_after_a_yes_and_undo_brings_it_back(small: Path) -> None:
    begin(small)
    folder = small / "locales" / "en" / "walk"
    assert "Nothing was removed." in run("guide", "remove", "walk", "--project", small, typed="n\n").out
    assert folder.exists()
    assert run("guide", "remove", "walk", "--project", small, typed="y\n").code == 0
    assert not folder.exists()
    assert run("history", "undo", "--project", small).code == 0
    assert run("guide", "remove", "walk", "--yes", "--project", small).code == 0
    assert Project(small).slugs == ("cse",)


@pytest.mark.parametrize("what", [["ready"], ["unready"], ["remove", "--yes"]])
def test_an_unknown_guide_is_named(small: Path, what: list[str]) -> None:
    ran = run("guide", *what, "nothing", "--project", small)
    assert ran.code == 66
    assert "there is no guide “nothing”" in ran.said
    assert "Choose from: cse." in ran.said


def test_checks_leave_a_guide_that_is_being_written_out_and_say_so(small: Path) -> None:
    begin(small, "quoted", f"{LETTER}\n{QUOTE}\n")
    begin(small)
    ran = run("check", "--project", small)
    assert ran.code == 0, ran.out
    assert "Left out 2 guides that are being written: quoted, walk." in ran.said
    ran = run("check", "--guide", "walk", "--project", small)
    assert ran.code == 0, "translators begin when the guide is ready"
    assert "walk.po" in ran.out
    assert "walk is being written; messages that are not translated yet: 8" in ran.out
    assert "cse" not in ran.out
    assert run("check", "--guide", "quoted", "--project", small).code == 65


def test_checks_of_one_language_say_nothing_of_others_or_of_the_english(small: Path) -> None:
    begin(small)
    arguments = ["check", "--json", "--project", small, "--guide", "walk"]
    paths = {finding["path"] for finding in json.loads(run(*arguments, "-l", "pl").out)}
    assert {Path(path).parts[-3] for path in paths} == {"pl"}
    (small / "locales" / "walk.pot").unlink()
    assert "PG503" not in run(*arguments, "-l", "pl").out
    found = json.loads(run(*arguments, "-l", "en").out)
    assert [finding["code"] for finding in found] == ["PG503"]
    assert run("check", "-l", "xx", "--project", small).code == 66


def test_an_accepted_finding_of_a_guide_that_is_left_out_is_not_reported(small: Path) -> None:
    accepted = small / "locales" / "pl" / "accepted.toml"
    text = accepted.read_text("utf-8") if accepted.exists() else ""
    entry = '\n[[accepted]]\ncode = "PG554"\ncontext = "look-both-ways"\nreason = "A reason."\n'
    accepted.write_text(text + entry, "utf-8")
    assert "“look-both-ways”" in run("check", "--project", small).out
    begin(small)
    assert "“look-both-ways”" not in run("check", "--project", small).out


def test_a_named_guide_is_built_with_a_note_and_without_the_languages_that_it_lacks(small: Path) -> None:
    begin(small)
    arguments = ["build", "--project", small, "-o", small / "out", "-e", "web", "--guide", "walk"]
    ran = run(*arguments)
    assert ran.code == 0, ran.said
    assert "in 1 language:" in ran.out
    assert "walk: is not ready." in ran.said
    assert "2 languages have no whole translation" in ran.said
    assert not (small / "out" / "cse").exists()
    assert run(*arguments, "-l", "en", "-l", "pl").code == 3, "Polish was asked for by its name"


def test_a_build_names_the_guides_that_it_leaves_out(small: Path) -> None:
    begin(small, "quoted", f"{LETTER}\n{QUOTE}\n")
    ran = run("build", "--project", small, "-o", small / "out", "-e", "message", "--zip")
    assert ran.code == 0, ran.said
    assert "Left out, because it is being written: quoted" in ran.out
    assert {path.name for path in (small / "out").iterdir() if path.is_dir()} == {"cse"}


def test_schools_are_built_with_named_guides(small: Path) -> None:
    begin(small)
    table = small / "schools.csv"
    table.write_text("folder,name\nash,Ash School\n", "utf-8")
    out = small / "out"
    arguments = ["schools", "build", table, "--project", small, "-e", "web", "-l", "en", "-o", out]
    assert run(*arguments).code == 0
    assert not (out / "ash" / "walk").exists()
    ran = run(*arguments, "--guide", "walk")
    assert ran.code == 0, ran.said
    assert (out / "ash" / "walk" / "en" / "index.html").exists()
    assert not (out / "ash" / "cse").exists()


def test_schools_get_one_error_if_no_guide_is_ready(small: Path) -> None:
    run("guide", "unready", "cse", "--project", small)
    table = small / "schools.csv"
    table.write_text("folder,name\nash,Ash School\nbirch,Birch School\n", "utf-8")
    ran = run("schools", "build", table, "--project", small, "-o", small / "out")
    assert ran.code == 66
    assert ran.said.count("no guide is ready") == 1


def test_drafts_need_no_other_command_first(small: Path) -> None:
    begin(small)
    project = Project(small)
    paths = [project.pot_path("walk"), project.catalog_path(project.language("pl"), "walk")]
    for path in paths:
        path.unlink()
    ran = run("draft", "pl", "--provider", "pseudo", "--project", small)
    assert ran.code == 0, ran.said
    assert "8 of 8 written" in ran.out
    assert all(path.exists() for path in paths)
    assert run("check", "--guide", "walk", "-l", "en", "--project", small).code == 0


def test_a_draft_of_a_sentence_that_is_new_needs_no_update_first(small: Path) -> None:
    path = small / "locales" / "en" / "cse" / "guide.md"
    path.write_text(path.read_text("utf-8") + '\n{#more source="us"}\nLook both ways.\n', "utf-8")
    ran = run("draft", "pl", "--provider", "pseudo", "--project", small)
    assert "1 of 1 written" in ran.out, ran.said
    assert Project(small).catalog(Project(small).language("pl"), "cse")["more"].fuzzy


@pytest.mark.parametrize(
    "arguments",
    [
        ["guide", "list"],
        ["guide", "unready", "cse"],
        ["guide", "ready", "cse"],
        ["check"],
        ["status"],
        ["quality"],
        ["extract"],
        ["update", "--yes"],
        ["doctor"],
        ["new-language", "cy"],
        ["review", "status"],
        ["history"],
        ["draft", "pl", "--provider", "pseudo"],
    ],
)
def test_the_last_line_of_a_command_is_the_next_step(small: Path, arguments: list[str]) -> None:
    run("guide", "unready", "cse", "--project", small)
    run("guide", "ready", "cse", "--project", small)
    ran = run(*arguments, "--project", small)
    assert ran.said.splitlines()[-1].startswith("Next: ")
    assert "Next: " not in ran.out
