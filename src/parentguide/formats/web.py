"""The web edition: one self-contained, accessible HTML page, and the gateway to all."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from babel.dates import format_skeleton
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from parentguide import inline
from parentguide.model import Edition, FieldValue, Guide, Language, Logo, School, Segment

_LANGUAGE_PLACE = "LANGUAGE"


class Web:
    """Renders pages with Jinja2; text is always escaped, and only this class makes markup."""

    name = "web"

    def __init__(self, templates: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(templates / "web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=False,
            keep_trailing_newline=True,
        )
        self._environment.globals |= {"data_uri": _data_uri, "plain": inline.plain, "value": value_link}

    def file_name(self, guide: str, tag: str) -> str:
        return "index.html"

    def render(self, edition: Edition) -> bytes:
        words = _Words(edition)
        page = self._environment.get_template("page.html").render(
            guide=edition.guide,
            language=edition.language,
            languages=edition.languages,
            school=edition.school,
            companions=edition.companions,
            incomplete=edition.incomplete,
            has_source=any(language.is_source for language in edition.languages),
            kind_of=lambda block: type(block).__name__,
            inline=words.segment,
            attributes=words.attributes,
            pgettext=words.interface,
            source_text=lambda _context, english: english,
            english_attributes=words.english_attributes,
            aria_label=words.aria_label,
            month=words.month,
            spoken_english=words.spoken_english,
        )
        return page.encode("utf-8")

    def gateway(self, guides: Sequence[tuple[Guide, Sequence[Language]]], school: School) -> bytes:
        """``index.html`` above all guides; each with the languages it is in, in order."""
        template = self._environment.get_template("gateway.html")
        return template.render(guides=guides, school=school).encode("utf-8")


class _Words:
    """Turns a segment or an interface message of one edition into markup."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._language = edition.language

    def segment(self, segment: Segment) -> Markup:
        return _markup(segment.text, self._edition.fields)

    def attributes(self, segment: Segment) -> Markup:
        """``lang`` and ``dir`` where the words are not in the page's language (WCAG 3.1.2)."""
        return Markup("") if segment.lang == self._language.tag else self.english_attributes()

    def english_attributes(self) -> Markup:
        return Markup("") if self._language.is_source else Markup(' lang="en" dir="ltr"')

    def interface(self, context: str, english: str, **fields: str) -> Markup:
        text = self._edition.interface.get(context)
        values = {name: FieldValue("text", shown) for name, shown in fields.items()}
        if text is not None or self._language.is_source:
            return _markup(english if text is None else text, values)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(_markup(english, values))

    def aria_label(self, words: Markup) -> Markup:
        return Markup(' aria-label="{}"').format(words.striptags())

    def month(self, day: date) -> str:
        return format_month(day, self._language.locale)

    def spoken_english(self, english: str) -> str:
        return spoken_english(english, self._language)


def format_month(day: date, locale: str) -> str:
    """Month and year as the locale writes them (CLDR skeleton yMMMM), in European digits."""
    return str(format_skeleton("yMMMM", day, locale=f"{locale}"))


def spoken_english(english: str, language: Language) -> str:
    """The English sentence to show, with the language's name as a booking office knows it."""
    return english.replace(_LANGUAGE_PLACE, language.spoken_as)


def value_link(value: FieldValue) -> Markup:
    """A phone or address as a link, isolated left to right.

    In right-to-left text ``0808 800 5000`` shows as ``5000 800 0808``: a space ends the
    number's run (Unicode Bidirectional Algorithm, N1-N2), so every value is isolated.
    """
    if value.kind == "text":
        return escape(value.shown)
    shown = Markup('<bdi dir="ltr">{}</bdi>').format(value.shown)
    return Markup('<a href="{}">{}</a>').format(value.href, shown)


def _markup(text: str, fields: Mapping[str, FieldValue]) -> Markup:
    parts = []
    for run in inline.parse(text):
        if isinstance(run, inline.Strong):
            inner = Markup("").join(_run(part, fields) for part in run.runs)
            parts.append(Markup("<strong>{}</strong>").format(inner))
        else:
            parts.append(_run(run, fields))
    return Markup("").join(parts)


def _run(run: inline.Text | inline.Field, fields: Mapping[str, FieldValue]) -> Markup:
    return escape(run.text) if isinstance(run, inline.Text) else value_link(fields[run.name])


def _data_uri(logo: Logo) -> str:
    return f"data:{logo.media_type};base64,{b64encode(logo.data).decode('ascii')}"
