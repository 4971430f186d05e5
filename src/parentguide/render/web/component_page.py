"""The component page, for designers: every component of a page, with the examples of ``components.toml``."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from markupsafe import Markup

from parentguide.errors import ProjectError
from parentguide.infra.files import read_text
from parentguide.infra.structure import Parsed, structure
from parentguide.infra.toml import parse_toml
from parentguide.model.guide import Block, Callout, Phrase
from parentguide.model.language import Language
from parentguide.model.output import Download, Edition
from parentguide.model.review_state import ReviewState
from parentguide.model.school import School
from parentguide.model.walk import extract
from parentguide.render.web.contexts import ComponentsContext, DrawnComponent, DrawnExample, ExampleContext
from parentguide.render.web.look import Look
from parentguide.schools.school_file import school_from

# The bar does not stick to the window, and what a script would show is always shown.
_OWN_STYLE = """\
.example{border:1px dashed var(--line);padding:1rem;margin-block:1rem}
.example .bar{position:static}
.example [hidden]{display:revert!important}
"""
_DOWNLOADS = (Download("handout", "handout.pdf", 45_000, 2), Download("read-aloud", "read-aloud.txt", 6_400))
# The ids of each example get a prefix, so that no link leads to another example.
_IDS = re.compile(r'( id="| href="#| aria-labelledby=")')


@dataclass(frozen=True, slots=True)
class Example:
    """One example in one language: the block of the guide with the segment ``segment``, or the macro
    ``part`` of ``parts.html``. The other values replace those of the language or the school."""

    language: str
    segment: str = ""
    part: str = ""
    review: Literal["", "draft", "checked", "professional", "tested"] = ""
    reviewer: str = ""
    dated: date | None = None
    partly: bool = False
    school: Annotated[School, Parsed(school_from)] = field(default_factory=School)

    def changed(self, language: Language) -> Language:
        """``language`` with the example's values."""
        given = {
            "review": self.review and ReviewState(self.review),
            "reviewer": self.reviewer,
            "dated": self.dated,
            "partly": self.partly,
        }
        return replace(language, **{key: value for key, value in given.items() if value})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its name, its purpose and its examples."""

    name: str
    about: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _ComponentsFile:
    component: tuple[Component, ...]


def read_components(path: Path) -> tuple[Component, ...]:
    """The components of ``components.toml``. Raises :class:`SourceError` with every mistake."""
    return structure(parse_toml(read_text(path), path), _ComponentsFile, path).component


def component_page(templates: Path, editions: Sequence[Edition]) -> bytes:
    """The page as HTML. Raises :class:`ProjectError` for an example that cannot be shown."""
    path = templates / "web" / "components.toml"
    look = Look(templates)
    by_tag = {edition.language.tag: edition for edition in editions}
    counter = iter(range(1, 10_000))
    components: list[DrawnComponent] = [
        {
            "name": component.name,
            "about": component.about,
            "examples": [_drawn(look, e, by_tag, next(counter), path) for e in component.examples],
        }
        for component in read_components(path)
    ]
    context: ComponentsContext = {"components": components, **look.styled(_OWN_STYLE)}
    return look.render("components.html", context)


def _drawn(
    look: Look, example: Example, by_tag: Mapping[str, Edition], number: int, path: Path
) -> DrawnExample:
    """The example as markup."""
    edition = by_tag.get(example.language)
    if edition is None:
        raise ProjectError(
            f"there is no complete guide in “{example.language}”",
            path=path,
            remedy="Choose another language for the example.",
        )
    edition = replace(
        edition,
        language=example.changed(edition.language),
        downloads=_DOWNLOADS,
    ).for_school(example.school)
    chosen = next(_holding(edition.guide.blocks, example.segment), None) if example.segment else None
    if example.segment and chosen is None:
        raise ProjectError(f"no block has the segment “{example.segment}”", path=path, remedy="Fix the id.")
    context: ExampleContext = {**look.page_context(edition), "chosen": chosen, "part_name": example.part}
    markup = look.render("example.html", context).decode("utf-8")
    return {"language": edition.language, "markup": Markup(_IDS.sub(rf"\1x{number}-", markup))}


def _holding(blocks: tuple[Block, ...], segment: str) -> Iterator[Block]:
    """The block with the segment: a phrase alone, any other block with the callout around it."""
    for block in blocks:
        if any(part.id == segment for part in extract((block,))):
            inner = list(_holding(block.blocks, segment)) if isinstance(block, Callout) else []
            yield inner[0] if inner and isinstance(inner[0], Phrase) else block
