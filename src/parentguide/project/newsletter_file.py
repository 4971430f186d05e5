"""The newsletter that a guide keeps: its statements, as ``guide.md`` numbers them."""

from pathlib import Path

from parentguide.infra.files import decoded
from parentguide.infra.within_limits import within_limits
from parentguide.model.statement import Statement
from parentguide.newsletter.limits import SHORT
from parentguide.newsletter.statements import read_statements
from parentguide.newsletter.statements_file import parse_statements
from parentguide.newsletter.text_document import decode


def kept_statements(data: bytes, path: Path) -> tuple[Statement, ...]:
    """The statements of ``statements.tsv``, or of a newsletter that is kept as its text.

    ``data`` are the bytes of ``path``. Raises :class:`SourceError` for a file that cannot be understood. A
    long one is read in another process.
    """
    return within_limits(_statements, data, path, short=SHORT, path=path)


def _statements(data: bytes, path: Path) -> tuple[Statement, ...]:
    if path.suffix.lower() == ".tsv":
        return parse_statements(decoded(data, path), path)
    return read_statements(decode(data, path))
