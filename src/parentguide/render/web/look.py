"""The templates, style, script and pictures of web pages, and an edition's words as markup.

Decisions: docs/decisions/0004-voices-on-the-device.md, docs/decisions/0005-one-script-in-the-page.md.
"""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from parentguide.infra.files import read_text
from parentguide.infra.template_errors import template_errors
from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Block, BulletList, Callout, Heading, Quotation, Segment
from parentguide.model.output import Edition
from parentguide.model.school import Colour, Logo
from parentguide.render.l10n import captioned, format_day, format_kilobytes, format_month, spoken_english
from parentguide.render.tokens import read_tokens
from parentguide.render.web.contexts import Globals, HtmlMessage, PageContext, Styled
from parentguide.render.web.drawings import Drawings
from parentguide.render.web.template_cache import CompiledTemplates

# Where “Exit this page” leads: a page without any connection to the guide. The exit-this-page
# component of the GOV.UK Design System uses it too.
EXIT_ADDRESS = "https://www.bbc.co.uk/weather"

# The greatest width and height of the logo on a page, in CSS pixels.
LOGO_BOX = (320, 100)

# LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE (Unicode Bidirectional Algorithm, 2.4): what ``bdi`` is in
# markup, as characters.
LRI, PDI = "\u2066", "\u2069"
# Where a web or e-mail address may go on in the next line: after “/” and “@”, before “.”.
_ADDRESS_BREAKS = re.compile(r"(?<=[/@])(?!$)|(?<!^)(?=\.)")
# The space between a number and what it counts, as in “24 hours”.
_UNITS = re.compile(r"(?<=\d) (?=[^\W\d_])")

_COMMENT = re.compile(r"//.*|/\*(?:(?!\*/).)*\*/")

# Shared by every Look: all their environments have the same settings.
_COMPILED = CompiledTemplates()


class Look:
    """The templates, style, script and drawings of pages, read once."""

    def __init__(self, templates: Path) -> None:
        folder = self._folder = templates / "web"
        # The Nu HTML checker computes the digests for the policy without leading or trailing white space.
        self.style = Markup(f'{read_tokens(templates).css()}{lean(read_text(folder / "style.css"))}')
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

    def styled_for(self, colour: Colour | None) -> Styled:
        """The style with a school's accent colour, and the policy that allows it."""
        if colour is None:
            return self.styled("")
        return self.styled(
            f":root{{--brand:{colour.light}}}\n"
            f"@media (prefers-color-scheme:dark){{:root{{--brand:{colour.dark}}}}}"
        )

    def styled(self, more: str) -> Styled:
        """The style with ``more`` at its end, and the policy that allows it."""
        style = Markup(f"{self.style}\n{more}".strip())
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
            **self.styled_for(edition.school.colour),
        }

    def has_drawings(self, items: BulletList) -> bool:
        """Whether every item of a list has a picture: pictures for some items only would mislead."""
        return all(self.drawings.picture(item.id) for item in items.items)


def lean(source: str) -> str:
    """A style sheet or a script without indents and without lines that are a comment: nobody reads them in
    a page, and some families pay for each kilobyte."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not _COMMENT.fullmatch(line))


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


class HtmlWords:
    """The words of one edition as markup. All text is escaped.

    ``link_style`` is for words that somebody pastes into an editor: it is the inline style of every link,
    and phone numbers then have marks of direction of their own (:func:`_value`).
    """

    def __init__(self, edition: Edition, link_style: str = "") -> None:
        self._edition = edition
        self._language = edition.language
        self._link_style = link_style

    def segment(self, segment: Segment) -> Markup:
        """The segment's words, with bold and with values in place of placeholders."""
        return self._markup(segment.text, self._edition.fields)

    def language_attributes(self, segment: Segment) -> Markup:
        """``lang`` and ``dir`` for words that are not in the page's language (WCAG 3.1.2); else empty."""
        return Markup("") if segment.lang == self._language.tag else self.english_attributes()

    def english_attributes(self) -> Markup:
        """``lang`` and ``dir`` for English words; empty on an English page."""
        return Markup("") if self._language.is_source else Markup(' lang="en" dir="ltr"')

    def interface(self, context: str, english: str, **fields: str | date) -> HtmlMessage:
        """The message in this language, or in English and marked as such. Dates are written in full."""
        text = self._edition.interface.get(context)
        in_english = self._markup(english, _values(fields, "en_GB"))
        own = text is not None or self._language.is_source
        if own:
            words = self._markup(english if text is None else text, _values(fields, self._language.locale))
        else:
            words = Markup('<span lang="en" dir="ltr">{}</span>').format(in_english)
        result = HtmlMessage(words)
        result.english = in_english
        result.translated = own
        return result

    def in_both(self, *messages: HtmlMessage) -> Markup:
        """One paragraph of the messages in this language, and one in English."""
        own = Markup(" ").join(words for words in messages if words.translated)
        first = Markup("<p>{}</p>\n").format(own) if own else Markup("")
        english = Markup(" ").join(words.english for words in messages)
        return first + Markup('<p lang="en" dir="ltr">{}</p>').format(english)

    def aria_label(self, words: Markup) -> Markup:
        """The attribute ``aria-label`` with the words without tags."""
        return Markup(' aria-label="{}"').format(words.striptags())

    def day(self, day: date) -> str:
        return unbroken(format_day(day, self._language.locale))

    def caption(self, quotation: Quotation) -> Segment:
        """The caption of official words, with their month."""
        caption = captioned(quotation, self._language)
        month = format_month(quotation.published, self._language.locale)
        return replace(caption, text=caption.text.replace(month, unbroken(month)))

    def kilobytes(self, count: int) -> str:
        return unbroken(format_kilobytes(count, self._language.locale))

    def spoken_english(self, english: str) -> str:
        return spoken_english(english, self._language)

    def value(self, value: FieldValue) -> Markup:
        """A phone or address as a link, isolated left to right.

        In right-to-left text ``0808 800 5000`` would be shown as ``5000 800 0808``: a space ends the
        number's run (Unicode Bidirectional Algorithm, N1-N2). So every value is isolated. An address is in
        English; a number is read out in the reader's own language.
        """
        return _value(value, self._link_style)

    def place(self, value: FieldValue) -> Markup:
        """One way to reach somebody: a link, or the address of a place, which is in English."""
        if value.kind != "text" or self._language.is_source:
            return self.value(value)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(value.shown)

    def _markup(self, text: str, fields: Mapping[str, FieldValue]) -> Markup:
        used = tuple((name, fields[name]) for name in markup.fields(text))
        return _marked_up(text, used, self._link_style)


def _value(value: FieldValue, link_style: str) -> Markup:
    if value.kind == "text":
        return escape(value.shown)
    language = Markup(' lang="en"') if value.kind == "url" else ""
    pieces = Markup("<wbr>").join(escape(piece) for piece in _ADDRESS_BREAKS.split(value.shown))
    # Editors strip ``bdi`` and ``dir``, but not characters (tests/output/test_editors.py).
    isolated = link_style and value.kind == "phone"
    words = f"{LRI}{value.shown}{PDI}" if isolated else value.shown
    shown = Markup('<bdi{} dir="ltr">{}</bdi>').format(language, pieces if language else words)
    style = Markup(' style="{}"').format(link_style) if link_style else ""
    return Markup('<a href="{}"{}>{}</a>').format(value.href, style, shown)


# Every school of a trust has the same words, which would take a third of the time of a page.
@lru_cache(maxsize=16_384)
def _marked_up(text: str, fields: tuple[tuple[str, FieldValue], ...], link_style: str) -> Markup:
    values = dict(fields)

    def runs(found: Sequence[markup.Run]) -> Markup:
        return Markup("").join(
            Markup("<strong>{}</strong>").format(runs(run.runs))
            if isinstance(run, markup.Strong)
            else (
                escape(_UNITS.sub("\u00a0", run.text))
                if isinstance(run, markup.Text)
                else _value(values[run.name], link_style)
            )
            for run in found
        )

    return runs(markup.parse(text))


def unbroken(words: str) -> str:
    """The words with spaces at which no line breaks."""
    return words.replace(" ", "\u00a0")


def _values(fields: Mapping[str, str | date], locale: str) -> dict[str, FieldValue]:
    return {
        name: FieldValue("text", unbroken(format_day(shown, locale)) if isinstance(shown, date) else shown)
        for name, shown in fields.items()
    }


def _picture(logo: Logo, tallest: float = LOGO_BOX[1]) -> Markup:
    """A logo inside the page, within the width of :data:`LOGO_BOX` and ``tallest`` pixels high at most.

    It is an SVG ``image``: the Nu HTML checker reports that the page's policy blocks every ``img`` with
    a ``data:`` address, which is not so.
    """
    scale = min(limit / side for limit, side in zip((LOGO_BOX[0], tallest), logo.size, strict=True))
    # Pixels do not get sharper when they are enlarged.
    scale = scale if logo.media_type == "image/svg+xml" else min(1, scale)
    width, height = (max(1, round(side * scale)) for side in logo.size)
    kind, data = ("image/png", logo.small) if logo.small else (logo.media_type, logo.data)
    return Markup(
        '<svg class="logo" role="img" aria-label="{alt}" lang="en" width="{width}" height="{height}"'
        ' viewBox="0 0 {width} {height}">'
        '<image width="{width}" height="{height}" xlink:href="data:{kind};base64,{data}"/></svg>'
    ).format(alt=logo.alt, width=width, height=height, kind=kind, data=b64encode(data).decode("ascii"))
