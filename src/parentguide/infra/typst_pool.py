"""A pool of Typst compilers, used again from sheet to sheet.

Decision: docs/decisions/0016-typst-compiler-pool.md.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from parentguide.infra.fonts import MOST_SETS, fonts

# The folder that the templates are in, and the folders of fonts that the build made.
_Key = tuple[Path, tuple[Path, ...]]


class TypstPool:
    """Compilers by the folder that they may read, and by their fonts. Safe to use from several threads.

    A compiler takes one of the 65,535 numbers that Typst has for files, and 9 kB of memory, and a
    process never gets either back. So a document does not make a compiler of its own: the pool
    makes as many as are in use at the same time. They also keep the templates parsed, which saves a
    fifth of the time of a sheet. Compilers with fonts that were not used for the longest time are forgotten.

    ``made`` is the number of compilers that the pool has made. (The package has no type for several
    files, which its documentation describes under "Multi-file projects"; hence ``Any``.)
    """

    def __init__(self) -> None:
        self.made = 0
        self._idle: dict[_Key, list[Any]] = {}
        self._together: list[tuple[Path, ...]] = []
        self._lock = Lock()
        self._loading = Lock()

    @contextmanager
    def together(self, folders: tuple[Path, ...]) -> Iterator[None]:
        """Meanwhile, a document that needs fonts of some of these folders has those of all.

        Fonts with other folders are loaded again as a whole: 10 MB for each. So a build has one set of fonts
        for all its sheets. Several builds may do so at the same time.
        """
        with self._lock:
            self._together.append(folders)
        try:
            yield
        finally:
            with self._lock:
                self._together.remove(folders)

    def compile(
        self,
        main: bytes,
        root: Path,
        files: Mapping[str, bytes],
        more_fonts: tuple[Path, ...] = (),
        **export: Any,
    ) -> bytes:
        """The document that the Typst source ``main`` makes.

        The source may read ``files`` by name and files below ``root``, has no fonts but :func:`fonts`,
        those in the folders ``more_fonts``, and perhaps others of a build (:meth:`together`), and cannot
        read the clock. Files are read anew each time.
        ``export`` is for Typst (format, standards, resolution). Raises ``typst.TypstError``.
        """
        key = (root, self._set_with(more_fonts))
        compiler = self._take(key)
        try:
            made = compiler.compile({"main.typ": main, **files}, **export)
        except typst.TypstError:
            self._give_back(key, compiler)
            raise
        except BaseException as error:
            # This compiler may be broken, so it is not used again. A Rust panic is not an Exception
            # in Python, and its class cannot be imported.
            if type(error).__name__ == "PanicException":
                raise typst.TypstError(f"Typst failed: {error}", "") from error
            raise
        self._give_back(key, compiler)
        return bytes(made)

    def _set_with(self, folders: tuple[Path, ...]) -> tuple[Path, ...]:
        """The folders of a build whose fonts are loaded together, if they have all of ``folders``."""
        with self._lock:
            return next((own for own in self._together if own and set(folders) <= set(own)), folders)

    def _take(self, key: _Key) -> Any:
        with self._lock:
            idle = self._idle.get(key)
            if idle:
                return idle.pop()
            self.made += 1
        root, more_fonts = key
        # All threads of a build begin at the same time: each would load a set of its own.
        with self._loading:
            loaded = fonts(more_fonts)
        return typst.Compiler(root=root, font_paths=loaded, ignore_system_fonts=True)

    def _give_back(self, key: _Key, compiler: Any) -> None:
        with self._lock:
            # The key used last is the last one.
            self._idle[key] = [*self._idle.pop(key, ()), compiler]
            if len(self._idle) > MOST_SETS:
                del self._idle[next(iter(self._idle))]


# The pool of this process.
POOL = TypstPool()
compile_document = POOL.compile
