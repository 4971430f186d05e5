"""``scripts.toml`` -> the print style of each script, by its ISO 15924 code."""

from dataclasses import dataclass, field
from pathlib import Path

from parentguide.infra.structure import structure
from parentguide.infra.toml import parse_toml


@dataclass(frozen=True, slots=True)
class ScriptStyle:
    """One table of the file: the print style of a script, the mark that ends a sentence, and whether spaces
    separate words.

    ``leading`` is the distance from one line to the next as a multiple of the type size, None where the
    file does not give it. The other values are as in :class:`~parentguide.model.language.PrintStyle`.
    """

    fonts: tuple[str, ...]
    scale: float | None = None
    leading: float | None = None
    region: str | None = None
    features: dict[str, int] = field(default_factory=dict)
    stop: str | None = None
    word_spaces: bool = True


def parse_scripts(text: str, path: Path | None = None) -> dict[str, ScriptStyle]:
    """The file's text -> the styles by script. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(text, path), dict[str, ScriptStyle], path)
