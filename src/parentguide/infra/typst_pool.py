"""Typst compilers, taken up again from sheet to sheet.

A compiler takes one of the 65,535 numbers that Typst has for files, and 9 kB of memory, and a
process never gets either back. So a sheet does not make a compiler of its own: there are as
many as sheets are set at the same time. They also keep the templates parsed, which is a fifth
of the time of a sheet.
"""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from parentguide.infra.fonts import fonts

# Compilers that nobody uses at the moment, by the folder that they may read. (The package's
# types know nothing of several files, which its documentation has under "Multi-file projects".)
_idle: dict[Path, list[Any]] = {}
_lock = Lock()


def compile_document(main: bytes, root: Path, files: Mapping[str, bytes], **export: Any) -> bytes:
    """The document that the Typst source ``main`` makes.

    It may read ``files`` by their names and those below ``root``, has no fonts but
    :func:`fonts`, and sees no clock. ``export`` is handed on (format, standards, resolution).
    Files are read anew each time. Safe to use from several threads. Raises ``typst.TypstError``.
    """
    compiler = _take(root)
    try:
        made = compiler.compile({"main.typ": main, **files}, **export)
    except typst.TypstError:
        _give_back(root, compiler)
        raise
    except BaseException as error:
        # The compiler is not used again. A panic of Rust's is no Exception in Python, and its
        # class cannot be imported.
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
