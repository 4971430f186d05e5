"""A guide's state: read from any front matter, changed without touching anything else, and its effect."""

from pathlib import Path

import pytest

from parentguide.build.api import BuildRequest, plan
from parentguide.errors import ProjectError, SourceError
from parentguide.model.guide_state import GuideState
from parentguide.newsletter.statements import read_statements
from parentguide.project.front_matter import parse_front_matter
from parentguide.project.guide_acts import files_of_guide, mark_ready, mark_unready, remove_guide
from parentguide.project.guide_choice import narrowed
from parentguide.project.guide_state import read_state, with_state
from parentguide.project.new_guide import new_guide
from parentguide.project.pot import checked_domains, domains, ready_domains
from parentguide.project.project import Project
from parentguide.project.recorded import history_of
from parentguide.review.undo import reverse
from tests.unit.small_project import LETTER, SLUG, small_project

HEAD = "title: Safe\nnewsletter: n.txt\n"
PATH = Path("guide.md")
BODY = "\n{#safe covers=“1”}\n# Safe\n"
NEW = "walking"


def text(front: str) -> str:
    return f"---\n{front}---\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "state: being written",
        "state:   Being  Written",
        'state: "being written"',
        "'state': 'being-written'",
        "state: being written # not yet",
    ],
)
def test_a_guide_says_that_it_is_being_written(line: str) -> None:
    assert read_state(text(f"{HEAD}{line}\n").encode()) is GuideState.WRITING
    assert parse_front_matter(text(f"{HEAD}{line}\n")).state is GuideState.WRITING


@pytest.mark.parametrize("front", [HEAD, f"{HEAD}state: ready\n", f"{HEAD}state: READY\n"])
def test_a_guide_is_ready_if_it_says_so_or_nothing(front: str) -> None:
    assert read_state(text(front).encode()) is GuideState.READY
    assert parse_front_matter(text(front)).state is GuideState.READY


@pytest.mark.parametrize("value", ["finished", "", "[ready]", "true", "being writen"])
def test_another_state_is_a_mistake_with_its_line(value: str) -> None:
    with pytest.raises(SourceError, match="not a state") as caught:
        parse_front_matter(text(f"{HEAD}state: {value}\n"), PATH)
    assert [problem.line for problem in caught.value.problems] == [4]
    assert "being written" in caught.value.problems[0].remedy
    assert read_state(text(f"{HEAD}state: {value}\n").encode()) is GuideState.READY


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: [broken\nstate: being written\n---\n",
        b"---\nstate: being written\n\n# No end of the front matter\n",
        b"title: no begin\nstate: being written\n---\n",
        b"---\ntitle: \xff\xfe\xe9\nstate: being written\n---\n",
        b"---\r\ntitle: *alias\r\nstate: being written\r\n---\r\n",
        "---\nstate: being written\ntitle: [\n---\n".encode("utf-16"),
        b"\xef\xbb\xbf---\nstate: being written\ntitle: {\n---\n",
    ],
)
def test_the_state_of_a_broken_guide_is_read(data: bytes) -> None:
    assert read_state(data) is GuideState.WRITING


@pytest.mark.parametrize("data", [b"", b"\0\1", b"---\n---\nstate: being written\n", b"# Guide\n" * 500])
def test_what_says_nothing_before_the_text_counts_as_ready(data: bytes) -> None:
    assert read_state(data) is GuideState.READY


@pytest.mark.parametrize("front", [HEAD, f"state: ready\n{HEAD}", f"{HEAD}state: being written\nexclude:\n"])
@pytest.mark.parametrize("state", list(GuideState))
def test_only_the_state_is_changed(front: str, state: GuideState) -> None:
    changed = with_state(text(front), state, PATH)
    assert parse_front_matter(changed).state is state

    def others(words: str) -> list[str]:
        return [line for line in words.split("\n") if not line.startswith("state:")]

    assert others(changed) == others(text(front))


def test_a_text_without_front_matter_cannot_be_marked() -> None:
    with pytest.raises(SourceError, match="cannot be marked"):
        with_state("# Guide\n", GuideState.READY, PATH)


@pytest.fixture
def two(tmp_path: Path) -> Project:
    """A project with one guide that is ready and one that is being written."""
    project = small_project(tmp_path)
    new_guide(Project(project.root), NEW, read_statements(LETTER))
    return Project(project.root)


def test_a_new_guide_is_being_written_and_has_what_translators_need(two: Project) -> None:
    assert (two.slugs, two.ready_slugs, two.unready_slugs) == ((SLUG, NEW), (SLUG,), (NEW,))
    assert two.pot_path(NEW).exists()
    translated = [language for language in two.languages.values() if not language.is_source]
    assert all(two.catalog_path(language, NEW).exists() for language in translated)


BREAKS = {
    "the guide": ("guide.md", "---\nstate: being written\ntitle: [\n---\n\x00"),
    "a field": (
        "guide.md",
        "---\ntitle: A\nstate: being written\nnewsletter: n.txt\n---\n\n{#a}\n# A {nobody}\n",
    ),
    "the newsletter": ("statements.tsv", "\x00"),
    "the withdrawn list": ("withdrawn.toml", "]"),
}


@pytest.mark.parametrize("what", [*BREAKS, "the POT", "the definition"])
def test_a_guide_being_written_stops_no_other(two: Project, what: str) -> None:
    folder = two.locales / "en" / NEW
    if what == "the POT":
        two.pot_path(NEW).unlink()
    elif what == "the definition":
        guide = (folder / "guide.md").read_text("utf-8")
        (folder / "guide.md").write_text(
            guide.replace("newsletter:", "definition: no.toml\nnewsletter:", 1), "utf-8"
        )
    else:
        name, words = BREAKS[what]
        (folder / name).write_text(words, "utf-8")
    project = Project(two.root)
    assert project.ready_slugs == (SLUG,)
    assert ready_domains(project) == (SLUG, "interface")
    assert {SLUG, "interface"} <= set(domains(project))
    made = plan(project, BuildRequest(("en", "pl"), ("read-aloud",), allow_incomplete=True))
    assert {edition.guide.slug for edition in made.editions} == {SLUG}


def test_a_named_guide_is_built_and_checked_whether_or_not_it_is_ready(two: Project) -> None:
    made = plan(two, BuildRequest(("en",), ("web",), guides=(NEW,)))
    assert [edition.guide.slug for edition in made.editions] == [NEW]
    assert checked_domains(narrowed(two, [NEW])) == (NEW,)
    assert checked_domains(two) == (SLUG, "interface")


def test_an_unknown_guide_is_named_with_those_that_there_are(two: Project) -> None:
    with pytest.raises(ProjectError, match="there is no guide “other”") as caught:
        plan(two, BuildRequest(guides=("other",)))
    assert f"{SLUG}, {NEW}" in caught.value.problems[0].remedy


def test_if_no_guide_is_ready_one_error_says_what_to_do(two: Project) -> None:
    mark_unready(two, SLUG)
    with pytest.raises(ProjectError, match="no guide is ready") as caught:
        plan(Project(two.root), BuildRequest())
    assert f"“parentguide guide ready {SLUG}”" in caught.value.problems[0].remedy


def test_a_language_counts_once_however_many_guides_there_are(two: Project) -> None:
    mark_ready(two, NEW)
    made = plan(Project(two.root), BuildRequest(("en",), ("web",)))
    assert len(made.editions) == 2
    assert [language.tag for language in made.languages] == ["en"]


def test_ready_and_unready_are_acts_that_can_be_undone(two: Project) -> None:
    path = two.locales / "en" / NEW / "guide.md"
    before = path.read_bytes()
    mark_ready(two, NEW)
    assert Project(two.root).ready_slugs == (SLUG, NEW)
    mark_unready(Project(two.root), NEW)
    assert path.read_bytes() == before
    history = history_of(two.root)
    reverse(history, next(iter(history.acts())))
    assert Project(two.root).ready_slugs == (SLUG, NEW)


def test_a_broken_guide_can_be_taken_out_of_builds(two: Project) -> None:
    path = two.locales / "en" / SLUG / "guide.md"
    path.write_text(path.read_text("utf-8") + "\n| a | table |\n\n```\ncode\n", "utf-8")
    mark_unready(Project(two.root), SLUG)
    assert Project(two.root).unready_slugs == (SLUG, NEW)


def test_a_removed_guide_comes_back_with_its_translations_and_records(two: Project) -> None:
    polish = two.language("pl")
    ledger = two.catalog_path(polish, SLUG).with_name(f"{SLUG}.ledger.jsonl")
    ledger.write_text("", "utf-8")
    paths = files_of_guide(two, SLUG)
    before = {path: path.read_bytes() for path in paths}
    assert {two.pot_path(SLUG), two.catalog_path(polish, SLUG)} < set(before)
    assert remove_guide(two, SLUG) == paths
    assert not any(path.exists() for path in paths)
    assert not (two.locales / "en" / SLUG).exists()
    assert ledger.exists()
    assert Project(two.root).slugs == (NEW,)
    history = history_of(two.root)
    reverse(history, next(iter(history.acts())))
    assert {path: path.read_bytes() for path in before} == before
    assert Project(two.root).slugs == (SLUG, NEW)


def test_a_new_guide_that_cannot_be_placed_leaves_no_catalogs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path)
    before = {path for path in project.locales.rglob("*") if path.is_file()}
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if Path(target).name == NEW:
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(ProjectError, match="cannot be created"):
        new_guide(project, NEW, read_statements(LETTER))
    assert {path for path in project.locales.rglob("*") if path.is_file()} == before
