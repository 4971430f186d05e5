"""Stop a command at each of its file operations: kill it, fill its disk, or press Ctrl-C.

The command runs in a fork. Python reports each operation (opening for writing, renaming, removing, making
a folder) to an audit hook before it happens, whatever function the program called; ``os.write`` and
``os.fsync`` are replaced. The hook counts them, and at one of them it does the damage.
"""

import _thread
import errno
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from parentguide.errors import ParentguideError

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod"}
_EXCHANGE = ("renameat2", "renamex_np")
# A command that takes longer hangs.
_LONGEST = 60


class Fault(Enum):
    """What happens at an operation. ``FULL`` lasts: nothing can be written afterwards either."""

    NONE = "nothing"
    KILL = "kill"
    FULL = "full disk"
    STOP = "Ctrl-C"


@dataclass(frozen=True)
class Run:
    """How a run ended: its exit code (negative: the signal), its operations, and what it printed."""

    code: int
    operations: int
    said: str


class _Meter:
    """Counts the operations of this process, and does the damage at number ``at``, counted from 1."""

    def __init__(self, fault: Fault, at: int) -> None:
        self.fault, self.at, self.count = fault, at, 0
        self._lock = threading.RLock()

    def operation(self, writes: bool, half: Callable[[], object] | None = None) -> None:
        with self._lock:
            self.count += 1
            now, later = self.count == self.at, 0 < self.at < self.count
        if now and half is not None and self.fault in (Fault.KILL, Fault.FULL):
            half()
        if now and self.fault is Fault.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if now and self.fault is Fault.STOP:
            if threading.current_thread() is threading.main_thread():
                raise KeyboardInterrupt
            _thread.interrupt_main()
        if self.fault is Fault.FULL and (now or (later and writes)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = args
            if isinstance(path, int) or not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                return
            if str(os.fsdecode(path)).startswith("/dev/"):
                return
            self.operation(writes=True)
        elif event in _CHANGES:
            self.operation(writes=event == "os.mkdir")
        elif event == "ctypes.dlsym" and args[1] in _EXCHANGE:
            self.operation(writes=False)


def run(action: Callable[[], object], fault: Fault = Fault.NONE, at: int = 0) -> Run:
    """Run ``action`` in a fork, with a fault at operation ``at``."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as counted:
        child = os.fork()
        if child == 0:
            _in_child(action, _Meter(fault, at), said.fileno(), counted.fileno())
        _, status = os.waitpid(child, 0)
        said.seek(0)
        counted.seek(0)
        text = said.read().decode("utf-8", "replace")
        return Run(os.waitstatus_to_exitcode(status), int(counted.read() or 0), text)


def _in_child(action: Callable[[], object], meter: _Meter, said: int, counted: int) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(_LONGEST)
    os.dup2(said, 1)
    os.dup2(said, 2)
    sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.dont_write_bytecode = True
    write, fsync = os.write, os.fsync

    def write_half(handle: int, data: Any) -> int:
        meter.operation(writes=True, half=lambda: write(handle, bytes(data)[: len(data) // 2]))
        return write(handle, data)

    def sync(handle: int) -> None:
        meter.operation(writes=True)
        fsync(handle)

    os.write, os.fsync = write_half, sync  # type: ignore[assignment]
    sys.addaudithook(meter.hook)
    code = 1
    try:
        code = _code(action)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test is told
        meter.at = 0
        import traceback

        traceback.print_exception(error)
    finally:
        meter.at = 0
        sys.stdout.flush()
        write(counted, str(meter.count).encode())
        os._exit(code)


def _code(action: Callable[[], object]) -> int:
    try:
        action()
    except ParentguideError as error:
        print(error)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def files(root: Path) -> dict[str, bytes]:
    """Everything below ``root`` by relative path, with the content; folders end in ``/``."""
    found: dict[str, bytes] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_dir():
            found[f"{name}/"] = b""
        else:
            found[name] = path.read_bytes()
    return found
