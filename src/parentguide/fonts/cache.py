"""Derived fonts on disk, in the user's cache folder: each is made once.

A font's folder has the digest of all that it was made from as its name, so a font never changes.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from parentguide.errors import LayoutError
from parentguide.fonts.derive import derived_font
from parentguide.fonts.faces import Family
from parentguide.fonts.lexicon import Lexicon
from parentguide.fonts.subset import LargeFace, subset_font
from parentguide.infra.atomic import write_synced
from parentguide.infra.cache_dir import cache_folder
from parentguide.infra.leftovers import temporary_name

# A font takes 0.2 to 0.6 MB. Fonts that a build of the last day used are never removed.
_MOST_BYTES = 64_000_000
_KEPT_SECONDS = 86_400
_WEIGHTS = {"regular": False, "bold": True}


@dataclass(frozen=True, slots=True)
class DerivedFont:
    """A derived font: its name, the ``digest`` of what it was made from, and the size of its files.

    ``seconds`` is the time that it took, 0 if it was in the cache.
    """

    family: str
    digest: str
    seconds: float
    bytes: int


def derived(family: Family, lexicon: Lexicon, language: str, script: str) -> DerivedFont:
    """The font of ``lexicon`` in a typeface, made now or found in the cache.

    Raises :class:`LayoutError` for too many words, or if the cache folder cannot be written.
    """
    digest = _digest(family, lexicon, language, script)
    name = _name(script, digest)
    makers = {
        f"{weight}.ttf": partial(
            derived_font,
            family.bold if bold else family.regular,
            lexicon,
            name,
            language,
            script,
            bold=bold,
        )
        for weight, bold in _WEIGHTS.items()
    }
    return _kept(name, digest, makers)


def subset(face: LargeFace, characters: Iterable[str], script: str) -> DerivedFont:
    """The font of those ``characters`` that a face has, made now or found in the cache.

    Raises :class:`LayoutError` if the cache folder cannot be written.
    """
    wanted = "".join(sorted(set(characters)))
    digest = _digest_of(_program(), face.family, face.digest, str(face.number), script, wanted)
    name = _name(script, digest)
    makers = {
        f"{weight}.otf": partial(subset_font, face, wanted, name, bold=bold)
        for weight, bold in _WEIGHTS.items()
    }
    return _kept(name, digest, makers)


def derived_folders(digests: Iterable[str]) -> tuple[Path, ...]:
    """The folders of the derived fonts with these digests, each once, in an order that does not depend on
    theirs."""
    return tuple(map(derived_folder, sorted(set(digests))))


def derived_folder(digest: str) -> Path:
    """The folder of the derived font with this digest."""
    return cache_folder() / "fonts" / digest


def _name(script: str, digest: str) -> str:
    return f"Sheets {script} {digest[:12]}"


def _kept(name: str, digest: str, makers: Mapping[str, Callable[[], bytes]]) -> DerivedFont:
    """The font with this digest in the cache; ``makers`` make its files if it is not there."""
    folder = derived_folder(digest)
    started = time.perf_counter()
    if _is_whole(folder, makers):
        with suppress(OSError):
            os.utime(folder)
        return DerivedFont(name, digest, 0.0, _size(folder))
    files = {file: make() for file, make in makers.items()}
    _store(folder, files)
    _remove_old(folder.parent)
    return DerivedFont(name, digest, time.perf_counter() - started, sum(map(len, files.values())))


def _is_whole(folder: Path, files: Iterable[str]) -> bool:
    return all((folder / file).is_file() for file in files)


def _digest(family: Family, lexicon: Lexicon, language: str, script: str) -> str:
    parts = [_program(), family.name, language, script]
    for face in (family.regular, family.bold):
        parts += [sha256(face.data).hexdigest(), str(face.wght)]
    parts += [" ".join(lexicon.words), "".join(lexicon.others), " ".join(map("\n".join, lexicon.pairs))]
    return _digest_of(*parts)


def _digest_of(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]


@cache
def _program() -> str:
    """The digest of the code that derives fonts."""
    code = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    versions = [f"{name}=={metadata.version(name)}" for name in ("uharfbuzz", "fonttools")]
    return " ".join([*versions, code.hexdigest()])


def _store(folder: Path, files: dict[str, bytes]) -> None:
    """Write a font's folder in one step: another process sees all of it or nothing."""
    temporary = folder.parent / temporary_name(folder.name)
    try:
        temporary.mkdir(parents=True)
        for name, data in files.items():
            write_synced(temporary / name, data)
        if not _is_whole(folder, files):
            # Somebody removed a part of it.
            shutil.rmtree(folder, ignore_errors=True)
            temporary.rename(folder)
    except OSError as error:
        # Another process may have been faster.
        if not _is_whole(folder, files):
            raise LayoutError(
                f"the font cannot be written in {folder.parent}: {error.strerror or error}",
                remedy="Check the free space, and that you may write there.",
            ) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _remove_old(root: Path) -> None:
    """Remove the fonts that were not used for the longest time, until the rest is small enough."""
    fonts = sorted(_folders(root), reverse=True)
    total = 0
    for used, folder in fonts:
        total += _size(folder)
        if total > _MOST_BYTES and used < time.time() - _KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _folders(root: Path) -> Iterator[tuple[float, Path]]:
    for folder in root.iterdir():
        with suppress(OSError):
            yield folder.stat().st_mtime, folder


def _size(folder: Path) -> int:
    with suppress(OSError):
        return sum(file.stat().st_size for file in folder.iterdir())
    return 0
