"""PO catalogs, back-translations and glossaries."""
