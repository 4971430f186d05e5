"""An edition's words as markup."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest

from markupsafe import Markup, escape

from parentguide.model import markup
from parentguide.model.contact import FieldValue
from parentguide.model.guide import Quotation, Segment
from parentguide.model.output import Edition
from parentguide.render.l10n import captioned, format_day, format_kilobytes, format_month, spoken_english
from parentguide.render.web.contexts import HtmlMessage

# LEFT-TO-RIGHT ISOLATE and POP DIRECTIONAL ISOLATE (Unicode Bidirectional Algorithm, 2.4): what ``bdi`` is in
# markup, as characters.
LRI, PDI = "\u2066", "\u2069"
# Where a web or e-mail address may go on in the next line. A line that begins with a dot looks like a fault.
_ADDRESS_BREAKS = re.compile(r"(?<=[/@])(?!$)")
# The space between a number and what it counts, as in “24 hours”.
_UNITS = re.compile(r"(?<=\d) (?=[^\W\d_])")
# A number and what hangs on it, as in “17-year-olds”.
_HYPHENED = re.compile(r"(\d+[-\u2011][^\s\u3000-\u9fff\uff00-\uffef]{2,20})")
# What belongs to a number or address before it: its punctuation, or the few words that end the sentence, as
# after a number in Panjabi.
_MARKS = ".,;:!?\u060c\u061b\u06d4\u0964\u1362\u3002\uff0c"
_AFTER = re.compile(rf"[{_MARKS}]+|[^{_MARKS}]{{1,16}}(?:[{_MARKS}]+|$)|[^\s{_MARKS}]{{1,16}}")


class HtmlWords:
    """The words of one edition as markup. All text is escaped.

    ``link_style`` is the inline style of every link, for pages without a style sheet.
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
    parts = [escape(piece) for piece in _ADDRESS_BREAKS.split(value.shown)]
    if len(parts) > 1 and not link_style:
        # The style sheet keeps each piece in one line: it could also break at a hyphen.
        parts = [Markup("<span>{}</span>").format(piece) for piece in parts]
    pieces = Markup("<wbr>").join(parts)
    # Editors strip ``bdi`` and ``dir``, but not characters (tests/output/test_editors.py).
    isolated = link_style and value.kind == "phone"
    words = f"{LRI}{value.shown}{PDI}" if isolated else value.shown
    shown = Markup('<bdi{} dir="ltr">{}</bdi>').format(language, pieces if language else words)
    style = Markup(' style="{}"').format(link_style) if link_style else ""
    return Markup('<a href="{}"{}>{}</a>').format(value.href, style, shown)


# Every school of a trust has the same words, which would take a third of the time of a page.
@lru_cache(maxsize=4096)
def _marked_up(text: str, fields: tuple[tuple[str, FieldValue], ...], link_style: str) -> Markup:
    values = dict(fields)

    def runs(found: Sequence[markup.Run]) -> Markup:
        shown, after = [], ""
        for run, following in zip_longest(found, found[1:]):
            if isinstance(run, markup.Strong):
                shown.append(Markup("<strong>{}</strong>").format(runs(run.runs)))
            elif isinstance(run, markup.Text):
                shown.append(_words(run.text.removeprefix(after), link_style))
            else:
                text = following.text if isinstance(following, markup.Text) else ""
                after = found_after[0] if (found_after := _AFTER.match(text)) else ""
                shown.append(_way(values[run.name], after, link_style))
                continue
            after = ""
        return Markup("").join(shown)

    return runs(markup.parse(text))


def _words(text: str, link_style: str) -> Markup:
    text = _UNITS.sub("\u00a0", text)
    if link_style:
        return escape(text)
    parts = _HYPHENED.split(text)
    return Markup("").join(
        Markup('<span class="keep">{}</span>').format(part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


def _way(value: FieldValue, after: str, link_style: str) -> Markup:
    """A value among words, with what must stay in its line."""
    shown = _value(value, link_style)
    if link_style or value.kind == "text":
        return shown + _words(after, link_style)
    if after and not after.strip(_MARKS):
        return Markup('<span class="way">{}<span>{}</span></span>').format(shown, after)
    return Markup('<span class="way">{}{}</span>').format(shown, _words(after, link_style))


def unbroken(words: str) -> str:
    """The words with spaces at which no line breaks."""
    return words.replace(" ", "\u00a0")


def _values(fields: Mapping[str, str | date], locale: str) -> dict[str, FieldValue]:
    return {
        name: FieldValue("text", unbroken(format_day(shown, locale)) if isinstance(shown, date) else shown)
        for name, shown in fields.items()
    }
