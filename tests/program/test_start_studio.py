"""What the starter of Studio does with Python and pip. Stand-ins for both need no network."""

import os
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from release import start_studio

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for Python are shell scripts")

# A Python that does nothing but write down what it was asked. `-m venv` makes a copy of it. What pip
# says, and with which status it ends, is in two files.
FAKE = """\
#!/bin/sh
echo "$*" >> '{0}/asked'
case "$*" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip --version") cat '{0}/pip-version' ;;
  "-m pip install "*) cat '{0}/pip-says'; exit "$(cat '{0}/pip-status')" ;;
esac
"""


class Computer:
    """A school's computer on which somebody has unpacked the archive."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.program = folder / "unpacked" / "program"
        self.program.mkdir(parents=True)
        (folder / "Documents").mkdir()
        self.release("0.1.0")
        (self.program / "constraints.txt").write_text("click==8.5.1\n", "utf-8")
        self.pip(
            0, "  Downloading typst-0.15.2-cp39-abi3-x.whl (34.1 MB)\nInstalling collected packages: typst\n"
        )
        (folder / "pip-version").write_text("pip 25.2 from /x (python 3.14)\n", "utf-8")
        (folder / "python").write_text(FAKE.format(folder), "utf-8")
        (folder / "python").chmod(0o755)
        monkeypatch.setattr(start_studio, "HERE", self.program)
        monkeypatch.setattr(sys, "executable", str(folder / "python"))
        monkeypatch.setattr(urllib.request, "getproxies", lambda: {})
        monkeypatch.setenv("HOME", str(folder))
        monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
        self.data = folder / "data" / "parentguide" / "program"

    def release(self, version: str) -> None:
        """Unpack another version over the one that is there."""
        for wheel in self.program.glob("*.whl"):
            wheel.unlink()
        (self.program / f"parentguide-{version}-py3-none-any.whl").write_bytes(version.encode())

    def pip(self, status: int, says: str) -> None:
        (self.folder / "pip-status").write_text(str(status), "utf-8")
        (self.folder / "pip-says").write_text(says, "utf-8")

    def start(self) -> tuple[int, list[str]]:
        """The exit code, and each command line that Python was given."""
        asked = self.folder / "asked"
        asked.unlink(missing_ok=True)
        status = start_studio.main(["--no-browser"])
        return status, asked.read_text("utf-8").splitlines() if asked.exists() else []

    def environments(self) -> list[str]:
        return sorted(path.name.split("-")[0] for path in self.data.iterdir() if path.is_dir())


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    monkeypatch.setattr(start_studio, "NEWEST", (99, 0))  # these tests run with any Python
    return Computer(tmp_path, monkeypatch)


def test_the_second_start_runs_no_pip(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    status, asked = computer.start()
    assert status == 0
    assert [line.split()[1] for line in asked] == ["venv", "pip", "pip", "parentguide", "parentguide"]
    said = capsys.readouterr().out
    assert all(f"Step {number} of 3" in said for number in (1, 2, 3))
    assert "typst, 34.1 MB" in said
    status, asked = computer.start()
    assert (status, asked) == (
        0,
        [f"-m parentguide studio --workspace {computer.folder}/Documents/Parent guides --no-browser"],
    )
    assert "Step" not in capsys.readouterr().out


def test_exact_versions_are_installed_and_nothing_is_compiled(computer: Computer) -> None:
    install = next(line for line in computer.start()[1] if "pip install" in line)
    assert f"--constraint={computer.program}/constraints.txt" in install
    assert "--only-binary=:all:" in install
    assert "--proxy" not in install


@pytest.mark.parametrize(
    ("says", "advice"),
    [
        ("WARNING: NewConnectionError(... Failed to establish)\nERROR: No matching distribution", "internet"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "certificate"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel failed: 407 Proxy'))", "password"),
        ("ProxyError('Cannot connect to proxy.', timeout())", "proxy.txt"),
        ("ERROR: No matching distribution found for typst", "64-bit"),
        ("OSError: [Errno 28] No space left on device", "Free 1 GB"),
        ("something else", "A part failed"),
    ],
)
def test_a_failed_download_says_what_to_do_and_leaves_nothing(
    computer: Computer, capsys: pytest.CaptureFixture[str], says: str, advice: str
) -> None:
    computer.pip(1, says)
    status, _ = computer.start()
    assert status == 1
    said = capsys.readouterr().out
    assert advice in said
    assert "install-log.txt" in said
    assert says in (computer.data / "install-log.txt").read_text("utf-8")
    assert computer.environments() == []
    computer.pip(0, "")
    assert computer.start()[0] == 0


def test_a_start_that_was_killed_begins_anew(computer: Computer) -> None:
    computer.start()
    environment = next(path for path in computer.data.iterdir() if path.is_dir())
    (environment / "READY.txt").unlink()  # as it is until all is in place
    (environment / "half").touch()
    status, asked = computer.start()
    assert status == 0
    assert any("pip install" in line for line in asked)
    assert not (environment / "half").exists()


def test_a_start_that_is_interrupted_leaves_nothing(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_version: str) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(start_studio, "pip_options", interrupt)
    assert computer.start()[0] == 1
    assert computer.environments() == []


def test_a_newer_version_removes_the_older_one_when_it_works(computer: Computer) -> None:
    computer.start()
    computer.release("0.2.0")
    computer.pip(1, "timed out")
    assert computer.start()[0] == 1
    assert computer.environments() == ["0.1.0"]
    computer.pip(0, "")
    assert computer.start()[0] == 0
    assert computer.environments() == ["0.2.0"]


def test_a_version_that_somebody_uses_stays_until_they_close_it(computer: Computer) -> None:
    computer.start()
    older = next(computer.data.glob("*.lock"))
    computer.release("0.2.0")
    with older.open("ab") as in_use:
        assert start_studio.take(in_use, shared=True)
        computer.start()
        assert computer.environments() == ["0.1.0", "0.2.0"]
    computer.start()
    assert computer.environments() == ["0.2.0"]


def test_a_second_window_waits_for_the_first(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    computer.data.mkdir(parents=True)
    free = threading.Event()
    with (computer.data / "lock").open("ab") as first:
        assert start_studio.take(first)

        def second() -> None:
            with start_studio.alone(computer.data):
                free.set()

        window = threading.Thread(target=second)
        window.start()
        while "Another window" not in capsys.readouterr().out:
            assert window.is_alive()
        assert not free.is_set()
    window.join()
    assert free.is_set()


def test_what_a_killed_start_left_running_is_waited_for(computer: Computer) -> None:
    """Else the next start would remove the folder into which a pip without a parent still writes."""
    computer.data.mkdir(parents=True)
    fifo = computer.folder / "fifo"
    os.mkfifo(fifo)
    with (computer.folder / "log").open("w", encoding="utf-8") as log, start_studio.alone(computer.data):
        start_studio.run(["/bin/sh", "-c", f"cat '{fifo}' >/dev/null 2>&1 &"], log)
    with (computer.data / "lock").open("ab") as next_start:
        assert not start_studio.take(next_start)
        fifo.write_bytes(b"end")
        while not start_studio.take(next_start):
            pass


def test_the_proxy_of_the_system_is_passed_on(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"http": "http://proxy.test:80", "https": "http://proxy.test:8080"}
    monkeypatch.setattr(urllib.request, "getproxies", lambda: found)
    install = next(line for line in computer.start()[1] if "pip install" in line)
    assert "--proxy http://proxy.test:8080 " in install


def test_a_proxy_that_a_person_wrote_comes_first(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"https": "http://other.test"})
    # Notepad may write a byte order mark.
    (computer.program.parent / "proxy.txt").write_text("\ufeffproxy.test:3128\r\n", "utf-8")
    assert start_studio.pip_options("pip 25.0")[:2] == ["--proxy", "http://proxy.test:3128"]


@pytest.mark.parametrize(
    ("version", "asked"),
    [("23.2.1", False), ("23.3", True), ("24.1.2", True), ("24.2", False), ("26.0", False)],
)
def test_pip_trusts_what_the_computer_trusts(computer: Computer, version: str, asked: bool) -> None:
    options = start_studio.pip_options(f"pip {version} from /x (python 3.12)")
    assert ("truststore" in options) is asked


def test_parts_in_the_archive_need_no_internet(
    computer: Computer, capsys: pytest.CaptureFixture[str]
) -> None:
    (computer.program / "wheels").mkdir()
    install = next(line for line in computer.start()[1] if "pip install" in line)
    assert f"--no-index --find-links {computer.program}/wheels" in install
    assert "download" not in capsys.readouterr().out


def test_settings_for_other_programs_do_not_reach_studio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.test")
    kept = start_studio.clean_environment()
    assert "PYTHONPATH" not in kept
    assert kept["PIP_INDEX_URL"] == "https://mirror.test"


def test_a_folder_that_is_not_whole_says_so(computer: Computer, capsys: pytest.CaptureFixture[str]) -> None:
    (computer.program / "constraints.txt").unlink()
    assert computer.start() == (1, [])
    assert "Unpack the whole ZIP file" in capsys.readouterr().out
