"""The templates, style, script and pictures of web pages.

Decisions: docs/decisions/0004-voices-on-the-device.md, docs/decisions/0005-one-script-in-the-page.md.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from parentguide.infra.files import read_text
from parentguide.infra.template_errors import template_errors
from parentguide.model import markup
from parentguide.model.guide import Block, BulletList, Callout, Heading, Segment
from parentguide.model.output import Edition
from parentguide.model.school import Colour, Logo
from parentguide.render.tokens import read_tokens
from parentguide.render.web.contexts import Globals, PageContext, Styled
from parentguide.render.web.drawings import Drawings
from parentguide.render.web.template_cache import CompiledTemplates
from parentguide.render.web.words import HtmlWords

# Where “Exit this page” leads: a page without any connection to the guide. The exit-this-page
# component of the GOV.UK Design System uses it too.
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"

# A line of a style sheet or a script that is a comment.
_COMMENT = re.compile(r"//.*|/\*(?:(?!\*/).)*\*/")
# A line of a style sheet whose rule is for one script.
_OF_SCRIPT = re.compile(r"\.script-(\w+)")

# Shared by every Look: all their environments have the same settings.
_COMPILED = CompiledTemplates()


class Look:
    """The templates, style, script and drawings of pages, read once."""

    def __init__(self, templates: Path) -> None:
        folder = self._folder = templates / "web"
        # The Nu HTML checker computes the digests for the policy without leading or trailing white space.
        self.style = Markup(f"{read_tokens(templates).css()}{lean(read_text(folder / 'style.css'))}")
        self.script = Markup(lean(read_text(folder / "page.js")))
        self.drawings = Drawings(templates)
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=False,
            keep_trailing_newline=True,
            bytecode_cache=_COMPILED,
        )
        values: Globals = {
            "picture": _picture,
            "plain": markup.plain,
            "icon": self.drawings.icon,
            "drawing": self.drawings.picture,
            "has_drawings": self.has_drawings,
            "script": self.script,
            **self.styled(""),
            "exit_address": EXIT_ADDRESS,
        }
        self._environment.globals |= values

    def render(self, name: str, context: Mapping[str, object]) -> bytes:
        """The template ``name`` as UTF-8. Each template has a type of context in ``contexts``.

        Raises :class:`SourceError` for a template with a mistake.
        """
        with template_errors(self._folder, name):
            return self._environment.get_template(name).render(context).encode("utf-8")

    def styled_for(self, colour: Colour | None, more: str = "", script: str = "") -> Styled:
        """The style with ``more`` and a school's accent colour, and the policy that allows it.

        A page in one ``script`` has no rules for others: fonts of ten scripts are a kilobyte and a half.
        """
        if colour is None:
            return self.styled(more, script)
        return self.styled(
            f"{more}\n:root{{--brand:{colour.light}}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{--brand:{colour.dark}}}}}".lstrip(),
            script,
        )

    def styled(self, more: str, script: str = "") -> Styled:
        """The style with ``more`` at its end, and the policy that allows it."""
        rules = style_of_script(self.style, script) if script else self.style
        style = Markup(f"{rules}\n{more}".strip())
        return {"style": style, "policy": policy(style, self.script)}

    def page_context(self, edition: Edition, link_style: str = "") -> PageContext:
        """The context of a template in the words of one edition (:class:`HtmlWords`)."""
        words = HtmlWords(edition, link_style)
        return {
            "guide": edition.guide,
            "language": edition.language,
            "languages": edition.languages,
            "school": edition.school,
            "downloads": edition.downloads,
            "incomplete": edition.incomplete,
            "has_source": any(language.is_source for language in edition.languages),
            "contacts_heading": _contacts_heading(edition.guide.blocks),
            "inline": words.segment,
            "language_attributes": words.language_attributes,
            "english_attributes": words.english_attributes,
            "pgettext": words.interface,
            "in_both": words.in_both,
            "aria_label": words.aria_label,
            "day": words.day,
            "caption": words.caption,
            "kilobytes": words.kilobytes,
            "spoken_english": words.spoken_english,
            "value": words.value,
            "place": words.place,
            **self.styled_for(edition.school.colour, script=edition.language.script),
        }

    def has_drawings(self, items: BulletList) -> bool:
        """Whether every item of a list has a picture: pictures for some items only would mislead."""
        return all(self.drawings.picture(item.id) for item in items.items)


def lean(source: str) -> str:
    """A style sheet or a script without indents and without lines that are a comment: nobody reads them in
    a page, and some families pay for each kilobyte."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not _COMMENT.fullmatch(line))


@lru_cache(maxsize=64)
def style_of_script(style: str, script: str) -> str:
    """A style sheet without the lines whose rule is for another script."""
    return "\n".join(
        line for line in style.splitlines() if not (found := _OF_SCRIPT.match(line)) or found[1] == script
    )


# Most pages have the same policy, and its digests take a third of the time of a page.
@lru_cache(maxsize=64)
def policy(style: str, *scripts: str) -> str:
    """The Content Security Policy of a page (Level 3, 2.3.1 and 6.7.3): it allows the page's own style
    and scripts, by hash, and pictures inside the page, and nothing else."""

    def digest(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"

    return (
        f"default-src 'none'; style-src {digest(style)}; "
        f"script-src {' '.join(map(digest, scripts))}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _contacts_heading(blocks: tuple[Block, ...]) -> Segment | None:
    """The heading above whom to call, which the bar links to."""
    for block in blocks:
        if isinstance(block, Callout) and block.variant == "contacts":
            return next((inner.segment for inner in block.blocks if isinstance(inner, Heading)), None)
    return None


def _picture(logo: Logo, most_wide: int, most_high: int) -> Markup:
    """A logo inside the page, within a box of CSS pixels.

    It is an SVG ``image``: the Nu HTML checker reports that the page's policy blocks every ``img`` with
    a ``data:`` address, which is not so.
    """
    scale = min(most_wide / logo.size[0], most_high / logo.size[1])
    # Pixels do not get sharper when they are enlarged.
    scale = scale if logo.media_type == "image/svg+xml" else min(1, scale)
    width, height = (max(1, round(side * scale)) for side in logo.size)
    kind, data = ("image/png", logo.small) if logo.small else (logo.media_type, logo.data)
    return Markup(
        '<svg class="logo" role="img" aria-label="{alt}" lang="en" width="{width}" height="{height}"'
        ' viewBox="0 0 {width} {height}">'
        '<image width="{width}" height="{height}" xlink:href="data:{kind};base64,{data}"/></svg>'
    ).format(alt=logo.alt, width=width, height=height, kind=kind, data=b64encode(data).decode("ascii"))
