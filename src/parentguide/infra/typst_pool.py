"""A pool of Typst compilers.

Each new compiler takes one of Typst's 65,535 file numbers and 9 kB of memory, and the process never
gets them back. So sheets share compilers: the pool has as many as were in use at the same time. A
compiler also keeps the templates parsed, which saves a fifth of the time of a sheet.
"""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from parentguide.infra.fonts import fonts

# Idle compilers, by the folder that they may read. Their type is Any because the package's type
# stubs lack the mapping of files that its documentation describes under "Multi-file projects".
_idle: dict[Path, list[Any]] = {}
_lock = Lock()


def compile_document(main: bytes, root: Path, files: Mapping[str, bytes], **export: Any) -> bytes:
    """Compile the Typst source ``main`` into a document.

    The source can read ``files`` by their names and the files below ``root``. It has only the fonts
    of :func:`fonts`, and no clock. ``export`` is passed on to Typst (format, standards, resolution).
    Files are read again in each call. Several threads may call this. Raises ``typst.TypstError``.
    """
    compiler = _take(root)
    try:
        made = compiler.compile({"main.typ": main, **files}, **export)
    except typst.TypstError:
        _give_back(root, compiler)
        raise
    except BaseException as error:
        # The compiler may be damaged, so it is not returned to the pool. A Rust panic is not an
        # Exception in Python, and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise typst.TypstError(f"Typst broke off: {error}", "") from error
        raise
    _give_back(root, compiler)
    return bytes(made)


def _take(root: Path) -> Any:
    with _lock:
        idle = _idle.get(root)
        if idle:
            return idle.pop()
    return typst.Compiler(root=root, font_paths=fonts(), ignore_system_fonts=True)


def _give_back(root: Path, compiler: Any) -> None:
    with _lock:
        _idle.setdefault(root, []).append(compiler)
