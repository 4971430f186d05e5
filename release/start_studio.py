"""Start Studio on a computer that has Python and nothing else. The three start-studio files call this.

The first time it makes an environment in the user's own data folder; after that it only starts Studio.
Its syntax is that of Python 3.8, so that an older Python gives a sentence and not a SyntaxError.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Iterator

HERE = Path(__file__).resolve().parent
# constraints.txt names exact versions, and some of those have no finished package for a newer Python.
OLDEST, NEWEST = (3, 11), (3, 14)
# The answer to --check. The python.exe with which Windows only advertises its store gives another one.
FITS = 42
THIS = sys.version.split()[0]
NO_PYTHON = f"""This is Python {THIS}. Studio needs 3.11, 3.12, 3.13 or 3.14 (64-bit, with venv and pip).
Get Python 3.14 free from python.org/downloads, then start Studio again."""
PROXY_FILE = "write it\ninto a text file proxy.txt beside start-studio, such as http://proxy.example.org:8080"
# What pip says -> what happened, and what to do. The first that matches counts.
CAUSES = {
    "No space left|WinError 112": "The disk is full.\nFree 1 GB, then start Studio again.",
    "407 |Proxy Authentication": f"""The proxy of your network asks for a password.
Ask your technician for the address of a proxy without one, and {PROXY_FILE}""",
    "CERTIFICATE_VERIFY_FAILED|SSLError": """Python does not trust the certificate of your network.
Install Python 3.14, which trusts what this computer trusts, or show a technician the log.""",
    "ProxyError|Cannot connect to proxy": f"""The proxy of your network does not answer.
Ask your technician for its address, and {PROXY_FILE}""",
    "NewConnectionError|NameResolution|getaddrinfo|[Tt]imeout|timed out|aborted|Reset|Incomplete": f"""\
The download did not come through.
Look whether this computer is connected to the internet, then start Studio again.
If your school uses a proxy, ask your technician for its address, and {PROXY_FILE}""",
    "No matching distribution|ResolutionImpossible": f"""Studio lacks a part for Python {THIS} here.
Install the 64-bit Python 3.14 from python.org/downloads, then start Studio again.""",
}


say = functools.partial(print, flush=True)


class TroubleError(Exception):
    """Something that the person has to know: what is wrong, and what to do."""


def fits() -> bool:
    """Whether Studio can run with this Python."""
    return (
        OLDEST <= sys.version_info[:2] <= NEWEST
        and sys.maxsize > 2**32
        # Debian and Ubuntu have these in a package of their own.
        and all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    )


def data_folder() -> Path:
    """Where environments are made: the user's own folder, for which nobody needs an administrator."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "parentguide" / "program"


def workspace() -> Path:
    """The folder for the school's details and guides: in the documents, where people look."""
    documents = Path.home() / "Documents"
    if sys.platform == "win32":  # it may be in OneDrive, or on a drive of the school
        import ctypes

        buffer = ctypes.create_unicode_buffer(260)
        if ctypes.windll.shell32.SHGetFolderPathW(None, 5, None, 0, buffer) == 0:
            documents = Path(buffer.value)
    return (documents if documents.is_dir() else Path.home()) / "Parent guides"


def the_wheel() -> Path:
    wheels = sorted(HERE.glob("parentguide-*.whl"))
    if len(wheels) != 1 or not (HERE / "constraints.txt").is_file():
        raise TroubleError(f"Files are missing in {HERE}.\nUnpack the whole ZIP file again.")
    return wheels[0]


def environment_name(wheel: Path) -> str:
    """Another name for each version of Studio, each list of constraints and each Python."""
    digest = hashlib.sha256(wheel.read_bytes() + (HERE / "constraints.txt").read_bytes())
    digest.update(repr((sys.base_prefix, sys.version_info[:2])).encode("utf-8"))
    return wheel.name.split("-")[1] + "-" + digest.hexdigest()[:8]


def python_of(environment: Path) -> str:
    # Python from the Microsoft Store writes elsewhere than it says; its real path is the one to run.
    return os.path.realpath(environment) + ("\\Scripts\\python.exe" if os.name == "nt" else "/bin/python")


def is_ready(environment: Path) -> bool:
    """READY.txt is written last. The Python from which the environment was made may be gone since."""
    return (environment / "READY.txt").is_file() and Path(python_of(environment)).exists()


def clean_environment() -> dict[str, str]:
    """The environment variables for Studio: settings for other Python programs must not reach it."""
    foreign = ("PYTHON", "__PYVENV")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(foreign)}
    kept.update(PYTHONUTF8="1", PYTHONNOUSERSITE="1", PYTHONSAFEPATH="1")
    return dict(kept, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")


def take(file: IO[bytes], shared: bool = False) -> bool:
    """Lock ``file`` if nobody else has; the lock ends with the program, however it ends."""
    with suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        return True
    return False


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one window at a time makes or removes environments: people double-click twice."""
    with (folder / "lock").open("ab") as file:
        if not take(file):
            say("Another window is making Studio ready. This one waits for it.")
            while not take(file):
                time.sleep(0.5)
        # If only this program is killed, the lock stays until the pip that it started has ended too.
        os.set_inheritable(file.fileno(), True)
        yield


def run(command: list[str], log: IO[str]) -> tuple[int, str]:
    """Run a command, write what it says into the log, and show what it downloads."""
    said = []
    pipe, silent = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(
        command, env=clean_environment(), stdin=silent, stdout=pipe, stderr=subprocess.STDOUT, close_fds=False
    ) as process:
        for raw in process.stdout or ():
            line = raw.decode("utf-8", "replace")
            said.append(line)
            log.write(line)
            download = re.match(r"\s*Downloading (?:.*/)?([\w.]+)-\S+ \(([^)]+)\)", line)
            if download:
                say("    {}, {}".format(download[1].replace("_", "-"), download[2]))
            elif line.startswith("Installing collected packages"):
                say("    All parts are here. They are put in place: half a minute to two minutes.")
    return process.returncode, "".join(said)


def proxy() -> str | None:
    """The proxy from proxy.txt, the environment, or the settings of Windows or macOS."""
    with suppress(OSError, UnicodeError):
        written = (HERE.parent / "proxy.txt").read_text("utf-8-sig").strip()
        if written:
            return written if "://" in written else "http://" + written
    found = urllib.request.getproxies()
    return found.get("https") or found.get("http")


def pip_options(pip_version: str) -> list[str]:
    """How pip gets at the parts: in the archive, or in the internet as this computer reaches it."""
    if (HERE / "wheels").is_dir():
        return ["--no-index", "--find-links", str(HERE / "wheels")]
    address = proxy()
    options = ["--proxy", address] if address else []
    number = tuple(int(part) for part in re.findall(r"\d+", pip_version)[:2])
    # A school that inspects connections puts its certificate into the store of the system. pip trusts
    # that store by itself since 24.2, and when it is asked to since 23.3.
    return options + (["--use-feature", "truststore"] if (23, 3) <= number < (24, 2) else [])


def make(environment: Path, wheel: Path, log: IO[str]) -> None:
    """Make the environment. Raises :class:`TroubleError`, and then leaves nothing of it."""
    say(f"Step 1 of 3: making a place for Studio in {environment}, about ten seconds.")
    remove(environment)
    try:
        if run([sys.executable, "-m", "venv", str(environment)], log)[0]:
            raise TroubleError(f"That place cannot be made.\nShow a technician the log: {log.name}")
        python = python_of(environment)
        pip_version = run([python, "-m", "pip", "--version"], log)[1]
        if (HERE / "wheels").is_dir():
            say("Step 2 of 3: unpacking the parts of Studio, about a minute.")
        else:
            say("Step 2 of 3: downloading the parts of Studio from the Python Package Index, about 100 MB.")
            say("    That takes one to five minutes, and more where the connection is slow.")
        # Nothing is compiled: that needs tools which a school's computer does not have.
        install = "-m pip install --no-input --progress-bar=off --only-binary=:all:"
        exact = "--constraint=" + str(HERE / "constraints.txt")
        options = pip_options(pip_version)
        status, said = run([python, *install.split(), exact, *options, str(wheel)], log)
        if status:
            cause = next((text for words, text in CAUSES.items() if re.search(words, said)), "A part failed.")
            raise TroubleError(f"Studio is not installed yet. {cause}\nThe log is {log.name}")
        if run([python, "-m", "parentguide", "--version"], log)[0]:
            raise TroubleError(f"Studio does not start.\nShow a technician the log: {log.name}")
        (environment / "READY.txt").write_text("Studio is complete here.\n", "utf-8")
    except BaseException:  # Ctrl+C too: the next start must not find half an environment
        with suppress(TroubleError):
            remove(environment)
        raise


def remove(environment: Path) -> None:
    """Remove an environment, whole or half made. Raises :class:`TroubleError` where a program has it open."""
    if environment.exists():
        with suppress(OSError):
            (environment / "READY.txt").unlink()
        shutil.rmtree(str(environment), ignore_errors=True)
    if environment.exists():
        raise TroubleError(f"{environment} is in use.\nClose all windows of Studio, then start it again.")


def remove_others(environment: Path) -> None:
    """Remove the environments of other versions that nobody is using."""
    for other in environment.parent.iterdir():
        if other == environment or not other.is_dir():
            continue
        in_use = other.with_name(other.name + ".lock")
        with suppress(OSError, TroubleError):
            with in_use.open("ab") as file:
                if not take(file):
                    continue
                # Windows refuses to rename a folder while a program runs in it.
                remove(other.rename(other.with_name("removed-" + other.name.replace("removed-", ""))))
            in_use.unlink()


def start(options: list[str]) -> int:
    """Make Studio ready if it is not, start it, and return its exit code when somebody closes it."""
    wheel = the_wheel()
    folder = data_folder()
    environment = folder / environment_name(wheel)
    guides = workspace()
    for needed in (folder, guides):
        needed.mkdir(parents=True, exist_ok=True)
    # While this file is locked, no other window removes the environment.
    with environment.with_name(environment.name + ".lock").open("ab") as in_use:
        take(in_use, shared=True)
        with alone(folder):
            first = not is_ready(environment)
            if first:
                say("This is the first start of this version of Studio. The next ones take a few seconds.")
                with (folder / "install-log.txt").open("w", encoding="utf-8", buffering=1) as log:
                    make(environment, wheel, log)
            remove_others(environment)
        say(("Step 3 of 3: " if first else "") + "Studio starts, and opens in your browser.")
        say("Leave this window open while you work. To end Studio, close it.\n")
        command = [python_of(environment), "-m", "parentguide", "studio"]
        command += ["--workspace", str(guides), *options]
        with subprocess.Popen(command, cwd=str(guides), env=clean_environment()) as studio:
            while True:
                try:
                    return studio.wait()
                except KeyboardInterrupt:  # it is Studio's, which ends by itself
                    continue


def main(arguments: list[str]) -> int:
    if not fits():
        say(NO_PYTHON)
        return 1
    if arguments == ["--check"]:
        return FITS
    try:
        return start(arguments)
    except TroubleError as trouble:
        say(f"\n{trouble}")
    except OSError as error:  # such as a folder that may not be written
        say(f"\n{error.strerror}: {error.filename}\nShow this to a technician.")
    except KeyboardInterrupt:
        say("\nStopped. Start Studio again when you like: it begins anew.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
