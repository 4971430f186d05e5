"""A damaged ZIP archive raises one of the errors that its readers catch, whatever byte is wrong."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from parentguide.errors import ParentguideError
from parentguide.infra.zip_errors import ZIP_ERRORS
from parentguide.newsletter.reading import read_newsletter

PART = b"application/vnd.oasis.opendocument.text" * 3
METHODS = pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])


def damaged(method: int) -> Iterator[bytes]:
    """An archive with one part, with each of its bytes turned over in turn."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        archive.writestr("mimetype", PART)
    data = buffer.getvalue()
    for at in range(len(data)):
        yield data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


@METHODS
def test_every_damage_raises_a_known_error_or_none(method: int) -> None:
    raised = set()
    for data in damaged(method):
        try:
            with ZipFile(BytesIO(data)) as archive:
                archive.read("mimetype")
        except (KeyError, *ZIP_ERRORS) as error:
            raised.add(type(error))
    assert raised


@METHODS
def test_a_newsletter_in_a_damaged_archive_is_refused(method: int) -> None:
    for data in list(damaged(method))[::7]:
        with pytest.raises(ParentguideError):
            read_newsletter(data)
