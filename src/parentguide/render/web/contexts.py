"""What each template of ``templates/web`` is rendered with: one type for each template.

A test compares the keys with the names that the templates use (``tests/unit/render/test_template_data.py``);
a name that is missing raises an error, because Jinja's StrictUndefined is on.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypedDict

from markupsafe import Markup

from parentguide.model.contact import FieldValue
from parentguide.model.guide import Block, BulletList, Guide, Quotation, Segment
from parentguide.model.language import Language
from parentguide.model.output import Download, Edition
from parentguide.model.school import Logo, School


class HtmlMessage(Markup):
    """A message of the interface as markup, with its ``english``; ``translated``: it is in the page's
    language."""

    english: Markup
    translated: bool


class Translate(Protocol):
    """gettext's ``pgettext``: msgctxt, English and the values of placeholders -> the message."""

    def __call__(self, context: str, english: str, **fields: str | date) -> HtmlMessage: ...


class Styled(TypedDict):
    """A style sheet, and the Content Security Policy that allows it."""

    style: Markup
    policy: str


class Globals(Styled):
    """What every template may use. ``style`` and ``policy`` are those without a school's colour."""

    script: Markup
    exit_address: str
    picture: Callable[[Logo, int, int], Markup]
    plain: Callable[[str], str]
    icon: Callable[[str], Markup]
    drawing: Callable[[str], Markup]
    has_drawings: Callable[[BulletList], bool]


class PageContext(Styled):
    """``page.html``, and ``blocks.html`` and ``parts.html``, which it imports.

    ``has_source``: there is a page in English too. ``contacts_heading`` is the heading above whom to
    call, if any. The functions write in the words of one edition (:class:`.words.HtmlWords`).
    """

    guide: Guide
    language: Language
    languages: Sequence[Language]
    school: School
    downloads: Sequence[Download]
    incomplete: bool
    has_source: bool
    contacts_heading: Segment | None
    inline: Callable[[Segment], Markup]
    language_attributes: Callable[[Segment], Markup]
    english_attributes: Callable[[], Markup]
    pgettext: Translate
    in_both: Callable[..., Markup]
    aria_label: Callable[[Markup], Markup]
    day: Callable[[date], str]
    caption: Callable[[Quotation], Segment]
    kilobytes: Callable[[int], str]
    spoken_english: Callable[[str], str]
    value: Callable[[FieldValue], Markup]
    place: Callable[[FieldValue], Markup]


class FragmentContext(PageContext):
    """``fragment.html``; ``brand`` is the accent colour on light ground."""

    brand: str


class ExampleContext(PageContext):
    """``example.html``: one block, or the macro ``part_name`` of ``parts.html``."""

    chosen: Block | None
    part_name: str


class LanguageGroup(TypedDict):
    """Languages that stand together on ``gateway.html``; ``name`` says to screen readers why they do."""

    name: str
    languages: Sequence[Language]


class GatewayContext(Styled):
    """``gateway.html``; ``guides`` are the guides in English, each with its languages. ``search`` is the
    script of the box that finds one."""

    guides: Sequence[tuple[Guide, Sequence[LanguageGroup]]]
    school: School
    search: Markup


class ReadGuide(TypedDict):
    """One guide on ``read-first.html``: its editions, how many of its translations are drafts, and
    ``kinds``, the names of its files with their purpose."""

    slug: str
    title: str
    editions: Sequence[Edition]
    kinds: Sequence[tuple[str, str]]
    translations: int
    drafts: int


class ReadArchive(TypedDict):
    """What ``read-first.html`` says of a ZIP file: the names of its folders, the name of a sheet (empty if
    there is none), and the paths of the posters."""

    website: str
    to_print: str
    example: str
    posters: Sequence[str]


class ReadFirstContext(TypedDict):
    """``read-first.html``.

    ``translations`` is the number of translations of all guides, ``drafts`` how many of them nobody has
    checked, ``states`` are labels by state, ``formats`` names, ``missing`` what could
    not be made, and ``example`` the tag of a language. ``poster`` is its file's name, if it was made.
    ``archive`` is None for the page in the output folder.
    """

    guides: Sequence[ReadGuide]
    languages: Sequence[Language]
    translations: int
    drafts: int
    states: Mapping[str, str]
    formats: Sequence[str]
    missing: Sequence[str]
    example: str
    archive: ReadArchive | None
    poster: str


class CheckRow(TypedDict):
    """One message on ``check.html``; ``signed`` has a text for each sign-off."""

    title: str
    english: str
    translation: str
    back: str
    back_origin: str
    state: str
    signed: Sequence[str]
    changed: bool
    doubted: bool
    findings: Sequence[str]
    newer_english: str


class CheckPart(TypedDict):
    """The guide or the interface: its rows, its review state, and the number of messages by state's label."""

    title: str
    rows: Sequence[CheckRow]
    state: str
    states: Mapping[str, int]


class CheckContext(Styled):
    """``check.html``.

    ``code`` is that of the words that the page shows, ``findings`` the number of messages with findings;
    back-translations were made on ``made_on`` by ``origin``.
    """

    language: Language
    guide: Guide
    parts: Sequence[CheckPart]
    code: str
    findings: int
    origin: str
    made_on: str


class DrawnExample(TypedDict):
    """An example of a component as markup, and its language."""

    language: Language
    markup: Markup


class DrawnComponent(TypedDict):
    """A component: its name, its purpose and its examples."""

    name: str
    about: str
    examples: Sequence[DrawnExample]


class ComponentsContext(Styled):
    """``components.html``."""

    components: Sequence[DrawnComponent]


class SchoolsContext(TypedDict):
    """``schools.html``: a result for each school (:class:`parentguide.build.batch.SchoolResult`)."""

    results: Sequence[object]
