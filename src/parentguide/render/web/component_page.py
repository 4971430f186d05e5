"""The component page: each piece of a page with its examples from ``components.toml``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from parentguide.errors import ProjectError
from parentguide.infra.toml import parse_toml
from parentguide.model.guide import Block, Callout
from parentguide.model.output import Download, Edition
from parentguide.model.walk import extract
from parentguide.render.web.look import Look
from parentguide.schools.school_file import school_from

# The bar stands still here, and what a script would show is shown.
_OWN_STYLE = """\
.example{border:1px dashed var(--line);padding:1rem;margin-block:1rem}
.example .bar{position:static}
.example [hidden]{display:revert!important}
"""
_DOWNLOADS = (Download("handout", "handout.pdf", 45_000, 2), Download("read-aloud", "read-aloud.txt", 6_400))
# An example must not share its ids with another, nor lead to one.
_IDS = re.compile(r'( id="| href="#| aria-labelledby=")')


def component_page(templates: Path, editions: Sequence[Edition]) -> bytes:
    """The page as HTML. Raises :class:`ProjectError` for an example that cannot be drawn."""
    path = templates / "web" / "components.toml"
    look = Look(templates)
    by_tag = {edition.language.tag: edition for edition in editions}
    counter = iter(range(1, 10_000))
    components = [
        {
            **component,
            "examples": [_example(look, e, by_tag, next(counter), path) for e in component["examples"]],
        }
        for component in read_components(path)
    ]
    page = look.render("components.html", components=components, **look.styled(_OWN_STYLE))
    return page.encode("utf-8")


def read_components(path: Path) -> list[dict[str, Any]]:
    """The components and their examples, as ``components.toml`` has them."""
    components: list[dict[str, Any]] = parse_toml(path.read_text("utf-8"), path)["component"]
    return components


def _example(
    look: Look, example: Mapping[str, Any], by_tag: Mapping[str, Edition], number: int, path: Path
) -> dict[str, Any]:
    edition = by_tag.get(example["language"])
    if edition is None:
        raise ProjectError(
            f"there is no complete guide in “{example['language']}”",
            path=path,
            remedy="Choose another language for the example.",
        )
    changes = {key: example[key] for key in ("review", "reviewer", "dated", "partly") if key in example}
    edition = replace(
        edition,
        language=replace(edition.language, **changes),
        downloads=_DOWNLOADS,
        school=school_from(example.get("school", {}), path),
    )
    chosen = None
    if "segment" in example:
        chosen = next(_holding(edition.guide.blocks, example["segment"]), None)
        if chosen is None:
            raise ProjectError(f"no block holds “{example['segment']}”", path=path, remedy="Mend the id.")
    markup = look.page("example.html", edition, chosen=chosen, part_name=example.get("part", ""))
    return {"language": edition.language, "markup": Markup(_IDS.sub(rf"\1x{number}-", markup))}


def _holding(blocks: tuple[Block, ...], segment: str) -> Iterator[Block]:
    """The block that holds the segment, the innermost last but a whole callout by its heading."""
    for block in blocks:
        if any(part.id == segment for part in extract((block,))):
            inner = list(_holding(block.blocks, segment)) if isinstance(block, Callout) else []
            is_phrase = bool(inner) and type(inner[0]).__name__ == "Phrase"
            yield inner[0] if is_phrase else block
