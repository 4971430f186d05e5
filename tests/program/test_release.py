"""The archive from which a secretary starts Studio, and the files that a double click runs."""

import ast
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from release import make_archive, start_studio


def script(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "parentguide-0.1.0-py3-none-any.whl"
    path.write_bytes(b"a wheel")
    return path


def test_the_archive_has_what_a_secretary_needs_and_nothing_else(wheel: Path) -> None:
    made = make_archive.archive_bytes(wheel, "0.1.0")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        entries = {
            entry.filename.removeprefix("parentguide-studio-0.1.0/"): entry for entry in archive.infolist()
        }
        assert sorted(entries) == [
            "LICENSE.txt",
            "README.txt",
            "program/constraints.txt",
            "program/parentguide-0.1.0-py3-none-any.whl",
            "program/start_studio.py",
            "start-studio.cmd",
            "start-studio.command",
            "start-studio.sh",
        ]
        executable = {name for name, entry in entries.items() if entry.external_attr >> 16 & 0o111}
        assert executable == {"start-studio.command", "start-studio.sh"}
        for name, entry in entries.items():
            content = archive.read(entry)
            if name == "start-studio.cmd" or name in ("README.txt", "LICENSE.txt"):
                assert content.count(b"\n") == content.count(b"\r\n"), name
                assert b"{" not in content
            elif not name.endswith(".whl"):
                assert b"\r" not in content, name
    # cmd.exe reads the code page of the country.
    assert (Path(make_archive.HERE) / "start-studio.cmd").read_text("utf-8").isascii()


def test_the_archive_has_the_same_bytes_each_time(wheel: Path) -> None:
    first = make_archive.archive_bytes(wheel, "0.1.0")
    os.utime(wheel, (1, 1))
    assert make_archive.archive_bytes(wheel, "0.1.0") == first


def test_an_old_python_can_read_the_starter() -> None:
    ast.parse(Path(start_studio.__file__).read_text("utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 8, 10), False), ((3, 10, 9), False), ((3, 11, 0), True), ((3, 14, 2), True), ((3, 15, 0), False)],
)
def test_pythons_for_which_the_parts_exist_are_taken(
    version: tuple[int, int, int],
    fits: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    assert start_studio.main(["--check"]) == (start_studio.FITS if fits else 1)
    assert ("python.org" in capsys.readouterr().out) is not fits


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins for Python are shell scripts")
@pytest.mark.parametrize("starter", ["start-studio.sh", "start-studio.command"])
def test_a_starter_passes_over_what_is_no_fitting_python(starter: str, tmp_path: Path) -> None:
    """As the advertisement of a store, which ends well and does nothing; and a Python that is too old."""
    unpacked = tmp_path / "My guides & more"
    (unpacked / "program").mkdir(parents=True)
    (unpacked / "program" / "start_studio.py").touch()
    script(unpacked / starter, (make_archive.HERE / starter).read_text("utf-8"))
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("dirname", "sh"):
        (commands / name).symlink_to(Path("/usr/bin") / name)
    script(commands / "python3", "#!/bin/sh\nexit 0\n")
    script(commands / "python3.14", "#!/bin/sh\nexit 1\n")

    def started() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(unpacked / starter), "--no-browser"],
            env={"PATH": str(commands), "STUDIO_IN_TERMINAL": "yes"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    nothing = started()
    assert nothing.returncode == 1
    assert "Studio needs Python 3.11, 3.12, 3.13 or 3.14" in nothing.stdout
    fitting = '#!/bin/sh\nif [ "$2" = --check ]; then exit 42; fi\necho "started $*"\n'
    script(commands / "python3.12", fitting)
    found = started()
    assert found.returncode == 0
    assert found.stdout == f"started {unpacked}/program/start_studio.py --no-browser\n"
    (unpacked / "program" / "start_studio.py").unlink()
    assert "Unpack the whole ZIP file" in started().stdout


@pytest.mark.slow
def test_the_wheel_has_words_and_looks(tmp_path: Path) -> None:
    """Building it is all that needs an index: for its build tool."""
    wheel = make_archive.build_wheel(tmp_path)
    names = set(zipfile.ZipFile(wheel).namelist())
    content = {
        path.relative_to(make_archive.ROOT).as_posix()
        for folder in ("locales", "templates")
        for path in (make_archive.ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".mo", ".pyc")
    }
    assert {f"parentguide/content/{name}" for name in content} <= names
