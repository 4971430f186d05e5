"""The plain text of a newsletter sent as a file, for the box in Studio."""

from itertools import groupby

from parentguide.model.statement import Statement, StatementKind
from parentguide.newsletter.reading import document_of
from parentguide.newsletter.statements import statements_of
from parentguide.newsletter.structured import is_plain


def text_of(data: bytes) -> str:
    """The text of a newsletter of any file type. Raises :class:`SourceError`.

    A text file stays as it is. The statements of other files are marked so that they are read as the same.
    """
    document = document_of(data)
    if is_plain(document.passages):
        return "\n".join(passage.text for passage in document.passages)
    blocks = groupby(statements_of(document).statements, key=lambda statement: statement.kind)
    return "\n\n".join(_block(kind, list(statements)) for kind, statements in blocks)


def _block(kind: StatementKind, statements: list[Statement]) -> str:
    texts = [statement.text for statement in statements]
    if kind is StatementKind.ROW:
        return "\n".join(text.replace(" | ", "\t") for text in texts)
    joined = "\n\n".join(f"{_MARKS.get(kind, '')}{text}" for text in texts)
    return f"“{joined}”" if kind is StatementKind.QUOTATION else joined


_MARKS = {StatementKind.HEADING: "# ", StatementKind.ITEM: "- "}
