"""What an earlier build made that is still right, so that only what changed is made again.

For each file of a build, the user's cache folder keeps two digests: of everything that the
file was made from (the edition's words and data, the templates, this program and the
packages it uses), and of the file. It is taken over when both are still right; so a file
that somebody changed is made anew, and so is everything where the cache is lost.
"""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from parentguide.errors import ProjectError
from parentguide.infra.atomic import write_file
from parentguide.infra.cache_dir import cache_path
from parentguide.model.output import Artifact, Edition, Site
from parentguide.model.school import School
from parentguide.render import Format, SiteFormat

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class PreviousBuild:
    """The build that a folder holds: its ``paths`` and, by path, the two digests of each."""

    root: Path
    paths: frozenset[str] = frozenset()
    digests: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def files(self) -> set[str]:
        """All paths of the build, its manifest among them."""
        return {*self.paths, MANIFEST} if self.paths else set()

    def content(self, path: str, inputs_digest: str) -> bytes | None:
        """The file's bytes, if it was made from the same and nobody has changed it since."""
        before, digest = self.digests.get(path, ("", ""))
        if path not in self.paths or before != inputs_digest:
            return None
        try:
            data = (self.root / path).read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == digest else None


def read_previous_build(root: Path, gateway: str) -> PreviousBuild:
    """The build in ``root``; an empty one where there is none.

    Raises :class:`ProjectError` for a folder with somebody else's manifest or page.
    """
    path = root / MANIFEST
    if root.exists() and not root.is_dir():
        raise ProjectError("this is a file, not a folder", path=root, remedy="Choose a folder with --out.")
    try:
        if path.is_file():
            rows = json.loads(path.read_text("utf-8"))["artifacts"]
            return PreviousBuild(root, frozenset(str(row["path"]) for row in rows), _remembered(root))
    except (OSError, ValueError, KeyError, TypeError):
        raise ProjectError(
            "this manifest is not one of parentguide's", path=path, remedy="Choose another folder with --out."
        ) from None
    if (root / gateway).exists():
        raise ProjectError(
            f"there is an {gateway} that parentguide did not make",
            path=root,
            remedy="Choose an empty folder with --out, so that nothing of yours is overwritten.",
        )
    return PreviousBuild(root)


def _remembered(root: Path) -> dict[str, tuple[str, str]]:
    """The digests by path; none, so that all is made anew, where they cannot be read."""
    try:
        table = json.loads(cache_path(root, "json").read_text("utf-8"))
        return {str(path): (str(before), str(digest)) for path, (before, digest) in table.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def store_digests(root: Path, artifacts: Iterable[Artifact]) -> None:
    """Keep the digests of a build for the next one. A cache that cannot be written is no error."""
    table = {a.path: (a.inputs_digest, sha256(a.content).hexdigest()) for a in artifacts}
    with suppress(ProjectError):
        write_file(cache_path(root, "json"), json.dumps(table).encode("utf-8"))


class EditionDigests:
    """Digests of editions, each of everything that a format may draw from.

    One after the other, the editions of many schools differ in the school alone: then the
    words are not digested again.
    """

    def __init__(self) -> None:
        self._words: Edition | None = None
        self._digest = ""

    def digest(self, edition: Edition) -> str:
        words = replace(edition, school=School())
        if words != self._words:
            self._words, self._digest = words, _digest(repr(words))
        return combined(self._digest, repr(edition.school))


def site_digest(site: Site, editions: Mapping[str, str]) -> str:
    """Of everything that a format for all languages may draw from."""
    return _digest(repr((site.school, site.formats, site.address, sorted(editions.items()))))


def format_digests(makers: Iterable[Format | SiteFormat], templates: Path) -> dict[Format | SiteFormat, str]:
    """Of each format: its class and name, its templates, this program and the packages it uses."""
    folders: dict[str, str] = {}
    digests = {}
    for maker in makers:
        folder = maker.template_folder
        if folder not in folders:
            folders[folder] = folder_digest(templates / folder)
        digests[maker] = _digest(
            f"{type(maker).__qualname__}:{maker.name}:{folders[folder]}:{program_digest()}"
        )
    return digests


def folder_digest(folder: Path) -> str:
    """Of the files below ``folder``, with their names."""
    parts = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            parts.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            parts.update(sha256(path.read_bytes()).digest())
    return parts.hexdigest()


@cache
def program_digest() -> str:
    """Of this program's code, and the versions of the packages that it needs, fonts among them."""
    names = sorted(
        re.split(r"[\s<>=!~;\[(]", entry, maxsplit=1)[0]
        for entry in metadata.requires("parentguide") or ()
        if "extra ==" not in entry
    )
    versions = [f"{name}=={metadata.version(name)}" for name in names]
    # In the wheel, words and templates lie below the code; they have digests of their own.
    code = sha256()
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")):
        code.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    return _digest(" ".join([*versions, code.hexdigest()]))


def combined(*parts: str) -> str:
    """One digest of several texts."""
    return _digest(repr(parts))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
