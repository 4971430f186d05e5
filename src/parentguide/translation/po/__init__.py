"""PO catalogs: the one place of the program that reads and writes PO and POT files.

A file may come from any program. Its bytes become text in :mod:`~.charset`, its lines are checked and
become entries in :mod:`~.lines`, and :mod:`~.files` writes entries. :mod:`~.merging` and
:mod:`~.templates` are “parentguide update” and “parentguide extract”. A file with a mistake raises
:class:`CatalogError`, so it is never written over.

Decision: docs/decisions/0035-po-files-of-any-program.md.
"""

from parentguide.translation.po.catalogs import (
    CatalogStatus,
    Message,
    catalog_status,
    read_catalog,
    with_translations,
)
from parentguide.translation.po.charset import charset_notice
from parentguide.translation.po.merging import merge
from parentguide.translation.po.templates import pot_file

__all__ = [
    "CatalogStatus",
    "Message",
    "catalog_status",
    "charset_notice",
    "merge",
    "pot_file",
    "read_catalog",
    "with_translations",
]
