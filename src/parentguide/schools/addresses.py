"""Web and e-mail addresses, as people write them -> the field, with the address of its link."""

import re
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from parentguide.errors import InvalidValueError
from parentguide.model.contact import FieldValue
from parentguide.schools.texts import refused, without_format_characters

# An address is printed in letters on a sheet, in three lines at most.
LONGEST_ADDRESS = 200
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9.-]+)")
_WEB = "a web address"
_REMEDY = "Write a web address such as “www.example.sch.uk”."
# Slips in the scheme: “https:/www…”, “http//www…”, “https:\\www…”.
_SCHEME = re.compile(r"(https?)\s*(?::\s*[/\\]{1,3}|[/\\]{2})\s*", re.IGNORECASE)
# The page that a web server shows for a folder.
_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|xhtml|aspx?|php\d?|jsp|cfm)", re.IGNORECASE)
_FILE = re.compile(
    r"[^/]+\.(?:html?|xhtml|aspx?|php\d?|jsp|cfm|pdf|docx?|pptx?|zip|png|jpe?g)", re.IGNORECASE
)


def parse_url(written: str) -> FieldValue:
    """A web address, with or without ``https://`` -> the field."""
    address = _cleaned(written)
    if "://" not in address:
        address = f"https://{address}"
    parts, port = _split(written, address)
    if parts.scheme not in ("https", "http"):
        remedy = "Only addresses that begin with https:// or http:// are allowed."
        raise refused(written, _WEB, remedy)
    # In words before the last one: an expression for it would take cubic time.
    if any("." in word for word in re.split(r"\s", address)[:-1]):
        remedy = "Delete the space, or copy the address from the browser's address bar."
        raise refused(written, _WEB, f"{_REMEDY} {remedy}", "it has a space")
    odd = re.search(r"[<>\"'`{}|\\^\x00-\x20\x7f-\x9f]", address) or not address.isascii()
    host = (parts.hostname or "").lower()
    if odd or parts.username or parts.password or port is not None or not _HOST.fullmatch(host):
        raise refused(written, _WEB, _REMEDY)
    return _short_enough(FieldValue("url", re.sub(r"^https?://", "", address).rstrip("/"), address))


def parse_guides(written: str) -> FieldValue:
    """The address of the folder that the guides are copied to -> the field.

    Pages are at addresses below it, such as ``…/cse/pl/``. So the name of a folder's page
    (``index.html``) is taken off, and the address of another page is refused.
    """
    value = parse_url(written)
    parts = urlsplit(value.href)
    remedy = (
        f"Give the address of the folder that you will copy the guides to, such as “{parts.hostname}/guides”."
    )
    odd = re.search(r"[?#].*", value.href)
    if odd:
        raise refused(written, "the address of a folder", remedy, f"it has “{odd[0][:40]}”")
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    if _INDEX.fullmatch(name):
        href = f"{parts.scheme}://{parts.netloc}{folder}/"
        return replace(value, shown=re.sub(r"^https?://", "", href).rstrip("/"), href=href, given=value.shown)
    if _FILE.fullmatch(name):
        raise refused(written, "the address of a folder", remedy, f"“{name[:40]}” is a page or a file")
    return value


def parse_email(written: str) -> FieldValue:
    """An e-mail address -> the field."""
    address = re.sub(r"^mailto:\s*", "", _cleaned(written), flags=re.IGNORECASE)
    match = _EMAIL.fullmatch(address)
    if not match or not _HOST.fullmatch(match[1].lower()) or ".." in address:
        raise refused(written, "an e-mail address", "Write an address such as “office@example.sch.uk”.")
    return _short_enough(FieldValue("url", address, f"mailto:{address}"))


def _cleaned(written: str) -> str:
    """The address without what comes along when it is copied from a text."""
    address = without_format_characters(written).strip()
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1].strip()
    return _SCHEME.sub(lambda match: f"{match[1].lower()}://", address.rstrip(".,;"), count=1)


def _split(written: str, address: str) -> tuple[SplitResult, int | None]:
    """The parts of the address, and its port."""
    try:
        parts = urlsplit(address)
        return parts, parts.port
    except ValueError:
        raise refused(written, _WEB, _REMEDY) from None


def _short_enough(value: FieldValue) -> FieldValue:
    if len(value.href) > LONGEST_ADDRESS:
        raise InvalidValueError(
            f"it has {len(value.href)} characters",
            f"Give an address of {LONGEST_ADDRESS} characters at most: it is printed in letters.",
        )
    return value
