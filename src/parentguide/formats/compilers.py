"""Typst compilers, taken up again from sheet to sheet.

A compiler takes one of the 65,535 numbers that Typst has for files, and 9 kB of memory, and a
process never gets either back. So a sheet does not make a compiler of its own: there are as
many as sheets are set at the same time. They also keep the templates parsed, which is a fifth
of the time of a sheet.
"""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from parentguide.formats.fonts import fonts

# Compilers that nobody uses at the moment, by the folder that they may read.
_idle: dict[Path, list["_Compiler"]] = {}
_lock = Lock()


@dataclass(slots=True)
class _Compiler:
    """One thread may use it at a time. ``inputs`` are those of its last document."""

    typst: Any
    inputs: dict[str, str] = field(default_factory=dict)


def compile_document(main: bytes, root: Path, inputs: dict[str, str], **export: Any) -> bytes:
    """The document that the Typst source ``main`` makes of ``inputs``, its ``sys.inputs``.

    It may read files below ``root``, has no fonts but :func:`fonts`, and sees no clock.
    ``export`` is handed on (format, standards, resolution). Files are read anew each time.
    Safe to use from several threads. Raises ``typst.TypstError``.
    """
    compiler = _take(root, inputs)
    # Giving inputs again, though they are the same, would cost a millisecond.
    given = {} if compiler.inputs == inputs else {"sys_inputs": inputs}
    compiler.inputs = inputs
    try:
        made = compiler.typst.compile(main, **given, **export)
    except typst.TypstError:
        _give_back(root, compiler)
        raise
    # After any other error, a panic of Typst's, the compiler is not used again.
    _give_back(root, compiler)
    return bytes(made)


def _take(root: Path, inputs: dict[str, str]) -> _Compiler:
    """A compiler for ``root``, the one that had these ``inputs`` last."""
    with _lock:
        idle = _idle.get(root, [])
        for index, compiler in enumerate(idle):
            if compiler.inputs == inputs:
                return idle.pop(index)
        if idle:
            return idle.pop()
    return _Compiler(typst.Compiler(root=root, font_paths=fonts(), ignore_system_fonts=True))


def _give_back(root: Path, compiler: _Compiler) -> None:
    with _lock:
        _idle.setdefault(root, []).append(compiler)
