"""The history: the earlier version of each file is kept before it changes, and can be put back."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from shutil import which

import pytest

from parentguide.errors import ProjectError
from parentguide.infra import history as store
from parentguide.infra.actor import Actor, acting
from parentguide.infra.history import FOLDER, OBJECTS, History, Limits
from parentguide.infra.history_acts import Act
from parentguide.infra.history_order import redo_target, undo_target
from parentguide.project import recorded as recorded_module
from parentguide.project.forget_name import forget_name
from parentguide.project.git_history import commits, versions_in
from parentguide.project.new_guide import new_guide
from parentguide.project.project import Project
from parentguide.project.put_back import earlier_versions, put_back
from parentguide.project.recorded import history_of, recorded
from parentguide.project.revise import guide_path, revise_guide
from tests.unit.small_project import CONTEXT, ENGLISH, POLISH, SLUG, TAG, small_project

GUIDE = f"locales/en/{SLUG}/guide.md"
CATALOG = f"locales/pl/LC_MESSAGES/{SLUG}.po"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project without the history of its own creation."""
    made = small_project(tmp_path / "project")
    for left in sorted((made.root / FOLDER).rglob("*"), reverse=True):
        left.rmdir() if left.is_dir() else left.unlink()
    return made


def change(root: Path, name: str, text: str) -> None:
    """One act that writes one file."""
    from parentguide.infra.atomic import write_file

    with recorded(root, f"Write {name}", [root.resolve() / name]):
        write_file(root / name, text.encode("utf-8"))


def acts(root: Path) -> list[Act]:
    return list(History(root).acts())


def save(project: Project, old: str, new: str) -> None:
    text = guide_path(project, SLUG).read_text("utf-8")
    assert old in text
    revise_guide(Project(project.root), SLUG, text.replace(old, new))


def words(root: Path) -> dict[str, bytes]:
    """All files of the project."""
    return {
        p.relative_to(root).as_posix(): p.read_bytes() for p in (root / "locales").rglob("*") if p.is_file()
    }


def test_a_save_is_one_act_with_the_earlier_bytes_of_each_file(project: Project) -> None:
    before = words(project.root)
    with acting(Actor("Studio, /write", "ann@example.org")):
        save(project, ENGLISH, "New words.")
    (act,) = acts(project.root)
    assert (act.what, act.how, act.who) == (f"Save the guide “{SLUG}”", "Studio, /write", "ann@example.org")
    assert act.finished
    assert sorted(change.path for change in act.files) == sorted([f"locales/{SLUG}.pot", GUIDE, CATALOG])
    for one in act.files:
        assert (project.root / FOLDER / act.name / one.path).read_bytes() == before[one.path]
        assert one.before == sha256(before[one.path]).hexdigest()
        assert one.after == sha256((project.root / one.path).read_bytes()).hexdigest()


def test_a_save_that_changes_nothing_is_no_act(project: Project) -> None:
    revise_guide(project, SLUG, guide_path(project, SLUG).read_text("utf-8"))
    assert acts(project.root) == []
    assert not (project.root / FOLDER).exists()


def test_the_computers_user_is_not_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, "ann-of-the-office")
    save(project, ENGLISH, "New words.")
    (act,) = acts(project.root)
    assert "ann-of-the-office" not in (project.root / FOLDER / act.name / "act.toml").read_text("utf-8")


def test_the_earlier_version_is_there_before_the_file_is_written(tmp_path: Path) -> None:
    change(tmp_path, "a.txt", "one")
    seen = []
    with recorded(tmp_path, "Change", [tmp_path / "a.txt"]):
        seen = [path.read_text() for path in (tmp_path / FOLDER).glob("*-0002-*/a.txt")]
        (tmp_path / "b").write_text("two")
        (tmp_path / "b").replace(tmp_path / "a.txt")
    assert seen == ["one"]


def test_an_act_that_is_killed_keeps_the_earlier_version(tmp_path: Path) -> None:
    change(tmp_path, "a.txt", "one")
    change(tmp_path, "b.txt", "same")
    script = (
        "import os, sys; from pathlib import Path; from parentguide.project.recorded import recorded\n"
        "from parentguide.infra.atomic import write_file\n"
        "root = Path(sys.argv[1])\n"
        "with recorded(root, 'Killed', [root / 'a.txt', root / 'b.txt']):\n"
        "    write_file(root / 'a.txt', b'two')\n"
        "    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == 9
    newest = acts(tmp_path)[0]
    assert (newest.what, newest.finished) == ("Killed", False)
    (tmp_path / FOLDER / f"{store.NEW}left").mkdir()
    history_of(tmp_path).settle()
    newest = acts(tmp_path)[0]
    assert [one.path for one in newest.files] == ["a.txt"], "what was not written leaves the act"
    assert newest.finished
    assert history_of(tmp_path).earlier(newest, "a.txt") == b"one"
    assert not list((tmp_path / FOLDER).glob(".new-*"))


def test_nothing_is_changed_where_the_earlier_version_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / FOLDER).write_text("a file in the way")
    with pytest.raises(ProjectError, match="nothing was changed"):
        change(tmp_path, "a.txt", "two")
    assert (tmp_path / "a.txt").read_text() == "one"


@pytest.mark.parametrize("links", [True, False])
def test_equal_content_is_stored_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.delattr(os, "link")
    for text in ("A" * 5000, "B" * 5000, "A" * 5000, "B" * 5000, "C"):
        change(tmp_path, "a.txt", text)
    copies = sorted((tmp_path / FOLDER).glob("*/a.txt"))
    assert [copy.read_text()[0] for copy in copies] == ["A", "B", "A", "B"], "each act has its file"
    if links:
        assert len({copy.stat().st_ino for copy in copies}) == 2
        assert History(tmp_path).size() < 2 * 5000 + 4000


def test_a_file_that_is_changed_in_place_changes_no_earlier_version(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        change(tmp_path, "a.txt", text)
    with (tmp_path / "a.txt").open("r+") as stream:
        stream.write("THREE")
    change(tmp_path, "a.txt", "four")
    history = History(tmp_path)
    assert [history.earlier(act, "a.txt") for act in history.acts()] == [b"THREE", b"two", b"one", None]


def test_the_oldest_acts_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_module, "history_of", lambda root: History(root, Limits(acts=3)))
    for number in range(6):
        change(tmp_path, "a.txt", f"{number}")
    assert [act.number for act in acts(tmp_path)] == [6, 5, 4]
    assert len(list((tmp_path / FOLDER / OBJECTS).iterdir())) == 3


def test_the_history_stays_within_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded_module, "history_of", lambda root: History(root, Limits(megabytes=3)))
    for number in range(6):
        change(tmp_path, "a.txt", f"{number}" * 1_200_000)
    assert History(tmp_path).size() <= 3_000_000
    assert [act.number for act in acts(tmp_path)] == [6, 5]


def test_the_limits_are_in_the_settings(project: Project) -> None:
    settings = project.locales / "settings.toml"
    settings.write_text("history_megabytes = 7\nhistory_acts = 9\n", "utf-8")
    assert history_of(project.root).limits == Limits(7, 9)
    settings.write_text("history_acts = 0\n", "utf-8")
    assert history_of(project.root).limits == Limits(), "a broken file is reported elsewhere"


def test_git_leaves_the_history_out(tmp_path: Path) -> None:
    change(tmp_path, "a.txt", "one")
    rules = (tmp_path / FOLDER / ".gitignore").read_text("utf-8")
    assert rules.splitlines()[-1] == "*"


def test_an_act_within_an_act_is_part_of_it(tmp_path: Path) -> None:
    with recorded(tmp_path, "Both"):
        change(tmp_path, "a.txt", "one")
        change(tmp_path, "b.txt", "two")
    (act,) = acts(tmp_path)
    assert (act.what, [one.path for one in act.files]) == ("Both", ["a.txt", "b.txt"])


def test_a_guide_that_is_put_back_restores_its_translation(project: Project) -> None:
    before = guide_path(project, SLUG).read_text("utf-8")
    save(project, ENGLISH, "New words.")
    history = history_of(project.root)
    changed = put_back(history, earlier_versions(history, acts(project.root)[0]), "Put back")
    assert GUIDE in changed
    assert guide_path(project, SLUG).read_text("utf-8") == before
    entry = Project(project.root).catalog(project.language(TAG), SLUG)[CONTEXT]
    assert (entry.english, entry.text, entry.fuzzy) == (ENGLISH, POLISH[2], False)
    assert len(acts(project.root)) == 2, "to put back is an act"
    with pytest.raises(ProjectError, match="as they were"):
        put_back(history, {GUIDE: before.encode()}, "Again")


def test_a_catalog_that_is_put_back_fits_the_present_guide(project: Project) -> None:
    path = project.catalog_path(project.language(TAG), SLUG)
    with recorded(project.root, "Edit the catalog", [path]):
        path.unlink()
    save(project, ENGLISH, "New words.")
    history = history_of(project.root)
    put_back(history, earlier_versions(history, acts(project.root)[1]), "Put back")
    entry = Project(project.root).catalog(project.language(TAG), SLUG)[CONTEXT]
    assert (entry.english, entry.fuzzy) == ("New words.", True)


def test_a_new_guide_that_is_put_back_is_gone_and_comes_again(project: Project) -> None:
    from parentguide.newsletter.statements import read_statements
    from parentguide.review.undo import reverse

    before = words(project.root)
    new_guide(project, "bullying", read_statements("Bullying\n\nTell us about it."))
    created = words(project.root)
    history = history_of(project.root)
    reverse(history, acts(project.root)[0])
    assert words(project.root) == before
    assert not (project.locales / "en" / "bullying").exists()
    redo = redo_target(history.acts())
    assert redo is not None
    reverse(history, redo)
    assert words(project.root) == created


def test_catalogs_that_an_interruption_left_behind_are_brought_up_to_date(project: Project) -> None:
    """The guide is as it was before the act, and a catalog is not: killed between the two."""
    before = words(project.root)
    save(project, ENGLISH, "New words.")
    (project.root / GUIDE).write_bytes(before[GUIDE])
    (project.root / f"locales/{SLUG}.pot").write_bytes(before[f"locales/{SLUG}.pot"])
    history = History(project.root)
    assert put_back(history, {GUIDE: before[GUIDE]}, "Put back") == (CATALOG,)
    assert "fuzzy" not in (project.root / CATALOG).read_text("utf-8")
    with pytest.raises(ProjectError, match="nothing has to be put back"):
        put_back(history, {GUIDE: before[GUIDE]}, "Again")


def test_a_damaged_version_is_not_put_back(tmp_path: Path) -> None:
    change(tmp_path, "a.txt", "one")
    change(tmp_path, "a.txt", "two")
    history = History(tmp_path)
    act = acts(tmp_path)[0]
    (history.folder / act.name / "a.txt").write_text("other")
    with pytest.raises(ProjectError, match="damaged"):
        history.earlier(act, "a.txt")


def test_undo_and_redo_go_through_the_acts_in_order(tmp_path: Path) -> None:
    from parentguide.review.undo import reverse

    for text in ("one", "two", "three"):
        change(tmp_path, "a.txt", text)
    history = History(tmp_path)
    said = []
    for kind in ("undo", "undo", "redo", "redo", "undo"):
        act = (undo_target if kind == "undo" else redo_target)(history.acts())
        assert act is not None
        reverse(history, act)
        said.append((tmp_path / "a.txt").read_text())
    assert said == ["two", "one", "two", "three", "two"]
    change(tmp_path, "a.txt", "four")
    assert redo_target(history.acts()) is None
    for _ in range(3):
        act = undo_target(history.acts())
        assert act is not None
        reverse(history, act)
    assert not (tmp_path / "a.txt").exists()
    assert undo_target(history.acts()) is None


def test_an_undo_does_not_touch_what_other_hands_changed(tmp_path: Path) -> None:
    from parentguide.review.undo import reverse

    change(tmp_path, "a.txt", "one")
    change(tmp_path, "a.txt", "two")
    (tmp_path / "a.txt").write_text("by hand")
    with pytest.raises(ProjectError, match="changed since") as caught:
        reverse(History(tmp_path), acts(tmp_path)[0])
    assert "put-back 2 a.txt" in caught.value.remedy
    assert (tmp_path / "a.txt").read_text() == "by hand"


def test_the_undo_of_a_guide_keeps_what_was_translated_since(project: Project) -> None:
    from parentguide.review.undo import reverse
    from parentguide.translation import po

    before = guide_path(project, SLUG).read_text("utf-8")
    save(project, ENGLISH, "New words.")
    path = project.catalog_path(project.language(TAG), SLUG)
    title = next(iter(project.source_messages(SLUG)))
    path.write_bytes(po.with_translations(path.read_bytes(), {title: "Nowy tytuł"}, path))
    reverse(history_of(project.root), acts(project.root)[0])
    assert guide_path(project, SLUG).read_text("utf-8") == before
    catalog = Project(project.root).catalog(project.language(TAG), SLUG)
    assert catalog[title].text == "Nowy tytuł"
    assert (catalog[CONTEXT].text, catalog[CONTEXT].fuzzy) == (POLISH[2], False)


def test_a_name_is_removed_from_the_history_only(tmp_path: Path) -> None:
    school = 'name = "Hill School"\n\n[[team]]\nname = "Ann Bee"\n'
    with acting(Actor("parentguide school new", "Ann Bee")):
        change(tmp_path, "school.toml", school)
    change(tmp_path, "school.toml", school.replace("Hill", "Dale"))
    change(tmp_path, "school.toml", school.replace("Hill", "Oak").replace("Ann Bee", "Ann Beech"))
    change(tmp_path, "note.txt", "Ann Bee called")
    count, named = forget_name(History(tmp_path), "Ann Bee")
    assert (count, named) == (3, ("note.txt",))
    history = History(tmp_path)
    stored = [path.read_text("utf-8") for path in history.folder.rglob("*") if path.is_file()]
    assert not [text for text in stored if "Ann Bee" in text.replace("Ann Beech", "")]
    assert (tmp_path / "note.txt").read_text("utf-8") == "Ann Bee called"
    earlier = history.earlier(history.act(2), "school.toml")
    assert earlier == school.replace("Ann Bee", "(name removed)").encode()
    assert forget_name(history, "Ann Bee") == (0, ("note.txt",))


@pytest.fixture
def repository(project: Project) -> Project:
    git = which("git")
    if git is None:
        pytest.skip("git is not installed")
    who = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for arguments in (["init", "-q"], ["add", "locales"], [*who, "commit", "-qm", "First"]):
        subprocess.run([git, *arguments], cwd=project.root, check=True)
    return project


def test_a_file_of_a_commit_is_put_back(repository: Project) -> None:
    before = guide_path(repository, SLUG).read_text("utf-8")
    (commit,) = commits(repository.root, 5)
    assert (commit.subject, commit.author, GUIDE in commit.files) == ("First", "Ann", True)
    save(repository, ENGLISH, "New words.")
    put_back(history_of(repository.root), versions_in(repository.root, commit.short, GUIDE), "Put back")
    assert guide_path(repository, SLUG).read_text("utf-8") == before
    with pytest.raises(ProjectError, match="no act and no commit"):
        versions_in(repository.root, "--help")
    with pytest.raises(ProjectError, match="has no file"):
        versions_in(repository.root, commit.short, "locales/none.txt")


def test_a_folder_without_git_has_no_commits(tmp_path: Path) -> None:
    assert commits(tmp_path, 5) == ()
