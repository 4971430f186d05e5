"""A changed English sentence affects its own block only, and a withdrawn one disappears at once."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from parentguide.build.api import BuildRequest, build_guides, plan
from parentguide.cli.main import main
from parentguide.errors import SourceError
from parentguide.model.output import Edition
from parentguide.model.walk import extract
from parentguide.project.project import Project
from parentguide.project.revise import guide_path, revise_guide
from parentguide.review.approvals import sign
from parentguide.review.sign_off import Reviewer, write_entries
from parentguide.review.status import language_review
from tests.unit.review.conftest import polish, root, translate

__all__ = ["root"]
OLD, NEW = "Talk calmly with your child.", "Speak calmly with your child."
CONTEXT = "do-calm"
DOMAINS = ("cse", "interface")


def change(root: Path, old: str, new: str, *, saved: bool = True) -> None:
    """Change the English: in Studio or with “update” (``saved``), or in an editor alone."""
    project = Project(root)
    text = guide_path(project, "cse").read_text("utf-8")
    assert text.count(old) == 1
    if saved:
        revise_guide(project, "cse", text.replace(old, new))
    else:
        guide_path(project, "cse").write_text(text.replace(old, new), "utf-8")


def approve(root: Path) -> None:
    project = Project(root)
    language = project.language("pl")
    entries = sign(project, language, DOMAINS, Reviewer("teacher", date(2026, 11, 20)))
    write_entries(project, language, entries)


def editions(root: Path, **more: object) -> dict[str, Edition]:
    made = plan(Project(root), BuildRequest(formats=("read-aloud",), **more))  # type: ignore[arg-type]
    return {edition.language.tag: edition for edition in made.editions}


def pair(edition: Edition, context: str = CONTEXT) -> tuple[str, str]:
    """The English and the translation of a sentence as an edition shows them."""
    english = {segment.id: segment.text for segment in extract(edition.english.blocks)}
    own = {segment.id: segment.text for segment in extract(edition.guide.blocks)}
    return english[context], own[context]


@pytest.mark.parametrize("saved", [True, False])
def test_a_language_shows_the_earlier_pair_until_the_new_english_is_translated(
    root: Path, saved: bool
) -> None:
    before = pair(editions(root)["pl"])
    change(root, OLD, NEW, saved=saved)
    made = editions(root)
    assert pair(made["pl"]) == before
    assert made["pl"].earlier == (CONTEXT,)
    assert NEW in pair(made["en"])[0]
    if saved:
        translate(root, {CONTEXT: "Zaufaj temu, co czujesz."})
        assert NEW in pair(editions(root)["pl"])[0]
        assert editions(root)["pl"].earlier == ()


def test_the_earlier_pair_has_its_own_state(root: Path) -> None:
    approve(root)
    change(root, OLD, NEW)
    assert editions(root)["pl"].status == "checked"
    project = Project(root)
    present = language_review(project, project.language("pl"), DOMAINS)
    assert {m.context for m in present.messages if m.state == "draft"} == {CONTEXT}


def test_a_draft_of_the_earlier_english_is_a_draft(root: Path) -> None:
    approve(root)
    translate(root, {CONTEXT: f"{polish(root, CONTEXT)} Zawsze."})
    change(root, OLD, NEW)
    assert editions(root)["pl"].status == "draft"
    assert "pl" not in editions(root, require="checked")


@pytest.mark.parametrize("saved", [True, False])
def test_putting_the_english_back_restores_translation_and_approval(root: Path, saved: bool) -> None:
    approve(root)
    before = polish(root, CONTEXT)
    change(root, OLD, NEW, saved=saved)
    change(root, NEW, OLD, saved=saved)
    made = editions(root)["pl"]
    assert pair(made)[1] == before
    assert (made.status, made.earlier) == ("checked", ())


def test_a_new_translation_is_replaced_by_the_old_one_when_the_english_is_put_back(root: Path) -> None:
    approve(root)
    before = polish(root, CONTEXT)
    change(root, OLD, NEW)
    translate(root, {CONTEXT: "Zaufaj temu, co czujesz."})
    change(root, NEW, OLD)
    assert pair(editions(root)["pl"])[1] == before
    assert editions(root)["pl"].status == "checked"
    change(root, OLD, NEW)
    assert pair(editions(root)["pl"])[1] == "Zaufaj temu, co czujesz."


def test_a_machines_draft_is_never_shown_as_an_earlier_pair(root: Path) -> None:
    translate(root, {CONTEXT: "Zaufaj."}, fuzzy=True)
    assert "pl" not in editions(root)
    change(root, OLD, NEW)
    assert "pl" not in editions(root)
    change(root, NEW, OLD)
    assert "pl" not in editions(root)


def test_a_project_can_leave_the_language_out_instead(root: Path) -> None:
    (root / "locales/settings.toml").write_text('on_changed_english = "leave-out"\n', "utf-8")
    change(root, OLD, NEW)
    made = plan(Project(root), BuildRequest(formats=("read-aloud",)))
    assert [edition.language.tag for edition in made.editions] == ["en"]
    assert CONTEXT in str(made.refused[0])


def test_a_wrong_setting_is_told_with_the_choices(root: Path) -> None:
    (root / "locales/settings.toml").write_text('on_changed_english = "keep"\n', "utf-8")
    with pytest.raises(SourceError, match="on_changed_english"):
        _ = Project(root).settings


def run(root: Path, *arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, [*arguments, "--project", str(root)])
    assert done.exit_code == code, done.output
    return done.output


def has(edition: Edition, context: str = CONTEXT) -> bool:
    return context in {segment.id for segment in extract(edition.guide.blocks)}


def test_an_unsafe_sentence_is_taken_down_in_every_language(root: Path) -> None:
    said = run(root, "guide", "withdraw-block", "cse", CONTEXT, "--reason", "It can do harm.")
    assert OLD in said
    assert not any(map(has, editions(root).values()))
    run(root, "guide", "withdraw-block", "cse", CONTEXT, code=66)
    run(root, "guide", "restore-block", "cse", CONTEXT)
    assert all(map(has, editions(root).values()))
    run(root, "guide", "restore-block", "cse", CONTEXT, code=66)


@pytest.mark.parametrize("first", ["withdraw", "change"])
def test_a_corrected_sentence_is_shown_where_it_is_translated(root: Path, first: str) -> None:
    if first == "withdraw":
        run(root, "guide", "withdraw-block", "cse", CONTEXT)
        change(root, OLD, NEW)
    else:
        change(root, OLD, NEW)
        run(root, "guide", "withdraw-block", "cse", CONTEXT)
        run(root, "guide", "restore-block", "cse", CONTEXT)
        path = Project(root).withdrawn_path("cse")
        path.write_text(
            f'[[withdrawn]]\ncontext = "{CONTEXT}"\nenglish = "{english_before(root)}"\non = 2026-11-28\n',
            "utf-8",
        )
    made = editions(root)
    assert has(made["en"])
    assert not has(made["pl"])
    translate(root, {CONTEXT: "Zaufaj temu, co czujesz."})
    assert has(editions(root)["pl"])


def english_before(root: Path) -> str:
    project = Project(root)
    return project.catalog(project.language("pl"), "cse")[CONTEXT].previous


@pytest.mark.parametrize(("slug", "context"), [("none", CONTEXT), ("cse", "none"), ("cse", "title")])
def test_what_cannot_be_withdrawn_is_refused(root: Path, slug: str, context: str) -> None:
    run(root, "guide", "withdraw-block", slug, context, code=66)
    assert not (root / "locales/en/cse/withdrawn.toml").exists()


def test_the_manifest_and_the_command_name_the_earlier_pairs(root: Path, tmp_path: Path) -> None:
    change(root, OLD, NEW)
    out = tmp_path / "out"
    build_guides(Project(root), BuildRequest(formats=("read-aloud", "check")), out)
    rows = json.loads((out / "manifest.json").read_text("utf-8"))["artifacts"]
    assert {row["language"] for row in rows if row.get("earlier") == [CONTEXT]} == {"pl"}
    assert NEW in (out / "cse/pl/check.html").read_text("utf-8")
    assert "show the earlier pair: do-calm" in run(
        root, "build", "--format", "read-aloud", "--out", str(tmp_path / "other")
    )


def test_a_fuzzy_translation_that_somebody_edits_is_not_shown_beside_the_earlier_english(root: Path) -> None:
    before = pair(editions(root)["pl"])
    change(root, OLD, NEW)
    translate(root, {CONTEXT: "Zaufaj temu, co"}, fuzzy=True)
    made = editions(root)
    assert "pl" not in made or pair(made["pl"]) == before


def test_the_earlier_text_message_is_shown_too_though_its_link_is_no_contact(root: Path) -> None:
    before = editions(root)["pl"].guide.words_for("message")
    change(root, "In your language: {link}", "Here it is in your language: {link}")
    edition = editions(root)["pl"]
    assert edition.guide.words_for("message") == before
    assert "share-message" in edition.earlier


def test_a_withdrawn_text_message_is_left_to_the_title(root: Path) -> None:
    english = editions(root)["en"].guide.words_for("message")
    assert english is not None
    withdrawn = root / "locales/en/cse/withdrawn.toml"
    withdrawn.write_text(
        f'[[withdrawn]]\ncontext = "share-message"\nenglish = "{english.text}"\n'
        'reason = "It was wrong."\non = 2026-11-28\n',
        "utf-8",
    )
    assert all(edition.guide.words_for("message") is None for edition in editions(root).values())
