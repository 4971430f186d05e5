"""Every command that writes, stopped at each of its file operations: everything is old or new, and whole.

Afterwards the next command leaves nothing of the stopped one.
"""

import io
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from parentguide.build.previous import ARCHIVE, MANIFEST, archive_is_ours
from parentguide.cli.main import main
from parentguide.infra import leftovers
from parentguide.infra.atomic import write_file
from parentguide.infra.history import FOLDER, OBJECTS, History
from parentguide.machine import jobs
from parentguide.machine.engine import TranslationJob, TranslationOutcome
from parentguide.model.domain import INTERFACE
from parentguide.project.project import Project
from parentguide.project.revise import guide_path, revise_guide
from parentguide.review import sign_off
from parentguide.studio.services.workspace import Workspace
from parentguide.translation.po import templates
from tests import faults
from tests.faults import Fault, Run, run
from tests.profile import cases, quick
from tests.unit.small_project import CONTEXT, ENGLISH, LETTER, POLISH, SLUG, TAG, small_project

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no fork")
LEDGER = ".ledger.jsonl"
MOST_POINTS = 100
FAULTS = (Fault.KILL, Fault.FULL, Fault.STOP)


def files(root: Path) -> dict[str, bytes]:
    """Everything but the history, whose acts have moments and numbers: :func:`check_history`."""
    return {name: data for name, data in faults.files(root).items() if not name.startswith(FOLDER)}


def check_history(root: Path, old: dict[str, bytes], where: str) -> None:
    """Each file that a command of the history changed has its old bytes there, and nothing is half done."""
    history = History(root)
    acts = list(history.acts())
    assert len(acts) == len(history.names()), where
    now = files(root)
    for name, data in old.items():
        if name.startswith("locales/") and not name.endswith("/") and now.get(name) != data:
            kept = [history.earlier(act, name) for act in acts if act.file(name) is not None]
            assert data in kept, f"{name}: {where}"


def check_swept(root: Path, where: str) -> None:
    """The next command has finished what was interrupted."""
    history = History(root)
    assert all(act.finished for act in history.acts()), where
    assert not [path.name for path in history.folder.glob(".[no][el][wd]-*")], where
    known = {change.before for act in history.acts() for change in act.files}
    assert {path.name for path in (history.folder / OBJECTS).glob("*")} <= known, where


def command(*arguments: str, said: str = "") -> Callable[[Path], None]:
    """A command in the folder of the test, with the answers to its questions."""

    def action(root: Path) -> None:
        sys.stdin = io.StringIO(said)
        os.chdir(root)
        main.main([*arguments], prog_name="parentguide", standalone_mode=True)

    return action


def change_english(root: Path) -> None:
    path = guide_path(Project(root), SLUG)
    path.write_text(path.read_text("utf-8").replace(ENGLISH, "Children may be afraid."), "utf-8")


def school(root: Path, name: str = "Ash School") -> None:
    # Each school has its own address, so that every message differs.
    address = f"https://{name.split(maxsplit=1)[0].lower()}.example.sch.uk/guides"
    (root / "school.toml").write_text(f'name = "{name}"\nguides = "{address}"\n', "utf-8")
    (root / "trust.csv").write_text(f"name\n{name}\nOak School\n", "utf-8")


def build_then_other_school(*arguments: str) -> Callable[[Path], None]:
    """A first build, and then another name of the school: so that every file of the next one is new."""

    def prepare(root: Path) -> None:
        school(root)
        done = attempt(Case(command(*arguments)), root)
        assert done.code == 0, done.said
        school(root, "Elm School")

    return prepare


def scripts(root: Path) -> None:
    shutil.copyfile(Project().locales / "scripts.toml", root / "locales" / "scripts.toml")


def one_missing(root: Path) -> None:
    project = Project(root)
    path = project.catalog_path(project.language(TAG), SLUG)
    path.write_text(path.read_text("utf-8").replace(f'"{POLISH[2]}"', '""'), "utf-8")


def letter(root: Path) -> None:
    (root / "letter.txt").write_text(LETTER, "utf-8")


def signed(root: Path) -> None:
    done = run(lambda: SIGN(root))
    assert done.code == 0, done.said


def answered(root: Path) -> None:
    """A review sheet with the answer “OK” in each row."""
    from openpyxl import load_workbook

    done = run(lambda: command("review", "sheet", TAG, "--project", ".")(root))
    assert done.code == 0, done.said
    book = load_workbook(root / f"review-{TAG}.xlsx")
    (answers,) = book["Review"].data_validations.dataValidation
    column = str(answers.sqref).rstrip("0123456789:").partition("2:")[0]
    book["Review"][f"{column}3"] = "Correct"  # row 2 is a heading
    book.save(root / "answers.xlsx")


def draft(root: Path) -> None:
    """What “parentguide draft” writes at its end, and back-translations."""
    project = Project(root)
    language = project.language(TAG)
    todo: list[TranslationJob] = jobs.draft_jobs(project, language, ())
    outcomes = [TranslationOutcome(job, text="Dzieci mogą się bać.") for job in todo]
    jobs.write_drafts(project, language, outcomes, "a machine", date(2026, 11, 28))


def saved(root: Path) -> None:
    project = Project(root)
    text = guide_path(project, SLUG).read_text("utf-8")
    revise_guide(project, SLUG, text.replace(ENGLISH, "Children may be afraid."))


def studio_saves(root: Path) -> None:
    """Studio's save of the English, and of the school."""
    workspace = Workspace(root, root)
    with workspace.locked_project() as project:
        text = guide_path(project, SLUG).read_text("utf-8")
        revise_guide(project, SLUG, text.replace(ENGLISH, "Children may be afraid."))
    write_file(workspace.user_files("").school_file, b'name = "Elm School"\n')


def studio_copy(root: Path) -> None:
    Workspace(root / "desk").copy_content()


SIGN = command("review", "sign", TAG, "--role", "teacher", "--only", CONTEXT, "--project", ".")
BUILD = ("build", "-l", TAG, "-l", "en", "-e", "message", "--school", "school.toml", "--project", ".")


@dataclass(frozen=True)
class Case:
    """``prepare`` makes the state before ``action``. ``whole``: folders whose files belong together."""

    action: Callable[[Path], None]
    prepare: Callable[[Path], object] = school
    whole: tuple[str, ...] = ()


CASES = {
    "build": Case(command(*BUILD), build_then_other_school(*BUILD), ("output",)),
    "first build": Case(command(*BUILD, "--zip"), school, ("output",)),
    "build --zip": Case(command(*BUILD, "--zip"), build_then_other_school(*BUILD, "--zip"), ("output",)),
    "schools build": Case(
        command("schools", "build", "trust.csv", "-l", TAG, "-e", "message", "--zip", "--project", "."),
        build_then_other_school(
            "schools", "build", "trust.csv", "-l", TAG, "-e", "message", "--zip", "--project", "."
        ),
        ("schools/elm-school", "schools/oak-school"),
    ),
    "extract": Case(command("extract", "--project", "."), change_english),
    "update": Case(command("update", TAG, "ur", "--project", "."), change_english),
    "new": Case(command("new", "second", "--from", "letter.txt", "--project", "."), letter),
    "new-language": Case(command("new-language", "cy", "--project", "."), scripts),
    "school new": Case(
        command("school", "new", "-o", "new.toml", said="Elm School\n" + "\n" * 40), lambda root: None
    ),
    "review sheet": Case(command("review", "sheet", TAG, "--project", ".")),
    "review sheet --force": Case(command("review", "sheet", TAG, "--force", "--project", "."), answered),
    "review sign": Case(SIGN),
    "review import": Case(
        command("review", "import", "answers.xlsx", "--role", "teacher", "--yes", "--project", "."), answered
    ),
    "review withdraw": Case(
        command(
            "review",
            "withdraw",
            TAG,
            "--role",
            "teacher",
            "--only",
            CONTEXT,
            "--comment",
            "Wrong.",
            "--yes",
            "--project",
            ".",
        ),
        signed,
    ),
    "draft": Case(draft, one_missing),
    "history put-back": Case(command("history", "put-back", "2", "--project", "."), saved),
    "Studio's saves": Case(studio_saves),
    "Studio's copy": Case(studio_copy),
}


@dataclass(frozen=True)
class Expected:
    """The states before and after a case, and after the command is given a second time."""

    start: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    again: dict[str, bytes]
    operations: int


@pytest.fixture(autouse=True)
def same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_off, "now", lambda: "2026-11-28T10:00:00.000000+00:00")
    monkeypatch.setattr(templates, "now", lambda: datetime(2026, 11, 28, 10, tzinfo=UTC))


def attempt(case: Case, root: Path, fault: Fault = Fault.NONE, at: int = 0) -> Run:
    """One run of a case's command. The cache folder is in the test's folder: it is written too."""

    def action() -> None:
        os.environ["XDG_CACHE_HOME"] = str(root.parent / "cache")
        os.environ["TMPDIR"] = str(root.parent / "tmp")
        leftovers._swept.clear()
        case.action(root)

    (root.parent / "tmp").mkdir(exist_ok=True)
    return run(action, fault, at)


def fresh(start: Path, folder: Path) -> Path:
    """A copy of the state before the command, with the cache folder, at the same path each time."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(start, folder, symlinks=True)
    return folder / "work"


def expect(case: Case, folder: Path) -> Expected:
    root = folder / "play" / "work"
    project = small_project(root)
    shipped = Project().catalog_path(project.language(TAG), INTERFACE)
    shutil.copyfile(shipped, project.catalog_path(project.language(TAG), INTERFACE))
    case.prepare(root)
    start = folder / "start"
    shutil.copytree(root.parent, start, symlinks=True)
    fresh(start, folder / "play")
    done = attempt(case, root)
    assert done.code == 0, done.said
    new = files(root)
    attempt(case, root)
    return Expected(start, files(start / "work"), new, files(root), done.operations)


def check(case: Case, expected: Expected, folder: Path, fault: Fault, at: int) -> None:
    """The states after a fault at operation ``at``, and after the command is given again."""
    root = fresh(expected.start, folder / "play")
    hurt = attempt(case, root, fault, at)
    where = f"{fault.value} at operation {at} of {expected.operations}: {hurt.said}"
    assert fault is Fault.KILL or "Traceback" not in hurt.said, where
    check_history(root, expected.old, where)
    for name, data in files(root).items():
        if ".parentguide-" not in name:
            assert data in (expected.old.get(name), expected.new.get(name)), f"{name}: {where}"
    for name in set(expected.old) & set(expected.new):
        assert (root / name).exists(), f"{name} is gone: {where}"
    for name in case.whole:
        now = below(files(root), name)
        assert now in (below(expected.old, name), below(expected.new, name)), f"{name}: {where}"
    after = attempt(case, root)
    left = files(root)
    check_swept(root, where)
    assert set(left) == set(expected.new), f"{where}\n{after.said}"
    for name, data in left.items():
        # Records are only added to a ledger: what was written twice has two records.
        whole = name.endswith(LEDGER) and set(expected.new[name].splitlines()) <= set(data.splitlines())
        assert whole or data in (expected.new[name], expected.again[name]), f"{name}: {where}\n{after.said}"
    # openpyxl makes files of its own in the system's folder for temporary files.
    others = [name for name in files(root.parent / "tmp") if not name.startswith("openpyxl.")]
    assert others == [], f"the next command left temporary files: {where}"


def below(tree: dict[str, bytes], folder: str) -> dict[str, bytes]:
    return {name: data for name, data in tree.items() if name.startswith(f"{folder}/")}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", CASES)
def test_a_command_that_is_stopped_leaves_the_old_or_the_new(name: str, fault: Fault, tmp_path: Path) -> None:
    """At a sample of its operations: all of up to 100 in a soak, a quarter of that in CI."""
    case = CASES[name]
    expected = expect(case, tmp_path)
    assert expected.new != expected.old
    points = range(1, expected.operations + 1)
    most = 2 if quick() else cases(MOST_POINTS)
    # The end, where a command tidies up, is always among them.
    chosen = {*random.sample(points, most), *points[-3:]} if len(points) > most else points
    for at in sorted(chosen):
        check(case, expected, tmp_path, fault, at)


@pytest.mark.parametrize("arguments", [["undo"], ["forget", "afraid", "--yes"]])
def test_an_undo_that_is_stopped_loses_nothing(arguments: list[str], tmp_path: Path) -> None:
    """These are not given a second time: the next undo would be about another act."""
    case = Case(command("history", *arguments, "--project", "."), saved)
    expected = expect(case, tmp_path)
    points = range(1, expected.operations + 1)
    for fault in FAULTS:
        for at in random.sample(points, 3) if quick() else points:
            root = fresh(expected.start, tmp_path / "play")
            hurt = attempt(case, root, fault, at)
            where = f"{fault.value} at operation {at} of {expected.operations}: {hurt.said}"
            check_history(root, expected.old, where)
            for name, data in files(root).items():
                if ".parentguide-" not in name:
                    assert data in (expected.old.get(name), expected.new.get(name)), f"{name}: {where}"
            attempt(Case(command("history", "--project", ".")), root)
            check_swept(root, where)


@pytest.mark.slow
def test_random_kills_one_after_the_other(tmp_path: Path) -> None:
    """A folder of which builds are killed again and again is the old build or the new one each time."""
    case = CASES["build --zip"]
    expected = expect(case, tmp_path)
    root = fresh(expected.start, tmp_path / "play")
    states = [below(expected.old, "output"), below(expected.new, "output")]
    for turn in range(cases(500)):
        school(root, ("Ash School", "Elm School")[turn % 2])
        attempt(case, root, Fault.KILL, random.randint(1, expected.operations + 5))  # noqa: S311
        assert below(files(root), "output") in states
    school(root, "Elm School")
    assert attempt(case, root).code == 0
    assert files(root) == expected.new


def test_archive_and_folder_belong_together_after_the_next_command(tmp_path: Path) -> None:
    """Killed between the two, the next build finishes the archive, though nothing else has changed."""
    case = CASES["build --zip"]
    expected = expect(case, tmp_path)
    for at in range(expected.operations, 0, -1):
        root = fresh(expected.start, tmp_path / "play")
        attempt(case, root, Fault.KILL, at)
        now = files(root)
        if (
            below(now, "output") == below(expected.new, "output")
            and now["output.zip"] != expected.new["output.zip"]
        ):
            break
    else:
        pytest.fail("no operation is between the folder and the archive")
    assert attempt(case, root).code == 0
    assert files(root)["output.zip"] == expected.new["output.zip"]
    assert archive_is_ours(files(root)["output.zip"], ())
    rows = json.loads(files(root)[f"output/{MANIFEST}"])["artifacts"]
    assert all(sha256(files(root)[f"output/{row['path']}"]).hexdigest() == row["sha256"] for row in rows)
    assert ARCHIVE not in files(root)
