"""Write POT files, and the headers of new catalogs, with Babel."""

from collections.abc import Iterable
from datetime import UTC, datetime

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.pofile import generate_po

from parentguide.errors import CatalogError
from parentguide.infra.files import newline_of
from parentguide.translation.po.catalogs import Message
from parentguide.translation.po.charset import decoded_po
from parentguide.translation.po.entries import Entry, header_fields
from parentguide.translation.po.files import parse

_PROJECT = "parentguide"
_CREATED = "POT-Creation-Date"


def pot_file(wanted: Iterable[Message], version: str, previous: bytes | None) -> bytes:
    """Write messages as a POT file, in their order, exactly as ``pybabel extract`` does.

    ``version`` is that of the project. The creation date and the line ends are those of the
    ``previous`` file, if it has them, so that an unchanged template has the same bytes.
    """
    catalog = BabelCatalog(
        project=_PROJECT,
        version=version,
        copyright_holder="the parentguide authors",
        creation_date=_creation_date(previous),
        charset="utf-8",
    )
    for message in wanted:
        catalog.add(
            message.english,
            context=message.context,
            locations=[(place, 0) for place in message.places],
            auto_comments=message.note.splitlines(),
        )
    text = "".join(generate_po(catalog, width=0, include_lineno=False))
    if previous and newline_of(previous.decode("utf-8", "replace")) == "\r\n":
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8", "backslashreplace")


def new_header(locale: str, template: Entry | None) -> Entry:
    """The header of a catalog for a language that has none yet, with the template's version and date."""
    fields = header_fields(template.text) if template is not None else {}
    date = _date(fields.get(_CREATED, ""))
    catalog = BabelCatalog(
        locale=locale,
        project=_PROJECT,
        version=fields.get("Project-Id-Version", "VERSION").rpartition(" ")[2],
        creation_date=date,
        revision_date=date,
        # Nobody has reviewed a new catalog, so it names no person.
        last_translator="parentguide draft, not reviewed",
        language_team=locale,
        charset="utf-8",
        fuzzy=False,
    )
    text = "".join(f"{name}: {value.strip()}\n" for name, value in catalog.mime_headers)
    comment = f"# {locale} translations for parentguide. DRAFT: no bilingual reader has checked it."
    return Entry("", (text,), comments=(comment,))


def plural_forms(locale: str) -> str:
    """The header field Plural-Forms of a language."""
    return str(BabelCatalog(locale=locale).plural_forms)


def _creation_date(previous: bytes | None) -> datetime:
    """The creation date of a POT file; the present minute if there is none, or it is broken."""
    try:
        # The header ends at the first empty line. The rest may be broken: it is written anew.
        text = decoded_po(previous or b"", None).text.replace("\r\n", "\n").replace("\r", "\n")
        header = parse(text.partition("\n\n")[0].encode(), None).header
    except CatalogError:
        header = None
    return _date(header_fields(header.text).get(_CREATED, "") if header is not None else "")


def _date(written: str) -> datetime:
    """A date as gettext writes it; the present minute for any other text."""
    try:
        return datetime.strptime(written, "%Y-%m-%d %H:%M%z")
    except ValueError:
        return now()


def now() -> datetime:
    """The present minute."""
    return datetime.now(UTC).replace(second=0, microsecond=0)
